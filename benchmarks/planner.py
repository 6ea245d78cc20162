"""The week planner beside a coordinator's rule, CP-SAT person by person, and the proved bounds."""

import argparse
import statistics
import time
from collections.abc import Callable
from dataclasses import replace

from benchmarks.caseload import caseload
from benchmarks.coordinator import plan_by_hand
from benchmarks.measuring import Times
from innpass.domain.planning.checks import Severity, check, check_week
from innpass.domain.planning.choosing import Progress
from innpass.domain.planning.costs import plan_cost
from innpass.domain.planning.problem import Problem, Weights
from innpass.domain.planning.seats import seats_in
from innpass.domain.planning.solution import Plan, Result
from innpass.domain.planning.solve import plan_caseload, plan_participant
from innpass.domain.planning.weeks import Weeks
from tests.domain.planning.by_constraints import Week

REPLANNED = 30


def by_constraints(problem: Problem) -> Plan:
    """Plan everyone in queue order by CP-SAT, each the best that the others before leave."""
    seats = seats_in(problem)
    plan: dict = {}
    left = dict(seats.capacity)
    for participant in problem.participants:
        found = Week(problem, participant, seats, left).solved(work=30.0)
        plan[participant.key] = found[0] if found else ()
        for seat in seats.of_week(plan[participant.key]):
            left[seat] -= 1
    return plan


def without_rivals(problem: Problem) -> int:
    """Prove what the caseload costs at least if there were seats for all."""
    seats = seats_in(problem)
    return sum(Weeks(problem, one, seats, ()).candidates()[0].cost for one in problem.participants)


def full_weeks_first(problem: Problem) -> Plan:
    """Plan with a cost for each week that lacks anything, which the others do not have."""
    weights = replace(problem.weights, short_week=Weights().short_week)
    return plan_caseload(replace(problem, weights=weights), seconds=120).plan


def full_weeks(problem: Problem, plan: Plan) -> int:
    """Count the weeks that lack nothing."""
    return sum(
        not check_week(problem, problem.participant[key], week) for key, week in plan.items()
    )


def measured(name: str, problem: Problem, work: Callable[[Problem], Plan]) -> int:
    """Time one way of planning, judge its plan by the checks, print and give its cost."""
    times = Times()
    with times.one():
        plan = work(problem)
    broken = [one for one in check(problem, plan) if one.severity is Severity.BROKEN]
    assert not broken, broken[:3]
    cost = plan_cost(problem, plan)
    total = sum(cost.values())
    terms = ", ".join(f"{term} {value}" for term, value in cost.items() if value)
    print(
        f"  {name:34} {times.wall[0]:8.2f} s wall  {times.cpu[0]:8.2f} s cpu"
        f"  cost {total:>8}  full weeks {full_weeks(problem, plan):>4}  ({terms})",
        flush=True,
    )
    return total


def one_replanned(problem: Problem, plan: Plan) -> None:
    """Time planning one participant anew beside all the others."""
    times = Times()
    for participant in problem.participants[:REPLANNED]:
        with times.one():
            plan_participant(problem, participant.key, beside=plan)
    print(
        f"  one replanned beside the others: median {1000 * times.median:.0f} ms, "
        f"slowest {1000 * max(times.wall):.0f} ms of {REPLANNED}",
        flush=True,
    )


def compare(participants: int, seed: int, *, by_person: bool) -> tuple[float, float]:
    """Plan a caseload in every way; returns our cost by the bound without rivals and by theirs."""
    problem = caseload(participants, seed)
    print(f"\n{participants} participants, seed {seed}", flush=True)
    bound = without_rivals(problem)
    print(f"  bound if there were seats for all: {bound}", flush=True)
    measured("coordinator's rule", problem, plan_by_hand)
    theirs = measured("CP-SAT person by person", problem, by_constraints) if by_person else None
    results: list[Result] = []
    told: list[Progress] = []

    def ours(given: Problem) -> Plan:
        results.append(plan_caseload(given, seconds=120, tell=told.append))
        return results[0].plan

    cost = measured("innpass", problem, ours)
    (result,) = results
    measured("innpass, full weeks first", problem, full_weeks_first)
    _print_progress(told)
    print(f"  proved bound {result.lower_bound}, {result.status}, gap {100 * result.gap:.2f} %")
    line = f"  cost / bound without rivals: {cost / bound:.3f}"
    print(line + (f", cost / CP-SAT by person: {cost / theirs:.3f}" if theirs else ""))
    one_replanned(problem, result.plan)
    return cost / bound, cost / theirs if theirs else 0.0


def _print_progress(told: list[Progress]) -> None:
    first: dict[str, Progress] = {}
    for one in told:
        first.setdefault(one.stage, one)
    stages = ", ".join(
        f"{one.stage} {one.cost} ({one.seconds:.2f} s)"
        for one in first.values()
        if one.cost is not None
    )
    print(f"  stages after the weeks: {stages}")


def main() -> None:
    """Compare at both sizes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, action="append", help="default: 150 and 1500")
    parser.add_argument("--seed", type=int, action="append", help="default: 1, 2 and 3")
    parser.add_argument("--no-by-person", action="store_true", help="leave the slow peer out")
    given = parser.parse_args()
    began = time.perf_counter()
    plan_caseload(caseload(1, 1))
    print(f"starting the solver: {time.perf_counter() - began:.2f} s")
    for size in given.size or (150, 1500):
        ratios = [
            compare(size, seed, by_person=not given.no_by_person)
            for seed in given.seed or (1, 2, 3)
        ]
        print(
            f"\n{size}: median cost / bound without rivals "
            f"{statistics.median(one for one, _ in ratios):.3f}, "
            f"/ CP-SAT by person {statistics.median(two for _, two in ratios):.3f}"
        )


if __name__ == "__main__":
    main()
