"""Invent people who seek practice and places on offer, town by town, of the guide's shape.

A town has about 150 who seek, 225 places at 75 units and firms, ten localities and five service
areas; half an hour away lies the next. The weeks are those of Norwegian courses on three days, the
demands those of schools, kindergartens, nursing homes, kitchens and shops.
"""

import random

from innpass.domain.matching.problem import (
    Employer,
    Offer,
    Opening,
    Problem,
    Rules,
    Seeker,
    Supervisor,
    Window,
)
from innpass.domain.matching.reasons import Level, Weekday

SEEKERS_PER_TOWN = 150
PARTS, AREAS = 10, 5
PER_SUPERVISOR = 25
FIVE = tuple(Weekday)[:5]
DAY = (7 * 60, 17 * 60)
OCCUPATIONS = (
    *("2341", "2342", "3412", "4110", "4222", "4321", "5120", "5131", "5151", "5153", "5223"),
    *("5311", "5312", "5321", "5322", "5329", "6113", "7111", "7115", "7231", "7411", "7512"),
    *("8322", "8332", "9111", "9112", "9313", "9333", "9412", "9611"),
)
# Days with a course, and the minute it ends; what is left of the day and the other days is free.
COURSES = ((0, 1, 2), (2, 3, 4), (0, 2, 4), (0, 1, 3), (1, 3, 4), (0, 2, 3))
COURSE_ENDS = (11 * 60 + 30, 12 * 60 + 15, 13 * 60 + 30)
OPENING_HOURS = ((7 * 60, 15 * 60), (8 * 60, 16 * 60), (9 * 60, 17 * 60), (7 * 60, 20 * 60))
DEMANDS = ("politiattest", "førerkort B", "tuberkuloseattest")
TASKS = ("løft", "svinekjøtt", "stell", "renhold", "telefon")


def region(seekers: int, offers: int, seed: int, *, is_one_city: bool = False) -> Problem:
    """Invent a problem of that size; the same for the same seed.

    Args:
        is_one_city: everybody is within reach of every place, which is the hardest there is.
    """
    chance = random.Random(seed)
    towns = 1 if is_one_city else max(1, round(seekers / SEEKERS_PER_TOWN))
    employers = [_employer(chance, number, towns) for number in range(max(1, offers // 3))]
    return Problem(
        seekers=tuple(_seeker(chance, n, n * towns // seekers, employers) for n in range(seekers)),
        offers=tuple(_offer(chance, number, towns, employers) for number in range(offers)),
        employers=tuple(employers),
        supervisors=tuple(
            Supervisor(f"v{number}", chance.randrange(12))
            for number in range(-(-seekers // PER_SUPERVISOR))
        ),
        travel=_travel(chance, towns),
        rules=Rules(unregistered_is_far=True),
    )


def _locality(town: int, part: int) -> str:
    return f"{town} del {part}"


def _travel(chance: random.Random, towns: int) -> dict[tuple[str, str], int]:
    ways: dict[tuple[str, str], int] = {}
    for town in range(towns):
        for one in range(PARTS):
            for other in range(one):
                ways[_locality(town, one), _locality(town, other)] = chance.randint(8, 70)
            if towns > 2:
                there = _locality((town + 1) % towns, chance.randrange(PARTS))
                ways[_locality(town, one), there] = chance.randint(35, 90)
    return ways


def _employer(chance: random.Random, number: int, towns: int) -> Employer:
    placements = chance.choice((0, 0, 1, 2, 4, 9, 16))
    return Employer(
        key=f"e{number}",
        name=f"Enhet {number}",
        area=f"{number % towns} område {chance.randrange(AREAS)}",
        cap_left=chance.choice((None, None, 1, 2, 3)),
        running=chance.choice((0, 0, 0, 1, 1, 2, 3)),
        placements=placements,
        contracts=sum(chance.random() < 0.25 for _ in range(placements)),
    )


def _offer(chance: random.Random, number: int, towns: int, employers: list[Employer]) -> Offer:
    employer = employers[number % len(employers)]
    start, end = chance.choice(OPENING_HOURS)
    open_days = sorted(chance.sample(FIVE, chance.choice((3, 4, 5, 5, 5))))
    seats = chance.choice((0, 0, 0, 1, 1, 1, 2, 3))
    return Offer(
        key=f"o{number}",
        name=f"Plass {number}",
        employer=employer.key,
        seats=seats,
        openings=tuple(
            Opening(day, start, end, max(0, seats - (chance.random() < 0.2))) for day in open_days
        )
        if chance.random() > 0.02
        else (),
        days=chance.choice((2, 2, 3, 3, 4)),
        shortest_stay=chance.choice((180, 240, 300)),
        level_at_start=chance.choices(
            (None, Level.NONE, Level.A1, Level.A2, Level.B1, Level.B2), (3, 10, 17, 35, 28, 7)
        )[0],
        can_be_learnt=("kasse", "varer") if chance.random() < 0.3 else (),
        demands=frozenset(one for one in DEMANDS if chance.random() < 0.2),
        tasks=frozenset(chance.sample(TASKS, 2)),
        locality=_locality(number % len(employers) % towns, chance.randrange(PARTS)),
        occupation=chance.choice(OCCUPATIONS),
    )


def _seeker(chance: random.Random, number: int, town: int, employers: list[Employer]) -> Seeker:
    nearby = chance.choice(employers)
    refused = chance.random()
    return Seeker(
        key=f"s{number}",
        level=chance.choices(
            (None, Level.NONE, Level.A1, Level.A2, Level.B1, Level.B2), (2, 5, 25, 38, 22, 8)
        )[0],
        free=_week(chance) if chance.random() > 0.02 else None,
        home=_locality(town, chance.randrange(PARTS)),
        goal=chance.choice(OCCUPATIONS) if chance.random() < 0.8 else None,
        experience=frozenset(chance.sample(OCCUPATIONS, chance.choice((0, 1, 1, 2)))),
        wished_occupations=frozenset(chance.sample(OCCUPATIONS, chance.choice((0, 1)))),
        wished_areas=frozenset({f"{town} område {chance.randrange(AREAS)}"}),
        wished_employers=frozenset({nearby.key}) if chance.random() < 0.2 else frozenset(),
        refused_employers=frozenset({nearby.key}) if refused < 0.1 else frozenset(),
        refused_tasks=frozenset({chance.choice(TASKS)}) if refused > 0.85 else frozenset(),
        demands_met=frozenset(one for one in DEMANDS if chance.random() < 0.4),
        demands_lacking=frozenset({"førerkort B"}) if chance.random() < 0.6 else frozenset(),
        minutes_wanted=chance.choice((15, 18, 20)) * 60,
        supervisor=f"v{number // PER_SUPERVISOR}",
    )


def _week(chance: random.Random) -> tuple[Window, ...]:
    course, ends = chance.choice(COURSES), chance.choice(COURSE_ENDS)
    late = 17 * 60 if chance.random() < 0.6 else 15 * 60 + 30
    return tuple(
        Window(day, ends if day in course else 7 * 60, late)
        for day in FIVE
        if day not in course or ends + 240 < late
    )
