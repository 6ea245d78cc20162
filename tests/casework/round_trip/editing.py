"""Somebody edits an exported sheet in another program: read, changed, and written anew."""

import io
from collections.abc import Callable
from datetime import date

import xlsxwriter

from innpass.domain.sheets.workbook import CellContent
from innpass.exchange.workbooks.reading import read_workbook

Cells = list[list[CellContent]]


def edit(content: bytes, change: Callable[[dict[str, Cells]], None]) -> bytes:
    """Let ``change`` do as it likes with the sheets' cells, and save them without any looks."""
    sheets = {
        sheet.name: [list(row) for row in sheet.rows]
        for sheet in read_workbook(content, file="ark.xlsx").sheets
    }
    change(sheets)
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False}) as book:
        day = book.add_format({"num_format": "dd.mm.yyyy"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, date):
                        sheet.write_datetime(number, column, cell, day)
                    elif isinstance(cell, str):
                        sheet.write_string(number, column, cell)
                    elif cell is not None:
                        sheet.write(number, column, cell)
    return target.getvalue()


def find(rows: Cells, name: str, heading: str) -> tuple[int, int]:
    """Return where somebody's cell under a heading is, counted from 0."""
    row = next(number for number, cells in enumerate(rows) if name in cells)
    column = next(cells.index(heading) for cells in rows if heading in cells)
    return row, column


def put(rows: Cells, name: str, heading: str, value: CellContent) -> None:
    """Write a value into somebody's cell."""
    row, column = find(rows, name, heading)
    rows[row] += [None] * (column + 1 - len(rows[row]))
    rows[row][column] = value
