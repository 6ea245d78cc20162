"""Whom a row is about when somebody turned out to be another's second, however many times."""

from collections.abc import Iterator
from datetime import date

import pytest
from django_scopes import scope
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from innpass.casework.organisations.models import Municipality
from innpass.casework.participants.models import Participant
from innpass.casework.participants.queries import OWNER, family_of, owner_of
from innpass.casework.programme.models import Leave
from innpass.casework.reconciliation.becoming import erase
from tests.factories.people import become_second

pytestmark = pytest.mark.django_db


@pytest.fixture
def four(db: None) -> Iterator[list[Participant]]:
    """Four persons, each with a leave that begins on a day of its own."""
    municipality = Municipality.objects.create(name="Lillevik kommune")
    with scope(municipality=municipality):
        people = [
            Participant.objects.create(municipality=municipality, name=name)
            for name in ("Amina", "Bohdan", "Celine", "Daria")
        ]
        for day, each in enumerate(people, start=1):
            on = date(2026, 3, day)
            Leave.objects.create(
                municipality=municipality, participant=each, first_day=on, last_day=on
            )
        yield people


def days_of(person: Participant) -> list[int]:
    """Return the days of the leaves that are a person's, asked for in both ways."""
    rows = Leave.objects.annotate(owner=OWNER).filter(owner=person.pk)
    found = sorted(rows.values_list("first_day__day", flat=True))
    family = Leave.objects.filter(family_of([person.pk]))
    assert sorted(family.values_list("first_day__day", flat=True)) == found
    return found


def test_somebody_merged_three_times_in_a_row_is_not_lost_from_sight(
    four: list[Participant],
) -> None:
    amina, bohdan, celine, daria = four
    become_second(amina, bohdan)
    become_second(bohdan, celine)
    become_second(celine, daria)

    assert days_of(daria) == [1, 2, 3, 4]
    assert owner_of(Participant.objects.get(pk=amina.pk)) == daria
    assert owner_of(daria) == daria


def test_whoever_is_parted_takes_along_those_found_to_be_the_same_before(
    four: list[Participant],
) -> None:
    amina, bohdan, celine, daria = four
    become_second(amina, bohdan)
    become_second(bohdan, celine)
    become_second(celine, daria)

    become_second(bohdan, None)

    assert (days_of(bohdan), days_of(daria)) == ([1, 2], [3, 4])


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(acts=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=12))
def test_every_row_has_one_owner_who_is_nobodys_second(
    four: list[Participant], acts: list[tuple[int, int]]
) -> None:
    for each in four:
        become_second(each, None)
    for one, other in acts:
        second, first = four[one], four[other]
        if second == first or second.absorbed_by is not None:
            become_second(second, None)
        elif first.absorbed_by is None:
            become_second(second, first)

    alive = [each for each in four if each.absorbed_by is None]
    assert sorted(day for each in alive for day in days_of(each)) == [1, 2, 3, 4]
    seconds = [each.pk for each in four if each.absorbed_by is not None]
    assert not Leave.objects.annotate(owner=OWNER).filter(owner__in=seconds).exists()


def test_whoever_never_came_is_taken_away_with_all_seconds(four: list[Participant]) -> None:
    amina, bohdan, celine, daria = four
    become_second(amina, bohdan)
    become_second(bohdan, celine)

    erase([celine.pk])

    assert list(Participant.objects.all()) == [daria]
