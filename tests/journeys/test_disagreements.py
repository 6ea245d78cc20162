"""A disagreement is decided and reopened; the crosswalk leads from a gap to the form."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect


def sign_in(page: Page, username: str) -> None:
    page.goto("/")
    persona = page.locator(f"input[name=persona][value={username}]").locator("..")
    persona.get_by_role("button").click()
    page.wait_for_url("**/deltakere/**")


def menu(page: Page, name: str) -> None:
    found = page.get_by_role("navigation", name="Hovedmeny", exact=True)
    if not found.get_by_role("link", name=name).is_visible():
        found.get_by_text("Mer", exact=True).click()
    found.get_by_role("link", name=name).click()


@pytest.mark.usefixtures("demo")
def test_a_disagreement_is_decided_and_reopened(page: Page, accessible: Callable[[], None]) -> None:
    sign_in(page, "kari")
    menu(page, "Uenigheter")
    expect(page.get_by_role("heading", name="Uenigheter")).to_be_visible()
    accessible()

    ours = page.get_by_role("region", name="Flyktningtjenesten")
    name = ours.get_by_role("heading", level=3).get_by_role("link").first.inner_text()
    ours.get_by_role("link", name=f"Avgjør selv {name}, Planlagt slutt").click()
    accessible()
    page.get_by_label("5. jul. 2026").check()
    page.get_by_role("button", name="Avgjør").click()
    expect(page.get_by_role("alert").first).to_contain_text("Skriv kort hvorfor")
    accessible()
    page.get_by_label("Hvorfor?").fill("Forlengelsen ble trukket")
    page.get_by_role("button", name="Avgjør").click()

    expect(page.get_by_role("status").first).to_contain_text("Avgjort")
    page.get_by_role("link", name="Avgjort").click()
    expect(page.get_by_role("main")).to_contain_text("Forlengelsen ble trukket")
    accessible()
    page.get_by_role("button", name=f"Åpne igjen {name}, Planlagt slutt").click()

    expect(page.get_by_role("main")).to_contain_text("Åpnet igjen")
    menu(page, "Uenigheter")
    expect(page.get_by_role("link", name=f"Avgjør selv {name}, Planlagt slutt")).to_be_visible()


@pytest.mark.usefixtures("demo")
def test_the_crosswalk_leads_from_a_gap_to_the_form(
    page: Page, accessible: Callable[[], None]
) -> None:
    sign_in(page, "kari")
    menu(page, "Numre")
    accessible()
    page.get_by_role("link", name="Mangler nummer").click()
    page.get_by_role("link", name="Flyktningtjenesten").click()
    assert page.url.endswith("/numre/?feil=uten-nummer&eier=refugee")
    rows = page.get_by_role("row")
    people = rows.count() - 1
    expect(page.get_by_role("heading", level=2)).to_have_text(f"{people} personer")
    accessible()

    page.get_by_role("link", name="Før inn nummeret").first.click()

    expect(page.get_by_role("main")).to_contain_text("Visma-nummer, flyktning")


@pytest.mark.usefixtures("demo")
def test_a_teacher_sees_the_own_column_of_the_crosswalk(
    page: Page, accessible: Callable[[], None]
) -> None:
    sign_in(page, "liv")
    menu(page, "Numre")
    page.get_by_role("link", name="Alle personer").click()

    expect(page.get_by_role("columnheader")).to_have_text(["Navn", "Å rette", "Visma, læring"])
    accessible()
