"""The best assignment of a whole caseload: as many people placed as can be, then the best pairs.

It is the cheapest of the largest flows through ``network``, found exactly. The adviser decides: a
pair that is chosen, also against the advice, comes in as locked and stays.
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from innpass.domain.matching.eligible import Candidates, candidates
from innpass.domain.matching.first_come import first_come
from innpass.domain.matching.network import SINK, SOURCE, Network, Room, network_of, room_left
from innpass.domain.matching.problem import Pairs, Problem
from innpass.domain.matching.worth import crowding

Places: TypeAlias = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Assignment:
    """The best assignment, beside what first come, first served would give.

    Attributes:
        pairs: the offer of each seeker by key, the locked ones among them.
        points: what the pairs that are not locked are worth together, spread and load counted.
        in_turn: the pairs of first come, first served, with the same ones locked.
        points_in_turn: what those are worth.
    """

    pairs: Pairs
    points: int
    in_turn: Pairs
    points_in_turn: int

    @property
    def more_placed(self) -> int:
        """Say how many more get a place than by first come, first served; never below 0."""
        return len(self.pairs) - len(self.in_turn)


def assign(problem: Problem) -> Assignment:
    """Find the best assignment; the same one each time.

    Example:
        >>> from innpass.domain.matching.problem import Employer, Offer, Seeker
        >>> from innpass.domain.matching.reasons import Level
        >>> first, second = Seeker("a", Level.B1), Seeker("b", Level.A2)
        >>> easy = Offer("easy", "Lager", "e", level_at_start=Level.A2, occupation="93")
        >>> hard = Offer("hard", "Barnehage", "e", level_at_start=Level.B1)
        >>> best = assign(Problem((first, second), (easy, hard), (Employer("e", "E"),)))
        >>> best.pairs, best.more_placed
        ({'a': 'hard', 'b': 'easy'}, 1)
    """
    found = candidates(problem)
    room = room_left(problem, found.layer_seats)
    best, in_turn = best_choice(problem, found, room), first_come(problem, found, room)
    pairs, pairs_in_turn = pairs_of(problem, found, best), pairs_of(problem, found, in_turn)
    return Assignment(
        pairs,
        int(found.points[best].sum()) - crowding(problem, pairs),
        pairs_in_turn,
        int(found.points[in_turn].sum()) - crowding(problem, pairs_in_turn),
    )


def best_choice(problem: Problem, found: Candidates, room: Room) -> Places:
    """Choose among all eligible pairs: most people placed, then most points.

    Returns:
        Places among the candidates, one for each who is placed.
    """
    network = network_of(problem, found, room)
    return network.pairs[cheapest_flow(network)] if network.people else network.pairs


def pairs_of(problem: Problem, found: Candidates, chosen: Places) -> Pairs:
    """Give chosen candidates by their keys, and the locked pairs."""
    pairs = dict(problem.locked)
    for seeker, offer in zip(found.seeker[chosen], found.offer[chosen], strict=True):
        pairs[problem.seekers[seeker].key] = problem.offers[offer].key
    return pairs


def cheapest_flow(network: Network) -> Places:
    """Give the places of the pairs that the cheapest of the largest flows goes through."""
    # OR-Tools takes time to start, and most who import the matching only list or render.
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

    flow = SimpleMinCostFlow()
    flow.add_arcs_with_capacity_and_unit_cost(
        network.tail, network.head, network.capacity, network.cost
    )
    flow.set_node_supply(SOURCE, network.people)
    flow.set_node_supply(SINK, -network.people)
    status = flow.solve_max_flow_with_min_cost()
    if status != flow.OPTIMAL:
        raise RuntimeError(f"The flow ended as {status}, not as the cheapest.")
    return np.flatnonzero(flow.flows(np.arange(len(network.pairs))))
