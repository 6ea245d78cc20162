"""Writing workbooks that a municipality can go on using: typed columns, real dates, no formulas."""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from itertools import groupby

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from innpass.domain.sheets.workbook import CellContent

_MOST_CHARACTERS = 32_767
_MOST_NAME_CHARACTERS = 31
_FORBIDDEN_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
# Excel counts 29 February 1900, which never was; earlier days cannot be told as dates.
_FIRST_TELLABLE_DAY = date(1900, 3, 1)
_PRINTED_ACROSS = 190  # characters that can be read on a page that is wider than high
_ROWS_THAT_SET_THE_WIDTH = 500
_NARROWEST, _WIDEST = 9, 46

_LINE_HEIGHT, _MOST_LINES = 15, 12

_INK, _QUIET, _RULE = "#1B2733", "#56636F", "#D3DAE1"
_HEADING, _GROUP = "#DCE7F0", "#1F4E6E"


class ColumnKind(StrEnum):
    """What the cells of a column are; text that a date or number column holds stays text."""

    TEXT = "text"
    DATE = "date"
    NUMBER = "number"
    WHOLE = "whole"


_NUMBER_FORMATS = {
    ColumnKind.TEXT: "@",
    ColumnKind.DATE: "dd.mm.yyyy",
    ColumnKind.NUMBER: "#,##0.0#",
    ColumnKind.WHOLE: "0",
}


@dataclass(frozen=True, slots=True)
class ColumnToWrite:
    """A column. Neighbours with the same ``group`` share a heading above their own.

    ``width`` is in characters; without it, the longest of the first cells decides. ``mark`` stands
    above everything in a hidden row, for the program that reads the file again.
    """

    heading: str
    kind: ColumnKind = ColumnKind.TEXT
    group: str = ""
    width: int | None = None
    mark: str = ""
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class SheetToWrite:
    """A table with what stands above it: a title and notes, one line each."""

    name: str
    columns: Sequence[ColumnToWrite]
    rows: Sequence[Sequence[CellContent]]
    title: str = ""
    notes: Sequence[str] = ()
    frozen_columns: int = 1


def write_workbook(
    sheets: Sequence[SheetToWrite], *, title: str = "", written_at: datetime | None = None
) -> bytes:
    """Write the sheets as .xlsx.

    Text is always written as text: what looks like a formula or an address stays harmless, and
    identity numbers keep their leading zero.

    Args:
        sheets: at least one; names are shortened and numbered where Excel needs it.
        title: the workbook's title in its properties.
        written_at: when, for the properties; the same moment gives the same bytes.
    """
    target = io.BytesIO()
    options = {
        # No temporary files: persons' numbers stay out of the folder that everybody may list.
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": False,
        "remove_timezone": True,
    }
    with xlsxwriter.Workbook(target, options) as workbook:
        workbook.set_properties({"title": title, "company": "Innpass", "created": written_at})
        formats = _Formats(workbook)
        for sheet, name in zip(sheets, _names(sheets), strict=True):
            _SheetWriter(workbook.add_worksheet(name), formats, sheet).write()
    return target.getvalue()


class _Formats:
    """The looks of cells, each made once for the workbook."""

    def __init__(self, workbook: xlsxwriter.Workbook) -> None:
        plain = {"font_name": "Calibri", "font_size": 11, "font_color": _INK, "valign": "top"}
        cell = {**plain, "bottom": 1, "bottom_color": _RULE}
        heading = {**plain, "bold": True, "text_wrap": True, "valign": "vcenter"}
        self.title = workbook.add_format({**plain, "font_size": 16, "bold": True})
        self.note = workbook.add_format({**plain, "font_color": _QUIET})
        self.heading = workbook.add_format(
            {**heading, "bg_color": _HEADING, "bottom": 2, "bottom_color": _GROUP}
        )
        self.no_group = workbook.add_format({**heading, "bg_color": _HEADING})
        self.group = workbook.add_format(
            {**heading, "bg_color": _GROUP, "font_color": "#FFFFFF", "left": 1, "left_color": _RULE}
        )
        self.cells: dict[ColumnKind, Format] = {
            # Dates stand left, as a list of days is read; numbers right, clear of the next column.
            kind: workbook.add_format({**cell, "num_format": shown, **_alignment(kind)})
            for kind, shown in _NUMBER_FORMATS.items()
        }
        left = _alignment(ColumnKind.DATE)
        self.instant = workbook.add_format({**cell, **left, "num_format": "dd.mm.yyyy hh:mm"})
        self.time = workbook.add_format({**cell, **left, "num_format": "hh:mm"})


def _alignment(kind: ColumnKind) -> dict[str, object]:
    if kind is ColumnKind.TEXT:
        return {"text_wrap": True}
    return {"align": "left"} if kind is ColumnKind.DATE else {"align": "right", "indent": 1}


class _SheetWriter:
    def __init__(self, worksheet: Worksheet, formats: _Formats, sheet: SheetToWrite) -> None:
        self.worksheet = worksheet
        self.formats = formats
        self.sheet = sheet
        self.row = 0

    def write(self) -> None:
        self.write_marks()
        self.write_above()
        self.write_headings()
        first_row = self.row
        widths = [_width(self.sheet, column) for column in range(len(self.sheet.columns))]
        for column, width in enumerate(widths):
            hidden = {"hidden": True} if self.sheet.columns[column].is_hidden else {}
            self.worksheet.set_column(column, column, width, None, hidden)
        for cells in self.sheet.rows:
            for column, cell in enumerate(cells):
                self.write_cell(column, cell)
            self.fit_height(cells, widths)
            self.row += 1
        self.finish(first_row)

    def write_marks(self) -> None:
        if any(column.mark for column in self.sheet.columns):
            for number, column in enumerate(self.sheet.columns):
                self.worksheet.write_string(0, number, column.mark, self.formats.note)
            self.worksheet.set_row(0, None, None, {"hidden": True})
            self.row = 1

    def write_above(self) -> None:
        first = self.row
        if self.sheet.title:
            self.worksheet.set_row(first, 26)
            self.worksheet.write_string(first, 0, _clean(self.sheet.title), self.formats.title)
            self.row += 1
        for note in self.sheet.notes:
            self.worksheet.write_string(self.row, 0, _clean(note), self.formats.note)
            self.row += 1
        # An empty row keeps the table apart, for readers and for Excel's own sense of a table.
        self.row += self.row > first

    def write_headings(self) -> None:
        columns = self.sheet.columns
        if any(column.group for column in columns):
            first = 0
            for group, members in groupby(columns, key=lambda column: column.group):
                last = first + len(list(members)) - 1
                self.write_group(first, last, group)
                first = last + 1
            self.row += 1
        for number, column in enumerate(columns):
            self.worksheet.write_string(
                self.row, number, _clean(column.heading), self.formats.heading
            )
        self.worksheet.set_row(self.row, 32)
        self.row += 1

    def write_group(self, first: int, last: int, group: str) -> None:
        if last > first and group:
            self.worksheet.merge_range(self.row, first, self.row, last, "", self.formats.group)
        form = self.formats.group if group else self.formats.no_group
        for column in range(first, last + 1):
            self.worksheet.write_blank(self.row, column, None, form)
        if group:
            self.worksheet.write_string(self.row, first, _clean(group), self.formats.group)

    def fit_height(self, cells: Sequence[CellContent], widths: list[int]) -> None:
        """Give a row with long text the height it needs; not every program does so by itself."""
        lines = max(
            (
                sum(-(-len(line) // (width + 3)) or 1 for line in cell.splitlines())
                for cell, width in zip(cells, widths, strict=False)
                if isinstance(cell, str) and len(cell) > _NARROWEST
            ),
            default=1,
        )
        if lines > 1:
            self.worksheet.set_row(self.row, _LINE_HEIGHT * min(lines, _MOST_LINES))

    def write_cell(self, column: int, cell: CellContent) -> None:
        kind = self.sheet.columns[column].kind
        form = self.formats.cells[kind]
        if isinstance(cell, bool):
            cell = "ja" if cell else "nei"
        if cell is None:
            self.worksheet.write_blank(self.row, column, None, form)
        elif isinstance(cell, date) and cell.year >= 1900 and _day(cell) >= _FIRST_TELLABLE_DAY:
            form = self.formats.instant if isinstance(cell, datetime) else form
            form = form if kind is ColumnKind.DATE else self.formats.cells[ColumnKind.DATE]
            self.worksheet.write_datetime(self.row, column, cell, form)
        elif isinstance(cell, time):
            self.worksheet.write_datetime(self.row, column, cell, self.formats.time)
        elif isinstance(cell, int | float) and kind is not ColumnKind.TEXT:
            self.worksheet.write_number(self.row, column, cell, form)
        else:
            # Text where a date or a number was expected looks, and wraps, like any text.
            self.worksheet.write_string(
                self.row, column, _clean(_as_text(cell)), self.formats.cells[ColumnKind.TEXT]
            )

    def is_shown(self, column: int) -> bool:
        return not self.sheet.columns[column].is_hidden

    def finish(self, first_row: int) -> None:
        last_row = max(self.row - 1, first_row)
        last_column = len(self.sheet.columns) - 1
        sheet = self.worksheet
        sheet.freeze_panes(first_row, min(self.sheet.frozen_columns, last_column))
        sheet.autofilter(first_row - 1, 0, last_row, last_column)
        sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{last_row + 1}"})
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(9)
        shown = (_width(self.sheet, at) for at in range(last_column + 1) if self.is_shown(at))
        across = max(1, -(-sum(shown) // _PRINTED_ACROSS))
        sheet.fit_to_pages(across, 0)
        sheet.repeat_rows(first_row - 1)
        if across > 1:  # who it is stands on every page
            sheet.repeat_columns(0, max(0, self.sheet.frozen_columns - 1))
        sheet.set_footer("&L&A&RSide &P av &N")


def _names(sheets: Sequence[SheetToWrite]) -> list[str]:
    names: list[str] = []
    for sheet in sheets:
        wanted = _FORBIDDEN_IN_NAMES.sub(" ", sheet.name).strip(" '") or "Ark"
        name, number = wanted[:_MOST_NAME_CHARACTERS], 1
        # Excel keeps "History" for itself.
        while name.lower() in {*map(str.lower, names), "history"}:
            number += 1
            ending = f" ({number})"
            name = wanted[: _MOST_NAME_CHARACTERS - len(ending)] + ending
        names.append(name)
    return names


def _width(sheet: SheetToWrite, column: int) -> int:
    about = sheet.columns[column]
    if about.width is not None:
        return about.width
    if about.kind is ColumnKind.DATE:
        return 12
    # A heading may break between words; the filter's button needs room as well.
    longest = max((len(word) for word in about.heading.split()), default=0) + 3
    for row in sheet.rows[:_ROWS_THAT_SET_THE_WIDTH]:
        if column < len(row) and row[column] is not None:
            longest = max(longest, len(_as_text(row[column])) + 1)
    return min(max(longest, _NARROWEST), _WIDEST)


def _clean(text: str) -> str:
    return _CONTROL.sub("", text)[:_MOST_CHARACTERS]


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _as_text(cell: CellContent) -> str:
    if isinstance(cell, date):
        return f"{cell.day:02}.{cell.month:02}.{cell.year}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
