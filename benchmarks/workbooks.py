"""The four workbooks of an invented municipality, laid out as those of the demo's."""

import io
import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

import xlsxwriter

from benchmarks.people import Person
from innpass.domain.sheets.fields import Activity, EndGoal, EndReason, PlacementKind, Protection
from innpass.domain.sheets.records import Owner

Table = Sequence[Sequence[Any]]

_REASONS = {
    EndReason.WORK: "Arbeid",
    EndReason.EDUCATION: "Utdanning",
    EndReason.NAV: "Overført til Nav",
    EndReason.MOVED: "Flyttet",
    EndReason.OTHER: "Annet",
}
_ACTIVITIES = {
    Activity.NORWEGIAN: "Norsk",
    Activity.VOCATIONAL_NORWEGIAN: "Yrkesrettet norsk",
    Activity.PRACTICE: "Arbeidspraksis",
    Activity.WORK_LIFE_COURSE: "Arbeidslivskurs",
    Activity.NAV_MEASURE: "Nav-tiltak",
    Activity.PART_TIME_WORK: "Deltidsarbeid",
}
_OTHER_SPELLINGS = (
    ("Yevheniia", "Evgenia"), ("Oleh", "Oleg"), ("Serhii", "Sergey"), ("Nataliia", "Natalia"),
    ("Yuliia", "Julia"), ("Oleksandr", "Aleksander"), ("Volodymyr", "Vladimir"),
    ("Dmytro", "Dmitri"), ("nko", "nco"),
)  # fmt: skip
_COLUMNS = (
    ("Deltaker", ("Navn", "Født", "Fnr/D-nr")),
    ("Saksnummer", ("Socionr. (Nav)", "Visma flyktning", "Visma læringssenter")),
    (
        "Program",
        ("Programrådgiver", "Praksisveileder", "Klasse", "Spor", "Start", "Planlagt slutt"),
    ),
    ("Kommunal praksis", ("Enhet", "Start", "Slutt", "Timer/uke", "Evalueringsbesøk")),
    ("Ny kommunal praksis", ("Enhet", "Start", "Slutt", "Evalueringsbesøk")),
    (
        "Privat praksis",
        ("Bedrift", "Start", "Slutt", "Timer/uke", "Evalueringsbesøk", "Arbeidskontrakt fra"),
    ),
    ("Overføring til Nav", ("Infomøte", "Overføringsmøte", "Merknad")),
)


def workbooks(people: Sequence[Person], *, seed: int = 1) -> dict[str, bytes]:
    """Return the files by name: those of the three bodies and the shared sheet."""
    rng = random.Random(seed)
    return {
        "flyktning.xlsx": _workbook(_refugee(people)),
        "nav.xlsx": _workbook(_nav(people, rng)),
        "laeringssenter.xlsx": _workbook(_learning(people, rng)),
        "oversiktsark.xlsx": _overview(people),
    }


def rows_in(people: Sequence[Person]) -> int:
    """Count the rows of all files but headings: three about each person, one about the rest."""
    return sum(4 + len(p.practice) + len(p.hours) + len(p.leave) + len(p.tests) for p in people)


def _refugee(people: Sequence[Person]) -> dict[str, Table]:
    def who(person: Person) -> tuple[Any, ...]:
        return person.visma_refugee, person.name, person.born

    return {
        "Deltakere": [
            _words(
                "Visma-nr,Etternavn,Fornavn,Navn (originalskrift),Fødselsdato,"
                "Fødselsnummer/D-nummer,DUF-nummer,Opprinnelsesland,Beskyttelse,"
                "Fullført videregående eller høyere,Programstart,Planlagt slutt,Faktisk slutt,"
                "Sluttårsak,Sluttmål,Omfang (%),Programrådgiver,Praksisveileder"
            ),
            *(
                (
                    p.visma_refugee, p.family, p.given, "", p.born, p.fnr, "", p.country,
                    "Kollektiv beskyttelse"
                    if p.protection is Protection.COLLECTIVE
                    else "Annet grunnlag",
                    _yes(p.upper_secondary), p.start, p.planned_end, p.actual_end,
                    _REASONS[p.end_reason] if p.end_reason else "",
                    "Arbeid" if p.end_goal is EndGoal.WORK else "Utdanning",
                    p.extent, p.adviser, p.supervisor,
                )
                for p in people
            ),
        ],
        "Praksis": [
            _words(
                "Visma-nr,Navn,Fødselsdato,Type,Tjenesteområde,Enhet/bedrift,Fra,Til,Forlenget,"
                "Timer per uke"
            ),
            *(
                (
                    *who(p), "Privat" if at.kind is PlacementKind.PRIVATE else "Kommunal",
                    at.area, at.unit, at.first_day, at.last_day, "Nei", at.per_week,
                )
                for p in people
                for at in p.practice
            ),
        ],
        "Timeplan": [
            _words("Visma-nr,Navn,Fødselsdato,Aktivitet,Fra,Til,Timer per uke"),
            *_activities(people, Owner.REFUGEE, who),
        ],
        "Permisjon": [
            _words("Visma-nr,Navn,Fødselsdato,Fra,Til,Årsak"),
            *(
                (*who(p), first, last, "velferdspermisjon")
                for p in people
                for first, last in p.leave
            ),
        ],
    }  # fmt: skip


def _nav(people: Sequence[Person], rng: random.Random) -> dict[str, Table]:
    def written(person: Person) -> str:
        family, _, given = _as_others_write(f"{person.family}|{person.given}", rng).partition("|")
        return f"{family.upper()}, {given}"

    return {
        "Brukere": [
            _words("Socionr,Navn,Fødselsnummer,Fødselsdato"),
            *((p.socio, written(p), p.fnr, p.born) for p in people),
        ],
        "Tiltak": [
            _words("Socionr,Aktivitet,Fra,Til,Timer per uke"),
            *_activities(people, Owner.NAV, lambda p: (p.socio,)),
        ],
    }


def _learning(people: Sequence[Person], rng: random.Random) -> dict[str, Table]:
    return {
        "Elever": [
            _words(
                "Visma-nr,Navn,Fødselsdato,Fødselsnummer,DUF-nummer,Klasse,Spor,Lytte,Lese,"
                "Skrive,Snakke"
            ),
            *(
                (
                    p.visma_learning, _as_others_write(p.name, rng), p.born,
                    p.fnr if rng.random() < 0.5 else "", "", p.class_name, p.track, *[p.level] * 4,
                )
                for p in people
            ),
        ],
        "Undervisning": [
            _words("Visma-nr,Fag,Fra,Til,Timer per uke"),
            *_activities(people, Owner.LEARNING, lambda p: (p.visma_learning,)),
        ],
        "Norskprøver": [
            _words("Visma-nr,Prøvedato,Mål,Lytte,Lese,Skrive,Snakke,Mål nådd"),
            *(
                (p.visma_learning, t.day, t.goal, *[t.level] * 4, _yes(t.reached))
                for p in people
                for t in p.tests
            ),
        ],
    }  # fmt: skip


def _activities(people: Sequence[Person], owner: Owner, who: Any) -> Iterable[Sequence[Any]]:
    for person in people:
        for row in person.hours:
            if row.owner is owner:
                activity = _ACTIVITIES[row.activity]
                yield (*who(person), activity, row.first_day, row.last_day, row.per_week)


def _overview(people: Sequence[Person]) -> bytes:
    """Write the caseworkers' sheet: two lines above, merged headings, a sheet per year."""
    by_year: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        by_year["Avsluttet" if person.actual_end else str(person.start.year)].append(person)
    upper, lower = [], []
    for group, names in _COLUMNS:
        upper += [group, *[""] * (len(names) - 1)]
        lower += names
    sheets = {
        name: [
            [f"Oversikt deltakere i introduksjonsprogrammet – {name}"],
            ["Fargekoder:", "i kommunal praksis", "i privat praksis", "avsluttet"],
            upper,
            lower,
            *map(_overview_row, some),
        ]
        for name, some in sorted(by_year.items())
    }
    return _workbook(sheets, merged=_COLUMNS)


def _overview_row(person: Person) -> list[Any]:
    placed: list[Any] = ["", "", "", "", ""] + [""] * 4 + [""] * 6
    for period in person.practice:
        at = 9 if period.kind is PlacementKind.PRIVATE else 0
        visit = min(period.first_day + timedelta(weeks=6), period.last_day)
        placed[at : at + 5] = [
            period.unit, period.first_day, period.last_day, period.per_week, visit
        ]  # fmt: skip
    return [
        person.name, person.born, person.fnr, person.socio, person.visma_refugee,
        person.visma_learning, person.adviser, person.supervisor, person.class_name, person.track,
        person.start, person.planned_end, *placed, "", "", "",
    ]  # fmt: skip


def _workbook(sheets: dict[str, Table], *, merged: Any = ()) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_numbers": False}) as book:
        day = book.add_format({"num_format": "dd.mm.yyyy"})
        for name, table in sheets.items():
            sheet = book.add_worksheet(name)
            for row, cells in enumerate(table):
                for column, cell in enumerate(cells):
                    if isinstance(cell, date):
                        sheet.write_datetime(row, column, cell, day)
                    elif cell not in ("", None):
                        sheet.write(row, column, cell)
            column = 0
            for group, names in merged:
                sheet.merge_range(2, column, 2, column + len(names) - 1, group)
                column += len(names)
    return target.getvalue()


def _words(text: str) -> list[str]:
    return text.split(",")


def _yes(value: bool) -> str:
    return "Ja" if value else "Nei"


def _as_others_write(name: str, rng: random.Random) -> str:
    """Spell one name in seven as somebody else would."""
    if rng.random() > 0.15:
        return name
    for ours, theirs in _OTHER_SPELLINGS:
        name = name.replace(ours, theirs)
    return name
