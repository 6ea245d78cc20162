"""The clocks as they are stored: what the law answers, for everybody, whatever the day."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django_scopes import scope

from innpass.casework.organisations.models import Municipality
from innpass.casework.organisations.services import make_municipality
from innpass.casework.overview.models import OverviewRow
from innpass.casework.overview.services import refresh_due, refresh_rows
from innpass.casework.participants.models import Participant
from innpass.casework.programme.models import Absence, Clock, Decision, Enrolment, Leave
from innpass.casework.programme.queries import facts_of
from innpass.casework.programme.services import reassess
from innpass.casework.training.models import Schooling
from innpass.domain.law.clocks import norwegian_clock, programme_clock
from innpass.domain.sheets.fields import AbsenceKind, DecisionKind, EndGoal, LeaveKind, Protection

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 30)
COLUMNS = ("programme_until", "programme_possible_until", "norwegian_until", "missing")


@pytest.fixture
def lillevik() -> Iterator[Municipality]:
    made = make_municipality(name="Lillevik", by=None)
    with scope(municipality=made):
        yield made


def somebody(
    place: Municipality, *, norwegian: date | None = None, **enrolment: Any
) -> Participant:
    person: Participant = Participant.objects.create(municipality=place, name="Amina")
    Enrolment.objects.create(municipality=place, participant=person, **enrolment)
    Schooling.objects.create(municipality=place, participant=person, norwegian_offered_on=norwegian)
    return person


def anybody(place: Municipality, seed: int) -> Participant:
    """Make somebody of whom anything may be known, or not."""
    chance = random.Random(seed)

    def maybe(*values: Any) -> Any:
        return chance.choice(values)

    day = date(2021, 6, 1) + timedelta(days=chance.randrange(1900))
    person = somebody(
        place,
        norwegian=maybe(None, day + timedelta(days=20)),
        first_day=maybe(None, day, day, day),
        actual_last_day=maybe(None, day + timedelta(days=300)),
        protection=maybe("", *Protection),
        upper_secondary=maybe(None, True, False),
        end_goal=maybe("", *EndGoal),
        offered_on=maybe(None, day - timedelta(days=30)),
        permit_on=maybe(None, day - timedelta(days=90)),
    )
    of = {"municipality": place, "participant": person}
    for _ in range(chance.randrange(3)):
        first = day + timedelta(days=chance.randrange(400))
        days = {"first_day": first, "last_day": first + timedelta(days=chance.randrange(90))}
        Leave.objects.create(**of, **days, kind=maybe("", *LeaveKind))
        Absence.objects.create(**of, **days, kind=maybe("", *AbsenceKind))
        Decision.objects.create(**of, **days, day=maybe(None, first), kind=maybe(*DecisionKind))
    return person


def stored() -> dict[UUID, tuple[Any, ...]]:
    return {pk: tuple(rest) for pk, *rest in Clock.objects.values_list("participant", *COLUMNS)}


def judge(place: Municipality, on: date = DAY) -> None:
    people = Participant.objects.values_list("pk", flat=True)
    reassess(participants=list(people), municipality=place, on=on)


def test_what_is_stored_is_what_the_clocks_say(lillevik: Municipality) -> None:
    people = [anybody(lillevik, seed).pk for seed in range(150)]

    judge(lillevik)

    facts, found = facts_of(people), stored()
    known = 0
    for pk in people:
        programme = programme_clock(facts[pk], on=DAY)
        norwegian = norwegian_clock(facts[pk], on=DAY)
        until, possible, norwegian_until, missing = found[pk]
        assert until == programme.last_day
        assert possible == programme.last_possible_day
        assert norwegian_until == norwegian.last_day
        for name, clock in (("programme", programme), ("norwegian", norwegian)):
            facts_missing = [str(fact) for fact in clock.missing] if not clock.last_day else []
            told = [code for code in missing.get(name, ()) if not code.startswith("not_held.")]
            assert told == facts_missing
        known += until is not None
    assert 30 < known < 150


def test_they_do_not_depend_on_the_day(lillevik: Municipality) -> None:
    for seed in range(60):
        anybody(lillevik, seed)
    judge(lillevik)
    before = stored()
    for day in (date(2021, 1, 1), date(2031, 1, 1)):
        judge(lillevik, on=day)
        assert stored() == before


def test_only_what_changed_is_written_anew(lillevik: Municipality) -> None:
    amina = somebody(lillevik, first_day=date(2026, 1, 5), upper_secondary=True)
    bohdan = somebody(lillevik, first_day=date(2026, 1, 5), upper_secondary=True)
    judge(lillevik)
    keys = dict(Clock.objects.values_list("participant", "pk"))
    Enrolment.objects.filter(participant=amina).update(first_day=date(2026, 2, 2))

    judge(lillevik)

    now = dict(Clock.objects.values_list("participant", "pk"))
    assert now[bohdan.pk] == keys[bohdan.pk]
    assert now[amina.pk] != keys[amina.pk]


def test_whoever_has_no_programme_any_more_has_no_clock(lillevik: Municipality) -> None:
    amina = somebody(lillevik, first_day=date(2026, 1, 5))
    judge(lillevik)
    assert Clock.objects.count() == 1
    Enrolment.objects.filter(participant=amina).delete()

    judge(lillevik)

    assert not Clock.objects.exists()


def test_the_worker_makes_clocks_for_those_an_older_version_knew(lillevik: Municipality) -> None:
    amina = somebody(lillevik, first_day=date(2026, 1, 5), planned_last_day=date(2026, 12, 31))
    refresh_rows(participants=[amina.pk], municipality=lillevik, on=DAY)
    OverviewRow.objects.update(changes_on=DAY)

    refresh_due(municipality=lillevik, on=DAY)

    assert Clock.objects.get().participant == amina
