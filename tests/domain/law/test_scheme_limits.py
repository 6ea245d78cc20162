"""What the schemes for employers may give: the numbers of the regulation, dated."""

from datetime import date

import pytest

from innpass.domain.law.parameters import NoSuchParameter
from innpass.domain.law.scheme_limits import scheme_numbers

ON = date(2026, 6, 30)


@pytest.mark.parametrize(
    ("scheme", "numbers"),
    [
        ("work_training", {"months": 12, "longest_months": 18, "review_months": 3}),
        (
            "wage_subsidy",
            {
                "months": 12,
                "longest_months": 24,
                "percent_first": 40,
                "first_months": 6,
                "percent_after": 30,
                "reduced_percent_first": 60,
                "reduced_first_months": 12,
                "reduced_percent_after": 50,
            },
        ),
        (
            "permanent_wage_subsidy",
            {
                "percent_first": 75,
                "first_months": 12,
                "percent_after": 67,
                "cap": 5,
                "review_months": 6,
            },
        ),
        ("mentor", {"months": 6, "longest_months": 36}),
        ("inclusion_grant", {}),
        (
            "summer_job",
            {
                "weeks": 4,
                "younger_than": 30,
                "first_month": 6,
                "last_month": 8,
                "percent_first": 50,
                "reduced_percent_first": 75,
            },
        ),
    ],
)
def test_a_scheme_has_the_numbers_of_the_regulation(scheme: str, numbers: dict[str, int]) -> None:
    told = scheme_numbers(scheme, on=ON)

    assert told.numbers == numbers
    assert told.source.startswith("tiltaksforskriften")
    assert (told.first_day, "nr. 541" in told.in_force_by) == (date(2026, 1, 1), True)


def test_numbers_of_earlier_days_are_not_guessed() -> None:
    with pytest.raises(NoSuchParameter):
        scheme_numbers("wage_subsidy", on=date(2025, 12, 31))


def test_there_is_no_such_scheme() -> None:
    with pytest.raises(KeyError):
        scheme_numbers("clarification", on=ON)
