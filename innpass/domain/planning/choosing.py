"""Choose one option for each participant so that the seats suffice and the sum costs least.

Knows nothing of weeks: an option has a cost and takes seats. The linear relaxation prices the
seats; with these prices a bound is proved in whole numbers, and options too dear to be in any
better plan are left out. What is left is small enough for exact branch and bound. If time is too
short for it, neighbourhoods (participants who compete for the same seats) are chosen anew.
"""

import random
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

import numpy as np

# Prices are whole thousandths, so that the bound is exact.
SCALE = 1000
FIRST_ROUND_OPTIONS = 12
NEIGHBOURHOOD = 40
# One branch and bound cannot be stopped from outside.
SECONDS_AT_MOST_AT_ONCE = 20.0
SECONDS_FOR_A_NEIGHBOURHOOD = 2.0
FRUITLESS_NEIGHBOURHOODS = 30

Ints: TypeAlias = "np.ndarray[tuple[int], np.dtype[np.int64]]"


class Option(NamedTuple):
    """What one participant may get: what it costs, and the numbers of the seats it takes."""

    cost: int
    seats: tuple[int, ...]


class Progress(NamedTuple):
    """How far the search has come.

    Args:
        stage: what has just been done.
        cost: of the best plan so far; None as long as there is none.
        lower_bound: no plan costs less.
        seconds: wall time since the beginning.
        share: how much of the stage is done, from 0 to 1.
    """

    stage: str
    cost: int | None
    lower_bound: int
    seconds: float
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Choice:
    """The place of each participant's option, its cost, and the bound that is proved."""

    picked: tuple[int, ...]
    cost: int
    lower_bound: int
    stopped: bool


@dataclass(frozen=True, slots=True)
class Search:
    """How long to search and whom to tell.

    Args:
        seed: what is tried first among equals.
        seconds: wall time after which the best so far is the answer.
        tell: called after each stage.
        should_stop: asked between stages; the best so far is then the answer.
        began: when the time began to run, as ``time.monotonic`` says it.
    """

    seed: int
    seconds: float
    tell: Callable[[Progress], None] = lambda _: None
    should_stop: Callable[[], bool] = lambda: False
    began: float = field(default_factory=time.monotonic)

    @property
    def elapsed(self) -> float:
        """Wall time since it began, in seconds."""
        return time.monotonic() - self.began

    @property
    def left(self) -> float:
        """Wall time that is left, in seconds; below 0 when it is over."""
        return self.seconds - self.elapsed


def choose(options: Sequence[Sequence[Option]], capacity: Sequence[int], search: Search) -> Choice:
    """Choose an option for each participant.

    Args:
        options: for each participant in queue order, the cheapest first; one of each takes no seat.
        capacity: how many seats of each number there are.

    Raises:
        ValueError: somebody has no option that takes no seat.
    """
    if not all(any(not one.seats for one in several) for several in options):
        raise ValueError("everyone needs an option that takes no seat")
    if not options:
        return Choice((), 0, 0, stopped=False)
    return _Chooser(options, capacity, search).run()


class _Chooser:
    """The options as arrays, the best choice so far and what is proved."""

    def __init__(
        self, options: Sequence[Sequence[Option]], capacity: Sequence[int], search: Search
    ) -> None:
        self.options, self.capacity, self.search = options, list(capacity), search
        self.first = np.cumsum([0, *(len(one) for one in options)])
        flat = [one for several in options for one in several]
        self.cost: Ints = np.array([one.cost for one in flat], dtype=np.int64)
        self.seat: Ints = np.array([seat for one in flat for seat in one.seats], dtype=np.int64)
        self.owner: Ints = np.repeat(np.arange(len(flat)), [len(one.seats) for one in flat])
        self.best: list[int] = []
        self.best_cost = 0
        self.bound = sum(min(one.cost for one in several) for several in options if several)
        self.at_least: Ints = np.zeros(len(flat), dtype=np.int64)
        self.stopped = False

    def run(self) -> Choice:
        self._keep(in_queue_order(self.options, self.capacity))
        self._tell("queue")
        for stage in (self._price, self._first_round, self._exactly, self._neighbourhoods):
            if self._is_over():
                break
            stage()
            self._tell(stage.__name__.strip("_"))
        return Choice(tuple(self.best), self.best_cost, self.bound, self.stopped)

    # Stages.

    def _price(self) -> None:
        """Prove a bound by the prices that the relaxation puts on seats."""
        prices = seat_prices(self.options, self.capacity, self.search.left)
        priced = SCALE * self.cost
        np.add.at(priced, self.owner, prices[self.seat])
        least = np.minimum.reduceat(priced, self.first[:-1])
        proved = int(least.sum() - (prices * np.array(self.capacity, dtype=np.int64)).sum())
        self.bound = max(self.bound, -(-proved // SCALE))
        # What a plan with this option costs at least, in thousandths.
        self.at_least = priced - np.repeat(least, np.diff(self.first)) + proved

    def _first_round(self) -> None:
        """Choose among the options that the prices like best."""
        keep = min(len(self.at_least), FIRST_ROUND_OPTIONS * len(self.options))
        limit = int(np.partition(self.at_least, keep - 1)[keep - 1])
        self._branch_and_bound(self._within(limit))

    def _exactly(self) -> None:
        """Choose among all options that could be in a better plan; then the best is proved."""
        allowed = self._within(SCALE * (self.best_cost - 1))
        bound = self._branch_and_bound(allowed)
        if bound is not None:
            # Without the options left out there is no better plan than this bound or the best.
            self.bound = max(self.bound, min(self.best_cost, bound))

    def _neighbourhoods(self) -> None:
        """Choose anew for participants who compete for the same seats, one group at a time."""
        chance = random.Random(self.search.seed)  # noqa: S311 - no secret
        wishes = self._wishes()
        fruitless = 0
        while not self._is_over() and fruitless < FRUITLESS_NEIGHBOURHOODS and wishes:
            people = set(wishes[chance.randrange(len(wishes))])
            while len(people) < min(NEIGHBOURHOOD, len(self.options)):
                people.add(chance.randrange(len(self.options)))
            before = self.best_cost
            self._branch_and_bound(
                [
                    range(len(several)) if place in people else (self.best[place],)
                    for place, several in enumerate(self.options)
                ],
                seconds=SECONDS_FOR_A_NEIGHBOURHOOD,
            )
            fruitless = 0 if self.best_cost < before else fruitless + 1

    # Parts of stages.

    def _within(self, limit: int) -> list[list[int]]:
        """Give each participant's options in plans that may cost the limit, and the best so far."""
        allowed = []
        for place, start in enumerate(self.first[:-1]):
            at_least = self.at_least[start : self.first[place + 1]]
            kept = np.flatnonzero(at_least <= limit).tolist()
            allowed.append(sorted({*kept, self.best[place]}))
        return allowed

    def _wishes(self) -> list[list[int]]:
        """Give the participants who could take each seat that someone misses."""
        wanted: dict[int, set[int]] = {}
        for place, several in enumerate(self.options):
            for option in several:
                for seat in option.seats:
                    wanted.setdefault(seat, set()).add(place)
        return [
            sorted(people)[:NEIGHBOURHOOD]
            for seat, people in sorted(wanted.items())
            if len(people) > self.capacity[seat]
        ]

    def _branch_and_bound(
        self, allowed: Sequence[Iterable[int]], seconds: float = SECONDS_AT_MOST_AT_ONCE
    ) -> int | None:
        """Choose among the options allowed; returns the bound proved for them, if any."""
        model = _Model(self.options, self.capacity, allowed)
        found, bound = model.solve(hint=self.best, seconds=min(self.search.left, seconds))
        if found is not None and self._has_seats(found):
            self._keep(found)
        return bound

    def _has_seats(self, picked: Sequence[int]) -> bool:
        """Count the seats anew: what the solver says is not taken on trust."""
        left = list(self.capacity)
        for several, place in zip(self.options, picked, strict=True):
            for seat in several[place].seats:
                left[seat] -= 1
        return min(left, default=0) >= 0

    def _keep(self, picked: list[int]) -> None:
        cost = sum(several[one].cost for several, one in zip(self.options, picked, strict=True))
        if not self.best or cost < self.best_cost:
            self.best, self.best_cost = picked, cost

    def _is_over(self) -> bool:
        self.stopped = self.stopped or self.search.should_stop()
        return self.stopped or self.search.left <= 0 or self.best_cost <= self.bound

    def _tell(self, stage: str) -> None:
        bound = min(self.bound, self.best_cost)
        self.search.tell(Progress(stage, self.best_cost, bound, self.search.elapsed))


def in_queue_order(options: Sequence[Sequence[Option]], capacity: Sequence[int]) -> list[int]:
    """Give each in turn the cheapest option for which there are seats."""
    left = list(capacity)
    picked: list[int] = []
    for several in options:
        place = next(
            place
            for place, option in enumerate(several)
            if all(left[seat] > 0 for seat in option.seats)
        )
        for seat in several[place].seats:
            left[seat] -= 1
        picked.append(place)
    return picked


def seat_prices(
    options: Sequence[Sequence[Option]], capacity: Sequence[int], seconds: float
) -> Ints:
    """Price the seats by the linear relaxation, in thousandths, none below 0.

    Whatever the prices, the bound proved with them holds; these make it high. All are 0 where the
    seconds are too few.
    """
    from ortools.linear_solver import pywraplp

    solver = pywraplp.Solver.CreateSolver("GLOP")
    everyone = [[*range(len(several))] for several in options]
    rows, _ = _fill(solver, options, capacity, everyone, whole=False)
    solver.SetTimeLimit(max(1, round(1000 * seconds)))
    prices = np.zeros(len(capacity), dtype=np.int64)
    if solver.Solve() == pywraplp.Solver.OPTIMAL:
        for seat, row in rows.items():
            prices[seat] = max(0, round(-SCALE * row.dual_value()))
    return prices


class _Model:
    """One branch and bound over some of the options."""

    def __init__(
        self,
        options: Sequence[Sequence[Option]],
        capacity: Sequence[int],
        allowed: Sequence[Iterable[int]],
    ) -> None:
        from ortools.linear_solver import pywraplp

        self.api = pywraplp
        self.solver = pywraplp.Solver.CreateSolver("SCIP")
        self.solver.SetNumThreads(1)
        self.allowed = [list(one) for one in allowed]
        _, self.variables = _fill(self.solver, options, capacity, self.allowed, whole=True)

    def solve(self, *, hint: Sequence[int], seconds: float) -> tuple[list[int] | None, int | None]:
        """Give the places of the options chosen, and the bound proved; None where there is none."""
        api, solver = self.api, self.solver
        pairs = [
            (variable, float(place == hint[person]))
            for person, several in enumerate(self.variables)
            for place, variable in several.items()
        ]
        solver.SetHint([one for one, _ in pairs], [value for _, value in pairs])
        solver.SetTimeLimit(max(1, round(1000 * seconds)))
        exact = api.MPSolverParameters()
        exact.SetDoubleParam(exact.RELATIVE_MIP_GAP, 0.0)
        status = solver.Solve(exact)
        if status not in (api.Solver.OPTIMAL, api.Solver.FEASIBLE):
            return None, None
        found = [
            max(several, key=lambda place: several[place].solution_value())
            for several in self.variables
        ]
        # Costs are whole, so that the bound may be rounded up; the solver computes in floats.
        return found, int(np.ceil(solver.Objective().BestBound() - 0.01))


def _fill(
    solver: Any,
    options: Sequence[Sequence[Option]],
    capacity: Sequence[int],
    allowed: Sequence[Sequence[int]],
    *,
    whole: bool,
) -> tuple[dict[int, Any], list[dict[int, Any]]]:
    """Write the model: one option for each participant, no seat taken more often than there is."""
    rows: dict[int, Any] = {}
    variables: list[dict[int, Any]] = []
    objective = solver.Objective()
    objective.SetMinimization()
    for several, places in zip(options, allowed, strict=True):
        one_of_them = solver.Constraint(1, 1)
        mine = {}
        for place in places:
            option = several[place]
            variable = solver.BoolVar("") if whole else solver.NumVar(0, solver.infinity(), "")
            objective.SetCoefficient(variable, option.cost)
            one_of_them.SetCoefficient(variable, 1)
            for seat in option.seats:
                if seat not in rows:
                    rows[seat] = solver.Constraint(0, capacity[seat])
                rows[seat].SetCoefficient(variable, 1)
            mine[place] = variable
        variables.append(mine)
    return rows, variables
