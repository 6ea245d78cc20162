"""Where stays at the workplace fit into a week whose courses and appointments are fixed.

A window is the longest stretch of a day in which a stay fits; each function below narrows it for
one requirement. Within windows, the hours are then shared out over the days chosen.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from innpass.domain.planning.costs import whole_day
from innpass.domain.planning.problem import MINUTES_PER_DAY, Participant, Problem
from innpass.domain.planning.reasons import Weekday
from innpass.domain.planning.solution import Block

FixedDays = Mapping[Weekday, Sequence[Block]]
Hours = tuple[int, int]


class Window(NamedTuple):
    """When a stay of a day may begin and must have ended, and how long it must and can be.

    ``place_in_day`` is how many of the day's fixed blocks come before it; ``whole`` is the length
    of a whole day at the workplace.
    """

    day: Weekday
    start: int
    end: int
    shortest: int
    longest: int
    whole: int
    place_in_day: int


class Stay(NamedTuple):
    """A stay at the workplace, in minutes after midnight."""

    day: Weekday
    start: int
    end: int


def windows(
    problem: Problem, participant: Participant, day: Weekday, fixed: FixedDays
) -> list[Window]:
    """Find where a stay fits on a day beside what is fixed; none where the day cannot have one."""
    placement = participant.placement
    if placement is None or not placement.allows(day):
        return []
    workplace = problem.workplace[placement.workplace]
    opening = workplace.opening(day)
    if opening is None:
        return []
    step = problem.step_minutes
    shortest, longest = up(placement.shortest_day, step), down(placement.longest_day, step)
    found = []
    blocks = fixed.get(day, ())
    for index, (before, after) in enumerate(pairwise((None, *blocks, None))):
        hours = opening.start, opening.end
        hours = _beside(problem, workplace.place, before, after, hours)
        hours = _within_child_care(problem, participant, day, workplace.place, hours)
        hours = _after_the_night(problem, day, fixed, hours)
        start, end = up(hours[0], step), down(hours[1], step)
        if end - start >= shortest <= longest:
            whole = whole_day(placement, opening)
            longest_here = min(longest, end - start)
            found.append(Window(day, start, end, shortest, longest_here, whole, index))
    return found


def _beside(
    problem: Problem, place: str, before: Block | None, after: Block | None, hours: Hours
) -> Hours:
    """There is time to travel from the block before and to the block after."""
    start, end = hours
    if before is not None:
        start = max(start, before.end + problem.travel_minutes(before.where, place))
    if after is not None:
        end = min(end, after.start - problem.travel_minutes(place, after.where))
    return start, end


def _within_child_care(
    problem: Problem, participant: Participant, day: Weekday, place: str, hours: Hours
) -> Hours:
    """There is time to bring the children before and fetch them after."""
    care = participant.child_care
    if care is None or day not in care.days:
        return hours
    way = problem.travel_minutes(care.place, place)
    return max(hours[0], care.start + way), min(hours[1], care.end - way)


def _after_the_night(problem: Problem, day: Weekday, fixed: FixedDays, hours: Hours) -> Hours:
    """There is rest between this day and what is fixed on the days around it."""
    start, end = hours
    if day > Weekday.MONDAY and (yesterday := fixed.get(Weekday(day - 1))):
        evening = max(one.end for one in yesterday)
        start = max(start, evening + problem.rest_minutes - MINUTES_PER_DAY)
    if day < Weekday.SUNDAY and (tomorrow := fixed.get(Weekday(day + 1))):
        end = min(end, tomorrow[0].start + MINUTES_PER_DAY - problem.rest_minutes)
    return start, end


def nights_may_be_short(problem: Problem, one: Window, other: Window) -> bool:
    """Say whether two stays in these windows could leave too little rest between them."""
    return other.day == one.day + 1 and (
        one.end > other.start + MINUTES_PER_DAY - problem.rest_minutes
    )


def share_out(
    problem: Problem, chosen: Sequence[Window], *, wanted: int, at_most: int
) -> list[Stay] | None:
    """Share hours out over stays, one in each window, as many hours as are wanted and can be had.

    As few stays as can be are part days, unless nights are in the way.

    Args:
        chosen: windows in order of days, one a day.
        wanted: how many minutes altogether; more only where the shortest stays make more.
        at_most: how many minutes altogether at most.

    Returns:
        The stays, each as early as can be; None where they cannot all be had.
    """
    night = MINUTES_PER_DAY - problem.rest_minutes
    latest = _latest_ends(problem, chosen)
    lengths: list[int] = []
    end: int | None = None
    for place, window in enumerate(chosen):
        start = _start(problem, chosen, place, end, night)
        length = min(window.longest, latest[place] - start)
        if length < window.shortest:
            return None
        lengths.append(length)
        end = start + length
    total = max(sum(one.shortest for one in chosen), min(wanted, at_most, sum(lengths)))
    if total > at_most:
        return None
    lengths = _cut(chosen, lengths, sum(lengths) - total)
    stays: list[Stay] = []
    end = None
    for place, window in enumerate(chosen):
        start = _start(problem, chosen, place, end, night)
        end = start + lengths[place]
        stays.append(Stay(window.day, start, end))
    return stays


def _start(
    problem: Problem, chosen: Sequence[Window], place: int, end: int | None, night: int
) -> int:
    """Say how early a stay may begin when the one before ends at ``end``."""
    window = chosen[place]
    if end is None or chosen[place - 1].day + 1 != window.day:
        return window.start
    return max(window.start, up(end - night, problem.step_minutes))


def _latest_ends(problem: Problem, chosen: Sequence[Window]) -> list[int]:
    """Say how late each stay may end so that even the shortest stays after it keep their nights."""
    night = MINUTES_PER_DAY - problem.rest_minutes
    latest: list[int] = []
    after: Window | None = None
    for window in reversed(chosen):
        end = window.end
        if after is not None and after.day == window.day + 1:
            end = min(end, down(latest[-1] - after.shortest + night, problem.step_minutes))
        latest.append(end)
        after = window
    return latest[::-1]


def _cut(chosen: Sequence[Window], lengths: list[int], by: int) -> list[int]:
    """Shorten stays by so many minutes together: those that are part days already come first."""
    left = list(lengths)
    order = sorted(range(len(left)), key=lambda one: (left[one] >= chosen[one].whole, -left[one]))
    for place in order:
        cut = min(by, left[place] - chosen[place].shortest)
        left[place] -= cut
        by -= cut
    return left


def up(minutes: int, step: int) -> int:
    """Round up to a multiple of the step."""
    return -(-minutes // step) * step


def down(minutes: int, step: int) -> int:
    """Round down to a multiple of the step."""
    return minutes // step * step
