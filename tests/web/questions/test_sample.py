"""All that needs a human in the messy sample, answered on the screen as its truth says."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from innpass.casework.imports.models import Question
from innpass.casework.organisations.models import Municipality
from tests.casework.reconciliation.importing import TODAY, exported, sample, take_in
from tests.factories.cast import KARI, LIV, ODD, Town, make_town
from tests.scoring import score_import
from tests.web.questions.truth import Told, open_questions, told, without_humans

pytestmark = pytest.mark.django_db

WORKS_IN = {"refugee": KARI, "nav": ODD, "learning": LIV}


@pytest.fixture(scope="module")
def town_with_sample(django_db_setup: None, django_db_blocker: Any) -> Iterator[Town]:
    before = settings.INNPASS_TODAY
    settings.INNPASS_TODAY = TODAY
    with django_db_blocker.unblock(), transaction.atomic():
        town = make_town()
        with scope(municipality=town.municipality):
            take_in(town.municipality, sample("messy"))
        yield town
        transaction.set_rollback(True)
    settings.INNPASS_TODAY = before


def answer(browser: Client, said: Told) -> int:
    """Answer on the question's page with a button it shows, or in its field."""
    href = reverse("questions:question", args=[said.question.pk])
    sent = {"answer": "typed", "text": said.typed}
    if said.button:
        page = browser.get(href).context["page"]
        (choice,) = [each for each in page.choices if each.label == said.button]
        sent = {"answer": choice.value}
    return browser.post(href, sent).status_code


def test_once_all_is_answered_nothing_is_left_to_ask_and_all_is_as_it_is(
    town_with_sample: Town,
) -> None:
    town = town_with_sample
    municipality: Municipality = town.municipality
    with scope(municipality=municipality):
        asked = [
            (answer(town.browser(WORKS_IN[question.asks[0]]), told(question)), question.pk)
            for question in open_questions()
        ]

        assert Counter(status for status, _ in asked) == {302: 48}
        assert not Question.objects.filter(closed_at=None).exists()
        closed = Question.objects.exclude(closed_at=None)
        assert set(closed.values_list("closed_because", flat=True)) == {"answered"}
        score = score_import.score(exported(municipality), without_humans())

    assert {name: value for name, value in score["fields"].items() if value < 1} == {}
    del score["fields"], score["goals_equal"]
    assert score.pop("results") == dict.fromkeys(score_import.COUNTS, True)
    assert {name: value for name, value in score.items() if value != 1} == {}
