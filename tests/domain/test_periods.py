"""Days, weeks and months."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innpass.domain.periods import IsoWeek, Period, add_months, covered_weekdays

JANUARY = Period(date(2026, 1, 1), date(2026, 1, 31))


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 15), 3, date(2026, 4, 15)),
        (date(2025, 11, 30), 3, date(2026, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
        (date(2026, 3, 31), 3, date(2026, 6, 30)),
        (date(2026, 10, 31), 3, date(2027, 1, 31)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 5, 31), 0, date(2026, 5, 31)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
    ],
)
def test_months_end_on_the_same_day_or_the_months_last(day: date, months: int, later: date) -> None:
    assert add_months(day, months) == later


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(0, 60))
def test_months_never_skip_a_month(day: date, months: int) -> None:
    later = add_months(day, months)

    assert later.year * 12 + later.month == day.year * 12 + day.month + months
    assert later.day <= day.day


def test_a_period_includes_both_its_days() -> None:
    assert JANUARY.contains(date(2026, 1, 1))
    assert JANUARY.contains(date(2026, 1, 31))
    assert not JANUARY.contains(date(2026, 2, 1))
    assert not JANUARY.contains(date(2025, 12, 31))


@pytest.mark.parametrize(
    ("other", "overlaps"),
    [
        (Period(date(2026, 1, 31), date(2026, 2, 5)), True),
        (Period(date(2026, 2, 1), date(2026, 2, 5)), False),
        (Period(date(2025, 1, 1), date(2025, 12, 31)), False),
        (Period(date(2025, 1, 1), None), True),
        (Period(date(2026, 2, 1), None), False),
    ],
)
def test_periods_that_share_a_day_overlap(other: Period, overlaps: bool) -> None:
    assert JANUARY.overlaps(other) is overlaps
    assert other.overlaps(JANUARY) is overlaps


def test_a_period_cannot_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="cannot end"):
        Period(date(2026, 1, 2), date(2026, 1, 1))


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_a_week_is_written_and_read_again(day: date) -> None:
    week = IsoWeek.of(day)

    assert IsoWeek.parse(str(week)) == week
    assert week.monday <= day <= week.sunday
    assert week.monday.weekday() == 0
    assert week.next().monday == week.monday + timedelta(days=7)
    assert week < week.next()


@pytest.mark.parametrize("text", ["2024-33", "2024-W3", "uke 33", "2025-W53", "2024-W00", ""])
def test_what_is_no_week_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"week|2024-W33"):
        IsoWeek.parse(text)


def test_a_year_of_fifty_three_weeks_goes_on_to_the_next() -> None:
    assert IsoWeek(2026, 53).next() == IsoWeek(2027, 1)


@pytest.mark.parametrize(
    ("first_day", "last_day", "days"),
    [
        (date(2026, 4, 6), date(2026, 4, 12), 5),
        (date(2026, 4, 8), None, 3),
        (date(2026, 4, 11), date(2026, 4, 12), 0),
        (date(2026, 1, 1), date(2026, 4, 6), 1),
        (date(2026, 4, 13), date(2026, 4, 30), 0),
    ],
)
def test_weekdays_are_monday_to_friday(first_day: date, last_day: date | None, days: int) -> None:
    assert covered_weekdays(Period(first_day, last_day), IsoWeek(2026, 15)) == days
