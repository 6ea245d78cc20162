"""Days as the law and the house count them: inclusive periods, ISO weeks, calendar months."""

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

WEEKDAYS_PER_WEEK = 5
_ISO_WEEK = re.compile(r"(\d{4})-W(\d{2})")


@dataclass(frozen=True, slots=True)
class Period:
    """The days from ``first_day`` to ``last_day``, both included; ``None`` is an open end.

    Raises:
        ValueError: the last day lies before the first.

    Example:
        >>> Period(date(2026, 1, 5), None).contains(date(2030, 1, 1))
        True
    """

    first_day: date
    last_day: date | None

    def __post_init__(self) -> None:
        if self.last_day is not None and self.last_day < self.first_day:
            raise ValueError(f"a period cannot end ({self.last_day}) before {self.first_day}")

    def contains(self, day: date) -> bool:
        """Say whether ``day`` lies in the period."""
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)

    def overlaps(self, other: "Period") -> bool:
        """Say whether the two periods share a day."""
        return (self.last_day is None or other.first_day <= self.last_day) and (
            other.last_day is None or self.first_day <= other.last_day
        )


@dataclass(frozen=True, slots=True, order=True)
class IsoWeek:
    """A week from Monday to Sunday, numbered after ISO 8601; ordered in time.

    Raises:
        ValueError: the year has no week of that number.

    Example:
        >>> IsoWeek.parse("2024-W33").monday
        datetime.date(2024, 8, 12)
        >>> str(IsoWeek.of(date(2027, 1, 1)))
        '2026-W53'
    """

    year: int
    number: int

    def __post_init__(self) -> None:
        date.fromisocalendar(self.year, self.number, 1)

    @classmethod
    def of(cls, day: date) -> Self:
        """Give the week that ``day`` lies in."""
        year, number, _ = day.isocalendar()
        return cls(year, number)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``2024-W33``.

        Raises:
            ValueError: the text is no ISO week, or the year has no such week.
        """
        if not (match := _ISO_WEEK.fullmatch(text)):
            raise ValueError(f"{text!r} is no ISO week such as 2024-W33")
        return cls(int(match[1]), int(match[2]))

    @property
    def monday(self) -> date:
        """The first day of the week."""
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def sunday(self) -> date:
        """The last day of the week."""
        return date.fromisocalendar(self.year, self.number, 7)

    def next(self) -> "IsoWeek":
        """Give the week that follows."""
        return IsoWeek.of(self.monday + timedelta(days=7))

    def __str__(self) -> str:
        return f"{self.year:04d}-W{self.number:02d}"


def add_months(day: date, months: int) -> date:
    """Give the same day of the month ``months`` later; its last day where the month is shorter.

    Example:
        >>> add_months(date(2025, 11, 30), 3)
        datetime.date(2026, 2, 28)
    """
    year, month_index = divmod(day.year * 12 + day.month - 1 + months, 12)
    month = month_index + 1
    if day.day <= 28:
        return date(year, month, day.day)
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def age_on(day: date, birth_date: date) -> int:
    """Give the age in whole years on a day; the birthday is the first day of the new year.

    Example:
        >>> age_on(date(2026, 5, 11), date(1970, 5, 12))
        55
    """
    had_birthday = (day.month, day.day) >= (birth_date.month, birth_date.day)
    return day.year - birth_date.year - (not had_birthday)


def joined(periods: Iterable[Period]) -> tuple[Period, ...]:
    """Join periods that share a day or follow one another without a gap; in time.

    Example:
        >>> later = Period(date(2026, 1, 10), None)
        >>> joined([later, Period(date(2026, 1, 5), date(2026, 1, 9))])
        (Period(first_day=datetime.date(2026, 1, 5), last_day=None),)
    """
    found: list[Period] = []
    for period in sorted(periods, key=lambda each: each.first_day):
        before = found[-1] if found else None
        if before is None or (
            before.last_day is not None and period.first_day > before.last_day + timedelta(days=1)
        ):
            found.append(period)
        elif before.last_day is not None:
            open_end = period.last_day is None
            last = None if open_end else max(before.last_day, period.last_day or before.last_day)
            found[-1] = Period(before.first_day, last)
    return tuple(found)


def covered_weekdays(period: Period, week: IsoWeek) -> int:
    """Count the days from Monday to Friday of ``week`` that lie in ``period``: 0 to 5."""
    monday = week.monday
    return sum(period.contains(monday + timedelta(days=n)) for n in range(WEEKDAYS_PER_WEEK))
