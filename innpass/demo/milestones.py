"""A list of what the law asks of the municipality, about every third participant of the demo.

Days of settlement, offer and mapping, decisions and absence: invented from the programme's own
days, written as a workbook, and read by the real importer.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from innpass.casework.imports.services import HandedOver
from innpass.casework.participants.models import Identifier
from innpass.casework.programme.models import Enrolment
from innpass.exchange.workbooks.writing import (
    ColumnKind,
    ColumnToWrite,
    SheetToWrite,
    write_workbook,
)

EVERY = 3
_WHO = (
    ("Visma flyktning", ColumnKind.TEXT),
    ("Navn", ColumnKind.TEXT),
    ("Fødselsdato", ColumnKind.DATE),
)
# Heading, and days before (-) or after the programme's first day.
_MILESTONES = (
    ("Dato for oppholdstillatelse", -120),
    ("Bosatt dato", -75),
    ("Kompetansekartlegging", -40),
    ("Tilbudt programstart", -21),
    ("Norskopplæring tilbudt fra", -14),
    ("Integreringskontrakt underskrevet", 7),
    ("Karriereveiledning", 35),
)
_DATE, _TEXT, _WHOLE = ColumnKind.DATE, ColumnKind.TEXT, ColumnKind.WHOLE

Cells = list[str | int | date | None]


def milestones(enrolments: Sequence[Enrolment], *, on: date) -> HandedOver:
    """Return the list about every third of some programmes, with nothing after ``on``.

    Args:
        enrolments: with participants, in a fixed order; those without a first day or a number of
            the department are left out.
        on: the day on which the list was written.
    """
    numbers: Mapping[UUID, str] = dict(
        Identifier.objects.filter(kind="visma_refugee").values_list("participant_id", "plain")
    )
    chosen = [row for row in enrolments if row.first_day and row.participant_id in numbers][::EVERY]

    def who(row: Enrolment) -> Cells:
        person = row.participant
        return [numbers.get(person.pk), person.name, person.birth_date]

    sheets = (
        (
            "Milepæler",
            (
                *((heading, _DATE) for heading, _ in _MILESTONES),
                ("Barn under 18", _TEXT),
                ("Livsmestring: helse, timer", _WHOLE),
                ("Livsmestring: karriere, timer", _WHOLE),
                ("Samfunnskunnskap, timer", _WHOLE),
            ),
            [[*who(row), *_days(row, on), *_held(at, row, on)] for at, row in enumerate(chosen)],
        ),
        (
            "Vedtak",
            (
                ("Vedtak", _TEXT),
                ("Vedtaksdato", _DATE),
                ("Gjelder fra", _DATE),
                ("Gjelder til", _DATE),
                ("Begrunnelse", _TEXT),
            ),
            [
                [*who(row), *cells]
                for at, row in enumerate(chosen)
                for cells in _decisions(at, row, on)
            ],
        ),
        (
            "Fravær",
            (("Fra", _DATE), ("Til", _DATE), ("Type fravær", _TEXT)),
            [
                [*who(row), *cells]
                for at, row in enumerate(chosen)
                for cells in _absences(at, row, on)
            ],
        ),
    )
    content = write_workbook(
        [
            SheetToWrite(
                name=name,
                columns=[ColumnToWrite(text, kind) for text, kind in (*_WHO, *columns)],
                rows=rows,
            )
            for name, columns, rows in sheets
        ]
    )
    return HandedOver("vedtak og milepæler.xlsx", content)


def _after_start(row: Enrolment, days: int) -> date:
    return (row.first_day or date.min) + timedelta(days=days)


def _days(row: Enrolment, on: date) -> Cells:
    days = [_after_start(row, after) for _, after in _MILESTONES]
    return [day if day <= on else None for day in days]


def _held(at: int, row: Enrolment, on: date) -> Cells:
    """Return children, hours of life skills and of social studies, by how long it has lasted."""
    months = max(0, (on - _after_start(row, 0)).days // 30)
    hours = (min(14, 2 * months), min(12, months), min(75, 10 * months))
    return ["Ja" if at % 2 else "Nei", *(each or None for each in hours)]


def _decisions(at: int, row: Enrolment, on: date) -> Iterator[Cells]:
    start, end = _after_start(row, 0), row.planned_last_day
    made = _after_start(row, -14)
    yield ["Innvilget program", made, start, end, "Fyller vilkårene i integreringsloven § 8."]
    yield ["Norskopplæring", made, start, None, None]
    if at % 2 == 0 and _after_start(row, 28) <= on:
        yield [
            "Integreringsplan",
            _after_start(row, 28),
            None,
            None,
            "Laget sammen med deltakeren.",
        ]
    if at % 5 == 1 and _after_start(row, 120) <= on:
        reason = "Foreldre til små barn, jf. integreringsloven § 17."
        days = _after_start(row, 130), _after_start(row, 144)
        yield ["Permisjon", _after_start(row, 120), *days, reason]


def _absences(at: int, row: Enrolment, on: date) -> Iterator[Cells]:
    """Return absences of about half of them, on weekdays; the latest of them lies before ``on``."""
    kinds = ("Egenmelding", "Sykt barn", "Sykmelding", "Ugyldig fravær", "Legetime")
    for number in range(at % 4):
        first = _after_start(row, 30 + 41 * number)
        first -= timedelta(days=first.weekday())
        last = first + timedelta(days=(at + number) % 3)
        if last < min(on, row.actual_last_day or on):
            yield [first, last, kinds[(at + number) % len(kinds)]]
