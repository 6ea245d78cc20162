"""What the law engine is told about a person, from rows entered by hand to its facts."""

from datetime import date
from typing import Any

import pytest

from innpass.casework.imports.models import Question
from innpass.casework.organisations.models import Municipality
from innpass.casework.organisations.queries import operator
from innpass.casework.participants.models import Participant
from innpass.casework.programme.models import Absence, Clock, Decision
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
from tests.casework.reconciliation.importing import take_in, workbook
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


def test_a_file_may_tell_of_leave_that_overlaps_and_no_day_is_counted_twice(
    municipality: Municipality,
) -> None:
    def until(*spans: tuple[date, date]) -> tuple[Any, ...]:
        rows = [
            {"Visma-nr": AMINA, "Navn": "Amina Haddad", "Permisjon fra": first,
             "Permisjon til": last, "Permisjonstype": "Foreldrepermisjon"}
            for first, last in spans
        ]  # fmt: skip
        take_in(municipality, {"a.xlsx": little.refugee(), "p.xlsx": workbook(("Permisjon", rows))})
        clock = Clock.objects.get(participant=amina())
        return len(facts().leaves), clock.norwegian_until, clock.programme_possible_until

    before = until((DAY, DAY))
    once = until((DAY, date(2026, 4, 30)))
    twice = until((DAY, date(2026, 4, 10)), (date(2026, 4, 1), date(2026, 4, 30)))

    assert (once[0], twice[0]) == (1, 2)
    assert once[1:] == twice[1:]
    assert once[1:] != before[1:]


def test_imported_leave_that_ends_before_it_begins_is_asked_about_and_nothing_is_moved(
    municipality: Municipality,
) -> None:
    row = {"Visma-nr": AMINA, "Navn": "Amina Haddad", "Permisjon fra": LATER, "Permisjon til": DAY}
    told = facts()

    preview = take_in(municipality, {"p.xlsx": workbook(("Permisjon", [row]))})

    assert [(each["kind"], each["cell"]) for each in preview["questions"]] == [
        ("reversed_days", "D2")
    ]
    assert facts() == told


def test_few_queries_however_many_people(django_assert_max_num_queries: Any) -> None:
    everybody = list(Participant.objects.values_list("pk", flat=True))

    with django_assert_max_num_queries(9):
        facts_of(everybody)
