"""The map adds up what employers offer, area by area, and tells of nobody hidden."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from innpass.casework.agreements.mapped import (
    Standing,
    endings,
    service_areas,
    standings,
    sums_by_area,
)
from innpass.casework.employers.areas import move_units
from innpass.casework.employers.cards import CardValues, keep_card
from innpass.casework.employers.models import PracticePlace
from tests.factories.cast import LEA, RAGNHILD
from tests.factories.people import TODAY

pytestmark = pytest.mark.django_db


def by_name(the_map: Any, name: str = "nina") -> dict[str, Standing]:
    return {each.name: each for each in standings(actor=the_map.town.actor(name), on=TODAY)}


def test_what_is_offered_filled_free_and_ending(the_map: Any) -> None:
    the_map.offer(the_map.school, "Assistent", seats=2)
    the_map.offer(the_map.school, "Kjøkken")
    the_map.participant("Amina", the_map.school, last_day=TODAY + timedelta(days=30))
    the_map.participant("Bohdan", the_map.school, last_day=TODAY + timedelta(days=61))
    the_map.participant("Celine", the_map.school, last_day=TODAY - timedelta(days=1))

    school = by_name(the_map)["Elva skole"]

    assert (school.seats, school.people, school.free) == (3, 2, 1)
    assert school.ending == (1, 1, 2)
    assert not school.is_untouched
    assert by_name(the_map)["Bakken barnehage"].is_untouched


def test_who_was_there_once_has_been_used_as_far_as_the_viewer_may_know(the_map: Any) -> None:
    for name in ("Amina", "Bohdan"):
        unit = the_map.kindergarten if name == "Amina" else the_map.school
        the_map.participant(name, unit, last_day=TODAY - timedelta(days=1))
        keep_card(employer=unit, values=CardValues(), expected=0, by=the_map.nina)
    the_map.town.protect("Amina", named=(RAGNHILD,))

    untouched = {
        name: {each.name for each in by_name(the_map, name).values() if each.is_untouched}
        for name in (LEA, RAGNHILD)
    }

    firm = "Nordvind Bakeri AS"
    assert untouched == {LEA: {firm, "Bakken barnehage"}, RAGNHILD: {firm}}


def test_each_area_is_added_up_and_counted_for_every_thousand(the_map: Any) -> None:
    the_map.offer(the_map.school, seats=3)
    the_map.offer(the_map.bakery, seats=9)
    move_units([the_map.kindergarten], area=the_map.culture, first_day=TODAY, by=the_map.nina)

    rows = sums_by_area(by_name(the_map).values(), areas=service_areas(), on=TODAY)

    assert [(each.name, each.employers, each.seats, each.untouched) for each in rows] == [
        ("Kultur", 1, 0, 1),
        ("Oppvekst", 1, 3, 0),
    ]
    assert [each.seats_per_thousand for each in rows] == [0, 3]


def test_employees_of_units_are_added_up_where_the_area_does_not_say(the_map: Any) -> None:
    the_map.upbringing.employees = None
    the_map.upbringing.save()
    for unit, employees in ((the_map.school, 40), (the_map.kindergarten, 60)):
        keep_card(
            employer=unit,
            values=CardValues(employees=employees),
            expected=0,
            by=the_map.nina,
        )

    rows = sums_by_area(by_name(the_map).values(), areas=service_areas(), on=TODAY)

    assert {each.name: each.employees for each in rows} == {"Kultur": 1000, "Oppvekst": 100}


def test_a_closed_employer_offers_nothing(the_map: Any) -> None:
    the_map.offer(the_map.school)
    keep_card(
        employer=the_map.school,
        values=CardValues(closed_on=TODAY),
        expected=1,
        by=the_map.nina,
    )

    assert by_name(the_map)["Elva skole"].is_closed
    rows = sums_by_area(by_name(the_map).values(), areas=service_areas(), on=TODAY)
    counted = {each.name: (each.employers, each.closed, each.seats) for each in rows}
    assert counted["Oppvekst"] == (2, 1, 0)  # as many as the list has, one of them closed


def test_a_seat_nobody_has_confirmed_for_long_is_not_counted_as_free(the_map: Any) -> None:
    place = the_map.offer(the_map.school, seats=2)
    the_map.offer(the_map.school, "Kjøkken", seats=1)
    long_ago = TODAY - timedelta(days=400)
    PracticePlace.objects.filter(pk=place.pk).update(offered_from=long_ago, confirmed_on=long_ago)

    school = by_name(the_map)["Elva skole"]
    rows = sums_by_area([school], areas=service_areas(), on=TODAY)

    assert (school.free_sure, school.free_unsure, school.grey) == (1, 2, 1)
    assert {each.name: (each.free, each.free_unsure) for each in rows}["Oppvekst"] == (1, 2)


def test_where_it_is_full_nothing_is_free(the_map: Any) -> None:
    the_map.offer(the_map.school, seats=3)
    the_map.participant("Amina", the_map.school)
    keep_card(
        employer=the_map.school, values=CardValues(most_at_once=1), expected=1, by=the_map.nina
    )

    school = by_name(the_map)["Elva skole"]

    assert (school.cap_left, school.free) == (0, 0)


def test_a_hidden_person_takes_a_seat_and_is_counted_nowhere_else(the_map: Any) -> None:
    place = the_map.offer(the_map.school)
    the_map.participant("Amina", the_map.school)
    before = by_name(the_map, RAGNHILD)["Elva skole"]
    the_map.town.protect("Amina", named=(RAGNHILD,))

    hidden, shown = by_name(the_map, LEA)["Elva skole"], by_name(the_map, RAGNHILD)["Elva skole"]

    assert (hidden.people, hidden.free, hidden.ending) == (0, 0, (0, 0, 0))
    assert shown == before
    assert endings(actor=the_map.town.actor(LEA), on=TODAY) == []
    (ending,) = endings(actor=the_map.town.actor(RAGNHILD), on=TODAY)
    assert (ending.employer, ending.place) == (the_map.school.pk, place.pk)


def test_who_leaves_first_stands_first(the_map: Any) -> None:
    for name, days in (("Amina", 80), ("Bohdan", 5), ("Celine", 91), ("Daria", 0)):
        the_map.participant(name, the_map.school, last_day=TODAY + timedelta(days=days))

    found = endings(actor=the_map.nina, on=TODAY)

    assert [each.stay.last_day for each in found] == [
        TODAY,
        TODAY + timedelta(days=5),
        TODAY + timedelta(days=80),
    ]


def test_the_queries_are_no_more_however_many_there_are(the_map: Any) -> None:
    def ask() -> int:
        with CaptureQueriesContext(connection) as found:
            standings(actor=the_map.nina, on=TODAY)
            endings(actor=the_map.nina, on=TODAY)
        return len(found)

    the_map.offer(the_map.school)
    the_map.participant("Amina", the_map.school)
    few = ask()
    for name, unit in (("Bohdan", the_map.bakery), ("Celine", the_map.kindergarten)):
        the_map.offer(unit)
        the_map.participant(name, unit, last_day=date(2026, 8, 1))

    assert ask() <= few
