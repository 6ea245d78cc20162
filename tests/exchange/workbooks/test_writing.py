"""What is written can be read again, looks right in Excel, and does nothing by itself."""

import io
import zipfile
from datetime import date, datetime, time

import pytest

from innpass.domain.sheets.workbook import CellContent
from innpass.exchange.workbooks.reading import read_workbook
from innpass.exchange.workbooks.writing import (
    ColumnKind,
    ColumnToWrite,
    SheetToWrite,
    write_workbook,
)

COLUMNS = (
    ColumnToWrite("Navn", group="Deltaker"),
    ColumnToWrite("Født", ColumnKind.DATE, group="Deltaker"),
    ColumnToWrite("Fnr", group="Deltaker"),
    ColumnToWrite("Timer", ColumnKind.NUMBER, group="Praksis"),
    ColumnToWrite("Spor", ColumnKind.WHOLE),
)
PLAIN_COLUMNS = tuple(ColumnToWrite(column.heading, column.kind) for column in COLUMNS)
ROWS: tuple[tuple[CellContent, ...], ...] = (
    ("Åse Ødegård", date(1983, 4, 26), "01848362051", 22.5, 2),
    ("Олександр", None, None, None, 3),
    ("Kari", "ca. uke 34", "x", 7.0, None),
)


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode()


def test_what_is_written_is_read_again() -> None:
    content = write_workbook([SheetToWrite("Deltakere", PLAIN_COLUMNS, ROWS)])

    (sheet,) = read_workbook(content, file="a.xlsx").sheets

    assert sheet.name == "Deltakere"
    assert sheet.rows == (
        ("Navn", "Født", "Fnr", "Timer", "Spor"),
        ROWS[0],
        ROWS[1],
        ROWS[2][:4],
    )


def test_title_notes_and_groups_stand_above_the_table() -> None:
    content = write_workbook(
        [SheetToWrite("Ark", COLUMNS, ROWS, title="Oversikt", notes=("Filter: ingen",))]
    )

    (sheet,) = read_workbook(content, file="a.xlsx").sheets

    assert sheet.rows[:5] == (
        ("Oversikt",),
        ("Filter: ingen",),
        (),
        ("Deltaker", None, None, "Praksis"),
        ("Navn", "Født", "Fnr", "Timer", "Spor"),
    )
    assert [(area.first_column, area.last_column) for area in sheet.merged] == [(0, 2)]


def test_headings_are_frozen_and_rows_can_be_filtered() -> None:
    markup = part(
        write_workbook([SheetToWrite("Ark", PLAIN_COLUMNS, ROWS)]), "xl/worksheets/sheet1.xml"
    )

    assert 'topLeftCell="B2"' in markup
    assert '<autoFilter ref="A1:E4"/>' in markup


@pytest.mark.parametrize(
    "text",
    ["=1+1", "{=1+1}", "+1", "-1", "@SUM(A1)", "http://x.no", "mailto:a@b.no", "internal:A1", "7"],
)
def test_text_is_never_a_formula_an_address_or_a_number(text: str) -> None:
    content = write_workbook([SheetToWrite("Ark", PLAIN_COLUMNS, [(text, text, text, text, text)])])

    assert read_workbook(content, file="a.xlsx").sheets[0].rows[1] == (text,) * 5
    assert "<f>" not in part(content, "xl/worksheets/sheet1.xml")
    assert "hyperlink" not in part(content, "xl/worksheets/sheet1.xml")


def test_dates_are_real_dates_in_the_norwegian_form() -> None:
    content = write_workbook([SheetToWrite("Ark", PLAIN_COLUMNS, ROWS)])

    assert 'formatCode="dd.mm.yyyy"' in part(content, "xl/styles.xml")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (datetime(2024, 3, 12, 10, 30), datetime(2024, 3, 12, 10, 30)),
        (time(10, 30), time(10, 30)),
        (date(1850, 1, 2), "02.01.1850"),
        (True, "ja"),
        (False, "nei"),
        ("linje 1\nlinje 2", "linje 1\nlinje 2"),
        ("med\x00styretegn\x1f", "medstyretegn"),
        ("x" * 40_000, "x" * 32_767),
    ],
)
def test_odd_cells_are_written_as_well_as_can_be(cell: CellContent, expected: CellContent) -> None:
    column = ColumnToWrite("Dag", ColumnKind.DATE)

    content = write_workbook([SheetToWrite("Ark", (column,), [(cell,)])])

    assert read_workbook(content, file="a.xlsx").sheets[0].rows[1] == (expected,)


def test_numbers_in_a_text_column_are_text() -> None:
    content = write_workbook([SheetToWrite("Ark", COLUMNS[:1], [(7.0,), (7,), (7.5,)])])

    assert read_workbook(content, file="a.xlsx").sheets[0].rows[2:] == (("7",), ("7",), ("7.5",))


def test_sheet_names_are_made_fit_and_kept_apart() -> None:
    names = ("Praksis/kommune: [2024]", "x" * 40, "X" * 40, "", "History")

    content = write_workbook([SheetToWrite(name, PLAIN_COLUMNS, ROWS) for name in names])

    assert [sheet.name for sheet in read_workbook(content, file="a.xlsx").sheets] == [
        "Praksis kommune   2024",
        "x" * 31,
        "X" * 27 + " (2)",
        "Ark",
        "History (2)",
    ]


def test_the_same_moment_gives_the_same_bytes() -> None:
    sheets = [SheetToWrite("Ark", COLUMNS, ROWS)]
    moment = datetime(2024, 3, 12)

    assert write_workbook(sheets, written_at=moment) == write_workbook(sheets, written_at=moment)


def test_many_columns_are_printed_on_several_pages_with_who_it_is_on_each() -> None:
    many = [ColumnToWrite(f"Felt {number}", width=20) for number in range(40)]

    wide = write_workbook([SheetToWrite("Alt", many, [])])
    narrow = write_workbook([SheetToWrite("Lite", many[:5], [])])

    assert 'fitToWidth="5"' in part(wide, "xl/worksheets/sheet1.xml")
    assert "$A:$A" in part(wide, "xl/workbook.xml")
    assert "fitToWidth" not in part(narrow, "xl/worksheets/sheet1.xml")
    assert "$A:$A" not in part(narrow, "xl/workbook.xml")
