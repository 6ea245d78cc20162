"""How many have a seat in a week: in groups, and at workplaces by day."""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from innpass.casework.participants.queries import OWNER, hidden_people
from innpass.casework.timetable.models import Block, Timetable
from innpass.casework.timetable.queries import IN_ORDER, covering
from innpass.domain.access.roles import Actor
from innpass.domain.periods import IsoWeek


@dataclass(frozen=True, slots=True)
class SeatsTaken:
    """People by group, and by employer and day of the week, as far as the viewer may know them."""

    groups: Counter[UUID]
    stays: Counter[tuple[UUID, int]]


def seats_taken(week: IsoWeek, *, actor: Actor, but: UUID | None = None) -> SeatsTaken:
    """Count who has a seat where in the week; not those whom the actor may not see.

    Args:
        but: somebody who is not counted, such as the one whose week is being made.
    """
    rows = Timetable.objects.filter(covering(week)).annotate(owner=OWNER)
    in_force = dict(rows.order_by(*IN_ORDER).values_list("owner", "pk"))
    for pk in {*hidden_people(actor), but} & in_force.keys():
        del in_force[pk]
    known = set(in_force.values())
    found = Block.objects.exclude(group=None, employer=None).filter(timetable__in=rows.values("pk"))
    places = {
        (group, employer, day, timetable)
        for group, employer, day, timetable in found.values_list(
            "group", "employer", "day", "timetable"
        )
        if timetable in known
    }
    return SeatsTaken(
        groups=Counter(group for group, _ in {(each[0], each[3]) for each in places if each[0]}),
        stays=Counter((each[1], each[2]) for each in places if each[1]),
    )
