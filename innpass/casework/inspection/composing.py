"""The whole report, as data for the PDF and as sheets."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.utils.timezone import localtime

from innpass.casework.inspection.person import Case, line_about, parts_of
from innpass.casework.inspection.wording import LIMITS, STATES, day
from innpass.casework.programme.readings import choices
from innpass.domain.law.law import THE_LAW, Law
from innpass.domain.law.words import (
    days_words,
    decides_words,
    reading_answer,
    reading_question,
    state_word,
    title,
)
from innpass.exchange.workbooks.writing import (
    ColumnKind,
    ColumnToWrite,
    SheetToWrite,
    write_workbook,
)

TITLE = "Tilsynsrapport for introduksjonsprogrammet"


@dataclass(frozen=True, slots=True)
class About:
    """What the report is: whose cases, when, made by whom, drawn how."""

    municipality: str
    first_day: date
    last_day: date
    as_of: date
    made_on: date
    made_by: str
    chosen: str
    people: int

    def lines(self) -> list[list[str]]:
        """Return label and value, in order."""
        return [
            ["Kommune", self.municipality],
            ["Periode", f"{day(self.first_day)}–{day(self.last_day)}"],
            ["Vurdert per", day(self.as_of)],
            ["Utvalg", self.chosen],
            ["Deltakere i rapporten", str(self.people)],
            ["Laget", f"{day(self.made_on)} av {self.made_by}"],
        ]


def _figures(cases: Sequence[Case], law: Law) -> list[list[str]]:
    """Return a line for each topic that reaches somebody: of how many, and in each state."""
    counts = Counter((found.topic, found.state) for case in cases for found in case.found)
    lines = []
    for topic in law.topics:
        each = [counts[topic, state] for state in STATES]
        if whole := sum(each):
            shares = [f"{n} av {whole}" if n else "–" for n in each]
            lines.append([title(topic), str(whole), *shares])
    return lines


def _texts(cases: Sequence[Case], law: Law) -> list[list[str]]:
    """Return a line for each text that binds somebody in the report."""
    used = Counter(found.text.rule for case in cases for found in case.found if found.text)
    return [
        [
            title(topic),
            text.source.paragraph if text.source else "–",
            f"{days_words(text.first_day, text.last_day)} ({decides_words(text)})",
            str(used[text.rule]),
        ]
        for topic, texts in law.topics.items()
        for text in texts
        if used[text.rule]
    ]


def _readings(law: Law) -> list[list[str]]:
    chosen = {choice.name: choice for choice in reversed(choices())}
    lines = []
    for name in law.readings():
        value = law.reading(name)
        said = chosen.get(name)
        by = (
            f"Kommunen, {day(localtime(said.chosen_at).date())}" if said else "Slik Innpass leveres"
        )
        if value == THE_LAW.reading(name):
            by = "Slik Innpass leveres"
        lines.append([reading_question(name), reading_answer(name, value), by])
    return lines


_FIGURES = ("Tema", "Gjelder", *(state_word(state).capitalize() for state in STATES))
_TEXTS = ("Tema", "Tekst", "Binder", "Deltakere")
_READINGS = ("Spørsmål loven ikke svarer på", "Svar", "Valgt av")


def document(about: About, cases: Sequence[Case], *, law: Law) -> dict[str, Any]:
    """Return the report as the template ``inspection`` asks for it."""
    return {
        "title": TITLE,
        "footer": f"{about.municipality}, {day(about.first_day)}–{day(about.last_day)}",
        "page_word": "Side",
        "about": about.lines(),
        "figures": {
            "title": "Slik står det i utvalget",
            "note": "Hvor mange av dem temaet gjelder, som står slik ved slutten av perioden.",
            "headings": _FIGURES,
            "lines": _figures(cases, law),
        },
        "limits": {"title": "Hva rapporten ikke kan vise", "lines": LIMITS},
        "texts": {
            "title": "Tekster som er brukt",
            "note": "Hvilken tekst som binder, avgjøres for hver deltaker av dagen i parentes.",
            "headings": _TEXTS,
            "lines": _texts(cases, law),
        },
        "readings": {
            "title": "Fortolkninger",
            "note": "Der loven er taus, har Innpass valgt et svar som kommunen kan endre.",
            "headings": _READINGS,
            "lines": _readings(law),
        },
        "people": [
            {
                "name": case.name,
                "line": line_about(case),
                "parts": [
                    asdict(part)
                    for part in parts_of(
                        case, first_day=about.first_day, last_day=about.last_day, law=law
                    )
                ],
            }
            for case in cases
        ],
    }


def workbook(about: About, cases: Sequence[Case], *, law: Law) -> bytes:
    """Return the report as .xlsx: figures, topics per participant, decisions, hours, texts."""
    parts = [
        (case, parts_of(case, first_day=about.first_day, last_day=about.last_day, law=law))
        for case in cases
    ]
    sheets = [
        _sheet("Om rapporten", ("Hva", "Verdi"), [*about.lines(), *(["Obs", x] for x in LIMITS)]),
        _sheet("Tall", _FIGURES, _figures(cases, law)),
    ]
    names = ("Krav", "Vedtak", "Planer", "Timer", "Registrering")
    for place, name in enumerate(names):
        lines = [
            [case.name, *(_plain(cell) for cell in line)]
            for case, tables in parts
            for line in tables[place].lines
        ]
        headings = parts[0][1][place].headings if parts else ()
        sheets.append(_sheet(name, ("Deltaker", *headings), lines))
    sheets.append(_sheet("Tekster", _TEXTS, _texts(cases, law)))
    sheets.append(_sheet("Fortolkninger", _READINGS, _readings(law)))
    return write_workbook(sheets, title=TITLE)


def _plain(cell: Any) -> Any:
    """Return a cell of a page as one of a sheet."""
    if not isinstance(cell, dict):
        return cell
    said = cell.get("said")
    return f"{cell['word']}: {said}" if said else cell["word"]


def _sheet(name: str, headings: Sequence[str], lines: Sequence[Sequence[Any]]) -> SheetToWrite:
    columns = [ColumnToWrite(heading, ColumnKind.TEXT) for heading in headings]
    return SheetToWrite(name=name, columns=columns, rows=lines, title=f"{TITLE}: {name}")
