"""First come, first served: what the best assignment is held against.

Each in the order of the queue takes the place that is best for her or him among those left. So it
goes where nobody looks at the whole.
"""

import numpy as np
import numpy.typing as npt

from innpass.domain.matching.eligible import Candidates
from innpass.domain.matching.network import Room, employer_of, last_free
from innpass.domain.matching.problem import Problem


def first_come(problem: Problem, found: Candidates, room: Room) -> npt.NDArray[np.intp]:
    """Give each in turn the best place that the locked and those before leave.

    Returns:
        Places among the candidates, one for each who is placed.
    """
    spread, where = problem.rules.points.spread, employer_of(problem)
    seats, cap, there = room.seats.copy(), room.cap.copy(), room.at_employer.copy()
    last = last_free(seats)
    edges = np.searchsorted(found.seeker, np.arange(len(problem.seekers) + 1))
    chosen: list[int] = []
    for seeker in np.flatnonzero(room.waiting):
        mine = slice(edges[seeker], edges[seeker + 1])
        offers, layers = found.offer[mine], found.layer[mine]
        employers = where[offers]
        free = np.flatnonzero((last[offers, layers] >= 0) & (cap[employers] > 0))
        if not len(free):
            continue
        worth = found.points[mine] - spread * there[employers]
        best = int(free[worth[free].argmax()])
        offer, employer = offers[best], employers[best]
        seats[offer, last[offer, layers[best]]] -= 1
        last[offer] = last_free(seats[offer : offer + 1])[0]
        cap[employer] -= 1
        there[employer] += 1
        chosen.append(int(edges[seeker]) + best)
    return np.array(chosen, np.intp)
