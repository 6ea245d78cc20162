"""Acts of the round trip: export, apply what was edited, take it back."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from innpass.casework.audit import services as audit
from innpass.casework.exports.services import note_taken_out
from innpass.casework.imports.models import BatchStatus, ImportBatch, SourceFile, Way
from innpass.casework.organisations.models import Municipality
from innpass.casework.participants.models import Participant
from innpass.casework.reconciliation.entering import Wanted, add_people, enter_values
from innpass.casework.reconciliation.entering_rows import add_detail, enter_in_row
from innpass.casework.reconciliation.rewriting import lock
from innpass.casework.reconciliation.taking_back import take_back
from innpass.casework.round_trip.comparing import Edited, NewRow
from innpass.casework.round_trip.filling import fill
from innpass.casework.round_trip.keeping import pack
from innpass.casework.round_trip.layout import layout_of
from innpass.casework.round_trip.models import SheetExport, SheetReturn
from innpass.casework.round_trip.queries import Returned
from innpass.domain.access.policy import check_may_export, check_may_import
from innpass.domain.access.roles import Actor
from innpass.domain.sheets.records import TableKind, Value
from innpass.exchange.workbooks.reading import CannotRead

__all__ = ["Applied", "CannotRead", "apply_returned", "export_sheet", "take_back_returned"]

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


def apply_returned(
    returned: Returned,
    *,
    by: Actor,
    overrule: Mapping[str, str] | None = None,
    new_people: Collection[str] = (),
) -> Applied:
    """Enter what was edited in a sheet, as one act; all other cells are left alone.

    Args:
        returned: as ``queries.read_returned`` gives it.
        overrule: the conflicts in which the sheet is to hold, by the edit's id, each with the mark
            of the value that was on the screen; a value that has changed again is left.
        new_people: ids of the new rows that are to become people.

    Raises:
        MayNot: the actor's role does not import.
    """
    check_may_import(by)
    chosen = overrule or {}
    with transaction.atomic():
        municipality = lock(by.municipality_id)
        found = returned.comparison(by)
        taken = [each for each in found.conflicts if chosen.get(each.id) == each.seen]
        edits = [*found.edits, *taken]
        people = [row for row in found.new_rows if row.id in new_people and not row.obstacle]
        if not edits and not people:
            return Applied(None, 0, 0, len(found.conflicts))
        act = uuid4()
        refused = _enter(edits, municipality, by, act)
        _enter_periods([each for each in edits if each.group], found.people, by, act)
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


def _enter(
    edits: Collection[Edited], municipality: Municipality, by: Actor, act: UUID
) -> list[str]:
    """Enter values of people and of periods that there are; return why some could not stand."""
    refused = []
    single = [each for each in edits if each.row is None and each.group is None]
    if single:
        outcomes = enter_values(
            [Wanted(e.participant, e.field, e.after, e.seen) for e in single],
            municipality_id=municipality.pk,
            by=by,
            way=Way.SHEET,
            act_id=act,
        )
        refused = [each.sentence for each in outcomes if each.code == "refused"]
    rows: dict[UUID, dict[str, Value]] = defaultdict(dict)
    for each in edits:
        if each.row is not None:
            rows[each.row][each.name] = each.after
    for row, values in rows.items():
        enter_in_row(row, values, by=by, way=Way.SHEET, act_id=act)
    return refused


def _enter_periods(
    edits: Collection[Edited], people: Mapping[UUID, Participant], by: Actor, act: UUID
) -> None:
    """Enter what was filled into empty groups as new practice periods."""
    groups: dict[tuple[str, int], list[Edited]] = defaultdict(list)
    for each in edits:
        if each.group is not None:
            groups[each.group].append(each)
    for cells in groups.values():
        values = {each.field: each.after for each in cells}
        values.setdefault("placement.kind", cells[0].kind)
        add_detail(
            people[cells[0].participant],
            TableKind.PLACEMENT,
            values,
            by=by,
            way=Way.SHEET,
            act_id=act,
        )


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
