"""How many seats are taken in a week: in groups, and at workplaces by day.

A seat is taken whoever sits in it. So everybody is counted, also people with a protected address:
what is shown is then what a week is refused by, and the same number for all who look. It tells that
a seat is taken, never by whom; names stand beside it of those alone whom the viewer may see, and
nothing says how many names are missing, or that any is.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from innpass.casework.participants.queries import OWNER
from innpass.casework.timetable.ending import last_days_of_groups, last_days_of_practice
from innpass.casework.timetable.models import Block, Timetable
from innpass.casework.timetable.queries import IN_ORDER, covering, rivals
from innpass.domain.periods import IsoWeek

_COLUMNS = ("group", "employer", "day", "timetable")


@dataclass(frozen=True, slots=True)
class SeatsTaken:
    """Seats by group, and by employer and day of the week."""

    groups: Counter[UUID]
    stays: Counter[tuple[UUID, int]]


def seats_taken(
    week: IsoWeek,
    *,
    groups: Collection[UUID] | None = None,
    employers: Collection[UUID] | None = None,
    but: UUID | None = None,
) -> SeatsTaken:
    """Count the seats taken in the week. At most five queries.

    Args:
        groups, employers: which are asked about; where neither is given, all are.
        but: somebody who is not counted, such as the one whose week is being made.
    """
    rows = Timetable.objects.filter(covering(week)).annotate(owner=OWNER)
    found = Block.objects.exclude(group=None, employer=None)
    if groups is not None or employers is not None:
        wanted = {"groups": groups or (), "employers": employers or ()}
        rows = rows.filter(owner__in=rivals(**wanted, week=week))
        found = found.filter(group__in=wanted["groups"]) | found.filter(
            employer__in=wanted["employers"]
        )
    in_force = dict(rows.order_by(*IN_ORDER).values_list("owner", "pk"))
    owners = {pk: owner for owner, pk in in_force.items() if owner != but}
    places = {
        (group, employer, day, owners[timetable])
        for group, employer, day, timetable in found.filter(
            timetable__in=rows.values("pk")
        ).values_list(*_COLUMNS)
        if timetable in owners
    }
    is_over = _ended(places, week)
    held = [each for each in places if not is_over(each)]
    return SeatsTaken(
        groups=Counter(group for group, _ in {(each[0], each[3]) for each in held if each[0]}),
        stays=Counter((each[1], each[2]) for each in held if each[1]),
    )


def _ended(places: Collection[tuple[Any, ...]], week: IsoWeek) -> Any:
    """Return what tells whether a group, or somebody's practice, is over by a day of the week."""
    groups: Mapping[UUID, date] = last_days_of_groups({each[0] for each in places if each[0]})
    practice = last_days_of_practice({(each[3], each[1]) for each in places if each[1]})

    def is_over(place: tuple[Any, ...]) -> bool:
        group, employer, day, owner = place
        last = groups.get(group) if group else practice.get((owner, employer))
        return last is not None and week.monday + timedelta(days=day) > last

    return is_over
