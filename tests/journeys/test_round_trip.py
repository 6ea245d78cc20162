"""The overview goes out in the municipality's own sheet, is edited in LibreOffice, and comes in."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django_scopes import scope
from playwright.sync_api import Page, expect

from innpass.casework.imports.services import HandedOver, receive_files
from innpass.casework.jobs.running import run_one
from innpass.casework.organisations.queries import operator
from innpass.casework.reconciliation.services import apply_import
from innpass.demo.management.commands.load_demo import FOLDER, make_staffed_municipality
from innpass.domain.sheets.workbook import CellContent, cell_name
from innpass.exchange.workbooks.reading import read_workbook
from tests.casework.round_trip.editing import find
from tests.journeys.office import Edit, edited

TODAY = date(2026, 6, 30)
EDITS: list[tuple[int, str, str | date]] = [
    (7, "Programrådgiver", "Nora Vik"),
    (9, "Planlagt slutt", date(2027, 6, 30)),
    (12, "Merknad", "Ringer tilbake mandag"),
]


@pytest.fixture(autouse=True)
def _on_the_day_of_the_sample(settings: object) -> None:
    settings.INNPASS_TODAY = TODAY  # type: ignore[attr-defined]


def the_sample_is_imported() -> None:
    """Import the messy sample, as a day before this one."""
    municipality = make_staffed_municipality()
    with scope(municipality=municipality):
        by = operator(municipality)
        files = [HandedOver(path.name, path.read_bytes()) for path in sorted(FOLDER.glob("*.xlsx"))]
        apply_import(
            batch=receive_files(files=files, municipality=municipality, by=by, on=TODAY), by=by
        )


def exported(page: Page) -> bytes:
    """Export in the municipality's own layout, from the overview."""
    page.goto("/deltakere/")
    page.get_by_role("link", name="I deres eget oppsett").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Lag Excel-fil").click()
    return Path(download.value.path()).read_bytes()


def cells(content: bytes) -> dict[str, list[tuple[CellContent, ...]]]:
    """Return the sheets of people, without the keys, which are each export's own."""
    return {
        sheet.name: [row[:-1] for row in sheet.rows]
        for sheet in read_workbook(content, file="ark.xlsx").sheets
        if sheet.name != "Om filen"
    }


def edits_of(content: bytes) -> list[Edit]:
    """Return the three edits with the cells they are typed into, on the sheet of 2025."""
    rows = [list(row) for row in cells(content)["2025"]]
    found: list[Edit] = []
    for row, heading, value in EDITS:
        name = rows[row][0]
        assert isinstance(name, str)
        found.append(("2025", cell_name(*find(rows, name, heading)), value))
    return found


@pytest.mark.parametrize("suffix", [".xlsx", ".ods"])
@pytest.mark.django_db(transaction=True)
def test_three_cells_edited_in_libreoffice_change_and_nothing_else(
    suffix: str, page: Page, accessible: Callable[[], None], tmp_path: Path
) -> None:
    the_sample_is_imported()
    page.goto("/")
    page.get_by_role("button", name="Kari Lunde").click()
    expect(page).to_have_title("Deltakere – Innpass")
    page.goto("/regneark/")
    accessible()
    before = exported(page)
    edits = edits_of(before)
    file = edited(before, edits, folder=tmp_path, suffix=suffix)

    page.goto("/import/ny/")
    page.get_by_label("Regneark").set_input_files(str(file))
    page.get_by_role("button", name="Les filene").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    while run_one(worker="journey"):
        pass
    expect(page.get_by_role("heading", name="Endringer i arket")).to_be_visible(timeout=20_000)
    expect(page.locator("#edits tbody tr")).to_have_count(3)
    for text in ("Nora Vik", "30. jun. 2027", "Ringer tilbake mandag"):
        expect(page.locator("#edits")).to_contain_text(text)
    accessible()

    page.get_by_role("button", name="Ta i bruk").first.click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    accessible()
    assert run_one(worker="journey")
    expect(page.get_by_role("main")).to_contain_text("3 celler er ført inn.")
    expect(page.locator("#edits tbody tr")).to_have_count(0)
    accessible()
    address = page.url

    after = exported(page)
    wanted = cells(before)
    for sheet, cell, value in edits:
        rows = [list(row) for row in wanted[sheet]]
        row, column = _place(cell)
        rows[row] += [None] * (column + 1 - len(rows[row]))
        rows[row][column] = value
        wanted[sheet] = [tuple(row) for row in rows]
    assert _padded(cells(after)) == _padded(wanted)

    page.goto(address)
    page.get_by_role("button", name="Angre").click()
    expect(page.get_by_role("main")).to_contain_text("er tatt tilbake")
    assert _padded(cells(exported(page))) == _padded(cells(before))


def _place(cell: str) -> tuple[int, int]:
    letters = "".join(sign for sign in cell if sign.isalpha())
    column = 0
    for letter in letters:
        column = 26 * column + ord(letter) - ord("A") + 1
    return int(cell[len(letters) :]) - 1, column - 1


def _padded(
    sheets: dict[str, list[tuple[CellContent, ...]]],
) -> dict[str, list[tuple[CellContent, ...]]]:
    """Let rows be equal whether or not they end with empty cells."""
    return {
        name: [row + (None,) * (60 - len(row)) for row in rows] for name, rows in sheets.items()
    }
