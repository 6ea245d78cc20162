"""A person's week: what it shows, to whom, and taking it out of force."""

import re
from datetime import date
from typing import Any

from django.urls import reverse

from innpass.casework.placements.models import Placement
from innpass.casework.timetable.models import (
    Appointment,
    GroupSession,
    TeachingGroup,
    Timetable,
    Workplace,
)
from tests.factories.cast import LIV, ODD, RAGNHILD
from tests.factories.weeks import LATER, WEEK, locality
from tests.web.timetable.conftest import Centre


def squeezed(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_a_week_is_shown_with_what_counts_as_what(centre: Centre) -> None:
    centre.keep()

    page = squeezed(centre.town.browser(RAGNHILD).get(centre.href("week")))

    assert "Gjelder fra uke 24 til den blir byttet" in page
    assert "16 undervisningstimer × 75 min" in page
    assert "<b>35 t</b> av 37,5 t" in page
    assert "det mangler 2,5 t" in page
    assert "Full tid er 37,5 t i uka. Kilde:" in page


def test_without_a_timetable_the_page_says_so_and_offers_one(centre: Centre) -> None:
    page = centre.town.browser(RAGNHILD).get(centre.href("week")).content.decode()

    assert "Det er ingen timeplan for denne uka." in page
    assert centre.href("propose") in page


def test_an_appointment_is_a_time_taken_to_those_who_may_not_know(centre: Centre) -> None:
    Appointment.objects.create(
        municipality=centre.town.municipality,
        participant=centre.zahra,
        name="Fastlegen",
        day=2,
        start=840,
        end=900,
        first_day=date(2026, 1, 1),
    )
    centre.keep()

    shown = {
        who: centre.town.browser(who).get(centre.href("week")).content.decode()
        for who in (RAGNHILD, LIV, ODD)
    }

    assert "Fastlegen" in shown[RAGNHILD]
    assert "Opptatt" in shown[LIV]
    assert "Fastlegen" not in shown[LIV] + shown[ODD]
    assert centre.href("edit") in shown[LIV]
    assert centre.href("edit") not in shown[ODD]


def test_a_timetable_is_taken_back_and_the_hours_of_the_sheets_hold(centre: Centre) -> None:
    kept = centre.keep()
    browser = centre.town.browser(RAGNHILD)

    answer = browser.post(centre.href("withdraw", kept.pk), follow=True)

    assert "Timeplanen er trukket tilbake" in answer.content.decode()
    assert "Det er ingen timeplan" in answer.content.decode()
    assert Timetable.objects.get().withdrawn_at is not None
    again = browser.post(centre.href("withdraw", kept.pk), follow=True)
    assert "var alt trukket tilbake" in again.content.decode()


def later_page(centre: Centre, user: str = RAGNHILD) -> str:
    """Show Zahra's page of a later week."""
    href = reverse("timetable:week", args=[centre.zahra.pk])
    return squeezed(centre.town.browser(user).get(f"{href}?uke={LATER}"))


def test_what_has_ended_since_is_told_once_and_the_numbers_agree(centre: Centre) -> None:
    centre.keep()
    TeachingGroup.objects.update(last_day=WEEK.sunday)
    Placement.objects.filter(participant=centre.zahra).update(last_day=WEEK.sunday)

    said = later_page(centre)

    assert said.count("Gruppa Norsk A1 er avsluttet.") == 1
    assert said.count("Praksisen hos Solbakken barnehage er over.") == 1
    assert "<b>0 t</b> av 37,5 t" in said
    assert "Uka er på 0" in said
    assert "Kravet er oppfylt" not in said


def test_what_is_otherwise_since_is_told_without_ids(centre: Centre) -> None:
    """The group has another time and the workplace another place; an appointment is gone."""
    doctor = Appointment.objects.create(
        municipality=centre.town.municipality,
        participant=centre.zahra,
        name="Fastlegen",
        day=2,
        start=840,
        end=900,
        first_day=date(2026, 1, 1),
    )
    centre.keep()
    GroupSession.objects.filter(day=0).update(start=540, end=840)
    Workplace.objects.update(locality=locality(centre.town.municipality, "Nord"))
    doctor.delete()

    said = {who: later_page(centre, who) for who in (RAGNHILD, LIV)}

    told = re.findall(r"<li>([^<]*)</li>", said[RAGNHILD].partition('class="ds-alert told"')[2])
    assert told[:3] == [
        "Gruppa Norsk A1 møtes ikke slik lenger: tid eller sted er endret.",
        "Avtalen «Fastlegen» er ikke lenger som i uka.",
        "Solbakken barnehage har byttet sted siden uka ble laget.",
    ]
    assert "Uka er på" not in said[RAGNHILD]  # the meter tells what counts, by the week as kept
    assert "En egen avtale er ikke lenger som i uka." in said[LIV]
    assert "Fastlegen" not in said[LIV]


def test_a_programme_that_has_not_begun_has_no_week(centre: Centre) -> None:
    href = reverse("timetable:week", args=[centre.zahra.pk]) + "?uke=2025-W30"

    page = centre.town.browser(RAGNHILD).get(href).content.decode()

    assert "Programmet har ikke begynt i denne uka." in page
    assert "Foreslå en uke" not in page
