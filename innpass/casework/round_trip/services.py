"""Acts of the round trip: export, apply what was edited, take it back."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from innpass.casework.audit import services as audit
from innpass.casework.exports.services import note_taken_out
from innpass.casework.imports.entering import Act
from innpass.casework.imports.models import BatchStatus, ImportBatch, SourceFile, Way
from innpass.casework.jobs import services as jobs
from innpass.casework.jobs.queries import find_job
from innpass.casework.organisations.models import Municipality
from innpass.casework.participants.queries import hidden_people
from innpass.casework.reconciliation.entering import Wanted, add_people
from innpass.casework.reconciliation.entering_together import Period, enter_together
from innpass.casework.reconciliation.planning import casework_version
from innpass.casework.reconciliation.rewriting import lock
from innpass.casework.reconciliation.taking_back import take_back
from innpass.casework.round_trip.comparing import Comparison, Edited, NewRow
from innpass.casework.round_trip.filling import fill
from innpass.casework.round_trip.keeping import pack
from innpass.casework.round_trip.layout import layout_of
from innpass.casework.round_trip.models import SheetExport, SheetOrder, SheetReturn
from innpass.casework.round_trip.queries import Returned, is_at_work, order_of, read_returned
from innpass.domain.access.policy import check_may_export, check_may_import
from innpass.domain.access.roles import Actor
from innpass.domain.sheets.records import TableKind, Value
from innpass.exchange.workbooks.reading import CannotRead

__all__ = [
    "Applied",
    "CannotRead",
    "UnderWay",
    "apply_returned",
    "compare_returned",
    "export_sheet",
    "start_returned",
    "stop_returned",
    "take_back_returned",
]

_STEPS = 2  # of progress, before what is written
DAYS_KEPT = 90  # long enough for a sheet that somebody works in for a quarter


def export_sheet(*, file: SourceFile, by: Actor, on: date) -> bytes:
    """Return the overview in the layout of a shared sheet, and keep what each cell held.

    What older exports held goes when its time is up.

    Raises:
        MayNot: the actor's role does not export.
        CannotRead: the sheet that is the form cannot be read.
    """
    check_may_export(by)
    pk = uuid4()
    # Long work, while which others must be able to write.
    filled = fill(layout_of(file), file=file, export=pk, actor=by, on=on)
    packed = pack(filled.kept)
    with transaction.atomic():
        SheetExport.objects.filter(keep_until__lt=on, kept__isnull=False).update(kept=None)
        SheetExport.objects.create(
            pk=pk,
            municipality_id=by.municipality_id,
            file=file,
            made_by_id=by.user_id,
            kept=packed,
            keep_until=on + timedelta(days=DAYS_KEPT),
        )
        audit.record(
            municipality_id=by.municipality_id,
            actor_id=by.user_id,
            action="export_sheet",
            subject_kind="municipality",
            subject_id=by.municipality_id,
            changes={"people": [None, filled.people]},
        )
        note_taken_out([row.participant for row in filled.kept.rows.values()], by=by)
    return filled.content


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of a sheet: the act, how many cells and people, and cells changed meanwhile.

    ``refused`` says of each value that could not stand, such as another person's number, why.
    """

    act: UUID | None
    cells: int
    new_people: int
    left: int = 0
    refused: tuple[str, ...] = ()

    def told(self) -> dict[str, Any]:
        """Return it as it is kept with the order."""
        return {
            "act": str(self.act) if self.act else None,
            "cells": self.cells,
            "new_people": self.new_people,
            "left": self.left,
            "refused": list(dict.fromkeys(self.refused)),
        }


class UnderWay(Exception):
    """The sheet is being entered already."""


@transaction.atomic
def start_returned(
    file: SourceFile,
    *,
    by: Actor,
    overrule: Mapping[str, str],
    new_people: Collection[str],
) -> None:
    """Have the worker enter what was edited in a sheet; see ``apply_returned``.

    Raises:
        MayNot: the actor's role does not import.
        UnderWay: it is being entered already.
    """
    check_may_import(by)
    SourceFile.objects.select_for_update(of=("self",)).defer("content").get(pk=file.pk)
    order = order_of(file)
    if order and is_at_work(order):
        raise UnderWay
    job = jobs.enqueue(kind="sheet.apply", arguments={"file": file.pk}, by=by)
    asked: dict[str, Any] = {
        "asked_by_id": by.user_id,
        "asked_at": timezone.now(),
        "chosen": {"overrule": dict(overrule), "new_people": list(new_people)},
        "outcome": None,
        "job_id": job.pk,
    }
    if order is None:
        SheetOrder.objects.create(municipality_id=by.municipality_id, file=file, **asked)
        return
    for name, value in asked.items():
        setattr(order, name, value)
    order.save_version(expected=order.version, fields=tuple(asked))


@transaction.atomic
def stop_returned(file: SourceFile, *, by: Actor) -> bool:
    """Stop a sheet from being entered; return whether there was still anything to stop.

    Raises:
        MayNot: the actor's role does not import.
    """
    check_may_import(by)
    order = order_of(file)
    job = find_job(order.job_id) if order else None
    return bool(job and jobs.cancel(job=job, by=by))


def enter_ordered(order: SheetOrder, *, by: Actor, on: date, progress: Any) -> None:
    """Enter a sheet as it was ordered; for the worker. The work and its end are stored together.

    Raises:
        NotReadable, MayNot, CannotAdd, NumberTaken, RowOutdated: nothing is entered.
    """
    progress(0, _STEPS, "Leser arket")
    returned = read_returned(order.file, on=on)
    progress(1, _STEPS, "Sammenligner med det som står i Innpass")
    compared = compare_returned(returned, by=by)
    progress(_STEPS, _STEPS, "Fører inn endringene")
    with transaction.atomic():
        applied = apply_returned(returned, by=by, compared=compared, **(order.chosen or {}))
        order.chosen, order.outcome = None, applied.told()
        order.save_version(expected=order.version, fields=("chosen", "outcome"))
        progress.finish()


@dataclass(frozen=True, slots=True)
class Compared:
    """What was edited in a sheet, and on what that was found: it holds until that is another."""

    found: Comparison
    on_version: int
    hidden: set[UUID]


def compare_returned(returned: Returned, *, by: Actor) -> Compared:
    """Compare a sheet with what stands now. Long work, while which others must be able to write."""
    version, hidden = casework_version(by.municipality_id), hidden_people(by)
    return Compared(returned.comparison(by), version, hidden)


def apply_returned(
    returned: Returned,
    *,
    by: Actor,
    compared: Compared | None = None,
    overrule: Mapping[str, str] | None = None,
    new_people: Collection[str] = (),
) -> Applied:
    """Enter what was edited in a sheet, as one act; all other cells are left alone.

    Args:
        returned: as ``queries.read_returned`` gives it.
        compared: as ``compare_returned`` gave it; found anew where others have written since.
        overrule: the conflicts in which the sheet is to hold, by the edit's id, each with the mark
            of the value that was on the screen; a value that has changed again is left.
        new_people: ids of the new rows that are to become people.

    Raises:
        MayNot: the actor's role does not import.
    """
    check_may_import(by)
    chosen = overrule or {}
    compared = compared or compare_returned(returned, by=by)
    with transaction.atomic():
        municipality = lock(by.municipality_id)
        now = municipality.casework_version, hidden_people(by)
        fits = now == (compared.on_version, compared.hidden)
        found = compared.found if fits else returned.comparison(by)
        taken = [each for each in found.conflicts if chosen.get(each.id) == each.seen]
        edits = [*found.edits, *taken]
        people = [row for row in found.new_rows if row.id in new_people and not row.obstacle]
        if not edits and not people:
            return Applied(None, 0, 0, len(found.conflicts))
        act = uuid4()
        refused = _enter(edits, by, Act(municipality, by.user_id, Way.SHEET, "", act))
        _add(people, municipality, by, act)
        if len(refused) == len(edits) and not people:
            left = len(found.conflicts) - len(taken)
            return Applied(None, 0, 0, left, tuple(refused))
        SheetReturn.objects.create(
            municipality=municipality,
            export=returned.export,
            file=returned.file,
            act=act,
            applied_by_id=by.user_id,
            cells=len(edits) - len(refused),
            new_people=len(people),
        )
        _close(returned.file.batch_id)
        audit.record(
            municipality_id=municipality.pk,
            actor_id=by.user_id,
            action="apply_sheet",
            subject_kind="import",
            subject_id=returned.file.batch_id,
            changes={"cells": [None, len(edits) - len(refused)], "new_people": [None, len(people)]},
        )
    return Applied(
        act,
        len(edits) - len(refused),
        len(people),
        len(found.conflicts) - len(taken),
        tuple(refused),
    )


def _close(batch_id: UUID | None) -> None:
    """Let an import be applied in which nothing but sheets came back: nothing else will be."""
    batch = ImportBatch.objects.select_for_update().get(pk=batch_id)
    files = (batch.preview or {}).get("files", [])
    if batch.status == BatchStatus.READY and files and all(f.get("came_back") for f in files):
        batch.status = BatchStatus.APPLIED
        batch.applied_at = timezone.now()
        batch.save_version(expected=batch.version, fields=("status", "applied_at"))


def _enter(edits: Collection[Edited], by: Actor, act: Act) -> list[str]:
    """Enter values of people, and of periods that there are and are new.

    Returns:
        Why some could not stand.
    """
    rows: dict[UUID, dict[str, Value]] = defaultdict(dict)
    groups: dict[tuple[str, int], list[Edited]] = defaultdict(list)
    for each in edits:
        if each.row is not None:
            for row, name in [(each.row, each.name), *each.also]:
                rows[row][name] = each.after
        elif each.group is not None:
            groups[each.group].append(each)
    single = [each for each in edits if each.row is None and each.group is None]
    outcomes = enter_together(
        act=act,
        by=by,
        values=[Wanted(e.participant, e.field, e.after, e.seen) for e in single],
        rows=rows,
        periods=[_period(cells) for cells in groups.values()],
    )
    return [each.sentence for each in outcomes if each.code == "refused"]


def _period(cells: Sequence[Edited]) -> Period:
    """Return the practice period that was filled into an empty group."""
    values = {each.field: each.after for each in cells}
    values.setdefault("placement.kind", cells[0].kind)
    return Period(cells[0].participant, TableKind.PLACEMENT, values)


def _add(rows: Collection[NewRow], municipality: Municipality, by: Actor, act: UUID) -> None:
    if rows:
        values = [row.values for row in rows]
        add_people(values, municipality_id=municipality.pk, by=by, way=Way.SHEET, act_id=act)


@transaction.atomic
def take_back_returned(found: SheetReturn, *, by: Actor) -> None:
    """Take back all that was entered from a sheet in one act.

    Raises:
        MayNot: the actor may not write one of the fields.
        CannotTakeBack: somebody has changed one of the cells since, or it is taken back already.
    """
    take_back(found.act, municipality_id=found.municipality_id, by=by)
    found.taken_back_at = timezone.now()
    found.save_version(expected=found.version, fields=("taken_back_at",))
