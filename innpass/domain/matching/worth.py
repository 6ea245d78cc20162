"""What an assignment is worth: the points of its pairs, less what crowding costs."""

from collections import Counter
from collections.abc import Mapping

from innpass.domain.matching.problem import Pairs, Problem
from innpass.domain.matching.weighing import weigh


def worth_of(problem: Problem, pairs: Pairs) -> int:
    """Add the points of all pairs that are not locked, less what crowding costs."""
    return sum(
        one.points
        for seeker, offer in pairs.items()
        if seeker not in problem.locked
        for one in weigh(problem, problem.seeker[seeker], problem.offer[offer])
    ) - crowding(problem, pairs)


def crowding(problem: Problem, pairs: Pairs) -> int:
    """Count what speaks against many at an employer, and many with a supervisor.

    Each who is not locked costs points for all who are there already, the locked among them.
    """
    points, seeker, offer = problem.rules.points, problem.seeker, problem.offer
    new = {key: place for key, place in pairs.items() if key not in problem.locked}
    at_employer = {one.key: one.running for one in problem.employers}
    with_supervisor = {one.key: one.running for one in problem.supervisor.values()}
    for key, place in problem.locked.items():
        at_employer[offer[place].employer] += 1
        with_supervisor[seeker[key].supervisor] += 1
    employers = Counter(offer[place].employer for place in new.values())
    supervisors = Counter(seeker[key].supervisor for key in new)
    del supervisors[""]
    return points.spread * _each_beside(employers, at_employer) + points.balance * _each_beside(
        supervisors, with_supervisor
    )


def _each_beside(new: Mapping[str, int], already: Mapping[str, int]) -> int:
    """Add, for each of the new, how many are there before."""
    return sum(more * already[key] + more * (more - 1) // 2 for key, more in new.items())
