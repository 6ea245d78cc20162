"""A learning centre and a workplace in a moment: what weeks are made of."""

from collections.abc import Sequence
from datetime import date

from innpass.casework.organisations.models import Municipality
from innpass.casework.participants.models import Participant
from innpass.casework.placements.models import Employer
from innpass.casework.timetable.models import (
    Block,
    GroupSession,
    Locality,
    Opening,
    Room,
    TeachingGroup,
    Timetable,
    Workplace,
)
from innpass.casework.timetable.services import rewrite_planned_hours
from innpass.domain.periods import IsoWeek

# A week in which the people of ``factories.people`` are in their programme and at their workplace.
WEEK = IsoWeek(2026, 24)
LATER = IsoWeek(2026, 26)
THREE_DAYS = ((0, 510, 810, 6), (1, 510, 810, 6), (2, 510, 710, 4))


def locality(municipality: Municipality, name: str = "Sentrum") -> Locality:
    """Give a part of town, made when it is first asked for."""
    found: Locality = Locality.objects.get_or_create(municipality=municipality, name=name)[0]
    return found


def group(
    municipality: Municipality,
    name: str = "Norsk A1",
    *,
    activity: str = "norwegian",
    level: str = "",
    capacity: int = 18,
    sessions: Sequence[tuple[int, int, int, int]] = THREE_DAYS,
    seats: int = 20,
) -> TeachingGroup:
    """Make a group in a room of its own; sessions are day, start, end and lessons."""
    town = locality(municipality)
    room = Room.objects.create(
        municipality=municipality, name=f"Rom for {name}", capacity=seats, locality=town
    )
    made: TeachingGroup = TeachingGroup.objects.create(
        municipality=municipality,
        name=name,
        activity=activity,
        level=level,
        locality=town,
        capacity=capacity,
        first_day=date(2026, 1, 5),
    )
    for day, start, end, lessons in sessions:
        GroupSession.objects.create(
            municipality=municipality,
            group=made,
            day=day,
            start=start,
            end=end,
            lessons=lessons,
            room=room,
        )
    return made


def timetable_of(
    person: Participant, *, minutes: int, activity: str = "nav_measure", week: IsoWeek = WEEK
) -> Timetable:
    """Put a timetable of one block in force that counts so many minutes, and let the law know."""
    made: Timetable = Timetable.objects.create(
        municipality=person.municipality, participant=person, first_monday=week.monday
    )
    Block.objects.create(
        municipality=person.municipality,
        timetable=made,
        day=0,
        start=480,
        end=960,
        part="appointment",
        activity=activity,
        name="Tiltak",
        counted_minutes=minutes,
    )
    rewrite_planned_hours([person.pk], municipality=person.municipality)
    return made


def open_on(employer: Employer, days: Sequence[int], *, seats: int = 2) -> Workplace:
    """Let an employer take participants from 8 to 16 on some days."""
    made: Workplace = Workplace.objects.create(
        municipality=employer.municipality,
        employer=employer,
        locality=locality(employer.municipality, "Åsen"),
    )
    for day in days:
        Opening.objects.create(
            municipality=employer.municipality,
            workplace=made,
            day=day,
            start=8 * 60,
            end=16 * 60,
            seats=seats,
        )
    return made
