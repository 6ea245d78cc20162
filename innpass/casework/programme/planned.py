"""Hours by the timetables in force, laid over the hours that the sheets state."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache

from innpass.domain.law.facts import HoursRow
from innpass.domain.periods import Period, joined
from innpass.domain.sheets.fields import Activity

HoursValues = tuple[str, date, date | None, float]
"""Activity ("" for none), first and last day inclusive, hours a week: as both tables store them."""

_ONE_DAY = timedelta(days=1)


def hours_rows(stated: Iterable[HoursValues], planned: Iterable[HoursValues]) -> list[HoursRow]:
    """Give what a person's weeks are spent on: where a timetable holds, by it alone.

    Args:
        stated: as the sheets say, in the unit of the sheet.
        planned: as the timetables say, in counted clock hours; a row of no activity says that a
            timetable holds and nothing is in it.

    Example:
        >>> rows = hours_rows(
        ...     [("norwegian", date(2026, 1, 5), None, 16.0)],
        ...     [("practice", date(2026, 2, 2), date(2026, 2, 8), 15.0)],
        ... )
        >>> [(row.activity.value, str(row.period.first_day), row.is_counted) for row in rows]
        [('norwegian', '2026-01-05', False), ('practice', '2026-02-02', True), \
('norwegian', '2026-02-09', False)]
    """
    planned = list(planned)
    rows = [
        _row(kind, first, last, per_week, is_counted=True)
        for kind, first, last, per_week in planned
        if kind
    ]
    if not planned:
        rows += [_row(*values) for values in stated]
    else:
        held = joined(Period(first, last) for _, first, last, _ in planned)
        for kind, first, last, per_week in stated:
            for piece in _outside(Period(first, last), held):
                rows.append(HoursRow(Activity(kind), piece, per_week))
    return sorted(rows, key=lambda row: (row.period.first_day, row.activity))


# Those of one class share most of their hours.
@lru_cache(maxsize=1 << 15)
def _row(
    kind: str, first: date, last: date | None, per_week: float, *, is_counted: bool = False
) -> HoursRow:
    return HoursRow(Activity(kind), Period(first, last), per_week, is_counted=is_counted)


def _outside(period: Period, held: Iterable[Period]) -> Iterator[Period]:
    """Cut out of a period the days that lie in others, which are apart and in order."""
    first: date | None = period.first_day
    for each in held:
        if first is None or (each.last_day is not None and each.last_day < first):
            continue
        if period.last_day is not None and each.first_day > period.last_day:
            break
        if each.first_day > first:
            yield Period(first, each.first_day - _ONE_DAY)
        first = None if each.last_day is None else each.last_day + _ONE_DAY
    if first is not None and (period.last_day is None or first <= period.last_day):
        yield Period(first, period.last_day)
