"""Questions answered by the keyboard: one key each, taken back, and all of the messy sample's."""

import re
from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from django_scopes import scope
from playwright.sync_api import Page, expect

from innpass.casework.imports.models import Question
from innpass.casework.organisations.models import Municipality
from innpass.demo.management.commands.load_demo import make_staffed_municipality
from tests.casework.reconciliation.importing import exported, sample, take_in
from tests.scoring import score_import
from tests.web.questions.truth import told, without_humans

ASKED = re.compile(r"/sporsmal/([0-9a-f-]{36})/")
BADGE = "Spørsmål"


@pytest.fixture(autouse=True)
def _on_the_day_of_the_sample(settings: object) -> None:
    settings.INNPASS_TODAY = date(2026, 6, 30)  # type: ignore[attr-defined]


@pytest.fixture
def municipality() -> Municipality:
    """The demo's municipality with the messy sample."""
    make_staffed_municipality()
    found = Municipality.objects.get()
    with scope(municipality=found):
        take_in(found, sample("messy"))
    return found


def sign_in(page: Page, name: str) -> None:
    page.context.clear_cookies()
    page.goto("/")
    page.get_by_role("button", name=name).click()
    page.goto("/sporsmal/")


def begin(page: Page) -> None:
    page.get_by_role("main").get_by_role("link", name="Svar på spørsmål").click()
    page.wait_for_url(ASKED)


def asked_on(page: Page, municipality: Municipality) -> Question | None:
    """Return the question whose page is open; ``None`` where the list is."""
    found = ASKED.search(page.url)
    if found is None:
        return None
    with scope(municipality=municipality):
        question: Question = Question.objects.select_related("row").get(pk=UUID(found[1]))
    return question


def answer(page: Page, question: Question) -> None:
    """Give the answer that is true, with the keys that the page shows."""
    said = told(question)
    expect(page.locator("[data-keys]")).to_be_focused()
    if said.button:
        key = page.get_by_role("button", name=said.button).get_attribute("data-key")
        page.keyboard.press(str(key))
    else:
        page.keyboard.press("s")
        page.keyboard.type(said.typed)
        page.keyboard.press("Enter")
    page.wait_for_url(re.compile(rf"etter={question.pk}"))


@pytest.mark.django_db(transaction=True)
def test_an_answer_by_one_key_is_taken_back(
    page: Page, municipality: Municipality, accessible: Callable[[], None]
) -> None:
    sign_in(page, "Odd Berge")
    accessible()
    begin(page)
    first = page.url
    accessible()

    page.keyboard.press("1")

    expect(page.get_by_role("main")).to_contain_text("Svaret er lagret.")
    assert page.url != first
    accessible()
    expect(page.get_by_role("banner").get_by_role("link", name=BADGE)).to_contain_text("47")

    page.get_by_role("button", name="Ta tilbake").click()

    expect(page.get_by_role("main")).to_contain_text("Spørsmålet venter på svar igjen.")
    assert page.url == first
    expect(page.get_by_role("banner").get_by_role("link", name=BADGE)).to_contain_text("48")


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_all_that_needs_a_human_is_answered_and_all_is_as_it_is(
    page: Page, municipality: Municipality, accessible: Callable[[], None]
) -> None:
    for name in ("Kari Lunde", "Odd Berge", "Liv Solheim"):
        sign_in(page, name)
        begin(page)
        while question := asked_on(page, municipality):
            answer(page, question)
        expect(page.get_by_role("link", name="Svar på spørsmål")).to_have_count(0)

    expect(page.get_by_role("heading", name="Ingen spørsmål venter")).to_be_visible()
    accessible()
    page.get_by_role("main").get_by_role("link", name="Svar og regler").click()
    accessible()
    with scope(municipality=municipality):
        assert not Question.objects.filter(closed_at=None).exists()
        score = score_import.score(exported(municipality), without_humans())
    assert {name: value for name, value in score["fields"].items() if value < 1} == {}
    del score["fields"], score["goals_equal"]
    assert score.pop("results") == dict.fromkeys(score_import.COUNTS, True)
    assert {name: value for name, value in score.items() if value != 1} == {}
