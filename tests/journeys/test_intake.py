"""The adviser prepares a term and holds the talk on a phone; the teacher places people."""

from collections.abc import Callable
from datetime import date

import pytest
from django_scopes import scope
from playwright.sync_api import Page, expect

from innpass.casework.organisations.models import Municipality
from innpass.casework.participants.models import Participant
from innpass.casework.programme.models import Enrolment
from innpass.demo.management.commands.load_demo import make_staffed_municipality

pytestmark = pytest.mark.django_db(transaction=True)
NAMES = ("Amina", "Bohdan", "Celine", "Daria")


@pytest.fixture(autouse=True)
def settled(settings: object) -> None:
    """Let four newly settled people wait for the demo's staff."""
    settings.INNPASS_TODAY = date(2026, 6, 30)  # type: ignore[attr-defined]
    make_staffed_municipality()
    municipality = Municipality.objects.get()
    with scope(municipality=municipality):
        for name in NAMES:
            person = Participant.objects.create(municipality=municipality, name=name)
            Enrolment.objects.create(
                municipality=municipality, participant=person, offered_on=date(2026, 6, 1)
            )


def sign_in(page: Page, name: str) -> None:
    page.goto("/")
    page.get_by_role("button", name=name).click()
    expect(page).to_have_title("Deltakere – Innpass")


def open_intake(page: Page) -> None:
    menu = page.get_by_role("navigation", name="Hovedmeny", exact=True)
    menu.get_by_role("link", name="Inntak").click()


def make_term(page: Page) -> None:
    page.get_by_role("link", name="Ny termin").click()
    page.get_by_label("Navn på terminen").fill("August 2026")
    page.get_by_label("Første dag i programmet").fill("2026-08-17")
    page.get_by_label("Siste dag for å bli med").fill("2026-07-31")
    page.get_by_label("Færrest i en gruppe").fill("2")
    page.get_by_label("Flest i en gruppe").fill("3")
    page.get_by_role("button", name="Lag terminen").click()


def make_session(page: Page, day: str) -> None:
    page.get_by_role("link", name="Ny samtale").click()
    page.get_by_label("Dag", exact=True).fill(day)
    page.get_by_label("Begynner").fill("09:00")
    page.get_by_label("Leder samtalen").select_option(label="Kari Lunde")
    page.get_by_label("Praksisveileder som er med").select_option(label="Ingrid Tveit")
    page.get_by_role("button", name="Lagre samtalen").click()


def test_a_term_from_forecast_to_class(page: Page, accessible: Callable[[], None]) -> None:
    sign_in(page, "Kari Lunde")
    open_intake(page)
    accessible()
    make_term(page)
    expect(page.get_by_role("heading", name="August 2026", level=1)).to_be_visible()
    accessible()
    page.get_by_role("button", name="Ta inn de valgte").click()
    expect(page.get_by_role("status").first).to_contain_text("4 er tatt inn i terminen.")

    make_session(page, "2026-06-29")
    expect(page.get_by_role("alert")).to_contain_text("29. juni 2026, som er passert")
    accessible()
    page.get_by_label("Dag", exact=True).fill("2026-06-30")
    page.get_by_role("button", name="Lagre samtalen").click()
    make_session(page, "2026-07-08")

    page.get_by_role("link", name="Grupper", exact=True).last.click()
    page.get_by_role("button", name="Foreslå grupper").click()
    groups = page.locator("#groups")
    expect(groups).to_contain_text("Det finnes ingen bedre inndeling")
    accessible()

    # From the keyboard: choose the other group, and press the button beside it.
    where = page.get_by_label("Gruppe for Amina")
    other = "Gruppe 2" if where.locator("option:checked").inner_text() == "Gruppe 1" else "Gruppe 1"
    where.focus()
    page.keyboard.type(other)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(groups).to_contain_text(f"Amina er flyttet til {other}.")
    expect(groups).to_contain_text("har 1 personer. En gruppe skal helst ha minst 2.")
    expect(page.locator("#announcement")).to_contain_text("Amina er flyttet")
    expect(page.get_by_label("Gruppe for Amina")).to_be_focused()
    accessible()

    page.get_by_role("button", name="Avtal og inviter").click()
    expect(groups).to_contain_text("alle i dem er invitert")
    hold_the_talk(page, accessible)
    place_somebody(page, accessible)


def hold_the_talk(page: Page, accessible: Callable[[], None]) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto("/inntak/")
    page.get_by_role("link", name="tirsdag 30. juni").click()
    page.get_by_role("radio", name="Møtte ikke").first.check()
    page.get_by_role("button", name="Lagre, og resten møtte").click()
    expect(page.get_by_role("main")).to_contain_text("Oppmøtet er lagret.")
    accessible()
    page.get_by_label("Nytt spørsmål").fill("Skal Amina ha lønn?")
    page.get_by_role("button", name="Lagre spørsmålet").click()
    expect(page.get_by_role("alert")).to_contain_text("Navn på deltakere i terminen: Amina.")
    accessible()
    page.get_by_role("link", name="Invitasjoner").click()
    accessible()
    page.goto("/inntak/")
    expect(page.get_by_role("region", name="Møtte ikke til samtalen")).to_be_visible()
    accessible()
    page.set_viewport_size({"width": 1440, "height": 900})


def place_somebody(page: Page, accessible: Callable[[], None]) -> None:
    sign_in(page, "Liv Solheim")
    open_intake(page)
    page.get_by_role("link", name="August 2026").first.click()
    page.get_by_role("link", name="Klasser").last.click()
    accessible()
    page.get_by_label("Spor").first.select_option(label="Spor 2")
    page.get_by_role("button", name="Plasser Amina").click()
    expect(page.get_by_role("main")).to_contain_text("Amina er plassert.")
