"""Text files: encoding and delimiter are found from the content, and every cell stays text."""

import pytest

from innpass.domain.sheets.workbook import CellContent
from innpass.exchange.workbooks.delimited import decode, find_delimiter
from innpass.exchange.workbooks.reading import read_workbook

NORWEGIAN = "Navn;Født;Fnr\nÅse Ødegård;12.03.1983;01848362051\nBjørn Næss;;\n"


def rows_of(content: bytes) -> tuple[tuple[CellContent, ...], ...]:
    (sheet,) = read_workbook(content, file="a.csv").sheets
    return sheet.rows


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "cp1252", "latin-1", "utf-16", "utf-16-le", "utf-16-be", "mac_roman"],
)
def test_norwegian_letters_survive_every_usual_encoding(encoding: str) -> None:
    assert decode(NORWEGIAN.encode(encoding)) == NORWEGIAN


def test_cells_stay_text_and_the_sheet_is_named_by_the_file() -> None:
    (sheet,) = read_workbook(NORWEGIAN.encode(), file="C:\\eksport\\Nav uke 34.csv").sheets

    assert sheet.name == "Nav uke 34"
    assert sheet.rows == (
        ("Navn", "Født", "Fnr"),
        ("Åse Ødegård", "12.03.1983", "01848362051"),
        ("Bjørn Næss",),
    )


def test_utf_16_is_recognised_in_the_whole_way() -> None:
    assert rows_of(NORWEGIAN.encode("utf-16"))[1][0] == "Åse Ødegård"
    assert rows_of(NORWEGIAN.encode("utf-16-le"))[1][0] == "Åse Ødegård"


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a;b;c\n1,5;2,5;3\n", ";"),
        ("a,b,c\n1,2,3\n", ","),
        ("a\tb\n1,5\t2;5\n", "\t"),
        ("Navn;Timer\nHANSEN, Kari;15,0\nOLSEN, Per;7,5\n", ";"),
        ('a,b\n"x;y;z",2\n"p;q;r",3\n', ","),
        ("bare én kolonne\nverdi\n", ";"),
    ],
)
def test_the_delimiter_that_explains_most_lines_is_chosen(text: str, delimiter: str) -> None:
    assert find_delimiter(text) == delimiter


def test_line_breaks_and_delimiters_inside_quotes_belong_to_the_cell() -> None:
    content = b'a;b\r\n"linje 1\nlinje 2; ""sitat""";2\r\n'

    assert rows_of(content) == (("a", "b"), ('linje 1\nlinje 2; "sitat"', "2"))


def test_the_line_that_names_the_delimiter_is_no_row() -> None:
    assert rows_of(b"sep=|\r\na|b;c\r\n") == (("a", "b;c"),)


def test_formulas_in_text_are_only_text() -> None:
    assert rows_of(b"=1+1;@SUM(A1);+47 22 22 22 22\n") == (("=1+1", "@SUM(A1)", "+47 22 22 22 22"),)


def test_empty_lines_keep_their_place_inside_and_vanish_at_the_end() -> None:
    assert rows_of(b"a;b\n\n;\nc;d\n\n;;\n") == (("a", "b"), (), (), ("c", "d"))
