"""Write plain tables as .xlsx, .ods, .xls or .csv, with merged areas and hidden sheets."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import xlsxwriter
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style, TableProperties
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P

Value = str | float | bool | date | None
Area = tuple[int, int, int, int]


@dataclass(slots=True)
class Sheet:
    """One sheet to be written: rows of values, merged areas as row, column, last row, last."""

    name: str
    rows: list[list[Value]] = field(default_factory=list)
    merged: list[Area] = field(default_factory=list)
    hidden: bool = False


def write(path: Path, sheets: Sequence[Sheet]) -> list[Path]:
    """Write the sheets in the format of the path's suffix; .csv gets one file a sheet."""
    match path.suffix:
        case ".xlsx":
            write_xlsx(path, sheets)
        case ".ods":
            write_ods(path, sheets)
        case ".xls":
            write_xls(path, sheets)
        case _:
            return [write_csv(csv_path(path, sheet.name), sheet) for sheet in sheets]
    return [path]


def csv_path(path: Path, sheet: str) -> Path:
    """Name the file of one sheet of an export that has a file for each."""
    return path.with_name(f"{path.stem}_{sheet}.csv")


def write_csv(path: Path, sheet: Sheet) -> Path:
    """Write one sheet as Norwegian systems do: semicolons and Windows' letters, else UTF-8."""
    text = [["" if v is None else str(v) for v in row] for row in sheet.rows]
    try:
        repr(text).encode("cp1252")
        encoding = "cp1252"
    except UnicodeEncodeError:
        encoding = "utf-8-sig"
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=";").writerows(text)
    return path


def write_xlsx(path: Path, sheets: Sequence[Sheet]) -> None:
    """Write an Excel workbook."""
    book = xlsxwriter.Workbook(str(path), {"strings_to_numbers": False, "strings_to_urls": False})
    day = book.add_format({"num_format": "dd.mm.yyyy"})
    plain = book.add_format({})
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        if sheet.hidden:
            page.hide()
        for area in sheet.merged:
            page.merge_range(*area, "", plain)
        for at, row in enumerate(sheet.rows):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    page.write_datetime(at, column, value, day)
                elif isinstance(value, bool):
                    page.write_boolean(at, column, value)
                elif isinstance(value, int | float):
                    page.write_number(at, column, value)
                elif value:
                    page.write_string(at, column, value)
    book.close()


def write_xls(path: Path, sheets: Sequence[Sheet]) -> None:
    """Write an Excel workbook of before 2007."""
    book = xlwt.Workbook(encoding="utf-8")
    day = xlwt.easyxf(num_format_str="DD.MM.YYYY")
    plain = xlwt.easyxf()
    for sheet in sheets:
        page = book.add_sheet(sheet.name)
        page.visibility = 1 if sheet.hidden else 0
        for at, row in enumerate(sheet.rows):
            for column, value in enumerate(row):
                if value is not None and value != "":
                    page.write(at, column, value, day if isinstance(value, date) else plain)
        page.merged_ranges.extend((r, last, c, right) for r, c, last, right in sheet.merged)
    book.save(str(path))


def ods_cell(value: Value, area: Area | None) -> TableCell:
    """Make a cell of an OpenDocument sheet, the first of its merged area where it has one."""
    more: dict[str, object] = {}
    if area:
        row, column, last, right = area
        more = {"numberrowsspanned": last - row + 1, "numbercolumnsspanned": right - column + 1}
    match value:
        case None | "":
            return TableCell(**more)
        case bool():
            cell = TableCell(valuetype="boolean", booleanvalue=str(value).lower(), **more)
        case date():
            cell = TableCell(valuetype="date", datevalue=value.isoformat(), **more)
        case int() | float():
            cell = TableCell(valuetype="float", value=value, **more)
        case _:
            cell = TableCell(valuetype="string", stringvalue=value, **more)
    cell.addElement(P(text=str(value)))
    return cell


def write_ods(path: Path, sheets: Sequence[Sheet]) -> None:
    """Write an OpenDocument workbook."""
    book = OpenDocumentSpreadsheet()
    unseen = Style(name="unseen", family="table")
    unseen.addElement(TableProperties(display="false"))
    book.automaticstyles.addElement(unseen)
    for sheet in sheets:
        table = Table(name=sheet.name, **({"stylename": unseen} if sheet.hidden else {}))
        first = {(area[0], area[1]): area for area in sheet.merged}
        covered = {
            (r, c)
            for row, column, last, right in sheet.merged
            for r in range(row, last + 1)
            for c in range(column, right + 1)
        } - first.keys()
        for at, row in enumerate(sheet.rows):
            line = TableRow()
            for column, value in enumerate(row):
                place = (at, column)
                covering = CoveredTableCell() if place in covered else None
                line.addElement(covering or ods_cell(value, first.get(place)))
            table.addElement(line)
        book.spreadsheet.addElement(table)
    book.save(str(path))
