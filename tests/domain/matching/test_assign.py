"""The best assignment: it breaks nothing, no other is better, and what is locked stays."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import assume, given, settings
from ortools.sat.python import cp_model

from benchmarks.region import region
from innpass.domain.matching.assign import assign
from innpass.domain.matching.checks import check
from innpass.domain.matching.eligible import Candidates, candidates
from innpass.domain.matching.limits import is_eligible
from innpass.domain.matching.network import room_left
from innpass.domain.matching.problem import (
    Employer,
    Offer,
    Opening,
    Pairs,
    Problem,
    Seeker,
    Supervisor,
    Window,
)
from innpass.domain.matching.reasons import Level, Weekday
from innpass.domain.matching.seats import fit_together, suiting
from innpass.domain.matching.worth import worth_of
from tests.domain.matching.problems import problems


@settings(max_examples=30, deadline=None)
@given(problems(most_seekers=8, most_offers=6))
def test_every_assignment_passes_every_check_and_is_worth_what_it_says(problem: Problem) -> None:
    found = assign(problem)

    for pairs, points in ((found.pairs, found.points), (found.in_turn, found.points_in_turn)):
        assert check(problem, pairs) == ()
        assert points == worth_of(problem, pairs)
        assert pairs.items() >= problem.locked.items()
    assert found.more_placed >= 0
    assert found.more_placed or found.points >= found.points_in_turn


@settings(max_examples=25, deadline=None)
@given(problems(most_seekers=4, most_offers=4))
def test_no_other_assignment_is_better(problem: Problem) -> None:
    # Locks that suit: which seat they take is then the solver's business, and must not matter.
    problem = replace(problem, locked=_suiting_locks(problem))

    found = assign(problem)

    best = max((len(pairs), worth_of(problem, pairs)) for pairs in _all_of_most(problem))
    assert (len(found.pairs), found.points) == best


@settings(max_examples=20, deadline=None)
@given(problems(most_seekers=14, most_offers=9))
def test_a_solver_that_knows_no_flows_finds_nothing_better(problem: Problem) -> None:
    assume(len(problem.seekers) > 4)
    found = assign(problem)

    new = len(found.pairs) - len(problem.locked)
    assert (new, found.points) == by_constraints(problem, candidates(problem))


def test_more_people_placed_come_before_better_pairs() -> None:
    """The first would be best off where the second alone can go."""
    first = Seeker("first", Level.B1, wished_employers=frozenset({"e"}), goal="5321")
    second = Seeker("second", Level.A1)
    easy = Offer("easy", "Lager", "e", level_at_start=Level.A1, occupation="5321")
    hard = Offer("hard", "Kontor", "f", level_at_start=Level.B1)
    problem = Problem((first, second), (easy, hard), (Employer("e", "E"), Employer("f", "F")))

    found = assign(problem)

    assert found.pairs == {"first": "hard", "second": "easy"}
    assert found.in_turn == {"first": "easy"}
    assert found.more_placed == 1
    assert found.points < found.points_in_turn


def test_people_are_spread_over_employers_by_how_many_they_have() -> None:
    people = tuple(Seeker(f"s{number}") for number in range(4))
    places = tuple(Offer(f"o{place}", "Plass", f"e{place}", seats=3) for place in range(2))
    employers = (Employer("e0", "E", running=3), Employer("e1", "F"))

    found = assign(Problem(people, places, employers))

    assert sorted(found.pairs.values()) == ["o0", "o1", "o1", "o1"]


def test_supervisors_with_few_get_the_seats_that_are_scarce() -> None:
    people = tuple(Seeker(f"s{number}", supervisor="ab"[number % 2]) for number in range(6))
    place = Offer("o", "Plass", "e", seats=4)
    problem = Problem(people, (place,), (Employer("e", "E"),))

    equal = assign(problem)
    one_has_more = assign(replace(problem, supervisors=(Supervisor("b", 3),)))

    assert sorted(int(key[1]) % 2 for key in equal.pairs) == [0, 0, 1, 1]
    assert sorted(int(key[1]) % 2 for key in one_has_more.pairs) == [0, 0, 0, 1]


@pytest.mark.parametrize("seed", [5, 6, 7])
def test_in_a_town_too_a_solver_that_knows_no_flows_finds_nothing_better(seed: int) -> None:
    town = region(40, 60, seed)

    found = assign(town)

    assert (len(found.pairs), found.points) == by_constraints(town, candidates(town))


def test_no_day_is_overfull_when_seats_differ_from_day_to_day() -> None:
    openings = tuple(
        Opening(Weekday(day), 480, 900, seats) for day, seats in enumerate((2, 2, 1, 1))
    )
    place = Offer("o", "Plass", "e", seats=2, openings=openings, days=2)
    late = Seeker("late", free=())
    early, other = (Seeker(key, free=None) for key in ("early", "other"))

    found = assign(Problem((late, early, other), (place,), (Employer("e", "E"),)))

    assert set(found.pairs) == {"early", "other"}


def test_a_locked_pair_stays_and_its_seat_is_taken() -> None:
    people = tuple(Seeker(f"s{number}", Level.A1) for number in range(3))
    hard = Offer("hard", "Kontor", "e", level_at_start=Level.C1)
    easy = Offer("easy", "Lager", "e", level_at_start=Level.NONE)
    problem = Problem(
        people, (hard, easy), (Employer("e", "E", cap_left=2),), locked={"s2": "hard"}
    )

    found = assign(problem)

    assert found.pairs["s2"] == "hard"
    assert len(found.pairs) == 2
    assert check(problem, found.pairs) == ()


def test_a_locked_pair_leaves_the_seat_that_suits_most_others() -> None:
    monday, tuesday = (
        Opening(Weekday.MONDAY, 480, 960, 2),
        Opening(Weekday.TUESDAY, 480, 960, 1),
    )
    place = Offer("o", "Plass", "e", seats=2, openings=(monday, tuesday))
    locked = Seeker("locked", free=(Window(Weekday.MONDAY, 480, 960),))
    other = Seeker("other", free=(Window(Weekday.TUESDAY, 480, 960),))
    problem = Problem((locked, other), (place,), (Employer("e", "E"),), locked={"locked": "o"})

    assert assign(problem).pairs == {"locked": "o", "other": "o"}


def test_nobody_and_nothing_give_an_empty_assignment() -> None:
    assert assign(Problem((), (), ())).pairs == {}
    assert assign(Problem((Seeker("s"),), (), ())).pairs == {}


def _suiting_locks(problem: Problem) -> Pairs:
    kept: dict[str, str] = {}
    for seeker, offer in problem.locked.items():
        suits: dict[str, list[int]] = defaultdict(list)
        for one, place in {**kept, seeker: offer}.items():
            found = suiting(problem, problem.seeker[one], problem.offer[place])
            suits[place].append(found)
        if all(map(fit_together, suits.values())):
            kept[seeker] = offer
    return kept


def _all_of_most(problem: Problem) -> Iterator[Pairs]:
    """Yield the assignments that are possible and place most people, by trying all there are."""
    eligible = [
        [None, *(p.key for p in problem.offers if is_eligible(problem, one, p))]
        if one.key not in problem.locked
        else [problem.locked[one.key]]
        for one in problem.seekers
    ]
    suits = {
        (one.key, place.key): suiting(problem, one, place)
        for one in problem.seekers
        for place in problem.offers
    }
    possible = []
    for choice in product(*eligible):
        pairs = {
            one.key: place for one, place in zip(problem.seekers, choice, strict=True) if place
        }
        if _has_room(problem, pairs, suits):
            possible.append(pairs)
    most = max(map(len, possible))
    yield from (pairs for pairs in possible if len(pairs) == most)


def _has_room(problem: Problem, pairs: Pairs, suits: dict[tuple[str, str], int]) -> bool:
    at_offer: dict[str, list[int]] = defaultdict(list)
    at_employer: dict[str, list[bool]] = defaultdict(list)
    for seeker, place in pairs.items():
        at_offer[place].append(suits[seeker, place])
        at_employer[problem.offer[place].employer].append(seeker in problem.locked)
    return all(map(fit_together, at_offer.values())) and all(
        all(locks) or (cap := problem.employer[key].cap_left) is None or len(locks) <= cap
        for key, locks in at_employer.items()
    )


def by_constraints(problem: Problem, found: Candidates) -> tuple[int, int]:
    """Find how many can be placed and what that is worth at most, by CP-SAT, seat by seat."""
    room = room_left(problem, found.layer_seats)
    model = cp_model.CpModel()
    of_seeker, of_layer = defaultdict(list), defaultdict(list)
    of_employer, of_supervisor = defaultdict(list), defaultdict(list)
    worth = []
    for number in range(len(found.seeker)):
        seeker, offer = int(found.seeker[number]), int(found.offer[number])
        if not room.waiting[seeker]:
            continue
        for layer in range(found.layer[number] + 1):
            taken = model.new_bool_var("")
            of_seeker[seeker].append(taken)
            of_layer[offer, layer].append(taken)
            of_employer[problem.offers[offer].employer].append(taken)
            of_supervisor[problem.seekers[seeker].supervisor].append(taken)
            worth.append(int(found.points[number]) * taken)
    for mine in of_seeker.values():
        model.add_at_most_one(mine)
    for (offer, layer), people in of_layer.items():
        model.add(sum(people) <= int(room.seats[offer, layer]))
    points = problem.rules.points
    for place, employer in enumerate(problem.employers):
        people = of_employer[employer.key]
        model.add(sum(people) <= int(room.cap[place]))
        worth += _crowding(model, people, int(room.at_employer[place]), points.spread)
    for place, key in enumerate(problem.supervisor):
        if key:
            already = int(room.with_supervisor[place])
            worth += _crowding(model, of_supervisor[key], already, points.balance)
    placed = sum(sum(mine) for mine in of_seeker.values())
    model.maximize(100_000 * placed + sum(worth))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(model) == cp_model.OPTIMAL
    return solver.value(placed), solver.value(sum(worth))


def _crowding(model: cp_model.CpModel, people: list, already: int, step: int) -> list:
    """Each step of a rising cost is a number of its own; the cheapest are used first."""
    steps = [model.new_bool_var("") for _ in people]
    model.add(sum(steps) == sum(people))
    return [-step * (already + number) * one for number, one in enumerate(steps)]
