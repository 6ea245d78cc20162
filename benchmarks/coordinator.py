"""Plan a caseload as by hand: in queue order, the first that fits, and no looking back.

Groups first, each course's first group with a seat that goes with what stands in the week already.
Then practice, whole days on days without a course as long as hours are missing; then what fits
beside the course on the others.
"""

from collections.abc import Iterator, Sequence

from innpass.domain.planning.checks import HARD, appointments_are_kept
from innpass.domain.planning.counting import session_block, total_minutes, work_oriented_minutes
from innpass.domain.planning.problem import Participant, Problem
from innpass.domain.planning.reasons import Weekday
from innpass.domain.planning.seats import Seats, seats_in
from innpass.domain.planning.solution import Block, Part, Plan, WeekPlan

# Appointments stand in the week from the beginning.
RULES = tuple(one for one in HARD if one is not appointments_are_kept)


def plan_by_hand(problem: Problem) -> Plan:
    """Plan everyone in queue order."""
    seats = seats_in(problem)
    left = dict(seats.capacity)
    plan = {}
    for participant in problem.participants:
        week = _week(problem, participant, seats, left)
        for seat in seats.of_week(week):
            left[seat] -= 1
        plan[participant.key] = week
    return plan


def _week(problem: Problem, participant: Participant, seats: Seats, left: dict) -> WeekPlan:
    week: list[Block] = [
        Block(one.day, one.start, one.end, Part.APPOINTMENT, one.key, one.place)
        for one in participant.appointments
    ]
    for need in participant.courses:
        for key in need.groups:
            group = problem.group[key]
            sessions = [session_block(group, one) for one in group.sessions]
            free = all(left[seat] > 0 for seat in seats.of_group[key])
            if free and _fits(problem, participant, [*week, *sessions]):
                week += sessions
                break
    placement = participant.placement
    if placement is None:
        return tuple(sorted(week))
    taught = {one.day for one in week if one.part is Part.COURSE}
    for day in sorted(Weekday, key=lambda one: (one in taught, one)):
        seat = seats.at_workplace(placement.workplace, day)
        if left.get(seat, 0) > 0:
            stay = next(_stays(problem, participant, day, week), None)
            week += [stay] if stay else []
    return tuple(sorted(week))


def _stays(
    problem: Problem, participant: Participant, day: Weekday, week: Sequence[Block]
) -> Iterator[Block]:
    """Give the stays that fit on a day, as long as what is missing asks for, the longest first."""
    placement = participant.placement
    if placement is None:
        return
    workplace = problem.workplace[placement.workplace]
    opening = workplace.opening(day)
    demand, step = participant.demand, problem.step_minutes
    missing = max(
        demand.full_time - total_minutes(problem, participant, tuple(week)),
        demand.work_oriented - work_oriented_minutes(problem, participant, tuple(week)),
    )
    longest = min(placement.longest_day, -(-missing // step) * step)
    if opening is None or longest < placement.shortest_day:
        return
    for length in range(longest, placement.shortest_day - 1, -step):
        for start in range(-(-opening.start // step) * step, opening.end - length + 1, step):
            stay = Block(day, start, start + length, Part.PRACTICE, workplace.key, workplace.place)
            if _fits(problem, participant, [*week, stay]):
                yield stay


def _fits(problem: Problem, participant: Participant, week: Sequence[Block]) -> bool:
    whole = tuple(sorted(week))
    return not any(True for requirement in RULES for _ in requirement(problem, participant, whole))
