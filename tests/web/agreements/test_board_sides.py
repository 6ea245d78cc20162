"""A long list of one state comes in sides, each with the way to those beside it."""

import pytest
from django.urls import reverse

from innpass.casework.agreements.models import PlacementCase
from innpass.web.agreements import board
from tests.casework.agreements.placing import placing_in
from tests.casework.reconciliation.importing import TODAY
from tests.factories.cast import PER, Town


@pytest.fixture
def five(town: Town, monkeypatch: pytest.MonkeyPatch) -> Town:
    monkeypatch.setattr(board, "_ON_SIDE", 2)
    here = placing_in(town)
    PlacementCase.objects.bulk_create(
        PlacementCase(
            municipality=town.municipality,
            participant=town.people("Amina"),
            employer=here.employer,
            kind="municipal_practice",
            proposed_on=TODAY,
        )
        for _ in range(5)
    )
    return town


def page(town: Town, query: str) -> board.BoardPage:
    found: board.BoardPage = (
        town.browser(PER).get(reverse("agreements:board") + query).context["page"]
    )
    return found


def test_every_case_is_on_one_side(five: Town) -> None:
    seen, query, told = [], "?hvem=alle&steg=proposed", ""
    while query:
        shown = page(five, query)
        assert shown.columns[0].count == 5
        assert shown.sides is not None
        seen += [card.href for card in shown.columns[0].cards]
        query, told = shown.sides.after, shown.sides.text

    assert len(seen) == len(set(seen)) == 5
    assert told == "5–5 av 5"


@pytest.mark.parametrize("typed", ["9", "0", "x", "-1", "1²"])
def test_a_side_that_is_none_gives_the_nearest(five: Town, typed: str) -> None:
    shown = page(five, f"?hvem=alle&steg=proposed&side={typed}")

    assert shown.columns[0].cards


def test_what_is_chosen_besides_goes_along(five: Town) -> None:
    sides = page(five, "?hvem=alle&steg=proposed&side=2").sides

    assert sides is not None
    assert "steg=proposed" in sides.before
    assert "side=1" in sides.before


def test_a_short_list_has_no_sides(five: Town) -> None:
    assert page(five, "?hvem=alle&steg=agreed").sides is None
    assert page(five, "?hvem=alle").sides is None
