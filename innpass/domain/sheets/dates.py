"""Dates in every form that people write them, and the days that a vague one can mean."""

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from innpass.domain.sheets.dates_as_text import Clues, clues
from innpass.domain.sheets.findings import Finding, doubt
from innpass.domain.sheets.records import Issue
from innpass.domain.sheets.special_words import is_empty, is_ongoing, is_uncertain, is_yes
from innpass.domain.sheets.words import tidy
from innpass.domain.sheets.workbook import CellContent

_DAY_ZERO = date(1899, 12, 30)
_WHOLE = re.compile(r"\d+(?:[.,]0+)?")
_DECIMAL = re.compile(r"\d+[.,]\d+")


@dataclass(frozen=True, slots=True)
class Span:
    """The years a date can plausibly lie in, both inclusive.

    Two-digit years up to ``pivot`` are of this century: nobody who takes part in a programme was
    born before 1926, and nothing in a programme happened before 1990.
    """

    first_year: int
    last_year: int
    pivot: int

    def year(self, written: int, digits: int) -> int:
        """Return the full year for one written with two digits or four."""
        if digits > 2:
            return written
        return written + (2000 if written <= self.pivot else 1900)

    def has(self, day: date) -> bool:
        """Say whether a day is plausible."""
        return self.first_year <= day.year <= self.last_year


BIRTH = Span(first_year=1900, last_year=2040, pivot=25)
PROGRAMME = Span(first_year=1990, last_year=2100, pivot=89)
_EVER = date(PROGRAMME.first_year, 1, 1), date(PROGRAMME.last_year, 12, 31)


def read_date(content: CellContent, *, span: Span = PROGRAMME) -> Finding | None:
    """Read one cell as a date.

    Example:
        >>> read_date("12/3-24").value, read_date(45363).value, read_date(45363).note
        (datetime.date(2024, 3, 12), datetime.date(2024, 3, 12), 'excel_serial')
        >>> read_date("12.03.92", span=BIRTH).value
        datetime.date(1992, 3, 12)
        >>> read_date("fra 12.3.").issue, read_date("ca. uke 34").issue, read_date("31.02.24").issue
        (<Issue.DATE_WITHOUT_YEAR: 'date_without_year'>, <Issue.WEEK_ONLY: 'week_only'>, \
<Issue.IMPOSSIBLE_DATE: 'impossible_date'>)
    """
    if content is None:
        return None
    if isinstance(content, datetime):
        return _plausible(content.date(), span)
    if isinstance(content, date):
        return _plausible(content, span)
    if isinstance(content, bool):
        return doubt(Issue.UNCERTAIN) if content else None
    if isinstance(content, time):
        return doubt(Issue.NOTE)
    if isinstance(content, int | float):
        return _read_number(content, span)
    return _read_text(tidy(content), span)


def possible_days(text: str, first: date, last: date) -> tuple[date, ...]:
    """List the days from ``first`` to ``last`` that a vague date can mean, in order.

    A week means its Monday to Friday, a month each of its days; a day and month without a year
    mean that day in any year of the span.

    Example:
        >>> possible_days("fra 12.3.", date(2024, 1, 1), date(2025, 2, 1))
        (datetime.date(2024, 3, 12),)
        >>> [day.day for day in possible_days("uke 34-25", date(2024, 1, 1), date(2026, 1, 1))]
        [18, 19, 20, 21, 22]
    """
    seen = clues(tidy(text))
    if seen is None or first > last:
        return ()
    if seen.year is not None:
        years = [PROGRAMME.year(seen.year, seen.year_digits)]
    else:
        years = list(range(first.year - 1, last.year + 2))
    days = {day for year in years for day in _days(seen, year)}
    return tuple(sorted(day for day in days if first <= day <= last))


def likely_days(text: str, first: date, last: date) -> tuple[date, ...]:
    """List a few days that a vague date most likely means, the likeliest first.

    Of a week its Monday, of a month its first and last day, of a day without a year that day; those
    from ``first`` to ``last`` before those of the years around, the nearest first.

    Example:
        >>> days = likely_days("uke 34", date(2026, 1, 1), date(2026, 12, 31))
        >>> [f"{day:%d.%m.%y}" for day in days]
        ['17.08.26', '18.08.25', '23.08.27']
        >>> likely_days("juli 25", date(2026, 1, 1), date(2026, 2, 1))
        (datetime.date(2025, 7, 1), datetime.date(2025, 7, 31))
    """
    seen = clues(tidy(text))
    if seen is None or first > last:
        return ()
    whole = date(first.year - 1, 1, 1), date(last.year + 1, 12, 31)
    days: Iterable[date] = possible_days(text, *(whole if seen.year is None else _EVER))
    if seen.week is not None:
        days = (day for day in days if day.weekday() == 0)
    elif seen.day is None:
        days = (day for day in days if day.day in (1, monthrange(day.year, day.month)[1]))

    def distance(day: date) -> tuple[bool, int, date]:
        years = max(first.year - day.year, day.year - last.year, 0)
        return not first <= day <= last, years, day

    return tuple(sorted(days, key=distance))


def read_period(content: CellContent) -> tuple[Finding | None, Finding | None]:
    """Read one cell that holds a first and a last day, such as ``12.03.24-15.06.24``."""
    if isinstance(content, str):
        parts = re.split(
            r"\s+(?:-|–|—|til|t\.o\.m\.?|tom)\s*|\s*(?:–|—)\s*", tidy(content), maxsplit=1
        )
        if len(parts) == 1:
            halves = re.fullmatch(
                r"(\d+[./]\d+[./]\d{2,4})\s?-\s?(\d+[./]\d+[./]\d{2,4})", parts[0]
            )
            parts = list(halves.groups()) if halves else parts
        if len(parts) == 2:
            return read_date(parts[0]), read_date(parts[1])
    return read_date(content), None


def _plausible(day: date, span: Span) -> Finding:
    return Finding(day) if span.has(day) else doubt(Issue.IMPOSSIBLE_DATE)


def _read_number(number: int | float, span: Span) -> Finding | None:
    """Read a number in a date's place: a day count, or digits such as 20240312 and 120324."""
    if number != number or abs(number) > 1e9:
        return doubt(Issue.NOTE)
    if 1900 <= number <= 2100 and number == int(number):
        return doubt(Issue.UNCERTAIN)  # a year alone
    if 1 <= number < 100_000:
        day = _DAY_ZERO + timedelta(days=int(number))
        if span.has(day) and (number > 2100 or span is BIRTH):
            return Finding(day, note="excel_serial")
        return doubt(Issue.UNCERTAIN)
    if number == int(number) and number > 0:
        return _read_digits(str(int(number)), span) or doubt(Issue.NOTE)
    return None if number == 0 else doubt(Issue.NOTE)


def _read_digits(digits: str, span: Span) -> Finding | None:
    """Read eight digits as ``20240312`` or ``12032024``, six (or five) as ``120324``."""
    tries: list[tuple[str, str, str]] = []
    if len(digits) in (7, 8):
        eight = digits.zfill(8)
        tries = [(eight[4:], eight[2:4], eight[:2]), (eight[:4], eight[4:6], eight[6:])]
    elif len(digits) == 6:
        tries = [(digits[4:], digits[2:4], digits[:2]), (digits[:2], digits[2:4], digits[4:])]
    days = []
    for year, month, day in tries:
        made = _make(span.year(int(year), len(year)), int(month), int(day))
        if made and span.has(made) and made not in days:
            days.append(made)
    if len(digits) == 6 and span is PROGRAMME:
        near = [day for day in days if 2015 <= day.year <= 2045]
        days = near or days
    if len(days) == 1:
        return Finding(days[0], note="digits_only")
    if days:
        return doubt(Issue.AMBIGUOUS_DATE, *days)
    return doubt(Issue.IMPOSSIBLE_DATE) if tries else None


def _read_text(text: str, span: Span) -> Finding | None:
    if is_empty(text) or is_ongoing(text):
        return None
    if is_uncertain(text) or is_yes(text):
        return doubt(Issue.UNCERTAIN)
    if _WHOLE.fullmatch(text):
        found = _read_number(float(text.replace(",", ".")), span)
        if len(text) == 8 or (len(text) == 6 and text.isdigit()):
            found = _read_digits(text, span)
        return found
    if _DECIMAL.fullmatch(text) and len(text.split(".")[0].split(",")[0]) == 5:
        return _read_number(float(text.replace(",", ".")), span)
    seen = clues(text)
    return _settle(seen, span) if seen else doubt(Issue.NOTE)


def _settle(seen: Clues, span: Span) -> Finding:
    """Turn what a text says into a reading."""
    if seen.others:
        first = _full(seen, span)
        days = [first] if first else []
        days += [made for other in seen.others if (made := _full(other, span))]
        return doubt(Issue.AMBIGUOUS_DATE, *days)
    if seen.week is not None:
        return doubt(Issue.WEEK_ONLY)
    if seen.day is None:
        if seen.month is not None and not 1 <= seen.month <= 12:
            return doubt(Issue.IMPOSSIBLE_DATE)
        return doubt(Issue.MONTH_ONLY if seen.month is not None else Issue.UNCERTAIN)
    if seen.month is None:
        return doubt(Issue.UNCERTAIN)
    if seen.year is None:
        is_real = _make(2024, seen.month, seen.day) is not None
        return doubt(Issue.DATE_WITHOUT_YEAR if is_real else Issue.IMPOSSIBLE_DATE)
    made = _full(seen, span)
    if made is None:
        swapped = _make(span.year(seen.year, seen.year_digits), seen.day, seen.month)
        return doubt(Issue.IMPOSSIBLE_DATE, *([swapped] if swapped and span.has(swapped) else []))
    if seen.has_other_words:
        return doubt(Issue.NOTE, made)
    return doubt(Issue.UNCERTAIN, made) if seen.is_doubtful else Finding(made)


def _full(seen: Clues, span: Span) -> date | None:
    if seen.year is None or seen.month is None or seen.day is None:
        return None
    made = _make(span.year(seen.year, seen.year_digits), seen.month, seen.day)
    return made if made and span.has(made) else None


def _make(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _days(seen: Clues, year: int) -> list[date]:
    """List the days of one year that a text can mean."""
    if not 1900 <= year <= 2100:
        return []
    if seen.week is not None:
        days: list[date] = []
        for week in range(seen.week, (seen.last_week or seen.week) + 1):
            try:
                monday = date.fromisocalendar(year, week, 1)
            except ValueError:
                continue
            days += [monday + timedelta(days=offset) for offset in range(5)]
        return days
    if seen.month is None or not 1 <= seen.month <= 12:
        return []
    if seen.day is None:
        last = monthrange(year, seen.month)[1]
        return [date(year, seen.month, day) for day in range(1, last + 1)]
    made = _make(year, seen.month, seen.day)
    return [made] if made else []
