"""The adviser makes a place, a room and a group, and somebody gets it proposed."""

from collections.abc import Callable
from datetime import date

import pytest
from django.urls import reverse
from django_scopes import scope
from playwright.sync_api import Page, expect

from innpass.casework.organisations.models import Municipality
from innpass.casework.organisations.queries import operator
from innpass.casework.participants.models import Participant
from innpass.casework.timetable.models import TeachingGroup
from innpass.casework.timetable.proposing import propose_week
from innpass.casework.training.models import Schooling
from innpass.demo.management.commands.load_demo import make_staffed_municipality
from innpass.domain.periods import IsoWeek
from tests.casework.reconciliation import little
from tests.casework.reconciliation.importing import take_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def lillevik(settings: object) -> Municipality:
    settings.INNPASS_TODAY = date(2026, 6, 30)  # type: ignore[attr-defined]
    make_staffed_municipality()
    municipality = Municipality.objects.get()
    with scope(municipality=municipality):
        take_in(municipality, {"flyktning.xlsx": little.refugee()})
        amina = Participant.objects.get(given_name="Amina")
        Schooling.objects.update_or_create(
            municipality=municipality, participant=amina, defaults={"class_name": "Norsk sommer"}
        )
    return municipality


def test_a_group_is_made_and_proposed(
    page: Page, accessible: Callable[[], None], lillevik: Municipality
) -> None:
    page.goto("/")
    page.get_by_role("button", name="Kari Lunde").click()
    expect(page).to_have_title("Deltakere – Innpass")
    page.goto(reverse("teaching:groups"))
    tabs = page.get_by_role("navigation", name="Grupper og arbeidssteder")
    accessible()

    tabs.get_by_role("link", name="Steder og reisetid").click()
    page.get_by_label("Navn").first.fill("Voksenopplæringen")
    accessible()
    page.get_by_role("button", name="Lagre").last.click()
    tabs.get_by_role("link", name="Rom", exact=True).click()
    page.get_by_label("Navn").first.fill("Rom 101")
    page.get_by_role("button", name="Lagre").last.click()
    expect(page.get_by_label("Navn").first).to_have_value("Rom 101")
    accessible()

    tabs.get_by_role("link", name="Grupper", exact=True).click()
    page.get_by_role("link", name="Ny gruppe").click()
    page.get_by_label("Navn").fill("Norsk sommer")
    page.get_by_label("Fra og til").first.fill("8.30-9")
    page.get_by_label("Timer", exact=True).first.fill("6")
    page.get_by_label("Rom").first.select_option(label="Rom 101 (16)")
    page.get_by_role("button", name="Lagre gruppa").click()
    expect(page.get_by_role("alert")).to_contain_text("6 timer på 45 minutter får ikke plass")
    accessible()
    page.get_by_label("Fra og til").first.fill("8.30-13.30")
    page.get_by_role("button", name="Lagre gruppa").click()
    expect(page.get_by_role("heading", name="Norsk sommer")).to_be_visible()
    accessible()

    with scope(municipality=lillevik):
        amina = Participant.objects.get(given_name="Amina")
        made = TeachingGroup.objects.get()
        proposed = propose_week(participant=amina, week=IsoWeek(2026, 28), by=operator(lillevik))
        assert [block[4] for block in proposed.blocks or ()] == [str(made.pk)]
    page.goto(reverse("teaching:ties", args=[amina.pk]))
    accessible()
    page.get_by_role("textbox", name="Avtale", exact=True).first.fill("Fysioterapi")
    page.get_by_label("Fra og til").first.fill("14-15")
    page.get_by_role("button", name="Lagre").last.click()
    expect(page.get_by_role("textbox", name="Avtale", exact=True).first).to_have_value(
        "Fysioterapi"
    )
