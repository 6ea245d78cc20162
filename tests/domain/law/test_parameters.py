"""Every parameter is whole, sourced, and answers on every day on which something changes."""

import itertools
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from innpass.domain.law import parameters as parameters_module
from innpass.domain.law import rules  # noqa: F401  (fills the register)
from innpass.domain.law.duty import DUTIES
from innpass.domain.law.law import THE_LAW, Decides, LawText, NoSuchText, full_time_hours, law_of
from innpass.domain.law.length import LENGTHS
from innpass.domain.law.parameters import (
    NoSuchParameter,
    UnknownReading,
    raw_parameters,
    read_parameters,
)
from innpass.domain.law.register import DoubleRule, rule_ids
from innpass.domain.law.rules.work_oriented import DEMANDS
from innpass.domain.law.telling import says
from innpass.domain.law.topics import raw_topics
from innpass.domain.sheets.fields import Activity, Protection

ROOT = Path(__file__).resolve().parents[3]
BLOCKS = list(raw_parameters())
TEXTS: list[LawText] = [text for texts in THE_LAW.topics.values() for text in texts]
NEEDED = {"term": str, "unit": str, "decides": str, "source": str, "values": list}
ALLOWED = {"reading": str, "reason": str, "doubt": str, "readings": list, "unsettled": list}
NEEDED_OF_VALUE: dict[str, Any] = {"first_day": (date, type(None)), "value": object}
ALLOWED_OF_VALUE: dict[str, Any] = {
    "last_day": (date, type(None)),
    "source": (str, type(None)),
    "in_force_by": (str, type(None)),
}
DECIDING_DATES = {str(decides) for decides in Decides}


def days_of_change() -> list[date]:
    """List each day on which some value begins, the day before it, and the day after one ends."""
    changes = {
        day
        for _, block in BLOCKS
        for value in block["values"]
        for day in (value["first_day"], value.get("last_day"))
        if day
    }
    return sorted({day + timedelta(days=n) for day in changes for n in (-1, 0, 1)})


@pytest.mark.parametrize(("name", "block"), BLOCKS, ids=[name for name, _ in BLOCKS])
def test_a_parameter_has_the_right_shape(name: str, block: dict[str, Any]) -> None:
    assert NEEDED.keys() <= block.keys() <= (NEEDED | ALLOWED).keys()
    assert all(
        isinstance(block[key], kind) for key, kind in (NEEDED | ALLOWED).items() if key in block
    )
    assert block["decides"] in DECIDING_DATES
    assert ("reason" in block) == ("doubt" in block)
    for value in block["values"]:
        known = NEEDED_OF_VALUE | ALLOWED_OF_VALUE
        assert NEEDED_OF_VALUE.keys() <= value.keys() <= known.keys()
        assert all(isinstance(value[key], known[key]) for key in value)
    first_days = [value["first_day"] or date.min for value in block["values"]]
    assert first_days == sorted(set(first_days))


def test_names_are_unique_over_all_files() -> None:
    names = [name for name, _ in BLOCKS]

    assert len(names) == len(set(names)) == len(THE_LAW.parameters)


def test_each_reading_has_its_page_with_the_question_and_the_doubt() -> None:
    for name, block in BLOCKS:
        if "readings" in block or "reason" in block:
            assert "reading" in block, name
        if "reading" in block:
            page = (ROOT / block["reading"]).read_text("utf-8")
            assert f"`{name}`" in page, (name, block["reading"])
            assert "## Doubt" in page, block["reading"]


@pytest.mark.parametrize("day", days_of_change(), ids=str)
def test_the_parameters_of_a_text_resolve_on_every_day_of_change(day: date) -> None:
    for topic in THE_LAW.topics:
        for ground in (None, *Protection):
            try:
                text = THE_LAW.text_for(topic, day, ground)
            except NoSuchText:
                continue
            law = law_of(THE_LAW, text)
            for name in (*text.parameters, *text.readings):
                law.value(name)

    assert full_time_hours(start=day) > 0


def test_general_texts_follow_one_another_without_a_gap_and_the_last_is_open() -> None:
    for topic in THE_LAW.topics:
        found = [text for text in THE_LAW.texts(topic) if text.only_for is None]
        assert found, topic
        assert found[-1].last_day is None, topic
        for earlier, later in itertools.pairwise(found):
            assert earlier.last_day is not None
            assert later.first_day == earlier.last_day + timedelta(days=1)


def test_the_texts_of_a_topic_go_by_one_date_and_its_page_stands() -> None:
    for topic, block in raw_topics():
        assert {"decides", "texts"} <= block.keys() <= {"decides", "reading", "texts"}, topic
        assert "reading" not in block or (ROOT / block["reading"]).is_file(), topic


def test_the_register_and_the_texts_name_the_same_rules() -> None:
    ids = [text.rule for text in TEXTS]

    assert len(ids) == len(set(ids))
    assert set(ids) == rule_ids()
    for text in TEXTS:
        assert (text.rule in DEMANDS) + (text.rule in DUTIES) + (text.rule in LENGTHS) == 1


def test_each_text_tells_where_it_stands_what_it_says_and_by_what_it_goes() -> None:
    for text in TEXTS:
        assert text.source is None or (text.source.paragraph and text.source.in_force_by), text.rule
        assert says(text)
        for name in text.parameters:
            assert THE_LAW.parameter(name).readings == (), (text.rule, name)
        for name in text.readings:
            assert THE_LAW.parameter(name).page, (text.rule, name)


def test_a_text_passed_and_not_in_force_has_no_days_and_binds_nobody() -> None:
    passed = [text for text in TEXTS if text.is_passed_only]

    assert passed
    for text in passed:
        assert text.first_day is None
        assert text.last_day is None
        assert not any(text.binds_on(day) for day in (date.min, date(2030, 1, 1), date.max))
        assert text not in THE_LAW.texts(text.topic)


def test_a_passed_text_binds_from_the_day_it_is_given_and_the_older_until_then() -> None:
    for text in (text for text in TEXTS if text.is_passed_only):
        law = THE_LAW.with_text_in_force(text.rule, date(2027, 1, 1))

        assert law.text_for(text.topic, date(2027, 1, 1), text.only_for).rule == text.rule
        assert law.text_for(text.topic, date(2026, 12, 31), text.only_for).rule != text.rule
        for name, value in text.sets:
            assert law.at(date(2027, 1, 1)).value(name) == value
            assert law.at(date(2026, 12, 31)).value(name) != value
        with pytest.raises(ValueError, match="is in force"):
            law.with_text_in_force(text.rule, date(2028, 1, 1))


def test_the_law_itself_is_not_changed_by_asking_what_if() -> None:
    law = THE_LAW.with_value("minimum_hours", 20)

    assert law.at(date(2026, 1, 1)).value("minimum_hours") == 20
    assert THE_LAW.at(date(2026, 1, 1)).value("minimum_hours") != 20


def test_what_may_be_read_otherwise_is_known_and_changes_nothing_else() -> None:
    assert THE_LAW.readings()
    for name in THE_LAW.readings():
        whole, _, part = name.partition(".")
        answers = (True, False) if part else THE_LAW.parameter(whole).readings
        assert THE_LAW.reading(name) in answers
        for answer in answers:
            law = THE_LAW.with_reading(name, answer)
            assert law.reading(name) == answer
            assert {n for n in law.readings() if law.reading(n) != THE_LAW.reading(n)} <= {name}


def test_the_number_of_the_law_is_no_reading() -> None:
    with pytest.raises(UnknownReading):
        THE_LAW.with_reading("minimum_hours", 14)
    with pytest.raises(UnknownReading):
        THE_LAW.with_reading("work_oriented_activities.norwegian", True)


def test_each_list_of_activities_flags_every_activity() -> None:
    for dated in THE_LAW.parameter("work_oriented_activities").values:
        assert set(dated.value) == set(Activity)
        assert {type(flag) for flag in dated.value.values()} == {bool}


def test_two_functions_cannot_claim_one_rule() -> None:
    with pytest.raises(DoubleRule):
        DEMANDS.rule("intl-14a-3")(DEMANDS.of("intf-43h"))


def test_an_unknown_parameter_text_or_day_without_a_value_is_refused() -> None:
    with pytest.raises(NoSuchParameter):
        THE_LAW.at(date(2026, 1, 1)).value("hours_on_the_moon")
    with pytest.raises(NoSuchParameter):
        THE_LAW.at(date(2020, 1, 1)).value("minimum_hours")
    with pytest.raises(NoSuchText):
        THE_LAW.text("intl-999")


def test_a_reading_that_the_engine_does_not_know_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    blocks = dict(raw_parameters())
    blocks["leave_weeks"]["values"][0]["value"] = "as_we_like"
    monkeypatch.setattr(parameters_module, "raw_parameters", lambda: iter(blocks.items()))

    with pytest.raises(UnknownReading, match="leave_weeks has no reading 'as_we_like'"):
        read_parameters()
    with pytest.raises(UnknownReading):
        THE_LAW.with_value("leave_weeks", "as_we_like")


def test_no_statutory_number_stands_in_the_code() -> None:
    folder = ROOT / "innpass" / "domain" / "law"
    numbers = ("37.5", "2024, 2, 1", "2026, 1, 1", " 15", "= 60", " 60")

    found = {
        f"{file.name}: {number}"
        for file in folder.rglob("*.py")
        for line in file.read_text("utf-8").splitlines()
        if ">>>" not in line and "§" not in line
        for number in numbers
        if number in line
    }

    assert found == set()
