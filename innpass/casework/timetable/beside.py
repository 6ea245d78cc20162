"""What others have of the seats that some people may want, and which groups they fill."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from innpass.casework.timetable.offered import (
    OfferedGroup,
    OfferedSession,
    sessions_of,
    sharing_rooms,
)
from innpass.casework.timetable.queries import Week, weeks_in_force
from innpass.casework.timetable.seats import SeatsTaken, seats_taken
from innpass.domain.periods import IsoWeek
from innpass.domain.planning.problem import CourseNeed
from innpass.domain.planning.reasons import Weekday
from innpass.domain.planning.solution import Block as Slot
from innpass.domain.planning.solution import Part, Plan, WeekPlan

# How many groups of a course the planner looks at for one person, and when there are very many.
MOST_GROUPS, FEWER_GROUPS = 12, 5
_MANY = 1000
_FEW = 50  # people beside whom seats are counted; with more, everybody's weeks are read
_NEAR = 2 * MOST_GROUPS  # groups of a course that are asked about first

Needs = Mapping[UUID, Iterable[CourseNeed]]


@dataclass(frozen=True, slots=True)
class Beside:
    """Some people's weeks in force, and what is taken beside them.

    Attributes:
        others: a week for everybody else; where some are few, one for each seat taken of what they
            may want, by nobody in particular.
        full: groups without a seat left, by key.
        sessions: of the groups that matter to these people.
    """

    own: Mapping[UUID, Week]
    others: Plan
    full: Collection[str]
    sessions: Mapping[UUID, tuple[OfferedSession, ...]]


def beside(
    needs: Needs,
    *,
    employers: Collection[UUID],
    also: Collection[str] = (),
    groups: Mapping[UUID, OfferedGroup],
    week: IsoWeek,
) -> Beside:
    """Find out what others have of the groups that some people need, and of their workplaces.

    A fixed number of queries, and three more where nearly all groups of a course are full.

    Args:
        also: further groups that matter, by key.
    """
    if len(needs) > _FEW:
        return _all(needs, groups, week)
    named = {key for key in groups if str(key) in also} if also else set()
    return _few(needs, employers, named, groups, week)


def most_groups(people: int) -> int:
    """Say how many groups of a course the planner looks at for each of so many people."""
    return MOST_GROUPS if people <= _MANY else FEWER_GROUPS


def turned(need: CourseNeed, person: UUID) -> tuple[str, ...]:
    """Return the groups of a course, begun elsewhere for each person.

    Together, people want all groups alike then.
    """
    start = person.int % len(need.groups) if need.groups else 0
    return need.groups[start:] + need.groups[:start]


def _all(needs: Needs, groups: Mapping[UUID, OfferedGroup], week: IsoWeek) -> Beside:
    in_force = weeks_in_force(None, week=week)
    own = {pk: in_force.pop(pk) for pk in needs if pk in in_force}
    taken = Counter(
        key
        for each in in_force.values()
        for key in {block.group for block in each.blocks if block.group}
    )
    full = {str(key) for key, each in groups.items() if taken[key] >= each.capacity}
    others = {str(pk): each.plan for pk, each in in_force.items()}
    return Beside(own, others, full, sessions_of(groups.keys()))


def _few(
    needs: Needs,
    employers: Collection[UUID],
    also: Collection[UUID],
    groups: Mapping[UUID, OfferedGroup],
    week: IsoWeek,
) -> Beside:
    own = weeks_in_force(list(needs), week=week)
    has = {block.group for each in own.values() for block in each.blocks if block.group}
    wanted = [
        [UUID(key) for key in turned(need, pk)] for pk, several in needs.items() for need in several
    ]
    near = {key for keys in wanted for key in keys[:_NEAR]}
    asked = {*has, *near, *also} & groups.keys()
    asked |= sharing_rooms(asked) & groups.keys()
    taken = seats_taken(week, groups=asked, employers=employers, but=needs.keys())
    people = dict(taken.groups)
    if any(_free(keys[:_NEAR], people, groups) < min(MOST_GROUPS, len(keys)) for keys in wanted):
        rest = {key for keys in wanted for key in keys[_NEAR:]} - asked
        asked |= rest
        people |= seats_taken(week, groups=rest, but=needs.keys()).groups if rest else {}
    full = {str(key) for key in asked if people.get(key, 0) >= groups[key].capacity}
    sessions = sessions_of(asked)
    seats = _seats(SeatsTaken(people, taken.stays), groups, sessions)
    return Beside(own, dict(seats), full, sessions)


def _free(
    keys: Iterable[UUID], people: Mapping[UUID, int], groups: Mapping[UUID, OfferedGroup]
) -> int:
    return sum(people.get(key, 0) < groups[key].capacity for key in keys)


def _seats(
    taken: SeatsTaken,
    groups: Mapping[UUID, OfferedGroup],
    sessions: Mapping[UUID, Iterable[OfferedSession]],
) -> Iterator[tuple[str, WeekPlan]]:
    """Return a week for each seat taken of a group, and of a day at a workplace."""
    for key, people in taken.groups.items():
        week = tuple(
            Slot(Weekday(each.day), each.start, each.end, Part.COURSE, str(key), groups[key].place)
            for each in sessions[key]
        )
        for number in range(people):
            yield f"{key} {number}", week
    for (employer, day), people in taken.stays.items():
        stay = Slot(Weekday(day), 0, 1, Part.PRACTICE, str(employer), "")
        for number in range(people):
            yield f"{employer} {day} {number}", (stay,)
