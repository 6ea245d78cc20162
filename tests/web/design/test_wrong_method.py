"""An address that takes a form, opened as a page, answers with a sentence."""

from django.urls import reverse

from tests.factories.cast import KARI, Town


def test_an_address_for_forms_opened_as_a_page_says_what_to_do(town: Town) -> None:
    answer = town.browser(KARI).get(reverse("overview:paste"))

    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    said = answer.content.decode()
    assert "Ingenting er endret" in said
    assert "Kari" in said  # the menu is there


def test_whoever_sends_in_the_wrong_way_gets_no_page(town: Town) -> None:
    answer = town.browser(KARI).put(reverse("overview:overview"))

    assert (answer.status_code, answer.content) == (405, b"")
