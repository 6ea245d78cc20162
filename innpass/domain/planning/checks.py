"""Judge a plan without the solver, also one edited by hand: one function for each requirement.

Each answers with clashes: a code, its values and whether the requirement is *broken* or a minimum
is merely *short*. A plan that the solver returns is never broken; what is short has its cost.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from innpass.domain.planning.counting import (
    by_day,
    courses_of,
    known_way,
    session_block,
    total_minutes,
    work_oriented_minutes,
)
from innpass.domain.planning.problem import MINUTES_PER_DAY, Participant, Problem
from innpass.domain.planning.reasons import Clock, Length, Reason, Weekday, reason
from innpass.domain.planning.solution import Block, Part, Plan, WeekPlan


class Severity(StrEnum):
    """Whether a week cannot be lived like that, or only holds too little."""

    BROKEN = "broken"
    SHORT = "short"


@dataclass(frozen=True, slots=True)
class Clash:
    """A requirement that a plan does not meet; ``participant`` is None where it is several's."""

    participant: str | None
    severity: Severity
    reason: Reason


WeekCheck = Callable[[Problem, Participant, WeekPlan], Iterator[Reason]]
PlanCheck = Callable[[Problem, Plan], Iterator[Reason]]


def check(problem: Problem, plan: Plan) -> tuple[Clash, ...]:
    """Judge every week of a plan, and what they share: groups, rooms and workplaces.

    Raises:
        KeyError: the plan has a week of somebody whom the problem does not know.
    """
    found: list[Clash] = []
    for key, week in plan.items():
        found += check_week(problem, problem.participant[key], week)
    for of_all in SHARED:
        found += (Clash(None, Severity.BROKEN, why) for why in of_all(problem, plan))
    return tuple(found)


def check_week(problem: Problem, participant: Participant, week: WeekPlan) -> tuple[Clash, ...]:
    """Judge one participant's week alone, whatever the others do."""
    return tuple(
        Clash(participant.key, severity, why)
        for severity, requirements in ((Severity.BROKEN, HARD), (Severity.SHORT, MINIMA))
        for requirement in requirements
        for why in requirement(problem, participant, week)
    )


# One participant's week.


def every_block_is_known(
    problem: Problem, participant: Participant, week: WeekPlan
) -> Iterator[Reason]:
    """Every block is a session of a group, a stay at one's own workplace or one's appointment."""
    own = _appointments(participant)
    for block in week:
        if block.part is Part.PRACTICE:
            if (block.what, block.where) != _own_workplace(problem, participant):
                yield reason("clash.other_workplace", what=_name(problem, participant, block))
        elif block not in own and block not in _sessions(problem, block.what):
            yield reason(
                "clash.unknown_block",
                what=_name(problem, participant, block),
                day=block.day,
                start=Clock(block.start),
                end=Clock(block.end),
            )


def nothing_overlaps(
    problem: Problem, participant: Participant, week: WeekPlan
) -> Iterator[Reason]:
    """Nobody is at two things at the same time."""
    for day, blocks in by_day(week).items():
        for one, other in pairwise(blocks):
            if other.start < one.end:
                yield reason(
                    "clash.overlap",
                    day=day,
                    one=_name(problem, participant, one),
                    other=_name(problem, participant, other),
                )


def there_is_time_to_travel(
    problem: Problem, participant: Participant, week: WeekPlan
) -> Iterator[Reason]:
    """Between two blocks of a day there is time to get from one place to the other."""
    for day, blocks in by_day(week).items():
        for one, other in pairwise(blocks):
            between, needed = other.start - one.end, known_way(problem, one.where, other.where)
            if 0 <= between < needed:
                yield reason(
                    "clash.travel",
                    day=day,
                    one=_name(problem, participant, one),
                    other=_name(problem, participant, other),
                    between=between,
                    needed=needed,
                )


def the_workplace_is_open(
    problem: Problem, participant: Participant, week: WeekPlan
) -> Iterator[Reason]:
    """Practice takes place within the workplace's opening hours, on days agreed."""
    for block in _stays(week):
        workplace = problem.workplace.get(block.what)
        if workplace is None or participant.placement is None:
            continue
        opening = workplace.opening(block.day)
        if opening is None:
            yield reason("clash.closed_day", workplace=workplace.name, day=block.day)
        elif not opening.start <= block.start < block.end <= opening.end:
            yield reason(
                "clash.closed",
                workplace=workplace.name,
                day=block.day,
                start=Clock(opening.start),
                end=Clock(opening.end),
            )
        elif not participant.placement.allows(block.day):
            yield reason("clash.day_not_agreed", workplace=workplace.name, day=block.day)


def a_stay_has_the_length_agreed(
    problem: Problem, participant: Participant, week: WeekPlan
) -> Iterator[Reason]:
    """There is one stay a day at the workplace, neither shorter nor longer than agreed."""
    placement = participant.placement
    stays = _stays(week)
    for day, times in Counter(block.day for block in stays).items():
        if times > 1:
            yield reason("clash.two_stays", day=day)
    for block in stays if placement is not None else ():
        if placement and not placement.shortest_day <= block.minutes <= placement.longest_day:
            yield reason(
                "clash.stay_length",
                day=block.day,
                length=Length(block.minutes),
                shortest=Length(placement.shortest_day),
                longest=Length(placement.longest_day),
            )


def children_are_brought_and_fetched(
    problem: Problem, participant: Participant, week: WeekPlan
) -> Iterator[Reason]:
    """On days with child care there is time to bring the children first and fetch them last."""
    care = participant.child_care
    for day, blocks in by_day(week).items() if care is not None else ():
        if care is None or day not in care.days:
            continue
        first, last = blocks[0], max(blocks, key=lambda one: one.end)
        early = first.start < care.start + known_way(problem, care.place, first.where)
        if early or last.end > care.end - known_way(problem, last.where, care.place):
            yield reason(
                "clash.child_care",
                day=day,
                what=_name(problem, participant, first if early else last),
                start=Clock(care.start),
                end=Clock(care.end),
            )


def appointments_are_kept(
    _problem: Problem, participant: Participant, week: WeekPlan
) -> Iterator[Reason]:
    """The participant's own appointments stand in the week, at their time."""
    for one in participant.appointments:
        if not _appointments(participant, one.key) <= set(week):
            yield reason("clash.appointment_missing", what=one.name, day=one.day)


def nights_are_long_enough(
    problem: Problem, participant: Participant, week: WeekPlan
) -> Iterator[Reason]:
    """Between the last block of a day and the first of the next there is the rest demanded.

    The nights within the week; before Monday and after Sunday nothing is known.
    """
    days = by_day(week)
    for day, blocks in days.items():
        if day is Weekday.SUNDAY or Weekday(day + 1) not in days:
            continue
        last, first = max(blocks, key=lambda one: one.end), days[Weekday(day + 1)][0]
        rest = first.start + MINUTES_PER_DAY - last.end
        if rest < problem.rest_minutes:
            yield reason(
                "clash.rest",
                day=day,
                one=_name(problem, participant, last),
                other=_name(problem, participant, first),
                rest=Length(rest),
                needed=Length(problem.rest_minutes),
            )


def groups_are_attended_whole(
    problem: Problem, participant: Participant, week: WeekPlan
) -> Iterator[Reason]:
    """Whoever is in a group is at all its sessions."""
    attended: dict[str, set[Block]] = defaultdict(set)
    for block in week:
        if block.part is Part.COURSE and block.what in problem.group:
            attended[block.what].add(block)
    for key, blocks in attended.items():
        group = problem.group[key]
        missing = {session_block(group, one) for one in group.sessions} - blocks
        if missing:
            yield reason("clash.session_missing", group=group.name, day=min(missing).day)


def groups_are_ones_that_suit(
    problem: Problem, participant: Participant, week: WeekPlan
) -> Iterator[Reason]:
    """Each group is one that suits the participant, and there is one of each course at most."""
    suited = {key for need in participant.courses for key in need.groups}
    for key in sorted({one.what for one in week if one.part is Part.COURSE} - suited):
        if key in problem.group:
            yield reason("clash.group_does_not_suit", group=problem.group[key].name)
    for course, times in Counter(courses_of(problem, week)).items():
        if times > 1:
            yield reason("clash.two_groups", course=course)


def the_week_is_not_too_long(
    problem: Problem, participant: Participant, week: WeekPlan
) -> Iterator[Reason]:
    """The week never holds more programme time than is allowed."""
    total = total_minutes(problem, participant, week)
    if total > participant.demand.at_most:
        yield reason(
            "clash.too_long", total=Length(total), at_most=Length(participant.demand.at_most)
        )


def the_week_is_full_time(
    problem: Problem, participant: Participant, week: WeekPlan
) -> Iterator[Reason]:
    """The week holds full time."""
    total, demanded = total_minutes(problem, participant, week), participant.demand.full_time
    if total < demanded:
        yield reason(
            "short.full_time",
            total=Length(total),
            demanded=Length(demanded),
            missing=Length(demanded - total),
        )


def the_week_is_work_oriented(
    problem: Problem, participant: Participant, week: WeekPlan
) -> Iterator[Reason]:
    """The week holds the work-oriented minimum, where one binds."""
    total = work_oriented_minutes(problem, participant, week)
    demanded = participant.demand.work_oriented
    if total < demanded:
        yield reason(
            "short.work_oriented",
            total=Length(total),
            demanded=Length(demanded),
            missing=Length(demanded - total),
        )


def courses_have_a_group(
    problem: Problem, participant: Participant, week: WeekPlan
) -> Iterator[Reason]:
    """Each course that the participant needs has a group."""
    given = set(courses_of(problem, week))
    for need in participant.courses:
        if need.course not in given:
            yield reason("short.course", course=need.course)


HARD: tuple[WeekCheck, ...] = (
    every_block_is_known,
    nothing_overlaps,
    there_is_time_to_travel,
    the_workplace_is_open,
    a_stay_has_the_length_agreed,
    children_are_brought_and_fetched,
    appointments_are_kept,
    nights_are_long_enough,
    groups_are_attended_whole,
    groups_are_ones_that_suit,
    the_week_is_not_too_long,
)
MINIMA: tuple[WeekCheck, ...] = (
    the_week_is_full_time,
    the_week_is_work_oriented,
    courses_have_a_group,
)


# What the weeks share.


def groups_have_room_for_all(problem: Problem, plan: Plan) -> Iterator[Reason]:
    """No group has more participants than it takes."""
    people = Counter(
        key
        for week in plan.values()
        for key in {one.what for one in week if one.part is Part.COURSE}
    )
    for group in problem.groups:
        if people[group.key] > group.capacity:
            yield reason(
                "clash.group_full",
                group=group.name,
                people=people[group.key],
                capacity=group.capacity,
            )


def rooms_have_seats_for_all(problem: Problem, plan: Plan) -> Iterator[Reason]:
    """At no moment are there more participants in a room than it holds."""
    rooms = {
        session_block(group, one): one.room for group in problem.groups for one in group.sessions
    }
    present: dict[tuple[str, Weekday], list[Block]] = defaultdict(list)
    for week in plan.values():
        for block in week:
            room = rooms.get(block)
            if room is not None:
                present[room, block.day].append(block)
    for (key, day), blocks in present.items():
        room_of_all = problem.room[key]
        for moment in sorted({block.start for block in blocks}):
            people = sum(block.start <= moment < block.end for block in blocks)
            if people > room_of_all.capacity:
                yield reason(
                    "clash.room_full",
                    room=room_of_all.name,
                    day=day,
                    start=Clock(moment),
                    people=people,
                    capacity=room_of_all.capacity,
                )


def workplaces_have_seats_for_all(problem: Problem, plan: Plan) -> Iterator[Reason]:
    """No workplace has more participants on a day than it takes."""
    people = Counter(
        (what, day)
        for week in plan.values()
        for what, day in {(block.what, block.day) for block in _stays(week)}
    )
    for workplace in problem.workplaces:
        for opening in workplace.openings:
            if people[workplace.key, opening.day] > opening.seats:
                yield reason(
                    "clash.workplace_full",
                    workplace=workplace.name,
                    day=opening.day,
                    people=people[workplace.key, opening.day],
                    capacity=opening.seats,
                )


SHARED: tuple[PlanCheck, ...] = (
    groups_have_room_for_all,
    rooms_have_seats_for_all,
    workplaces_have_seats_for_all,
)


def _sessions(problem: Problem, key: str) -> Iterator[Block]:
    if key in problem.group:
        group = problem.group[key]
        yield from (session_block(group, one) for one in group.sessions)


def _own_workplace(problem: Problem, participant: Participant) -> tuple[str, str] | None:
    if participant.placement is None:
        return None
    workplace = problem.workplace[participant.placement.workplace]
    return workplace.key, workplace.place


def _stays(week: WeekPlan) -> list[Block]:
    return [block for block in week if block.part is Part.PRACTICE]


def _appointments(participant: Participant, key: str | None = None) -> set[Block]:
    return {
        Block(one.day, one.start, one.end, Part.APPOINTMENT, one.key, one.place)
        for one in participant.appointments
        if key in (None, one.key)
    }


def _name(problem: Problem, participant: Participant, block: Block) -> str:
    """Call a block as people do; by its key where nobody knows it."""
    if block.part is Part.COURSE:
        group = problem.group.get(block.what)
        return group.name if group else block.what
    if block.part is Part.PRACTICE:
        workplace = problem.workplace.get(block.what)
        return workplace.name if workplace else block.what
    names = {one.key: one.name for one in participant.appointments}
    return names.get(block.what, block.what)
