"""The split of a term beside a greedy one, first fit by language, on the same invented terms."""

import random
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from benchmarks.measuring import Times
from innpass.domain.intake.checks import Severity, check
from innpass.domain.intake.costs import grouping_cost
from innpass.domain.intake.problem import ChildCare, Grouping, Limits, Person, Problem, Slot
from innpass.domain.intake.rules import rules_on
from innpass.domain.intake.solve import propose
from innpass.domain.intake.starting import first_fit

SIZES = (80, 400)
SECONDS = 10.0  # half of it for the split
_HOURS = (9, 10, 12, 14)
_LANGUAGES = {"ukrainsk": 30, "arabisk": 4, "tigrinja": 3, "dari": 2, "somali": 1}


def term(size: int, *, seed: int = 1) -> Problem:
    """Invent a term with a third more sessions than its people need, four a day."""
    draw = random.Random(seed)
    people = tuple(
        Person(
            f"p{number:03}",
            f"Person {number}",
            draw.choices(list(_LANGUAGES), list(_LANGUAGES.values()))[0],
            needs_interpreter=draw.random() < 0.9,
            child_care=draw.choices(list(ChildCare), [1, 10, 5, 2, 1])[0],
            level=draw.choice("123"),
        )
        for number in range(size)
    )
    limits = Limits.of(rules_on(date(2026, 6, 30)))
    slots = tuple(
        Slot(
            f"s{number:02}",
            f"Gruppe {number + 1}",
            datetime.combine(date(2026, 8, 3), time(_HOURS[number % 4]))
            + timedelta(days=number // 4),
            place=f"Rom {number % 4}",
            capacity=20,
            leader=f"l{number % 3}",
        )
        for number in range(size * 4 // 3 // limits.largest)
    )
    return Problem(people, slots, limits)


def measured(name: str, problem: Problem, work: Callable[[Problem], Grouping]) -> int:
    """Time one way of splitting, judge it by the checks, print and give its cost."""
    times = Times()
    with times.one():
        grouping = work(problem)
    found = check(problem, grouping)
    assert all(clash.severity is Severity.SHORT for clash in found)
    lone = sum(1 for clash in found if clash.reason.code == "short.lone_speaker")
    cost = grouping_cost(problem, grouping)
    print(
        f"  {name:12} {times.wall[0]:7.2f} s wall {times.cpu[0]:7.2f} s cpu  cost {cost:>6}"
        f"  groups {len(problem.members(grouping)):>3}  alone with a language {lone:>3}"
        f"  without a group {list(grouping.values()).count(None):>3}",
        flush=True,
    )
    return cost


def main() -> None:
    """Print both ways for each size, and how they compare."""
    for size in SIZES:
        problem = term(size)
        print(f"{size} people, {len(problem.slots)} sessions")
        greedy = measured("first fit", problem, first_fit)
        bound: list[int] = []

        def solved(problem: Problem, bound: list[int] = bound) -> Grouping:
            found = propose(problem, seconds=SECONDS)
            bound.append(found.lower_bound)
            return found.grouping

        ours = measured("proposal", problem, solved)
        share, above = ours / greedy, ours / bound[0]
        print(f"  the proposal costs {share:.2f} of first fit, {above:.2f} of the bound")


if __name__ == "__main__":
    main()
