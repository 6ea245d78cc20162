"""What decisions add to a programme, or to a right."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from innpass.domain.law.facts import PersonFacts
from innpass.domain.law.length import Length
from innpass.domain.law.reasons import Reason
from innpass.domain.periods import Period, add_months, joined
from innpass.domain.sheets.fields import DecisionKind

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Extended:
    """What decisions add.

    Args:
        months: whole calendar months, never more than the text allows.
        days: days beyond them.
        until: the last day that a decision names where it does not say from when.
        breaches: decisions that no text allows.
        warnings: what a human should look at.
    """

    months: int = 0
    days: int = 0
    until: date | None = None
    breaches: tuple[Reason, ...] = ()
    warnings: tuple[Reason, ...] = ()


_BY_NOTHING = Extended()


def extended(
    facts: PersonFacts, kind: DecisionKind, ordinary_end: date, length: Length
) -> Extended:
    """Sum what the decisions of a kind add to the ordinary time.

    Each day that decisions name counts once, and none of the ordinary time. A month begun is not
    a month: the days beyond whole months count as days.
    """
    if not facts.decisions:
        return _BY_NOTHING
    spans: list[Period] = []
    until: list[date] = []
    breaches: list[Reason] = []
    warnings: list[Reason] = []
    for decision in facts.decisions:
        if decision.kind is not kind:
            continue
        if decision.day and not _may_be_decided(decision.day, length):
            breaches.append(Reason("extension.not_allowed", (("day", decision.day),)))
        elif decision.last_day is None:
            warnings.append(Reason("extension.without_days"))
        elif decision.first_day is None:
            until.append(decision.last_day)
        elif decision.last_day < decision.first_day:
            values = (("first", decision.first_day), ("last", decision.last_day))
            warnings.append(Reason("extension.ends_before_it_begins", values))
        elif decision.last_day > ordinary_end:
            first = max(decision.first_day, ordinary_end + _ONE_DAY)
            spans.append(Period(first, decision.last_day))
    months = days = 0
    for span in joined(spans):
        whole, rest = months_and_days(span)
        months, days = months + whole, days + rest
    most = length.extension_months
    if (months, days) > (most, 0):
        values_of_months = (("months", months + (days > 0)), ("most", most))
        breaches.append(Reason("extension.too_long", values_of_months))
        months, days = most, 0
    return Extended(months, days, max(until, default=None), tuple(breaches), tuple(warnings))


def _may_be_decided(day: date, length: Length) -> bool:
    return (length.decided_from is None or length.decided_from <= day) and (
        length.decided_by is None or day <= length.decided_by
    )


def months_and_days(span: Period) -> tuple[int, int]:
    """Count the whole calendar months of a period and the days beyond them.

    Raises:
        ValueError: the period is open.

    Example:
        >>> months_and_days(Period(date(2026, 1, 5), date(2026, 3, 6)))
        (2, 2)
    """
    if span.last_day is None:
        raise ValueError("an open period has no number of months")
    after = span.last_day + _ONE_DAY
    months = whole_months(span.first_day, after)
    return months, (after - add_months(span.first_day, months)).days


def whole_months(first_day: date, after: date) -> int:
    """Count the whole calendar months from ``first_day`` to the day before ``after``.

    Example:
        >>> whole_months(date(2026, 1, 31), date(2026, 2, 28))
        1
    """
    months = (after.year - first_day.year) * 12 + after.month - first_day.month
    while months > 0 and add_months(first_day, months) > after:
        months -= 1
    return max(months, 0)


@lru_cache(maxsize=1 << 14)  # thousands of people share few first days
def last_day_of_months(first_day: date, months: int) -> date:
    """Give the last day of ``months`` calendar months from ``first_day``, inclusive.

    Where the month has no such day, the last day of the month is a part of it.

    Example:
        >>> last_day_of_months(date(2026, 1, 5), 6), last_day_of_months(date(2026, 8, 31), 6)
        (datetime.date(2026, 7, 4), datetime.date(2027, 2, 28))
    """
    day = add_months(first_day, months)
    return day if day.day < first_day.day else day - _ONE_DAY
