"""When visits to a placement are due, and how late they are. Days are inclusive."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple


class VisitKind(StrEnum):
    """What somebody goes to a workplace for."""

    EVALUATION = "evaluation"  # evalueringsbesøk: both say how it goes
    LANGUAGE = "language"  # the teacher's, about Norwegian at work
    COOPERATION = "cooperation"  # samarbeidsmøte with the employer and whoever helps


class Standing(StrEnum):
    """How pressing a visit is on a day."""

    LATE = "late"  # its window has closed, or the day it was booked for has passed untold
    DUE = "due"  # its window is open and no day is booked
    BOOKED = "booked"  # for today or later
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often somebody is visited and spoken with; all in days.

    Attributes:
        first_after: from the first day of the placement to the first evaluation visit.
        window: how far from its day a visit may be held and still be in time.
        interval: from an evaluation visit that was held to the next.
        language_after: from the first day to the teacher's language visit; ``None`` for none.
        without_contact: as long as nobody need have been in touch.

    Raises:
        ValueError: a number is less than one, or visits could be due before the last was held.
    """

    first_after: int = 28
    window: int = 7
    interval: int = 42
    language_after: int | None = 56
    without_contact: int = 14

    def __post_init__(self) -> None:
        numbers = (self.first_after, self.interval, self.without_contact, self.language_after or 1)
        if min(numbers) < 1 or self.window < 0 or self.window >= min(numbers[:2]):
            raise ValueError(f"nobody can be followed up in the rhythm {self}")


class Stay(NamedTuple):
    """The days somebody is at an employer, of the agreement in force; ``None`` is an open end."""

    first_day: date
    last_day: date | None = None


class Due(NamedTuple):
    """A visit that is to be made.

    Attributes:
        on: the day it is laid out for.
        opens, closes: the first and the last day on which it is in time.
        booked: the day agreed with the workplace, where one is.
        number: which one it is of its kind, from 1.
    """

    kind: VisitKind
    on: date
    opens: date
    closes: date
    number: int
    booked: date | None = None

    def standing(self, *, on: date) -> Standing:
        """Say how pressing it is."""
        if self.booked is not None:
            return Standing.BOOKED if self.booked >= on else Standing.LATE
        if on < self.opens:
            return Standing.LATER
        return Standing.DUE if on <= self.closes else Standing.LATE


def _next_day(stay: Stay, rhythm: Rhythm, done: Sequence[date]) -> date | None:
    """Return the day for which the next evaluation visit is laid out; ``None`` where none is due.

    The first lies ``first_after`` days after the first day, or on the last day of a placement
    that is shorter; each other one an interval after the one before, whichever day that was held.
    So whoever moves the first day moves what is not held yet. Without end where the placement is.

    Args:
        done: the days of those that were held in this placement.
    """
    first, last = stay
    due = max(done) + timedelta(rhythm.interval) if done else first + timedelta(rhythm.first_after)
    if last is None or due <= last:
        return due
    return None if done else last


def next_visit(
    stay: Stay, rhythm: Rhythm, *, held: Collection[date] = (), booked: date | None = None
) -> Due | None:
    """Return the next evaluation visit, or ``None`` where none is left to make.

    Args:
        held: the days of those that were held, also those the sheets tell of.
        booked: the day agreed for the next.
    """
    done = [day for day in held if day >= stay.first_day]
    due = _next_day(stay, rhythm, done) or booked
    return _due(VisitKind.EVALUATION, due, rhythm, number=1 + len(done), booked=booked)


def next_language_visit(
    stay: Stay, rhythm: Rhythm, *, held: Collection[date] = (), booked: date | None = None
) -> Due | None:
    """Return the teacher's visit, one for a placement that is long enough, until it is held."""
    done = sum(day >= stay.first_day for day in held)
    due = booked
    if not done and rhythm.language_after is not None:
        laid = stay.first_day + timedelta(days=rhythm.language_after)
        if stay.last_day is None or laid <= stay.last_day:
            due = laid
    return _due(VisitKind.LANGUAGE, due, rhythm, number=done + 1, booked=booked)


def _due(
    kind: VisitKind, due: date | None, rhythm: Rhythm, *, number: int, booked: date | None
) -> Due | None:
    if due is None:
        return None
    window = timedelta(rhythm.window)
    return Due(kind, due, due - window, due + window, number, booked)
