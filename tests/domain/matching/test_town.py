"""A town of 120 people and 180 places, of the shape that the benchmarks measure."""

from dataclasses import replace

import pytest

from benchmarks.region import region
from innpass.domain.matching import eligible
from innpass.domain.matching.assign import assign
from innpass.domain.matching.checks import check
from innpass.domain.matching.eligible import candidates
from innpass.domain.matching.limits import is_eligible
from innpass.domain.matching.worth import worth_of


@pytest.mark.parametrize("most_at_once", [1, 400])
def test_however_pairs_are_split_into_blocks_all_eligible_ones_are_found(
    most_at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = region(60, 90, seed=3)
    monkeypatch.setattr(eligible, "_BLOCK", most_at_once)

    found = candidates(town)

    assert list(zip(found.seeker.tolist(), found.offer.tolist(), strict=True)) == [
        (place, number)
        for place, seeker in enumerate(town.seekers)
        for number, offer in enumerate(town.offers)
        if is_eligible(town, seeker, offer)
    ]


def test_a_town_is_better_off_when_somebody_looks_at_the_whole() -> None:
    town = region(120, 180, seed=1)

    found = assign(town)

    assert found.more_placed > 5
    assert check(town, found.pairs) == check(town, found.in_turn) == ()
    assert found.points == worth_of(town, found.pairs)
    assert found.points_in_turn == worth_of(town, found.in_turn)
    assert assign(town) == found


def test_locking_what_was_advised_changes_nothing() -> None:
    town = region(60, 90, seed=2)
    free = assign(town)
    some = dict(list(free.pairs.items())[::3])
    locked = replace(town, locked=some)

    found = assign(locked)

    assert found.pairs.items() >= some.items()
    assert len(found.pairs) == len(free.pairs)
    assert check(locked, found.pairs) == ()
