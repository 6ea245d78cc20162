"""Which demands clash where not everybody can have a group: the smallest set, in words."""

from collections.abc import Iterable
from math import inf
from time import monotonic

from innpass.domain.intake.model import Demand, Model, shared_by
from innpass.domain.intake.problem import LIMITING, Problem, room_of
from innpass.domain.intake.reasons import Clock, Reason, reason
from innpass.domain.intake.sentences import named

_SECONDS = 5.0  # at most, for one question whether some demands can be met together


def clashing_demands(problem: Problem, *, until: float = inf) -> tuple[Reason, ...]:
    """Name demands that cannot all be met while everybody has a group; none can be left out.

    Empty where they can all be met. That everybody shall have a group is named first. A demand
    stays named unless it is proved not to be needed, and where time ran out the last says so.

    Args:
        until: when time is out, by ``time.monotonic``.
    """
    demands = _demands(problem)
    met = _can_be_met(problem, demands, until) if problem.people else True
    if met is None:
        return (_everyone(problem), reason("demand.out_of_time"))
    if met:
        return ()
    if not problem.slots:
        return (_everyone(problem),)
    is_proved = True
    for demand in list(demands):
        fewer = [other for other in demands if other != demand]
        met = _can_be_met(problem, fewer, until)
        is_proved = is_proved and met is not None
        if met is False:
            demands = fewer
    named_demands = tuple(_said(problem, demand) for demand in demands)
    unsure = () if is_proved else (reason("demand.perhaps_fewer"),)
    return (_everyone(problem), *named_demands, *unsure)


def _demands(problem: Problem) -> list[Demand]:
    """List every demand; those named last are left out last, and so are named most often."""
    found: list[Demand] = []
    for one, other in problem.simultaneous:
        found += shared_by(one, other)
    languages = sorted({p.language for p in problem.people if p.needs_interpreter and p.language})
    found += (Demand("interpreter_once", language) for language in languages)
    found.append(Demand("interpreters"))
    found += (
        Demand("pinned", pin) for pin in sorted({p.pinned for p in problem.people if p.pinned})
    )
    cares = {person.child_care for person in problem.people}
    found += (Demand("child_care", care) for care in LIMITING if care in cares)
    found += (Demand("room", slot.key) for slot in problem.slots)
    return list(dict.fromkeys(found))


def _can_be_met(problem: Problem, demands: Iterable[Demand], until: float) -> bool | None:
    """Say whether everybody can have a group with these demands; ``None``: time ran out."""
    left = min(_SECONDS, until - monotonic())
    if left <= 0:
        return None
    from ortools.sat.python import cp_model

    made = set(demands)
    model = Model(problem, holds=lambda demand: demand in made, all_placed=True)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_time_in_seconds = left
    answer = solver.solve(model.model)
    return None if answer == cp_model.UNKNOWN else answer != cp_model.INFEASIBLE


def _everyone(problem: Problem) -> Reason:
    return reason("demand.everyone", people=len(problem.people))


def _said(problem: Problem, demand: Demand) -> Reason:
    about, limits = demand.about, problem.limits
    if demand.kind == "room":
        slot = problem.slot[about]
        return reason("demand.room", group=slot.name, capacity=room_of(slot, limits))
    if demand.kind == "child_care":
        people = [p.name for p in problem.people if p.child_care == about]
        return reason(f"demand.care_{about}", people=named(people), noon=Clock(limits.noon))
    if demand.kind == "pinned":
        group = problem.slot[about].name if about in problem.slot else about
        there = [p for p in problem.people if p.pinned == about]
        if kept := sum(1 for p in there if p.is_kept):
            return reason("demand.kept", group=group, people=kept)
        people = [p.name for p in there]
        return reason("demand.pinned", person=named(people), group=group)
    if demand.kind == "interpreters":
        return reason("demand.interpreters", most=limits.most_interpreters)
    if demand.kind == "interpreter_once":
        return reason("demand.interpreter_once", language=about)
    if demand.kind == "room_once":
        return reason("demand.room_once", place=about)
    return reason("demand.staff_once", name=_staff_name(problem, about))


def _staff_name(problem: Problem, key: str) -> str:
    for slot in problem.slots:
        for one, name in ((slot.leader, slot.leader_name), (slot.supervisor, slot.supervisor_name)):
            if one == key:
                return name or key
    return key
