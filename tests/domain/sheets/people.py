"""A few invented people, and what every layout must be read as saying about them."""

from dataclasses import dataclass, field
from datetime import date

from innpass.domain.identifiers import MONTH_OFFSETS, is_identity_number


def identity_number(born: date, *, seed: int, is_d: bool = False) -> str:
    """Make a synthetic number (month + 80) that holds."""
    day = born.day + (40 if is_d else 0)
    start = 600 if is_d and born.year < 2000 else 500 if born.year >= 2000 else 100
    for series in range(start + seed, start + seed + 60):
        for last in range(100):
            number = (
                f"{day:02}{born.month + MONTH_OFFSETS[3]:02}{born.year % 100:02}{series}{last:02}"
            )
            if is_identity_number(number):
                return number
    raise AssertionError("no number found")


@dataclass(frozen=True)
class Place:
    kind: str
    unit: str
    first_day: date
    last_day: date
    hours: float | None
    visit: date | None = None
    contract: date | None = None
    area: str | None = None
    extended: bool = False


@dataclass(frozen=True)
class Person:
    given: str
    family: str
    native: str
    born: date
    number: str
    duf: str
    socio: str
    visma_refugee: str
    visma_learning: str
    country: str
    collective: bool
    upper_secondary: bool
    start: date
    planned_end: date
    goal: str
    percent: int
    adviser: str
    supervisor: str
    class_name: str
    track: int
    levels: tuple[str, str, str, str]
    actual_end: date | None = None
    end_reason: str | None = None
    info: date | None = None
    handover: date | None = None
    places: tuple[Place | None, Place | None, Place | None] = (None, None, None)
    activities: tuple[tuple[str, date, date, float], ...] = ()
    measures: tuple[tuple[str, date, date, float], ...] = ()
    lessons: tuple[tuple[str, date, date, float], ...] = ()
    leave: tuple[tuple[date, date, str], ...] = ()
    tests: tuple[tuple[date, str, bool, tuple[str, str, str, str]], ...] = field(default=())

    @property
    def name(self) -> str:
        return f"{self.given} {self.family}"


def _person(index: int, given: str, family: str, native: str, born: date, **more: object) -> Person:
    is_d = index == 2
    base: dict[str, object] = {
        "number": identity_number(born, seed=index * 7, is_d=is_d),
        "duf": "202428017605" if index % 2 else "202472162202",
        "socio": str(310100 + index * 37),
        "visma_refugee": str(41000 + index * 13),
        "visma_learning": str(72000 + index * 17),
        "country": "Ukraina" if index % 2 == 0 else "Syria",
        "collective": index % 2 == 0,
        "upper_secondary": index % 3 != 0,
        "start": date(2024, 8, 5 + index),
        "planned_end": date(2025, 8, 4 + index),
        "goal": "education" if index == 3 else "work",
        "percent": 60 if index == 4 else 100,
        "adviser": "Kari Lunde" if index % 2 else "Hege Nygård",
        "supervisor": "Morten Sørbø",
        "class_name": f"A24{index:02}",
        "track": 1 + index % 3,
        "levels": ("A2", "A1", "A1", "B1") if index % 2 else ("B1", "A2", "A2", "A2"),
    }
    return Person(given, family, native, born, **{**base, **more})  # type: ignore[arg-type]


_BARNEHAGE = Place(
    "municipal",
    "Bakkehagen barnehage",
    date(2025, 1, 13),
    date(2025, 4, 11),
    15.0,
    date(2025, 2, 10),
    None,
    "Oppvekst",
    True,
)
_SKOLE = Place(
    "municipal",
    "Fjellveien skole",
    date(2025, 2, 3),
    date(2025, 5, 2),
    22.5,
    date(2025, 3, 4),
    None,
    "Oppvekst",
)
_BYDRIFT = Place(
    "municipal",
    "Bydrift nord",
    date(2025, 4, 14),
    date(2025, 6, 6),
    18.0,
    date(2025, 5, 12),
    None,
    "Teknisk",
)
_FIRMA = Place(
    "private",
    "Nordlys Bakeri AS",
    date(2025, 6, 9),
    date(2025, 8, 1),
    22.5,
    date(2025, 7, 7),
    date(2025, 8, 4),
)

PEOPLE = (
    _person(
        0,
        "Olena",
        "Moroz",
        "Олена Мороз",
        date(1992, 3, 12),
        places=(_BARNEHAGE, _BYDRIFT, _FIRMA),
        info=date(2025, 7, 15),
        handover=date(2025, 8, 1),
        activities=(
            ("practice", date(2025, 1, 13), date(2025, 4, 11), 15.0),
            ("work_life_course", date(2024, 9, 2), date(2024, 10, 25), 6.0),
        ),
        lessons=(("norwegian", date(2024, 8, 12), date(2024, 12, 20), 16.0),),
        measures=(("nav_measure", date(2025, 3, 3), date(2025, 5, 30), 10.0),),
        tests=((date(2025, 5, 20), "A2", True, ("A2", "A2", "B1", "A2")),),
        leave=((date(2024, 11, 4), date(2024, 11, 15), "sykdom i familien"),),
    ),
    _person(
        1,
        "Rania",
        "Al-Hassan",
        "رانيا الحسن",
        date(2000, 7, 4),
        places=(_SKOLE, None, None),
        activities=(
            ("practice", date(2025, 2, 3), date(2025, 5, 2), 22.5),
            ("trade_course", date(2025, 5, 12), date(2025, 6, 13), 18.0),
        ),
        lessons=(
            ("vocational_norwegian", date(2025, 2, 3), date(2025, 5, 2), 2.5),
            ("norwegian", date(2024, 8, 12), date(2025, 1, 31), 15.0),
        ),
        measures=(("part_time_work", date(2025, 5, 5), date(2025, 8, 29), 16.0),),
        tests=((date(2025, 3, 11), "B1", False, ("A2", "A2", "A2", "B1")),),
        leave=((date(2025, 6, 16), date(2025, 6, 27), "ferie etter avtale"),),
    ),
    _person(
        2,
        "Yevheniia",
        "Pylypchuk",
        "Євгенія Пилипчук",
        date(1983, 9, 4),
        places=(None, None, _FIRMA),
        actual_end=date(2025, 6, 30),
        end_reason="work",
        activities=(("practice", date(2025, 6, 9), date(2025, 8, 1), 22.5),),
        lessons=(("norwegian", date(2024, 8, 12), date(2025, 5, 30), 16.0),),
        info=date(2025, 6, 3),
    ),
    _person(
        3,
        "Filmon",
        "Gebremedhin",
        "ፊልሞን ገብረመድህን",
        date(1976, 5, 21),
        actual_end=date(2025, 8, 7),
        end_reason="nav",
        handover=date(2025, 8, 8),
        measures=(("nav_measure", date(2025, 8, 11), date(2025, 10, 31), 20.0),),
        lessons=(("norwegian", date(2024, 8, 19), date(2025, 6, 20), 20.0),),
        tests=((date(2024, 12, 3), "A1", True, ("A1", "A2", "A1", "A1")),),
    ),
    _person(
        4,
        "Mykola",
        "Savchenko",
        "Микола Савченко",
        date(1968, 12, 1),
        places=(_BARNEHAGE, None, _FIRMA),
        actual_end=date(2025, 5, 31),
        end_reason="moved",
        activities=(("practice", date(2025, 1, 13), date(2025, 4, 11), 15.0),),
        lessons=(("norwegian", date(2024, 8, 12), date(2025, 5, 30), 10.0),),
        leave=((date(2025, 2, 10), date(2025, 2, 21), "velferdspermisjon"),),
    ),
    _person(
        5,
        "Reza",
        "Hosseini",
        "رضا حسینی",
        date(2003, 10, 26),
        actual_end=date(2025, 7, 1),
        end_reason="education",
        places=(_SKOLE, _BYDRIFT, None),
        activities=(("practice", date(2025, 2, 3), date(2025, 5, 2), 22.5),),
        lessons=(("norwegian", date(2024, 8, 12), date(2025, 6, 20), 12.5),),
        info=date(2025, 6, 17),
        handover=date(2025, 7, 1),
    ),
)
