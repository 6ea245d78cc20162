"""Sheets of what the law asks of the municipality: milestones, leave, absence and decisions."""

from datetime import date
from typing import Any

import pytest

from innpass.domain.sheets.codes import read_code, word_of
from innpass.domain.sheets.fields import FIELDS, EndGoal
from innpass.domain.sheets.reading import read_file
from innpass.domain.sheets.records import Issue, Owner, Row, TableKind
from innpass.domain.sheets.words import read_yaml
from innpass.domain.sheets.workbook import Sheet, Workbook

NAMES = ("Amina Haddad", "Bohdan Kovalenko", "Celine Mukendi", "Daria Savenko", "Elias Tesfay")
DAY, LATER = date(2026, 3, 2), date(2026, 3, 6)


def rows_of(sheet: str, headings: str, *cells: Any) -> list[Row]:
    """Read a sheet in which everybody has the same cells, after a name and a birth date."""
    body = [(name, date(1988, 3, 1 + at), *cells) for at, name in enumerate(NAMES)]
    table = [tuple(f"Navn|Fødselsdato|{headings}".split("|")), *body]
    return list(
        read_file(
            Workbook("flyktning.xlsx", (Sheet(sheet, tuple(table)),)), owner=Owner.REFUGEE
        ).rows
    )


@pytest.mark.parametrize(
    ("heading", "cell", "field", "value"),
    [
        ("Bosatt dato", DAY, "settled_on", DAY),
        ("Bosatt i kommunen", "2.3.2026", "settled_on", DAY),
        ("Dato for oppholdstillatelse", DAY, "permit_on", DAY),
        ("Oppholdstillatelse innvilget", DAY, "permit_on", DAY),
        ("Tilbudt programstart", DAY, "programme.offered_on", DAY),
        ("Har barn under 18 år", "ja", "programme.has_children", True),
        ("Barn under 18", "Nei", "programme.has_children", False),
        ("Kompetansekartlegging gjennomført", DAY, "mapping_on", DAY),
        ("Karriereveiledning", DAY, "career_guidance_on", DAY),
        ("Integreringskontrakt underskrevet", DAY, "contract_on", DAY),
        ("Deltakerbevis", DAY, "certificate_on", DAY),
        ("Norskopplæring tilbudt fra", DAY, "norwegian.offered_on", DAY),
        ("Livsmestring: helse, timer", 12, "lifeskills.health_hours", 12),
        ("Livsmestring karriere timer", "8", "lifeskills.career_hours", 8),
        ("Foreldreveiledning, gruppesamlinger", 6, "parental.group_meetings", 6),
        ("Foreldreveiledning, egne samtaler", 0, "parental.individual_meetings", 0),
        ("Samfunnskunnskap timer", 75, "social_studies.hours", 75),
    ],
)
def test_a_persons_columns_are_understood(heading: str, cell: Any, field: str, value: Any) -> None:
    rows = rows_of("Deltakere", f"Programstart|Planlagt slutt|{heading}", DAY, LATER, cell)

    assert {row.kind for row in rows} == {TableKind.PERSON}
    assert [row.value(field) for row in rows] == [value] * len(NAMES)


@pytest.mark.parametrize("heading", ["Livsmestring", "Samfunnskunnskap", "Antall barn", "Barn"])
def test_what_is_not_a_number_or_a_day_is_left_alone(heading: str) -> None:
    rows = rows_of("Deltakere", f"Programstart|Planlagt slutt|{heading}", DAY, LATER, "pågår")

    assert not [reading for row in rows for reading in row.readings.values() if reading.issue]


@pytest.mark.parametrize(
    ("sheet", "headings", "cells", "kind"),
    [
        ("Fravær", "Fra|Til|Type", (DAY, LATER, "Egenmelding"), "self_declared"),
        ("Ark1", "Fra dato|Til dato|Årsak", (DAY, LATER, "sykt barn"), "child_ill"),
        ("Fravær våren 2026", "Første dag|Siste dag", (DAY, LATER), None),
        ("Ark1", "Fravær fra|Fravær til|Fraværstype", (DAY, LATER, "sykemeldt"), "doctors_note"),
    ],
)
def test_absence_is_told_from_leave(sheet: str, headings: str, cells: Any, kind: Any) -> None:
    first, *_ = rows = rows_of(sheet, headings, *cells)

    assert {row.kind for row in rows} == {TableKind.ABSENCE}
    assert (first.value("absence.first_day"), first.value("absence.last_day")) == (DAY, LATER)
    assert first.value("absence.kind") == kind


@pytest.mark.parametrize(
    ("sheet", "why"), [("Permisjon og fravær", "velferd"), ("Fravær", "Foreldrepermisjon")]
)
def test_leave_stays_leave_whatever_the_sheet_is_called(sheet: str, why: str) -> None:
    first, *_ = rows = rows_of(sheet, "Fra|Til|Grunn", DAY, LATER, why)

    assert {row.kind for row in rows} == {TableKind.LEAVE}
    assert (first.value("leave.reason"), first.value("leave.kind")) == (why, None)


def test_a_column_of_kinds_beside_reasons_says_what_leave_is_for() -> None:
    headings = "Fra|Til|Permisjonstype|Merknad"
    first, *_ = rows_of("Permisjoner", headings, DAY, LATER, "Religiøs høytid", "Eid i juni")

    assert first.value("leave.kind") == "religious"
    assert first.value("leave.reason") == "Eid i juni"


@pytest.mark.parametrize(
    ("sheet", "headings", "cells", "kind"),
    [
        (
            "Vedtak",
            "Vedtak|Vedtaksdato|Gjelder fra|Gjelder til|Begrunnelse",
            ("Forlengelse", DAY, DAY, LATER, "Trenger mer norsk"),
            "extension",
        ),
        (
            "Ark2",
            "Type vedtak|Dato for vedtak|Fra|Til|Begrunnelse for vedtaket",
            ("midlertidig stans", DAY, DAY, LATER, "Trenger mer norsk"),
            "pause",
        ),
        (
            "Vedtak om deltid",
            "Vedtaksdato|Fra dato|Til dato|Begrunnelse",
            (DAY, DAY, LATER, "Trenger mer norsk"),
            "part_time",
        ),
    ],
)
def test_decisions_are_understood(sheet: str, headings: str, cells: Any, kind: str) -> None:
    first, *_ = rows = rows_of(sheet, headings, *cells)

    assert {row.kind for row in rows} == {TableKind.DECISION}
    assert {name: first.value(f"decision.{name}") for name in ("kind", "day", "reason")} == {
        "kind": kind,
        "day": DAY,
        "reason": "Trenger mer norsk",
    }
    days = (first.value("decision.first_day"), first.value("decision.last_day"))
    assert days == (DAY, LATER)


def test_a_word_that_is_not_understood_is_asked_about() -> None:
    rows = rows_of("Vedtak", "Vedtak|Vedtaksdato", "Forlengelse", DAY)
    table = [("Navn", "Fødselsdato", "Vedtak", "Vedtaksdato")]
    table += [(name, DAY, "stans", DAY) for name in NAMES[1:]]  # type: ignore[misc]
    table += [(NAMES[0], DAY, "utflukt", DAY)]  # type: ignore[list-item]
    book = Workbook("flyktning.xlsx", (Sheet("Vedtak", tuple(table)),))

    asked = read_file(book, owner=Owner.REFUGEE).rows[-1].readings["decision.kind"]

    assert not [each for row in rows for each in row.readings.values() if each.issue]
    assert (asked.issue, asked.value) == (Issue.UNKNOWN_WORD, None)


FINER = {*EndGoal} - {EndGoal.WORK, EndGoal.EDUCATION}
PLAIN_GOALS = [
    (code, str(word))
    for code in ("work", "education")
    for word in read_yaml("codewords.yml")["codes"]["programme.end_goal"][code]
]


@pytest.mark.parametrize(("code", "word"), PLAIN_GOALS)
def test_what_was_work_or_education_stays_so(code: str, word: str) -> None:
    cut = [f"{word[:size]}." for size in range(3, len(word))]
    phrases = [f"{prefix} {word}" for prefix in ("Mål:", "fullført", "deler av", "vil ta")]

    assert read_code(word, field="programme.end_goal").value == code  # type: ignore[union-attr]
    for text in [*cut, *phrases]:
        found = read_code(text, field="programme.end_goal")
        assert found is None or found.value not in FINER, text


@pytest.mark.parametrize(
    ("field", "code"),
    [
        (name, str(code))
        for name in ("programme.end_goal", "leave.kind", "absence.kind", "decision.kind")
        for code in FIELDS[name].codes or ()
    ],
)
def test_every_code_has_a_word_that_reads_as_itself(field: str, code: str) -> None:
    word = word_of(code, field=field)

    assert word != code
    assert read_code(word, field=field).value == code  # type: ignore[union-attr]
