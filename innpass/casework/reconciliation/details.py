"""A person's details as they hold, each with the place where a correction belongs."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from innpass.casework.imports.models import CellEdit
from innpass.casework.imports.rows import id_of
from innpass.casework.participants.models import Participant
from innpass.casework.participants.sources import bodies_with_people, disputed_cells
from innpass.casework.reconciliation.entering import stamp
from innpass.casework.reconciliation.entering_rows import withdraw
from innpass.casework.reconciliation.rewriting import rows_about
from innpass.domain.access.roles import Actor
from innpass.domain.deriving.derive import derive
from innpass.domain.deriving.state import KnownRow, PersonState, PlacementState, ToldIn
from innpass.domain.sheets.fields import FIELDS, SKILLS, numbered
from innpass.domain.sheets.records import Owner, TableKind, Value

FIELDS_OF: Mapping[TableKind, tuple[str, ...]] = {
    kind: tuple(name for name, field in FIELDS.items() if field.kinds == (kind,))
    for kind in TableKind
    if kind is not TableKind.PERSON
}


@dataclass(frozen=True, slots=True)
class Told:
    """A row that tells of a detail.

    Attributes:
        names: what the fields are called in the row, by plain field name.
        is_group: it is one of the groups of columns in a person's row, not the whole row.
        own: what the row itself says, by plain field name.
    """

    row: UUID
    names: Mapping[str, str]
    is_group: bool
    own: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Detail:
    """A placement, activity, leave, absence, decision or test of a person as it holds.

    Attributes:
        row: the row where a correction belongs; ``group`` is which of the groups of columns in a
            person's row, ``None`` where the row is about this alone.
        owner: whose row it is.
        values: what holds, by plain field name (``placement.unit``).
        own: what the row itself says, by plain field name, for ``seen`` of ``enter_in_row``.
        told_in: all rows that tell of it, ``row`` first.
    """

    row: UUID
    group: int | None
    owner: Owner
    values: Mapping[str, Value]
    own: Mapping[str, Value]
    told_in: tuple[Told, ...]

    def name_in_row(self, name: str) -> str:
        """Return what a field is called in the row."""
        return name if self.group is None else numbered(name, self.group)

    def written_in(self, name: str) -> list[Told]:
        """Return the rows in which a correction of a field is written: ``row``, and those alike.

        Where it stood only in the first, the others would go on telling what it was before, as of
        one more.
        """
        first, *others = self.told_in
        now, own = stamp(self.values[name]), stamp(first.own[name])

        def is_alike(told: Told) -> bool:
            says = stamp(told.own[name])
            return says in (now, own) if not told.is_group else says != "" and says == now

        return [first, *filter(is_alike, others)]

    def rows_for(self, values: Mapping[str, Value]) -> dict[UUID, dict[str, Value]]:
        """Return what a correction writes, by row and by what the row calls the fields."""
        found: dict[UUID, dict[str, Value]] = {}
        for name, value in values.items():
            for told in self.written_in(name):
                found.setdefault(told.row, {})[told.names[name]] = value
        return found


@dataclass(frozen=True, slots=True)
class LastWord:
    """Who entered what stands in a cell, and when."""

    by: UUID | None
    at: datetime


def details_of(participant: Participant, kind: TableKind) -> list[Detail]:
    """Return a person's details of a kind, the latest first; a fixed number of queries.

    Hours that follow from a placement are the placement's, and not among the activities.
    """
    mine, state = states_of([participant])[participant.pk]
    found = [
        detail_from(kind, mine, key, values, told_in)
        for key, values, told_in in stated(state, kind)
        if mine[key].row.kind is kind or kind is TableKind.PLACEMENT
    ]
    return found[::-1]


def states_of(
    participants: Collection[Participant],
) -> dict[UUID, tuple[Mapping[str, KnownRow], PersonState]]:
    """Return what holds of people, each with the rows by key; a fixed number of queries."""
    rows = rows_about(participants)
    present = bodies_with_people()
    disputed = disputed_cells(participants, rows)
    found: dict[UUID, tuple[Mapping[str, KnownRow], PersonState]] = {}
    for participant in participants:
        mine = {known.key: known for known in rows.get(participant.pk, ())}
        state = derive(mine.values(), present=present, disputed=disputed[participant.pk])
        found[participant.pk] = mine, state
    return found


def detail_at(
    participant: Participant, kind: TableKind, *, row: UUID, group: int | None
) -> Detail | None:
    """Return one detail by its place, or ``None`` where nothing that holds stands there."""
    return next(
        (each for each in details_of(participant, kind) if (each.row, each.group) == (row, group)),
        None,
    )


def stated(state: PersonState, kind: TableKind) -> list[tuple[str, dict[str, Any], ToldIn]]:
    """Return the details of a kind as they are derived: row, values, and all that tell of it."""
    if kind is TableKind.PLACEMENT:
        return [(p.key, _of_placement(p), p.told_in) for p in state.placements]
    alike: Mapping[TableKind, Sequence[Any]] = {
        TableKind.ACTIVITY: state.activities,
        TableKind.LEAVE: state.leave,
        TableKind.ABSENCE: state.absences,
        TableKind.DECISION: state.decisions,
    }
    if kind in alike:
        return [
            (
                each.key,
                {name: getattr(each, name.partition(".")[2]) for name in FIELDS_OF[kind]},
                each.told_in,
            )
            for each in alike[kind]
        ]
    return [
        (
            t.key,
            {"test.date": t.day, "test.goal": t.goal, "test.reached": t.reached}
            | {f"test.{skill}": t.levels.get(skill) for skill in SKILLS},
            t.told_in,
        )
        for t in state.tests
    ]


def _of_placement(state: PlacementState) -> dict[str, Any]:
    return {name: getattr(state, name.partition(".")[2]) for name in FIELDS_OF[TableKind.PLACEMENT]}


def detail_from(
    kind: TableKind,
    mine: Mapping[str, KnownRow],
    key: str,
    values: Mapping[str, Any],
    told_in: ToldIn,
) -> Detail:
    """Return one detail with the places where a correction of it belongs.

    Args:
        mine: the person's rows by key.
        key: of the row that comes first.
    """
    told = tuple(_told(kind, mine[each], names) for each, names in told_in or ((key, {}),))
    first = next(iter(dict(told_in).get(key, {}).values()), "")
    return Detail(
        row=told[0].row,
        group=int(first.split(".")[1]) if told[0].is_group else None,
        owner=mine[key].row.owner,
        values={name: None if value == "" else value for name, value in values.items()},
        own=told[0].own,
        told_in=told,
    )


def _told(kind: TableKind, known: KnownRow, names: Mapping[str, str]) -> Told:
    in_row = {name: names.get(name.partition(".")[2], name) for name in FIELDS_OF[kind]}
    return Told(
        row=id_of(known.key),
        names=in_row,
        is_group=any(name.startswith("placements.") for name in names.values()),
        own={name: known.row.value(own) for name, own in in_row.items()},
    )


@transaction.atomic
def withdraw_detail(detail: Detail, *, by: Actor, reason: str, act_id: UUID) -> None:
    """Say that a detail, such as a test, never was, wherever it is told of: one act.

    Raises:
        MayNot, RowOutdated: as ``entering_rows.withdraw``.
    """
    for told in detail.told_in:
        fields = tuple(told.names.values()) if told.is_group else ()
        withdraw(told.row, by=by, fields=fields, reason=reason, act_id=act_id)


def last_words(row: UUID, fields: Collection[str]) -> dict[str, LastWord]:
    """Return who entered what stands in cells of a row by hand, by field."""
    edits = CellEdit.objects.filter(row=row, field__in=list(fields), undone_at=None)
    found = edits.order_by("said_at", "pk").values_list("field", "said_by_id", "said_at")
    return {field: LastWord(by, at) for field, by, at in found}
