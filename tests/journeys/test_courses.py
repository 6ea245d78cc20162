"""A cell of a course model is edited; somebody on it sees the new version only when moved."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django_scopes import scope
from playwright.sync_api import Page, expect

from innpass.casework.organisations.models import Municipality
from innpass.casework.participants.models import Participant
from innpass.casework.programme.models import Enrolment
from innpass.casework.training.models import Schooling
from innpass.demo.management.commands.load_demo import make_staffed_municipality
from tests.casework.reconciliation import little
from tests.casework.reconciliation.importing import take_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def amina(settings: object) -> str:
    """Let Amina have begun in August on track 2; return where her course is."""
    settings.INNPASS_TODAY = date(2026, 6, 30)  # type: ignore[attr-defined]
    make_staffed_municipality()
    municipality = Municipality.objects.get()
    with scope(municipality=municipality):
        take_in(municipality, {"flyktning.xlsx": little.refugee()})
        person = Participant.objects.get(given_name="Amina")
        Enrolment.objects.filter(participant=person).update(first_day=date(2025, 8, 4))
        Schooling.objects.update_or_create(
            participant=person, defaults={"municipality": municipality, "track": 2}
        )
    return f"/norskmodeller/deltaker/{person.pk}/"


def test_an_edit_reaches_somebody_only_when_moved(
    page: Page, amina: str, accessible: Callable[[], None]
) -> None:
    page.goto("/")
    page.get_by_role("button", name="Liv Solheim").click()
    expect(page).to_have_title("Deltakere – Innpass")

    # She is put on what Innpass suggests.
    page.goto(amina)
    expect(page.get_by_text("Foreslått")).to_be_visible()
    accessible()
    page.get_by_role("link", name="Velg modell og spor").click()
    accessible()
    page.get_by_role("button", name="Lagre", exact=True).click()
    expect(page.get_by_text("Foreslått")).to_have_count(0)
    expect(page.get_by_text("Mangler: 2,5 t til full uke.")).to_be_visible()

    # The teacher fills her week in the model; the sums follow what is typed.
    page.get_by_role("link", name="Se modellen").click()
    accessible()
    page.get_by_role("link", name=re.compile(r"Endre ruten\s*: \+6 mnd, Spor 2")).click()
    accessible()
    line = page.get_by_role("group", name="Uke 1 i ruten").get_by_role("group", name="Linje 3")
    line.get_by_label("Aktivitet").select_option("Yrkesnorsk")
    line.get_by_label("Når og hvor").select_option("på en dag som er der fra før")
    line.get_by_label("Timer hver dag").fill("2")
    page.get_by_label("Hvorfor?").fill("Uka skal være full")
    sums = page.get_by_role("complementary", name="Uka mot loven")
    expect(sums.get_by_text("Full uke, og nok arbeidsrettet tid.")).to_have_count(2)
    page.get_by_role("button", name="Lagre som ny versjon").last.click()
    expect(page.get_by_text("Lagret som versjon 1")).to_be_visible()
    expect(page.get_by_text("1 er satt på den")).to_be_visible()
    accessible()

    # She keeps hers until somebody moves her.
    page.goto(amina)
    expect(page.get_by_text("Mangler: 2,5 t til full uke.")).to_be_visible()
    page.get_by_role("link", name="Velg modell og spor").click()
    page.get_by_label("Modell", exact=True).select_option("Modell 3, høsten 2025, versjon 1")
    page.get_by_role("button", name="Lagre", exact=True).click()
    expect(page.get_by_role("alert").first).to_contain_text("Skriv hvorfor modellen")
    accessible()
    page.get_by_label("Hvorfor?").fill("Skal ha full uke")
    page.get_by_role("button", name="Lagre", exact=True).click()
    expect(page.get_by_text("Full uke, og nok arbeidsrettet tid.")).to_be_visible()
    accessible()

    # A week of her own for the summer.
    page.get_by_role("link", name="Nytt avvik").click()
    page.get_by_label("Uke", exact=True).select_option("Egen uke, som skrives under")
    page.locator("summary", has_text="Egen uke").click()
    accessible()
    own = page.get_by_role("group", name="Linje 1")
    own.get_by_label("Aktivitet").select_option("Arbeid på deltid")
    own.get_by_label("Timene er").select_option("klokketimer, 60 min")
    own.get_by_label("Timer hver dag").fill("5 x 7,5")
    page.get_by_label("Til og med").fill("31.07.2026")
    page.get_by_label("Hvorfor?").fill("Sommerjobb i butikken")
    page.get_by_role("button", name="Lagre", exact=True).last.click()
    expect(page.get_by_text("Avvik fra 30. juni 2026 til og med 31. juli 2026.")).to_be_visible()
    accessible()
