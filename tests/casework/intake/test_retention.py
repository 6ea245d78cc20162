"""Who was in a term is reviewed two years after it began, and erased or kept."""

from datetime import date

import pytest

from innpass.casework.audit.models import AuditEvent
from innpass.casework.intake.models import (
    Intake,
    IntakeSession,
    IntakeTerm,
    InterpreterBooking,
    Invitation,
    SessionQuestion,
)
from innpass.casework.intake.retention import (
    count_due_terms,
    erase_people,
    keep_people_longer,
    terms_to_review,
)
from innpass.casework.intake.services import save_term, take_in
from innpass.casework.participants.models import Participant
from innpass.domain.access.policy import MayNot
from tests.casework.intake.people import ON, TERM, join, own_session, session, settled
from tests.factories.cast import ADA, RAGNHILD, Town

pytestmark = pytest.mark.django_db

DUE = date(2028, 8, 17)  # two years after the first day


@pytest.fixture
def held(town: Town, term: IntakeTerm) -> list[Intake]:
    """Two in a term with a talk of all, one of whom has a talk alone as well."""
    found = join(town, term, "Amina", "Bohdan")
    talk = session(town, term, date(2026, 8, 5))
    of = {"municipality": town.municipality}
    Invitation.objects.create(**of, session=talk, intake=found[0], state="came")
    InterpreterBooking.objects.create(**of, session=talk, language="dari", state="ordered")
    SessionQuestion.objects.create(**of, session=talk, text="Hva er praksis?")
    alone = own_session(town, found[1], date(2026, 8, 6))
    SessionQuestion.objects.create(**of, session=alone, text="Kan søsteren min komme hit?")
    return found


def test_a_term_is_due_two_years_after_it_began(held: list[Intake]) -> None:
    (term,) = terms_to_review(until=DUE)

    assert (term.keep_until, term.people) == (DUE, 2)  # type: ignore[attr-defined]
    assert count_due_terms(on=DUE) == 1
    assert count_due_terms(on=date(2028, 8, 16)) == 0


def test_a_term_without_people_has_nothing_to_review(term: IntakeTerm) -> None:
    assert count_due_terms(on=date(2040, 1, 1)) == 0


def test_the_day_follows_the_first_day_until_somebody_has_chosen_one(
    town: Town, term: IntakeTerm, held: list[Intake]
) -> None:
    save_term(
        values={**TERM, "first_day": date(2026, 8, 24)},
        by=town.actor(RAGNHILD),
        term=term,
        expected=term.version,
    )
    assert IntakeTerm.objects.get(pk=term.pk).keep_until == date(2028, 8, 24)

    chosen = date(2029, 1, 1)
    kept = keep_people_longer(
        terms=[term.pk],
        until=date(2028, 9, 1),
        new_day=chosen,
        reason="Klage",
        by=town.actor(ADA),
    )
    assert kept == 1
    term.refresh_from_db()
    save_term(values=TERM, by=town.actor(RAGNHILD), term=term, expected=term.version)
    term.refresh_from_db()
    assert term.keep_until == chosen
    assert count_due_terms(on=DUE) == 0
    event = AuditEvent.objects.get(action="keep_intakes")
    assert (event.reason, event.changes) == ("Klage", {"keep_until": ["2028-08-24", "2029-01-01"]})


def test_erasing_leaves_the_term_and_the_people_themselves(
    town: Town, term: IntakeTerm, october: IntakeTerm, held: list[Intake]
) -> None:
    (other,) = take_in(
        term=october,
        people=[settled(town, "Celine")],
        by=town.actor(RAGNHILD),
        on=ON,
        reason="Venter på barnehage",
    )

    assert erase_people(terms=[term.pk], until=DUE, reason="Arkivplan", by=town.actor(ADA)) == 1

    assert list(Intake.objects.all()) == [other]
    assert not Invitation.objects.exists()
    assert not InterpreterBooking.objects.exists()
    (talk,) = IntakeSession.objects.all()
    assert talk.is_individual is False
    # What one asked in a talk alone says whose it is, to whoever knows who had one.
    assert [each.text for each in SessionQuestion.objects.all()] == ["Hva er praksis?"]
    assert Participant.objects.count() == 3
    assert count_due_terms(on=DUE) == 0
    term.refresh_from_db()
    assert term.erased_at is not None
    event = AuditEvent.objects.get(action="erase_intakes")
    assert (event.reason, event.changes) == ("Arkivplan", {"people": [2, 0]})


def test_only_those_that_are_due_are_erased_and_only_by_an_administrator(
    town: Town, term: IntakeTerm, held: list[Intake]
) -> None:
    early = date(2028, 8, 1)
    assert erase_people(terms=[term.pk], until=early, reason="Plan", by=town.actor(ADA)) == 0
    with pytest.raises(MayNot):
        erase_people(terms=[term.pk], until=DUE, reason="Plan", by=town.actor(RAGNHILD))
    assert Intake.objects.count() == 2
