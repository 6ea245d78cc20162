"""The person's page says plainly where a timetable takes the place of the sheets' hours."""

from datetime import date

import pytest
from django.urls import reverse

from innpass.casework.programme.models import Element, PlannedHours
from innpass.domain.periods import IsoWeek
from tests.factories.cast import LIV, RAGNHILD, Town
from tests.factories.weeks import timetable_of

PLANNED = "Fra uke 34 gjelder timeplanen: 15 t, 15 t arbeidsrettet."

pytestmark = pytest.mark.django_db


def texts(town: Town, name: str = RAGNHILD) -> list[tuple[str, str]]:
    where = reverse("participant:participant", args=[town.people("Amina").pk])
    page = town.browser(name).get(where).context["page"]
    return [(each.text.replace("\N{NO-BREAK SPACE}", " "), each.to_settle) for each in page.planned]


def test_a_timetable_is_told_beside_the_hours_that_do_not_count_meanwhile(town: Town) -> None:
    amina = town.people("Amina")
    Element.objects.filter(participant=amina).delete()
    Element.objects.create(
        municipality=town.municipality,
        participant=amina,
        kind="nav_measure",
        first_day=date(2026, 1, 5),
        last_day=date(2026, 12, 31),
        hours_per_week=10,
        owner="nav",
    )
    assert texts(town) == []

    timetable_of(amina, minutes=900, week=IsoWeek(2026, 34))

    assert texts(town) == [
        (
            f"{PLANNED} Timene i arkene, 10 t, teller ikke så lenge.",
            "Timeplanen og arkene sier ikke det samme om tiltak fra Nav. Rett det som er feil.",
        )
    ]
    Element.objects.update(hours_per_week=15)
    assert [settle for _text, settle in texts(town)] == [""]


def test_the_rest_of_a_week_whose_group_ended_on_friday_is_not_told(town: Town) -> None:
    """It says nothing, and would contradict what is told of the same week."""
    amina = town.people("Amina")
    of = {"municipality": town.municipality, "participant": amina, "kind": "nav_measure"}
    friday, saturday, sunday = date(2026, 8, 21), date(2026, 8, 22), date(2026, 8, 23)
    PlannedHours.objects.create(
        **of, first_day=date(2026, 8, 10), last_day=friday, hours_per_week=20
    )
    PlannedHours.objects.create(**of, first_day=saturday, last_day=sunday, hours_per_week=0)

    (told,) = [text for text, _settle in texts(town)]
    assert told.startswith("I ukene 33 til 34 gjelder timeplanen: 20 t")


def test_two_days_that_hold_a_monday_are_told(town: Town) -> None:
    amina = town.people("Amina")
    PlannedHours.objects.create(
        municipality=town.municipality,
        participant=amina,
        kind="nav_measure",
        first_day=date(2026, 8, 16),
        last_day=date(2026, 8, 17),
        hours_per_week=6,
    )

    (told,) = [text for text, _settle in texts(town)]
    assert "gjelder timeplanen: 6 t" in told


def test_ties_are_reached_by_those_who_keep_them(town: Town) -> None:
    where = reverse("participant:participant", args=[town.people("Amina").pk])
    ties = reverse("teaching:ties", args=[town.people("Amina").pk])

    assert ties in town.browser(RAGNHILD).get(where).content.decode()
    assert ties not in town.browser(LIV).get(where).content.decode()
