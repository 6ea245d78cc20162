"""Reading .xlsx and .xlsm: the cells come out as they stand, and what is not read is named."""

import io
from datetime import date, datetime, time
from typing import Any

import pytest
import xlsxwriter

from innpass.domain.sheets.workbook import Area, CellContent, Sheet
from innpass.exchange.workbooks.ignored import SENTENCES, Ignored
from innpass.exchange.workbooks.reading import read_workbook
from tests.exchange.workbooks.builders import RELATIONS, sheet_xml, xlsx


def cells_of(sheet: str, **parts: str | bytes) -> tuple[tuple[CellContent, ...], ...]:
    return read_workbook(xlsx(sheet, parts=parts), file="a.xlsx").sheets[0].rows


def test_values_keep_their_kind_and_place() -> None:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("Deltakere")

        def write(row: int, column: int, value: Any, shown: str) -> None:
            sheet.write(row, column, value, workbook.add_format({"num_format": shown}))

        write(2, 1, datetime(2024, 3, 12), "dd.mm.yyyy")
        write(2, 2, datetime(2024, 3, 12, 10, 30), "dd.mm.yyyy hh:mm")
        write(2, 3, 0.4375, "hh:mm")
        write(2, 4, 1.5625, "[h]:mm")
        sheet.write_boolean(2, 5, True)
        sheet.write_number(2, 6, 7)
        sheet.write_string(2, 7, "01848362051")
        sheet.write_string(2, 8, " B2401\u00a0")
        sheet.write_formula(2, 9, "=NA()", None, "#N/A")
        sheet.write_formula(2, 10, "=1+1", None, 2)
        sheet.write_string(2, 11, "=HYPERLINK(A1)")

    (read,) = read_workbook(target.getvalue(), file="mappe\\Deltakere.xlsx").sheets

    assert read.rows == (
        (),
        (),
        (
            None,
            date(2024, 3, 12),
            datetime(2024, 3, 12, 10, 30),
            time(10, 30),
            "37:30",
            True,
            7.0,
            "01848362051",
            " B2401\u00a0",
            None,
            2.0,
            "=HYPERLINK(A1)",
        ),
    )
    assert type(read.rows[2][1]) is date
    assert type(read.rows[2][6]) is float


def test_hidden_sheets_are_flagged_and_charts_are_no_sheets() -> None:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as workbook:
        for name in ("2024", "Gammel", "Skjult"):
            workbook.add_worksheet(name).write(0, 0, name)
        workbook.get_worksheet_by_name("Gammel").hide()
        workbook.get_worksheet_by_name("Skjult").very_hidden()
        chart = workbook.add_chart({"type": "bar"})
        chart.add_series({"values": "='2024'!$A$1"})
        workbook.add_chartsheet("Graf").set_chart(chart)

    read = read_workbook(target.getvalue(), file="a.xlsx")

    assert [(sheet.name, sheet.is_hidden) for sheet in read.sheets] == [
        ("2024", False),
        ("Gammel", True),
        ("Skjult", True),
    ]
    assert SENTENCES[Ignored.CHARTS] in read.unread


def test_merged_areas_are_cut_to_the_used_part() -> None:
    rows = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="C1"><v>3</v></c></row>'
        '<row r="2"><c r="A2"><v>2</v></c></row>'
    )
    merged = (
        '<mergeCells count="4"><mergeCell ref="A1:B1"/><mergeCell ref="C1:XFD1048576"/>'
        '<mergeCell ref="A2:A2"/><mergeCell ref="F9:G10"/></mergeCells>'
    )

    (sheet,) = read_workbook(xlsx(sheet_xml(rows, after=merged)), file="a.xlsx").sheets

    assert sheet.merged == (Area(0, 0, 0, 1), Area(0, 2, 1, 2))


def test_formats_down_to_the_last_row_do_not_count_as_content() -> None:
    rows = '<row r="1"><c r="A1"><v>7</v></c></row><row r="1048576"><c r="XFD1048576" s="0"/></row>'

    assert cells_of(sheet_xml(rows)) == ((7.0,),)


def test_cells_without_references_follow_each_other() -> None:
    rows = "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>"

    assert cells_of(sheet_xml(rows)) == ((1.0, 2.0), (3.0,))


def test_shared_strings_with_formatted_pieces_are_joined() -> None:
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    strings = "<sst><si><r><t>Hjemme</t></r><r><t>tjenesten</t></r></si></sst>"

    assert cells_of(sheet_xml(rows), **{"xl/sharedStrings.xml": strings}) == (("Hjemmetjenesten",),)


@pytest.mark.parametrize(
    ("part", "ignored"),
    [
        ("xl/vbaProject.bin", Ignored.MACROS),
        ("xl/externalLinks/externalLink1.xml", Ignored.EXTERNAL_LINKS),
        ("xl/connections.xml", Ignored.CONNECTIONS),
        ("xl/embeddings/oleObject1.bin", Ignored.EMBEDDED_OBJECTS),
        ("xl/media/image1.png", Ignored.PICTURES),
        ("xl/comments1.xml", Ignored.COMMENTS),
        ("xl/threadedComments/threadedComment1.xml", Ignored.COMMENTS),
    ],
)
def test_what_is_not_loaded_is_named(part: str, ignored: Ignored) -> None:
    read = read_workbook(xlsx(parts={part: b"\0\xff not looked at"}), file="a.xlsm")

    assert read.unread == (SENTENCES[ignored],)
    assert read.sheets == (Sheet("Ark1", ((7.0,),)),)


def test_colours_are_named_as_not_read() -> None:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as workbook:
        workbook.add_worksheet().write(0, 0, "x", workbook.add_format({"bg_color": "#FF0000"}))

    assert read_workbook(target.getvalue(), file="a.xlsx").unread == (SENTENCES[Ignored.COLOURS],)


@pytest.mark.parametrize(
    ("cell", "is_named"),
    [
        ('<c r="A2"><f>1+1</f></c>', True),
        ('<c r="A2"><f>1+1</f><v/></c>', True),
        ('<c r="A2"><f>1+1</f><v>2</v></c>', False),
        ('<c r="A2" t="str"><f>""</f><v></v></c>', False),
    ],
)
def test_formulas_that_were_never_calculated_are_named(cell: str, is_named: bool) -> None:
    rows = f'<row r="1"><c r="A1"><v>7</v></c></row><row r="2">{cell}</row>'

    read = read_workbook(xlsx(sheet_xml(rows)), file="a.xlsx")

    assert (SENTENCES[Ignored.UNCALCULATED_FORMULAS] in read.unread) is is_named


def test_formulas_that_reach_outside_are_never_evaluated() -> None:
    rows = '<row r="1"><c r="A1"><f>WEBSERVICE("http://127.0.0.1/")</f><v>4</v></c></row>'

    assert cells_of(sheet_xml(rows)) == ((4.0,),)


def test_relations_may_name_parts_from_the_root_and_in_other_case() -> None:
    relations = RELATIONS.replace("worksheets/sheet1.xml", "/xl/worksheets/Sheet1.xml")

    assert cells_of(sheet_xml(), **{"xl/_rels/workbook.xml.rels": relations}) == ((7.0,),)
