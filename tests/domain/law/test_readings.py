"""Readings that may be chosen otherwise: the engine follows the parameter."""

from datetime import date
from typing import Any

import numpy as np

from innpass.domain.law.assessment import Verdict
from innpass.domain.law.columns import ACTIVITY_CODE, columns_of
from innpass.domain.law.facts import HoursRow, PersonFacts
from innpass.domain.law.hours import assess_week, assess_weeks
from innpass.domain.law.law import THE_LAW
from innpass.domain.law.weeks import assess_week_rows
from innpass.domain.periods import IsoWeek, Period
from innpass.domain.sheets.fields import Activity, EndGoal, Protection

ON = date(2026, 6, 30)


def person(
    *hours: HoursRow, start: date = date(2026, 1, 5), leave: tuple[Period, ...] = ()
) -> PersonFacts:
    return PersonFacts(
        start,
        date(2026, 12, 31),
        protection=Protection.COLLECTIVE,
        upper_secondary=True,
        end_goal=EndGoal.WORK,
        extent_percent=100,
        hours=hours,
        leave=leave,
    )


def practice(first_day: date, last_day: date, hours: float) -> HoursRow:
    return HoursRow(Activity.PRACTICE, Period(first_day, last_day), hours)


def test_weeks_of_leave_may_be_counted() -> None:
    facts = person(leave=(Period(date(2026, 4, 6), date(2026, 4, 12)),))

    law = THE_LAW.with_value("leave_weeks", "counted")

    verdicts = assess_weeks([facts], on=ON, law=law).verdicts(0)
    assert verdicts[IsoWeek(2026, 15)] is Verdict.BELOW


def test_a_partly_covered_week_may_be_counted_whole() -> None:
    facts = person(
        practice(date(2026, 4, 8), date(2026, 4, 21), 20),
        practice(date(2026, 5, 2), date(2026, 5, 3), 20),
    )

    law = THE_LAW.with_value("partly_covered_weeks", "whole_week")

    weeks = assess_weeks([facts], on=ON, law=law)
    hours = [float(weeks.at(IsoWeek(2026, number)).hours[0]) for number in range(14, 20)]
    assert hours == [0, 20, 20, 20, 0, 0]
    explained = assess_week(facts, IsoWeek(2026, 15), on=ON, law=law)
    assert explained is not None
    assert explained.hours == 20


def test_the_list_of_the_text_that_binds_decides_what_counts() -> None:
    course = HoursRow(Activity.WORK_LIFE_COURSE, Period(date(2026, 4, 6), None), 15)
    earlier = person(course, start=date(2025, 12, 31))
    later = person(course)

    since_2026 = dict.fromkeys(Activity, True)
    law = THE_LAW.with_value("work_oriented_activities", since_2026, first_day=date(2026, 1, 1))

    weeks = assess_weeks([earlier, later], on=ON, law=law)
    assert weeks.at(IsoWeek(2026, 15)).verdict == (Verdict.BELOW, Verdict.MET)
    assert weeks.at(IsoWeek(2026, 15)).hours.tolist() == [0, 15]


def week_rows(*rows: tuple[int, int, Activity, float]) -> dict[str, Any]:
    return {
        "person": np.array([row[0] for row in rows], np.int32),
        "row": np.array([row[1] for row in rows], np.int16),
        "activity": np.array([ACTIVITY_CODE[row[2]] for row in rows], np.int8),
        "hours": np.array([row[3] for row in rows], np.float32),
    }


def test_rows_of_weeks_follow_the_list_of_each_persons_text() -> None:
    rows = week_rows((0, 14, Activity.WORK_LIFE_COURSE, 15), (1, 14, Activity.WORK_LIFE_COURSE, 15))

    law = THE_LAW.with_value(
        "work_oriented_activities", dict.fromkeys(Activity, True), first_day=date(2026, 1, 1)
    )
    columns = columns_of([person(start=date(2025, 12, 29)), person()], on=ON, law=law)

    (block,) = assess_week_rows(columns, **rows)
    assert (block.work[14] > 0).tolist() == [False, True]
