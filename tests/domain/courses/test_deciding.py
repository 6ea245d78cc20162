"""A choice or a deviation that cannot be made is refused with what, where and what to do."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from innpass.domain.courses.deciding import choice_faults, deviation_faults
from innpass.domain.courses.faults import sentence
from innpass.domain.courses.following import Choice, Deviation, Life, Version
from innpass.domain.courses.model import Block, WeekTemplate
from innpass.domain.courses.shipped import shipped_models
from innpass.domain.sheets.fields import Activity

SHIPPED = tuple(Version(model) for model in shipped_models().values())
START = date(2025, 9, 1)
LIFE = Life(START, "2")
OURS = Choice(START, "autumn-2025", 0, "2")
MARCH = Deviation(date(2026, 3, 1), date(2026, 3, 31), "two-and-three", None, "Mer praksis")


def test_what_we_suggest_needs_no_reason() -> None:
    assert choice_faults(OURS, LIFE, SHIPPED) == ()


@pytest.mark.parametrize(
    ("change", "place", "code"),
    [
        ({"key": "autumn-2024"}, "reason", "choice.other"),
        ({"track": "1"}, "reason", "choice.other"),
        ({"number": 3}, "model", "choice.model"),
        ({"track": "9", "reason": "x"}, "track", "choice.track"),
        ({"first_day": date(2025, 8, 31)}, "first_day", "choice.early"),
    ],
)
def test_a_choice_is_held_against_what_is_known(
    change: dict[str, Any], place: str, code: str
) -> None:
    faults = choice_faults(replace(OURS, **change), LIFE, SHIPPED)

    assert [(each.place, each.code) for each in faults] == [(place, code)]
    assert sentence(faults[0]).endswith(".")


@pytest.mark.parametrize(
    ("day", "code"), [(START, "choice.taken"), (date(2026, 1, 1), "choice.changed")]
)
def test_a_second_choice_is_of_another_day_and_has_a_reason(day: date, code: str) -> None:
    faults = choice_faults(replace(OURS, first_day=day), replace(LIFE, choices=(OURS,)), SHIPPED)

    assert [each.code for each in faults] == [code]


def test_without_a_start_every_choice_has_a_reason() -> None:
    assert [each.code for each in choice_faults(OURS, Life(None, "2"), SHIPPED)] == ["choice.other"]


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({}, []),
        ({"last_day": date(2026, 2, 1)}, ["deviation.turned"]),
        ({"reason": " "}, ["deviation.reason"]),
        ({"alternative": "course"}, ["deviation.elsewhere"]),
        ({"first_day": date(2025, 8, 1)}, ["deviation.nowhere"]),
        ({"template": WeekTemplate(())}, ["week.empty"]),
        ({"template": WeekTemplate((Block(Activity.PRACTICE, (7.5,)),))}, []),
    ],
)
def test_a_deviation_is_a_week_that_can_be(change: dict[str, Any], codes: list[str]) -> None:
    faults = deviation_faults(replace(MARCH, **change), LIFE, SHIPPED)

    assert [each.code for each in faults] == codes
    assert all(sentence(each) for each in faults)


@pytest.mark.parametrize(
    ("first", "last", "is_refused"),
    [
        (date(2026, 3, 31), None, True),
        (date(2026, 4, 1), None, False),
        (date(2026, 1, 1), date(2026, 2, 28), False),
        (date(2026, 3, 10), date(2026, 3, 12), True),
    ],
)
def test_two_deviations_share_no_day(first: date, last: date | None, is_refused: bool) -> None:
    week = WeekTemplate((Block(Activity.PRACTICE, (7.5,)),))
    new = replace(MARCH, first_day=first, last_day=last, template=week)

    faults = deviation_faults(new, replace(LIFE, deviations=(MARCH,)), SHIPPED)

    assert [each.code for each in faults] == ["deviation.overlap"] * is_refused
    if faults:
        assert "fra 01.03.2026 til 31.03.2026" in sentence(faults[0])
