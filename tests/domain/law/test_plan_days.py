"""The months and days of a plan, beside one another."""

from datetime import date
from typing import Any

import pytest

from innpass.domain.law.plan_days import (
    ElementOutside,
    LengthDisagrees,
    ReviewOutside,
    disagreements,
    months_in,
)

FIRST, LAST = date(2025, 8, 1), date(2027, 7, 31)
NOTHING: dict[str, Any] = {
    "length_months": None,
    "first_day": None,
    "last_day": None,
    "review_on": None,
    "elements": (),
}
AGREES = NOTHING | {"length_months": 24, "first_day": FIRST, "last_day": LAST}


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        (date(2025, 8, 1), date(2026, 7, 31), 12),
        (date(2025, 8, 15), date(2026, 8, 14), 12),
        (date(2025, 8, 15), date(2026, 8, 28), 12),
        (date(2025, 8, 15), date(2026, 8, 31), 13),
        (date(2025, 11, 30), date(2026, 2, 27), 3),
        (date(2025, 8, 1), date(2025, 8, 1), 0),
    ],
)
def test_a_period_has_the_nearest_number_of_months(first: date, last: date, months: int) -> None:
    assert months_in(first, last) == months


def test_both_numbers_are_told_where_months_and_days_disagree() -> None:
    assert disagreements(**AGREES) == ()
    assert disagreements(**AGREES | {"length_months": 12}) == (
        LengthDisagrees(12, 24, FIRST, LAST),
    )


def test_an_element_and_a_review_stay_within_the_programme() -> None:
    after, before = date(2027, 8, 1), date(2025, 7, 31)
    elements = ((FIRST, LAST), (None, None), (FIRST, after), (before, None))

    assert disagreements(**AGREES | {"elements": elements, "review_on": after}) == (
        ElementOutside(3, FIRST, after),
        ElementOutside(4, before, None),
        ReviewOutside(after, LAST),
    )


def test_what_is_not_stated_disagrees_with_nothing() -> None:
    assert disagreements(**NOTHING) == ()
    assert disagreements(**NOTHING | {"length_months": 12, "first_day": FIRST}) == ()
