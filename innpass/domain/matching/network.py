"""The caseload as a network: who flows through which seat, under which employer.

    source ─▶ supervisor ─▶ seeker ─▶ layer of seats ─▶ employer ─▶ sink

Each more with a supervisor, and each more at an employer, costs more than the one before: an arc
of its own, dearer than the last, so that the cheapest flow spreads by itself. Whoever suits a layer
suits those before it, so a pair is one arc to the last layer that suits and layers are a chain.
"""

from collections import defaultdict
from collections.abc import Sequence
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
        people: how many would flow from source to sink if all were placed.
    """

    tail: Costs
    head: Costs
    capacity: Costs
    cost: Costs
    pairs: npt.NDArray[np.intp]
    people: int


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


def supervisor_of(problem: Problem) -> Numbers:
    """Give the place of each seeker's supervisor among ``Problem.supervisor``."""
    place = {key: number for number, key in enumerate(problem.supervisor)}
    return np.array([place[one.supervisor] for one in problem.seekers], np.int32)


def last_free(seats: Numbers) -> Numbers:
    """Give, for each layer, the last one up to it that has a seat; -1 where none has."""
    numbers = np.where(seats > 0, np.arange(seats.shape[1], dtype=np.int32), np.int32(-1))
    return np.maximum.accumulate(numbers, axis=1)


class _Arcs:
    """Arcs laid so far. What is given for many at once is laid as so many arcs."""

    def __init__(self) -> None:
        self.columns: list[list[npt.NDArray[np.integer]]] = [[], [], [], []]

    def lay(self, tail: _Nodes, head: _Nodes, *, capacity: _Nodes, cost: _Nodes) -> None:
        """Lay arcs from tails to heads; a single number holds for them all."""
        ends = tail, head, capacity, cost
        count = next(len(values) for values in ends if isinstance(values, np.ndarray))
        for column, values in zip(self.columns, ends, strict=True):
            column.append(values if isinstance(values, np.ndarray) else np.full(count, values))

    def lay_rising(
        self, tail: _Nodes, head: _Nodes, *, most: Costs, already: Numbers, step: int
    ) -> None:
        """Lay ``most`` arcs of one each, of which each costs a step more than the one before.

        The first costs a step for each who is there already.
        """
        if not step:
            self.lay(tail, head, capacity=most, cost=0)
            return
        number = np.arange(most.sum()) - np.repeat(np.cumsum(most) - most, most)
        cost = step * (number + np.repeat(already, most))
        from_each, to_each = (
            np.repeat(end, most) if isinstance(end, np.ndarray) else end for end in (tail, head)
        )
        self.lay(from_each, to_each, capacity=1, cost=cost)


@dataclass(frozen=True)
class _NodeNumbers:
    """The number of each node; source and sink come before them.

    Attributes:
        layers: (offers, most layers); only those with a seat have a number of their own.
    """

    seekers: Costs
    layers: Costs
    employers: Costs
    supervisors: Costs


def network_of(problem: Problem, found: Candidates, room: Room) -> Network:
    """Lay the arcs; the cheapest of the largest flows through them is the best assignment."""
    arcs, nodes, points = _Arcs(), _numbered(room), problem.rules.points
    last = last_free(room.seats)
    pairs = np.flatnonzero(room.waiting[found.seeker] & (last[found.offer, found.layer] >= 0))
    seeker, offer = found.seeker[pairs], found.offer[pairs]
    to = nodes.layers[offer, last[offer, found.layer[pairs]]]
    arcs.lay(nodes.seekers[seeker], to, capacity=1, cost=-found.points[pairs])
    _lay_seats(arcs, nodes, room, employer_of(problem), points.spread)
    who, leads = seeker[np.diff(seeker, prepend=-1) != 0], supervisor_of(problem)
    arcs.lay(nodes.supervisors[leads[who]], nodes.seekers[who], capacity=1, cost=0)
    following = np.bincount(leads[who], minlength=len(nodes.supervisors))
    is_somebody = np.array([bool(key) for key in problem.supervisor], bool)
    for some, step in ((is_somebody, points.balance), (~is_somebody, 0)):
        arcs.lay_rising(
            SOURCE,
            nodes.supervisors[some],
            most=following[some],
            already=room.with_supervisor[some],
            step=step,
        )
    tail, head, capacity, cost = (np.concatenate(column, dtype=np.int64) for column in arcs.columns)
    return Network(tail, head, capacity, cost, pairs, len(who))


def _numbered(room: Room) -> _NodeNumbers:
    is_live = room.seats > 0
    first_layer = 2 + len(room.waiting)
    first_employer = first_layer + int(np.count_nonzero(is_live))
    first_supervisor = first_employer + len(room.cap)
    return _NodeNumbers(
        seekers=np.arange(2, first_layer),
        layers=first_layer - 1 + np.cumsum(is_live).reshape(is_live.shape),
        employers=np.arange(first_employer, first_supervisor),
        supervisors=first_supervisor + np.arange(len(room.with_supervisor)),
    )


def _lay_seats(arcs: _Arcs, nodes: _NodeNumbers, room: Room, where: Numbers, spread: int) -> None:
    """Chain the layers of each place, and lead their seats to the employer and on to the sink."""
    is_live, last = room.seats > 0, last_free(room.seats)
    for number in range(1, is_live.shape[1]):
        chained = np.flatnonzero(is_live[:, number] & (last[:, number - 1] >= 0))
        before = nodes.layers[chained, last[chained, number - 1]]
        everybody = len(nodes.seekers)
        arcs.lay(nodes.layers[chained, number], before, capacity=everybody, cost=0)
    live, seats = np.nonzero(is_live)[0], room.seats[is_live]
    arcs.lay(nodes.layers[is_live], nodes.employers[where[live]], capacity=seats, cost=0)
    taken = np.bincount(where[live], seats, len(nodes.employers)).astype(np.int64)
    arcs.lay_rising(
        nodes.employers,
        SINK,
        most=np.minimum(taken, room.cap),
        already=room.at_employer,
        step=spread,
    )
