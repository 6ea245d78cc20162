"""Facts of many persons as columns of numbers, the form in which the pass reads them.

Weeks are numbered from the week of 1 January of year 1, a Monday: ``(ordinal - 1) // 7``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from innpass.domain.law.facts import PersonFacts
from innpass.domain.law.law import THE_LAW, Law, law_of
from innpass.domain.law.requirement import requirement_for
from innpass.domain.law.rules.work_oriented import TOPIC
from innpass.domain.sheets.fields import Activity

Ints: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]
Bools: TypeAlias = NDArray[np.bool_]

DAYS_PER_WEEK = 7
NO_LAST_DAY = date.max.toordinal()
ACTIVITIES = tuple(Activity)
ACTIVITY_CODE = {activity: code for code, activity in enumerate(ACTIVITIES)}


def week_of(day: date) -> int:
    """Number the week that a day lies in."""
    return (day.toordinal() - 1) // DAYS_PER_WEEK


def first_week_from(day: date) -> int:
    """Number the first week whose Monday is on or after a day."""
    return (day.toordinal() - 1 + DAYS_PER_WEEK - 1) // DAYS_PER_WEEK


@lru_cache(maxsize=1 << 14)
def monday_of(week: int) -> date:
    """Give the Monday of a numbered week."""
    return date.fromordinal(week * DAYS_PER_WEEK + 1)


@dataclass(frozen=True, slots=True)
class Persons:
    """One entry per person.

    Args:
        first_week: (n,) int64, number of the week of the programme's first day.
        n_weeks: (n,) int64, weeks to the week of its last day, both included; 0 without any.
        text: (n,) int64, place of the binding text among the law's texts on these hours.
    """

    first_week: Ints
    n_weeks: Ints
    text: Ints


@dataclass(frozen=True, slots=True)
class Candidates:
    """One entry per answer that a person's facts leave open; one per person if all is known.

    Args:
        person: (m,) int64, ascending; each person at least once.
        minimum: (m,) float64, least mean in hours per week; NaN without a requirement.
        counts_from: (m,) int64, number of the first week that may count.
    """

    person: Ints
    minimum: Floats
    counts_from: Ints


@dataclass(frozen=True, slots=True)
class Intervals:
    """Stretches of activity or of leave, ordered by person.

    Args:
        person: (k,) int64, ascending.
        first_day: (k,) int64, proleptic ordinal, inclusive.
        last_day: (k,) int64, likewise; ``NO_LAST_DAY`` where it is open.
        activity: (k,) int64, place in ``ACTIVITIES``; empty for leave.
        hours: (k,) float64, hours per week, NaN where unknown; empty for leave.
    """

    person: Ints
    first_day: Ints
    last_day: Ints
    activity: Ints
    hours: Floats


@dataclass(frozen=True, slots=True)
class Columns:
    """Everything the pass needs to know of ``n`` persons, and the law they are judged by."""

    persons: Persons
    candidates: Candidates
    hours: Intervals
    leave: Intervals
    law: Law

    def __len__(self) -> int:
        return len(self.persons.n_weeks)

    def take(self, order: Ints) -> "Columns":
        """Give the columns of the persons in ``order`` (int64, no person twice), renumbered."""
        rank = np.full(len(self), -1, np.int64)
        rank[order] = np.arange(len(order))
        candidates, persons = self.candidates, self.persons
        kept = _kept(rank, candidates.person)
        return Columns(
            Persons(persons.first_week[order], persons.n_weeks[order], persons.text[order]),
            Candidates(
                rank[candidates.person[kept]],
                candidates.minimum[kept],
                candidates.counts_from[kept],
            ),
            _take_intervals(self.hours, rank),
            _take_intervals(self.leave, rank),
            self.law,
        )

    def slice(self, first: int, after: int) -> "Columns":
        """Give the columns of the persons from ``first`` up to, not including, ``after``."""
        a, b = np.searchsorted(self.candidates.person, (first, after))
        return Columns(
            Persons(
                self.persons.first_week[first:after],
                self.persons.n_weeks[first:after],
                self.persons.text[first:after],
            ),
            Candidates(
                self.candidates.person[a:b] - first,
                self.candidates.minimum[a:b],
                self.candidates.counts_from[a:b],
            ),
            _slice_intervals(self.hours, first, after),
            _slice_intervals(self.leave, first, after),
            self.law,
        )


def columns_of(people: Sequence[PersonFacts], *, on: date, law: Law = THE_LAW) -> Columns:
    """Turn facts into columns; ``on`` closes programmes whose end is not known."""
    place_of_rule = {text.rule: place for place, text in enumerate(law.texts(TOPIC))}
    persons: list[tuple[int, int, int]] = []
    candidates: list[tuple[int, float, int]] = []
    hours: list[tuple[int, int, int, int]] = []
    amounts: list[float] = []
    leave: list[tuple[int, int, int]] = []
    for person, facts in enumerate(people):
        last_day = facts.last_day(on=on)
        answer = requirement_for(facts, law=law)
        if facts.start is None or last_day is None or answer.text is None:
            persons.append((0, 0, 0))
            candidates.append((person, np.nan, 0))
            continue
        first_week = week_of(facts.start)
        n_weeks = max(0, week_of(last_day) - first_week + 1)
        persons.append((first_week, n_weeks, place_of_rule[answer.text.rule]))
        for possible in answer.possible:
            if possible is None:
                candidates.append((person, np.nan, 0))
            else:
                candidates.append(
                    (person, possible.hours_per_week, first_week_from(possible.counts_from))
                )
        for row in facts.hours:
            period = row.period
            last = period.last_day.toordinal() if period.last_day else NO_LAST_DAY
            hours.append((person, period.first_day.toordinal(), last, ACTIVITY_CODE[row.activity]))
            amounts.append(np.nan if row.hours_per_week is None else row.hours_per_week)
        for period in facts.leave:
            last = period.last_day.toordinal() if period.last_day else NO_LAST_DAY
            leave.append((person, period.first_day.toordinal(), last))
    none, no_hours = np.empty(0, np.int64), np.empty(0, np.float64)
    persons_table, hours_table, leave_table = _table(persons, 3), _table(hours, 4), _table(leave, 3)
    return Columns(
        Persons(persons_table[0], persons_table[1], persons_table[2]),
        Candidates(
            np.array([who for who, _, _ in candidates], np.int64),
            np.array([minimum for _, minimum, _ in candidates], np.float64),
            np.array([counts_from for _, _, counts_from in candidates], np.int64),
        ),
        Intervals(
            hours_table[0],
            hours_table[1],
            hours_table[2],
            hours_table[3],
            np.array(amounts, np.float64),
        ),
        Intervals(leave_table[0], leave_table[1], leave_table[2], none, no_hours),
        law,
    )


@lru_cache(maxsize=16)
def work_oriented_table(law: Law) -> Bools:
    """Say what counts: (n_texts, n_activities) bool, places as in ``texts``, ``ACTIVITIES``.

    Reading:
        docs/law/work-oriented.md.
    """
    return np.array(
        [
            [bool(law_of(law, text).value("work_oriented_activities")[name]) for name in ACTIVITIES]
            for text in law.texts(TOPIC)
        ]
    )


def reading_table(law: Law, name: str, reading: str) -> Bools:
    """Say for which texts a reading is chosen: (n_texts,) bool."""
    return np.array([law_of(law, text).value(name) == reading for text in law.texts(TOPIC)])


def _table(rows: Sequence[tuple[int, ...]], width: int) -> list[Ints]:
    return list(np.array(rows, np.int64).reshape(-1, width).T.copy())


def _kept(rank: Ints, person: Ints) -> Ints:
    """Give places of the entries whose person is kept, in the new order of persons."""
    new = rank[person]
    places = np.argsort(new, kind="stable")
    return places[np.searchsorted(new[places], 0) :]


def _take_intervals(intervals: Intervals, rank: Ints) -> Intervals:
    kept = _kept(rank, intervals.person)
    return Intervals(
        rank[intervals.person[kept]],
        intervals.first_day[kept],
        intervals.last_day[kept],
        intervals.activity[kept] if len(intervals.activity) else intervals.activity,
        intervals.hours[kept] if len(intervals.hours) else intervals.hours,
    )


def _slice_intervals(intervals: Intervals, first: int, after: int) -> Intervals:
    a, b = np.searchsorted(intervals.person, (first, after))
    return Intervals(
        intervals.person[a:b] - first,
        intervals.first_day[a:b],
        intervals.last_day[a:b],
        intervals.activity[a:b],
        intervals.hours[a:b],
    )
