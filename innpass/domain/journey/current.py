"""Which practice, hours and test one means who speaks of the present one; several is no answer.

A cell of the overview can be typed in only where one can be meant.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Protocol, TypeVar

SEVERAL = "several"
UNDATED = "undated"
PLANNED = "planned"  # of hours that a timetable gives: no row holds them


class HasDays(Protocol):
    """A period of inclusive days; either may be unknown."""

    @property
    def first_day(self) -> date | None:
        """Return its first day."""

    @property
    def last_day(self) -> date | None:
        """Return its last day; ``None`` for no end."""


class HasDay(Protocol):
    """Something that happens on a day."""

    @property
    def day(self) -> date:
        """Return the day."""


P = TypeVar("P", bound=HasDays)
T = TypeVar("T", bound=HasDay)


def present_placements(placements: Iterable[P], *, on: date) -> list[P]:
    """Return the placements that run on a day; where none does, those to come."""
    begun, coming = [], []
    for each in placements:
        if each.first_day and each.first_day > on:
            coming.append(each)
        elif each.first_day and (each.last_day is None or each.last_day >= on):
            begun.append(each)
    return begun or coming


def placement_mark(placements: Sequence[P], *, on: date) -> str:
    """Return what tells the placement that is meant from others, as ``mark_of``.

    ``UNDATED`` where the only one that is not over has no first day: it cannot be meant before it
    has, but is there.
    """
    if found := present_placements(placements, on=on):
        return mark_of([str(each.first_day) for each in found])
    undated = (each for each in placements if each.first_day is None)
    return UNDATED if any(p.last_day is None or p.last_day >= on for p in undated) else ""


def runs_in_week(first_day: date, last_day: date | None, *, on: date) -> bool:
    """Tell whether a period has a day in the week of a day."""
    monday = on - timedelta(days=on.weekday())
    return first_day <= monday + timedelta(days=6) and (last_day is None or last_day >= monday)


def latest_tests(tests: Iterable[T], *, on: date) -> list[T]:
    """Return the last test up to a day; several where they were on the same day."""
    taken = [test for test in tests if test.day <= on]
    last = max((test.day for test in taken), default=None)
    return [test for test in taken if test.day == last]


def mark_of(marks: Sequence[str]) -> str:
    """Return what tells the one that is meant from others: empty for none, or ``SEVERAL``.

    Example:
        >>> mark_of(["2026-01-05"]), mark_of([]), mark_of(["2026-01-05", "2026-02-02"])
        ('2026-01-05', '', 'several')
    """
    if len(marks) > 1:
        return SEVERAL
    return marks[0] if marks else ""


def hours_mark(kind: str, first_day: date) -> str:
    """Return the mark of the hours of an activity."""
    return f"{kind}:{first_day.isoformat()}"
