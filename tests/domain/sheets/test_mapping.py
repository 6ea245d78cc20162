"""What people choose that a column means goes before what its words say."""

from datetime import date

from innpass.domain.sheets.mapping import NOT_USED, Mapping, column_keys, form_of
from innpass.domain.sheets.reading import read_file, understand_file
from innpass.domain.sheets.records import Owner
from innpass.domain.sheets.workbook import CellContent, Sheet, Workbook

HEADINGS = (
    "Visma-nr",
    "Etternavn",
    "Fornavn",
    "Programstart",
    "Planlagt slutt",
    "Kolonne1",
    "Diverse",
)
PEOPLE: tuple[tuple[CellContent, ...], ...] = (
    ("31001", "Haddad", "Amina", date(2026, 1, 5), date(2027, 1, 4), "Åpen barnehage", "Lars Vik"),
    ("31002", "Moroz", "Iryna", date(2026, 2, 2), date(2027, 2, 1), "Skolen", "Nora Dal"),
)


def workbook(headings: tuple[str, ...] = HEADINGS) -> Workbook:
    return Workbook("ark.xlsx", (Sheet("Deltakere", (headings, *PEOPLE)),))


def chosen(**choices: str) -> Mapping:
    (readable,) = understand_file(workbook(), owner=Owner.REFUGEE).tables
    table = readable.table
    keys = column_keys(table)
    by_heading = {column.heading.text: keys[column.index] for column in table.columns}
    return {form_of(table): {by_heading[heading]: field for heading, field in choices.items()}}


def values(mapping: Mapping, book: Workbook | None = None) -> dict[str, object]:
    reading = read_file(book or workbook(), owner=Owner.REFUGEE, mapping=mapping)
    return {name: one.value for name, one in reading.rows[0].readings.items()}


def test_a_column_that_was_not_understood_supplies_what_is_chosen() -> None:
    assert "programme.supervisor" not in values({})

    assert values(chosen(Diverse="programme.supervisor"))["programme.supervisor"] == "Lars Vik"


def test_a_column_read_wrongly_is_turned_to_another_field_or_to_none() -> None:
    assert values(chosen(Programstart="last_contact"))["last_contact"] == date(2026, 1, 5)
    assert "programme.start" not in values(chosen(Programstart="last_contact"))
    assert "programme.start" not in values(chosen(Programstart=NOT_USED))


def test_two_columns_change_places() -> None:
    found = values(
        chosen(Programstart="programme.planned_end", **{"Planlagt slutt": "programme.start"})
    )

    assert found["programme.start"] == date(2027, 1, 4)
    assert found["programme.planned_end"] == date(2026, 1, 5)


def test_a_chosen_column_is_no_longer_among_the_unread() -> None:
    before = read_file(workbook(), owner=Owner.REFUGEE)
    after = read_file(workbook(), owner=Owner.REFUGEE, mapping=chosen(Kolonne1=NOT_USED))

    assert "Kolonne1" in {column.heading for column in before.unread_columns}
    assert "Kolonne1" not in {column.heading for column in after.unread_columns}


def test_a_choice_holds_for_sheets_of_the_same_form_only() -> None:
    other = (*HEADINGS[:-1], "Diverse 2")

    assert "programme.supervisor" not in values(
        chosen(Diverse="programme.supervisor"), workbook(other)
    )
