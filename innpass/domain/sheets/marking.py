"""The marks in a workbook that Innpass wrote to be read again: which export, columns and rows.

They stand in cells, since nothing else survives every program: a hidden row above everything names
the columns (``#17``), and a hidden column, which it names by the export, holds the rows' keys.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from innpass.domain.sheets.workbook import CellContent, Sheet, Workbook, column_letters

_MARK = "innpass-eksport:"
_COLUMN = re.compile(r"#(\d{1,5})")
_KEY = re.compile(r"r[0-9a-f]{10}")
_EXPORT = re.compile(re.escape(_MARK) + r"([0-9a-f-]{36})")


class BrokenMark(ValueError):
    """A workbook says that Innpass wrote it, but not any longer which export it is."""


@dataclass(frozen=True, slots=True)
class MarkedRow:
    """A row below the marks. ``cells`` is by the columns' numbers; ``key`` is empty for a new row.

    ``places`` names the cells as the program that saved the file did.
    """

    sheet: str
    number: int
    key: str
    cells: Mapping[int, CellContent]
    places: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class MarkedSheet:
    """A sheet with marks: the numbers of its columns, and its rows with something in them."""

    name: str
    columns: frozenset[int]
    rows: tuple[MarkedRow, ...]


def export_mark(export: UUID) -> str:
    """Return what names an export in a cell."""
    return f"{_MARK}{export}"


def column_mark(number: int) -> str:
    """Return what names a column in a cell."""
    return f"#{number}"


def export_of(workbook: Workbook) -> UUID | None:
    """Return which export a workbook is, or ``None`` where Innpass did not write it.

    Raises:
        BrokenMark: it is one, but the mark is no longer whole.
    """
    for sheet in workbook.sheets:
        for cells in sheet.rows:
            for content in cells:
                if isinstance(content, str) and content.startswith(_MARK):
                    return _export(content)
    return None


def is_marked(workbook: Workbook) -> bool:
    """Say whether Innpass wrote a workbook to be read again, whole or not."""
    try:
        return export_of(workbook) is not None
    except BrokenMark:
        return True


def _export(content: str) -> UUID:
    found = _EXPORT.fullmatch(content.strip())
    try:
        return UUID(found[1] if found else "")
    except ValueError:
        raise BrokenMark(content) from None


def marked_sheets(workbook: Workbook) -> tuple[MarkedSheet, ...]:
    """Return the sheets with marked columns, wherever the columns and rows have been moved."""
    found = (_marked(sheet) for sheet in workbook.sheets)
    return tuple(sheet for sheet in found if sheet is not None)


def _marked(sheet: Sheet) -> MarkedSheet | None:
    for index, cells in enumerate(sheet.rows):
        columns = {
            at: int(found[1])
            for at, content in enumerate(cells)
            if isinstance(content, str) and (found := _COLUMN.fullmatch(content.strip()))
        }
        keys = [
            at
            for at, content in enumerate(cells)
            if isinstance(content, str) and content.startswith(_MARK)
        ]
        if columns and keys:
            return _sheet(sheet, index, columns, keys[0])
    return None


def _sheet(sheet: Sheet, marks: int, columns: Mapping[int, int], keys: int) -> MarkedSheet:
    rows = []
    for index, cells in enumerate(sheet.rows):
        if index == marks:
            continue
        content = cells[keys] if keys < len(cells) else None
        key = content.strip() if isinstance(content, str) else ""
        filled = {number: cells[at] for at, number in columns.items() if at < len(cells)}
        is_known = bool(_KEY.fullmatch(key))
        if not is_known and all(one is None or one == "" for one in filled.values()):
            continue
        places = {number: f"{column_letters(at)}{index + 1}" for at, number in columns.items()}
        rows.append(MarkedRow(sheet.name, index + 1, key if is_known else "", filled, places))
    return MarkedSheet(sheet.name, frozenset(columns.values()), tuple(rows))
