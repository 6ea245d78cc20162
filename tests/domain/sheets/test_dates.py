"""Dates in every form people write them."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innpass.domain.sheets.dates import BIRTH, PROGRAMME, possible_days, read_date, read_period
from innpass.domain.sheets.records import Issue
from innpass.domain.sheets.workbook import CellContent

MONTHS = [
    "januar",
    "februar",
    "mars",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "desember",
]
FORMS = (
    lambda day: day,
    lambda day: datetime(day.year, day.month, day.day),
    lambda day: f"{day:%d.%m.%y}",
    lambda day: f"{day:%d.%m.%Y}",
    lambda day: f"{day.day}.{day.month}.{day.year}",
    lambda day: f" {day.day}. {day.month}. {day:%y}\u00a0",
    lambda day: f"{day.day}/{day.month}-{day:%y}",
    lambda day: f"{day.day}/{day.month}/{day.year}",
    lambda day: f"{day.day}.{day.month}-{day:%y}",
    lambda day: day.isoformat(),
    lambda day: f"{day.isoformat()}T00:00:00",
    lambda day: f"{day.isoformat()} 00:00:00",
    lambda day: f"{day.day}. {MONTHS[day.month - 1]} {day.year}",
    lambda day: f"{day.day} {MONTHS[day.month - 1][:3]} {day:%y}",
    lambda day: f"{day.day}.{MONTHS[day.month - 1].upper()} {day.year}",
    lambda day: f"{MONTHS[day.month - 1]} {day.day}, {day.year}",
    lambda day: f"fra {day:%d.%m.%y}",
    lambda day: f"ons. {day:%d.%m.%Y}",
    lambda day: f"{day:%d.%m.%y} kl. 10.30",
    lambda day: (day - date(1899, 12, 30)).days,
    lambda day: float((day - date(1899, 12, 30)).days),
    lambda day: str((day - date(1899, 12, 30)).days),
    lambda day: f"{(day - date(1899, 12, 30)).days}.0",
)


@given(st.dates(date(2001, 1, 1), date(2079, 12, 31)), st.sampled_from(FORMS))
def test_a_programme_date_in_any_form_reads_back(day: date, form: object) -> None:
    found = read_date(form(day))  # type: ignore[operator]

    assert found is not None
    assert found.value == day


@given(st.dates(date(1926, 1, 1), date(2025, 12, 31)), st.sampled_from(FORMS[:19]))
def test_a_birth_date_in_any_form_reads_back(day: date, form: object) -> None:
    found = read_date(form(day), span=BIRTH)  # type: ignore[operator]

    assert found is not None
    assert found.value == day


@pytest.mark.parametrize(
    ("content", "issue"),
    [
        ("fra 12.3.", Issue.DATE_WITHOUT_YEAR),
        ("12/3", Issue.DATE_WITHOUT_YEAR),
        ("12. mars", Issue.DATE_WITHOUT_YEAR),
        ("ca. uke 34", Issue.WEEK_ONLY),
        ("uke 34-25", Issue.WEEK_ONLY),
        ("u. 7", Issue.WEEK_ONLY),
        ("veke 12 2025", Issue.WEEK_ONLY),
        ("mars 24", Issue.MONTH_ONLY),
        ("medio mars", Issue.MONTH_ONLY),
        ("03.2024", Issue.MONTH_ONLY),
        ("?", Issue.UNCERTAIN),
        ("avklares", Issue.UNCERTAIN),
        ("TBA", Issue.UNCERTAIN),
        ("vet ikke", Issue.UNCERTAIN),
        ("høsten 2024", Issue.UNCERTAIN),
        ("ja", Issue.UNCERTAIN),
        (2024, Issue.UNCERTAIN),
        ("12.03.24?", Issue.UNCERTAIN),
        ("ca. 12.03.24", Issue.UNCERTAIN),
        ("innen 12.03.24", Issue.UNCERTAIN),
        ("snakket med leder, ringer igjen", Issue.NOTE),
        ("12.03.24 avlyst", Issue.NOTE),
        ("31.02.24", Issue.IMPOSSIBLE_DATE),
        ("12.13.24", Issue.IMPOSSIBLE_DATE),
        ("12.03.2204", Issue.IMPOSSIBLE_DATE),
        (date(1904, 1, 1), Issue.IMPOSSIBLE_DATE),
        ("12.03.24-15.06.24", Issue.AMBIGUOUS_DATE),
        ("12.03.24 og 15.06.24", Issue.AMBIGUOUS_DATE),
    ],
)
def test_a_date_without_a_single_right_reading_is_never_guessed(
    content: CellContent, issue: Issue
) -> None:
    found = read_date(content)

    assert found is not None
    assert (found.value, found.issue) == (None, issue)


@pytest.mark.parametrize(
    "content", [None, "", "  ", "-", "–", "n/a", "ingen", "\u00a0", "pågår", 0]
)
def test_what_is_as_good_as_empty_says_nothing(content: CellContent) -> None:
    assert read_date(content) is None


def test_a_doubtful_date_keeps_the_day_that_may_be_meant() -> None:
    assert read_date("ca. 12.03.24").possible == (date(2024, 3, 12),)  # type: ignore[union-attr]
    assert read_date("12.13.24").possible == (date(2024, 12, 13),)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("fra 12.3.", [date(2024, 3, 12), date(2025, 3, 12)]),
        ("29.2.", [date(2024, 2, 29)]),
        ("ca. uke 2-25", [date(2025, 1, 6) + timedelta(days=n) for n in range(5)]),
        ("januar 24", [date(2024, 1, day) for day in range(15, 32)]),
        ("12.03.24", [date(2024, 3, 12)]),
        ("?", []),
        ("snakket med leder", []),
    ],
)
def test_possible_days_are_those_the_text_can_mean_within_the_span(
    text: str, days: list[date]
) -> None:
    assert possible_days(text, date(2024, 1, 15), date(2025, 6, 1)) == tuple(days)


def test_weeks_of_a_span_are_its_mondays_to_fridays() -> None:
    days = possible_days("uke 51-52", date(2024, 1, 1), date(2024, 12, 31))

    assert len(days) == 10
    assert all(day.isocalendar().week in (51, 52) and day.isoweekday() <= 5 for day in days)


@given(st.text(max_size=40), st.dates(), st.dates())
def test_possible_days_never_fail_and_stay_within_the_span(
    text: str, first: date, last: date
) -> None:
    if (last - first).days < 4000:
        assert all(first <= day <= last for day in possible_days(text, first, last))


def test_a_period_in_one_cell_gives_both_days() -> None:
    for text in ("12.03.24-15.06.24", "12.03.24 – 15.06.24", "12/3-24 til 15/6-24"):
        first, last = read_period(text)

        assert first is not None
        assert last is not None
        assert (first.value, last.value) == (date(2024, 3, 12), date(2024, 6, 15))


def test_two_digit_years_are_read_by_what_the_date_is() -> None:
    assert PROGRAMME.year(24, 2) == 2024
    assert BIRTH.year(92, 2) == 1992
    assert BIRTH.year(3, 2) == 2003
