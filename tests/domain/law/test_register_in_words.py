"""The register can be printed whole: areas, days, numbers, readings; the reference is current."""

from datetime import date
from pathlib import Path

import pytest

from innpass.domain.law import topics as register
from innpass.domain.law.document import PASSED, document, lines_on
from innpass.domain.law.duty import State
from innpass.domain.law.law import THE_LAW, Decides
from innpass.domain.law.parameters import Parameter
from innpass.domain.law.sentences import sentences
from innpass.domain.law.words import (
    areas,
    days_words,
    reading_answer,
    reading_answers,
    reading_doubt,
    reading_question,
    readings_of,
    state_word,
    unit_words,
    value_words,
    values_in_time,
)

REFERENCE = Path(__file__).parents[3] / "docs" / "reference" / "rules.md"
WORDS = sentences("nb")
TEXTS = [text for texts in THE_LAW.topics.values() for text in texts]
ALL_READINGS = [
    *(name for name, each in THE_LAW.parameters.items() if each.readings),
    *(name for name in THE_LAW.readings() if "." in name),
]


def test_the_reference_is_what_the_register_prints() -> None:
    """Otherwise: ``python -m innpass.domain.law.document > docs/reference/rules.md``."""
    assert REFERENCE.read_text(encoding="utf-8") == document()


def test_everything_in_the_register_is_in_the_document() -> None:
    printed = document()
    names = [*THE_LAW.topics, *(text.rule for text in TEXTS), *THE_LAW.parameters, *ALL_READINGS]
    names = [name for name in names if name != "work_oriented_activities"]  # printed by its parts

    assert [name for name in names if f"`{name}`" not in printed] == []
    assert [text.source.paragraph for text in TEXTS if text.source and text.source.paragraph not in printed] == []  # fmt: skip  # noqa: E501
    assert printed.count(f"**{PASSED}") == sum(text.is_passed_only for text in TEXTS)


def test_every_topic_stands_in_one_area_and_each_file_has_a_title() -> None:
    assert [topic for area in areas() for topic in area.topics] == list(THE_LAW.topics)
    assert WORDS["area.elsewhere"] not in [area.title for area in areas()]
    assert len(areas()) <= len(list(Path(register.__file__).parent.glob("*.yml")))


@pytest.mark.parametrize("parameter", THE_LAW.parameters.values(), ids=lambda each: each.name)
def test_every_number_has_words_for_its_unit_and_parts(parameter: Parameter) -> None:
    assert unit_words(parameter)
    if parameter.name == "public_days_off":
        return
    for dated in parameter.values:
        assert all(value_words(parameter, dated.value))
        if isinstance(dated.value, dict):
            assert [part for part in dated.value if f"part.{part}" not in WORDS] == []


@pytest.mark.parametrize("name", ALL_READINGS)
def test_every_reading_asks_a_question_and_has_words_for_each_answer(name: str) -> None:
    assert reading_question(name).endswith("?")
    assert all(reading_answer(name, value) for value in reading_answers(name))
    assert THE_LAW.reading(name) in reading_answers(name)
    assert reading_doubt(name)


def test_every_state_and_deciding_date_has_a_word() -> None:
    assert all(state_word(state) for state in State)
    assert [each for each in Decides if f"decides.{each}" not in WORDS] == []


def test_a_value_ends_on_the_day_before_the_next() -> None:
    first, second = values_in_time(THE_LAW.parameter("months_before_required"))

    assert (first.last_day, second.first_day) == (date(2025, 12, 31), date(2026, 1, 1))
    assert second.last_day is None


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (None, None, "hele tiden"),
        (date(2026, 1, 1), None, "fra 1. januar 2026"),
        (None, date(2024, 1, 31), "til og med 31. januar 2024"),
        (date(2024, 2, 1), date(2025, 12, 31), "fra 1. februar 2024 til og med 31. desember 2025"),
    ],
)
def test_days_in_words(first: date | None, last: date | None, words: str) -> None:
    assert days_words(first, last) == words


def test_on_a_day_the_texts_of_that_day_are_printed() -> None:
    before, after = ("\n".join(lines_on(day)) for day in (date(2025, 12, 31), date(2026, 1, 1)))

    assert "§ 43h første ledd" in before
    assert "§ 43h første ledd" not in after
    assert "§ 14 a tredje ledd" in after
    assert PASSED not in before + after


def test_a_part_that_a_text_leaves_open_is_a_reading_of_its_own() -> None:
    names = readings_of(THE_LAW.text("intl-14a-3"))

    assert "work_oriented_activities.work_life_course" in names
    assert "work_oriented_activities" not in names
