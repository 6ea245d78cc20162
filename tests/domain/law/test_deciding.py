"""Which texts may bind somebody of whom dates or the ground of residence are missing."""

from dataclasses import replace
from datetime import date

import pytest

from innpass.domain.law.deciding import texts_that_may_bind
from innpass.domain.law.facts import DecisionRow, Fact, PersonFacts
from innpass.domain.law.law import THE_LAW, Law
from innpass.domain.sheets.fields import DecisionKind, Protection

ON = date(2026, 6, 30)
PERSON = PersonFacts(date(2023, 9, 4), permit_on=date(2023, 5, 2), protection=Protection.COLLECTIVE)


def may_bind(
    facts: PersonFacts, topic: str = "programme_length", law: Law = THE_LAW
) -> tuple[list[str], tuple[Fact, ...]]:
    texts, missing = texts_that_may_bind(topic, facts, law=law, on=ON)
    return [text.rule for text in texts], missing


def test_special_texts_together_leave_no_room_for_the_general_one() -> None:
    assert may_bind(PERSON) == (["intl-37c-2022", "intf-43d"], (Fact.OFFERED_ON,))


def test_where_special_texts_leave_a_gap_the_general_one_may_bind() -> None:
    since_2026 = replace(PERSON, start=date(2026, 1, 12), permit_on=date(2025, 11, 3))

    assert may_bind(since_2026) == (["intl-13-14", "intf-43d-2025"], (Fact.OFFERED_ON,))


def test_the_day_alone_is_known_or_the_ground_alone() -> None:
    offered = replace(PERSON, offered_on=date(2023, 8, 1), protection=None)

    assert may_bind(offered) == (["intl-13-2021", "intf-43d"], (Fact.PROTECTION,))
    assert may_bind(replace(offered, protection=Protection.OTHER)) == (["intl-13-2021"], ())
    assert may_bind(replace(offered, protection=Protection.COLLECTIVE)) == (["intf-43d"], ())


def test_neither_day_nor_ground_is_known() -> None:
    rules, missing = may_bind(replace(PERSON, protection=None))

    assert rules == ["intl-13-2021", "intl-37c-2022", "intf-43d"]
    assert missing == (Fact.OFFERED_ON, Fact.PROTECTION)


def test_a_decision_bounds_the_offer_as_the_start_does() -> None:
    decided = DecisionRow(DecisionKind.PROGRAMME, date(2023, 6, 20))

    assert may_bind(replace(PERSON, decisions=(decided,))) == (["intl-37c-2022"], ())


@pytest.mark.parametrize("start", [date(2023, 5, 1), date(2020, 1, 1)])
def test_dates_that_contradict_one_another_bound_nothing(start: date) -> None:
    rules, missing = may_bind(replace(PERSON, start=start))

    assert len(rules) > 2
    assert Fact.OFFERED_ON in missing


def test_a_text_that_is_passed_only_may_bind_nobody() -> None:
    passed = {
        text.rule
        for topic in THE_LAW.topics
        for text in THE_LAW.topics[topic]
        if text.is_passed_only
    }
    found = {rule for topic in THE_LAW.topics for rule in may_bind(PersonFacts(None), topic)[0]}

    assert passed
    assert not passed & found
