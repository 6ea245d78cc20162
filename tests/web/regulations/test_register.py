"""The law as it is held: every topic and text is shown, figures only to those who see results."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils.html import escape

from innpass.casework.jobs.models import Job
from innpass.casework.programme.standings import ask_for_judging, figures_for, judge_everyone
from innpass.domain.law.law import THE_LAW
from innpass.domain.law.telling import says
from tests.casework.reconciliation.importing import TODAY
from tests.factories.cast import ADA, KARI, LIV, NINA, RAGNHILD, Town

pytestmark = pytest.mark.django_db


def page(town: Town, who: str = KARI) -> Any:
    return town.browser(who).get(reverse("regulations:register"))


def topic(town: Town, name: str, who: str = KARI) -> Any:
    return town.browser(who).get(reverse("regulations:topic", args=[name]))


@pytest.fixture
def judged(town: Town) -> Town:
    judge_everyone(municipality=town.municipality, on=TODAY)
    return town


def test_every_topic_is_listed_once(town: Town) -> None:
    shown = [row.href for area in page(town).context["page"].areas for row in area.topics]

    assert shown == [reverse("regulations:topic", args=[name]) for name in THE_LAW.topics]


@pytest.mark.parametrize("name", THE_LAW.topics)
def test_a_topic_shows_each_text_in_plain_words_with_its_source(town: Town, name: str) -> None:
    words = topic(town, name).content.decode()

    for text in THE_LAW.topics[name]:
        assert escape(says(text)) in words
        if text.source:
            assert escape(text.source.paragraph) in words


def test_a_text_that_is_only_passed_is_marked_so_and_counts_nobody(judged: Town) -> None:
    cards = topic(judged, "target_group").context["page"].texts
    (passed,) = [card for card in cards if card.is_passed]

    assert passed.counts is None
    assert not passed.is_now
    assert passed.brings
    assert "Vedtatt, ikke i kraft" in topic(judged, "target_group").content.decode()


def test_the_figures_of_a_topic_are_the_sum_of_its_texts(judged: Town) -> None:
    seen = figures_for(judged.actor(KARI)).counts
    for name in THE_LAW.topics:
        shown = topic(judged, name).context["page"]
        in_texts = sum(card.counts.binds for card in shown.texts if card.counts)
        assert shown.counts.binds == in_texts + shown.unknown_text
        assert shown.counts.binds == sum(n for (each, *_), n in seen.items() if each == name)


def test_the_page_says_when_the_figures_were_computed(judged: Town) -> None:
    assert "3 personer" in page(judged).content.decode()
    assert "30. jun. 2026" in page(judged).content.decode()


def test_before_they_are_computed_the_page_says_how_that_happens(town: Town) -> None:
    assert "ikke regnet ut ennå" in page(town).content.decode()


def test_while_everybody_is_judged_the_page_says_so(judged: Town) -> None:
    ask_for_judging(by=judged.actor(KARI))

    assert "vurdert på nytt nå" in page(judged).content.decode()
    assert Job.objects.exists()


def test_the_administrator_reads_the_law_without_figures(judged: Town) -> None:
    assert page(judged, ADA).context["page"].computed is None
    assert topic(judged, "plan", ADA).context["page"].counts is None
    assert "Gjelder i dag" in topic(judged, "plan", ADA).content.decode()


@pytest.mark.parametrize("who", [LIV, NINA])
def test_who_is_hidden_is_in_nobody_elses_figures(judged: Town, who: str) -> None:
    judged.protect("Amina")

    assert page(judged, who).context["page"].computed.people == 2
    assert page(judged, RAGNHILD).context["page"].computed.people == 3


def test_an_unknown_topic_is_not_found(town: Town) -> None:
    assert topic(town, "nothing").status_code == 404


def test_the_number_of_queries_is_the_same_for_any_topic(
    judged: Town, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(28):
        page(judged)
    with django_assert_max_num_queries(28):
        topic(judged, "work_oriented_hours")
