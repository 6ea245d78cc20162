from datetime import date

import pytest

from innpass.domain.following.hiring import Check, due_check, next_check
from innpass.domain.following.voices import THEMES, Speaker, missing_voices

BEGINS = date(2026, 1, 31)


@pytest.mark.parametrize(
    ("answered", "on", "due"),
    [
        ((), date(2026, 4, 29), None),
        ((), date(2026, 4, 30), Check(3, date(2026, 4, 30))),
        ((3,), date(2026, 4, 30), None),
        ((3,), date(2026, 8, 1), Check(6, date(2026, 7, 31))),
        ((3, 6), date(2027, 1, 31), Check(12, date(2027, 1, 31))),
        ((3, 6, 12), date(2030, 1, 1), None),
        ((6,), date(2026, 8, 1), Check(3, date(2026, 4, 30))),
    ],
)
def test_when_somebody_is_asked_whether_a_person_still_works_there(
    answered: tuple[int, ...], on: date, due: Check | None
) -> None:
    assert due_check(BEGINS, None, answered=answered, on=on) == due


def test_a_contract_that_is_over_asks_nothing_more() -> None:
    assert due_check(BEGINS, date(2026, 5, 31), answered=(3,), on=date(2027, 6, 1)) is None
    assert next_check(BEGINS, date(2026, 5, 31), answered=()) == Check(3, date(2026, 4, 30))


def test_an_evaluation_has_two_voices() -> None:
    assert missing_voices([]) == (Speaker.PARTICIPANT, Speaker.EMPLOYER)
    assert missing_voices([Speaker.TEACHER, Speaker.PARTICIPANT]) == (Speaker.EMPLOYER,)
    assert missing_voices(list(Speaker)) == ()


def test_what_is_asked_can_be_answered_in_two_minutes() -> None:
    assert all(len(themes) <= 5 for themes in THEMES.values())
