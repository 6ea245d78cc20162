"""Choosing among options: small instances whose optimum is known, and why."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from innpass.domain.planning import choosing
from innpass.domain.planning.choosing import Option, Progress, Search, choose, in_queue_order

PATIENT = Search(seed=0, seconds=3600)
NONE = Option(100, ())


def test_everyone_gets_the_cheapest_when_there_are_seats_enough() -> None:
    choice = choose([[Option(1, (0,)), NONE], [Option(2, (0,)), NONE]], [2], PATIENT)

    assert (choice.picked, choice.cost, choice.lower_bound) == ((0, 0), 3, 3)


def test_the_seat_goes_to_whom_it_saves_most() -> None:
    """The first in the queue could do without at 10, the second only at 100."""
    options = [[Option(0, (0,)), Option(10, ())], [Option(0, (0,)), NONE]]

    assert in_queue_order(options, [1]) == [0, 1]
    choice = choose(options, [1], PATIENT)
    assert (choice.picked, choice.cost, choice.lower_bound) == ((1, 0), 10, 10)


def test_what_the_relaxation_would_halve_is_decided() -> None:
    """Three want two of three seats each: by halves it would cost 15, but one must go without."""
    pairs = [(0, 1), (1, 2), (0, 2)]
    options = [[Option(0, pair), Option(10, ())] for pair in pairs]

    choice = choose(options, [1, 1, 1], PATIENT)

    assert (choice.cost, choice.lower_bound) == (20, 20)


def test_nobody_to_choose_for_costs_nothing() -> None:
    assert choose([], [1], PATIENT).cost == 0


def test_everyone_needs_an_option_that_takes_no_seat() -> None:
    with pytest.raises(ValueError, match="no seat"):
        choose([[Option(1, (0,))]], [1], PATIENT)


def test_without_time_the_queue_decides() -> None:
    options = [[Option(0, (0,)), Option(10, ())], [Option(0, (0,)), NONE]]

    choice = choose(options, [1], Search(seed=0, seconds=0))

    assert (choice.cost, choice.lower_bound, choice.stopped) == (100, 0, False)


def test_whoever_stops_it_gets_the_best_so_far() -> None:
    told: list[Progress] = []
    options = [[Option(0, (0,)), Option(10, ())], [Option(0, (0,)), NONE]]

    choice = choose(options, [1], Search(0, 60, told.append, lambda: True))

    assert choice.stopped
    assert [one.stage for one in told] == ["queue"]


def test_neighbourhoods_mend_what_branch_and_bound_had_no_time_for(monkeypatch) -> None:
    """With the exact stages left out, choosing anew among those who compete finds the optimum."""
    for stage in ("_first_round", "_exactly"):
        monkeypatch.setattr(choosing._Chooser, stage, lambda self: None)
    options = [[Option(0, (0,)), Option(10, ())], [Option(0, (0,)), NONE]]
    told: list[Progress] = []

    choice = choose(options, [1], Search(0, 60, told.append))

    assert choice.cost == 10


@st.composite
def instances(draw: st.DrawFn) -> tuple[list[list[Option]], list[int]]:
    capacity = draw(st.lists(st.integers(0, 2), min_size=1, max_size=3))
    seats = st.frozensets(st.integers(0, len(capacity) - 1), min_size=1).map(sorted).map(tuple)
    option = st.builds(Option, st.integers(0, 40), seats)
    options = [
        sorted([*draw(st.lists(option, max_size=3)), Option(draw(st.integers(0, 80)), ())])
        for _ in range(draw(st.integers(1, 4)))
    ]
    return options, capacity


@settings(max_examples=40, deadline=None)
@given(instances())
def test_the_choice_is_the_best_of_all(instance: tuple[list[list[Option]], list[int]]) -> None:
    options, capacity = instance
    best = min(
        sum(one.cost for one in chosen)
        for chosen in itertools.product(*options)
        if all(
            sum(seat in one.seats for one in chosen) <= number
            for seat, number in enumerate(capacity)
        )
    )

    choice = choose(options, capacity, PATIENT)

    assert (choice.cost, choice.lower_bound) == (best, best)
    picked = [several[place] for several, place in zip(options, choice.picked, strict=True)]
    for seat, number in enumerate(capacity):
        assert sum(seat in one.seats for one in picked) <= number
