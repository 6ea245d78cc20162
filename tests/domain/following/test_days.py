"""Follow-up counts days of the calendar: at the ends of months, over Christmas and the summer.

Nothing stands still in a holiday: a workplace is open when the school is not. What falls on a day
off is due that day, and its window lets it be made before or after.
"""

from datetime import date

import pytest

from innpass.domain.following.contact import days_without_contact, is_silent
from innpass.domain.following.hiring import Check, due_check, next_check
from innpass.domain.following.visits import Rhythm, Standing, Stay, next_language_visit, next_visit

USUAL = Rhythm()


# The contract's first day; the days of the three questions; its last day, where it has one.
CHECKS = [
    ("2026-01-05", None, "2026-04-05", "2026-07-05", "2027-01-05"),
    ("2026-11-30", None, "2027-02-28", "2027-05-30", "2027-11-30"),  # February has no 30th
    ("2027-11-30", None, "2028-02-29", "2028-05-30", "2028-11-30"),  # but a 29th in 2028
    ("2026-08-31", None, "2026-11-30", "2027-02-28", "2027-08-31"),
    ("2028-02-29", None, "2028-05-29", "2028-08-29", "2029-02-28"),
    ("2026-09-24", None, "2026-12-24", "2027-03-24", "2027-09-24"),  # Christmas Eve
    ("2026-06-30", "2026-09-30", "2026-09-30", None, None),  # its last day is the day to ask
    ("2026-06-30", "2026-09-29", None, None, None),  # over the day before
    ("2026-08-31", "2027-02-27", "2026-11-30", None, None),
    ("2026-08-31", "2027-02-28", "2026-11-30", "2027-02-28", None),
]


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(("first", "last", *("three", "six", "twelve")), CHECKS)
def test_whether_somebody_is_still_there_is_asked_on_the_day_and_not_before(
    first: str, last: str | None, three: str | None, six: str | None, twelve: str | None
) -> None:
    contract = day(first), day(last) if last else None
    answered: list[int] = []
    for months, text in zip((3, 6, 12), (three, six, twelve), strict=True):
        wanted = Check(months, day(text)) if text else None
        assert next_check(*contract, answered=answered) == wanted
        if wanted is None:
            return
        eve = date.fromordinal(wanted.due.toordinal() - 1)
        assert due_check(*contract, answered=answered, on=eve) is None
        assert due_check(*contract, answered=answered, on=wanted.due) == wanted
        answered.append(months)
    assert next_check(*contract, answered=answered) is None


# The first and the last day there, the last contact, the day asked about, the days, whether late.
CONTACTS = [
    ("2026-11-02", None, "2026-12-18", "2026-12-31", 13, False),
    ("2026-11-02", None, "2026-12-18", "2027-01-01", 14, True),  # New Year's Day
    ("2026-06-01", None, "2026-06-26", "2026-08-10", 45, True),  # through July
    ("2026-06-01", "2026-08-31", "2026-08-31", "2026-08-31", 0, False),
    ("2026-02-16", None, "2026-02-28", "2026-03-14", 14, True),
    ("2028-02-16", None, "2028-02-28", "2028-03-13", 14, True),  # over the 29th
    ("2026-12-28", None, "2026-11-01", "2027-01-10", 13, False),  # counted from the first day
    ("2026-12-28", None, None, "2027-01-11", 14, True),
    ("2027-01-04", None, None, "2026-12-23", 0, False),  # has not begun
]


@pytest.mark.parametrize(("first", "last", "contact", "on", "count", "late"), CONTACTS)
def test_days_without_contact_are_days_of_the_calendar(
    first: str, last: str | None, contact: str | None, on: str, count: int, late: bool
) -> None:
    stay = Stay(day(first), day(last) if last else None)
    known = day(contact) if contact else None

    assert days_without_contact(stay, last_contact=known, on=day(on)) == count
    assert is_silent(stay, USUAL, last_contact=known, on=day(on)) is late


# The stay, the visits held; the next visit and how it stands on a day; the teacher's.
VISITS = [
    ("2026-11-26", "2027-02-26", [], "2026-12-24", "2026-12-31", Standing.DUE, "2027-01-21"),
    ("2026-11-26", "2027-02-26", [], "2026-12-24", "2027-01-01", Standing.LATE, "2027-01-21"),
    ("2026-11-26", "2026-12-18", [], "2026-12-18", "2026-12-10", Standing.LATER, None),
    ("2026-06-08", "2026-08-31", [], "2026-07-06", "2026-07-14", Standing.LATE, "2026-08-03"),
    ("2026-06-08", None, ["2026-07-03"], "2026-08-14", "2026-08-07", Standing.DUE, "2026-08-03"),
    ("2026-01-31", None, [], "2026-02-28", "2026-02-20", Standing.LATER, "2026-03-28"),
    ("2028-01-31", None, [], "2028-02-28", "2028-02-21", Standing.DUE, "2028-03-27"),
    ("2026-11-30", "2027-01-10", ["2026-12-30"], None, "2027-01-05", None, None),
]


@pytest.mark.parametrize(("first", "last", "held", "due", "on", "standing", "language"), VISITS)
def test_a_visit_is_due_on_the_day_whatever_day_that_is(
    first: str,
    last: str | None,
    held: list[str],
    due: str | None,
    on: str,
    standing: Standing | None,
    language: str | None,
) -> None:
    stay = Stay(day(first), day(last) if last else None)
    found = next_visit(stay, USUAL, held=[day(each) for each in held])
    teacher = next_language_visit(stay, USUAL)

    assert (found and found.on) == (day(due) if due else None)
    assert (found and found.standing(on=day(on))) == standing
    assert (teacher and teacher.on) == (day(language) if language else None)
