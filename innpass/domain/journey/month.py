"""Which month of the programme a case is in."""

from datetime import date

from innpass.domain.journey.facts import CaseFacts
from innpass.domain.journey.today import shift, shift_months


def _months(first_day: date, last_day: date) -> int:
    """Count the months begun from ``first_day`` to ``last_day``, both inclusive; 0 before it."""
    if last_day < first_day:
        return 0
    months = (last_day.year - first_day.year) * 12 + last_day.month - first_day.month
    return months + (shift_months(first_day, months) <= last_day)


def programme_month(facts: CaseFacts, *, on: date) -> tuple[int, int | None] | None:
    """Give month n of m: ``(3, 12)`` is the third of twelve.

    A programme that is written as ending on the day after its last full month, as people do
    (12 August to 12 August), is not given a month for that one day.

    Returns:
        n is 0 before the first day and stays at the last month after the end; m is ``None``
        without an end. ``None`` without a first day, or with an end before it.

    Example:
        >>> facts = CaseFacts(start=date(2025, 8, 11), planned_end=date(2026, 8, 10))
        >>> programme_month(facts, on=date(2025, 10, 15))
        (3, 12)
    """
    if facts.start is None:
        return None
    if facts.end is None:
        return _months(facts.start, on), None
    total = _months(facts.start, facts.end)
    if total == 0:
        return None
    if total > 1 and _months(facts.start, shift(facts.end, -1)) < total:
        total -= 1
    return min(_months(facts.start, on), total), total
