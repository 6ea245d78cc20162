"""The page tells how the municipality reads the law, as it reads it now."""

from django.utils.html import escape

from innpass.casework.organisations.queries import operator
from innpass.casework.programme.readings import choose_reading
from innpass.domain.law.words import reading_answer, reading_question
from tests.factories.cast import RAGNHILD, Town

NAME = "leave_weeks"


def page(town: Town) -> str:
    person = town.people("Amina")
    return str(town.browser(RAGNHILD).get(f"/deltakere/{person.pk}/").content.decode())


def said(answer: str) -> str:
    return str(escape(f"{reading_question(NAME)} {reading_answer(NAME, answer)}"))


def test_the_reading_that_is_shipped_is_told_until_another_is_chosen(town: Town) -> None:
    shipped, chosen = said("excluded_when_whole"), said("counted")
    assert shipped in page(town)

    choose_reading(
        municipality=town.municipality,
        name=NAME,
        value="counted",
        reason="Avklart",
        by=operator(town.municipality),
    )

    html = page(town)
    assert chosen in html
    assert shipped not in html
