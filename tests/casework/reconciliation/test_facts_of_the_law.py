"""What the law engine is told about a person, from rows entered by hand to its facts."""

from datetime import date
from typing import Any

import pytest

from innpass.casework.imports.models import Question
from innpass.casework.organisations.models import Municipality
from innpass.casework.organisations.queries import operator
from innpass.casework.participants.models import Participant
from innpass.casework.programme.models import Absence, Decision
from innpass.casework.programme.queries import facts_of
from innpass.casework.reconciliation.cards import ENROLMENT_FIELDS, SCHOOLING_FIELDS
from innpass.casework.reconciliation.details import details_of, withdraw_detail
from innpass.casework.reconciliation.entering import Wanted, enter_values
from innpass.casework.reconciliation.entering_rows import add_detail
from innpass.domain.law.facts import AbsenceRow, DecisionRow, LeaveRow, PersonFacts
from innpass.domain.periods import Period
from innpass.domain.sheets.fields import AbsenceKind, DecisionKind, EndGoal, LeaveKind
from innpass.domain.sheets.records import TableKind
from tests.casework.reconciliation import little
from tests.casework.reconciliation.importing import take_in
from tests.casework.reconciliation.little import AMINA

DAY, LATER = date(2026, 3, 2), date(2026, 3, 6)
VALUES: dict[str, Any] = {
    "settled_on": date(2025, 5, 6),
    "permit_on": date(2025, 4, 22),
    "programme.offered_on": date(2025, 7, 8),
    "programme.has_children": False,
    "mapping_on": date(2025, 6, 2),
    "career_guidance_on": date(2025, 6, 3),
    "contract_on": date(2025, 6, 4),
    "certificate_on": date(2026, 6, 5),
    "norwegian.offered_on": date(2025, 6, 6),
    "lifeskills.health_hours": 0,
    "lifeskills.career_hours": 12,
    "parental.group_meetings": 6,
    "parental.individual_meetings": 2,
    "social_studies.hours": 75,
    "programme.end_goal": "requalification",
}


@pytest.fixture(autouse=True)
def people(municipality: Municipality) -> None:
    take_in(municipality, {"a.xlsx": little.refugee(), "o.xlsx": little.overview()})


def amina() -> Participant:
    found: Participant = Participant.objects.get(identifiers__plain=AMINA)
    return found


def facts() -> PersonFacts:
    return facts_of([amina().pk])[amina().pk]


def add(municipality: Municipality, table: TableKind, **values: Any) -> None:
    named = {f"{table}.{name}": value for name, value in values.items()}
    add_detail(amina(), table, named, by=operator(municipality))


def test_what_is_entered_is_what_the_law_is_told(municipality: Municipality) -> None:
    person = amina()

    enter_values(
        [Wanted(person.pk, name, value) for name, value in VALUES.items()],
        by=operator(municipality),
        municipality_id=municipality.pk,
    )

    told = facts()
    columns = {name: column for column, name in (ENROLMENT_FIELDS | SCHOOLING_FIELDS).items()}
    assert {name: getattr(told, columns[name]) for name in VALUES} == VALUES
    assert told.end_goal is EndGoal.VOCATIONAL_REQUALIFICATION
    assert told.birth_date == person.birth_date


def test_an_unknown_fact_is_none_and_no_decision_is_no_answer() -> None:
    told = facts()

    assert (told.settled_on, told.has_children, told.health_hours) == (None, None, None)
    assert told.part_time_decision is None
    assert (told.absences, told.leaves, told.decisions) == ((), (), ())


def test_rows_of_each_kind_are_told_with_their_kind(municipality: Municipality) -> None:
    add(municipality, TableKind.ABSENCE, first_day=DAY, last_day=LATER, kind="child_ill")
    add(municipality, TableKind.ABSENCE, first_day=LATER, last_day=LATER)
    add(municipality, TableKind.LEAVE, first_day=DAY, last_day=LATER, kind="parental")
    add(municipality, TableKind.DECISION, kind="part_time", day=DAY, first_day=LATER)
    add(municipality, TableKind.DECISION, kind="programme", first_day=DAY)

    told = facts()

    assert told.absences == (
        AbsenceRow(AbsenceKind.CHILD_ILL, Period(DAY, LATER)),
        AbsenceRow(None, Period(LATER, LATER)),
    )
    assert told.leaves == (LeaveRow(LeaveKind.PARENTAL, Period(DAY, LATER)),)
    assert told.leave == (Period(DAY, LATER),)
    assert told.decisions == (
        DecisionRow(DecisionKind.PART_TIME, DAY, LATER, None),
        DecisionRow(DecisionKind.PROGRAMME, None, DAY, None),
    )
    assert told.part_time_decision is True


def test_a_decision_that_is_withdrawn_is_told_of_no_more(municipality: Municipality) -> None:
    add(municipality, TableKind.DECISION, kind="part_time", day=DAY, reason="Søkt av deltakeren")
    (decision,) = details_of(amina(), TableKind.DECISION)
    assert decision.values["decision.reason"] == "Søkt av deltakeren"

    withdraw_detail(decision, by=operator(municipality), reason="Feil person", act_id=decision.row)

    assert facts().part_time_decision is None
    assert not Decision.objects.exists()


def test_an_absence_that_ends_before_it_begins_is_asked_about_not_stored(
    municipality: Municipality,
) -> None:
    add(municipality, TableKind.ABSENCE, first_day=LATER, last_day=DAY)

    assert facts().absences == ()
    assert not Absence.objects.exists()
    (question,) = Question.objects.filter(kind="reversed_days", closed_at=None)
    assert question.field == "absence.last_day"


def test_few_queries_however_many_people(django_assert_max_num_queries: Any) -> None:
    everybody = list(Participant.objects.values_list("pk", flat=True))

    with django_assert_max_num_queries(8):
        facts_of(everybody)
