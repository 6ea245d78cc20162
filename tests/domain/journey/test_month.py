"""Month n of m."""

from datetime import date

import pytest

from innpass.domain.journey.facts import CaseFacts
from innpass.domain.journey.month import programme_month

START, YEAR = date(2025, 8, 11), date(2026, 8, 10)

# start, planned end, actual end, on, expected
MONTHS = [
    # The first day is in the first month, the last in the last.
    (START, YEAR, None, START, (1, 12)),
    (START, YEAR, None, date(2025, 9, 10), (1, 12)),
    (START, YEAR, None, date(2025, 9, 11), (2, 12)),
    (START, YEAR, None, YEAR, (12, 12)),
    # Before and after.
    (START, YEAR, None, date(2025, 8, 10), (0, 12)),
    (START, YEAR, None, date(2027, 1, 1), (12, 12)),
    # Written as ending on the day after its last full month.
    (START, date(2026, 8, 11), None, date(2026, 8, 11), (12, 12)),
    # The actual end counts.
    (START, YEAR, date(2026, 2, 1), date(2027, 1, 1), (6, 6)),
    # A shorter month: from the 31st.
    (date(2025, 1, 31), date(2025, 6, 30), None, date(2025, 2, 28), (2, 5)),
    # Shorter than a month.
    (START, START, None, START, (1, 1)),
    # Unknown, or impossible.
    (None, YEAR, None, START, None),
    (START, None, None, date(2025, 10, 15), (3, None)),
    (START, date(2025, 8, 1), None, START, None),
]


@pytest.mark.parametrize(("start", "planned", "actual", "on", "expected"), MONTHS)
def test_the_month_of_the_programme(
    start: date | None, planned: date | None, actual: date | None, on: date, expected: object
) -> None:
    facts = CaseFacts(start=start, planned_end=planned, actual_end=actual)

    assert programme_month(facts, on=on) == expected
