"""Norwegian identity numbers, made here from invented dates and series."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innpass.domain.identifiers import (
    MONTH_OFFSETS,
    NumberKind,
    birth_date_of,
    is_duf,
    is_identity_number,
    is_organisation_number,
    kind_of,
)


def made(day: int, month: int, year: int, series: int, *, first_remainder: int = 0) -> str | None:
    """Make a number with control digits; ``None`` where the series has none."""
    nine = f"{day:02}{month:02}{year % 100:02}{series:03}"
    for last in range(100):
        number = f"{nine}{last:02}"
        digits = [int(digit) for digit in number]
        first = sum(a * b for a, b in zip((3, 7, 6, 1, 8, 9, 4, 5, 2, 1), digits, strict=False))
        second = sum(a * b for a, b in zip((5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1), digits, strict=False))
        if first % 11 == first_remainder and second % 11 == 0:
            return number
    return None


@pytest.mark.parametrize(
    ("day", "month", "year", "series", "born"),
    [
        (12, 3, 1992, 123, date(1992, 3, 12)),
        (12, 3, 1955, 912, date(1955, 3, 12)),
        (12, 3, 2003, 512, date(2003, 3, 12)),
        (12, 43, 1992, 123, date(1992, 3, 12)),  # H-number
        (12, 68, 1992, 123, date(1992, 3, 12)),  # Norsk helsenett
        (12, 83, 1992, 123, date(1992, 3, 12)),  # Skatteetaten
        (52, 3, 1985, 123, date(1985, 3, 12)),  # D-number, old series
        (52, 3, 2003, 300, date(2003, 3, 12)),  # and those in use from 16 November 2021
        (52, 3, 1985, 610, date(1985, 3, 12)),
        (52, 3, 1945, 611, date(1945, 3, 12)),
    ],
)
def test_birth_dates_follow_the_series(
    day: int, month: int, year: int, series: int, born: date
) -> None:
    numbers = [made(day, month, year, series + step) for step in range(10)]
    number = next(one for one in numbers if one)

    assert birth_date_of(number) == born
    assert kind_of(number) is (NumberKind.DNR if day > 40 else NumberKind.FNR)


def test_a_birth_date_after_the_day_asked_about_is_of_the_century_before() -> None:
    number = next(one for series in range(300, 320) if (one := made(52, 3, 1935, series)))

    assert birth_date_of(number, on=date(2026, 1, 1)) == date(1935, 3, 12)


@given(st.integers(0, 10**11 - 1))
def test_one_wrong_digit_is_found(start: int) -> None:
    number = made(start % 28 + 1, start % 12 + 1, start % 100, start % 1000)
    if number is None:
        return
    position = start % 11
    wrong = f"{number[:position]}{(int(number[position]) + 1) % 10}{number[position + 1 :]}"

    assert is_identity_number(number)
    assert not is_identity_number(wrong)


def test_the_form_of_2032_is_accepted_only_when_asked_for_and_tells_no_birth_date() -> None:
    numbers = [made(12, 3, 2033, series, first_remainder=2) for series in range(100, 140)]
    number = next(one for one in numbers if one and not is_identity_number(one))

    assert is_identity_number(number, accept_2032=True)
    assert kind_of(number) is None
    assert kind_of(number, accept_2032=True) is NumberKind.FNR
    assert birth_date_of(number) is None


@pytest.mark.parametrize(
    "number",
    ["", "1234567890", "00000000000", "32019912345", "81019912345", "x2839210033", "١٢٨٣٩٢١٠٠٣٣"],
)
def test_what_cannot_be_a_number_is_none(number: str) -> None:
    assert kind_of(number) is None
    assert birth_date_of(number) is None


def test_month_offsets_do_not_overlap() -> None:
    months = [month + offset for offset in MONTH_OFFSETS for month in range(1, 13)]

    assert len(months) == len(set(months))


def test_duf_and_organisation_numbers() -> None:
    assert is_duf("200205705502")
    assert is_duf("200900595509")
    assert not is_duf("200205705503")
    assert is_organisation_number("974760673")
    assert not is_organisation_number("974760674")
    assert kind_of("974760673") is NumberKind.ORGANISATION
