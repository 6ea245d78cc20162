"""Propose groups: the split that costs least, the same one each time it is asked for."""

from dataclasses import dataclass
from enum import StrEnum
from math import ceil
from time import monotonic

from innpass.domain.intake.costs import grouping_cost, least_cost
from innpass.domain.intake.demands import clashing_demands
from innpass.domain.intake.model import Model
from innpass.domain.intake.problem import Grouping, Problem
from innpass.domain.intake.reasons import Reason
from innpass.domain.intake.starting import first_fit

LARGE = 800  # numbers to be found
_SHARE = 0.5  # of the time is for the split; what is left tells what clashes


class Status(StrEnum):
    """How good the answer is known to be."""

    PROVED_BEST = "proved_best"
    BEST_IN_TIME = "best_in_time"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A split and what is known of it.

    Attributes:
        grouping: the slot of everybody; ``None`` where there is no place.
        cost, lower_bound: what it costs, and what any split costs at least.
        clash: the smallest set of demands that keeps somebody without a group; empty: nobody is.
        seconds: wall time.
    """

    grouping: Grouping
    cost: int
    lower_bound: int
    status: Status
    clash: tuple[Reason, ...]
    seconds: float
    seed: int

    @property
    def gap(self) -> float:
        """How much dearer than the bound it is, as a share of its cost; 0 is proved best."""
        return (self.cost - self.lower_bound) / self.cost if self.cost else 0.0


def propose(problem: Problem, *, seed: int = 0, seconds: float = 5.0) -> Proposal:
    """Split people over the slots. There is always an answer; who has no place is in no slot.

    Args:
        seed: the same problem and seed give the same split, if time did not run out.
        seconds: wall time in all; the best split so far is then the answer, with the bound proved.

    Example:
        >>> from innpass.domain.intake.problem import Limits, Person, without_sessions
        >>> people = tuple(Person(f"p{n}", f"Person {n}", "arabisk") for n in range(4))
        >>> limits = Limits(smallest=2, largest=2, noon=720, most_interpreters=2)
        >>> found = propose(Problem(people, without_sessions(4, limits), limits))
        >>> sorted(found.grouping.items())
        [('p0', 'new-1'), ('p1', 'new-1'), ('p2', 'new-2'), ('p3', 'new-2')]
        >>> found.status.value, found.gap
        ('proved_best', 0.0)
    """
    from ortools.sat.python import cp_model

    began = monotonic()
    model = Model(problem)
    model.minimize()
    start = first_fit(problem)
    model.hint(start)
    solver = cp_model.CpSolver()
    solver.parameters.random_seed = seed
    solver.parameters.num_workers = 1
    # A tight relaxation proves small terms best in a second, and takes too long for large ones.
    solver.parameters.linearization_level = 2 if len(model.count) <= LARGE else 1
    solver.parameters.max_time_in_seconds = seconds * _SHARE
    answer = solver.solve(model.model)
    grouping: dict[str, str | None] = {person.key: None for person in problem.people}
    bound = least_cost(problem)
    if answer in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        bound = max(bound, ceil(solver.best_objective_bound - 0.01))
        for kind, people in model.kinds.items():
            waiting = [person.key for person in people]
            for slot in problem.slots:
                if (kind, slot.key) in model.count:
                    here = solver.value(model.count[kind, slot.key])
                    grouping |= dict.fromkeys(waiting[:here], slot.key)
                    waiting = waiting[here:]
    cost = grouping_cost(problem, grouping)
    if (first := grouping_cost(problem, start)) < cost:
        grouping, cost = dict(start), first
    is_short = None in grouping.values()
    return Proposal(
        grouping=grouping,
        cost=cost,
        lower_bound=min(bound, cost),
        status=Status.PROVED_BEST if answer == cp_model.OPTIMAL else Status.BEST_IN_TIME,
        clash=clashing_demands(problem, until=began + seconds) if is_short else (),
        seconds=monotonic() - began,
        seed=seed,
    )
