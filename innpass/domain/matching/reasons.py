"""Why, as a code with values; the sentence of each code stands in ``sentences``."""

from enum import IntEnum, StrEnum
from typing import NamedTuple, TypeAlias


class Weekday(IntEnum):
    """A day of the week, Monday first."""

    MONDAY = 0
    TUESDAY = 1
    WEDNESDAY = 2
    THURSDAY = 3
    FRIDAY = 4
    SATURDAY = 5
    SUNDAY = 6


class Level(IntEnum):
    """A level of Norwegian (CEFR). ``NONE`` is below A1, or that nothing is demanded.

    Example:
        >>> Level["A2"] < Level["B1"]
        True
    """

    NONE = 0
    A1 = 1
    A2 = 2
    B1 = 3
    B2 = 4
    C1 = 5
    C2 = 6


class Hours(NamedTuple):
    """An amount of time in minutes, so that a sentence prints it in hours."""

    minutes: int


class Thing(StrEnum):
    """What a sentence counts."""

    DAY = "day"
    MINUTE = "minute"
    PERSON = "person"


class Counted(NamedTuple):
    """So many of a thing, so that a sentence says one of it and several of it right."""

    number: int
    thing: Thing


class Names(NamedTuple):
    """Keys of things that a sentence names in words, in its order."""

    keys: tuple[str, ...]


class Days(NamedTuple):
    """Days of the week that a sentence names."""

    days: tuple[Weekday, ...]


ReasonValue: TypeAlias = "str | int | Level | Hours | Counted | Names | Days"


class Reason(NamedTuple):
    """A code and its values by name."""

    code: str
    values: tuple[tuple[str, ReasonValue], ...] = ()


def days(number: int) -> Counted:
    """Count days."""
    return Counted(number, Thing.DAY)


def minutes(number: int) -> Counted:
    """Count minutes."""
    return Counted(number, Thing.MINUTE)


def people(number: int) -> Counted:
    """Count people."""
    return Counted(number, Thing.PERSON)


def reason(code: str, **values: ReasonValue) -> Reason:
    """Put a reason together.

    Example:
        >>> reason("limit.cap", employer="Solbakken").values
        (('employer', 'Solbakken'),)
    """
    return Reason(code, tuple(values.items()))
