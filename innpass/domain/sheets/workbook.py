"""A workbook as plain values: what the reader of bytes hands to the domain."""

from dataclasses import dataclass, field
from datetime import date, datetime, time

CellContent = None | str | int | float | bool | date | datetime | time


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells. Rows and columns count from 0; both ends are inclusive."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One worksheet, from cell A1. Rows may differ in length; an empty cell is ``None``."""

    name: str
    rows: tuple[tuple[CellContent, ...], ...]
    is_hidden: bool = False
    merged: tuple[Area, ...] = ()


@dataclass(frozen=True, slots=True)
class Workbook:
    """A file's worksheets in order. ``file`` is the name without folders.

    ``unread`` names, in Norwegian, what the file holds that is not read (macros, links, pictures).
    """

    file: str
    sheets: tuple[Sheet, ...]
    unread: tuple[str, ...] = field(default=())


def column_letters(column: int) -> str:
    """Spell a column counted from 0 as a spreadsheet does.

    Example:
        >>> column_letters(0), column_letters(26)
        ('A', 'AA')
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    """Name a cell by row and column counted from 0: ``cell_name(7, 16)`` is ``Q8``."""
    return f"{column_letters(column)}{row + 1}"
