"""A person's week: what it shows, to whom, and taking it out of force."""

import re
from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from innpass.casework.placements.models import Placement
from innpass.casework.timetable.models import (
    Appointment,
    GroupSession,
    TeachingGroup,
    Workplace,
)
from innpass.casework.timetable.queries import weeks_in_force
from innpass.casework.timetable.services import Hand, keep_week
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


def test_a_week_that_has_begun_is_taken_back_from_a_week_on_with_a_reason(
    centre: Centre, settings: Any
) -> None:
    settings.INNPASS_TODAY = WEEK.next().sunday
    kept = centre.keep()
    browser = centre.town.browser(RAGNHILD)
    href = reverse("timetable:withdraw", args=[kept.pk])
    form = browser.get(href)
    assert [each.value for each in form.context["page"].weeks if each.is_selected] == [str(LATER)]

    without = browser.post(href, {"fra": str(WEEK.next()), "grunn": " "})
    assert without.status_code == 422
    assert "Skriv hvorfor. Uka har begynt" in without.content.decode()
    unknown = browser.post(href, {"fra": "2026-W01", "grunn": "Bytter gruppe"})
    assert unknown.status_code == 422
    assert "Velg en uke i lista." in unknown.content.decode()
    assert "Bytter gruppe" in unknown.content.decode()
    answer = browser.post(href, {"fra": str(WEEK.next()), "grunn": "Bytter gruppe"}, follow=True)

    assert "Timeplanen gjelder ikke lenger fra uke 25. Da gjelder" in answer.content.decode()
    assert "Det er ingen timeplan" in answer.content.decode()
    before = squeezed(browser.get(centre.href("week")))
    assert "Gjelder bare uke 24" in before
    assert "Trukket tilbake fra uke 25: Bytter gruppe" in before


def test_a_week_that_has_not_begun_is_taken_back_when_confirmed(
    centre: Centre, settings: Any
) -> None:
    settings.INNPASS_TODAY = WEEK.monday - timedelta(days=1)
    kept = centre.keep()
    browser = centre.town.browser(RAGNHILD)
    href = reverse("timetable:withdraw", args=[kept.pk])

    assert "har ikke begynt" in browser.get(href).content.decode()
    answer = browser.post(href, follow=True)

    assert "Timeplanen gjelder ikke lenger fra uke 24." in answer.content.decode()
    again = browser.post(href, follow=True)
    assert "var alt trukket tilbake" in again.content.decode()


def test_a_week_says_when_another_that_was_planned_before_takes_over(centre: Centre) -> None:
    """Whoever makes a week that ends because of it is told at once, and before."""
    ahead = keep_week(
        participant=centre.zahra,
        week=LATER,
        hand=Hand(frozenset({centre.norwegian.pk}), ()),
        only_this_week=False,
        reason="",
        expected=None,
        by=centre.town.actor(RAGNHILD),
    )
    browser = centre.town.browser(RAGNHILD)
    begun = squeezed(browser.get(centre.href("edit")))
    assert "Fra uke 24 til og med uke 25; fra uke 26 gjelder en annen" in begun

    answer = squeezed(browser.post(centre.href("edit"), {"act": "keep"}, follow=True))

    assert "Timeplanen er lagret. Den gjelder fra uke 24 til og med uke 25" in answer
    assert "Gjelder fra uke 24 til og med uke 25; fra uke 26 gjelder en annen" in answer
    held = weeks_in_force([centre.zahra.pk], week=LATER)[centre.zahra.pk]
    assert held.timetable == ahead.pk


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
    assert "Uka lar seg ikke gjennomføre" not in said
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


def test_of_one_that_another_takes_over_from_it_is_said_before_it_is_taken_back(
    centre: Centre, settings: Any
) -> None:
    settings.INNPASS_TODAY = WEEK.next().sunday
    kept = centre.keep()
    keep_week(
        participant=centre.zahra,
        week=LATER,
        hand=Hand(frozenset({centre.norwegian.pk}), ()),
        only_this_week=False,
        reason="",
        expected=kept.pk,
        by=centre.town.actor(RAGNHILD),
    )

    form = centre.town.browser(RAGNHILD).get(reverse("timetable:withdraw", args=[kept.pk]))

    assert "fra uke 24 til og med uke 25; fra uke 26 gjelder en annen" in squeezed(form)
