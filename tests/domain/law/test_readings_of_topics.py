"""Each reading of a topic is really followed, and a text that is not in force can be tried."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from innpass.domain.law.facts import DecisionRow, HoursRow, PersonFacts
from innpass.domain.law.findings import finding
from innpass.domain.law.law import THE_LAW
from innpass.domain.periods import Period
from innpass.domain.sheets.fields import Activity, DecisionKind, Protection

ON = date(2026, 6, 30)
DECIDED = DecisionRow(DecisionKind.PROGRAMME, date(2026, 1, 20))
PERSON = PersonFacts(
    date(2026, 2, 2),
    date(2026, 6, 15),
    protection=Protection.OTHER,
    has_children=True,
    group_meetings=4,
    mapping_on=date(2026, 1, 21),
    contract_on=date(2026, 2, 2),
    hours=(
        HoursRow(Activity.NORWEGIAN, Period(date(2026, 2, 2), None), 18),
        HoursRow(Activity.PRACTICE, Period(date(2026, 2, 2), None), 15),
    ),
    decisions=(DECIDED, DecisionRow(DecisionKind.PLAN, date(2026, 2, 1))),
)


def state(topic: str, facts: PersonFacts, **readings: Any) -> str:
    law = THE_LAW
    for name, value in readings.items():
        law = law.with_value(name, value)
    return str(finding(topic, facts, on=ON, law=law).state)


def test_a_mapping_may_be_read_to_have_no_day() -> None:
    assert state("mapping", PERSON) == "broken"
    assert state("mapping", PERSON, mapping_due="no_day") == "kept"
    unmapped = replace(PERSON, mapping_on=None)
    assert state("mapping", unmapped, mapping_due="no_day") == "not_shown"


@pytest.mark.parametrize(("topic", "same_day"), [("plan", "broken"), ("contract", "broken")])
def test_the_same_time_may_last_until_the_start(topic: str, same_day: str) -> None:
    assert state(topic, PERSON) == same_day
    assert state(topic, PERSON, at_the_same_time="by_start") == "kept"
    late = DecisionRow(DecisionKind.PLAN, date(2026, 2, 3))
    late_person = replace(PERSON, decisions=(DECIDED, late), contract_on=date(2026, 2, 4))
    assert state(topic, late_person, at_the_same_time="by_start") == "broken"


def test_regularly_may_be_oftener_or_more_seldom() -> None:
    longer = replace(PERSON, planned_end=date(2027, 6, 15))

    found = {
        months: finding(
            "plan_review", longer, on=ON, law=THE_LAW.with_value("review_months", months)
        ).due
        for months in THE_LAW.parameter("review_months").readings
    }

    assert found == {
        3: date(2026, 5, 1),
        4: date(2026, 6, 1),
        6: date(2026, 8, 1),
        12: date(2027, 2, 1),
    }


def test_lessons_may_be_counted_as_they_stand() -> None:
    assert state("full_time", PERSON) == "kept"
    assert state("full_time", PERSON, norwegian_in_full_time="as_stated") == "not_shown"


def test_the_exception_for_want_of_capacity_may_be_used() -> None:
    assert state("parental_guidance", PERSON) == "not_shown"
    assert state("parental_guidance", PERSON, parental_capacity_exception="used") == "kept"
    fewer = replace(PERSON, group_meetings=3, individual_meetings=1)
    assert state("parental_guidance", fewer, parental_capacity_exception="used") == "not_shown"
    alone = replace(fewer, individual_meetings=2)
    assert state("parental_guidance", alone, parental_capacity_exception="used") == "kept"


def of_age(years: int, permit_on: date) -> PersonFacts:
    birth_date = date(permit_on.year - years, permit_on.month, permit_on.day)
    return PersonFacts(
        None, birth_date=birth_date, permit_on=permit_on, settled_on=permit_on, protection=None
    )


@pytest.mark.parametrize(
    ("age", "permit_on", "is_in"),
    [
        (55, date(2026, 12, 31), True),
        (56, date(2026, 12, 31), False),
        (60, date(2027, 1, 1), True),
        (61, date(2027, 1, 1), False),
    ],
)
def test_the_higher_age_binds_permits_from_its_day_only_when_it_is_tried(
    age: int, permit_on: date, is_in: bool
) -> None:
    tried = THE_LAW.with_text_in_force("intl-8-1-lov-2025-35", date(2027, 1, 1))

    answer = finding("target_group", of_age(age, permit_on), on=permit_on, law=tried)

    assert answer.binds is is_in
    as_it_is = finding("target_group", of_age(age, permit_on), on=permit_on)
    assert as_it_is.binds is (age <= 55)


def test_the_declaration_takes_the_place_of_the_contract_when_it_is_tried() -> None:
    tried = THE_LAW.with_text_in_force("intl-16-lov-2026-23", date(2026, 1, 20))

    before = finding("contract", PERSON, on=ON)
    after = finding("contract", PERSON, on=ON, law=tried)

    assert [reason.code for reason in before.reasons] == ["contract.asked"]
    assert [reason.code for reason in after.reasons] == ["contract.declaration"]
    assert before.state == after.state
