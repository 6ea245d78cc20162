"""Invent a caseload for the week planner, of the shape that the guide's timetables have.

For each 150 participants: 12 Norwegian groups of 6 + 6 + 4 lessons over three days on four levels,
vocational Norwegian of 2 lessons, a work-life course, 60 workplaces with opening days and few seats
a day; own appointments, child care, and travel between ten parts of town.
"""

import random
from collections.abc import Sequence

from innpass.domain.planning.problem import (
    Appointment,
    ChildCare,
    CourseNeed,
    LessonUnit,
    Opening,
    Participant,
    Placement,
    Problem,
    Room,
    Session,
    TeachingGroup,
    WeekDemand,
    Weights,
    Workplace,
)
from innpass.domain.planning.reasons import Weekday

WEIGHTS = Weights(short_week=0, part_day=0, change=0)
LESSON = LessonUnit(minutes=45, counted_minutes=75)
CLOCK = LessonUnit(minutes=45, counted_minutes=45)
LEVELS = ("A1", "A2", "B1", "B2")
CENTRE = "centre"
PARTS = tuple(f"part {number}" for number in range(10))
WORKDAYS = tuple(Weekday)[:5]
# Which days a group has its two long sessions and its short one on.
DAYS = ((0, 1, 2), (2, 3, 4), (0, 2, 4), (0, 1, 3), (1, 3, 4), (0, 2, 3))
NORWEGIAN, VOCATIONAL, WORK_LIFE = "norsk", "yrkesnorsk", "arbeidslivskurs"
OPENING_HOURS = ((7 * 60, 15 * 60), (8 * 60, 16 * 60), (9 * 60, 17 * 60), (7 * 60, 20 * 60))
HOURS_ON_MOST_DAYS = (3, 4, 5, 5)


def caseload(participants: int, seed: int) -> Problem:
    """Invent a problem of so many participants; the same for the same seed."""
    chance = random.Random(seed)
    blocks = max(1, round(participants / 150))
    rooms = [Room(f"rom {n}", f"rom {n}", chance.choice((16, 18, 20))) for n in range(12 * blocks)]
    norwegian = [_norwegian(chance, number, rooms) for number in range(12 * blocks)]
    vocational = [_vocational(chance, number) for number in range(10 * blocks)]
    work_life = [_work_life(number) for number in range(3 * blocks)]
    workplaces = [_workplace(chance, number) for number in range(60 * blocks)]
    people = [
        _participant(chance, number, norwegian, vocational, work_life, workplaces)
        for number in range(participants)
    ]
    return Problem(
        participants=tuple(people),
        groups=(*norwegian, *vocational, *work_life),
        rooms=tuple(rooms),
        workplaces=tuple(workplaces),
        travel=_travel(chance),
        rest_minutes=11 * 60,
        step_minutes=30,
        weights=WEIGHTS,
    )


def _travel(chance: random.Random) -> dict[tuple[str, str], int]:
    at = {place: (chance.uniform(0, 12), chance.uniform(0, 12)) for place in PARTS}
    at[CENTRE] = (6.0, 6.0)
    places = sorted(at)
    return {
        (one, other): round(
            5 + 1.2 * (abs(at[one][0] - at[other][0]) + abs(at[one][1] - at[other][1]))
        )
        for one in places
        for other in places
        if one < other
    }


def _norwegian(chance: random.Random, number: int, rooms: Sequence[Room]) -> TeachingGroup:
    first, second, third = DAYS[(number // 4) % len(DAYS) if number < 12 else chance.randrange(6)]
    start = chance.choice((8 * 60 + 15, 8 * 60 + 30, 9 * 60))
    long, short = 6 * 45 + 45, 4 * 45 + 20
    room = rooms[number].key
    level = LEVELS[number % 4]
    return TeachingGroup(
        key=f"{NORWEGIAN} {level} {number}",
        name=f"{NORWEGIAN} {level} {number}",
        course=f"{NORWEGIAN} {level}",
        place=CENTRE,
        capacity=18,
        unit=LESSON,
        sessions=tuple(
            Session(Weekday(day), start, start + minutes, lessons, room)
            for day, minutes, lessons in ((first, long, 6), (second, long, 6), (third, short, 4))
        ),
    )


def _vocational(chance: random.Random, number: int) -> TeachingGroup:
    start = chance.choice((12 * 60 + 30, 14 * 60, 15 * 60, 16 * 60 + 30))
    day = WORKDAYS[number % 5]
    return TeachingGroup(
        key=f"{VOCATIONAL} {number}",
        name=f"{VOCATIONAL} {number}",
        course=VOCATIONAL,
        place=CENTRE,
        capacity=20,
        unit=LESSON,
        sessions=(Session(day, start, start + 90, 2),),
    )


def _work_life(number: int) -> TeachingGroup:
    days = ((0, 3), (1, 4), (0, 2), (2, 4))[number % 4]
    start = 14 * 60 + 15
    return TeachingGroup(
        key=f"{WORK_LIFE} {number}",
        name=f"{WORK_LIFE} {number}",
        course=WORK_LIFE,
        place=CENTRE,
        capacity=20,
        unit=CLOCK,
        sessions=tuple(Session(Weekday(day), start, start + 120, 2) for day in days),
    )


def _workplace(chance: random.Random, number: int) -> Workplace:
    start, end = chance.choice(OPENING_HOURS)
    days = sorted(chance.sample(WORKDAYS, chance.choice(HOURS_ON_MOST_DAYS)))
    return Workplace(
        key=f"praksisplass {number}",
        name=f"praksisplass {number}",
        place=chance.choice(PARTS),
        openings=tuple(Opening(day, start, end, chance.choice((2, 3, 3))) for day in days),
    )


def _participant(
    chance: random.Random,
    number: int,
    norwegian: Sequence[TeachingGroup],
    vocational: Sequence[TeachingGroup],
    work_life: Sequence[TeachingGroup],
    workplaces: Sequence[Workplace],
) -> Participant:
    level = f"{NORWEGIAN} {LEVELS[number % 4]}"
    of_level = [one.key for one in norwegian if one.course == level]
    first_months = chance.random() < 0.2
    suited = sorted(chance.sample(of_level, min(3, len(of_level))))
    second = (
        CourseNeed(WORK_LIFE, tuple(one.key for one in chance.sample(work_life, 3)))
        if first_months
        else CourseNeed(VOCATIONAL, tuple(one.key for one in chance.sample(vocational, 5)))
    )
    home = chance.choice(PARTS)
    # Without a workplace no week can be full; in the first months there may be none yet.
    placed = not first_months or chance.random() < 0.97
    return Participant(
        key=f"p{number}",
        home=home,
        demand=WeekDemand(37 * 60 + 30, 0 if first_months else 15 * 60, 37 * 60 + 30),
        courses=(CourseNeed(level, tuple(suited)), second),
        placement=Placement(workplaces[number * 7 % len(workplaces)].key) if placed else None,
        appointments=_appointments(chance),
        child_care=ChildCare(home, 6 * 60 + 45, 17 * 60) if chance.random() < 0.35 else None,
    )


def _appointments(chance: random.Random) -> tuple[Appointment, ...]:
    if chance.random() > 0.15:
        return ()
    start = chance.choice((8, 14, 15)) * 60
    place = chance.choice(PARTS)
    return (Appointment("avtale", "avtale", chance.choice(WORKDAYS), start, start + 45, place),)
