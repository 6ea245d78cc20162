"""Whether the parts of a problem fit together; each finding is one that a planner can mend."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations, product
from typing import TYPE_CHECKING

from innpass.domain.planning.reasons import Reason, reason

if TYPE_CHECKING:
    from innpass.domain.planning.problem import Participant, Problem


def findings(problem: "Problem") -> Iterator[Reason]:
    """Tell everything in the problem that cannot be meant, first things first."""
    for kind in (problem.groups, problem.rooms, problem.workplaces, problem.participants):
        yield from _twice(one.key for one in kind)
    yield from _numbers(problem)
    yield from _sessions(problem)
    for participant in problem.participants:
        yield from _needs(problem, participant)
    yield from _ways(problem)


def _twice(keys: Iterable[str]) -> Iterator[Reason]:
    for key, times in Counter(keys).items():
        if times > 1:
            yield reason("problem.twice", what=key)


def _numbers(problem: "Problem") -> Iterator[Reason]:
    if problem.step_minutes <= 0 or problem.rest_minutes < 0:
        yield reason("problem.numbers")
    for (one, other), minutes in problem.travel.items():
        if minutes < 0:
            yield reason("problem.travel", one=one, other=other)


def _sessions(problem: "Problem") -> Iterator[Reason]:
    for group in problem.groups:
        for session in group.sessions:
            if session.room is not None and session.room not in problem.room:
                yield reason("problem.unknown_room", group=group.name, room=session.room)


def _needs(problem: "Problem", participant: "Participant") -> Iterator[Reason]:
    yield from _twice(need.course for need in participant.courses)
    yield from _twice(one.key for one in participant.appointments)
    for need in participant.courses:
        for key in need.groups:
            if key not in problem.group:
                yield reason("problem.unknown_group", group=key)
            elif problem.group[key].course != need.course:
                yield reason(
                    "problem.other_course", group=problem.group[key].name, course=need.course
                )
    placement = participant.placement
    if placement is not None and placement.workplace not in problem.workplace:
        yield reason("problem.unknown_workplace", workplace=placement.workplace)


def _ways(problem: "Problem") -> Iterator[Reason]:
    """Every two places that some participant might go between must have a travel time."""
    asked = {pair for one in problem.participants for pair in _pairs(problem, one)}
    known = problem.travel
    for one, other in sorted(asked):
        if one != other and (one, other) not in known and (other, one) not in known:
            yield reason("problem.no_travel", one=one, other=other)


def _pairs(problem: "Problem", participant: "Participant") -> Iterator[tuple[str, str]]:
    places = {
        problem.group[key].place
        for need in participant.courses
        for key in need.groups
        if key in problem.group
    }
    places |= {one.place for one in participant.appointments}
    placement = participant.placement
    if placement is not None and placement.workplace in problem.workplace:
        places.add(problem.workplace[placement.workplace].place)
    bases = {participant.home}
    if participant.child_care is not None:
        bases.add(participant.child_care.place)
    yield from combinations(sorted(places), 2)
    yield from product(sorted(bases), sorted(places))
