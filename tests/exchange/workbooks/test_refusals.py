"""Each hostile or unreadable file is refused with its own sentence, and the parent lives."""

import io
import random
import struct
import time
import zipfile
from collections.abc import Callable

import pytest

from innpass.exchange.workbooks import limits
from innpass.exchange.workbooks.reading import read_workbook
from innpass.exchange.workbooks.refusals import SENTENCES, CannotRead, Reason
from tests.exchange.workbooks import builders
from tests.exchange.workbooks.builders import ods, ods_cell, ole, sheet_xml, xlsx

_BLANKS = b" " * limits.MIB


def _row(cell: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{cell}</table:table-row>"


def _repeated_cell(times: int) -> str:
    return _row(ods_cell("x", f'table:number-columns-repeated="{times}"'))


def _repeated_row(times: int, cell: str = ods_cell("x")) -> str:
    return _row(cell, f'table:number-rows-repeated="{times}"')


def _zip(**parts: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), part)
    return target.getvalue()


def _with_password_flag() -> bytes:
    content = bytearray(xlsx())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        position = content.find(signature)
        while position >= 0:
            content[position + offset] |= 1
            position = content.find(signature, position + 4)
    return bytes(content)


def _doctype(declarations: str) -> str:
    return f'<?xml version="1.0"?><!DOCTYPE worksheet [{declarations}]>'


_LAUGHS = '<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">'
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
_USES_ENTITY = '<row r="1"><c r="A1" t="inlineStr"><is><t>&i;</t></is></c></row>'
_FAR_CELL = '<row r="{row}"><c r="{cell}"><v>1</v></c></row>'

CASES: dict[str, tuple[Reason, Callable[[], bytes]]] = {
    "nothing": (Reason.EMPTY, lambda: b""),
    "blank_text": (Reason.EMPTY, lambda: b"\r\n\r\n  "),
    "workbook_without_cells": (Reason.EMPTY, lambda: xlsx(sheet_xml(""))),
    "more_than_20_mib": (
        Reason.FILE_TOO_LARGE,
        lambda: b"a;b\n" * (limits.MAX_FILE_BYTES // 4 + 1),
    ),
    "letter_called_xlsx": (
        Reason.PLAIN_TEXT,
        lambda: (
            "Hei!\nListen over deltakere, som avtalt.\n\nDen er ikke ferdig.\nVi ses, Åse\n"
            "Ring meg på mandag, tirsdag, eller onsdag\n".encode()
        ),
    ),
    "one_word": (Reason.PLAIN_TEXT, lambda: b"dette er ikke et regneark"),
    "html_called_xls": (
        Reason.WEB_PAGE,
        lambda: b'<html xmlns:o="urn:x"><body><table><tr><td>1</td></tr></table></body></html>',
    ),
    "html_in_utf_16": (Reason.WEB_PAGE, lambda: "<table><tr><td>1</td></tr>".encode("utf-16")),
    "web_archive": (Reason.WEB_PAGE, lambda: b"MIME-Version: 1.0\nContent-Type: x\n"),
    "pdf": (Reason.PDF, lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3"),
    "png": (Reason.PICTURE, lambda: b"\x89PNG\r\n\x1a\n\0\0"),
    "rtf": (Reason.DOCUMENT, lambda: b"{\\rtf1 hei}"),
    "docx": (Reason.DOCUMENT, lambda: _zip(word__document_xml="<a/>")),
    "odt": (
        Reason.DOCUMENT,
        lambda: _zip(mimetype="application/vnd.oasis.opendocument.text", content_xml="<a/>"),
    ),
    "doc": (Reason.DOCUMENT, lambda: ole({"WordDocument": b"x"})),
    "other_ole": (Reason.NOT_A_SPREADSHEET, lambda: ole({"__properties": b"x"})),
    "zip_of_files": (Reason.ARCHIVE, lambda: _zip(brev="hei")),
    "xlsb": (Reason.BINARY_WORKBOOK, lambda: _zip(**{"xl/workbook.bin": "x"})),
    "json": (Reason.NOT_A_SPREADSHEET, lambda: b'{"a": 1}'),
    "xml_spreadsheet_2003": (
        Reason.XML_WORKBOOK,
        lambda: (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
        ),
    ),
    "excel_4": (Reason.OLD_FORMAT, lambda: b"\x09\x04\x06\x00\x00\x04\x10\x00"),
    "random_bytes": (Reason.NOT_A_SPREADSHEET, lambda: random.Random(1).randbytes(5000)),
    "encrypted_xlsx": (
        Reason.ENCRYPTED,
        lambda: ole({"EncryptionInfo": b"\4\0\4\0", "EncryptedPackage": b"\7" * 5000}),
    ),
    "encrypted_xls": (
        Reason.ENCRYPTED,
        lambda: ole(
            {"Workbook": builders.biff(builders.BIFF8_GLOBALS, (0x2F, b"\1\0" + b"\3" * 52))}
        ),
    ),
    "encrypted_ods": (
        Reason.ENCRYPTED,
        lambda: ods(
            "", manifest="<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
        ),
    ),
    "encrypted_zip": (Reason.ENCRYPTED, _with_password_flag),
    "truncated_xlsx": (
        Reason.DAMAGED,
        lambda: builders.written_by_excel_library()[:-400],
    ),
    "truncated_xls": (
        Reason.DAMAGED,
        lambda: ole({"Workbook": builders.biff(builders.BIFF8_GLOBALS)})[:1500],
    ),
    "cut_xml": (Reason.DAMAGED, lambda: xlsx(sheet_xml()[:-20])),
    "no_relations": (Reason.DAMAGED, lambda: xlsx(without=["xl/_rels/workbook.xml.rels"])),
    "no_sheet_part": (Reason.DAMAGED, lambda: xlsx(without=["xl/worksheets/sheet1.xml"])),
    "cell_that_is_none": (
        Reason.DAMAGED,
        lambda: xlsx(sheet_xml(_FAR_CELL.format(row=1, cell="7"))),
    ),
    "row_that_is_none": (
        Reason.DAMAGED,
        lambda: xlsx(sheet_xml(_FAR_CELL.format(row="x", cell="A1"))),
    ),
    "string_number_outside_the_list": (
        Reason.DAMAGED,
        lambda: xlsx(
            sheet_xml('<row r="1"><c r="A1" t="s"><v>99</v></c></row>'),
            parts={"xl/sharedStrings.xml": "<sst/>"},
        ),
    ),
    "record_beyond_the_end": (
        Reason.DAMAGED,
        lambda: ole(
            {"Workbook": builders.biff(builders.BIFF8_GLOBALS) + b"\x03\x02\xff\xff" * 1200}
        ),
    ),
    "xls_with_giant_dimensions": (
        Reason.DAMAGED,
        lambda: ole(
            {
                "Workbook": builders.biff(
                    builders.BIFF8_GLOBALS,
                    builders.BIFF_END,
                    builders.BIFF8_SHEET,
                    (0x0200, struct.pack("<IIHHH", 0, 0xFFFFFFFF, 0, 0xFFFF, 0)),
                    builders.BIFF_END,
                )
            }
        ),
    ),
    "xls_of_excel_2": (
        Reason.OLD_FORMAT,
        lambda: ole({"Workbook": b"\x09\x08" + struct.pack("<HHHHH", 8, 0x0200, 5, 0, 0)}),
    ),
    "two_cells_far_apart": (
        Reason.TOO_MANY_ROWS,
        lambda: xlsx(
            sheet_xml(builders.PLAIN_ROW + _FAR_CELL.format(row=1048576, cell="XFD1048576"))
        ),
    ),
    "far_cell_with_a_lying_dimension": (
        Reason.TOO_MANY_ROWS,
        lambda: xlsx(
            sheet_xml(_FAR_CELL.format(row=1048576, cell="A1048576")).replace(
                "<sheetData>", '<dimension ref="A1:B2"/><sheetData>'
            )
        ),
    ),
    "row_and_cell_disagree": (
        Reason.TOO_MANY_ROWS,
        lambda: xlsx(sheet_xml(_FAR_CELL.format(row=1, cell="B1048576"))),
    ),
    "column_far_away": (
        Reason.TOO_MANY_COLUMNS,
        lambda: xlsx(sheet_xml(_FAR_CELL.format(row=1, cell="XFD1"))),
    ),
    "column_beyond_the_grid": (
        Reason.TOO_MANY_COLUMNS,
        lambda: xlsx(sheet_xml(_FAR_CELL.format(row=1, cell="ZZZZZZ1"))),
    ),
    "prefixed_names": (
        Reason.TOO_MANY_COLUMNS,
        lambda: xlsx(
            '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
            '<x:sheetData><x:row r="1"><x:c r="XFD1"><x:v>1</x:v></x:c></x:row></x:sheetData>'
            "</x:worksheet>"
        ),
    ),
    "wide_and_long_but_nearly_empty": (
        Reason.TOO_MANY_CELLS,
        lambda: xlsx(sheet_xml(builders.PLAIN_ROW + _FAR_CELL.format(row=99_999, cell="GR99999"))),
    ),
    "sheets_without_end": (
        Reason.TOO_MANY_SHEETS,
        lambda: xlsx(
            parts={
                "xl/workbook.xml": builders.WORKBOOK.replace(
                    "</sheets>", '<sheet name="b" sheetId="2" r:id="rId1"/>' * 200 + "</sheets>"
                )
            }
        ),
    ),
    "parts_without_end": (
        Reason.TOO_MANY_PARTS,
        lambda: xlsx(parts={f"xl/media/{number}.png": "x" for number in range(600)}),
    ),
    "part_outside_the_folder": (Reason.UNSAFE, lambda: xlsx(parts={"xl/../../etc/x.xml": "x"})),
    "part_with_backslashes": (Reason.UNSAFE, lambda: xlsx(parts={"xl\\..\\x.xml": "x"})),
    "part_from_the_root": (Reason.UNSAFE, lambda: xlsx(parts={"/etc/passwd": "x"})),
    "same_part_twice": (Reason.UNSAFE, lambda: xlsx(parts={"XL/workbook.xml": "x"})),
    "other_encoding": (
        Reason.UNSAFE,
        lambda: xlsx(sheet_xml(before='<?xml version="1.0" encoding="ISO-8859-1"?>')),
    ),
    "billion_laughs": (
        Reason.UNSAFE,
        lambda: xlsx(sheet_xml(_USES_ENTITY, before=_doctype(_LAUGHS))),
    ),
    "quadratic_blowup": (
        Reason.UNSAFE,
        lambda: xlsx(sheet_xml(_USES_ENTITY, before=_doctype(f'<!ENTITY i "{"a" * 50_000}">'))),
    ),
    "external_entity": (
        Reason.UNSAFE,
        lambda: xlsx(
            sheet_xml(_USES_ENTITY, before=_doctype('<!ENTITY i SYSTEM "file:///etc/passwd">'))
        ),
    ),
    "entity_in_shared_strings": (
        Reason.UNSAFE,
        lambda: xlsx(parts={"xl/sharedStrings.xml": _doctype(_LAUGHS) + "<sst>&i;</sst>"}),
    ),
    "a_gigabyte_of_blanks": (
        Reason.UNPACKS_TOO_LARGE,
        lambda: builders.xlsx_with_filler(b"<worksheet>", _BLANKS, 1024, b"</worksheet>"),
    ),
    "one_cell_of_500_mb": (
        Reason.UNPACKS_TOO_LARGE,
        lambda: builders.xlsx_with_filler(
            b'<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>',
            _BLANKS.replace(b" ", b"a"),
            500,
            b"</t></is></c></row></sheetData></worksheet>",
        ),
    ),
    "long_cell": (
        Reason.CELL_TOO_LONG,
        lambda: xlsx(sheet_xml(_USES_ENTITY.replace("&i;", "æ" * 200_000))),
    ),
    "ods_row_repeated": (Reason.TOO_MANY_ROWS, lambda: ods(_repeated_row(1_000_000))),
    "ods_row_repeated_beyond_the_grid": (Reason.UNSAFE, lambda: ods(_repeated_row(2_000_000_000))),
    "ods_empty_row_repeated_beyond_the_grid": (
        Reason.UNSAFE,
        lambda: ods(_repeated_row(2_000_000_000, "<table:table-cell/>")),
    ),
    "ods_cell_repeated": (Reason.TOO_MANY_COLUMNS, lambda: ods(_repeated_cell(16_384))),
    "ods_cell_repeated_beyond_the_grid": (Reason.UNSAFE, lambda: ods(_repeated_cell(10**11))),
    "ods_repeated_both_ways": (
        Reason.TOO_MANY_CELLS,
        lambda: ods(_repeated_row(90_000, ods_cell("x", 'table:number-columns-repeated="150"'))),
    ),
    "ods_blanks_repeated": (
        Reason.UNSAFE,
        lambda: ods(_row(ods_cell('<text:s text:c="2000000000"/>'))),
    ),
    "ods_repeat_that_is_no_number": (
        Reason.UNSAFE,
        lambda: ods('<table:table-row table:number-rows-repeated="-1"/>'),
    ),
    "csv_with_too_many_rows": (Reason.TOO_MANY_ROWS, lambda: b"a;b\n" * 100_001),
    "csv_with_too_many_columns": (Reason.TOO_MANY_COLUMNS, lambda: b"a;" * 300 + b"a\nb\n"),
    "csv_with_a_quote_that_never_ends": (
        Reason.CELL_TOO_LONG,
        lambda: b'a;b\nc;"' + b"x;y\n" * 50_000,
    ),
    "odd_utf_16": (Reason.UNKNOWN_ENCODING, lambda: b"\xff\xfea\0;\0b\0\n"),
}


@pytest.mark.parametrize("case", CASES)
def test_file_is_refused_with_its_reason_within_ten_seconds(case: str) -> None:
    reason, build = CASES[case]
    content = build()

    started = time.monotonic()
    with pytest.raises(CannotRead) as refusal:
        read_workbook(content, file=f"{case}.xlsx")

    assert refusal.value.reason is reason
    assert str(refusal.value) == SENTENCES[reason]
    assert time.monotonic() - started < 10


def test_every_reason_has_a_sentence_that_says_what_to_do() -> None:
    assert set(SENTENCES) == set(Reason)
    for sentence in SENTENCES.values():
        assert sentence.endswith(".")
        assert ". " in sentence or "Filen er ikke et regneark. " in sentence
