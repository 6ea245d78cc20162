"""From dated intervals to a grid of weeks × persons, by differences: no loop over rows.

Row ``r`` of a grid is the ``r``-th week of each person's own programme. Amounts are kept in whole
*shares* (a millionth of an hour on one weekday), so that sums are exact in float64 and do not
depend on the order of the rows.
"""

from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from innpass.domain.law.columns import (
    DAYS_PER_WEEK,
    Bools,
    Columns,
    Floats,
    Intervals,
    Ints,
    reading_table,
    work_oriented_table,
)
from innpass.domain.periods import WEEKDAYS_PER_WEEK

Integers: TypeAlias = NDArray[np.integer[Any]]
Summable = TypeVar("Summable", Floats, NDArray[np.int32])

_PER_HOUR = 1_000_000
_ROWS_AT_A_TIME = 1 << 17
SHARES_PER_HOUR = _PER_HOUR * WEEKDAYS_PER_WEEK
"""One hour a week over all weekdays, in shares."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Sums per week and person.

    Args:
        work: (n_weeks, n) float64, work-oriented shares.
        other: (n_weeks, n) float64, shares of all other activities.
        on_leave: (n_weeks, n) bool, Monday to Friday lie inside one period of leave.
        is_partial: (n_weeks, n) bool, a work-oriented row of unknown hours covers a weekday;
            ``None`` when there is none.
    """

    work: Floats
    other: Floats
    on_leave: Bools
    is_partial: Bools | None

    def slice(self, first: int, after: int) -> "Grid":
        """Give the persons from ``first`` up to, not including, ``after``."""
        part = np.s_[:, first:after]
        partial = None if self.is_partial is None else self.is_partial[part]
        return Grid(self.work[part], self.other[part], self.on_leave[part], partial)


def sum_intervals(columns: Columns) -> Grid:
    """Sum the hours of each week and find the weeks of leave.

    Source:
        None; a week is Monday to Sunday, and its weekdays carry equal shares.

    Reading:
        docs/law/partly-covered-weeks.md; docs/law/leave.md.
    """
    persons = columns.persons
    shape = (int(persons.n_weeks.max(initial=0)), len(columns))
    hours = _inside_programme(columns, columns.hours)
    counts = work_oriented_table(columns.law)[persons.text[hours.person], hours.activity]
    is_unknown = np.isnan(hours.hours)
    shares = np.rint(np.where(is_unknown, 0.0, hours.hours) * _PER_HOUR)
    planes = _spread(columns, hours, shares, np.where(counts, 0, 1), 2, shape)
    is_partial = None
    if (unknown := is_unknown & counts).any():
        rows = Intervals(
            hours.person[unknown], hours.first_day[unknown], hours.last_day[unknown],
            hours.activity[unknown], hours.hours[unknown],
        )  # fmt: skip
        ones = np.ones(len(rows.person))
        is_partial = _spread(columns, rows, ones, np.zeros(len(ones), np.int64), 1, shape)[0] > 0
    return Grid(planes[0], planes[1], _whole_weeks(columns, shape), is_partial)


def sum_week_rows(
    *,
    person: Integers,
    row: Integers,
    activity: Integers,
    hours: NDArray[np.floating[Any]],
    columns: Columns,
) -> Grid:
    """Sum rows that state the hours of one person, week and activity each, such as attendance.

    Args:
        person: (k,) integers, places in ``columns``.
        row: (k,) integers, ascending, week of the person's programme from 0; weeks past the
            longest programme are not read.
        activity: (k,) integers, places in ``ACTIVITIES``.
        hours: (k,) floats, hours in that week.
        columns: gives programme, texts and leave; its own hours are not read.

    Raises:
        ValueError: the rows are not in the order of their weeks.
    """
    texts_of = columns.persons.text
    n_weeks, n = int(columns.persons.n_weeks.max(initial=0)), len(columns)
    aside = np.where(work_oriented_table(columns.law), 0, n)
    is_one_list = bool((aside == aside[0]).all())
    planes = np.empty((n_weeks, 2, n))
    ends = np.searchsorted(row, np.arange(n_weeks + 1, dtype=row.dtype))
    if ends[0] or (row[ends[-1] :] < n_weeks).any():
        raise ValueError("the rows are not in the order of their weeks")
    groups = _groups_of_weeks(ends)
    # One buffer for all keys: fresh memory for each week costs more than the sums themselves.
    buffer = np.empty(
        max((ends[after] - ends[first] for first, after in groups), default=0), np.int64
    )
    for first, after in groups:
        part = slice(ends[first], ends[after])
        weeks, keys = row[part], buffer[: ends[after] - ends[first]]
        if len(weeks) and not (weeks.min() >= first and weeks.max() < after):
            raise ValueError("the rows are not in the order of their weeks")
        if is_one_list:
            # ``take`` with a mode is far faster than an index of small integers.
            aside[0].take(activity[part], mode="clip", out=keys)
        else:
            keys[:] = aside[texts_of[person[part]], activity[part]]
        keys += person[part]
        if after > first + 1:
            keys += (weeks.astype(np.int64) - first) * (2 * n)
        found = np.bincount(keys, weights=hours[part], minlength=(after - first) * 2 * n)
        out = planes[first:after]
        np.rint(np.multiply(found.reshape(-1, 2, n), SHARES_PER_HOUR, out=out), out=out)
    return Grid(planes[:, 0], planes[:, 1], _whole_weeks(columns, (n_weeks, n)), None)


def _groups_of_weeks(ends: Ints) -> list[tuple[int, int]]:
    """Take many weeks at a time where rows are few; else each alone, with its sums in cache."""
    groups: list[tuple[int, int]] = []
    first, n_weeks = 0, len(ends) - 1
    while first < n_weeks:
        enough = int(np.searchsorted(ends, ends[first] + _ROWS_AT_A_TIME, side="right")) - 1
        after = min(max(enough, first + 1), n_weeks)
        groups.append((first, after))
        first = after
    return groups


def running_sum(values: Summable) -> Summable:
    """Add each row to the next, in place: much faster than ``np.cumsum`` along the first axis."""
    for row in range(1, len(values)):
        values[row] += values[row - 1]
    return values


def _inside_programme(columns: Columns, rows: Intervals) -> Intervals:
    """Clip intervals to whole programme weeks (not days: a week is counted whole)."""
    persons = columns.persons
    monday = persons.first_week[rows.person] * DAYS_PER_WEEK + 1
    sunday = monday + persons.n_weeks[rows.person] * DAYS_PER_WEEK - 1
    first_day = np.maximum(rows.first_day, monday)
    last_day = np.minimum(rows.last_day, sunday)
    inside = first_day <= last_day
    if inside.all():
        return Intervals(rows.person, first_day, last_day, rows.activity, rows.hours)
    return Intervals(
        rows.person[inside],
        first_day[inside],
        last_day[inside],
        rows.activity[inside] if len(rows.activity) else rows.activity,
        rows.hours[inside] if len(rows.hours) else rows.hours,
    )


def _spread(
    columns: Columns, rows: Intervals, amount: Floats, plane: Ints, planes: int,
    shape: tuple[int, int],
) -> Floats:  # fmt: skip
    """Spread each amount over its weeks, times covered weekdays: (planes, n_weeks, n)."""
    n_weeks, n = shape
    start = columns.persons.first_week[rows.person]
    first_week, first_weekday = np.divmod(rows.first_day - 1, DAYS_PER_WEEK)
    last_week, last_weekday = np.divmod(rows.last_day - 1, DAYS_PER_WEEK)
    before = np.minimum(first_weekday, WEEKDAYS_PER_WEEK)
    after = WEEKDAYS_PER_WEEK - np.minimum(last_weekday + 1, WEEKDAYS_PER_WEEK)
    whole = reading_table(columns.law, "partly_covered_weeks", "whole_week")
    if whole.any():
        is_whole = whole[columns.persons.text[rows.person]]
        before = np.where(is_whole & (before < WEEKDAYS_PER_WEEK), 0, before)
        after = np.where(is_whole & (after < WEEKDAYS_PER_WEEK), 0, after)
    # The height of the week's step changes at four places: a first week that is less than whole,
    # a whole week after it, a last week that is less than whole, and nothing after that.
    base = (plane * (n_weeks + 1) + first_week - start) * n + rows.person
    length = (last_week - first_week) * n
    keys = np.concatenate((base, base + n, base + length, base + length + n))
    steps = np.concatenate(
        (
            amount * (WEEKDAYS_PER_WEEK - before),
            amount * before,
            -amount * after,
            amount * (after - WEEKDAYS_PER_WEEK),
        )
    )
    sums = _sum_at(keys, steps, planes * (n_weeks + 1) * n)
    heights = sums.reshape(planes, n_weeks + 1, n)[:, :n_weeks]
    for plane_heights in heights:
        running_sum(plane_heights)
    return heights


def _whole_weeks(columns: Columns, shape: tuple[int, int]) -> Bools:
    """Find the weeks whose Monday to Friday lie inside one period of leave."""
    n_weeks, n = shape
    leave = _inside_programme(columns, columns.leave)
    excludes = reading_table(columns.law, "leave_weeks", "excluded_when_whole")
    start = columns.persons.first_week[leave.person]
    first = -(-(leave.first_day - 1) // DAYS_PER_WEEK) - start
    after = (leave.last_day - 1 - (WEEKDAYS_PER_WEEK - 1)) // DAYS_PER_WEEK + 1 - start
    holds = (first < after) & excludes[columns.persons.text[leave.person]]
    if not holds.any():
        return np.zeros(shape, np.bool_)
    person = leave.person[holds]
    keys = np.concatenate((first[holds] * n + person, after[holds] * n + person))
    steps = np.repeat((1.0, -1.0), len(person))
    sums = _sum_at(keys, steps, (n_weeks + 1) * n)
    return running_sum(sums.reshape(n_weeks + 1, n)[:n_weeks]) > 0


def _sum_at(keys: Ints, amounts: Floats, size: int) -> Floats:
    return np.bincount(keys, weights=amounts, minlength=size).astype(np.float64, copy=False)
