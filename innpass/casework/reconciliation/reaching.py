"""What undoing an import would reach: rows that leave and return, people who change or go."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from innpass.casework.imports.models import (
    BatchStatus,
    ImportBatch,
    RowState,
    SourceFile,
    SourceRow,
    Undoing,
)
from innpass.casework.imports.queries import Turn
from innpass.casework.participants.models import (
    Participant,
    ProtectionMark,
)
from innpass.casework.participants.queries import hidden_people
from innpass.casework.plans.queries import plans_of_people
from innpass.casework.programme.registering import people_with_ticks
from innpass.casework.reconciliation import planning
from innpass.casework.reconciliation.naming import Names, names_by_hand
from innpass.casework.reconciliation.planning import (
    Progress,
    silent,
)
from innpass.casework.reconciliation.preview import Change, changes_of
from innpass.casework.reconciliation.records import in_words, records_of_people
from innpass.casework.reconciliation.resolving import Resolution, resolve
from innpass.casework.reconciliation.since import (
    ChangedSince,
    changed_since,
    plans_without_rows,
    records_without_rows,
    ticks_without_rows,
    timetables_without_rows,
)
from innpass.casework.timetable.queries import people_with_timetables
from innpass.domain.access.roles import Actor

NOT_APPLIED = "Importen er ikke tatt i bruk, så det er ingenting å angre."
NOTHING_LEFT = "Importen er alt angret."
NO_ROWS = (
    "Importen har ingen rader som kan angres. Var det et ark eksportert fra Innpass, tar du "
    "tilbake det som ble ført inn fra det, på siden for arket."
)
END_UNKNOWN = (
    "Importen ble tatt i bruk i en eldre versjon av Innpass, som ikke tok vare på hvilke rader den "
    "erstattet. Den kan derfor ikke angres. Importer en fil med de riktige opplysningene, eller "
    "rett dem for hånd."
)
HAS_PLAN = (
    "Noen av dem som bare kom med denne importen, har fått en integreringsplan. Da kan ikke "
    "importen angres for dem. Angre den for de andre, eller rett opplysningene for hånd."
)
HAS_TIMETABLE = (
    "Noen av dem som bare kom med denne importen, har fått timeplan, avtaler, oppmøte eller valgt "
    "norskmodell. Da kan ikke importen angres for dem. Angre den for de andre, eller rett "
    "opplysningene for hånd."
)
HAS_TICKS = (
    "For noen av dem som bare kom med denne importen, er hendelser merket som registrert i NIR. Da "
    "kan ikke importen angres for dem. Angre den for de andre, eller ta tilbake merkene først."
)
HAS_RECORDS = (
    "Noen av dem som bare kom med denne importen, har fått {records}. Da kan ikke importen angres "
    "for dem. Angre den for de andre, eller rett opplysningene for hånd."
)


class CannotUndo(Exception):
    """It cannot be undone as asked. The message is Norwegian and for the user.

    ``first`` is the import that must be undone before this one, if that is what hinders it.
    """

    def __init__(self, message: str, *, first: ImportBatch | None = None) -> None:
        super().__init__(message)
        self.first = first


@dataclass(frozen=True, slots=True)
class _Side:
    """A row that may change sides, and whom it is about. ``gone_from`` is of one that returns."""

    pk: UUID
    file: UUID
    owner: UUID | None
    gone_from: UUID | None = None


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom undoing an import would be about, found out without deriving anything.

    Attributes:
        files: the import's.
        leaving, returning: the rows that would change sides.
        touched: the people it is about, by participant.
        changed: what somebody has changed since of what it brought, by participant.
    """

    files: tuple[UUID, ...]
    leaving: list[_Side]
    returning: list[_Side]
    touched: set[UUID]
    changed: Mapping[UUID, Sequence[ChangedSince]]


@dataclass
class Undo:
    """What undoing an import amounts to.

    Attributes:
        chosen: those it is about for whom it is undone.
        hidden: the people whom the actor may not see.
        changes: everybody as before and after; see ``preview.Change``.
        on_version: which version of casework this was found out on.
        erased: those who came with it alone, and are nobody any more.
        kept: those who came with it alone but stay, with who they are and what was entered by hand.
        names: what is entered by hand of who they are.
        left: people for whom it still holds afterwards.
    """

    turn: Turn
    reach: Reach
    chosen: set[UUID]
    hidden: set[UUID]
    resolution: Resolution
    changes: list[Change]
    on_version: int
    erased: set[UUID] = field(default_factory=set)
    kept: set[UUID] = field(default_factory=set)
    names: Names = field(default_factory=Names)

    @property
    def touched(self) -> set[UUID]:
        """The people it is about."""
        return self.reach.touched

    @property
    def changed(self) -> Mapping[UUID, Sequence[ChangedSince]]:
        """What somebody has changed since of what it brought."""
        return self.reach.changed

    @property
    def left(self) -> set[UUID]:
        """Those for whom the import holds afterwards."""
        return self.touched - self.chosen


def reach_of(batch: ImportBatch) -> Reach:
    """Find out whom undoing an import would be about. Quick, however many they are.

    Raises:
        CannotUndo: it is not applied, is undone already, or a later import has replaced its rows;
            or nobody knows any more which rows it replaced.
    """
    if batch.status not in (BatchStatus.APPLIED, BatchStatus.UNDONE):
        raise CannotUndo(NOT_APPLIED)
    files = tuple(batch.files.values_list("pk", flat=True))
    leaving = _leaving(files)
    if not leaving:
        has_undone = Undoing.objects.filter(batch=batch).exists()
        raise CannotUndo(NOTHING_LEFT if has_undone else NO_ROWS)
    if _may_have_ended_unknown(batch):
        raise CannotUndo(END_UNKNOWN)
    returning = _returning(files)
    touched = {side.owner for side in (*leaving, *returning) if side.owner}
    changed = changed_since(batch, rows=leaving_rows(leaving), returning=leaving_rows(returning))
    for person, kept in [
        *plans_without_rows(touched, files).items(),
        *timetables_without_rows(touched, files).items(),
        *ticks_without_rows(touched, files).items(),
        *records_without_rows(touched, files).items(),
    ]:
        changed[person] = [*changed.get(person, ()), kept]
    return Reach(files, leaving, returning, touched, changed)


def plan_undo(
    batch: ImportBatch,
    *,
    by: Actor,
    people: Collection[UUID] | None = None,
    progress: Progress = silent,
) -> Undo:
    """Find out what undoing an import would do, and write nothing.

    Args:
        people: for whom; ``None`` for everybody about whom nobody has changed anything since.

    Raises:
        CannotUndo: see ``reach_of``.
    """
    version = planning.casework_version(batch.municipality_id)
    reach = reach_of(batch)
    touched, hidden = reach.touched, hidden_people(by)
    chosen = touched - reach.changed.keys() if people is None else touched.intersection(people)
    # Rows about nobody go with the last whom the actor may see.
    rest = touched - chosen <= hidden
    turn = Turn(
        leaving=frozenset(
            s.pk for s in reach.leaving if s.owner in chosen or (rest and not s.owner)
        ),
        returning={
            s.pk: s.gone_from
            for s in reach.returning
            if s.owner in chosen or (rest and not s.owner)
        },
        ended_by=reach.files,
    )
    resolution = resolve(turn=turn, progress=planning.begin(progress))
    planning.compare(progress)
    changes = changes_of(resolution)
    undo = Undo(turn, reach, chosen, hidden, resolution, changes, version)
    _find_the_lost(undo)
    if undo.kept:
        _let_stay(undo, batch.municipality_id)
    planning.end(progress)
    return undo


def leaving_rows(sides: Iterable[_Side]) -> dict[UUID, UUID | None]:
    """Return whom rows are about, by row."""
    return {side.pk: side.owner for side in sides}


def _leaving(files: Sequence[UUID]) -> list[_Side]:
    """Return the import's rows; those that another of its own files replaced are among them."""
    rows = SourceRow.objects.filter(file__in=files).exclude(state=RowState.UNDONE)
    ended = rows.exclude(state=RowState.CURRENT).exclude(ended_by__in=files)
    newer = ended.exclude(ended_by=None).select_related("ended_by__batch").first()
    if newer is not None and newer.ended_by and newer.ended_by.batch:
        raise CannotUndo(_newer(newer.ended_by), first=newer.ended_by.batch)
    return [_Side(*row) for row in rows.values_list("pk", "file_id", "link__participant_id")]


def _may_have_ended_unknown(batch: ImportBatch) -> bool:
    """Say whether rows of which nobody knows what ended them may have lost to, or be, the import's.

    Rows that were ended before ``ended_by`` was kept do not tell it. They may have lost to every
    import of the same owner since, up to the first of which it is known what it ended.
    """
    unknown = SourceRow.objects.filter(
        state__in=(RowState.REPLACED, RowState.GONE),
        ended_by=None,
        owner__in=batch.files.exclude(owner="").values("owner"),
        file__batch__applied_at__lte=batch.applied_at,
    )
    if not unknown.exists():
        return False
    known = ImportBatch.objects.filter(files__ended_rows__isnull=False)
    return not known.filter(applied_at__lte=batch.applied_at).exists()


def _newer(file: SourceFile) -> str:
    return (
        f"«{file.name}» ble importert senere og har tatt plassen til rader fra denne importen. "
        "Angre den importen først."
    )


def _returning(files: Sequence[UUID]) -> list[_Side]:
    """Return the rows of earlier imports that this one's files replaced, or no longer have."""
    rows = SourceRow.objects.filter(
        ended_by__in=files, state__in=(RowState.REPLACED, RowState.GONE)
    ).exclude(file__in=files)
    found = rows.values_list("pk", "file_id", "link__participant_id", "gone_from_id")
    return [
        _Side(pk, file, owner, gone if gone not in files else None)
        for pk, file, owner, gone in found
    ]


def _find_the_lost(undo: Undo) -> None:
    """Say who is nobody any more, and who stays though no file tells who it is."""
    absorbed = undo.resolution.absorbed
    there = {c.participant.pk for c in undo.changes if c.participant} | absorbed.keys()
    before = Participant.objects.filter(absorbed_by=None).values_list("pk", flat=True)
    lost = set(before) - there
    marked = ProtectionMark.objects.filter(participant__in=lost)
    undo.kept = set(marked.values_list("participant_id", flat=True))
    undo.erased = lost - undo.kept
    if plans_of_people(undo.erased):
        raise CannotUndo(HAS_PLAN)
    if people_with_timetables(undo.erased):
        raise CannotUndo(HAS_TIMETABLE)
    if people_with_ticks(undo.erased):
        raise CannotUndo(HAS_TICKS)
    if records := records_of_people(undo.erased):
        raise CannotUndo(HAS_RECORDS.format(records=in_words(records)))
    undo.kept |= {
        change.participant.pk
        for change in undo.changes
        if change.participant
        and change.participant.pk in undo.chosen
        and not change.person.state.value("name")
        and change.before.person.get("name") != change.after.person["name"]
    }


def _let_stay(undo: Undo, municipality_id: UUID) -> None:
    """Find out what holds once those who stay are named by hand."""
    undo.names = names_by_hand(undo.kept, municipality_id=municipality_id)
    undo.turn = replace(undo.turn, by_hand=undo.names.as_if_stored(municipality_id))
    undo.resolution = resolve(turn=undo.turn)
    undo.changes = changes_of(undo.resolution)
