"""The whole report as sheets: one line for each fact, in columns that can be filtered."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from innpass.casework.inspection.composing import (
    FIGURES,
    READINGS,
    TEXTS,
    TITLE,
    About,
    figures,
    readings,
    texts,
)
from innpass.casework.inspection.person import Case, demands_of, parts_of
from innpass.casework.inspection.wording import LIMITS
from innpass.domain.law.law import Law
from innpass.domain.law.words import areas, state_word, title
from innpass.exchange.workbooks.writing import (
    ColumnKind,
    ColumnToWrite,
    SheetToWrite,
    write_workbook,
)

_WHO = ("Deltaker", "Født")
_DEMANDS = ("Område", "Tema", "Stilling", "Frist", "Gjort", "Tekst som binder", "Forklaring")
_WIDE = 90  # characters, for the explanations
_DAY = re.compile(r"\d{2}\.\d{2}\.\d{4}")
_NUMBER = re.compile(r"\d+(,\d+)?")
_NOTHING = "–"


def workbook(about: About, cases: Sequence[Case], *, law: Law) -> bytes:
    """Return the report as .xlsx: figures, demands per participant, decisions, hours, texts."""
    area_of = {topic: area.title for area in areas() for topic in area.topics}
    demands = [
        [
            *_who(case),
            area_of[found.topic],
            title(found.topic),
            state_word(found.state).capitalize(),
            found.due,
            found.done,
            found.text.source.paragraph if found.text and found.text.source else None,
            found.sentence(),
        ]
        for case in cases
        for found in demands_of(case)
    ]
    sheets = [
        _sheet("Om rapporten", ("Hva", "Verdi"), [*about.lines(), *(["Obs", x] for x in LIMITS)]),
        _sheet("Tall", FIGURES, figures(cases, law)),
        _sheet("Krav", (*_WHO, *_DEMANDS), demands),
    ]
    parts = [
        (case, parts_of(case, first_day=about.first_day, last_day=about.last_day, law=law)[1:])
        for case in cases
    ]
    for place, name in enumerate(("Vedtak", "Planer", "Timer", "Registrering")):
        lines = [
            [*_who(case), *map(_plain, line)]
            for case, tables in parts
            for line in tables[place].lines
        ]
        headings = parts[0][1][place].headings if parts else ()
        sheets.append(_sheet(name, (*_WHO, *headings), lines))
    sheets.append(_sheet("Tekster", TEXTS, texts(cases, law)))
    sheets.append(_sheet("Fortolkninger", READINGS, readings(law)))
    return write_workbook(sheets, title=TITLE)


def _who(case: Case) -> list[Any]:
    return [case.name, case.born.year if case.born else None]


def _plain(cell: Any) -> Any:
    """Return a cell of a page as a day, a number or a text of a sheet; nothing for a dash."""
    if cell == _NOTHING:
        return None
    if _DAY.fullmatch(cell):
        return datetime.strptime(cell, "%d.%m.%Y").date()  # noqa: DTZ007  (a day has no zone)
    return float(cell.replace(",", ".")) if _NUMBER.fullmatch(cell) else cell


def _kind(cells: Iterable[Any]) -> ColumnKind:
    """Tell what a column holds."""
    there = [cell for cell in cells if cell is not None]
    if there and all(isinstance(cell, date) for cell in there):
        return ColumnKind.DATE
    if there and all(isinstance(cell, int | float) for cell in there):
        is_whole = all(cell == int(cell) for cell in there)
        return ColumnKind.WHOLE if is_whole else ColumnKind.NUMBER
    return ColumnKind.TEXT


def _sheet(name: str, headings: Sequence[str], lines: Sequence[Sequence[Any]]) -> SheetToWrite:
    kinds = [_kind(line[place] for line in lines) for place in range(len(headings))]
    columns = [
        ColumnToWrite(each, kind, width=_WIDE if each == _DEMANDS[-1] else None)
        for each, kind in zip(headings, kinds, strict=True)
    ]
    return SheetToWrite(name=name, columns=columns, rows=lines, title=f"{TITLE}: {name}")
