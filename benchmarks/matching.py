"""The matching of a whole caseload beside SciPy, HiGHS, the bare flow and first come, first served.

Every method is given the same eligible pairs and must give the same answer: as many people placed,
and pairs worth as much. Ours alone is also timed with the search for the pairs.
"""

import argparse
import statistics
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from benchmarks.measuring import timed
from benchmarks.peers_of_matching import (
    by_bare_flow,
    by_highs,
    by_scipy_dense,
    by_scipy_sparse,
)
from benchmarks.region import region
from innpass.domain.matching.assign import assign, best_choice, cheapest_flow, pairs_of
from innpass.domain.matching.checks import check
from innpass.domain.matching.eligible import Candidates, candidates
from innpass.domain.matching.first_come import first_come
from innpass.domain.matching.network import Room, network_of, room_left
from innpass.domain.matching.problem import Problem, Rules
from innpass.domain.matching.worth import crowding

SIZES = {"120x180": (120, 180), "2000x3000": (2_000, 3_000), "20000x30000": (20_000, 30_000)}
TARGETS = {"120x180": 0.020, "2000x3000": 0.5, "20000x30000": 5.0}  # processor seconds
REPEATS = {"120x180": 21, "2000x3000": 7, "20000x30000": 3}
LARGEST_DENSE = 3_000  # places; a dense matrix of more takes gigabytes
SEEDS_OF_GAIN = range(1, 11)
Places = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Given:
    """What every method is given."""

    problem: Problem
    found: Candidates
    room: Room


@dataclass(frozen=True)
class Answer:
    """People placed, what the pairs are worth, and processor seconds."""

    placed: int
    points: int
    seconds: float


def measured(given: Given, work: Callable[[], Places], repeats: int) -> Answer:
    """Time one method; the answer is checked by the functions that know no solver."""
    answers: list[Places] = []
    times = timed(lambda: answers.append(work()), repeats=repeats)
    pairs = pairs_of(given.problem, given.found, answers[0])
    assert len(pairs) == len(answers[0]), "somebody has two places"
    assert not check(given.problem, pairs)
    points = int(given.found.points[answers[0]].sum()) - crowding(given.problem, pairs)
    return Answer(len(pairs), points, statistics.median(times.cpu))


def told(name: str, answer: Answer, best: Answer, more: str = "") -> None:
    """Print one method beside the best: people short, points short, processor seconds."""
    short, less = best.placed - answer.placed, best.points - answer.points
    print(
        f"    {name:34} {answer.placed:>6} placed  short {short:>5}"
        f"  points {answer.points:>8}  less {less if not short else '-':>6}"
        f"  {answer.seconds:9.4f} s cpu{more}",
        flush=True,
    )


def given_of(problem: Problem) -> Given:
    found = candidates(problem)
    return Given(problem, found, room_left(problem, found.layer_seats))


def room_of(given: Given) -> Room:
    return room_left(given.problem, given.found.layer_seats)


def without_crowding(problem: Problem) -> Problem:
    """Leave out what a plain assignment cannot hold: caps, spread, the supervisors' balance."""
    return replace(
        problem,
        employers=tuple(replace(one, cap_left=None) for one in problem.employers),
        rules=Rules(
            unregistered_is_far=problem.rules.unregistered_is_far,
            points=replace(problem.rules.points, spread=0, balance=0),
        ),
    )


def whole(
    given: Given, repeats: int, seconds_to_find: float, target: float, *, with_highs: bool
) -> None:
    """Compare on the problem as it is: caps, spread over employers, balance of supervisors."""
    problem, found, room = given.problem, given.found, given.room
    print("  as it is, with caps, spread and balance:")
    ours = measured(given, lambda: best_choice(problem, found, room_of(given)), repeats)
    bare = measured(given, lambda: by_bare_flow(problem, found, room), repeats)
    network = network_of(problem, found, room)
    solver = measured(given, lambda: network.pairs[cheapest_flow(network)], repeats)
    told("ours, pairs given", ours, ours)
    ratio = f"  ours takes {ours.seconds / bare.seconds:.2f} of it"
    told("bare SimpleMinCostFlow", bare, ours, ratio)
    ratio = f"  ours takes {ours.seconds / solver.seconds:.2f} of it"
    told("of ours, the solver alone", solver, ours, ratio)
    others = [bare]
    if with_highs:
        others.append(measured(given, lambda: by_highs(problem, found, room), 1))
        told("HiGHS, linear programme", others[-1], ours)
    in_turn = measured(given, lambda: first_come(problem, found, room), repeats)
    told("first come, first served", in_turn, ours)
    for other in others:
        assert (ours.placed, ours.points) == (other.placed, other.points)
    total = seconds_to_find + ours.seconds
    verdict = "met" if total <= target else "MISSED"
    print(f"    pairs and solving together: {total:.4f} s cpu; target {target} s, {verdict}")


def plain(given: Given, repeats: int, *, is_small: bool) -> None:
    """Compare with SciPy on what SciPy can hold."""
    problem, found, room = given.problem, given.found, given.room
    print("  as a plain assignment, without them:")
    ours = measured(given, lambda: best_choice(problem, found, room), repeats)
    told("ours, pairs given", ours, ours)
    methods = {"SciPy, sparse": by_scipy_sparse}
    if is_small:
        methods["SciPy, dense"] = by_scipy_dense
    for name, method in methods.items():
        answer = measured(given, lambda method=method: method(found, room), min(repeats, 3))
        told(name, answer, ours)
        assert (answer.placed, answer.points) == (ours.placed, ours.points), name


def compare(name: str, seed: int, *, is_one_city: bool, with_highs: bool) -> None:
    """Compare every method at one size."""
    seekers, offers = SIZES[name]
    problem = region(seekers, offers, seed, is_one_city=is_one_city)
    given = given_of(problem)
    searching = timed(lambda: candidates(problem), repeats=REPEATS[name])
    seconds = statistics.median(searching.cpu)
    seats = int(given.room.seats.sum())
    print(
        f"\n{name}, seed {seed}{', one city' if is_one_city else ''}: {seats} free seats,"
        f" {len(given.found.seeker)} eligible pairs found in {seconds:.4f} s cpu"
    )
    whole(given, REPEATS[name], seconds, TARGETS[name], with_highs=with_highs)
    simple = without_crowding(problem)
    plain(given_of(simple), REPEATS[name], is_small=offers <= LARGEST_DENSE)


def gains() -> None:
    """Tell how many more get a place than by first come, first served, over ten seeds."""
    for seats, label in ((None, "places are scarce"), (4, "places are plenty")):
        more = []
        for seed in SEEDS_OF_GAIN:
            problem = region(*SIZES["120x180"], seed)
            if seats is not None:
                problem = with_seats(problem, seats)
            more.append(assign(problem).more_placed)
        print(
            f"  120x180, {label}: median {statistics.median(more)} more placed than first come,"
            f" first served ({min(more)} to {max(more)})"
        )


def with_seats(problem: Problem, seats: int) -> Problem:
    """Give every place so many seats on every day it is open."""
    return replace(
        problem,
        offers=tuple(
            replace(
                one,
                seats=seats,
                openings=tuple(opening._replace(free_seats=seats) for opening in one.openings),
            )
            for one in problem.offers
        ),
        employers=tuple(replace(one, cap_left=None) for one in problem.employers),
    )


def main() -> None:
    """Compare at every size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", choices=SIZES, action="append", help="default: all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--one-city", action="store_true", help="everybody can reach every place")
    parser.add_argument("--no-highs", action="store_true", help="leave the slow peer out")
    asked = parser.parse_args()
    print("more people placed, as the screen says it:")
    gains()
    for name in asked.size or SIZES:
        compare(name, asked.seed, is_one_city=asked.one_city, with_highs=not asked.no_highs)


if __name__ == "__main__":
    main()
