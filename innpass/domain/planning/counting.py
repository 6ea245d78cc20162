"""What a week holds: programme time in counted minutes, courses, and the way between places."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from innpass.domain.planning.problem import Participant, Problem, Session, TeachingGroup
from innpass.domain.planning.reasons import Weekday
from innpass.domain.planning.solution import Block, Part, WeekPlan


def session_block(group: TeachingGroup, session: Session) -> Block:
    """Give the block that attending a session makes."""
    return Block(session.day, session.start, session.end, Part.COURSE, group.key, group.place)


def by_day(week: Iterable[Block]) -> Mapping[Weekday, list[Block]]:
    """Give each day's blocks in order of time; days without any are left out."""
    days: dict[Weekday, list[Block]] = defaultdict(list)
    for block in sorted(week):
        days[block.day].append(block)
    return days


def counted_minutes(problem: Problem, participant: Participant, block: Block) -> int:
    """Say how much programme time a block counts as; 0 for one that nobody knows."""
    if block.part is Part.PRACTICE:
        return block.minutes
    if block.part is Part.COURSE:
        group = problem.group.get(block.what)
        return sum(
            group.counted_minutes(one)
            for one in (group.sessions if group else ())
            if group is not None and session_block(group, one) == block
        )
    return sum(one.counted_minutes for one in participant.appointments if one.key == block.what)


def is_work_oriented(problem: Problem, participant: Participant, block: Block) -> bool:
    """Say whether a block counts against the work-oriented minimum."""
    if block.part is Part.PRACTICE:
        return participant.placement is not None and participant.placement.work_oriented
    if block.part is Part.APPOINTMENT:
        return any(one.work_oriented for one in participant.appointments if one.key == block.what)
    group = problem.group.get(block.what)
    return group is not None and group.work_oriented


def total_minutes(problem: Problem, participant: Participant, week: WeekPlan) -> int:
    """Say how much programme time a week counts as altogether."""
    return sum(counted_minutes(problem, participant, block) for block in week)


def work_oriented_minutes(problem: Problem, participant: Participant, week: WeekPlan) -> int:
    """Say how much of a week's programme time is work-oriented."""
    return sum(
        counted_minutes(problem, participant, block)
        for block in week
        if is_work_oriented(problem, participant, block)
    )


def courses_of(problem: Problem, week: WeekPlan) -> Iterator[str]:
    """Name the course of every group that a week has blocks of, each group once."""
    for key in sorted({one.what for one in week if one.part is Part.COURSE}):
        if key in problem.group:
            yield problem.group[key].course


def known_way(problem: Problem, one: str, other: str) -> int:
    """Say how long a way takes; 0 to a place that nobody knows, as in a week edited by hand."""
    try:
        return problem.travel_minutes(one, other)
    except KeyError:
        return 0


def way_minutes(
    problem: Problem, participant: Participant, day: Weekday, places: Iterable[str]
) -> int:
    """Say how long one is on the way in a day: from the base by the places in order and back.

    Example:
        Home, course, workplace, home: three legs. A day without blocks has no way.
    """
    base = participant.base(day)
    stops = [base, *places, base]
    return sum(known_way(problem, one, other) for one, other in pairwise(stops))
