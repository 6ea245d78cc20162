"""How long each of Nav's measures may last."""

from datetime import date, timedelta

import pytest

from innpass.domain.law.measures import MeasureKind, measure_limit
from innpass.domain.law.parameters import NoSuchParameter

ON = date(2026, 6, 30)
FIRST = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("kind", "last", "longest"),
    [
        (MeasureKind.CLARIFICATION, date(2026, 8, 23), date(2026, 8, 23)),
        (MeasureKind.WORK_TRAINING, date(2027, 5, 31), date(2027, 11, 30)),
        (MeasureKind.FOLLOW_UP, date(2027, 5, 31), date(2029, 11, 30)),
        (MeasureKind.MENTOR, date(2026, 11, 30), date(2029, 5, 31)),
        (MeasureKind.TRAINING, date(2029, 5, 31), date(2031, 5, 31)),
        (MeasureKind.SUMMER_JOB, date(2026, 6, 28), date(2026, 6, 28)),
        (MeasureKind.WAGE_SUBSIDY, date(2027, 5, 31), date(2028, 5, 31)),
        (MeasureKind.PERMANENT_WAGE_SUBSIDY, None, None),
        (MeasureKind.REHABILITATION, date(2026, 8, 23), date(2026, 8, 23)),
        (MeasureKind.PREPARATORY, date(2028, 5, 31), date(2029, 5, 31)),
    ],
)
def test_each_measure_has_its_last_day(
    kind: MeasureKind, last: date | None, longest: date | None
) -> None:
    limit = measure_limit(kind, on=ON)

    assert limit.last_day(FIRST) == last
    assert limit.last_day(FIRST, on_special_grounds=True) == longest


def test_some_measures_are_looked_at_again() -> None:
    reviews = {kind: measure_limit(kind, on=ON).review_months for kind in MeasureKind}

    assert {kind: months for kind, months in reviews.items() if months} == {
        MeasureKind.WORK_TRAINING: 3,
        MeasureKind.PERMANENT_WAGE_SUBSIDY: 6,
        MeasureKind.PREPARATORY: 3,
    }


def test_numbers_that_are_not_entered_are_not_guessed() -> None:
    first = date(2026, 1, 1)

    assert measure_limit(MeasureKind.MENTOR, on=first).months
    with pytest.raises(NoSuchParameter):
        measure_limit(MeasureKind.MENTOR, on=first - timedelta(days=1))
