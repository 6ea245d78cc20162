"""Which demands clash where not everybody can have a group: the smallest set, in words."""

from collections.abc import Iterable

from innpass.domain.intake.model import Demand, Model, shared_by
from innpass.domain.intake.problem import LIMITING, Problem, room_of
from innpass.domain.intake.reasons import Clock, Reason, reason
from innpass.domain.intake.sentences import named

_SECONDS = 2.0  # for each question whether some demands can be met together


def clashing_demands(problem: Problem) -> tuple[Reason, ...]:
    """Name demands that cannot all be met while everybody has a group; none can be left out.

    Empty where they can all be met. That everybody shall have a group is named first.
    """
    demands = _demands(problem)
    if not problem.people or _can_be_met(problem, demands):
        return ()
    if not problem.slots:
        return (_everyone(problem),)
    for demand in list(demands):
        fewer = [other for other in demands if other != demand]
        if not _can_be_met(problem, fewer):
            demands = fewer
    return (_everyone(problem), *(_said(problem, demand) for demand in demands))


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


def _can_be_met(problem: Problem, demands: Iterable[Demand]) -> bool:
    """Say whether everybody can have a group with these demands; time run out counts as no."""
    from ortools.sat.python import cp_model

    made = set(demands)
    model = Model(problem, holds=lambda demand: demand in made, all_placed=True)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_time_in_seconds = _SECONDS
    return solver.solve(model.model) in (cp_model.OPTIMAL, cp_model.FEASIBLE)


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
        people = [p.name for p in problem.people if p.pinned == about]
        group = problem.slot[about].name if about in problem.slot else about
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
