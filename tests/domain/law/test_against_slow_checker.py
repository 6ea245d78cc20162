"""The pass beside a slow checker in plain Python, written from the format's words alone."""

import calendar
import itertools
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from innpass.domain.law import weeks as weeks_module
from innpass.domain.law.assessment import Verdict
from innpass.domain.law.facts import HoursRow, PersonFacts
from innpass.domain.law.findings import finding, hours_states
from innpass.domain.law.hours import assess_weeks
from innpass.domain.law.rules.work_oriented import TOPIC
from innpass.domain.periods import IsoWeek, Period
from innpass.domain.sheets.fields import Activity, EndGoal, Protection

WORK = {Activity.PRACTICE, Activity.PART_TIME_WORK, Activity.TRADE_COURSE, Activity.NAV_MEASURE}
ONE_DAY = timedelta(days=1)


def months_later(day: date, months: int) -> date:
    month = day.month + months
    year, month = day.year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def minimum_and_first_day(facts: PersonFacts) -> tuple[float, date] | None:
    start, goal = facts.start, facts.end_goal
    assert start is not None
    assert facts.extent_percent is not None
    if start < date(2024, 2, 1) or goal is not EndGoal.WORK:
        return None
    if start >= date(2026, 1, 1):
        return 15, months_later(start, 3 if facts.upper_secondary else 6)
    if facts.protection is Protection.COLLECTIVE and facts.upper_secondary:
        return 10 if facts.extent_percent <= 60 else 15, months_later(start, 3)
    return None


def slow_weeks(facts: PersonFacts) -> dict[str, tuple[str, float, float, float | None]]:
    """Give verdict, work hours, total hours and mean so far of each week."""
    end = facts.actual_end or facts.planned_end
    assert facts.start is not None
    assert end is not None
    required = minimum_and_first_day(facts)
    monday = facts.start - facts.start.weekday() * ONE_DAY
    summed, counted = 0.0, 0
    answers: dict[str, tuple[str, float, float, float | None]] = {}
    while monday <= end:
        days = [monday + n * ONE_DAY for n in range(5)]
        work = total = 0.0
        for row in facts.hours:
            last = row.period.last_day or date.max
            covered = sum(row.period.first_day <= day <= last for day in days)
            assert row.hours_per_week is not None
            total += row.hours_per_week * covered / 5
            work += row.hours_per_week * covered / 5 * (row.activity in WORK)
        on_leave = any(
            leave.first_day <= days[0] and days[4] <= (leave.last_day or date.max)
            for leave in facts.leave
        )
        if required is None:
            verdict = "no_requirement"
        elif monday < required[1]:
            verdict = "not_yet"
        elif on_leave:
            verdict = "excluded"
        else:
            summed, counted = summed + work, counted + 1
            verdict = "met" if summed / counted >= required[0] - 1e-9 else "below"
        year, number, _ = monday.isocalendar()
        mean = summed / counted if counted else None
        answers[f"{year}-W{number:02d}"] = (verdict, work, total, mean)
        monday += 7 * ONE_DAY
    return answers


STARTS = st.one_of(
    st.dates(date(2023, 9, 1), date(2026, 12, 31)),
    st.sampled_from(
        [
            *(date(2024, 1, 31), date(2024, 2, 1), date(2025, 12, 31), date(2026, 1, 1)),
            *(date(2025, 11, 30), date(2026, 8, 31), date(2027, 8, 31), date(2024, 11, 30)),
        ]
    ),
)


@st.composite
def persons(draw: st.DrawFn) -> PersonFacts:
    start = draw(STARTS)
    end = start + draw(st.integers(0, 420)) * ONE_DAY

    def period() -> Period:
        first = start + draw(st.integers(-40, 440)) * ONE_DAY
        length = draw(st.none() | st.integers(0, 200))
        return Period(first, None if length is None else first + length * ONE_DAY)

    hours = st.integers(0, 3750).map(lambda hundredths: hundredths / 100)
    round_hours = st.sampled_from([0.0, 7.5, 10.0, 15.0, 25.0, 37.5])
    return PersonFacts(
        start=start,
        planned_end=draw(st.sampled_from([end, end + 60 * ONE_DAY])),
        actual_end=draw(st.none() | st.just(end)),
        protection=draw(st.sampled_from(Protection)),
        upper_secondary=draw(st.booleans()),
        end_goal=draw(st.sampled_from([EndGoal.WORK, EndGoal.WORK, EndGoal.EDUCATION])),
        extent_percent=draw(st.sampled_from([100, 61, 60, 50])),
        hours=tuple(
            HoursRow(draw(st.sampled_from(Activity)), period(), draw(round_hours | hours))
            for _ in range(draw(st.integers(0, 6)))
        ),
        leave=tuple(period() for _ in range(draw(st.integers(0, 3)))),
    )


@given(people=st.lists(persons(), max_size=6), cells=st.sampled_from([1, 60, 200, 1 << 18]))
@settings(max_examples=200, deadline=None)
def test_the_pass_answers_as_the_slow_checker(people: list[PersonFacts], cells: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(weeks_module, "CELLS_PER_BLOCK", cells)
        found = assess_weeks(people, on=date(2026, 6, 30))

    for person, facts in enumerate(people):
        expected = slow_weeks(facts)
        verdicts = found.verdicts(person)
        assert [(str(week), verdict) for week, verdict in verdicts.items()] == [
            (week, verdict) for week, (verdict, *_) in expected.items()
        ]
        for week, (verdict, work, total, mean) in expected.items():
            at = found.at(IsoWeek.parse(week))
            assert at.verdict[person] == verdict
            assert at.hours[person] == pytest.approx(work)
            assert at.total_hours[person] == pytest.approx(total)
            expected_mean = float("nan") if mean is None else mean
            assert at.average[person] == pytest.approx(expected_mean, nan_ok=True)


@given(people=st.lists(persons(), min_size=1, max_size=4))
@settings(max_examples=100, deadline=None)
def test_spans_tell_the_weeks_over_again(people: list[PersonFacts]) -> None:
    found = assess_weeks(people, on=date(2026, 6, 30))

    for person, spans in enumerate(found.spans()):
        verdicts: dict[IsoWeek, Verdict] = {}
        for span in spans:
            week = IsoWeek.of(span.first_monday)
            while week.monday <= span.last_monday:
                at = found.at(week)
                assert (at.hours[person], at.total_hours[person]) == (span.hours, span.total_hours)
                verdicts[week] = span.verdict
                week = week.next()
        assert verdicts == found.verdicts(person)
        for earlier, later in itertools.pairwise(spans):
            assert later.first_monday - earlier.last_monday == timedelta(days=7)
            assert (earlier.verdict, earlier.hours, earlier.total_hours) != (
                later.verdict,
                later.hours,
                later.total_hours,
            )


@given(people=st.lists(persons(), min_size=1, max_size=4), random=st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_the_order_of_rows_changes_nothing(people: list[PersonFacts], random: Random) -> None:
    shuffled = []
    for facts in people:
        hours, leave = list(facts.hours), list(facts.leave)
        random.shuffle(hours)
        random.shuffle(leave)
        shuffled.append(
            PersonFacts(
                facts.start, facts.planned_end, facts.actual_end, facts.protection,
                facts.upper_secondary, facts.end_goal, facts.extent_percent,
                tuple(hours), tuple(leave),
            )
        )  # fmt: skip

    one, other = (assess_weeks(some, on=date(2026, 6, 30)) for some in (people, shuffled))

    assert one.spans() == other.spans()


LOST: tuple[dict[str, Any], ...] = (
    {},
    {"start": None},
    {"planned_end": None, "actual_end": None},
    {"protection": None, "upper_secondary": None},
    {"actual_end": date(2020, 1, 1)},  # before it began
)


@given(
    people=st.lists(st.tuples(persons(), st.sampled_from(LOST)), max_size=5).map(
        lambda pairs: [replace(facts, **lost) for facts, lost in pairs]
    ),
    on=st.dates(date(2022, 1, 1), date(2028, 1, 1)),
)
@settings(max_examples=150, deadline=None)
def test_the_hours_of_many_stand_as_those_of_each(people: list[PersonFacts], on: date) -> None:
    assert hours_states(people, on=on) == [finding(TOPIC, facts, on=on).state for facts in people]
