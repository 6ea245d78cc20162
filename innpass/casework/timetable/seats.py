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

from django.db.models import Count, Q, QuerySet

from innpass.casework.participants.queries import owned_by, owner_expression
from innpass.casework.timetable.ending import last_days_of_practice
from innpass.casework.timetable.models import Block, Timetable
from innpass.casework.timetable.queries import IN_ORDER, covering
from innpass.domain.periods import IsoWeek

DAYS = 7
_WHOSE = owner_expression("timetable__participant")


@dataclass(frozen=True, slots=True)
class SeatsTaken:
    """Seats by group, and by employer and day of the week."""

    groups: Mapping[UUID, int]
    stays: Mapping[tuple[UUID, int], int]


def seats_taken(
    week: IsoWeek,
    *,
    groups: Collection[UUID] = (),
    employers: Collection[UUID] = (),
    but: Collection[UUID] = (),
) -> SeatsTaken:
    """Count the seats taken in the week in some groups and at some employers. At most five queries.

    Whatever is not asked about, or has no seat taken, counts 0.

    Args:
        but: those who are not counted, such as the one whose week is being made.
    """
    replaced = _replaced(Timetable.objects.filter(covering(week)))
    blocks = Block.objects.filter(covering(week, "timetable__")).annotate(owner=_WHOSE)
    blocks = blocks.exclude(timetable__in=replaced).exclude(owner__in=list(but))
    return SeatsTaken(
        groups=_in_groups(blocks, groups, week) if groups else Counter(),
        stays=_at_employers(blocks, employers, week) if employers else Counter(),
    )


def _replaced(rows: "QuerySet[Timetable]") -> list[UUID]:
    """Return the timetables that another of the same person's stands in place of that week.

    Only those are looked at for whom several were made, and whoever turned out to be another.
    """
    several = rows.values("participant").annotate(n=Count("pk")).filter(n__gt=1)
    owners: set[UUID | None] = set(several.values_list("participant", flat=True))
    seconds = rows.exclude(participant__turned_out_to_be=None)
    owners |= set(seconds.values_list("participant__turned_out_to_be", flat=True))
    held: dict[UUID, UUID] = {}
    replaced = []
    doubtful = owned_by(rows, {pk for pk in owners if pk})
    for owner, pk in doubtful.order_by(*IN_ORDER).values_list("owner", "pk"):
        if owner in held:
            replaced.append(held[owner])
        held[owner] = pk
    return replaced


def _in_groups(
    blocks: "QuerySet[Any, Any]", groups: Collection[UUID], week: IsoWeek
) -> Mapping[UUID, int]:
    """Count the people in each group that still meets on one of its days."""
    meets = Q()
    for day in range(DAYS):
        on = week.monday + timedelta(days=day)
        meets |= Q(day=day) & (Q(group__last_day=None) | Q(group__last_day__gte=on))
    people = Count("owner", distinct=True)
    found = blocks.filter(meets, group__in=groups).values_list("group").annotate(people=people)
    return Counter(dict(found))


def _at_employers(
    blocks: "QuerySet[Any, Any]", employers: Collection[UUID], week: IsoWeek
) -> Mapping[tuple[UUID, int], int]:
    """Count the people at each employer by day, as long as their practice there lasts."""
    found = blocks.filter(employer__in=employers).values_list("owner", "employer", "day")
    stays = set(found)
    ends = last_days_of_practice({(owner, employer) for owner, employer, _ in stays})
    return Counter(
        (employer, day)
        for owner, employer, day in stays
        if week.monday + timedelta(days=day) <= ends.get((owner, employer), date.max)
    )
