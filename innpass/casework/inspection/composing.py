"""The whole report, as data for the PDF."""

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


def figures(cases: Sequence[Case], law: Law) -> list[list[str]]:
    """Return a line for each topic that reaches somebody: of how many, and in each state."""
    counts = Counter((found.topic, found.state) for case in cases for found in case.found)
    lines = []
    for topic in law.topics:
        each = [counts[topic, state] for state in STATES]
        if whole := sum(each):
            shares = [f"{n} av {whole}" if n else "–" for n in each]
            lines.append([title(topic), str(whole), *shares])
    return lines


def texts(cases: Sequence[Case], law: Law) -> list[list[str]]:
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


def readings(law: Law) -> list[list[str]]:
    """Return a line for each silence of the law: how it is read, and who chose that."""
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


FIGURES = ("Tema", "Gjelder", *(state_word(state).capitalize() for state in STATES))
TEXTS = ("Tema", "Tekst", "Binder", "Deltakere")
READINGS = ("Spørsmål loven ikke svarer på", "Svar", "Valgt av")


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
            "headings": FIGURES,
            "lines": figures(cases, law),
        },
        "limits": {"title": "Hva rapporten ikke kan vise", "lines": LIMITS},
        "texts": {
            "title": "Tekster som er brukt",
            "note": "Hvilken tekst som binder, avgjøres for hver deltaker av dagen i parentes.",
            "headings": TEXTS,
            "lines": texts(cases, law),
        },
        "readings": {
            "title": "Fortolkninger",
            "note": "Der loven er taus, har Innpass valgt et svar som kommunen kan endre.",
            "headings": READINGS,
            "lines": readings(law),
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
