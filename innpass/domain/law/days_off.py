"""Working days (virkedager) as the regulation counts them: no Saturdays, no days off by § 17."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache

from dateutil.easter import easter

from innpass.domain.law.law import THE_LAW, Law
from innpass.domain.periods import Period, joined

_SATURDAY = 5


@lru_cache(maxsize=256)
def days_off(year: int, law: Law = THE_LAW) -> frozenset[date]:
    """List the public days off of a year, Saturdays and Sundays aside.

    Source:
        integreringsforskriften § 17 første ledd.

    Example:
        >>> date(2026, 4, 6) in days_off(2026), date(2026, 4, 7) in days_off(2026)
        (True, False)
    """
    listed = law.parameter("public_days_off").dated(date(year, 12, 31)).value
    fixed = {date(year, month, day) for month, day in listed["fixed"]}
    return frozenset(fixed | {easter(year) + timedelta(days=n) for n in listed["from_easter"]})


def is_working_day(day: date, law: Law = THE_LAW) -> bool:
    """Say whether a day is a working day.

    Source:
        integreringsforskriften § 17 første ledd.
    """
    return day.weekday() < _SATURDAY and day not in days_off(day.year, law)


def number_of_working_days(periods: Iterable[Period], law: Law = THE_LAW) -> int:
    """Count the working days that lie in one of the periods or more, each once.

    Raises:
        ValueError: a period is open.

    Example:
        >>> week = Period(date(2026, 4, 6), date(2026, 4, 12))
        >>> number_of_working_days([week, week])
        4
    """
    found = joined(periods)
    if any(period.last_day is None for period in found):
        raise ValueError("an open period has no number of days")
    return sum(
        working_days_between(period.first_day, period.last_day, law)
        for period in found
        if period.last_day
    )


def working_days_between(first_day: date, last_day: date, law: Law = THE_LAW) -> int:
    """Count the working days from a day to another, both inclusive."""
    first, last = first_day.toordinal(), last_day.toordinal()
    return sum(
        bisect_right(days, last) - bisect_left(days, first)
        for year in range(first_day.year, last_day.year + 1)
        for days in (_working_days(year, law),)
    )


def after_working_days(day: date, number: int, law: Law = THE_LAW) -> date:
    """Give the working day that lies ``number`` working days after ``day``; ``day`` itself for 0.

    Example:
        >>> after_working_days(date(2026, 4, 1), 1)
        datetime.date(2026, 4, 7)
    """
    year = day.year
    while number > 0:
        days = _working_days(year, law)
        begin = bisect_right(days, day.toordinal())
        if number <= len(days) - begin:
            return date.fromordinal(days[begin + number - 1])
        number -= len(days) - begin
        year += 1
    return day


@lru_cache(maxsize=256)
def _working_days(year: int, law: Law) -> tuple[int, ...]:
    """List the working days of a year as ordinals, in time."""
    first = date(year, 1, 1).toordinal()
    days = range(first, date(year, 12, 31).toordinal() + 1)
    return tuple(day for day in days if is_working_day(date.fromordinal(day), law))
