"""The birth dates that one may be a slip for."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innpass.domain.linking.evidence import Birth, compare_births, near_births


@given(birth=st.dates(date(1930, 1, 1), date(2030, 12, 31)))
def test_every_date_of_a_lifetime_that_compares_as_near_is_named_and_no_other(birth: date) -> None:
    years = range(birth.year - 90, birth.year + 91)
    tried = {birth + timedelta(days=days) for days in range(-400, 401)}
    for year in years:
        try:
            tried.add(birth.replace(year=year))
        except ValueError:  # 29 February
            continue

    near = {each for each in tried if compare_births({birth}, {each}) is Birth.NEAR}

    assert near <= set(near_births(birth))
    assert all(compare_births({birth}, {each}) is Birth.NEAR for each in near_births(birth))
    assert list(near_births(birth)) == sorted(near_births(birth))


@pytest.mark.parametrize(
    ("slip", "is_near"),
    [
        (date(1985, 7, 3), True),  # day and month
        (date(1985, 3, 1), True),
        (date(1958, 3, 7), True),  # neighbours
        (date(1995, 3, 7), True),
        (date(1996, 3, 7), False),
        (date(1985, 3, 7), False),  # itself
    ],
)
def test_what_a_slip_is(slip: date, is_near: bool) -> None:
    assert (slip in near_births(date(1985, 3, 7))) is is_near
