"""Which of a participant's demands cannot all hold: the smallest set of them, seats aside.

A demand is left out by allowing more, never by forbidding: a course may then be missing, an
appointment missed, the workplace open long days. What holds with more demands holds with fewer.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations

from innpass.domain.planning.problem import (
    MINUTES_PER_DAY,
    Appointment,
    Opening,
    Participant,
    Placement,
    Problem,
    WeekDemand,
    Weights,
    Workplace,
)
from innpass.domain.planning.reasons import Clock, Length, Reason, Weekday, reason
from innpass.domain.planning.seats import seats_in
from innpass.domain.planning.weeks import Weeks

_ONLY_MINIMA = Weights(
    missing_full_time=30,
    missing_work_oriented=30,
    missing_course=1,
    short_week=0,
    split_day=0,
    part_day=0,
    change=0,
    travel=0,
)


LARGEST_TRIED = 3
_EARLY, _LATE = 7 * 60, 19 * 60


class DemandKind(StrEnum):
    """What a week may be asked to hold or keep to."""

    APPOINTMENT = "appointment"
    CHILD_CARE = "child_care"
    TRAVEL = "travel"
    REST = "rest"
    AT_MOST = "at_most"
    COURSE = "course"
    OPENING = "opening"
    STAY = "stay"
    WORK_ORIENTED = "work_oriented"
    FULL_TIME = "full_time"


# These hold in every plan; without the others there is still a plan, with a shortfall.
FIXED = frozenset(
    {
        DemandKind.APPOINTMENT,
        DemandKind.CHILD_CARE,
        DemandKind.TRAVEL,
        DemandKind.REST,
        DemandKind.AT_MOST,
        DemandKind.OPENING,
        DemandKind.STAY,
    }
)


@dataclass(frozen=True, slots=True)
class Demand:
    """One demand; ``key`` tells those of a kind apart, ``reason`` is what it says in words."""

    kind: DemandKind
    key: str
    reason: Reason


def clashing_demands(
    problem: Problem, participant: Participant, *, only_fixed: bool = False
) -> tuple[Demand, ...]:
    """Give the smallest set of demands that cannot all hold, seats aside; empty where all can.

    Where more than four clash, none of them can be left out, but other four might do.

    Args:
        only_fixed: ask only about what holds in every plan, not about minima and courses.
    """
    demands = [
        one for one in demands_of(problem, participant) if not only_fixed or one.kind in FIXED
    ]
    if can_all_hold(problem, participant, demands):
        return ()
    clashing, known_to_hold = _without_idle(problem, participant, demands)
    for size in range(1, min(len(clashing), LARGEST_TRIED + 1)):
        for fewer in combinations(demands, size):
            if any(one.issuperset(fewer) for one in known_to_hold):
                continue
            if not can_all_hold(problem, participant, fewer):
                return fewer
            known_to_hold.append(frozenset(fewer))
    return tuple(clashing)


def demands_of(problem: Problem, participant: Participant) -> tuple[Demand, ...]:
    """Name everything that a participant's week is asked to hold or keep to."""
    return (
        *_own_demands(problem, participant),
        *_placement_demands(problem, participant),
        *_hour_demands(participant),
    )


def can_all_hold(problem: Problem, participant: Participant, demands: Iterable[Demand]) -> bool:
    """Say whether some week holds all these demands, with as many seats as one likes."""
    asked = {(one.kind, one.key) for one in demands}
    easier = _easier(problem, participant, asked)
    (alone,) = easier.participants
    return Weeks(easier, alone, seats_in(easier), ()).has_free_week()


def _without_idle(
    problem: Problem, participant: Participant, demands: Sequence[Demand]
) -> tuple[list[Demand], list[frozenset[Demand]]]:
    """Leave out one demand after another, hours first, while the rest still cannot all hold.

    Returns:
        What is left, and sets that were found to hold on the way.
    """
    kept = list(demands)
    known_to_hold = []
    for one in reversed(demands):
        fewer = [other for other in kept if other != one]
        if can_all_hold(problem, participant, fewer):
            known_to_hold.append(frozenset(fewer))
        else:
            kept = fewer
    return kept, known_to_hold


def _own_demands(problem: Problem, participant: Participant) -> list[Demand]:
    found = [
        Demand(
            DemandKind.APPOINTMENT,
            one.key,
            reason(
                "demand.appointment",
                what=one.name,
                day=one.day,
                start=Clock(one.start),
                end=Clock(one.end),
            ),
        )
        for one in participant.appointments
    ]
    care = participant.child_care
    if care is not None:
        why = reason("demand.child_care", start=Clock(care.start), end=Clock(care.end))
        found.append(Demand(DemandKind.CHILD_CARE, "", why))
    if any(problem.travel.values()):
        found.append(Demand(DemandKind.TRAVEL, "", reason("demand.travel")))
    if problem.rest_minutes:
        why = reason("demand.rest", needed=Length(problem.rest_minutes))
        found.append(Demand(DemandKind.REST, "", why))
    for need in participant.courses:
        names = ", ".join(problem.group[key].name for key in need.groups)
        code = "demand.course" if names else "demand.course_without_group"
        why = reason(code, course=need.course, groups=names)
        found.append(Demand(DemandKind.COURSE, need.course, why))
    return found


def _placement_demands(problem: Problem, participant: Participant) -> list[Demand]:
    placement = participant.placement
    if placement is None:
        return []
    name = problem.workplace[placement.workplace].name
    stay = reason(
        "demand.stay",
        shortest=Length(placement.shortest_day),
        longest=Length(placement.longest_day),
    )
    return [
        Demand(DemandKind.OPENING, "", reason("demand.opening", workplace=name)),
        Demand(DemandKind.STAY, "", stay),
    ]


def _hour_demands(participant: Participant) -> list[Demand]:
    demand = participant.demand
    found = []
    for kind, minutes in (
        (DemandKind.AT_MOST, demand.at_most),
        (DemandKind.WORK_ORIENTED, demand.work_oriented),
        (DemandKind.FULL_TIME, demand.full_time),
    ):
        if minutes:
            found.append(Demand(kind, "", reason(f"demand.{kind}", hours=Length(minutes))))
    return found


def _easier(
    problem: Problem, participant: Participant, asked: set[tuple[DemandKind, str]]
) -> Problem:
    """Write the problem of one participant with only these demands."""
    kinds = {kind for kind, _ in asked}
    kept = [one for one in participant.appointments if (DemandKind.APPOINTMENT, one.key) in asked]
    missed = [one for one in participant.appointments if one not in kept]
    placement, workplaces = _easier_placement(problem, participant, kinds)
    alone = replace(
        participant,
        demand=_easier_hours(participant.demand, kinds, missed),
        courses=tuple(
            need if (DemandKind.COURSE, need.course) in asked else replace(need, cost_if_missing=0)
            for need in participant.courses
        ),
        placement=placement,
        appointments=tuple(kept),
        child_care=participant.child_care if DemandKind.CHILD_CARE in kinds else None,
        last_week=(),
    )
    suited = {key for need in participant.courses for key in need.groups}
    return replace(
        problem,
        participants=(alone,),
        groups=tuple(one for one in problem.groups if one.key in suited),
        workplaces=workplaces,
        travel=problem.travel if DemandKind.TRAVEL in kinds else dict.fromkeys(problem.travel, 0),
        rest_minutes=problem.rest_minutes if DemandKind.REST in kinds else 0,
        weights=_ONLY_MINIMA,
    )


def _easier_hours(
    demand: WeekDemand, kinds: set[DemandKind], missed: Sequence[Appointment]
) -> WeekDemand:
    """Ask for no hours but those asked for; a missed appointment counts all the same."""
    counted = sum(one.counted_minutes for one in missed)
    oriented = sum(one.counted_minutes for one in missed if one.work_oriented)
    return WeekDemand(
        full_time=max(0, demand.full_time - counted) if DemandKind.FULL_TIME in kinds else 0,
        work_oriented=max(0, demand.work_oriented - oriented)
        if DemandKind.WORK_ORIENTED in kinds
        else 0,
        at_most=demand.at_most if DemandKind.AT_MOST in kinds else 7 * MINUTES_PER_DAY,
    )


def _easier_placement(
    problem: Problem, participant: Participant, kinds: set[DemandKind]
) -> tuple[Placement | None, tuple[Workplace, ...]]:
    placement = participant.placement
    if placement is None:
        return None, ()
    workplace = problem.workplace[placement.workplace]
    if DemandKind.OPENING not in kinds:
        workplace = replace(workplace, openings=tuple(_long_days(workplace)))
        placement = replace(placement, days=None)
    if DemandKind.STAY not in kinds:
        placement = replace(
            placement, shortest_day=problem.step_minutes, longest_day=MINUTES_PER_DAY
        )
    return placement, (workplace,)


def _long_days(workplace: Workplace) -> Iterator[Opening]:
    """Open the workplace all working days, and longer than it is, but not into the night."""
    for day in Weekday:
        now = workplace.opening(day)
        if now is not None:
            yield replace(now, start=min(now.start, _EARLY), end=max(now.end, _LATE))
        elif day <= Weekday.FRIDAY:
            yield Opening(day, _EARLY, _LATE, 1)
