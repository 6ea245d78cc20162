"""What leave and absence add to a programme, and leave to the right to Norwegian tuition."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from innpass.domain.law.days_off import after_working_days, working_days_between
from innpass.domain.law.facts import AbsenceRow, Fact, LeaveRow, PersonFacts
from innpass.domain.law.law import Law
from innpass.domain.law.reasons import Reason
from innpass.domain.periods import Period, joined
from innpass.domain.sheets.fields import AbsenceKind, LeaveKind

Row = LeaveRow | AbsenceRow


@dataclass(frozen=True, slots=True)
class Moved:
    """A last day, moved.

    Args:
        last_day: where it lies now, inclusive.
        added: by how many days it was moved.
        days: how many days of leave and absence lie until then, each once.
        floor: how many of them add nothing; 0 where all add.
        only_above: whether only those above the floor add, once there are more.
    """

    last_day: date
    added: int
    days: int
    floor: int = 0
    only_above: bool = False


Lengthen = Callable[[date], Moved]

_NEVER_ADDED = (LeaveKind.HOLIDAY, LeaveKind.RELIGIOUS, AbsenceKind.UNAUTHORISED)


@dataclass(frozen=True, slots=True)
class Added:
    """The days that leave and absence add.

    Args:
        days: how many, each day once; working days for a programme, calendar days for a right.
        counted: each stretch that was counted.
        left_out: each that was not, and why.
    """

    days: int = 0
    counted: tuple[Reason, ...] = ()
    left_out: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Stretches:
    """Leave and absence as far as they may add to something, clipped to its time.

    Args:
        sure: rows that add, with the days of each that lie in the time.
        maybe: rows whose kind nobody told, likewise.
        left_out: rows that add nothing, and why.
    """

    sure: tuple[tuple[Row, Period], ...] = ()
    maybe: tuple[tuple[Row, Period], ...] = ()
    left_out: tuple[Reason, ...] = ()

    @property
    def missing(self) -> tuple[Fact, ...]:
        """Facts that would tell whether the doubtful rows add."""
        leave = any(isinstance(row, LeaveRow) for row, _ in self.maybe)
        absence = any(isinstance(row, AbsenceRow) for row, _ in self.maybe)
        return (Fact.LEAVE_KIND,) * leave + (Fact.ABSENCE_KIND,) * absence


def stretches(
    rows: Iterable[Row], *, first_day: date, last_day: date | None, on: date
) -> Stretches:
    """Sort rows into what adds, what may add and what does not.

    A row without a last day runs still: its days until ``on``, inclusive, count.

    Args:
        first_day, last_day: the time that is lengthened, inclusive; ``None`` is an open end.
    """
    sure: list[tuple[Row, Period]] = []
    maybe: list[tuple[Row, Period]] = []
    left_out: list[Reason] = []
    for row in rows:
        ends = row.period.last_day or on
        first = max(row.period.first_day, first_day)
        last = min(ends, last_day) if last_day else ends
        if ends < row.period.first_day:
            left_out.append(_told("left_out.not_begun", row, ends))
        elif last < first:
            left_out.append(_told("left_out.outside", row, ends))
        elif row.kind in _NEVER_ADDED:
            left_out.append(_told("left_out.not_added", row, ends))
        else:
            (maybe if row.kind is None else sure).append((row, Period(first, last)))
    return Stretches(tuple(sure), tuple(maybe), tuple(left_out))


def lengthened_by_working_days(
    rows: Sequence[tuple[Row, Period]], *, floor: int, only_above: bool, law: Law
) -> Lengthen:
    """Give how a last day is moved by the working days in the rows, each day once.

    Nothing is added until there are more than ``floor``; then all are, or ``only_above`` those
    above it. Days within what is added count, too; days after it do not.

    Source:
        integreringsforskriften §§ 10 and 19.
    """
    periods = joined(period for _, period in rows)
    if not periods:
        return lambda ends: Moved(ends, 0, 0, floor, only_above)

    def lengthen(ends: date) -> Moved:
        last = ends
        while True:
            days = sum(
                working_days_between(first, until, law) for first, until in _until(periods, last)
            )
            add = 0 if days <= floor else days - floor * only_above
            moved = after_working_days(ends, add, law)
            if moved <= last:
                return Moved(last, add, days, floor, only_above)
            last = moved

    return lengthen


def lengthened_by_days(rows: Sequence[tuple[Row, Period]]) -> Lengthen:
    """Give how a last day is moved by the calendar days in the rows, each day once.

    Source:
        integreringsloven § 32 første ledd.
    """
    periods = joined(period for _, period in rows)
    if not periods:
        return lambda ends: Moved(ends, 0, 0)

    def lengthen(ends: date) -> Moved:
        last = ends
        while True:
            add = sum((until - first).days + 1 for first, until in _until(periods, last))
            moved = ends + timedelta(days=add)
            if moved <= last:
                return Moved(last, add, add)
            last = moved

    return lengthen


def told(found: Stretches, rows: Sequence[tuple[Row, Period]], moved: Moved, *, on: date) -> Added:
    """Tell which rows were counted and which were not."""
    counted: list[Reason] = []
    left_out = list(found.left_out)
    for row, period in rows:
        ends = row.period.last_day or on
        if period.first_day > moved.last_day:
            left_out.append(_told("left_out.outside", row, ends))
        elif row.period.last_day is None:
            counted.append(_told("counted.running", row, ends))
        else:
            counted.append(_told("counted.added", row, ends))
    floor = ("floor", moved.floor)
    if moved.days and not moved.added:
        counted = []
        left_out.append(Reason("left_out.not_above_floor", (("days", moved.days), floor)))
    elif moved.added and moved.only_above:
        counted.append(Reason("counted.above_floor", (floor,)))
    return Added(moved.added, tuple(counted), tuple(left_out))


def doubtful(found: Stretches, *, on: date) -> tuple[Reason, ...]:
    """Tell the rows of which nobody said whether they add."""
    return tuple(_told("counted.maybe", row, row.period.last_day or on) for row, _ in found.maybe)


def programme_stretches(facts: PersonFacts, first_day: date, *, on: date) -> Stretches:
    """Sort a person's leave and absence as far as they may lengthen the programme.

    Source:
        integreringsforskriften §§ 10, 19.

    Reading:
        docs/law/added-days.md.
    """
    rows: tuple[Row, ...] = (*facts.leaves, *facts.absences)
    return stretches(rows, first_day=first_day, last_day=facts.actual_end, on=on)


def norwegian_stretches(facts: PersonFacts, first_day: date, *, on: date) -> Stretches:
    """Sort a person's leave as far as it may lengthen the right to Norwegian tuition.

    Source:
        integreringsloven § 32 første ledd: approved leave, not absence.

    Reading:
        docs/law/added-days.md.
    """
    return stretches(facts.leaves, first_day=first_day, last_day=None, on=on)


def _until(periods: Iterable[Period], last: date) -> list[tuple[date, date]]:
    return [
        (period.first_day, min(period.last_day or last, last))
        for period in periods
        if period.first_day <= last
    ]


def _told(code: str, row: Row, ends: date) -> Reason:
    what = "leave" if isinstance(row, LeaveRow) else "absence"
    days = (("first", row.period.first_day), ("last", ends))
    return Reason(f"{code}.{what}", days)
