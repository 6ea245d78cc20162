"""Whether there are seats in later weeks, too, for weeks that hold until they are replaced."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q

from innpass.casework.participants.queries import OWNER
from innpass.casework.timetable.models import Timetable
from innpass.casework.timetable.problems import Assembled
from innpass.casework.timetable.queries import STANDING, rivals, weeks_in_force
from innpass.domain.periods import IsoWeek
from innpass.domain.planning.reasons import Reason, Weekday, reason
from innpass.domain.planning.solution import Block, Part, WeekPlan

_ONE_DAY = timedelta(days=1)
Seats = Counter[tuple[str, Weekday | None]]


def later_clashes(
    assembled: Assembled, plans: Mapping[UUID, WeekPlan]
) -> Iterator[tuple[IsoWeek, Reason]]:
    """Tell in which later weeks some weeks that go on would be too many in a group or a workplace.

    Asked about is every later week in which somebody else's week begins, or one that stood in
    its place ends. Where somebody of ``plans`` has another week then, that one is counted.
    """
    groups = {UUID(key) for key in _keys(plans.values(), Part.COURSE)}
    employers = {UUID(key) for key in _keys(plans.values(), Part.PRACTICE)}
    capacity = _capacity(assembled)
    told: set[tuple[str, Weekday | None]] = set()
    for monday in _mondays(groups, employers, assembled.week.monday, plans.keys()):
        week = IsoWeek.of(monday)
        others = rivals(groups=groups, employers=employers, week=week) - plans.keys()
        then = weeks_in_force({*others, *plans}, week=week)
        counted: Seats = Counter()
        ours: Seats = Counter()
        for pk, found in then.items():
            if pk in others:
                counted.update(_seats(found.plan))
        for pk, plan in plans.items():
            has = then.get(pk)
            is_later = has is not None and has.first_monday > assembled.week.monday
            ours.update(_seats(has.plan if has is not None and is_later else plan))
        for seat in sorted(ours, key=str):
            people = counted[seat] + ours[seat]
            if seat in capacity and people > capacity[seat] and seat not in told:
                told.add(seat)
                yield week, _too_many(assembled, seat, people, capacity[seat])


def _mondays(
    groups: Collection[UUID], employers: Collection[UUID], after: date, ours: Collection[UUID]
) -> list[date]:
    shared = Q(blocks__group__in=groups) | Q(blocks__employer__in=employers)
    standing = Timetable.objects.filter(STANDING).annotate(owner=OWNER)
    owners = set(standing.filter(shared).values_list("owner", flat=True)) - set(ours)
    # A week that stands in place of another gives that one's seats back when it is over.
    found: set[date] = set()
    for first, last, withdrawn in (
        standing.filter(owner__in=owners)
        .values_list("first_monday", "last_sunday", "withdrawn_from")
        .distinct()
    ):
        found |= {first, last + _ONE_DAY if last else first, withdrawn or first}
    return sorted(day for day in found if day > after)


def _keys(plans: Iterable[WeekPlan], part: Part) -> set[str]:
    return {block.what for plan in plans for block in plan if block.part is part}


def _seats(plan: WeekPlan) -> set[tuple[str, Weekday | None]]:
    return {_seat(block) for block in plan if block.part is not Part.APPOINTMENT}


def _seat(block: Block) -> tuple[str, Weekday | None]:
    return block.what, None if block.part is Part.COURSE else block.day


def _capacity(assembled: Assembled) -> dict[tuple[str, Weekday | None], int]:
    problem = assembled.problem
    found: dict[tuple[str, Weekday | None], int] = {
        (one.key, None): min(
            [
                one.capacity,
                *(problem.room[each.room].capacity for each in one.sessions if each.room),
            ]
        )
        for one in problem.groups
    }
    for workplace in problem.workplaces:
        for opening in workplace.openings:
            found[workplace.key, opening.day] = opening.seats
    return found


def _too_many(
    assembled: Assembled, seat: tuple[str, Weekday | None], people: int, capacity: int
) -> Reason:
    key, day = seat
    problem = assembled.problem
    if day is None:
        name = problem.group[key].name
        return reason("clash.group_full", group=name, people=people, capacity=capacity)
    return reason(
        "clash.workplace_full",
        workplace=problem.workplace[key].name,
        day=day,
        people=people,
        capacity=capacity,
    )
