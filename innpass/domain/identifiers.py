"""Norwegian identity numbers: their form, their control digits, and what they say.

They say a birth date at most. Nothing here derives gender, and nothing should.
"""

from datetime import date
from enum import StrEnum
from functools import lru_cache

_FIRST_WEIGHTS = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
_SECOND_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_DUF_WEIGHTS = (4, 6, 3, 2, 4, 6, 3, 2, 7, 5)
_ORGANISATION_WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2, 1)

MONTH_OFFSETS = (0, 40, 65, 80)
"""Added to the month: ordinary, H-number or Nav's synthetic, Norsk helsenett's, Skatteetaten's."""


class NumberKind(StrEnum):
    """What a number is."""

    FNR = "fnr"
    DNR = "dnr"
    DUF = "duf"
    ORGANISATION = "organisation"


def kind_of(number: str, *, accept_2032: bool = False) -> NumberKind | None:
    """Tell what a number is by its form and control digits; ``None`` when they do not hold.

    Args:
        number: digits only.
        accept_2032: also accept the looser first control digit of numbers issued from 2032-01-01.

    Source:
        Skatteetaten, "Nytt fødselsnummer fra 2032"; D-number series in use from 2021-11-16.

    Example:
        >>> kind_of("13879217282"), kind_of("56909265709"), kind_of("202428017605")
        (<NumberKind.FNR: 'fnr'>, <NumberKind.DNR: 'dnr'>, <NumberKind.DUF: 'duf'>)
        >>> kind_of("13879217283") is None
        True
    """
    if not (number.isascii() and number.isdigit()):
        return None
    if len(number) == 11 and is_identity_number(number, accept_2032=accept_2032):
        return NumberKind.DNR if number[0] in "4567" else NumberKind.FNR
    if len(number) == 12 and is_duf(number):
        return NumberKind.DUF
    if len(number) == 9 and is_organisation_number(number):
        return NumberKind.ORGANISATION
    return None


@lru_cache(maxsize=65536)
def is_identity_number(number: str, *, accept_2032: bool = False) -> bool:
    """Say whether eleven digits are a fødselsnummer or D-number that can exist.

    The day and month must be possible in some century, and both control digits must hold.
    """
    if len(number) != 11 or not (number.isascii() and number.isdigit()):
        return False
    day, month = _day_and_month(number)
    if not _is_day_of_some_year(day, month, int(number[4:6])):
        return False
    digits = [int(digit) for digit in number]
    first = _weighted(digits, _FIRST_WEIGHTS) % 11
    second = _weighted(digits, _SECOND_WEIGHTS) % 11
    return second == 0 and (first == 0 or (accept_2032 and first <= 3))


def birth_date_of(number: str, *, on: date | None = None) -> date | None:
    """Return the birth date that a fødselsnummer or D-number states.

    Args:
        number: eleven digits.
        on: the day asked about; birth dates after it are not considered.

    Returns:
        ``None`` when the number does not hold, or is of the form used from 2032, whose century
        can no longer be told.

    Example:
        >>> birth_date_of("56909265709")
        datetime.date(1992, 10, 16)
    """
    if not is_identity_number(number):
        return None
    day, month = _day_and_month(number)
    for year in _years(number):
        try:
            born = date(year, month, day)
        except ValueError:
            continue
        if on is None or born <= on:
            return born
    return None


def is_duf(number: str) -> bool:
    """Say whether the control digits of a DUF number hold.

    The official algorithm is confidential, and this one is that of SSB: warn, never refuse.

    Example:
        >>> is_duf("200205705502"), is_duf("200205705503")
        (True, False)
    """
    if len(number) != 12 or not (number.isascii() and number.isdigit()):
        return False
    digits = [int(digit) for digit in number]
    return _weighted(digits, _DUF_WEIGHTS) % 11 == int(number[10:])


def is_organisation_number(number: str) -> bool:
    """Say whether nine digits are an organisation number.

    Example:
        >>> is_organisation_number("964965137"), is_organisation_number("964965138")
        (True, False)
    """
    if len(number) != 9 or not (number.isascii() and number.isdigit()):
        return False
    return _weighted([int(digit) for digit in number], _ORGANISATION_WEIGHTS) % 11 == 0


def possible_identity_numbers(born: date, last_five: str) -> tuple[str, ...]:
    """Return the valid numbers that a birth date and five last digits can make.

    Example:
        >>> possible_identity_numbers(date(1992, 7, 13), "17282")
        ('13879217282',)
    """
    found = []
    for day_offset in (0, 40):
        for month_offset in MONTH_OFFSETS:
            day, month = born.day + day_offset, born.month + month_offset
            number = f"{day:02}{month:02}{born.year % 100:02}{last_five}"
            if birth_date_of(number) == born:
                found.append(number)
    return tuple(found)


def _weighted(digits: list[int], weights: tuple[int, ...]) -> int:
    return sum(digit * weight for digit, weight in zip(digits, weights, strict=False))


def _day_and_month(number: str) -> tuple[int, int]:
    day = int(number[:2])
    day -= 40 if 40 < day <= 71 else 0
    month = int(number[2:4])
    offset = max(offset for offset in MONTH_OFFSETS if offset < month or offset == 0)
    return day, month - offset


def _is_day_of_some_year(day: int, month: int, two_digits: int) -> bool:
    for century in (1900, 2000, 1800):
        try:
            date(century + two_digits, month, day)
        except ValueError:
            continue
        return True
    return False


def _years(number: str) -> tuple[int, ...]:
    """List the years of birth that the series allows, most likely first."""
    two_digits, series = int(number[4:6]), int(number[6:9])
    if number[0] in "4567":
        if two_digits <= 39:
            years = (2000, 1900) if 200 <= series <= 499 else (2000,) if series >= 500 else (1900,)
        else:
            years = (1800,) if 500 <= series <= 599 else (1900,)
    elif series <= 499:
        years = (1900,)
    elif two_digits <= 39:
        years = (2000,)
    else:
        years = (1900,) if series >= 900 else (1800,)
    return tuple(century + two_digits for century in years)
