"""Columns and views: a counter brings its own, and what is chosen is saved, shared and opened."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.usefixtures("demo")

SCREENS = ((1440, "light"), (1440, "dark"), (390, "light"), (390, "dark"), (320, "light"))


def sign_in(page: Page, name: str) -> None:
    page.goto("/")
    page.get_by_role("button", name=name).click()
    page.wait_for_url("**/deltakere/**")


def headings(page: Page) -> list[str]:
    """The columns after the name, as they stand."""
    found = page.locator("thead [data-column]")
    expect(found.first).to_be_visible()
    return [str(each.get_attribute("data-column")) for each in found.all()][1:]


def views(page: Page) -> Locator:
    return page.get_by_role("navigation", name="Visninger")


def looks_right(page: Page, accessible: Callable[[], None]) -> None:
    """Look at the page on every screen, then go back to the desk."""
    for width, scheme in (*SCREENS, SCREENS[0]):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        accessible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width


def test_a_counter_brings_its_columns_until_one_chooses(
    page: Page, accessible: Callable[[], None]
) -> None:
    sign_in(page, "Kari Lunde")
    usual = headings(page)

    page.get_by_role("link", name="Besøk nå").click()
    expect(page).to_have_url(re.compile("utvalg=besok"))
    of_visits = headings(page)
    assert of_visits[:2] == ["placement", "next_step"]
    assert len(of_visits) < len(usual)

    page.get_by_role("link", name="Kolonner").click()
    expect(page.get_by_role("main")).to_contain_text("følger kolonnene utvalget «Besøk nå»")
    looks_right(page, accessible)
    up = page.get_by_role("button", name="Flytt Neste steg opp")
    up.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Neste steg er nå nummer 1")).to_be_attached()
    # At the top there is no further up: the way down has the focus, in the same row.
    expect(page.get_by_role("button", name="Flytt Neste steg ned")).to_be_focused()
    page.get_by_role("checkbox", name="Lærer").uncheck()
    page.get_by_role("button", name="Lagre", exact=True).click()

    expect(page).to_have_url(re.compile("utvalg=besok"))
    expect(page.locator("#saved")).to_contain_text("Kolonnene er lagret.")
    chosen = [key for key in ["next_step", "placement", *of_visits[2:]] if key != "teacher"]
    assert headings(page) == chosen
    page.get_by_role("link", name="Under kravet").click()
    expect(page).to_have_url(re.compile("utvalg=under-kravet"))
    assert headings(page) == chosen

    page.get_by_role("link", name="Kolonner").click()
    page.get_by_role("button", name="La kolonnene følge utvalget").click()
    expect(page.locator("#saved")).to_contain_text("Kolonnene følger utvalget igjen.")
    assert headings(page)[:2] == ["status", "average"]


def test_a_view_is_saved_opened_changed_and_shared(
    page: Page, accessible: Callable[[], None]
) -> None:
    sign_in(page, "Kari Lunde")
    page.get_by_role("searchbox").fill("a")
    page.get_by_role("button", name="Søk", exact=True).click()
    expect(page.get_by_role("list", name="Aktive filtre")).to_contain_text("Søk: a")
    page.get_by_role("link", name="Under kravet").click()
    expect(page).to_have_url(re.compile("utvalg=under-kravet"))

    page.get_by_role("link", name="Lagre visning").click()
    expect(page.get_by_role("main")).to_contain_text("Søket «a» er ikke med")
    page.get_by_label("Navn").fill("Oppfølging i juli")
    page.get_by_label("Del med alle i Flyktningtjenesten").check()
    looks_right(page, accessible)
    page.get_by_role("button", name="Lagre", exact=True).click()

    expect(page.locator("#saved")).to_contain_text("Visningen «Oppfølging i juli» er lagret.")
    assert not re.search("oppf|juli|søk|sok", page.url, re.IGNORECASE)
    looks_right(page, accessible)

    views(page).get_by_role("link", name="Alle deltakere").click()
    expect(page).not_to_have_url(re.compile("utvalg"))
    views(page).get_by_role("link", name="Oppfølging i juli").click()
    expect(page).to_have_url(re.compile("utvalg=under-kravet"))
    expect(views(page).locator("[aria-current]")).to_contain_text("Oppfølging i juli")
    assert headings(page)[:2] == ["status", "average"]

    page.locator("#sort-average").click()
    expect(page.get_by_text("Du ser noe annet enn det som er lagret")).to_be_visible()
    looks_right(page, accessible)
    page.get_by_role("button", name="Lagre i visningen").click()
    expect(page.locator("#saved")).to_contain_text("Visningen «Oppfølging i juli» er endret.")
    expect(page.get_by_text("Du ser noe annet enn")).to_have_count(0)

    page.get_by_role("link", name="Ordne visninger").click()
    page.get_by_role("button", name="Åpne denne først").click()
    looks_right(page, accessible)
    page.get_by_role("banner").get_by_role("link", name="Deltakere").click()
    expect(page).to_have_url(re.compile("sorter=snitt.*visning="))

    page.context.clear_cookies()
    sign_in(page, "Ingrid Tveit")
    views(page).get_by_role("link", name="Oppfølging i juli").click()
    expect(page.get_by_role("list", name="Aktive filtre")).to_contain_text("Under kravet")
    page.context.clear_cookies()
    sign_in(page, "Odd Berge")
    expect(views(page)).to_have_count(0)
