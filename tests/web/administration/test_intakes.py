"""Terms of intake whose day of review comes."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from innpass.casework.intake.models import Intake, IntakeTerm
from innpass.casework.intake.services import save_term, take_in
from innpass.casework.participants.models import Participant
from tests.factories.cast import ADA, KARI, Town

pytestmark = pytest.mark.django_db

DAY = date(2026, 8, 17)


def address() -> str:
    return reverse("administration:intakes")


@pytest.fixture
def term(settings: Any, town: Town) -> IntakeTerm:
    """A term with somebody in it, on the day it is to be reviewed."""
    with scope(municipality=town.municipality):
        by = town.actor(KARI)
        values = {"name": "August", "first_day": DAY, "cut_off": date(2026, 7, 31)}
        sizes = {"smallest_group": 2, "largest_group": 9, "session_minutes": 90}
        made = save_term(values={**values, **sizes}, by=by)
        person = Participant.objects.filter(is_protected=False, absorbed_by=None).first()
        assert person
        take_in(term=made, people=[person], by=by, on=date(2026, 6, 30), reason="Skal begynne")
    settings.INNPASS_TODAY = date(2028, 8, 17)
    return made


@pytest.fixture
def ada(term: IntakeTerm, town: Town) -> Client:
    return town.browser(ADA)


def test_the_term_is_listed_and_counted_without_a_name(ada: Client, term: IntakeTerm) -> None:
    page = ada.get(address())

    (row,) = page.context["page"].terms
    assert (row.name, row.people, row.is_due) == ("August", 1, True)
    assert page.context["chrome"].intakes_due == 1
    name = Intake.objects.select_related("participant").get(term=term).participant.name
    assert name not in page.content.decode()


def test_what_goes_and_what_stays_is_told_before_it_is_erased(ada: Client) -> None:
    page = ada.get(address()).content.decode()

    assert "egne samtaler for én med spørsmålene fra dem" in page
    assert "de andre samtalene og spørsmålene fra dem blir stående" in page


def test_erasing_says_so_here_and_on_the_board(ada: Client, term: IntakeTerm, town: Town) -> None:
    data = {"term": str(term.pk), "act": "delete", "reason": "Arkivplanen"}

    page = ada.post(address(), data, follow=True).content.decode()

    assert "Opplysningene om deltakerne i 1 termin er slettet." in page
    assert "Ingen inntak skal vurderes nå" in page
    assert not Intake.objects.filter(term=term).exists()
    board = town.browser(KARI).get(reverse("intake:board")).content.decode()
    assert "Opplysningene om deltakerne er slettet" in board


def test_keeping_asks_for_a_day_to_come(ada: Client, term: IntakeTerm) -> None:
    data = {"term": str(term.pk), "act": "keep", "reason": "Klage"}
    refused = ada.post(address(), data)
    assert (refused.status_code, "Velg dagen terminene" in refused.content.decode()) == (422, True)

    kept = ada.post(address(), {**data, "new_day": "2029-01-01"}, follow=True)

    assert "1 termin beholdes." in kept.content.decode()
    assert IntakeTerm.objects.get(pk=term.pk).keep_until == date(2029, 1, 1)


def test_nothing_chosen_is_told(ada: Client) -> None:
    response = ada.post(address(), {"act": "delete", "reason": "Plan"})

    assert response.status_code == 422
    assert "Velg minst én termin i listen." in response.content.decode()
