"""A column that nobody understood is given a meaning, which holds next month, too."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from innpass.casework.jobs.running import run_one
from innpass.demo.management.commands.load_demo import make_staffed_municipality
from tests.journeys.test_every_page import SCREENS, fits, show
from tests.web.mapping.test_columns import odd_sheet


@pytest.fixture(autouse=True)
def _on_the_day_of_the_sample(settings: object) -> None:
    settings.INNPASS_TODAY = date(2026, 6, 30)  # type: ignore[attr-defined]


def the_worker_works() -> None:
    while run_one(worker="journey"):
        pass


def hand_in(page: Page, file: Path) -> None:
    page.goto("/import/ny/")
    page.get_by_label("Regneark").set_input_files(str(file))
    page.get_by_role("button", name="Les filene").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    the_worker_works()
    expect(page.get_by_role("heading", name="Dette vil skje")).to_be_visible(timeout=20_000)


@pytest.mark.django_db(transaction=True)
def test_a_column_is_given_a_meaning_and_keeps_it(
    page: Page, accessible: Callable[[], None], tmp_path: Path
) -> None:
    make_staffed_municipality()
    page.goto("/")
    page.get_by_role("button", name="Kari Lunde").click()
    june, july = tmp_path / "flyktning juni.xlsx", tmp_path / "flyktning juli.xlsx"
    june.write_bytes(odd_sheet())
    july.write_bytes(odd_sheet(**{"Omfang (%)": 50}))

    hand_in(page, june)
    page.get_by_role("link", name="Se og velg hva kolonnene betyr").click()
    address = page.url
    for width, scheme in SCREENS:
        show(page, width, scheme)
        page.goto(address)
        accessible()
        assert fits(page), width
    show(page, 1440, "light")
    column = page.get_by_label("Leses som – Kolonne1")
    expect(page.get_by_role("main")).to_contain_text("Nora Vik")
    column.select_option(label="Praksisveileder")
    page.get_by_role("button", name="Bruk valgene og les filen på nytt").click()
    the_worker_works()
    expect(page.get_by_role("heading", name="Dette vil skje")).to_be_visible(timeout=20_000)

    hand_in(page, july)
    page.get_by_role("link", name="Se og velg hva kolonnene betyr").click()
    expect(page.get_by_role("main")).to_contain_text("Etter kommunens valg")
    expect(column).to_have_value("programme.supervisor")
