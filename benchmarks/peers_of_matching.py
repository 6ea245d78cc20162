"""Others' ways to the best assignment: the bare flow, HiGHS and SciPy, each laid in its own way."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow
from scipy.optimize import linear_sum_assignment, linprog
from scipy.sparse import coo_array, csr_array, vstack
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from innpass.domain.matching.eligible import Candidates
from innpass.domain.matching.network import Room, employer_of, supervisor_of
from innpass.domain.matching.problem import Problem

Places = npt.NDArray[np.intp]


def by_bare_flow(problem: Problem, found: Candidates, room: Room) -> Places:
    """Solve by SimpleMinCostFlow as it is commonly used: one big cost for going without.

    Source, seekers, layers, employers, sink; a seeker has an arc to every layer that suits.
    """
    waiting = np.flatnonzero(room.waiting[found.seeker])
    depth = room.seats.shape[1]
    place, layer, _ = _rising(found.layer[waiting] + 1, found.layer[waiting], 0)
    pair = waiting[place]
    where, leads = employer_of(problem), supervisor_of(problem)
    points, people = problem.rules.points, len(room.waiting)
    layers = 2 + people
    employers = layers + room.seats.size
    supervisors = employers + len(room.cap)
    who = np.unique(found.seeker[waiting])
    led = np.bincount(leads[who], minlength=len(room.with_supervisor))
    following = _rising(led, room.with_supervisor, points.balance)
    following[2][np.array([not key for key in problem.supervisor])[following[0]]] = 0
    held = np.bincount(where, room.seats.sum(axis=1), len(room.cap)).astype(int)
    crowding = _rising(np.minimum(held, room.cap), room.at_employer, points.spread)
    flat = np.arange(room.seats.size)
    without = (people + 1) * 2000
    arcs = (
        (
            2 + found.seeker[pair],
            layers + found.offer[pair] * depth + layer,
            1,
            -found.points[pair],
        ),
        (layers + flat, employers + where[flat // depth], room.seats.ravel(), 0),
        (employers + crowding[0], 1, 1, crowding[2]),
        (supervisors + leads[who], 2 + who, 1, 0),
        (0, supervisors + following[0], 1, following[2]),
        ([0], 1, people, without),
    )
    laid = [np.broadcast_arrays(*one) for one in arcs]
    tail, head, capacity, cost = (np.concatenate(column) for column in zip(*laid, strict=True))
    flow = SimpleMinCostFlow()
    flow.add_arcs_with_capacity_and_unit_cost(tail, head, capacity, cost)
    flow.set_node_supply(0, len(who))
    flow.set_node_supply(1, -len(who))
    assert flow.solve() == flow.OPTIMAL
    return pair[np.flatnonzero(flow.flows(np.arange(len(pair))))]


def by_highs(problem: Problem, found: Candidates, room: Room) -> Places:
    """Solve two linear programmes: most people placed, then most points with so many placed.

    A variable for each pair and for each step of a rising cost. A layer of seats and all before it
    hold no more people than they have seats.
    """
    pairs = np.flatnonzero(room.waiting[found.seeker])
    seeker, offer, layer = found.seeker[pairs], found.offer[pairs], found.layer[pairs]
    where, leads = employer_of(problem)[offer], supervisor_of(problem)[seeker]
    points, program = problem.rules.points, _Program()
    program.add_variables(-found.points[pairs])
    program.at_most(_sums(seeker, len(problem.seekers)), 1)
    for number, seats in enumerate(np.cumsum(room.seats, axis=1).T):
        program.at_most(_sums(np.where(layer <= number, offer, -1), len(problem.offers)), seats)
    at = np.bincount(where, minlength=len(room.cap))
    program.spread(where, np.minimum(at, room.cap), room.at_employer, points.spread)
    led = np.bincount(leads, minlength=len(room.with_supervisor))
    steps = np.array([points.balance * bool(key) for key in problem.supervisor])
    program.spread(leads, led, room.with_supervisor, steps)
    return pairs[program.solve()]


@dataclass
class _Program:
    """A linear programme whose first variables are pairs; all lie between 0 and 1."""

    costs: list[npt.NDArray] = field(default_factory=list)
    rows: list[csr_array] = field(default_factory=list)
    limits: list[npt.NDArray] = field(default_factory=list)
    balances: list[tuple[csr_array, csr_array]] = field(default_factory=list)

    def add_variables(self, cost: npt.NDArray) -> None:
        self.costs.append(cost.astype(float))

    def at_most(self, sums: csr_array, limit: npt.NDArray | int) -> None:
        """Let sums of pairs be no more than a limit each."""
        self.rows.append(sums)
        self.limits.append(np.broadcast_to(limit, sums.shape[0]))

    def spread(self, group: Places, most: Places, already: Places, step: npt.NDArray | int) -> None:
        """Let each more in a group use up one step more, each dearer than the one before."""
        owner, number, _ = _rising(most, already, 1)
        self.add_variables(np.broadcast_to(step, len(most))[owner] * (number + already[owner]))
        self.balances.append((_sums(group, len(most)), _sums(owner, len(most))))

    def solve(self) -> Places:
        """Give the pairs chosen."""
        cost = np.concatenate(self.costs)
        placed = np.zeros(len(cost))
        placed[: len(self.costs[0])] = 1
        edges = np.cumsum([len(one) for one in self.costs])
        at_most = vstack([_among(one, 0, len(cost)) for one in self.rows])
        equal = vstack(
            [
                _among(people, 0, len(cost)) - _among(rising, edge, len(cost))
                for (people, rising), edge in zip(self.balances, edges, strict=False)
            ]
        )
        rest = {"A_ub": at_most, "b_ub": np.concatenate(self.limits), "bounds": (0, 1)}
        none = np.zeros(equal.shape[0])
        first = linprog(-placed, A_eq=equal, b_eq=none, method="highs", **rest)
        as_many = vstack([equal, csr_array(placed[None, :])])
        most = np.append(none, round(-first.fun))
        second = linprog(cost, A_eq=as_many, b_eq=most, method="highs", **rest)
        assert (first.status, second.status) == (0, 0), (first.message, second.message)
        return np.flatnonzero(second.x[: len(self.costs[0])] > 0.5)


def by_scipy_sparse(found: Candidates, room: Room) -> Places:
    """Match single seats by SciPy's sparse assignment; going without is a seat of one's own."""
    pair, seat, seats = _single_seats(found, room)
    people = len(room.waiting)
    own = np.arange(people)
    worth = np.concatenate([_worth(found, people)[pair], np.ones(people)])
    places = np.concatenate([found.seeker[pair], own]), np.concatenate([seat, seats + own])
    matrix = csr_array(coo_array((worth, places), shape=(people, seats + people)))
    row, column = min_weight_full_bipartite_matching(matrix, maximize=True)
    return _chosen(found, pair, seat, row[column < seats], column[column < seats])


def by_scipy_dense(found: Candidates, room: Room) -> Places:
    """Match single seats by SciPy's dense assignment; what does not suit is worth nothing."""
    pair, seat, seats = _single_seats(found, room)
    matrix = np.zeros((len(room.waiting), seats))
    matrix[found.seeker[pair], seat] = _worth(found, len(matrix))[pair]
    row, column = linear_sum_assignment(matrix, maximize=True)
    suits = matrix[row, column] > 0
    return _chosen(found, pair, seat, row[suits], column[suits])


def _rising(most: Places, already: Places, step: int) -> tuple[Places, Places, Places]:
    """Lay the steps of rising costs: whose each is, its number from 0, and what it costs."""
    owner = np.repeat(np.arange(len(most)), most)
    number = np.arange(len(owner)) - np.repeat(np.cumsum(most) - most, most)
    return owner, number, step * (number + already[owner])


def _sums(group: Places, groups: int) -> csr_array:
    """Give the rows that add the variables of each group; -1 is in no group."""
    inside = np.flatnonzero(group >= 0)
    ones = np.ones(len(inside))
    return csr_array(coo_array((ones, (group[inside], inside)), shape=(groups, len(group))))


def _among(rows: csr_array, first: int, columns: int) -> csr_array:
    """Widen rows to all variables; their own begin at ``first``."""
    laid = rows.tocoo()
    places = laid.row, laid.col + first
    return csr_array(coo_array((laid.data, places), shape=(rows.shape[0], columns)))


def _single_seats(found: Candidates, room: Room) -> tuple[Places, Places, int]:
    """Give a pair for each single seat that suits: the candidate and the seat; and all seats."""
    each = room.seats.sum(axis=1)
    first = np.cumsum(each) - each
    suiting = np.cumsum(room.seats, axis=1)[found.offer, found.layer]
    pair, number, _ = _rising(suiting, suiting, 0)
    return pair, first[found.offer[pair]] + number, int(each.sum())


def _worth(found: Candidates, people: int) -> npt.NDArray:
    """Make one more placed worth more than all points together."""
    above = found.points - found.points.min()
    return (above + (int(above.max()) + 1) * (people + 1)).astype(float)


def _chosen(found: Candidates, pair: Places, seat: Places, row: Places, column: Places) -> Places:
    """Find the candidates again that a matching of seekers and seats took."""
    seats = int(seat.max(initial=0)) + 1
    keys = found.seeker[pair].astype(np.int64) * seats + seat
    order = np.argsort(keys)
    taken = np.searchsorted(keys[order], row.astype(np.int64) * seats + column)
    return pair[order[taken]]
