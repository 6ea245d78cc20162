"""Whether the months and days that an integration plan states agree with one another."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from innpass.domain.periods import add_months


@dataclass(frozen=True, slots=True)
class LengthDisagrees:
    """The plan states so many months, and its days make other ``found`` ones."""

    stated: int
    found: int
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True)
class ElementOutside:
    """An element, numbered from 1, has a day outside the plan's days; ``None`` is not stated."""

    place: int
    first_day: date | None
    last_day: date | None


@dataclass(frozen=True, slots=True)
class ReviewOutside:
    """The plan is to be assessed again on a day after its last."""

    review_on: date
    last_day: date


Disagreement = LengthDisagrees | ElementOutside | ReviewOutside
Days = tuple[date | None, date | None]


def months_in(first_day: date, last_day: date) -> int:
    """Return the whole number of months that comes nearest to a period, both days included.

    Example:
        >>> months_in(date(2025, 8, 15), date(2026, 8, 14))
        12
    """
    after = last_day + timedelta(days=1)
    about = (after.year - first_day.year) * 12 + after.month - first_day.month
    near = range(max(about - 1, 0), about + 2)
    return min(near, key=lambda months: abs((add_months(first_day, months) - after).days))


def disagreements(
    *,
    length_months: int | None,
    first_day: date | None,
    last_day: date | None,
    review_on: date | None,
    elements: Sequence[Days],
) -> tuple[Disagreement, ...]:
    """Return what does not agree; what is not stated agrees with everything.

    Args:
        first_day, last_day: of the programme, both included.
        elements: first and last day of each, in their order.
    """
    found: list[Disagreement] = []
    if length_months is not None and first_day and last_day:
        months = months_in(first_day, last_day)
        if months != length_months:
            found.append(LengthDisagrees(length_months, months, first_day, last_day))
    for place, days in enumerate(elements, start=1):
        if any(_outside(day, first_day, last_day) for day in days):
            found.append(ElementOutside(place, *days))
    if review_on and last_day and review_on > last_day:
        found.append(ReviewOutside(review_on, last_day))
    return tuple(found)


def _outside(day: date | None, first_day: date | None, last_day: date | None) -> bool:
    if day is None:
        return False
    return bool((first_day and day < first_day) or (last_day and day > last_day))
