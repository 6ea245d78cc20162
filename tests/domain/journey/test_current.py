"""Which placement, hours and test is the one that can be meant on a day."""

from dataclasses import dataclass
from datetime import date

import pytest

from innpass.domain.journey.current import (
    SEVERAL,
    latest_tests,
    mark_of,
    present_placements,
    runs_in_week,
)

TUESDAY = date(2026, 6, 30)


@dataclass(frozen=True)
class Period:
    first_day: date | None
    last_day: date | None = None


@dataclass(frozen=True)
class Sitting:
    day: date


PAST = Period(date(2026, 1, 5), date(2026, 6, 29))
NOW = Period(date(2026, 6, 30), date(2026, 6, 30))
OPEN = Period(date(2026, 1, 5))
COMING = Period(date(2026, 7, 1), date(2026, 9, 1))
LATER = Period(date(2026, 10, 1))
UNKNOWN = Period(None, date(2026, 9, 1))


@pytest.mark.parametrize(
    ("placements", "present"),
    [
        ([], []),
        ([PAST, UNKNOWN], []),
        ([PAST, NOW, COMING], [NOW]),
        ([NOW, OPEN], [NOW, OPEN]),
        ([PAST, COMING], [COMING]),
        ([COMING, LATER], [COMING, LATER]),
    ],
)
def test_those_that_run_go_before_those_to_come(
    placements: list[Period], present: list[Period]
) -> None:
    assert present_placements(placements, on=TUESDAY) == present


@pytest.mark.parametrize(
    ("first_day", "last_day", "runs"),
    [
        (date(2026, 7, 5), None, True),  # the Sunday of the week
        (date(2026, 7, 6), None, False),
        (date(2026, 1, 5), date(2026, 6, 29), True),  # its Monday
        (date(2026, 1, 5), date(2026, 6, 28), False),
    ],
)
def test_a_period_runs_in_a_week_of_which_it_has_a_day(
    first_day: date, last_day: date | None, runs: bool
) -> None:
    assert runs_in_week(first_day, last_day, on=TUESDAY) is runs


def test_the_latest_test_is_no_future_one() -> None:
    old, last, coming = (Sitting(date(2026, month, 4)) for month in (1, 5, 9))
    assert latest_tests([last, coming, old], on=TUESDAY) == [last]
    assert latest_tests([last, Sitting(last.day)], on=TUESDAY) == [last, last]
    assert latest_tests([coming], on=TUESDAY) == []


def test_several_are_never_one() -> None:
    assert mark_of(["2026-05-04", "2026-05-04"]) == SEVERAL
