"""Why, as a code with values; the sentence of each code stands in ``sentences``."""

from dataclasses import dataclass
from enum import IntEnum
from typing import TypeAlias


class Weekday(IntEnum):
    """A day of the week, Monday first."""

    MONDAY = 0
    TUESDAY = 1
    WEDNESDAY = 2
    THURSDAY = 3
    FRIDAY = 4
    SATURDAY = 5
    SUNDAY = 6


@dataclass(frozen=True, slots=True)
class Length:
    """An amount of time in minutes, so that a sentence prints it in hours."""

    minutes: int


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of the day in minutes after midnight, so that a sentence prints it as the clock."""

    minute: int


ReasonValue: TypeAlias = "str | int | Weekday | Length | Clock"


@dataclass(frozen=True, slots=True)
class Reason:
    """A code and its values by name."""

    code: str
    values: tuple[tuple[str, ReasonValue], ...] = ()


def reason(code: str, **values: ReasonValue) -> Reason:
    """Put a reason together.

    Example:
        >>> reason("short.course", course="Norsk").values
        (('course', 'Norsk'),)
    """
    return Reason(code, tuple(values.items()))
