"""The weeks of many persons: one pass in blocks, and the ways to read its answer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from innpass.domain.law.assessment import Span, Verdict
from innpass.domain.law.columns import Columns, Floats, Ints, monday_of, week_of
from innpass.domain.law.grid import SHARES_PER_HOUR, Grid, Integers, sum_intervals, sum_week_rows
from innpass.domain.law.judging import OUTSIDE, VERDICTS, judge
from innpass.domain.periods import IsoWeek

Cells: TypeAlias = "tuple[Ints, Ints]"
CELLS_PER_BLOCK = 1 << 19
"""Weeks × persons that are held at a time: small enough for a processor's cache."""


@dataclass(frozen=True, slots=True)
class Block:
    """Some persons' weeks. Row ``r`` is the ``r``-th week of each person's own programme.

    Args:
        person: (n,) int64, places in the sequence that was asked about.
        first_week: (n,) int64, number of each first week (see ``columns``).
        n_weeks: (n,) int64, rows that belong to each programme.
        verdict: (n_weeks, n) int8, places in ``VERDICTS``; -1 past a programme's end.
        work: (n_weeks, n) float64, work-oriented shares of the week (see ``grid``).
        other: (n_weeks, n) float64, shares of all other activities.
        average: (n_weeks, n) float64, mean of work-oriented hours over the counted weeks so far;
            NaN where none has counted.
        counted: (n_weeks, n) int32, counted weeks so far.
    """

    person: Ints
    first_week: Ints
    n_weeks: Ints
    verdict: NDArray[np.int8]
    work: Floats
    other: Floats
    average: Floats
    counted: NDArray[np.int32]

    def hours_at(self, cells: Cells) -> Floats:
        """Give work-oriented hours of the week in some cells: (k,) float64."""
        return self.work[cells] / SHARES_PER_HOUR

    def total_hours_at(self, cells: Cells) -> Floats:
        """Give the hours of all activities of the week in some cells: (k,) float64."""
        return (self.work[cells] + self.other[cells]) / SHARES_PER_HOUR


@dataclass(frozen=True, slots=True)
class WeekOfAll:
    """One week of every person, in the order asked about.

    Args:
        verdict: ``None`` where the week is outside the person's programme.
        hours: (n,) float64, work-oriented hours; 0 outside.
        total_hours: (n,) float64, likewise.
        average: (n,) float64, mean so far; NaN where no week has counted.
    """

    verdict: tuple[Verdict | None, ...]
    hours: Floats
    total_hours: Floats
    average: Floats


class Weeks:
    """The statutory status of each week of each person.

    Args:
        blocks: the answers; each person is in one of them.
        on: the day of asking; weeks that begin after it are planned.
    """

    def __init__(self, blocks: Sequence[Block], *, on: date) -> None:
        self.blocks = tuple(blocks)
        self.on = on
        self._place = {
            person: (block, column)
            for block in self.blocks
            for column, person in enumerate(block.person.tolist())
        }

    def __len__(self) -> int:
        return len(self._place)

    def is_planned(self, week: IsoWeek) -> bool:
        """Say whether a week lies after the day of asking."""
        return week.monday > self.on

    def place(self, person: int, week: IsoWeek) -> tuple[Block, int, int] | None:
        """Find block, row and column of a person's week; ``None`` outside the programme."""
        block, column = self._place[person]
        row = week_of(week.monday) - int(block.first_week[column])
        return (block, row, column) if 0 <= row < block.n_weeks[column] else None

    def verdicts(self, person: int) -> dict[IsoWeek, Verdict]:
        """Give the verdict of each week of one person's programme, in time."""
        block, column = self._place[person]
        first, n_weeks = int(block.first_week[column]), int(block.n_weeks[column])
        return {
            IsoWeek.of(monday_of(first + row)): VERDICTS[code]
            for row, code in enumerate(block.verdict[:n_weeks, column].tolist())
        }

    def at(self, week: IsoWeek) -> WeekOfAll:
        """Give one week of every person."""
        n = len(self)
        code = np.full(n, OUTSIDE, np.int64)
        hours, total, average = np.zeros(n), np.zeros(n), np.full(n, np.nan)
        for block in self.blocks:
            row = week_of(week.monday) - block.first_week
            inside = np.nonzero((row >= 0) & (row < block.n_weeks))[0]
            cells, who = (row[inside], inside), block.person[inside]
            code[who] = block.verdict[cells]
            hours[who] = block.hours_at(cells)
            total[who] = block.total_hours_at(cells)
            average[who] = block.average[cells]
        verdict = tuple(None if c == OUTSIDE else VERDICTS[c] for c in code.tolist())
        return WeekOfAll(verdict, hours, total, average)

    def spans(self) -> list[list[Span]]:
        """Give each person's runs of weeks with equal verdict, hours and total hours, in time."""
        spans: list[list[Span]] = [[] for _ in range(len(self))]
        for block in self.blocks:
            person, first, last, code, hours, total = _runs(block)
            for who, a, b, verdict, h, t in zip(
                person.tolist(), first.tolist(), last.tolist(), code.tolist(),
                hours.tolist(), total.tolist(), strict=True,
            ):  # fmt: skip
                spans[who].append(Span(monday_of(a), monday_of(b), VERDICTS[verdict], h, t))
        return spans


def assess_columns(columns: Columns) -> Iterator[Block]:
    """Judge the persons of ``columns`` block by block; memory does not grow with their number.

    Persons whose programmes are of like length share a block, so that one wrong date far ahead
    makes nobody else's grid longer.
    """
    n_weeks = columns.persons.n_weeks
    order = np.arange(len(columns))
    if len(columns) * int(n_weeks.max(initial=0)) > CELLS_PER_BLOCK:
        order = np.argsort(n_weeks, kind="stable")
        columns = columns.take(order)
    first = 0
    while first < len(columns):
        after = _end_of_block(columns.persons.n_weeks, first)
        part = columns.slice(first, after)
        yield _judge_block(part, sum_intervals(part), order[first:after])
        first = after


def _end_of_block(n_weeks: Ints, first: int) -> int:
    """Find where a block must end: as many persons as fit beside the longest of them."""
    longest = np.maximum.accumulate(n_weeks[first : first + CELLS_PER_BLOCK])
    cells = longest * np.arange(1, len(longest) + 1)
    return first + max(1, int(np.searchsorted(cells, CELLS_PER_BLOCK, side="right")))


def assess_week_rows(
    columns: Columns,
    *,
    person: Integers,
    row: Integers,
    activity: Integers,
    hours: NDArray[np.floating[Any]],
) -> Iterator[Block]:
    """Judge persons whose hours are stated row by row, one person, week and activity each.

    The sums are taken at once, the verdicts block by block; see ``grid.sum_week_rows``.
    """
    grid = sum_week_rows(person=person, row=row, activity=activity, hours=hours, columns=columns)
    step = max(1, CELLS_PER_BLOCK // max(1, len(grid.work)))
    for first in range(0, len(columns), step):
        part = columns.slice(first, first + step)
        who = np.arange(first, first + len(part))
        yield _judge_block(part, grid.slice(first, first + step), who)


def _judge_block(columns: Columns, grid: Grid, person: Ints) -> Block:
    judged = judge(columns, grid)
    return Block(
        person=person,
        first_week=columns.persons.first_week,
        n_weeks=columns.persons.n_weeks,
        verdict=judged.verdict,
        work=grid.work,
        other=grid.other,
        average=judged.average,
        counted=judged.counted,
    )


def _runs(block: Block) -> tuple[Ints, Ints, Ints, Ints, Floats, Floats]:
    """Cut a block into runs: person, first and last week, code, hours, total; by person."""
    is_new = np.ones(block.verdict.shape, np.bool_)
    is_new[1:] = block.verdict[1:] != block.verdict[:-1]
    is_new[1:] |= block.work[1:] != block.work[:-1]
    is_new[1:] |= block.other[1:] != block.other[:-1]
    is_new &= block.verdict != OUTSIDE
    column, row = np.nonzero(is_new.T)
    is_last_run = np.append(column[1:] != column[:-1], True)
    last_row = np.where(is_last_run, block.n_weeks[column] - 1, np.append(row[1:], 0) - 1)
    start = block.first_week[column]
    return (
        block.person[column],
        start + row,
        start + last_row,
        block.verdict[row, column].astype(np.int64),
        block.hours_at((row, column)),
        block.total_hours_at((row, column)),
    )
