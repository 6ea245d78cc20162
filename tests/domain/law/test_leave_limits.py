"""Leave beside its limits: readings, and a count that walks the days."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from innpass.domain.law.days_off import is_working_day
from innpass.domain.law.facts import AbsenceRow, LeaveRow, PersonFacts
from innpass.domain.law.findings import finding
from innpass.domain.law.law import THE_LAW
from innpass.domain.periods import Period
from innpass.domain.sheets.fields import AbsenceKind, LeaveKind

ON = date(2026, 6, 30)
ONE_DAY = timedelta(days=1)
START = date(2025, 8, 1)


def person(*rows: LeaveRow, absences: tuple[AbsenceRow, ...] = ()) -> PersonFacts:
    return PersonFacts(START, leaves=rows, absences=absences)


def periods(longest: int) -> st.SearchStrategy[Period]:
    return st.builds(
        lambda first, length: Period(START + first * ONE_DAY, START + (first + length) * ONE_DAY),
        st.integers(-30, 700),
        st.integers(0, longest),
    )


def days_of(rows: list[Period]) -> set[date]:
    return {
        row.first_day + n * ONE_DAY
        for row in rows
        for n in range(((row.last_day or row.first_day) - row.first_day).days + 1)
    }


@pytest.mark.parametrize(
    ("topic", "kind"),
    [
        ("leave_welfare", LeaveKind.WELFARE),
        ("leave_peace_work", LeaveKind.PEACE_WORK),
        ("leave_religious", LeaveKind.RELIGIOUS),
    ],
)
@given(rows=st.lists(periods(20), min_size=1, max_size=6))
@settings(max_examples=60, deadline=None)
def test_the_most_of_a_calendar_year_is_what_the_days_come_to(
    topic: str, kind: LeaveKind, rows: list[Period]
) -> None:
    answer = finding(topic, person(*(LeaveRow(kind, row) for row in rows)), on=ON)

    years = Counter(day.year for day in days_of(rows) if is_working_day(day))
    (amount,) = answer.duty.amounts
    assert amount.value == max(years.values(), default=0)
    assert amount.most is not None
    assert answer.state == ("broken" if amount.value > amount.most else "kept")


@given(rows=st.lists(periods(200), min_size=1, max_size=5))
@settings(max_examples=60, deadline=None)
def test_more_leave_never_takes_a_limit_further_away(rows: list[Period]) -> None:
    for topic, kind in (
        ("leave_parental", LeaveKind.PARENTAL),
        ("leave_long_illness", LeaveKind.LONG_ILLNESS),
        ("holiday", LeaveKind.HOLIDAY),
    ):
        leave = [LeaveRow(kind, row) for row in rows]
        first = finding(topic, person(*leave[:1]), on=ON).duty.amounts[0]
        every = finding(topic, person(*leave), on=ON).duty.amounts[0]
        again = finding(topic, person(*reversed(leave), *leave), on=ON).duty.amounts[0]
        if kind is not LeaveKind.PARENTAL:
            # An earlier leave may move the year of a child.
            assert (first.value or 0) <= (every.value or 0)
        assert every == again


@given(rows=st.lists(periods(12), min_size=1, max_size=6))
@example(
    rows=[
        Period(date(2025, 10, 4), date(2025, 10, 6)),  # from a Saturday
        Period(date(2026, 9, 23), date(2026, 10, 5)),
    ]
)
@settings(max_examples=60, deadline=None)
def test_days_with_an_ill_child_are_never_more_than_in_all(rows: list[Period]) -> None:
    absences = tuple(AbsenceRow(AbsenceKind.CHILD_ILL, row) for row in rows)

    answer = finding("absence_child_ill", person(absences=absences), on=ON)

    working = {day for day in days_of(rows) if is_working_day(day)}
    (amount,) = answer.duty.amounts
    assert amount.value is not None
    assert amount.value <= len(working)
    if working and (max(working) - min(working)).days < 365:
        assert amount.value == len(working)
    assert answer.state == "kept"


@pytest.mark.parametrize(
    ("reading", "state", "days"),
    [
        ("programme_year", "kept", 25),
        ("calendar_year", "broken", 30),
        ("whole_programme", "broken", 30),
    ],
)
def test_holiday_may_be_counted_over_another_time(reading: str, state: str, days: int) -> None:
    law = THE_LAW.with_value("holiday_counted_over", reading)
    six_weeks = LeaveRow(LeaveKind.HOLIDAY, Period(date(2026, 6, 29), date(2026, 8, 7)))

    answer = finding("holiday", person(six_weeks), on=ON, law=law)

    assert (answer.state, answer.duty.amounts[0].value) == (state, days)


def test_calendar_years_need_no_first_day_of_a_programme() -> None:
    law = THE_LAW.with_value("holiday_counted_over", "calendar_year")
    leave = LeaveRow(LeaveKind.HOLIDAY, Period(date(2026, 6, 29), date(2026, 7, 3)))

    assert finding("holiday", PersonFacts(None, leaves=(leave,)), on=ON, law=law).state == "kept"


def test_leave_that_runs_on_from_leave_that_is_over_is_measured_with_it() -> None:
    over = LeaveRow(LeaveKind.PARENTAL, Period(date(2025, 9, 1), date(2026, 2, 28)))
    runs = LeaveRow(LeaveKind.PARENTAL, Period(date(2026, 3, 1), None))

    assert finding("leave_parental", person(over, runs), on=ON).due == date(2026, 6, 30)


def test_days_off_that_run_on_after_nine_months_are_of_another_child() -> None:
    over = LeaveRow(LeaveKind.BIRTH, Period(date(2025, 9, 1), date(2026, 5, 31)))
    runs = LeaveRow(LeaveKind.BIRTH, Period(date(2026, 6, 1), None))

    assert finding("leave_birth", person(over, runs), on=ON).due == date(2026, 6, 26)
