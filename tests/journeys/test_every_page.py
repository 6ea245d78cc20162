"""Every page, wide and narrow, light and dark: accessible, and never wider than the screen."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from innpass.demo.personas import STAFF

PAGES = (
    "/",
    "/deltakere/",
    "/deltakere/?vis=alle&sorter=-navn&side=2",
    "/deltakere/?status=met&spor=9",
    "/sporsmal/",
    "/uenigheter/",
    "/uenigheter/avgjort/",
    "/numre/",
    "/sporsmal/svar/?vis=alle",
    "/import/",
    "/import/ny/",
    "/resultater/",
    "/resultater/?dato=tull",
    "/frister/?klokke=plan",
    "/regelverk/",
    "/regelverk/tema/work_oriented_hours/hvem/",
    "/registrering/",
    "/registrering/?til=tull",
    "/registrering/for-slutt/",
    "/registrering/koder/",
    "/oppmote/?dag=2026-06-29",
    "/oppmote/oppfolging/",
    "/inntak/",
    "/praksis/?hvem=alle",
    "/praksis/ny/",
    "/inntak/tolk/",
    "/oppfolging/?hvem=alle",
    "/oppfolging/liste/venter/?hvem=alle",
    "/oppfolging/kontrakter/",
    "/oppsok/",
    "/oppsok/dialog/",
    "/norskmodeller/modell/autumn-2025/",
    "/norskmodeller/sett/",
    "/administrasjon/felter/",
    "/administrasjon/beskyttet-adresse/",
)
# What differs between the schemes is contrast, and between widths the layout: every rule is checked
# at both widths and contrast on all four; the narrowest screen shows whether the page fits.
CONTRAST = ("color-contrast",)
CHECKED: tuple[tuple[int, str, tuple[str, ...]], ...] = (
    (1440, "light", ()),
    (1440, "dark", CONTRAST),
    (390, "light", CONTRAST),
    (390, "dark", ()),
)
NARROWEST = 320
SCREENS = ((1440, "light"), (1440, "dark"), (390, "light"), (390, "dark"), (NARROWEST, "light"))


def sign_in(page: Page, username: str) -> None:
    page.goto("/")
    page.locator(f"input[name=persona][value={username}]").locator("..").get_by_role(
        "button"
    ).click()
    page.wait_for_url("**/deltakere/**")


def show(page: Page, width: int, scheme: str) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")


def fits(page: Page) -> bool:
    """Say whether nothing makes the page wider than the screen."""
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return int(wide) <= 0


@pytest.mark.slow
@pytest.mark.usefixtures("demo")
def test_every_page_on_every_screen(page: Page, accessible: Callable[..., None]) -> None:
    sign_in(page, "kari")
    person = page.locator("table a.who").first.get_attribute("href")
    assert person
    page.goto("/sporsmal/")
    question = page.get_by_role("main").get_by_role("link", name="Svar på spørsmål")
    asked = question.get_attribute("href")
    assert asked
    page.goto(f"{person}plan/")
    page.get_by_role("main").get_by_role("button", name="Lag").click()
    plan = (f"{person}plan/", f"{person}plan/kladd/")
    page.goto("/inntak/")
    term = page.locator(".term-card a").first.get_attribute("href")
    talk = page.locator(".talk a").first.get_attribute("href")
    assert term
    assert talk
    intake = (term, f"{term}grupper/", f"{term}klasser/", talk)
    page.goto("/praksis/?hvem=alle&venter=participant")
    case = page.locator(".case-card__name").first.get_attribute("href")
    assert case
    placing = (case, f"{case}avslutt/", f"{case}skriv-under/participant/?sprak=ar")
    for address in (*PAGES, person, *plan, asked, *intake, *placing):
        show(page, 1440, "light")
        answer = page.goto(address)
        assert answer is not None
        if answer.status != 200:  # what is not right is told with a sentence, not a page lost
            assert answer.status == 422
        for width, scheme, rules in CHECKED:
            show(page, width, scheme)
            accessible(*rules)
            assert fits(page), f"{address} at {width}"
        show(page, NARROWEST, "light")
        assert fits(page), f"{address} at {NARROWEST}"


@pytest.mark.slow
@pytest.mark.usefixtures("demo")
def test_each_role_meets_only_doors_that_open(page: Page, accessible: Callable[..., None]) -> None:
    seen: set[str] = set()
    for person in STAFF:
        sign_in(page, person.username)
        accessible()
        menu = page.get_by_role("navigation", name="Hovedmeny", exact=True)
        menu.get_by_text("Mer", exact=True).click()
        accessible()
        doors = menu.get_by_role("link")
        for address in [str(door.get_attribute("href")) for door in doors.all()]:
            answer = page.goto(address)
            assert answer is not None
            assert answer.status == 200, f"{person.username} at {address}"
            if address not in seen:
                accessible()
            seen.add(address)
