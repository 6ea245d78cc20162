"""What must be registered, from which day and until when; and what is missing before the end."""

from datetime import date

import pytest

from innpass.domain.law.events import Registered, events_of
from innpass.domain.law.facts import AbsenceRow, DecisionRow, HoursRow, LeaveRow, PersonFacts
from innpass.domain.law.law import THE_LAW
from innpass.domain.law.registering import BeforeExit, missing_before_exit, registration_duties
from innpass.domain.periods import Period
from innpass.domain.sheets.fields import (
    AbsenceKind,
    Activity,
    DecisionKind,
    EndGoal,
    EndReason,
    LeaveKind,
    Protection,
)

START = date(2026, 2, 2)


def test_every_event_is_listed_in_time_with_its_last_day() -> None:
    facts = PersonFacts(
        START,
        actual_end=date(2026, 12, 31),
        offered_on=date(2026, 1, 10),
        mapping_on=date(2026, 1, 15),
        leaves=(LeaveRow(LeaveKind.WELFARE, Period(date(2026, 3, 2), date(2026, 3, 4))),),
        absences=(AbsenceRow(None, Period(date(2026, 4, 1), date(2026, 4, 3))),),
        decisions=(
            DecisionRow(DecisionKind.PROGRAMME, date(2026, 1, 20)),
            DecisionRow(DecisionKind.PLAN, date(2026, 1, 20)),
            DecisionRow(DecisionKind.NORWEGIAN, None),
        ),
    )

    found = [(duty.kind, duty.day, duty.last_day) for duty in registration_duties(facts)]

    assert found == [
        (Registered.OFFER, date(2026, 1, 10), date(2026, 3, 10)),
        (Registered.MAPPING, date(2026, 1, 15), date(2026, 3, 15)),
        (Registered.DECISION, date(2026, 1, 20), date(2026, 3, 20)),
        (Registered.START, START, date(2026, 4, 2)),
        (Registered.LEAVE, date(2026, 3, 2), date(2026, 5, 2)),
        (Registered.ABSENCE, date(2026, 4, 3), date(2026, 6, 3)),
        (Registered.END, date(2026, 12, 31), date(2027, 2, 28)),
    ]


def test_age_and_days_left_are_counted_from_the_day_asked_about() -> None:
    (duty,) = registration_duties(PersonFacts(START))

    assert (duty.age_days(on=START), duty.days_left(on=date(2026, 4, 2))) == (0, 0)
    assert (duty.age_days(on=date(2026, 2, 12)), duty.days_left(on=date(2026, 4, 3))) == (10, -1)


def test_another_number_of_months_moves_the_last_day() -> None:
    law = THE_LAW.with_value("months_to_register", 1)

    (duty,) = registration_duties(PersonFacts(START), law=law)

    assert duty.last_day == date(2026, 3, 2)


@pytest.mark.parametrize("kind", DecisionKind)
def test_decisions_on_plan_leave_and_part_time_are_no_events_of_their_own(
    kind: DecisionKind,
) -> None:
    events = events_of(PersonFacts(None, decisions=(DecisionRow(kind, START),)))

    not_listed = {DecisionKind.PLAN, DecisionKind.LEAVE, DecisionKind.PART_TIME}
    assert bool(events) is (kind not in not_listed)


def test_absence_that_is_not_over_is_not_listed() -> None:
    running = AbsenceRow(AbsenceKind.DOCTORS_NOTE, Period(START, None))

    assert events_of(PersonFacts(None, absences=(running,))) == ()


def test_all_that_texts_may_ask_for_is_missing_of_one_of_whom_nothing_is_known() -> None:
    missing = missing_before_exit(PersonFacts(START))

    assert set(missing) == set(BeforeExit) - {BeforeExit.ELEMENT_HOURS}


def test_nothing_is_missing_of_one_of_whom_all_is_known() -> None:
    facts = PersonFacts(
        START,
        protection=Protection.OTHER,
        upper_secondary=True,
        end_goal=EndGoal.WORK,
        end_reason=EndReason.WORK,
        permit_on=date(2025, 10, 1),
        has_children=True,
        mapping_on=START,
        career_guidance_on=START,
        certificate_on=START,
        health_hours=0,
        career_hours=0,
        individual_meetings=0,
        social_studies_hours=0,
        hours=(HoursRow(Activity.NORWEGIAN, Period(START, None), 0),),
    )

    assert missing_before_exit(facts) == ()


def test_what_no_text_asks_of_the_person_is_not_missing() -> None:
    facts = PersonFacts(
        START,
        protection=Protection.COLLECTIVE,
        permit_on=date(2025, 10, 1),
        has_children=False,
        decisions=(DecisionRow(DecisionKind.PROGRAMME, date(2025, 12, 31)),),
    )

    missing = set(missing_before_exit(facts))

    assert missing.isdisjoint(
        {
            BeforeExit.CAREER_GUIDANCE,
            BeforeExit.HEALTH_HOURS,
            BeforeExit.PARENTAL_GUIDANCE,
            BeforeExit.SOCIAL_STUDIES_HOURS,
        }
    )
    assert BeforeExit.MAPPING in missing


def test_an_element_without_hours_is_told() -> None:
    facts = PersonFacts(START, hours=(HoursRow(Activity.PRACTICE, Period(START, None), None),))

    missing = missing_before_exit(facts)

    assert BeforeExit.ELEMENT_HOURS in missing
    assert BeforeExit.ELEMENTS not in missing
