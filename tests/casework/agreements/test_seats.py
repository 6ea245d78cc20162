"""What is free: against those who are there, on their days, and never telling of the hidden."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from innpass.casework.agreements.models import CaseEnding, PlacementCase
from innpass.casework.agreements.seats import (
    Stay,
    at_places,
    cap_left,
    caps_left,
    free_seats,
    room,
    taken,
)
from innpass.casework.employers.cards import CardValues, keep_card
from innpass.casework.employers.models import PracticePlace
from tests.factories.cast import LEA, RAGNHILD
from tests.factories.people import TODAY

NEXT_MONTH = TODAY + timedelta(days=30)


@pytest.mark.django_db
def test_who_is_there_takes_every_day_where_nobody_says_which(the_map: Any) -> None:
    place = the_map.offer(the_map.school, seats=2, weekdays=(0, 1, 3))
    the_map.participant("Amina", the_map.school, last_day=date(2026, 7, 10))

    assert free_seats(TODAY) == {place.pk: {0: 1, 1: 1, 3: 1}}
    assert free_seats(date(2026, 7, 11)) == {place.pk: {0: 2, 1: 2, 3: 2}}


@pytest.mark.django_db
def test_the_agreed_days_are_those_that_are_taken(the_map: Any) -> None:
    place = the_map.offer(the_map.school, weekdays=(0, 1, 2))
    person = the_map.participant("Amina", the_map.school)
    person.placements.update(row_id=person.pk)
    case = of_case(the_map, person, place, row=person.pk)
    case.versions.create(
        municipality=the_map.town.municipality,
        number=1,
        kind="made",
        made_on=TODAY,
        employer_name="Elva skole",
        first_day=date(2026, 2, 2),
        last_day=date(2026, 7, 10),
        days=[[1, 480, 900]],
        minutes_per_week=420,
        in_force_at="2026-02-02T08:00:00Z",
    )

    assert free_seats(TODAY) == {place.pk: {0: 1, 1: 0, 2: 1}}


def of_case(the_map: Any, person: Any, place: PracticePlace | None, **other: Any) -> PlacementCase:
    made: PlacementCase = PlacementCase.objects.create(
        municipality=the_map.town.municipality,
        participant=person,
        employer=place.employer if place else the_map.school,
        place=place,
        kind="municipal_practice",
        proposed_on=TODAY,
        **other,
    )
    return made


@pytest.mark.django_db
def test_a_stay_counts_that_touches_the_time_asked_about(the_map: Any) -> None:
    place = the_map.offer(the_map.school, weekdays=(0,))
    person = the_map.participant("Amina", the_map.school)
    person.placements.update(first_day=NEXT_MONTH, last_day=NEXT_MONTH + timedelta(days=60))

    now = free_seats(TODAY)
    through = free_seats(TODAY, until=NEXT_MONTH)
    but = free_seats(TODAY, until=NEXT_MONTH, but=person.pk)

    assert (now[place.pk], through[place.pk], but[place.pk]) == ({0: 1}, {0: 0}, {0: 1})


@pytest.mark.django_db
def test_more_than_there_is_room_for_leaves_nothing_and_no_less(the_map: Any) -> None:
    place = the_map.offer(the_map.school, weekdays=(0,))
    for name in ("Amina", "Bohdan"):
        the_map.participant(name, the_map.school)

    assert free_seats(TODAY) == {place.pk: {0: 0}}


@pytest.mark.django_db
def test_a_seat_is_taken_whoever_sits_in_it(the_map: Any) -> None:
    place = the_map.offer(the_map.school, weekdays=(0,))
    the_map.participant("Amina", the_map.school)
    the_map.town.protect("Amina", named=(RAGNHILD,))

    assert free_seats(TODAY) == {place.pk: {0: 0}}
    seen = {
        name: [each.is_seen for each in taken(since=TODAY, actor=the_map.town.actor(name)).stays]
        for name in (LEA, RAGNHILD)
    }
    assert seen == {LEA: [False], RAGNHILD: [True]}


@pytest.mark.django_db
def test_a_place_that_has_ended_or_an_employer_that_is_closed_has_no_seats(the_map: Any) -> None:
    the_map.offer(the_map.school, offered_until=TODAY - timedelta(days=1))
    the_map.offer(the_map.school, offered_from=TODAY + timedelta(days=1))
    the_map.offer(the_map.bakery)
    keep_card(
        employer=the_map.bakery,
        values=CardValues(closed_on=TODAY),
        expected=1,
        by=the_map.nina,
    )

    assert free_seats(TODAY) == {}


@pytest.mark.django_db
def test_the_cap_counts_those_who_are_there_and_those_on_the_way(the_map: Any) -> None:
    school, nina = the_map.school, the_map.nina
    amina = the_map.participant("Amina", school)
    bohdan = the_map.participant("Bohdan", None)
    assert cap_left(school, TODAY) is None
    keep_card(employer=school, values=CardValues(most_at_once=3), expected=0, by=nina)

    assert cap_left(school, TODAY) == 2
    on_the_way = of_case(the_map, bohdan, None)
    of_case(the_map, amina, None)  # who is there already is not counted twice
    assert cap_left(school, TODAY) == 1
    assert cap_left(school, TODAY, but=bohdan.pk) == 2
    CaseEnding.objects.create(
        municipality=the_map.town.municipality,
        case=on_the_way,
        outcome="not_started",
        initiative="employer",
        reason="x",
        last_day=TODAY - timedelta(days=1),
    )
    assert caps_left(TODAY) == {school.pk: 2}


@pytest.mark.django_db
def test_the_queries_are_as_many_however_many_there_are(the_map: Any) -> None:
    def ask() -> int:
        with CaptureQueriesContext(connection) as found:
            free_seats(TODAY)
            caps_left(TODAY)
        return len(found)

    the_map.offer(the_map.school)
    keep_card(
        employer=the_map.school,
        values=CardValues(most_at_once=3),
        expected=1,
        by=the_map.nina,
    )
    the_map.participant("Amina", the_map.school)
    few = ask()
    for name in ("Bohdan", "Celine", "Daria"):
        the_map.offer(the_map.bakery, name=name)
        the_map.participant(name, the_map.bakery)

    assert ask() == few


@pytest.mark.django_db
def test_a_case_finds_its_placement_though_the_row_is_another(the_map: Any) -> None:
    place = the_map.offer(the_map.school, "Kjøkken")
    the_map.offer(the_map.school, "Assistent")
    person = the_map.participant("Amina", the_map.school)
    person.placements.update(row_id=the_map.school.pk)
    of_case(the_map, person, place, row=person.pk)

    (stay,) = taken(since=TODAY, actor=the_map.nina).stays

    assert stay.place == place.pk


@pytest.mark.django_db
def test_one_row_that_tells_of_two_employers_gives_each_its_own_place(the_map: Any) -> None:
    places = [the_map.offer(the_map.school), the_map.offer(the_map.bakery)]
    person = the_map.participant("Amina", the_map.school)
    person.placements.update(row_id=person.pk)
    second = person.placements.get()
    second.pk, second.employer, second._state.adding = uuid4(), the_map.bakery, True
    second.save(force_insert=True)
    for place in places:
        of_case(the_map, person, place, row=person.pk)

    stays = taken(since=TODAY).stays

    assert {(each.employer, each.place) for each in stays} == {
        (place.employer_id, place.pk) for place in places
    }


@pytest.mark.django_db
def test_one_after_the_other_takes_one_seat(the_map: Any) -> None:
    place = the_map.offer(the_map.school, seats=2, weekdays=(0,))
    the_map.participant("Amina", the_map.school, last_day=NEXT_MONTH)
    later = the_map.participant("Bohdan", the_map.school)
    later.placements.update(
        first_day=NEXT_MONTH + timedelta(days=1), last_day=NEXT_MONTH + timedelta(days=90)
    )

    assert free_seats(TODAY, until=NEXT_MONTH + timedelta(days=60)) == {place.pk: {0: 1}}


# Places by their seats, and how many are at each by name.
PLACES = [(seats, named) for seats in (1, 2, 3) for named in range(5)]


@given(st.lists(st.sampled_from(PLACES), max_size=4), st.integers(0, 8))
def test_everybody_gets_one_place_and_none_is_overfull_while_another_has_room(
    seats_and_named: Sequence[tuple[int, int]], people: int
) -> None:
    employer = uuid4()
    places = [
        PracticePlace(employer_id=employer, name=str(at), seats=seats)
        for at, (seats, _named) in enumerate(seats_and_named)
    ]
    stays = [Stay(employer, uuid4(), None, None) for _ in range(people)]
    for place, (_seats, named) in zip(places, seats_and_named, strict=True):
        stays += [Stay(employer, uuid4(), None, None, place.pk) for _ in range(named)]

    found = at_places(places, stays, of={})

    told = [stay.person for each in found.values() for stay in each]
    left = [place.seats - len(found[place.pk]) for place in places]
    assert len(told) == len(set(told)) == (len(stays) if places else 0)
    assert all(stay in found[stay.place] for stay in stays if stay.place)
    assert sum(max(0, each) for each in left) == room(places, stays)
