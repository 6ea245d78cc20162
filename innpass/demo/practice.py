"""Where participants are to have practice in the autumn, as a list from the practice supervisor.

Those whose course model leaves days for it and who have neither work nor a Nav measure, each at the
next of some employers; some have no place yet. Written as a workbook, and read by the real
importer.
"""

from datetime import date

from innpass.casework.imports.services import HandedOver
from innpass.casework.participants.models import Identifier
from innpass.casework.placements.models import Employer
from innpass.casework.programme.models import Element, Enrolment
from innpass.casework.training.courses import CourseWeek, course_weeks
from innpass.domain.sheets.fields import Activity
from innpass.exchange.workbooks.writing import (
    ColumnKind,
    ColumnToWrite,
    SheetToWrite,
    write_workbook,
)

FIRST_DAY, LAST_DAY = date(2026, 8, 17), date(2026, 12, 18)
_HOURS_PER_DAY = 7.5
_NET_COURSE_DAYS = 4
_LOOKING = 3  # every so manieth has no place for the autumn yet
_TEXT, _DATE = ColumnKind.TEXT, ColumnKind.DATE
_COLUMNS = (
    ("Visma flyktning", _TEXT),
    ("Navn", _TEXT),
    ("Fødselsdato", _DATE),
    ("Type", _TEXT),
    ("Tjenesteområde", _TEXT),
    ("Enhet/bedrift", _TEXT),
    ("Fra", _DATE),
    ("Til", _DATE),
    ("Timer per uke", ColumnKind.NUMBER),
)
_KINDS = {"municipal": "Kommunal", "private": "Privat"}


def autumn_practice(*, at: tuple[str, ...]) -> HandedOver:
    """Return the list.

    Args:
        at: names of the employers, the first of them for the first participant by name.
    """
    employers = {each.name: each for each in Employer.objects.filter(name__in=at)}
    order = [employers[name] for name in at if name in employers]
    numbers = dict(
        Identifier.objects.filter(kind="visma_refugee").values_list("participant_id", "plain")
    )
    rows: list[list[str | int | float | date | None]] = []
    for number, (enrolment, course) in enumerate(_without_work()):
        if number % _LOOKING == _LOOKING - 1:
            continue
        employer = order[len(rows) % len(order)]
        person = enrolment.participant
        rows.append(
            [
                numbers.get(person.pk),
                person.name,
                person.birth_date,
                _KINDS[employer.kind],
                employer.area or None,
                employer.name,
                FIRST_DAY,
                min(LAST_DAY, enrolment.planned_last_day or LAST_DAY),
                _HOURS_PER_DAY * _days(course),
            ]
        )
    columns = [ColumnToWrite(text, kind) for text, kind in _COLUMNS]
    content = write_workbook([SheetToWrite(name="Praksis", columns=columns, rows=rows)])
    return HandedOver("praksis høsten 2026.xlsx", content)


def _without_work() -> list[tuple[Enrolment, CourseWeek]]:
    busy = Element.objects.filter(
        kind__in=("nav_measure", "part_time_work"), last_day__gte=FIRST_DAY
    ).values("participant")
    rows = list(
        Enrolment.objects.filter(
            actual_last_day=None,
            planned_last_day__gt=FIRST_DAY,
            participant__is_protected=False,
            participant__absorbed_by=None,
        )
        .exclude(participant__in=busy)
        .select_related("participant")
        .order_by("participant__name", "pk")
    )
    courses = course_weeks([row.participant_id for row in rows], on=FIRST_DAY)
    return [
        (row, courses[row.participant_id])
        for row in rows
        if row.participant_id in courses and _days(courses[row.participant_id])
    ]


def _days(course: CourseWeek) -> int:
    """Give the days that a course model leaves for practice; all but one where it names no days."""
    blocks = course.template.blocks if course.template else ()
    if blocks and not any(each.days for each in blocks):
        return _NET_COURSE_DAYS
    return sum(each.days for each in blocks if each.activity is Activity.PRACTICE)
