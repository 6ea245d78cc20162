"""What counts as a row about a person, and what the report says about the rest."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from innpass.domain.sheets.reading import read_file
from innpass.domain.sheets.records import Issue, Owner, TableKind
from innpass.domain.sheets.workbook import Area, CellContent, Sheet, Workbook

HEADINGS = ("Visma-nr", "Navn", "Født", "Programstart", "Planlagt slutt", "Sluttmål", "Rådgiver")
BORN, START, END = date(1992, 3, 12), date(2024, 8, 5), date(2025, 8, 4)


def person(name: str, adviser: CellContent = "Kari Lunde") -> tuple[CellContent, ...]:
    return ("41000", name, BORN, START, END, "Arbeid", adviser)


def workbook(*rows: tuple[CellContent, ...], merged: tuple[Area, ...] = ()) -> Workbook:
    return Workbook("flyktning.xlsx", (Sheet("Deltakere", (HEADINGS, *rows), merged=merged),))


def test_totals_notes_and_blank_rows_are_no_people_and_are_counted() -> None:
    reading = read_file(
        workbook(
            person("Olena Moroz"), (), ("", "Totalt", None, None, None, 1.0),
            (None, "Avsluttede"), (None, "Sist oppdatert av Kari i mai."), person("Rania Haddad"),
        )
    )  # fmt: skip

    assert [row.value("name") for row in reading.rows] == ["Olena Moroz", "Rania Haddad"]
    assert [row.number for row in reading.rows] == [2, 7]
    assert "3 rader" in reading.notices[0]


def test_a_row_with_only_a_name_is_a_person() -> None:
    reading = read_file(workbook(person("Olena Moroz"), (None, "Olena Moros")))

    assert [row.value("name") for row in reading.rows] == ["Olena Moroz", "Olena Moros"]


def test_a_merged_cell_belongs_to_all_its_rows() -> None:
    rows = [person("Olena Moroz"), person("Rania Haddad", None), person("Oleh Lysenko", None)]
    reading = read_file(workbook(*rows, merged=(Area(1, 6, 2, 6),)))

    assert [row.value("programme.adviser") for row in reading.rows] == ["Kari Lunde"] * 2 + [None]
    spread = reading.rows[1].readings["programme.adviser"]
    assert (spread.cell, spread.note) == ("G3", "merged_cell")


def test_hidden_sheets_are_read_and_summaries_left_out_with_a_sentence_each() -> None:
    book = workbook(person("Olena Moroz"))
    hidden = Sheet("Gammel", (HEADINGS, person("Olena Moroz")), is_hidden=True)
    summary = Sheet("Tall", (("", "Resultat", "Mål"), ("Deltakere i praksis", 12.0, 20.0)))
    reading = read_file(Workbook(book.file, (*book.sheets, hidden, summary)))

    assert [row.is_hidden for row in reading.rows] == [False, True]
    assert any("«Gammel» er skjult" in notice for notice in reading.notices)
    assert any("«Tall»" in notice for notice in reading.notices)


def test_a_heading_that_is_not_understood_is_listed_with_its_cells() -> None:
    sheet = Sheet("Deltakere", ((*HEADINGS, "Skostørrelse"), (*person("Olena Moroz"), 41.0)))
    reading = read_file(Workbook("flyktning.xlsx", (sheet,)))

    (unread,) = reading.unread_columns
    assert (unread.heading, unread.cell, unread.samples) == ("Skostørrelse", "H1", 1)


def test_every_heading_is_told_with_its_cell_and_field() -> None:
    groups = (None, None, None, None, None, "Kommunal praksis", None)
    headings = ("Navn", "Født", "Start", "Sluttmål", "Skostørrelse", "Enhet ", "Fra")
    cells = ("Olena Moroz", BORN, START, "Arbeid", 41.0, "Solsikken", START)
    sheet = Sheet("2026", (groups, headings, cells), merged=(Area(0, 5, 0, 6),))

    found = read_file(Workbook("oversikt.xlsx", (sheet,)), owner=Owner.OVERVIEW).headings

    assert [(each.cell, each.text, each.field) for each in found] == [
        ("F1", "Kommunal praksis", None),
        ("A2", "Navn", "name"),
        ("B2", "Født", "birth_date"),
        ("C2", "Start", "programme.start"),
        ("D2", "Sluttmål", "programme.end_goal"),
        ("E2", "Skostørrelse", None),
        ("F2", "Enhet ", "placements.0.unit"),
        ("G2", "Fra", "placements.0.first_day"),
    ]
    assert {each.sheet for each in found} == {"2026"}


def test_a_file_whose_owner_cannot_be_told_waits_for_an_answer() -> None:
    sheet = Sheet("Ark1", (("Visma-nr", "Navn", "Født"), ("41000", "Olena Moroz", BORN)))
    book = Workbook("liste.xlsx", (sheet,))

    assert read_file(book).owner is None
    assert read_file(book).rows == ()
    (row,) = read_file(book, owner=Owner.LEARNING).rows
    assert row.value("ids.visma_learning") == "41000"


def test_an_unknown_code_word_is_asked_about() -> None:
    rows = [person("Olena Moroz"), ("1", "Oleh Lysenko", BORN, START, END, "Astronaut", None)]
    reading = read_file(workbook(*rows))

    found = reading.rows[1].readings["programme.end_goal"]
    assert (found.value, found.issue, found.text) == (None, Issue.UNKNOWN_WORD, "Astronaut")


def test_a_detail_table_with_only_a_number_takes_its_owner_from_the_file() -> None:
    users = Sheet("Ark1", (("Socionr", "Navn", "Født"), ("310100", "MOROZ, Olena", BORN)))
    measures = Sheet("Ark2", (("Saksnr", "Tiltak", "Fra", "Til"), ("310100", "AFT", START, END)))
    reading = read_file(Workbook("uttrekk.xlsx", (users, measures)))

    assert reading.owner is Owner.NAV
    row = reading.rows[1]
    assert row.kind is TableKind.ACTIVITY
    assert (row.value("ids.socio"), row.value("activity.kind")) == ("310100", "nav_measure")


CELLS = st.one_of(
    st.none(), st.text(max_size=20), st.floats(), st.booleans(), st.dates(),
    st.sampled_from(["Navn", "Fnr", "Start", "Slutt", "Kommunal praksis", "Enhet", "Sum", "?"]),
)  # fmt: skip


@given(
    st.lists(st.lists(CELLS, max_size=6), max_size=8),
    st.lists(st.tuples(*[st.integers(0, 7)] * 4), max_size=3),
)
def test_no_sheet_makes_reading_fail(
    cells: list[list[CellContent]], corners: list[tuple[int, int, int, int]]
) -> None:
    merged = tuple(Area(min(a, c), min(b, d), max(a, c), max(b, d)) for a, b, c, d in corners)
    sheet = Sheet("Ark1", tuple(tuple(row) for row in cells), merged=merged)

    read_file(Workbook("fil.xlsx", (sheet,)), owner=Owner.OVERVIEW)
