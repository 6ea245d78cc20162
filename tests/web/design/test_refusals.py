"""Pages that refuse: whoever is signed in keeps the menu."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.cast import ADA, KARI, Town

pytestmark = pytest.mark.django_db
MENU = 'aria-label="Hovedmeny"'


def test_a_page_that_is_not_there_has_the_menu(town: Town) -> None:
    answer = town.browser(KARI).get("/finnes-ikke/")

    assert answer.status_code == 404
    said = answer.content.decode()
    assert "Vi finner ikke siden" in said
    assert MENU in said
    assert reverse("overview:overview") in said


def test_a_page_that_one_may_not_see_has_the_menu_and_the_reason(town: Town) -> None:
    answer = town.browser(ADA).get(reverse("results:results"))

    assert answer.status_code == 403
    said = answer.content.decode()
    assert "Du har ikke tilgang hit" in said
    assert MENU in said


def test_nobody_gets_no_menu() -> None:
    answer = Client().get("/finnes-ikke/")

    assert answer.status_code == 404
    assert MENU not in answer.content.decode()
