"""Where a value comes from, and what is asked, on a participant's page."""

from typing import Any

import pytest
from django.urls import reverse

from tests.casework.reconciliation import little
from tests.casework.reconciliation.little import AMINA, BOHDAN
from tests.factories.cast import KARI, RAGNHILD, Town

pytestmark = pytest.mark.django_db


def page_of(town: Town, given_name: str, who: str = KARI) -> Any:
    where = reverse("participant:participant", args=[town.people(given_name).pk])
    return town.browser(who).get(where)


def test_a_question_that_names_a_protected_person_is_hidden_on_the_page_too(town: Town) -> None:
    """Bohdan's row carries Amina's number: the question would give her away."""
    town.take_in({"oversikt.xlsx": little.overview(changes={BOHDAN: {"Visma flyktning": AMINA}})})
    before = page_of(town, "Bohdan").context["page"].questions

    town.protect("Amina")

    assert before
    assert page_of(town, "Bohdan").context["page"].questions == ()
    assert page_of(town, "Bohdan", RAGNHILD).context["page"].questions == before


def test_a_row_that_is_gone_is_told_of(town: Town) -> None:
    town.take_in({"flyktning.xlsx": little.refugee([AMINA, BOHDAN])})

    response = page_of(town, "Celine")

    assert {value.note for value in response.context["page"].provenance} == {"ikke lenger i filen"}
    assert "ikke lenger i filen" in response.content.decode()
    assert "ikke lenger i filen" not in page_of(town, "Amina").content.decode()
