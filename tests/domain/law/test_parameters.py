"""Every parameter is whole, sourced, and answers on every day on which something changes."""

import itertools
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from innpass.domain.law import parameters as parameters_module
from innpass.domain.law import requirement  # noqa: F401  (fills the register)
from innpass.domain.law.parameters import (
    LawAt,
    NoSuchParameter,
    UnknownReading,
    all_parameters,
    full_time_hours,
    raw_files,
)
from innpass.domain.law.register import DoubleRule, rule, rule_ids, rule_of
from innpass.domain.law.transition import law_of, text_for, texts
from innpass.domain.sheets.fields import Activity

ROOT = Path(__file__).resolve().parents[3]
BLOCKS = [(name, block) for blocks in raw_files().values() for name, block in blocks.items()]
NEEDED = {"term": str, "unit": str, "decides": str, "source": str, "values": list}
ALLOWED = {"reading": str, "reason": str, "doubt": str, "readings": list}
NEEDED_OF_VALUE: dict[str, Any] = {"first_day": (date, type(None)), "value": object}
ALLOWED_OF_VALUE: dict[str, Any] = {
    "last_day": (date, type(None)),
    "source": (str, type(None)),
    "in_force_by": (str, type(None)),
}
DECIDING_DATES = {"programme_start"}


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

    assert len(names) == len(set(names)) == len(all_parameters())


def test_each_reading_has_its_page_with_the_question_and_the_doubt() -> None:
    for name, block in BLOCKS:
        if "readings" in block or "reason" in block:
            assert "reading" in block, name
        if "reading" in block:
            page = (ROOT / block["reading"]).read_text("utf-8")
            assert f"`{name}`" in page, (name, block["reading"])
            assert "## Doubt" in page, block["reading"]


@pytest.mark.parametrize("day", days_of_change(), ids=str)
def test_every_parameter_resolves_on_every_day_of_change(day: date) -> None:
    text = text_for(day)
    law = law_of(text)

    for name in all_parameters():
        law.value(name)

    assert full_time_hours(start=day) > 0
    rule_of(text.rule)


def test_texts_follow_one_another_without_a_gap_and_the_last_is_open() -> None:
    found = texts()

    assert found[0].first_day is None
    assert found[-1].last_day is None
    for earlier, later in itertools.pairwise(found):
        assert earlier.last_day is not None
        assert later.first_day == earlier.last_day + timedelta(days=1)


def test_the_register_and_the_texts_name_the_same_rules() -> None:
    assert {text.rule for text in texts()} == rule_ids()


def test_each_text_tells_where_it_stands_unless_there_is_none() -> None:
    for text in texts():
        assert (text.source is None) == (text.first_day is None)
        assert text.source is None or (text.source.paragraph and text.source.in_force_by)


def test_each_list_of_activities_flags_every_activity() -> None:
    for dated in all_parameters()["work_oriented_activities"].values:
        assert set(dated.value) == set(Activity)
        assert {type(flag) for flag in dated.value.values()} == {bool}


def test_two_functions_cannot_claim_one_rule() -> None:
    with pytest.raises(DoubleRule):
        rule("intl-14a-3")(rule_of("intf-43h"))


def test_an_unknown_parameter_and_a_day_without_a_value_are_refused() -> None:
    with pytest.raises(NoSuchParameter):
        LawAt(date(2026, 1, 1)).value("hours_on_the_moon")
    with pytest.raises(NoSuchParameter):
        LawAt(date(2020, 1, 1)).value("minimum_hours")


def test_a_reading_that_the_engine_does_not_know_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    files = raw_files()
    files["readings.yml"]["leave_weeks"]["values"][0]["value"] = "as_we_like"
    monkeypatch.setattr(parameters_module, "raw_files", lambda: files)

    with pytest.raises(UnknownReading, match="leave_weeks has no reading 'as_we_like'"):
        all_parameters.__wrapped__()


def test_no_statutory_number_stands_in_the_code() -> None:
    folder = ROOT / "innpass" / "domain" / "law"
    numbers = ("37.5", "2024, 2, 1", "2026, 1, 1", " 15", "= 60", " 60")

    found = {
        f"{file.name}: {number}"
        for file in folder.rglob("*.py")
        for line in file.read_text("utf-8").splitlines()
        if ">>>" not in line
        for number in numbers
        if number in line
    }

    assert found == set()
