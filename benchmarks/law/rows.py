"""Invented rows: the same person-week rows for every engine, from a fixed seed."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from innpass.domain.law.columns import (
    ACTIVITIES,
    Candidates,
    Columns,
    Intervals,
    Persons,
    first_week_from,
    week_of,
)
from innpass.domain.law.facts import PersonFacts
from innpass.domain.law.law import THE_LAW
from innpass.domain.law.requirement import requirement_for
from innpass.domain.law.rules.work_oriented import TOPIC
from innpass.domain.sheets.fields import EndGoal, Protection

START = date(2026, 1, 5)


@dataclass(frozen=True, slots=True)
class WeekRows:
    """Rows in the order of their weeks: (k,) each."""

    person: NDArray[np.int32]
    week: NDArray[np.int16]
    activity: NDArray[np.int8]
    hours: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Requirements:
    """What binds each person: (n,) each; ``minimum`` NaN without a requirement."""

    minimum: NDArray[np.float64]
    first_counted_week: NDArray[np.int64]


def week_rows(persons: int, weeks: int, seed: int = 1) -> WeekRows:
    """Draw some six rows a person and week, of any activity, in quarters of an hour."""
    random = np.random.default_rng(seed)
    rows_each = random.integers(4, 8, size=(weeks, persons), dtype=np.int8).ravel()
    cell = np.repeat(np.arange(weeks * persons, dtype=np.int32), rows_each)
    k = len(cell)
    return WeekRows(
        (cell % persons).astype(np.int32),
        (cell // persons).astype(np.int16),
        random.integers(0, len(ACTIVITIES), size=k, dtype=np.int8),
        random.integers(1, 31, size=k, dtype=np.int8).astype(np.float32) / 4,
    )


def requirements(persons: int, seed: int = 2) -> Requirements:
    """Draw schooling and goals, and ask the engine once what binds each kind of person."""
    random = np.random.default_rng(seed)
    kinds = [(upper, goal) for upper in (True, False) for goal in (EndGoal.WORK, EndGoal.EDUCATION)]
    answers = [
        requirement_for(
            PersonFacts(START, protection=Protection.OTHER, upper_secondary=upper, end_goal=goal)
        ).requirement
        for upper, goal in kinds
    ]
    kind = random.choice(len(kinds), size=persons, p=(0.4, 0.1, 0.4, 0.1))
    minimum = np.array([answer.hours_per_week if answer else np.nan for answer in answers])
    first = np.array(
        [
            first_week_from(answer.counts_from) - week_of(START) if answer else 0
            for answer in answers
        ]
    )
    return Requirements(minimum[kind], first[kind])


def columns_for(required: Requirements, weeks: int) -> Columns:
    """Give our engine what it knows of persons who all start in the same week."""
    n = len(required.minimum)
    none = np.empty(0, np.int64)
    text = [text.rule for text in THE_LAW.texts(TOPIC)].index("intl-14a-3")
    first = np.full(n, week_of(START))
    empty = Intervals(none, none, none, none, np.empty(0))
    return Columns(
        Persons(first, np.full(n, weeks), np.full(n, text)),
        Candidates(np.arange(n), required.minimum, first + required.first_counted_week),
        empty,
        empty,
        THE_LAW,
    )
