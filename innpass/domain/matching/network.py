"""The caseload as a network: who flows through which seat, under which employer.

    source ─▶ supervisor ─▶ seeker ─▶ layer of seats ─▶ employer ─▶ sink
       └────────────────── left without ──────────────────────────▶

Each more with a supervisor, and each more at an employer, costs more than the one before: an arc
of its own, dearer than the last, so that the cheapest flow spreads by itself. Whoever suits a layer
suits those before it, so a pair is one arc to the last layer that suits and layers are a chain.
Going without is dearer than anything that could be gained by it: more people placed comes first.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from innpass.domain.matching.columns import Numbers
from innpass.domain.matching.eligible import Candidates
from innpass.domain.matching.problem import Problem
from innpass.domain.matching.seats import suiting

Costs: TypeAlias = npt.NDArray[np.int64]
_Nodes: TypeAlias = "npt.NDArray[np.integer] | int"
SOURCE, SINK = 0, 1


@dataclass(frozen=True)
class Room:
    """What the locked pairs leave.

    Attributes:
        seats: (offers, most layers) free seats in each layer.
        cap: of each employer; more than there are seekers where nothing limits.
        at_employer, with_supervisor: how many are there already, the locked among them.
        waiting: whether each seeker is to be placed.
    """

    seats: Numbers
    cap: Numbers
    at_employer: Numbers
    with_supervisor: Numbers
    waiting: npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Network:
    """Arcs with capacities and whole costs; the first are one for each pair, in their order.

    Attributes:
        pairs: places among the candidates.
        people: how many flow from source to sink.
        without: what each left without costs.
    """

    tail: Costs
    head: Costs
    capacity: Costs
    cost: Costs
    pairs: npt.NDArray[np.intp]
    people: int
    without: int


def room_left(problem: Problem, layer_seats: Numbers) -> Room:
    """Take the seats of the locked pairs away.

    Each takes the last free seat that suits, and so leaves the seats that suit most others. Whoever
    no free seat suits (chosen against the limits) may come on any day, and takes the first that is
    free; where none is, the pair stays and takes nobody's.
    """
    seats = layer_seats.copy()
    where, offers = employer_of(problem), {one.key: n for n, one in enumerate(problem.offers)}
    supervisors = {key: place for place, key in enumerate(problem.supervisor)}
    without_cap = len(problem.seekers)
    cap = [without_cap if one.cap_left is None else one.cap_left for one in problem.employers]
    at_employer = [one.running for one in problem.employers]
    with_supervisor = [one.running for one in problem.supervisor.values()]
    suits: dict[int, list[int]] = defaultdict(list)
    for key, offer in problem.locked.items():
        seeker, place = problem.seeker[key], offers[offer]
        suits[place].append(suiting(problem, seeker, problem.offer[offer]))
        cap[where[place]] = max(0, cap[where[place]] - 1)
        at_employer[where[place]] += 1
        with_supervisor[supervisors[seeker.supervisor]] += 1
    for place, most in suits.items():
        seats[place] = _without(seats[place], sorted(most, reverse=True))
    return Room(
        seats,
        np.array(cap, np.int32),
        np.array(at_employer, np.int32),
        np.array(with_supervisor, np.int32),
        np.array([one.key not in problem.locked for one in problem.seekers], bool),
    )


def _without(seats: Numbers, suits: Sequence[int]) -> Numbers:
    """Take a seat for each of some people, whom so many of the first seats suit."""
    left, whole, unsuited = seats.copy(), np.cumsum(seats), 0
    for most in suits:
        free = np.flatnonzero((left > 0) & (whole <= most))
        if len(free):
            left[free[-1]] -= 1
        else:
            unsuited += 1
    for _ in range(unsuited):
        free = np.flatnonzero(left)
        if len(free):
            left[free[0]] -= 1
    return left


def employer_of(problem: Problem) -> Numbers:
    """Give the place of each offer's employer."""
    place = {one.key: number for number, one in enumerate(problem.employers)}
    return np.array([place[one.employer] for one in problem.offers], np.int32)


class _Arcs:
    """Arcs laid so far. What is given for many at once is laid as so many arcs."""

    def __init__(self) -> None:
        self.columns: list[list[Costs]] = [[], [], [], []]
        self.count = 0

    def lay(self, tail: _Nodes, head: _Nodes, *, capacity: _Nodes, cost: _Nodes) -> None:
        """Lay arcs from tails to heads; a single number holds for them all."""
        laid = np.broadcast_arrays(tail, head, capacity, cost)
        for column, values in zip(self.columns, laid, strict=True):
            column.append(values.astype(np.int64).ravel())
        self.count += laid[0].size

    def lay_rising(
        self, tail: _Nodes, head: _Nodes, *, most: Numbers, already: Numbers, step: int
    ) -> int:
        """Lay ``most`` arcs of one each, of which each costs a step more; gives the dearest cost.

        The first costs a step for each who is there already.
        """
        tail, head = np.broadcast_arrays(tail, head)
        if not step:
            self.lay(tail, head, capacity=most, cost=0)
            return 0
        number = np.arange(most.sum()) - np.repeat(np.cumsum(most) - most, most)
        cost = step * (number + np.repeat(already, most))
        self.lay(np.repeat(tail, most), np.repeat(head, most), capacity=1, cost=cost)
        return int(cost.max(initial=0))


def network_of(problem: Problem, found: Candidates, room: Room) -> Network:
    """Lay the arcs. Whoever and whatever is in no pair is left out."""
    points, arcs = problem.rules.points, _Arcs()
    pairs = np.flatnonzero(room.waiting[found.seeker])
    worth = found.points[pairs].astype(np.int64)
    who, seeker = np.unique(found.seeker[pairs], return_inverse=True)
    what, offer = np.unique(found.offer[pairs], return_inverse=True)
    seats = room.seats[what]
    leads, supervisor = _of(problem.supervisor, [problem.seekers[one].supervisor for one in who])
    where, employer = _of(problem.employer, [problem.offers[one].employer for one in what])
    people, depth = len(who), seats.shape[1]
    seekers = 2 + np.arange(people)
    layers = 2 + people + np.arange(seats.size).reshape(seats.shape)
    employers = 2 + people + seats.size + np.arange(len(where))
    supervisors = 2 + people + seats.size + len(where) + np.arange(len(leads))

    arcs.lay(seekers[seeker], layers[offer, found.layer[pairs]], capacity=1, cost=-worth)
    for number in range(1, depth):
        arcs.lay(layers[:, number], layers[:, number - 1], capacity=people, cost=0)
    arcs.lay(layers, employers[employer][:, None], capacity=seats, cost=0)
    taken = np.bincount(employer, seats.sum(axis=1), len(where)).astype(np.int64)
    dearest = arcs.lay_rising(
        employers,
        SINK,
        most=np.minimum(taken, room.cap[where]),
        already=room.at_employer[where],
        step=points.spread,
    )
    arcs.lay(supervisors[supervisor], seekers, capacity=1, cost=0)
    following = np.bincount(supervisor, minlength=len(leads))
    is_somebody = np.array([bool(key) for key in problem.supervisor], bool)[leads]
    dearest += arcs.lay_rising(
        SOURCE,
        supervisors[is_somebody],
        most=following[is_somebody],
        already=room.with_supervisor[leads][is_somebody],
        step=points.balance,
    )
    arcs.lay(SOURCE, supervisors[~is_somebody], capacity=following[~is_somebody], cost=0)
    # One more placed is worth more than all that moving everybody else could gain.
    best, worst = int(worth.max(initial=0)), int(worth.min(initial=0))
    without = (people + 1) * (best - worst + dearest) + 1
    arcs.lay(SOURCE, SINK, capacity=people, cost=without)
    tail, head, capacity, cost = (np.concatenate(column) for column in arcs.columns)
    return Network(tail, head, capacity, cost, pairs, people, without)


def _of(keys: Iterable[str], named: Iterable[str]) -> tuple[Costs, npt.NDArray[np.intp]]:
    """Number those keys that are named: their places among all, and which of them each names."""
    place = {key: number for number, key in enumerate(keys)}
    return np.unique(np.array([place[key] for key in named], np.int64), return_inverse=True)
