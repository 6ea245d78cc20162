"""Another law: a text that is only passed in force, or a number another; ours stays as it is."""

from datetime import date

import pytest

from innpass.domain.law.law import THE_LAW, LawText, NoSuchText
from innpass.domain.law.parameters import NoSuchParameter
from innpass.domain.law.supposing import (
    CannotSuppose,
    Supposition,
    begins_after,
    numbers,
    passed_texts,
    suppose,
    topics_of,
    value_now,
)

DAY = date(2026, 9, 1)


@pytest.mark.parametrize("number", numbers(THE_LAW))
def test_each_number_can_be_another_and_nothing_else_is(number: str) -> None:
    name, _, part = number.partition(".")
    value = value_now(THE_LAW, number) + 1

    other = suppose(THE_LAW, Supposition(number=number, value=value))

    assert value_now(other, number) == value
    assert value_now(THE_LAW, number) == value - 1
    changed = [each for each in THE_LAW.parameters if other.parameters[each] != THE_LAW.parameters[each]]  # fmt: skip  # noqa: E501
    assert changed == [name]
    for old, new in zip(THE_LAW.parameter(name).values, other.parameter(name).values, strict=True):
        if part and isinstance(old.value, dict):
            assert {**new.value, part: 0} == {**old.value, part: 0} or part not in old.value


def test_no_reading_and_no_word_is_a_number() -> None:
    names = {number.partition(".")[0] for number in numbers(THE_LAW)}

    assert not names & {name for name, each in THE_LAW.parameters.items() if each.readings}
    assert "work_oriented_activities" not in names
    assert "norwegian_goal_primary" not in names


@pytest.mark.parametrize("text", passed_texts(THE_LAW), ids=lambda text: text.rule)
def test_each_passed_text_can_be_in_force_from_a_day(text: LawText) -> None:
    other = suppose(THE_LAW, Supposition(text=text.rule, first_day=DAY))

    assert other.text_for(text.topic, DAY).rule == text.rule
    assert topics_of(THE_LAW, Supposition(text=text.rule, first_day=DAY)) == (text.topic,)
    assert THE_LAW.text(text.rule).is_passed_only


def test_a_text_begins_after_the_one_it_follows() -> None:
    first = begins_after(THE_LAW, "intl-8-1-lov-2025-35")

    assert first
    with pytest.raises(CannotSuppose):
        suppose(THE_LAW, Supposition(text="intl-8-1-lov-2025-35", first_day=first))


@pytest.mark.parametrize(
    ("what", "error"),
    [
        (Supposition(text="intl-14a-3", first_day=DAY), CannotSuppose),
        (Supposition(text="intl-8-1-lov-2025-35"), CannotSuppose),
        (Supposition(text="no", first_day=DAY), NoSuchText),
        (Supposition(number="no", value=1), NoSuchParameter),
        (Supposition(number="leave_weeks", value=1), NoSuchParameter),
        (Supposition(number="months_to_start"), CannotSuppose),
        (Supposition(number="months_to_start", value=2.5), CannotSuppose),
    ],
)
def test_what_cannot_be_is_refused(what: Supposition, error: type[Exception]) -> None:
    with pytest.raises(error):
        suppose(THE_LAW, what)


def test_a_number_concerns_the_topics_whose_texts_work_with_it() -> None:
    assert topics_of(THE_LAW, Supposition(number="minimum_hours", value=20)) == (
        "work_oriented_hours",
    )


def test_it_is_stored_and_read_again() -> None:
    for what in (
        Supposition(text="a", first_day=DAY),
        Supposition(number="minimum_hours", value=20),
    ):
        assert Supposition.from_json(what.as_json()) == what
