"""The placement, the hours and the test of a person that a cell of the overview can mean.

The same choice as the overview's rows are made by (``journey.current``), with the place where a
correction belongs.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from innpass.casework.overview.building import counts_in_week
from innpass.casework.participants.models import Participant
from innpass.casework.programme.queries import with_planned_hours
from innpass.casework.programme.readings import law_here
from innpass.casework.reconciliation.details import Detail, detail_from, stated, states_of
from innpass.domain.deriving.state import ActivityState, KnownRow, PersonState
from innpass.domain.journey.current import (
    PLANNED,
    SEVERAL,
    UNDATED,
    hours_mark,
    latest_tests,
    mark_of,
    placement_mark,
    present_placements,
)
from innpass.domain.law.law import Law
from innpass.domain.sheets.records import TableKind

HOURS, PRACTICE_HOURS = "activity.hours_per_week", "placement.hours_per_week"
KINDS = (TableKind.ACTIVITY, TableKind.PLACEMENT, TableKind.TEST)

NO_FIRST_DAY = "Praksisen mangler første dag. Skriv den under «Praksis»."
_NONE = {
    TableKind.ACTIVITY: (
        "Ingen aktivitet teller i timene denne uken. Legg den til under «Timer i planen»."
    ),
    TableKind.PLACEMENT: "Deltakeren har ingen praksis nå. Legg den til under «Praksis».",
    TableKind.TEST: "Deltakeren har ingen norskprøve ennå. Legg den til under «Norskprøver».",
}
BY_TIMETABLE = "Timene denne uken kommer fra timeplanen. Endre uken der, så endres timene."
_SEVERAL = {
    TableKind.ACTIVITY: (
        "Flere aktiviteter teller i timene denne uken. Rett den du mener, under «Timer i planen»."
    ),
    TableKind.PLACEMENT: (
        "Deltakeren har flere praksisplasser nå eller framover. Rett den du mener, under «Praksis»."
    ),
    TableKind.TEST: (
        "Deltakeren har flere norskprøver samme dag. Rett den du mener, under «Norskprøver»."
    ),
}


@dataclass(frozen=True, slots=True)
class Present:
    """What a cell means.

    Attributes:
        mark: what tells it from others; empty for none, ``SEVERAL`` where nobody can tell,
            ``PLANNED`` of hours by a timetable.
        detail: it, where it is one.
        names: how the detail names the fields of the cell; others are named alike.
    """

    mark: str = ""
    detail: Detail | None = None
    names: Mapping[str, str] = field(default_factory=dict)

    def name(self, cell: str) -> str:
        """Return how the detail names a field of the cell."""
        return self.names.get(cell, cell)

    def value(self, cell: str) -> Any:
        """Return what holds of a field of the cell; ``None`` for nothing."""
        return self.detail.values.get(self.name(cell)) if self.detail else None


def is_of_detail(name: str) -> bool:
    """Tell whether a field of a cell is one of a placement, activity or test."""
    return name.partition(".")[0] in KINDS


def kind_of(name: str) -> TableKind:
    """Return what the field is of. Only where ``is_of_detail``."""
    return TableKind(name.partition(".")[0])


def lacking(kind: TableKind, mark: str) -> str:
    """Say why nothing can be typed in a cell, and where it can; empty where it can be."""
    if mark == UNDATED:
        return NO_FIRST_DAY
    if mark == PLANNED:
        return BY_TIMETABLE
    if mark == SEVERAL:
        return _SEVERAL[kind]
    return "" if mark else _NONE[kind]


def present_details(
    participants: Collection[Participant], *, on: date
) -> dict[UUID, dict[TableKind, Present]]:
    """Return what the cells of people mean on a day; a fixed number of queries."""
    law = law_here()
    planned = with_planned_hours(participants, on=on)
    return {
        pk: {
            TableKind.ACTIVITY: Present(PLANNED) if pk in planned else _hours(mine, state, on, law),
            TableKind.PLACEMENT: _placement(mine, state, on),
            TableKind.TEST: _test(mine, state, on),
        }
        for pk, (mine, state) in states_of(participants).items()
    }


_Rows = Mapping[str, KnownRow]


def _hours(mine: _Rows, state: PersonState, on: date, law: Law) -> Present:
    start = state.value("programme.start")
    places = [
        place
        for place, each in enumerate(state.activities)
        if counts_in_week(
            each.kind,
            each.first_day,
            each.last_day,
            start=start if isinstance(start, date) else None,
            on=on,
            law=law,
        )
    ]
    running = [state.activities[place] for place in places]
    mark = mark_of([hours_mark(each.kind, each.first_day) for each in running])
    if len(running) != 1:
        return Present(mark)
    (activity,) = running
    if mine[activity.key].row.kind is not TableKind.ACTIVITY:
        return _practice_hours(mine, state, activity, mark)
    return Present(mark, _detail(TableKind.ACTIVITY, mine, state, places[0]))


def _practice_hours(mine: _Rows, state: PersonState, activity: ActivityState, mark: str) -> Present:
    """Return the hours of a placement, which stand with the placement."""
    days = activity.key, activity.first_day, activity.last_day
    for place, each in enumerate(state.placements):
        if (each.key, each.first_day, each.last_day) == days:
            detail = _detail(TableKind.PLACEMENT, mine, state, place)
            return Present(mark, detail, {HOURS: PRACTICE_HOURS})
    return Present(SEVERAL)


def _placement(mine: _Rows, state: PersonState, on: date) -> Present:
    found = present_placements(state.placements, on=on)
    mark = placement_mark(state.placements, on=on)
    if len(found) != 1:
        return Present(mark)
    place = next(n for n, each in enumerate(state.placements) if each is found[0])
    return Present(mark, _detail(TableKind.PLACEMENT, mine, state, place))


def _test(mine: _Rows, state: PersonState, on: date) -> Present:
    found = latest_tests(state.tests, on=on)
    mark = mark_of([str(each.day) for each in found])
    if len(found) != 1:
        return Present(mark)
    place = next(n for n, each in enumerate(state.tests) if each is found[0])
    return Present(mark, _detail(TableKind.TEST, mine, state, place))


def _detail(kind: TableKind, mine: _Rows, state: PersonState, place: int) -> Detail:
    key, values, told_in = stated(state, kind)[place]
    return detail_from(kind, mine, key, values, told_in)
