"""Files with flipped, cut and doubled bytes are read or refused; the parent never crashes."""

import io
import time
import zipfile

import pytest
import xlwt
from hypothesis import HealthCheck, event, example, given, settings
from hypothesis import strategies as st

from innpass.exchange.workbooks.reading import read_workbook
from innpass.exchange.workbooks.refusals import CannotRead
from tests.exchange.workbooks.builders import ods, ods_cell, written_by_excel_library


def _xls() -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("2024")
    for row in range(10):
        for column, cell in enumerate(("Kari Olsen", 45000.0, True, f"{row:011}")):
            sheet.write(row, column, cell)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _stored(content: bytes) -> bytes:
    """The same zip file without compression, so that a flipped byte reaches the markup."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w") as copy:
        for name in source.namelist():
            copy.writestr(name, source.read(name))
    return target.getvalue()


_ROW = f"<table:table-row>{ods_cell('Kari')}{ods_cell('x')}</table:table-row>"
SEEDS = (
    written_by_excel_library(),
    _stored(written_by_excel_library()),
    _xls(),
    _stored(ods(_ROW * 5)),
    "Navn;Født\nÅse;12.03.1983\n".encode() * 5,
)
_PART = "xl/worksheets/sheet1.xml"


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    content = bytearray(draw(st.sampled_from(SEEDS)))
    for _ in range(draw(st.integers(1, 6))):
        position = draw(st.integers(0, max(len(content) - 1, 0)))
        length = draw(st.integers(0, 40))
        kind = draw(st.sampled_from(["flip", "cut", "double", "insert", "end"]))
        if kind == "flip" and content:
            content[position] ^= 1 << draw(st.integers(0, 7))
        elif kind == "cut":
            del content[position : position + length]
        elif kind == "double":
            content[position:position] = content[position : position + length]
        elif kind == "insert":
            content[position:position] = draw(st.binary(max_size=8))
        elif kind == "end":
            del content[position:]
    return bytes(content)


@st.composite
def mutated_markup(draw: st.DrawFn) -> bytes:
    """Change the markup itself and pack it rightly, so that the checksum does not catch it."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(SEEDS[0])) as source, zipfile.ZipFile(target, "w") as copy:
        for name in source.namelist():
            part = source.read(name)
            if name == _PART:
                words = sorted({*part.replace(b">", b" ").replace(b'"', b" ").split()})
                for _ in range(draw(st.integers(1, 3))):
                    part = part.replace(
                        draw(st.sampled_from(words)), draw(st.sampled_from([*words, b"9" * 9])), 1
                    )
            copy.writestr(name, part)
    return target.getvalue()


@pytest.mark.slow
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(content=mutated() | mutated_markup())
@example(content=b"PK\x03\x04")
@example(content=b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
@example(content=b"\xff\xfe")
def test_a_mutated_file_is_read_or_refused_within_ten_seconds(content: bytes) -> None:
    started = time.monotonic()

    try:
        read_workbook(content, file="a.xlsx")
    except CannotRead:
        event("refused")

    assert time.monotonic() - started < 10
