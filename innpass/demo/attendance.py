"""Who came in the weeks before the day of the demo: nearly all, and some whom somebody must ask."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from innpass.casework.accounts.models import User
from innpass.casework.organisations.models import Municipality
from innpass.casework.participants.models import Participant
from innpass.casework.timetable.attended import Attendance, Missed
from innpass.casework.timetable.attending import away_on
from innpass.casework.timetable.queries import (
    PlannedBlock,
    days_without_sessions,
    weeks_in_force,
)
from innpass.demo.timetables import SPRING_WEEKS
from innpass.domain.planning.solution import Part
from innpass.domain.sheets.fields import AbsenceKind

_NOTED_BY = "liv"
# Every so manieth participant, and what became of the sessions from one of them on: minutes missed
# (``None`` for all), and why.
_HABITS = 9
_SILENT, _ILL, _LATE = 2, 5, 7
_FROM = 3


def note_attendance(*, municipality: Municipality, on: date) -> None:
    """Note the sessions before a day; those of the last group of the day before are left open."""
    noted_by = User.objects.filter(username=_NOTED_BY).first()
    rows: list[Attendance] = []
    met: dict[UUID, int] = {}
    for person, place, day, block in _sessions(on):
        number = met[person] = met.get(person, 0) + 1
        absent, missed, kind = _what_became(place, number, block)
        rows.append(
            Attendance(
                municipality=municipality,
                participant_id=person,
                on=day,
                start=block.start,
                end=block.end,
                part=block.part,
                activity=block.activity or "",
                name=block.name,
                group_id=block.group,
                employer_id=block.employer,
                counted_minutes=block.counted_minutes,
                absent_minutes=absent,
                missed=missed,
                kind=kind,
                noted_by=noted_by,
            )
        )
    Attendance.objects.bulk_create(rows, batch_size=500)


def _sessions(on: date) -> Iterator[tuple[UUID, int, date, PlannedBlock]]:
    """Yield who was to be where, with a number that stays the person's."""
    people = Participant.objects.order_by("name", "pk").values_list("pk", flat=True)
    place = {pk: number for number, pk in enumerate(people)}
    for week in SPRING_WEEKS:
        closed = days_without_sessions(week)
        days = {n: week.monday.toordinal() + n for n in range(7)}
        away = {n: away_on(date.fromordinal(day), place) for n, day in days.items()}
        in_force = weeks_in_force(None, week=week)
        for person in sorted(in_force, key=lambda pk: place.get(pk, -1)):
            for block in in_force[person].blocks:
                day = block.on(week.monday)
                is_off = day in closed or person in away[block.day]
                if day < on and not is_off and block.part is not Part.APPOINTMENT:
                    if (on - day).days == 1 and block.name == "Norsk A1":
                        continue
                    yield person, place[person], day, block


def _what_became(place: int, number: int, block: PlannedBlock) -> tuple[int, str, str]:
    length = block.end - block.start
    habit = place % _HABITS
    if habit == _SILENT and number >= _FROM:
        return length, "", ""
    if habit == _ILL and number in (_FROM, _FROM + 1):
        return length, "", AbsenceKind.SELF_DECLARED
    if habit == _LATE and number % 2:
        return 25, Missed.BEGINNING, ""
    if (place + number) % 17 == 0:
        return 40, Missed.END, AbsenceKind.AUTHORISED
    return 0, "", ""
