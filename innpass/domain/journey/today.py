"""The day asked about, which remembers the next day on which an answer could change."""

from datetime import date, timedelta

from innpass.domain.periods import add_months


def shift(day: date, days: int) -> date:
    """Give the day so many days later, or earlier; the calendar's edge where it ends."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def shift_months(day: date, months: int) -> date:
    """Give the same day of the month so many months later; the calendar's edge where it ends."""
    try:
        return add_months(day, months)
    except ValueError:
        return date.max if months > 0 else date.min


class Today:
    """The only way by which the journey compares a day with the day asked about.

    Every comparison that has not been reached is remembered. As long as none of them is reached,
    each comparison falls out alike, and so does everything that is computed from them: that is
    why ``changes_after`` needs no list of windows to be kept in step with the rules.

    Example:
        >>> today = Today(date(2026, 3, 2))
        >>> today.has_reached(date(2026, 3, 9)), today.has_reached(date(2026, 3, 1))
        (False, True)
        >>> today.next_change
        datetime.date(2026, 3, 9)
    """

    __slots__ = ("_next", "day")

    def __init__(self, day: date) -> None:
        self.day = day
        self._next: date | None = None

    def has_reached(self, day: date) -> bool:
        """Say whether ``day`` is today or before."""
        if day <= self.day:
            return True
        if self._next is None or day < self._next:
            self._next = day
        return False

    def has_passed(self, day: date) -> bool:
        """Say whether ``day`` is before today."""
        return self.has_reached(shift(day, 1))

    @property
    def next_change(self) -> date | None:
        """The first later day on which a comparison asked so far falls out otherwise."""
        return self._next
