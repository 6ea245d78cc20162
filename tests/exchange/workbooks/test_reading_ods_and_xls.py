"""Reading .ods and .xls: the same cells as the same table gives in .xlsx."""

import io
import struct
from datetime import date, datetime, time

import olefile
import pytest
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style, TableProperties
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P

from innpass.domain.sheets.workbook import Area, CellContent
from innpass.exchange.workbooks.containers import contain
from innpass.exchange.workbooks.ignored import SENTENCES, Ignored
from innpass.exchange.workbooks.reading import read_workbook
from tests.exchange.workbooks import builders
from tests.exchange.workbooks.builders import ods, ods_cell

ROWS: tuple[tuple[CellContent, ...], ...] = (
    ("Deltaker", None, "Program"),
    ("Navn", "Født", "Timer"),
    ("Åse Ødegård", date(1983, 4, 26), 7.0),
    ("01848362051", datetime(2024, 3, 12, 10, 30), 22.5),
    ("=1+1", True),
)
MERGED = (Area(0, 0, 0, 1),)


def test_xls_gives_the_cells_as_they_stand() -> None:
    book = xlwt.Workbook()
    for name in ("2024", "Gammel"):
        sheet = book.add_sheet(name)
        for row, cells in enumerate(ROWS):
            for column, cell in enumerate(cells):
                if isinstance(cell, date):
                    shown = "dd.mm.yyyy hh:mm" if isinstance(cell, datetime) else "dd.mm.yyyy"
                    sheet.write(row, column, cell, xlwt.easyxf(num_format_str=shown))
                elif (row, column) == (0, 0):
                    sheet.write_merge(0, 0, 0, 1, cell)
                elif cell is not None:
                    sheet.write(row, column, cell)
    book.get_sheet(1).visibility = 1
    target = io.BytesIO()
    book.save(target)

    read = read_workbook(target.getvalue(), file="feil_navn.xlsx")

    assert [(sheet.name, sheet.is_hidden) for sheet in read.sheets] == [
        ("2024", False),
        ("Gammel", True),
    ]
    assert read.sheets[0].rows == ROWS
    assert read.sheets[0].merged == MERGED
    assert read.unread == ()


def test_xls_names_what_it_does_not_read() -> None:
    book = xlwt.Workbook()
    book.add_sheet("2024").write(0, 0, "x", xlwt.easyxf("pattern: pattern solid, fore_colour red"))
    target = io.BytesIO()
    book.save(target)

    read = read_workbook(target.getvalue(), file="a.xls")

    assert read.unread == (SENTENCES[Ignored.COLOURS],)


def test_xls_macros_are_named_and_left_where_they_are() -> None:
    book = xlwt.Workbook()
    book.add_sheet("2024").write(0, 0, "x")
    target = io.BytesIO()
    book.save(target)
    with olefile.OleFileIO(io.BytesIO(target.getvalue())) as container:
        stream = container.openstream("Workbook").read()
    content = builders.ole({"Workbook": stream, "_VBA_PROJECT_CUR": b"no project at all"})

    read = read_workbook(content, file="a.xls")

    assert read.sheets[0].rows == (("x",),)
    assert read.unread == (SENTENCES[Ignored.MACROS],)


@pytest.mark.parametrize("cells", [1, 40_000, 500_000])
def test_xls_stream_is_the_same_in_its_new_container(cells: int) -> None:
    stream = builders.biff(builders.BIFF8_GLOBALS) + b"\x01\x02\x06\x00" * cells

    with olefile.OleFileIO(io.BytesIO(contain(stream, name="Workbook"))) as container:
        read = container.openstream("Workbook").read()

    assert read.rstrip(b"\0") == stream.rstrip(b"\0")


def test_xls_from_a_container_written_by_hand() -> None:
    globals_start = builders.biff(builders.BIFF8_GLOBALS)
    name = struct.pack("<IHBB", 0, 0, 4, 0) + b"Ark1"
    before = len(globals_start) + 4 + len(name) + 4
    stream = (
        globals_start
        + builders.biff((0x0085, struct.pack("<I", before) + name[4:]), builders.BIFF_END)
        + builders.biff(
            builders.BIFF8_SHEET,
            (0x0200, struct.pack("<IIHHH", 0, 1, 0, 1, 0)),
            (0x0203, struct.pack("<HHHd", 0, 0, 0, 7.0)),
            builders.BIFF_END,
        )
    )

    (sheet,) = read_workbook(builders.ole({"Workbook": stream}), file="a.xls").sheets

    assert (sheet.name, sheet.rows) == ("Ark1", ((7.0,),))


def test_ods_gives_the_cells_as_they_stand() -> None:
    document = OpenDocumentSpreadsheet()
    hidden = Style(name="hidden", family="table")
    hidden.addElement(TableProperties(display="false"))
    document.automaticstyles.addElement(hidden)
    document.spreadsheet.addElement(_odf_table("2024"))
    document.spreadsheet.addElement(_odf_table("Gammel", stylename=hidden))
    target = io.BytesIO()
    document.write(target)

    read = read_workbook(target.getvalue(), file="feil_navn.xls")

    assert [(sheet.name, sheet.is_hidden) for sheet in read.sheets] == [
        ("2024", False),
        ("Gammel", True),
    ]
    assert read.sheets[0].rows == ROWS
    assert read.sheets[0].merged == MERGED


def _odf_table(name: str, **style: object) -> Table:
    table = Table(name=name, **style)
    for row, cells in enumerate(ROWS):
        line = TableRow()
        for column, cell in enumerate(cells):
            line.addElement(_odf_cell(cell, spans=(row, column) == (0, 0), at=(row, column)))
        table.addElement(line)
    return table


def _odf_cell(cell: CellContent, *, spans: bool, at: tuple[int, int]) -> TableCell:
    if at == (0, 1):
        return CoveredTableCell()
    kind, attribute = "string", {}
    if isinstance(cell, bool):
        kind, attribute = "boolean", {"booleanvalue": "true"}
    elif isinstance(cell, float):
        kind, attribute = "float", {"value": str(cell)}
    elif isinstance(cell, date):
        kind, attribute = "date", {"datevalue": cell.isoformat()}
    if spans:
        attribute = {"numbercolumnsspanned": "2", "numberrowsspanned": "1"}
    element = TableCell(valuetype=kind, **attribute)
    element.addElement(P(text=str(cell)))
    return element


def ods_value(cell: str) -> CellContent:
    row = f"<table:table-row>{cell}{ods_cell('slutt')}</table:table-row>"
    return read_workbook(ods(row), file="a.ods").sheets[0].rows[0][0]


@pytest.mark.parametrize(
    ("kind", "attributes", "inside", "expected"),
    [
        ("time", 'office:time-value="PT10H30M00S"', "", time(10, 30)),
        ("time", 'office:time-value="PT37H30M00S"', "", "37:30"),
        ("percentage", 'office:value="0.6"', "", 0.6),
        ("date", 'office:date-value="tull"', "<text:p>tull</text:p>", "tull"),
        ("string", "", "<text:p>a<text:s text:c='3'/>b</text:p><text:p>c</text:p>", "a   b\nc"),
        ("string", "", "<text:p>a<text:line-break/>b<text:tab/>c</text:p>", "a\nb\tc"),
        ("string", "", "<text:p>018<text:span>48</text:span></text:p>", "01848"),
        ("string", "", "<office:annotation><text:p>nei</text:p></office:annotation>", None),
    ],
)
def test_ods_cells_of_all_kinds(
    kind: str, attributes: str, inside: str, expected: CellContent
) -> None:
    cell = f'<table:table-cell office:value-type="{kind}" {attributes}>{inside}</table:table-cell>'

    assert ods_value(cell) == expected


def test_ods_repeats_within_reason_are_followed() -> None:
    filled = (
        '<table:table-row table:number-rows-repeated="2">'
        '<table:table-cell table:number-columns-repeated="2"/>'
        + ods_cell("x", 'table:number-columns-repeated="2"')
        + '<table:table-cell table:number-columns-repeated="16380"/></table:table-row>'
    )
    empty = '<table:table-row table:number-rows-repeated="{}"><table:table-cell/></table:table-row>'

    (sheet,) = read_workbook(
        ods(empty.format(3) + filled + empty.format(1_048_571)), file="a.ods"
    ).sheets

    assert sheet.rows == ((), (), (), (None, None, "x", "x"), (None, None, "x", "x"))


def test_ods_names_what_it_does_not_read() -> None:
    row = (
        "<table:table-row><table:table-cell office:value-type='string'><office:annotation>"
        "<text:p>nei</text:p></office:annotation><text:p>ja</text:p></table:table-cell>"
        "</table:table-row>"
    )

    read = read_workbook(ods(row, parts={"Basic/Standard/a.xml": "x"}), file="a.ods")

    assert read.unread == (SENTENCES[Ignored.COMMENTS], SENTENCES[Ignored.MACROS])
    assert read.sheets[0].rows == (("ja",),)
