"""The main path: from four sheets on a desk to one explained overview, by keyboard alone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

import innpass.demo
from innpass.casework.jobs.running import run_one
from innpass.demo.management.commands.load_demo import make_staffed_municipality

SHEETS = sorted((Path(innpass.demo.__file__).parent / "municipality_a" / "messy").glob("*.xlsx"))


@pytest.fixture(autouse=True)
def _on_the_day_of_the_sample(settings: object) -> None:
    """Pin the clock to the day the sample was written."""
    from datetime import date

    settings.INNPASS_TODAY = date(2026, 6, 30)  # type: ignore[attr-defined]


class Caseworker:
    """Somebody at a keyboard: tabs to what is wanted, and presses Enter."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def goes_to(self, target: Locator) -> None:
        """Press Tab until ``target`` has the focus; fail if it cannot be reached."""
        expect(target).to_be_visible()
        for _ in range(200):
            if target.evaluate("element => element === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        pytest.fail(f"no way to {target} by keyboard")

    def chooses(self, target: Locator) -> None:
        """Tab to ``target`` and press Enter."""
        self.goes_to(target)
        self.page.keyboard.press("Enter")


def the_worker_works() -> None:
    """Do every job that waits, as ``innpass worker`` would."""
    while run_one(worker="journey"):
        pass


@pytest.mark.main_path
@pytest.mark.django_db(transaction=True)
def test_from_four_sheets_to_an_explained_overview(
    page: Page, accessible: Callable[[], None]
) -> None:
    make_staffed_municipality()
    keyboard = Caseworker(page)

    page.goto("/")
    accessible()
    keyboard.chooses(page.get_by_role("button", name="Kari Lunde"))
    expect(page).to_have_title("Deltakere – Innpass")
    accessible()

    keyboard.chooses(page.get_by_role("main").get_by_role("link", name="Importer regneark"))
    page.get_by_label("Regneark").set_input_files([str(path) for path in SHEETS])
    accessible()
    keyboard.chooses(page.get_by_role("button", name="Les filene"))
    expect(page.get_by_role("progressbar")).to_be_visible()
    accessible()

    the_worker_works()
    apply = page.get_by_role("button", name="Ta i bruk").first
    expect(apply).to_be_visible(timeout=20_000)
    expect(page.get_by_role("main")).to_contain_text("150")
    accessible()
    keyboard.chooses(apply)
    expect(page.get_by_role("heading", name="Tar importen i bruk")).to_be_visible()
    the_worker_works()
    expect(page.get_by_role("heading", name="Importen er tatt i bruk")).to_be_visible(
        timeout=20_000
    )
    accessible()

    keyboard.chooses(page.get_by_role("banner").get_by_role("link", name="Deltakere"))
    expect(page).to_have_title("Deltakere – Innpass")
    accessible()
    keyboard.chooses(page.get_by_role("link", name="Under kravet"))
    expect(page.get_by_role("grid")).to_contain_text("Under kravet")
    keyboard.chooses(page.get_by_role("grid").get_by_role("row").nth(1).get_by_role("link"))
    expect(page.get_by_role("main")).to_contain_text("Kravet er ikke oppfylt")
    expect(page.get_by_role("main")).to_contain_text("integreringsforskriften § 43h")
    accessible()

    keyboard.chooses(page.get_by_role("navigation", name="Du er her").get_by_role("link").last)
    expect(page.get_by_role("list", name="Aktive filtre")).to_contain_text("Under kravet")
