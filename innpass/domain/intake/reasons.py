"""Why, as a code with values; the sentence of each code stands in ``sentences``."""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of the day in minutes after midnight, so that a sentence prints it as the clock."""

    minute: int


ReasonValue: TypeAlias = "str | int | date | Clock"


@dataclass(frozen=True, slots=True)
class Reason:
    """A code and its values by name."""

    code: str
    values: tuple[tuple[str, ReasonValue], ...] = ()


def reason(code: str, **values: ReasonValue) -> Reason:
    """Put a reason together.

    Example:
        >>> reason("why.size", group="Gruppe 1").values
        (('group', 'Gruppe 1'),)
    """
    return Reason(code, tuple(values.items()))
