"""Numbers, names, levels, code words and identity numbers as people write them."""

import re
from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innpass.domain.sheets.cells import reader_for, shown, without_identity_numbers
from innpass.domain.sheets.codes import read_code, read_level, read_yes_no
from innpass.domain.sheets.fields import FIELDS, FieldType
from innpass.domain.sheets.findings import Finding
from innpass.domain.sheets.identity_cells import read_duf, read_identity
from innpass.domain.sheets.names import read_name
from innpass.domain.sheets.numbers import (
    read_hours,
    read_percent,
    read_system_number,
    read_whole_number,
)
from innpass.domain.sheets.records import Issue
from innpass.domain.sheets.workbook import CellContent

CONTENTS = st.one_of(
    st.none(), st.text(max_size=60), st.integers(), st.floats(), st.booleans(), st.dates(),
    st.datetimes(), st.times(), st.from_regex(r"[0-9 .,/:%?-]{0,20}", fullmatch=True),
)  # fmt: skip


def value(found: Finding | None) -> object:
    return found.value if found else None


@given(CONTENTS, st.sampled_from(sorted(FIELDS)))
def test_no_content_makes_reading_fail_and_doubt_has_no_value(
    content: CellContent, name: str
) -> None:
    if FIELDS[name].type in {FieldType.IDENTITY_NUMBER, FieldType.DUF}:
        found = {**read_identity(content, born=date(1992, 3, 12)), **read_duf(content)}
    else:
        one = reader_for(name)(content)
        found = {} if one is None else {name: one}

    for finding in found.values():
        assert (finding.value is None) == (finding.issue is not None)


@given(CONTENTS)
def test_no_shown_text_holds_eleven_digits_together(content: CellContent) -> None:
    text = without_identity_numbers(shown(content))

    assert re.search(r"[0-9]{11}", text) is None


@pytest.mark.parametrize(
    "content",
    ["15,0 t", " 15,0t", "15,0 t/uke", "15 timer", "15.0", 15, 15.0, "15 t pr. uke", "15 t/veke",
     "15 timer per uke", "15h", time(15, 0), "15:00"],
)  # fmt: skip
def test_hours_are_read_with_any_unit(content: CellContent) -> None:
    assert value(read_hours(content)) == 15.0


@pytest.mark.parametrize(
    "content", ["ca. 15", "10-15", "150", "3 dager", "-5", "ring", date(2024, 5, 15), "100 %", True]
)
def test_hours_that_are_not_plain_are_doubtful(content: CellContent) -> None:
    found = read_hours(content)

    assert found is not None
    assert found.value is None


@pytest.mark.parametrize(
    ("content", "percent"),
    [
        ("60 %", 60),
        (0.6, 60),
        ("60", 60),
        (60.0, 60),
        (1, 100),
        ("0,6", 60),
        ("heltid", 100),
        ("100%", 100),
    ],
)
def test_percents_are_read_as_shares_or_percents(content: CellContent, percent: int) -> None:
    assert value(read_percent(content)) == percent


@pytest.mark.parametrize(
    ("content", "number"),
    [
        ("44523", "44523"),
        (44523.0, "44523"),
        (" 44 523", "44523"),
        ("00123", "00123"),
        ("44523.0", "44523"),
        ("44.523", "44523"),
        ("Visma 44523", "44523"),
    ],
)
def test_system_numbers_keep_their_digits(content: CellContent, number: str) -> None:
    assert value(read_system_number(content)) == number


@pytest.mark.parametrize(
    ("content", "number"), [("Spor 2", 2), (2.0, 2), ("2", 2), ("II", 2), ("spor2", 2)]
)
def test_tracks_are_read_with_or_without_words(content: CellContent, number: int) -> None:
    assert value(read_whole_number(content)) == number


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("A2", "A2"),
        ("a2", "A2"),
        ("A 2", "A2"),
        ("А2", "A2"),
        ("A2+", "A2"),
        ("nivå B1", "B1"),
        ("under A1", "pre-A1"),
        ("A2/B1", None),
        ("bra", None),
    ],
)
def test_levels(text: str, level: str | None) -> None:
    assert value(read_level(text)) == level


@pytest.mark.parametrize(
    ("content", "answer"),
    [
        ("J", True),
        ("N", False),
        ("Ja", True),
        ("nei", False),
        ("x", True),
        ("1", True),
        (0.0, False),
        ("sant", True),
        ("USANN", False),
        (True, True),
        ("✓", True),
    ],
)
def test_yes_and_no(content: CellContent, answer: bool) -> None:
    assert value(read_yes_no(content)) is answer


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("programme.end_goal", "Jobb", "work"),
        ("programme.end_goal", "ARBEID", "work"),
        ("programme.end_goal", "Utdaning", "education"),
        ("programme.end_goal", "Vgs.", "education"),
        ("programme.end_goal", "Arbeid eller utdanning", None),
        ("programme.end_goal", "Astronaut", None),
        ("programme.protection", "§ 34", "collective"),
        ("programme.protection", "Kollektiv beskyttels", "collective"),
        ("programme.protection", "Koll. besk.", "collective"),
        ("programme.protection", "Familiegjenforening", "other"),
        ("programme.protection", 34.0, "collective"),
        ("programme.end_reason", "Overført NAV", "nav"),
        ("programme.end_reason", "Flyttet til Bergen", "moved"),
        ("programme.end_reason", "Ikke fått jobb", None),
        ("activity.kind", "Norsk B1", "norwegian"),
        ("activity.kind", "Yrkesretta norsk helse", "vocational_norwegian"),
        ("activity.kind", "Språkpraksis barnehage", "practice"),
        ("activity.kind", "Praksis/norsk", None),
        ("activity.kind", "NAV tiltak", "nav_measure"),
        ("placement.kind", "K", "municipal"),
        ("placement.kind", "Næringsliv", "private"),
    ],
)  # fmt: skip
def test_code_words_are_understood_or_left_to_a_person(
    field: str, text: CellContent, code: str | None
) -> None:
    found = read_code(text, field=field)

    assert found is not None
    assert found.value == code
    assert (found.issue is Issue.UNKNOWN_WORD) == (code is None)


@pytest.mark.parametrize(
    ("text", "full", "family"),
    [
        ("YURCHENKO, Taras", "Taras Yurchenko", "Yurchenko"),
        ("AL-HASSAN, RANIA", "Rania Al-Hassan", "Al-Hassan"),
        ("MOROZ Olena", "Olena Moroz", "Moroz"),
        (" Olena \u00a0 Moroz ", "Olena Moroz", None),
        ("OLENA MOROZ", "Olena Moroz", None),
        ("Мороз, Олена", "Олена Мороз", "Мороз"),
    ],
)
def test_names_are_turned_and_tidied(text: str, full: str, family: str | None) -> None:
    name = read_name(text)

    assert name is not None
    assert (name.full, name.family) == (full, family)


@pytest.mark.parametrize(
    "content",
    [
        7857411735,
        7857411735.0,
        "07857411735",
        "078574 11735",
        "078574-11735",
        "078574.11735",
        " 07857411735 ",
        "7857411735",
    ],
)
def test_identity_numbers_in_any_shape(content: CellContent) -> None:
    assert read_identity(content)["ids.fnr"].value == "07857411735"


def test_what_was_done_to_an_identity_number_is_noted() -> None:
    assert read_identity(7857411735.0)["ids.fnr"].note == "leading_zero_restored"
    assert read_identity("11735", born=date(1974, 5, 7))["ids.fnr"].value == "07857411735"


@pytest.mark.parametrize(
    "content", ["07857411736", "123", "0785741173", "fnr mangler", "07857411735 og 12919223969"]
)
def test_numbers_that_do_not_hold_have_no_value(content: str) -> None:
    findings = read_identity(content)

    assert all(one.value is None for one in findings.values())
    assert Issue.BAD_IDENTITY_NUMBER in {one.issue for one in findings.values()}


def test_other_numbers_in_the_column_go_where_they_belong() -> None:
    assert read_identity("56909265709") == {"ids.dnr": Finding("56909265709")}
    assert set(read_identity("07857411735 / 56909265709")) == {"ids.fnr", "ids.dnr"}
    assert read_identity("202428017605")["ids.duf"].value == "202428017605"
    assert read_identity(datetime(1992, 3, 12))["birth_date"].value == date(1992, 3, 12)
    assert read_duf("07857411735")["ids.fnr"].value == "07857411735"
    assert read_duf("202428017606")["ids.duf"].note == "duf_checksum_differs"
