"""What Innpass writes into a sheet is found again, and read as what was meant."""

from uuid import UUID

import pytest

from innpass.domain.sheets.codes import read_code, word_of
from innpass.domain.sheets.fields import FIELDS, FieldType
from innpass.domain.sheets.marking import (
    BrokenMark,
    column_mark,
    export_mark,
    export_of,
    is_marked,
    marked_sheets,
)
from innpass.domain.sheets.workbook import CellContent, Sheet, Workbook

EXPORT = UUID("11111111-2222-4333-8444-555555555555")
KEY = "r0123456789"
MARKS: tuple[CellContent, ...] = (column_mark(4), column_mark(7), export_mark(EXPORT))


def book(*rows: tuple[CellContent, ...]) -> Workbook:
    return Workbook("ark.xlsx", (Sheet("2026", rows),))


@pytest.mark.parametrize(
    ("field", "code"),
    [
        (field.name, str(code))
        for field in FIELDS.values()
        if field.type is FieldType.CODE and field.codes
        for code in field.codes
    ],
)
def test_the_word_of_a_code_reads_as_the_code(field: str, code: str) -> None:
    found = read_code(word_of(code, field=field), field=field)

    assert found is not None
    assert found.value == code


def test_an_ordinary_sheet_has_no_mark() -> None:
    assert export_of(book(("Navn", "#1"), ("Amina", KEY))) is None
    assert marked_sheets(book(("#4", "#7"), ("Amina", KEY))) == ()


def test_a_mark_that_is_not_whole_is_told_from_none() -> None:
    cut = book(("#4", "innpass-eksport:1111"))

    assert is_marked(cut)
    with pytest.raises(BrokenMark):
        export_of(cut)


def test_rows_are_found_wherever_the_marks_have_been_moved() -> None:
    moved = book((), ("Amina", "x", f" {KEY} "), (None, "y", None), (), MARKS)
    (sheet,) = marked_sheets(moved)

    assert export_of(moved) == EXPORT
    assert sheet.columns == {4, 7}
    assert [(row.key, row.number, row.cells[7]) for row in sheet.rows] == [
        (KEY, 2, "x"),
        ("", 3, "y"),
    ]
    assert sheet.rows[0].places == {4: "A2", 7: "B2"}
