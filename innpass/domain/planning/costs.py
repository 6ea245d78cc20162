"""What a week costs: one function for each shortfall and each wish, by its name.

All are whole numbers, and each depends on one participant's week alone, so that the cost of a plan
is the sum over its weeks.
"""

from collections.abc import Callable, Mapping

from innpass.domain.planning.counting import (
    by_day,
    courses_of,
    total_minutes,
    way_minutes,
    work_oriented_minutes,
)
from innpass.domain.planning.problem import Opening, Participant, Placement, Problem
from innpass.domain.planning.solution import Part, Plan, WeekPlan

HALF_HOUR = 30

Term = Callable[[Problem, Participant, WeekPlan], int]


def half_hours(weight: int, minutes: int) -> int:
    """Give the cost of missing minutes at a price for each half hour, rounded up; 0 if none miss.

    Example:
        >>> half_hours(100, 45), half_hours(100, -15)
        (150, 0)
    """
    return -(-weight * max(0, minutes) // HALF_HOUR)


def missing_full_time(problem: Problem, participant: Participant, week: WeekPlan) -> int:
    """Each half hour that the week lacks of full time."""
    missing = participant.demand.full_time - total_minutes(problem, participant, week)
    return half_hours(problem.weights.missing_full_time, missing)


def missing_work_oriented(problem: Problem, participant: Participant, week: WeekPlan) -> int:
    """Each half hour that the week lacks of the work-oriented minimum."""
    demanded = participant.demand.work_oriented
    missing = demanded - work_oriented_minutes(problem, participant, week)
    return half_hours(problem.weights.missing_work_oriented, missing)


def missing_course(problem: Problem, participant: Participant, week: WeekPlan) -> int:
    """Each course needed that has no group."""
    given = set(courses_of(problem, week))
    missing = (need for need in participant.courses if need.course not in given)
    return sum(problem.missing_cost(need) for need in missing)


def short_week(problem: Problem, participant: Participant, week: WeekPlan) -> int:
    """The week lacks anything of what it should hold: hours or a course."""
    demand, given = participant.demand, set(courses_of(problem, week))
    full = (
        total_minutes(problem, participant, week) >= demand.full_time
        and work_oriented_minutes(problem, participant, week) >= demand.work_oriented
        and all(need.course in given for need in participant.courses)
    )
    return 0 if full else problem.weights.short_week


def split_day(problem: Problem, _participant: Participant, week: WeekPlan) -> int:
    """Each day with both course and workplace."""
    split = sum(
        {Part.COURSE, Part.PRACTICE} <= {block.part for block in blocks}
        for blocks in by_day(week).values()
    )
    return problem.weights.split_day * split


def whole_day(placement: Placement, opening: Opening) -> int:
    """Say how long a stay must be, in minutes, to be a whole day at the workplace."""
    return min(placement.longest_day, opening.end - opening.start)


def part_day(problem: Problem, participant: Participant, week: WeekPlan) -> int:
    """Each stay at the workplace that is shorter than a whole day there."""
    placement, shorter = participant.placement, 0
    for block in week:
        if block.part is Part.PRACTICE and placement is not None:
            opening = problem.workplace[placement.workplace].opening(block.day)
            shorter += opening is not None and block.minutes < whole_day(placement, opening)
    return problem.weights.part_day * shorter


def change(problem: Problem, participant: Participant, week: WeekPlan) -> int:
    """Each course or stay of last week that no longer takes place on its day.

    Hours moved within the day cost nothing; but the solver leaves them where they can stay.
    """
    kept = {(block.day, block.part, block.what) for block in week}
    before = {
        (block.day, block.part, block.what)
        for block in participant.last_week
        if block.part is not Part.APPOINTMENT
    }
    return problem.weights.change * len(before - kept)


def travel(problem: Problem, participant: Participant, week: WeekPlan) -> int:
    """Each minute on the way: from home or child care, between places, and back."""
    minutes = sum(
        way_minutes(problem, participant, day, (block.where for block in blocks))
        for day, blocks in by_day(week).items()
    )
    return problem.weights.travel * minutes


TERMS: Mapping[str, Term] = {
    "missing_full_time": missing_full_time,
    "missing_work_oriented": missing_work_oriented,
    "missing_course": missing_course,
    "short_week": short_week,
    "split_day": split_day,
    "part_day": part_day,
    "change": change,
    "travel": travel,
}


def week_cost(problem: Problem, participant: Participant, week: WeekPlan) -> Mapping[str, int]:
    """Say what one week costs, by term."""
    return {name: term(problem, participant, week) for name, term in TERMS.items()}


def plan_cost(problem: Problem, plan: Plan) -> Mapping[str, int]:
    """Say what a plan costs, by term: the sum over its weeks."""
    weeks = [week_cost(problem, problem.participant[key], week) for key, week in plan.items()]
    return {name: sum(one[name] for one in weeks) for name in TERMS}
