"""Invented people with everything the sheets say about them. The same seed, the same people.

Identity numbers are synthetic (month + 80); names, numbers and employers are made up.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from innpass.domain.identifiers import is_identity_number
from innpass.domain.periods import add_months
from innpass.domain.sheets.fields import Activity, EndGoal, EndReason, PlacementKind, Protection
from innpass.domain.sheets.records import Owner

TODAY = date(2026, 11, 16)
FIRST_START = date(2024, 1, 1)


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


UKRAINIAN_GIVEN = _names(
    "Olena Oksana Nataliia Iryna Tetiana Svitlana Yuliia Halyna Larysa Kateryna Sofiia Daryna "
    "Yevheniia Zoia Hanna Viktoriia Liubov Oleh Andrii Serhii Volodymyr Taras Bohdan Mykhailo "
    "Dmytro Yurii Pavlo Vasyl Ruslan Maksym Oleksandr Ihor Roman Artem Denys Stepan"
)
UKRAINIAN_FAMILY = _names(
    "Shevchenko Kovalenko Bondarenko Tkachenko Kravchenko Savchenko Marchenko Lysenko Petrenko "
    "Moroz Hnatiuk Oliinyk Melnyk Polishchuk Yakovenko Fedorenko Harbuz Vasylenko Kravchuk "
    "Pylypchuk Romaniuk Zinchenko Panchenko Levchenko Humeniuk Didenko Chornyi Sydorenko"
)
OTHER_GIVEN = _names(
    "Filmon Selam Yonas Miriam Tesfay Abeba Nour Rania Omar Layla Hassan Yusuf Amina Khadija "
    "Farid Zahra Samir Mariam Ibrahim Fatima Mohammad Ahmad Huda Salma Nadia Idris"
)
OTHER_FAMILY = _names(
    "Gebremedhin Tekle Haile Habte Darwish Haddad Noori Karimi Rahimi Al-Hassan Abdi Warsame "
    "Osman Farah Mansour Khalil Saleh Ahmadi Hosseini Berhane Kidane Mahmoud"
)
ADVISERS = tuple(f"Rådgiver {name}" for name in ("Lunde", "Vik", "Nygård", "Aasheim", "Moen"))
SUPERVISORS = tuple(f"Veileder {name}" for name in ("Tveit", "Fjellheim", "Ødegård"))
AREAS = ("Kultur og oppvekst", "Helse og velferd", "Teknisk", "Organisasjon")
LEVELS = ("A1", "A1", "A2", "A2", "B1", "B1", "B2")


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours a week of one activity; ``owner`` is the body whose file states them."""

    owner: Owner
    activity: Activity
    first_day: date
    last_day: date
    per_week: float


@dataclass(frozen=True, slots=True)
class Practice:
    """One practice period."""

    kind: PlacementKind
    area: str
    unit: str
    first_day: date
    last_day: date
    per_week: float


@dataclass(frozen=True, slots=True)
class Test:
    """One Norwegian test, with the same level in every skill."""

    day: date
    goal: str
    level: str
    reached: bool


@dataclass(frozen=True, slots=True)
class Person:
    """One invented participant."""

    given: str
    family: str
    born: date
    fnr: str
    visma_refugee: str
    visma_learning: str
    socio: str
    country: str
    protection: Protection
    upper_secondary: bool
    start: date
    planned_end: date
    actual_end: date | None
    end_reason: EndReason | None
    end_goal: EndGoal
    extent: int
    adviser: str
    supervisor: str
    class_name: str
    track: int
    level: str
    hours: tuple[Hours, ...]
    leave: tuple[tuple[date, date], ...]
    practice: tuple[Practice, ...]
    tests: tuple[Test, ...]

    @property
    def name(self) -> str:
        """The given name first."""
        return f"{self.given} {self.family}"


def invent(count: int, *, seed: int = 1) -> list[Person]:
    """Invent people whose programmes began in the last three years."""
    rng = random.Random(seed)
    series = (300_000, 400_000, 700_000)
    numbers = [rng.sample(range(first, first + 100_000), count) for first in series]
    taken: set[str] = set()
    return [
        _person(rng, str(socio), str(refugee), str(learning), taken)
        for socio, refugee, learning in zip(*numbers, strict=True)
    ]


def next_month(people: Sequence[Person], *, seed: int = 2) -> list[Person]:
    """Return the same people a month later: one in ten changed, one in fifty new."""
    rng = random.Random(seed)
    changed = [
        replace(person, adviser=rng.choice(ADVISERS), level="B2") if rng.random() < 0.1 else person
        for person in people
    ]
    used = {n for p in people for n in (p.fnr, p.socio, p.visma_refugee, p.visma_learning)}
    new = invent(2 * max(1, len(people) // 50), seed=seed)
    unused = [
        p for p in new if used.isdisjoint((p.fnr, p.socio, p.visma_refugee, p.visma_learning))
    ]
    return changed + unused[: len(people) // 50]


def _person(rng: random.Random, socio: str, refugee: str, learning: str, taken: set[str]) -> Person:
    is_ukrainian = rng.random() < 0.7
    born = date(rng.randint(1966, 2006), 1, 1) + timedelta(days=rng.randrange(365))
    start = FIRST_START + timedelta(weeks=rng.randrange(145))
    planned = add_months(start, rng.choice((6, 12, 12, 18, 24))) - timedelta(days=1)
    actual = None
    if planned < TODAY and rng.random() < 0.9:
        actual = planned - timedelta(days=rng.choice((0, 0, 30, 60)))
    end = actual or planned
    practice = _practice(rng, start, end)
    return Person(
        given=rng.choice(UKRAINIAN_GIVEN if is_ukrainian else OTHER_GIVEN),
        family=rng.choice(UKRAINIAN_FAMILY if is_ukrainian else OTHER_FAMILY),
        born=born,
        fnr=_identity_number(rng, born, taken),
        visma_refugee=refugee,
        visma_learning=learning,
        socio=socio,
        country="Ukraina" if is_ukrainian else rng.choice(("Eritrea", "Syria", "Afghanistan")),
        protection=Protection.COLLECTIVE if is_ukrainian else Protection.OTHER,
        upper_secondary=rng.random() < 0.6,
        start=start,
        planned_end=planned,
        actual_end=actual,
        end_reason=rng.choice(list(EndReason)) if actual else None,
        end_goal=EndGoal.WORK if rng.random() < 0.85 else EndGoal.EDUCATION,
        extent=rng.choice((100, 100, 100, 50)),
        adviser=rng.choice(ADVISERS),
        supervisor=rng.choice(SUPERVISORS),
        class_name=f"{rng.choice('ABC')}{start:%y%m}",
        track=rng.randint(1, 3),
        level=rng.choice(LEVELS),
        hours=_hours(rng, start, end, practice),
        leave=_leave(rng, start, end),
        practice=practice,
        tests=_tests(rng, start, end),
    )


def _practice(rng: random.Random, start: date, end: date) -> tuple[Practice, ...]:
    periods = []
    first = start + timedelta(weeks=rng.randint(12, 20))
    for kind in rng.choice(((), ("municipal",), ("municipal", "private"))):
        last = min(first + timedelta(weeks=rng.choice((13, 17))) - timedelta(days=3), end)
        if last <= first:
            break
        number = rng.randrange(40)
        is_private = kind == "private"
        periods.append(
            Practice(
                kind=PlacementKind(kind),
                area="" if is_private else AREAS[number % len(AREAS)],
                unit=f"Verksted {number} AS" if is_private else f"Enhet {number}",
                first_day=first,
                last_day=last,
                per_week=rng.choice((12.0, 15.0, 22.5)),
            )
        )
        first = last + timedelta(days=3)
    return tuple(periods)


def _hours(
    rng: random.Random, start: date, end: date, practice: tuple[Practice, ...]
) -> tuple[Hours, ...]:
    course = start + timedelta(weeks=2)
    rows = [
        Hours(Owner.REFUGEE, Activity.WORK_LIFE_COURSE, course, course + timedelta(days=53), 6.0),
        Hours(Owner.LEARNING, Activity.NORWEGIAN, start, start + timedelta(weeks=26), 16.0),
        Hours(
            Owner.LEARNING,
            Activity.NORWEGIAN,
            start + timedelta(weeks=26, days=1),
            max(end, start + timedelta(weeks=27)),
            rng.choice((10.0, 16.0)),
        ),
    ]
    rows += [
        Hours(Owner.REFUGEE, Activity.PRACTICE, p.first_day, p.last_day, p.per_week)
        for p in practice
    ]
    if practice:
        first = practice[0]
        rows.append(
            Hours(
                Owner.LEARNING, Activity.VOCATIONAL_NORWEGIAN, first.first_day, first.last_day, 2.0
            )
        )
    if rng.random() < 0.8:
        first_day = start + timedelta(days=rng.randint(30, 200))
        rows.append(
            Hours(
                Owner.NAV,
                rng.choice((Activity.NAV_MEASURE, Activity.PART_TIME_WORK)),
                first_day,
                first_day + timedelta(days=rng.randint(20, 300)),
                rng.choice((10.0, 15.0, 20.0)),
            )
        )
    return tuple(rows)


def _leave(rng: random.Random, start: date, end: date) -> tuple[tuple[date, date], ...]:
    if rng.random() > 0.4:
        return ()
    first = start + timedelta(days=rng.randrange(max(1, (end - start).days - 30)))
    return ((first, first + timedelta(days=rng.choice((4, 13, 20)))),)


def _tests(rng: random.Random, start: date, end: date) -> tuple[Test, ...]:
    if rng.random() > 0.3:
        return ()
    goal, level = rng.choice(("A2", "B1")), rng.choice(LEVELS)
    day = min(start + timedelta(days=rng.randint(120, 400)), end)
    return (Test(day, goal, level, level >= goal),)


def _identity_number(rng: random.Random, born: date, taken: set[str]) -> str:
    """Return a number that no other has, with control digits that hold."""
    low, high = (0, 499) if born.year < 2000 else (500, 999)
    while True:
        stem = f"{born.day:02}{born.month + 80:02}{born.year % 100:02}{rng.randint(low, high):03}"
        number = stem + _control_digits(stem)
        if len(number) == 11 and number not in taken and is_identity_number(number):
            taken.add(number)
            return number


def _control_digits(stem: str) -> str:
    digits = [int(digit) for digit in stem]
    for weights in ((3, 7, 6, 1, 8, 9, 4, 5, 2), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)):
        digits.append(-sum(d * w for d, w in zip(digits, weights, strict=True)) % 11)
    return "".join(map(str, digits[9:]))
