"""Files of all kinds, made on the fly: ordinary ones, and ones made to harm."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping

import xlsxwriter

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_OPEN_DOCUMENT = "urn:oasis:names:tc:opendocument:xmlns"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"

CONTENT_TYPES = f"""<?xml version="1.0" encoding="UTF-8"?><Types xmlns="{_PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/></Types>"""
ROOT_RELATIONS = f"""<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1"
 Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>"""
RELATIONS = f"""<Relationships xmlns="{_PACKAGE}/relationships">
<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>
<Relationship Id="rId2" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/>
</Relationships>"""
WORKBOOK = f"""<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>
<sheet name="Ark1" sheetId="1" r:id="rId1"/></sheets></workbook>"""
PLAIN_ROW = '<row r="1"><c r="A1"><v>7</v></c></row>'


def sheet_xml(rows: str = PLAIN_ROW, *, before: str = "", after: str = "") -> str:
    """A worksheet; ``before`` stands before the root element."""
    return f'{before}<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'


def xlsx(
    sheet: str | None = None,
    *,
    parts: Mapping[str, str | bytes] | None = None,
    without: Iterable[str] = (),
) -> bytes:
    """A minimal .xlsx with one sheet; ``parts`` are added or replaced."""
    contents: dict[str, str | bytes] = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": ROOT_RELATIONS,
        "xl/workbook.xml": WORKBOOK,
        "xl/_rels/workbook.xml.rels": RELATIONS,
        "xl/worksheets/sheet1.xml": sheet_xml() if sheet is None else sheet,
        **(parts or {}),
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            if name not in without:
                archive.writestr(name, content)
    return target.getvalue()


def xlsx_with_filler(before: bytes, filler: bytes, times: int, after: bytes) -> bytes:
    """An .xlsx whose sheet is huge: the filler is compressed once and its bytes are repeated.

    A deflate stream that is flushed in full may be repeated as it is, so that a gigabyte is made
    in a blink; zipfile is then told the sizes it would have found.
    """
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    start = squeeze.compress(before) + squeeze.flush(zlib.Z_FULL_FLUSH)
    middle = squeeze.compress(filler) + squeeze.flush(zlib.Z_FULL_FLUSH)
    end = squeeze.compress(after) + squeeze.flush()
    packed = start + middle * times + end
    size = len(before) + len(filler) * times + len(after)
    return _with_raw_part(xlsx(without=["xl/worksheets/sheet1.xml"]), packed, size)


def _with_raw_part(archive: bytes, packed: bytes, size: int) -> bytes:
    """Append a part to a zip file by hand, with whatever size is declared."""
    name = b"xl/worksheets/sheet1.xml"
    end = archive.rindex(b"PK\x05\x06")
    count, directory_size, directory_start = struct.unpack_from("<HII", archive, end + 10)
    directory = archive[directory_start : directory_start + directory_size]
    common = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 33, 0, len(packed), size, len(name), 0)
    local = b"PK\x03\x04" + common + name + packed
    entry = (
        b"PK\x01\x02"
        + struct.pack("<H", 20)
        + common
        + struct.pack("<HHHII", 0, 0, 0, 0, directory_start)
        + name
    )
    directory += entry
    ending = b"PK\x05\x06" + struct.pack(
        "<HHHHIIH",
        0, 0, count + 1, count + 1, len(directory), directory_start + len(local), 0,
    )  # fmt: skip
    return archive[:directory_start] + local + directory + ending


def ods(rows: str, *, manifest: str = "", parts: Mapping[str, str] | None = None) -> bytes:
    """A minimal .ods with one table."""
    namespaces = " ".join(
        f'xmlns:{prefix}="{_OPEN_DOCUMENT}:{name}:1.0"'
        for prefix, name in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {namespaces}>'
        f'<office:body><office:spreadsheet><table:table table:name="Ark1">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{_OPEN_DOCUMENT}:manifest:1.0">'
            f"{manifest}</manifest:manifest>",
        )
        for name, part in (parts or {}).items():
            archive.writestr(name, part)
    return target.getvalue()


def ods_cell(text: str, attributes: str = "") -> str:
    return (
        f'<table:table-cell office:value-type="string" {attributes}><text:p>{text}</text:p>'
        "</table:table-cell>"
    )


def biff(*records: tuple[int, bytes]) -> bytes:
    """The records of an .xls workbook stream."""
    return b"".join(struct.pack("<HH", kind, len(body)) + body for kind, body in records)


BIFF8_GLOBALS = (0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6))
BIFF8_SHEET = (0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 6))
BIFF_END = (0x000A, b"")


def ole(streams: Mapping[str, bytes]) -> bytes:
    """A minimal OLE container: every stream is padded to 4 096 bytes, so no small ones exist."""
    sector = 512
    padded = {
        name: stream.ljust(max(4096, -(-len(stream) // sector) * sector), b"\0")
        for name, stream in streams.items()
    }
    chains: list[int] = []
    entries = [_directory_entry("Root Entry", 5, child=1, start=0xFFFFFFFE, size=0)]
    body = b""
    number = 0
    for position, (name, stream) in enumerate(padded.items(), start=1):
        sectors = len(stream) // sector
        sibling = position + 1 if position < len(padded) else 0xFFFFFFFF
        entries.append(_directory_entry(name, 2, right=sibling, start=number, size=len(stream)))
        chains += [*range(number + 1, number + sectors), 0xFFFFFFFE]
        body += stream
        number += sectors
    directory = b"".join(entries).ljust(-(-len(entries) // 4) * sector, b"\0")
    directory_sectors = len(directory) // sector
    chains += [*range(number + 1, number + directory_sectors), 0xFFFFFFFE]
    body += directory
    directory_start = number
    number += directory_sectors
    tables = 1
    while (number + tables) > tables * (sector // 4):
        tables += 1
    chains += [0xFFFFFFFD] * tables
    table = b"".join(struct.pack("<I", link) for link in chains).ljust(tables * sector, b"\xff")
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6,
        0, tables, directory_start, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0,
    )  # fmt: skip
    difat = b"".join(struct.pack("<I", number + index) for index in range(tables))
    return header + difat.ljust(436, b"\xff") + body + table


def _directory_entry(
    name: str, kind: int, *, start: int, size: int, child: int = 0xFFFFFFFF, right: int = 0xFFFFFFFF
) -> bytes:
    encoded = name.encode("utf-16-le") + b"\0\0"
    return (
        encoded.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(encoded), kind, 1, 0xFFFFFFFF, right, child)
        + b"\0" * 36
        + struct.pack("<IQ", start, size)
    )


def written_by_excel_library() -> bytes:
    """An ordinary two-sheet workbook, for cutting and mutating."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as workbook:
        days = workbook.add_format({"num_format": "dd.mm.yyyy"})
        for name in ("2024", "Gammel"):
            sheet = workbook.add_worksheet(name)
            sheet.write_row(0, 0, ["Navn", "Født", "Fnr", "Timer"])
            for row in range(1, 12):
                sheet.write_row(row, 0, [f"Person {row}", 45000 + row, f"0{row:010}", 7.5])
                sheet.write_number(row, 1, 45000 + row, days)
    return target.getvalue()
