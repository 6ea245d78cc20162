"""What must be registered in the national register follows the facts; what was said stays."""

from collections.abc import Iterator
from datetime import date
from typing import Any, cast

import pytest
from django_scopes import scope

from innpass.casework.audit.models import AuditEvent
from innpass.casework.organisations.models import Municipality
from innpass.casework.organisations.queries import operator
from innpass.casework.organisations.services import make_municipality
from innpass.casework.participants.models import Participant
from innpass.casework.programme.models import Enrolment, Leave
from innpass.casework.programme.queries import facts_of
from innpass.casework.programme.registered import Registration
from innpass.casework.programme.registering import (
    carry_over,
    note_everyone,
    part_again,
    settle_parted,
    take_back,
    tick_off,
)
from innpass.casework.programme.services import reassess
from innpass.casework.reconciliation.becoming import erase
from innpass.domain.access.policy import MayNot
from innpass.domain.access.roles import Actor, Role
from innpass.domain.law.registered import Registered
from tests.factories.people import TODAY, ParticipantFactory, settle

pytestmark = pytest.mark.django_db
START = date(2026, 1, 5)


@pytest.fixture
def municipality(db: None) -> Iterator[Municipality]:
    """A municipality whose scope the test runs in."""
    made = make_municipality(name="Lillevik", by=None)
    with scope(municipality=made):
        yield made


def person(municipality: Municipality) -> Participant:
    made: Any = ParticipantFactory(municipality=municipality)
    settle([made])
    return cast(Participant, made)


def rows(somebody: Participant) -> dict[tuple[str, date], Any]:
    return {(r.kind, r.day): r for r in Registration.objects.filter(participant=somebody)}


def start_on(somebody: Participant, day: date | None) -> None:
    Enrolment.objects.filter(participant=somebody).update(first_day=day)
    reassess(participants=[somebody.pk], municipality=somebody.municipality, on=TODAY)


def tick(somebody: Participant) -> None:
    everything = Registration.objects.filter(participant=somebody)
    tick_off(everything, by=operator(somebody.municipality))


def test_each_event_has_its_day_and_two_months(municipality: Municipality) -> None:
    amina = person(municipality)
    Leave.objects.create(
        municipality=municipality,
        participant=amina,
        first_day=date(2026, 4, 30),
        last_day=date(2026, 5, 3),
    )
    reassess(participants=[amina.pk], municipality=municipality, on=TODAY)

    assert {key: row.last_day for key, row in rows(amina).items()} == {
        ("start", START): date(2026, 3, 5),
        ("leave", date(2026, 4, 30)): date(2026, 6, 30),
    }


def test_the_law_knows_what_is_ticked_off_and_what_is_taken_back(
    municipality: Municipality,
) -> None:
    amina = person(municipality)
    start_on(amina, START)

    def known() -> frozenset[tuple[Registered, date]]:
        return facts_of([amina.pk])[amina.pk].registered

    assert known() == frozenset()
    tick(amina)
    assert known() == {(Registered.START, START)}
    take_back(Registration.objects.filter(participant=amina), by=operator(municipality))
    assert known() == frozenset()


def test_an_event_that_was_not_registered_moves_with_its_day(municipality: Municipality) -> None:
    amina = person(municipality)
    start_on(amina, date(2026, 2, 2))

    assert list(rows(amina)) == [("start", date(2026, 2, 2))]


def test_what_was_registered_stays_when_the_event_goes_and_holds_when_it_is_back(
    municipality: Municipality,
) -> None:
    amina = person(municipality)
    tick(amina)
    said = rows(amina)["start", START].registered_at

    start_on(amina, None)
    assert not rows(amina)["start", START].is_current

    start_on(amina, START)
    again = rows(amina)["start", START]
    assert again.is_current
    assert again.registered_at == said


def test_taking_back_what_is_gone_leaves_nothing(municipality: Municipality) -> None:
    amina = person(municipality)
    tick(amina)
    start_on(amina, None)

    took = take_back(Registration.objects.all(), by=operator(municipality))

    assert took == 1
    assert rows(amina) == {}


def test_ticking_twice_is_logged_once(municipality: Municipality) -> None:
    amina = person(municipality)
    tick(amina)
    tick(amina)

    events = AuditEvent.objects.filter(action="tick_off_registration", subject_id=amina.pk)
    assert [event.changes for event in events] == [{"kind": [None, "start"]}]


def test_nav_does_not_register(municipality: Municipality) -> None:
    amina = person(municipality)
    nav = Actor(amina.pk, "Nav", municipality.pk, "nav", frozenset({Role.NAV_ADVISER}))

    with pytest.raises(MayNot):
        tick_off(Registration.objects.all(), by=nav)
    assert rows(amina)["start", START].registered_at is None


def test_what_was_said_of_the_second_holds_for_the_first_until_they_are_parted(
    municipality: Municipality,
) -> None:
    amina, mina = person(municipality), person(municipality)
    tick(mina)

    carry_over(mina.pk, into=amina.pk)
    assert rows(amina)["start", START].copied_from == mina.pk
    assert rows(amina)["start", START].registered_at
    assert rows(mina)["start", START].registered_at

    part_again(mina.pk, parted_from=amina.pk)
    settle_parted([mina.pk])
    assert rows(amina)["start", START].registered_at is None
    assert rows(mina)["start", START].registered_at


def test_what_the_first_had_said_is_not_taken_when_they_are_parted(
    municipality: Municipality,
) -> None:
    amina, mina = person(municipality), person(municipality)
    tick(amina)
    tick(mina)

    carry_over(mina.pk, into=amina.pk)
    part_again(mina.pk, parted_from=amina.pk)
    settle_parted([mina.pk])

    assert rows(amina)["start", START].registered_at


def test_a_mark_of_an_event_the_first_does_not_have_waits_for_it(
    municipality: Municipality,
) -> None:
    amina, mina = person(municipality), person(municipality)
    start_on(mina, date(2026, 3, 2))
    tick(mina)

    carry_over(mina.pk, into=amina.pk)
    start_on(amina, date(2026, 3, 2))  # the rows of both now say this of one person

    there = rows(amina)
    assert list(there) == [("start", date(2026, 3, 2))]
    assert there["start", date(2026, 3, 2)].registered_at


def test_what_is_said_while_they_are_one_goes_with_whose_event_it_is(
    municipality: Municipality,
) -> None:
    amina, mina = person(municipality), person(municipality)
    carry_over(mina.pk, into=amina.pk)
    hers = date(2026, 3, 2)
    start_on(amina, hers)  # what the rows of the second tell
    tick(amina)

    part_again(mina.pk, parted_from=amina.pk)
    start_on(amina, START)
    start_on(mina, hers)
    settle_parted([mina.pk])

    assert list(rows(amina)) == [("start", START)]
    assert rows(amina)["start", START].registered_at is None
    moved = rows(mina)["start", hers]
    assert (moved.registered_at is not None, moved.is_current, moved.copied_from) == (
        *(True, True, None),
    )


def test_what_is_an_event_of_both_stays_with_the_one_it_was_said_of(
    municipality: Municipality,
) -> None:
    amina, mina = person(municipality), person(municipality)
    carry_over(mina.pk, into=amina.pk)
    tick(amina)

    part_again(mina.pk, parted_from=amina.pk)
    for one in (amina, mina):
        start_on(one, START)
    settle_parted([mina.pk])

    assert rows(amina)["start", START].registered_at
    assert rows(mina)["start", START].registered_at is None


def test_somebody_of_whom_something_is_said_to_be_registered_is_not_erased(
    municipality: Municipality,
) -> None:
    amina, mina = person(municipality), person(municipality)
    tick(amina)
    erase([amina.pk, mina.pk])

    assert set(Participant.objects.all()) == {amina}
    assert rows(amina)["start", START].registered_at


def test_what_was_missed_is_noted_for_everyone(municipality: Municipality) -> None:
    amina = person(municipality)
    Registration.objects.all().delete()

    assert note_everyone(municipality=municipality) == 1
    assert list(rows(amina)) == [("start", START)]
    assert note_everyone(municipality=municipality) == 0
