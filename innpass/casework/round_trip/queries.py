"""Reading exports and what came back: which forms there are, what a file is, what it would do."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Max, QuerySet

from innpass.casework.imports.models import CellEdit, SourceFile
from innpass.casework.imports.rows import stored
from innpass.casework.jobs.queries import Job, find_job, has_ended
from innpass.casework.round_trip.comparing import Comparison, NewRow, compare
from innpass.casework.round_trip.keeping import Kept, unpack
from innpass.casework.round_trip.models import SheetExport, SheetOrder, SheetReturn
from innpass.domain.access.roles import Actor
from innpass.domain.sheets.marking import BrokenMark, MarkedSheet, export_of, marked_sheets
from innpass.domain.sheets.records import Owner, TableKind
from innpass.exchange.workbooks.reading import CannotRead, read_workbook

UNKNOWN_EXPORT = (
    "Filen er laget av Innpass, men vi finner ikke igjen eksporten: den er for gammel, eller fra "
    "en annen kommune. Eksporter arket på nytt og gjør endringene der."
)
NO_KEYS = (
    "Filen er laget av Innpass, men kjennemerkene i arkene er borte, så vi ser ikke hvilken rad "
    "som er hvem. Eksporter arket på nytt og gjør endringene der."
)


ENTERED_ALREADY = "Raden er alt ført inn fra denne filen."
DELETED = "Filen er slettet etter fristen for oppbevaring. Endringene i den kan ikke vises mer."
AS_TEXT = (
    "Filen er lagret som tekst (CSV). Da er datoer ikke lenger sikre. Lagre den som Excel-fil "
    "(.xlsx) eller OpenDocument (.ods), og importer den på nytt."
)
_WORKBOOKS = (b"PK", b"\xd0\xcf")  # how .xlsx and .ods, and .xls, begin


class NotReadable(Exception):
    """A file that came back cannot be read as one. The message is Norwegian, for the user."""


def forms() -> list[SourceFile]:
    """Return the current shared sheets that can be the form of an export, newest first."""
    found = (
        _shared_sheets()
        .select_related("batch")
        .defer("content", "layout", "batch__preview")
        .order_by("-batch__applied_at", "name", "pk")
    )
    return list(found)


def _shared_sheets() -> "QuerySet[SourceFile]":
    kept: QuerySet[SourceFile] = SourceFile.objects.filter(
        is_current=True,
        owner=Owner.OVERVIEW,
        batch__isnull=False,
        content_deleted_at=None,
    )
    return kept


def find_form(pk: UUID) -> SourceFile | None:
    """Return one of ``forms``, with its content."""
    found: SourceFile | None = _shared_sheets().filter(pk=pk).first()
    return found


@dataclass(frozen=True, slots=True)
class Returned:
    """An exported sheet that came back: which export, what it held, and what stands there now."""

    file: SourceFile
    export: SheetExport
    kept: Kept
    sheets: tuple[MarkedSheet, ...]

    def comparison(self, actor: Actor) -> Comparison:
        """Return what was edited, with the actor's eyes, as things stand now.

        New rows that have become people already, and still are, cannot do so once more.
        """
        found = compare(self.sheets, self.kept, actor=actor)
        entered = _people_entered(self.file) if found.new_rows else []
        found.new_rows = [_unless_entered(row, entered) for row in found.new_rows]
        return found


def _people_entered(file: SourceFile) -> list[dict[str, Any]]:
    """Return what was entered from a file of each new person and was not taken back."""
    edits = CellEdit.objects.filter(
        act__in=SheetReturn.objects.filter(file=file).values("act"),
        row__owner=Owner.HAND,
        row__kind=TableKind.PERSON,
        undone_at=None,
    ).order_by("row__number", "pk")
    people: dict[UUID, dict[str, Any]] = {}
    for edit in edits:
        people.setdefault(edit.row_id, {})[edit.field] = edit.value
    return list(people.values())


def _unless_entered(row: NewRow, entered: list[dict[str, Any]]) -> NewRow:
    """Bar a row that is among those entered, which stands for no other row then."""
    wanted = {name: stored(value) for name, value in row.values.items()}
    for person in entered:
        if wanted.items() <= person.items():
            entered.remove(person)
            return replace(row, alike=(), obstacle=ENTERED_ALREADY)
    return row


def read_returned(file: SourceFile, *, on: date) -> Returned:
    """Read a file that Innpass wrote.

    Raises:
        NotReadable: it is none, or can no longer be compared with what went out.
    """
    if not file.content:
        raise NotReadable(DELETED)
    if bytes(file.content)[:2] not in _WORKBOOKS:
        raise NotReadable(AS_TEXT)
    try:
        workbook = read_workbook(bytes(file.content), file=file.name)
        pk = export_of(workbook)
    except CannotRead as trouble:
        raise NotReadable(str(trouble)) from None
    except BrokenMark:
        raise NotReadable(UNKNOWN_EXPORT) from None
    known = SheetExport.objects.select_related("made_by", "file").defer("file__content")
    export = known.filter(pk=pk, keep_until__gte=on).first() if pk else None
    if export is None or export.kept is None:
        raise NotReadable(UNKNOWN_EXPORT)
    sheets = marked_sheets(workbook)
    if not any(row.key for sheet in sheets for row in sheet.rows):
        raise NotReadable(NO_KEYS)
    return Returned(file, export, unpack(bytes(export.kept)), sheets)


@dataclass(frozen=True, slots=True)
class Ordered:
    """Where the entering of a sheet stands that somebody has asked for.

    Attributes:
        job: the job that enters it; ``None`` once that has been cleared away.
        is_at_work: it will move on by itself.
        problem: a Norwegian sentence where it went wrong; nothing was entered.
    """

    order: SheetOrder
    job: Job | None
    is_at_work: bool = False
    problem: str = ""


def order_of(file: SourceFile) -> SheetOrder | None:
    """Return how a sheet was last asked to be entered."""
    found: SheetOrder | None = SheetOrder.objects.filter(file=file).first()
    return found


def ordered(file: SourceFile) -> Ordered | None:
    """Return where the entering of a sheet stands that somebody has asked for."""
    order = order_of(file)
    if order is None:
        return None
    job = find_job(order.job_id)
    return Ordered(order, job, bool(job and not has_ended(job)), job.error if job else "")


def is_at_work(order: SheetOrder) -> bool:
    """Tell whether a sheet is being entered, or waits for it."""
    job = find_job(order.job_id) if order.job_id else None
    return bool(job and not has_ended(job))


def find_return(pk: UUID) -> SheetReturn | None:
    """Return one act of entering a sheet."""
    found: SheetReturn | None = SheetReturn.objects.filter(pk=pk).first()
    return found


def returns_of(file: SourceFile) -> Sequence[SheetReturn]:
    """Return how often a file was applied, the latest first.

    What was taken back from elsewhere, as from a person's history, is so here.
    """
    found = SheetReturn.objects.filter(file=file).select_related("applied_by")
    returns = list(found.order_by("-applied_at", "pk"))
    edits = CellEdit.objects.filter(act__in=[each.act for each in returns])
    holding = set(edits.filter(undone_at=None).values_list("act", flat=True))
    last = dict(
        edits.order_by().values("act").annotate(last=Max("undone_at")).values_list("act", "last")
    )
    for each in returns:
        if each.act not in holding and each.taken_back_at is None:
            each.taken_back_at = last.get(each.act)
    return returns
