"""What people type is read as in a sheet; what cannot be read says what to write."""

from datetime import date

import pytest

from innpass.domain.sheets.fields import FIELDS
from innpass.domain.sheets.typed import read_typed


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("programme.start", "12.3.26", date(2026, 3, 12)),
        ("programme.start", "2026-03-12", date(2026, 3, 12)),
        ("programme.start", "12. mars 2026", date(2026, 3, 12)),
        ("placement.hours_per_week", "22,5 t", 22.5),
        ("level.listening", "a2", "A2"),
        ("programme.track", "spor 2", 2),
        ("programme.upper_secondary", "ja", True),
        ("programme.end_goal", "arbeid", "work"),
        ("remark", "  ringes på mandag ", "ringes på mandag"),
        ("ids.fnr", "07857411735", "07857411735"),
        ("programme.start", "   ", None),
    ],
)
def test_people_type_as_they_write_in_a_sheet(field: str, text: str, value: object) -> None:
    assert (read_typed(field, text).value, read_typed(field, text).problem) == (value, "")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("i dag", date(2026, 3, 1)),
        ("I  DAG.", date(2026, 3, 1)),
        ("idag", date(2026, 3, 1)),
        ("nå", date(2026, 3, 1)),
        ("i morgen", date(2026, 3, 2)),
        ("i går", date(2026, 2, 28)),
    ],
)
def test_a_day_may_be_named_from_the_day_it_is_typed(text: str, value: date) -> None:
    assert read_typed("last_contact", text, on=date(2026, 3, 1)).value == value


def test_where_nobody_knows_the_day_it_is_no_date() -> None:
    assert read_typed("last_contact", "i dag").value is None
    assert read_typed("remark", "i dag", on=date(2026, 3, 1)).value == "i dag"


@pytest.mark.parametrize(
    ("field", "text", "word"),
    [
        ("programme.start", "snart", "hele datoen"),
        ("programme.start", "31.02.2026", "ikke en mulig dato"),
        ("programme.start", "12.3.", "mangler år"),
        ("placement.hours_per_week", "99", "0 til 60"),
        ("placement.hours_per_week", "mange", "0 til 60"),
        ("level.listening", "D4", "A1 til C2"),
        ("programme.track", "mye", "helt tall"),
        ("programme.extent_percent", "130", "0 til 100"),
        ("programme.end_goal", "månen", "Velg"),
        ("ids.fnr", "12345678901", "elleve siffer"),
        ("ids.duf", "123", "tolv siffer"),
        ("country", "x" * 300, "høyst 80 tegn"),
    ],
)
def test_what_cannot_be_read_says_what_to_write(field: str, text: str, word: str) -> None:
    typed = read_typed(field, text)

    assert typed.value is None
    assert word in typed.problem


@pytest.mark.parametrize("text", ["?", "99999999999999999999", "æøå", "=1+1", "\x00", "-"])
@pytest.mark.parametrize("field", sorted(FIELDS))
def test_nothing_typed_breaks(field: str, text: str) -> None:
    typed = read_typed(field, text)

    assert typed.value is None or not typed.problem


def test_control_characters_are_no_part_of_what_is_typed() -> None:
    assert read_typed("next_step", "Ring\x00 Nav\x1b").value == "Ring Nav"
    assert read_typed("next_step", "\x00").value is None


@pytest.mark.parametrize("text", ["-5", "minus 5", "Minus5"])
def test_a_number_below_zero_loses_no_sign(text: str) -> None:
    typed = read_typed("social_studies.hours", text)

    assert typed.value is None
    assert "helt tall" in typed.problem
