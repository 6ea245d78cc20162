"""What changed between two plans and why; and why a week is short of what it should hold."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from innpass.domain.planning.checks import Severity, check_week
from innpass.domain.planning.costs import TERMS, week_cost
from innpass.domain.planning.counting import courses_of
from innpass.domain.planning.demands import Demand, DemandKind, clashing_demands
from innpass.domain.planning.problem import Participant, Problem, Weights
from innpass.domain.planning.reasons import Length, Reason, ReasonValue, reason
from innpass.domain.planning.seats import Seat, Seats, seats_in
from innpass.domain.planning.solution import Block, Plan, WeekPlan
from innpass.domain.planning.weeks import Candidate, Weeks

# With these weights each term says minutes or a number, not a cost.
_MEASURES = Weights(
    missing_full_time=30,
    missing_work_oriented=30,
    missing_course=0,
    short_week=0,
    split_day=1,
    part_day=1,
    change=0,
    travel=1,
)
_IN_HOURS = frozenset({"missing_full_time", "missing_work_oriented"})
_HOURS = frozenset({DemandKind.WORK_ORIENTED, DemandKind.FULL_TIME})
_TOLD_OTHERWISE = frozenset({"missing_course", "short_week", "change"})


class ChangeKind(StrEnum):
    """What happened to a block."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Change:
    """A block that is new, gone or at another time of its day; ``was`` is it before."""

    kind: ChangeKind
    block: Block
    was: Block | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """How one participant's week changed, in order of time, and why, the weightiest first."""

    changes: tuple[Change, ...]
    reasons: tuple[Reason, ...]


def explain(
    problem: Problem, before: Plan, after: Plan, *, beside: Plan | None = None
) -> Mapping[str, Explanation]:
    """Tell what changed between two plans and why, for each participant whose week changed.

    Args:
        problem: what holds for the plan after.
        beside: weeks of others, who need not be in the problem; they keep their seats.

    Raises:
        KeyError: a plan has a week of somebody whom the problem does not know.
    """
    seats = seats_in(problem)
    left = seats.left_by({**(beside or {}), **after})
    measuring = replace(problem, weights=_MEASURES)
    explained = {}
    for key in sorted({*before, *after}):
        old, new = before.get(key), after.get(key)
        changes = tuple(_changes(old or (), new or ()))
        if changes or (old is None) != (new is None):
            participant = problem.participant[key]
            if old is None or new is None:
                why = [reason("why.new_week" if old is None else "why.no_week")]
            else:
                dearer = _cost(problem, participant, new) - _cost(problem, participant, old)
                why = [
                    *_no_longer_possible(problem, participant, old),
                    *_seats_taken(problem, seats, left, old, new),
                    *(_better(measuring, participant, old, new) if dearer <= 0 else ()),
                ] or [reason("why.for_others" if dearer > 0 else "why.as_good")]
            explained[key] = Explanation(changes, tuple(why))
    return explained


def why_short(problem: Problem, plan: Plan, key: str) -> tuple[Reason, ...]:
    """Tell why a participant's week lacks hours or a course; empty when it lacks nothing.

    There is nowhere to practise; demands clash whatever the others do (the smallest set of them);
    seats are taken; the week was made by hand and there is a better one; or a full one would cost
    more.

    Raises:
        KeyError: the participant is not in the plan.
    """
    participant = problem.participant[key]
    if not any(
        one.severity is Severity.SHORT for one in check_week(problem, participant, plan[key])
    ):
        return ()
    demands = clashing_demands(problem, participant)
    found = list(_not_together(problem, participant, demands))
    seats = seats_in(problem)
    left = seats.left_by({other: week for other, week in plan.items() if other != key})
    full = frozenset(seat for seat, number in left.items() if number <= 0)
    weeks = Weeks(problem, participant, seats, full).candidates()
    best = min(weeks, key=_cost_and_seats, default=None)
    if best is None:
        return tuple(found)
    is_better = best.cost < _cost(problem, participant, plan[key])
    if best.seats and (is_better or not demands):
        found += (_seat_taken(problem, seat) for seat in best.seats)
    elif is_better:
        found.append(reason("why.better_week"))
    elif not demands:
        found.append(reason("why.full_costs_more"))
    return tuple(found)


def _not_together(
    problem: Problem, participant: Participant, demands: tuple[Demand, ...]
) -> Iterator[Reason]:
    """Say which demands cannot all hold; of hours alone, that there is nowhere to have them."""
    is_hours = bool(demands) and all(one.kind in _HOURS for one in demands)
    if is_hours and not _has_working_hours(problem, participant):
        yield reason("why.no_placement")
    elif demands:
        yield reason("why.demands_clash" if len(demands) > 1 else "why.demand_unmet")
        yield from (one.reason for one in demands)


def _has_working_hours(problem: Problem, participant: Participant) -> bool:
    """Tell whether anything that could stand in the week counts as work-oriented."""
    suited = (problem.group[key] for need in participant.courses for key in need.groups)
    return (
        participant.placement is not None
        or any(one.work_oriented for one in suited)
        or any(one.work_oriented for one in participant.appointments)
    )


def _cost_and_seats(candidate: Candidate) -> tuple[int, int]:
    return candidate.cost, len(candidate.seats)


def _changes(old: WeekPlan, new: WeekPlan) -> Iterator[Change]:
    gone, come = sorted(set(old) - set(new)), sorted(set(new) - set(old))
    moved = {}
    for block in come:
        same = [one for one in gone if _thing(one) == _thing(block)]
        if same:
            moved[block] = same[0]
            gone.remove(same[0])
    for block in sorted({*gone, *come}):
        if block in moved:
            yield Change(ChangeKind.MOVED, block, moved[block])
        elif block in gone:
            yield Change(ChangeKind.REMOVED, block, block)
        else:
            yield Change(ChangeKind.ADDED, block)


def _thing(block: Block) -> tuple[object, ...]:
    return block.day, block.part, block.what


def _no_longer_possible(
    problem: Problem, participant: Participant, old: WeekPlan
) -> Iterator[Reason]:
    """The old week breaks something that now holds."""
    broken = [
        one.reason
        for one in check_week(problem, participant, old)
        if one.severity is Severity.BROKEN
    ]
    if broken:
        yield reason("why.no_longer_possible")
        yield from broken


def _seats_taken(
    problem: Problem, seats: Seats, left: Mapping[Seat, int], old: WeekPlan, new: WeekPlan
) -> Iterator[Reason]:
    """Others have the seats that the old week took."""
    given_up = seats.of_week(old) - seats.of_week(new)
    for seat in sorted(given_up, key=str):
        if left.get(seat, 1) <= 0:
            yield _seat_taken(problem, seat)


def _better(
    measuring: Problem, participant: Participant, old: WeekPlan, new: WeekPlan
) -> Iterator[Reason]:
    """The new week holds more of what it should, or more of what is wished for."""
    had = set(courses_of(measuring, old))
    for course in courses_of(measuring, new):
        if course not in had and course in {need.course for need in participant.courses}:
            yield reason("why.course", course=course)
    was = week_cost(measuring, participant, old)
    now = week_cost(measuring, participant, new)
    for name in TERMS:
        if name not in _TOLD_OTHERWISE and now[name] < was[name]:
            yield reason(f"why.less.{name}", was=_value(name, was), now=_value(name, now))


def _value(name: str, measures: Mapping[str, int]) -> ReasonValue:
    return Length(measures[name]) if name in _IN_HOURS else measures[name]


def _cost(problem: Problem, participant: Participant, week: WeekPlan) -> int:
    return sum(week_cost(problem, participant, week).values())


def _seat_taken(problem: Problem, seat: Seat) -> Reason:
    if seat.kind == "group":
        return reason("why.group_full", group=problem.group[seat.key].name)
    if seat.kind == "workplace" and seat.day is not None:
        return reason(
            "why.workplace_full", workplace=problem.workplace[seat.key].name, day=seat.day
        )
    return reason("why.room_full", room=problem.room[seat.key].name)
