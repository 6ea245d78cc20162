"""Groups, workplaces and ties on screen: made by forms in which nothing typed is lost."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from innpass.casework.timetable.models import (
    Appointment,
    Availability,
    Locality,
    Opening,
    Room,
    TeachingGroup,
    Way,
)
from innpass.web.design.fields import read_times
from tests.factories.cast import KARI, LIV, ODD, RAGNHILD, Town
from tests.factories.people import EmployerFactory
from tests.factories.weeks import WEEK, group, locality, open_on, timetable_of

pytestmark = pytest.mark.django_db


def filled(town: Town, **changed: str) -> dict[str, str]:
    place = locality(town.municipality)
    room = Room.objects.get_or_create(
        municipality=town.municipality, name="Rom 1", locality=place, capacity=20
    )[0]
    return {
        "version": "0",
        "rows": "3",
        "name": "Norsk A2",
        "activity": "norwegian",
        "level": "A2",
        "locality": str(place.pk),
        "capacity": "16",
        "unit": "45-75",
        "first_day": "10.8.26",
        "s0-day": "0",
        "s0-time": "8.30-13.30",
        "s0-lessons": "6",
        "s0-room": str(room.pk),
        "s1-day": "1",
        "s1-time": "",
        "s1-lessons": "",
        **changed,
    }


def test_a_group_is_made_and_listed_in_its_half_year(town: Town) -> None:
    liv = town.browser(LIV)

    answer = liv.post(reverse("teaching:new_group"), filled(town))

    made = TeachingGroup.objects.get()
    assert answer["Location"] == reverse("teaching:group", args=[made.pk])
    assert (made.lesson_minutes, made.counted_minutes) == (45, 75)
    (line,) = liv.get(reverse("teaching:groups"), {"halvaar": "2026-h"}).context["page"].groups
    assert (line.name, line.sessions) == ("Norsk A2", ("Mandag 08.30–13.30 · 6 t",))
    assert not liv.get(reverse("teaching:groups")).context["page"].groups  # the spring


def test_what_cannot_be_kept_is_told_at_its_field_and_stays_typed(town: Town) -> None:
    form = filled(town, **{"s0-lessons": "9", "s1-time": "i morgen", "first_day": "snart"})

    answer = town.browser(LIV).post(reverse("teaching:new_group"), form)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Vi forstår ikke «i morgen»" in page
    assert 'href="#id_s1-time"' in page
    assert 'value="snart"' in page
    form |= {"s1-time": "", "first_day": "10.8.26"}
    answer = town.browser(LIV).post(reverse("teaching:new_group"), form)
    assert "9 timer på 45 minutter får ikke plass" in answer.content.decode()
    assert [each.href for each in answer.context["page"].problems] == ["#id_s0-lessons"]
    assert not TeachingGroup.objects.exists()


def test_an_empty_spare_row_is_no_mistake_and_a_place_is_chosen(town: Town) -> None:
    liv, where = town.browser(LIV), reverse("teaching:new_group")
    form = filled(town, name="")
    locality(town.municipality, "Åsen")

    page = liv.get(where).context["page"]
    assert page.form["locality"].value() is None  # not the first by name
    assert page.form.fields["locality"].choices[0] == ("", "Velg sted")
    more = {"s1-time": "8-9", "s2-day": "2", "s2-time": "9-10", "locality": ""}
    answer = liv.post(where, form | more)

    told = [(each.label, each.text) for each in answer.context["page"].problems]
    assert told == [
        ("Navn", "Skriv hva gruppa heter."),
        ("Sted", "Velg et sted."),
        ("Økt 2, Timer", "Skriv et tall."),
        ("Økt 3, Timer", "Skriv et tall."),
    ]
    html = liv.post(where, form).content.decode()
    assert html.count('aria-invalid="true"') == 1
    assert "Skriv fra og til" not in html


def test_more_rows_are_asked_for_without_anything_being_judged(town: Town) -> None:
    form = filled(town, name="", act="more")

    answer = town.browser(LIV).post(reverse("teaching:new_group"), form)

    assert answer.status_code == 200
    assert answer.context["page"].form.rows == 5
    assert not answer.context["page"].problems


def test_the_second_to_save_is_told_and_may_go_on(town: Town) -> None:
    liv = town.browser(LIV)
    liv.post(reverse("teaching:new_group"), filled(town))
    made = TeachingGroup.objects.get()
    where = reverse("teaching:group", args=[made.pk])
    liv.post(where, filled(town, version="1", name="Norsk A2 først"))

    answer = liv.post(where, filled(town, version="1", name="Norsk A2 sist"))

    assert answer.status_code == 409
    assert "Noen andre lagret" in answer.content.decode()
    again = filled(town, version=str(answer.context["page"].version), name="Norsk A2 sist")
    assert liv.post(where, again).status_code == 302
    assert TeachingGroup.objects.get().name == "Norsk A2 sist"


def test_a_seat_is_taken_whoever_may_know_by_whom(town: Town) -> None:
    norwegian = group(town.municipality)
    amina = town.people("Amina")
    made = timetable_of(amina, minutes=600, week=WEEK)
    made.blocks.update(group=norwegian)

    def taken(name: str) -> int:
        page = town.browser(name).get(reverse("teaching:groups")).context["page"]
        return int(page.groups[0].taken)

    assert taken(LIV) == 1
    town.protect("Amina", named=(KARI,))

    assert (taken(KARI), taken(LIV)) == (1, 1)


def test_the_list_asks_as_much_whatever_the_number_of_groups(town: Town) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            town.browser(LIV).get(reverse("teaching:groups"))
        return len(queries)

    group(town.municipality)
    asked()  # signs in
    one = asked()
    for name in ("Norsk A2", "Norsk B1"):
        group(town.municipality, name)

    assert asked() == one


def test_places_and_the_ways_between_them_are_one_form(town: Town) -> None:
    where = reverse("teaching:places")
    one, other = locality(town.municipality, "Nord"), locality(town.municipality, "Sentrum")
    rows = {
        "rows": "3",
        **{f"r0-{name}": value for name, value in _row(one).items()},
        **{f"r1-{name}": value for name, value in _row(other).items()},
        "r2-name": "Åsen",
        f"w{one.pk.hex}{other.pk.hex}-minutes": "25",
    }

    assert town.browser(RAGNHILD).post(where, rows).status_code == 302

    assert Way.objects.get().minutes == 25
    assert set(Locality.objects.values_list("name", flat=True)) == {"Nord", "Sentrum", "Åsen"}
    # An emptied name takes a place away, with its ways.
    rows |= {"r0-name": "", "r2-name": ""}
    assert town.browser(RAGNHILD).post(where, rows).status_code == 302
    assert set(Locality.objects.values_list("name", flat=True)) == {"Sentrum", "Åsen"}
    assert not Way.objects.exists()


def _row(place: Locality) -> dict[str, str]:
    return {"pk": str(place.pk), "version": str(place.version), "name": place.name}


def test_a_workplace_says_when_it_takes_how_many(town: Town) -> None:
    employer: Any = EmployerFactory(municipality=town.municipality, name="Furulund barnehage")
    place = open_on(employer, days=(0,)).locality_id
    where = reverse("teaching:workplace", args=[employer.pk])
    form = {"version": "1", "locality": str(place), "d3-time": "7-15:30", "d3-seats": "2"}

    answer = town.browser(RAGNHILD).post(where, {**form, "d4-time": "07.00–15.30"})
    assert "Skriv hvor mange det er plass til" in answer.content.decode()
    assert town.browser(RAGNHILD).post(where, form).status_code == 302

    opening = Opening.objects.get()
    assert (opening.day, opening.start, opening.end, opening.seats) == (3, 420, 930, 2)


def test_ties_and_appointments_are_one_form_of_the_refugee_department(town: Town) -> None:
    where = reverse("teaching:ties", args=[town.people("Amina").pk])
    place = str(locality(town.municipality).pk)
    form = {
        "version": "0",
        "rows": "2",
        "home": place,
        "care": place,
        "care_time": "07.30–16.00",
        "care_days": ["0", "1"],
        "stays": "some",
        "stay_days": ["3"],
        "a0-name": "Fysioterapi",
        "a0-day": "2",
        "a0-time": "14-15",
        "a0-first_day": "1.8.26",
        "a1-name": "",
        "a1-day": "0",
        "a1-time": "",
        "a1-first_day": "30.06.2026",
    }

    assert town.browser(RAGNHILD).post(where, form).status_code == 302

    ties, own = Availability.objects.get(), Appointment.objects.get()
    assert (ties.care_days, ties.stay_days, own.name) == ([0, 1], [3], "Fysioterapi")
    assert "Fysioterapi" in town.browser(RAGNHILD).get(where).content.decode()
    for name in (LIV, ODD):
        assert town.browser(name).get(where).status_code == 403
    gone = form | {"version": "1", "a0-pk": str(own.pk), "a0-version": "1", "a0-name": ""}
    assert town.browser(RAGNHILD).post(where, gone).status_code == 302
    assert not Appointment.objects.exists()


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("08.30–12.00", (510, 720)),
        ("830-1200", (510, 720)),
        ("kl. 8 til 15:30", (480, 930)),
        ("0-24", (0, 1440)),
        ("8.30", None),
        ("25-26", None),
    ],
)
def test_times_are_read_however_they_are_written(typed: str, read: tuple[int, int] | None) -> None:
    assert read_times(typed) == read
