"""Every reason code has its sentence, and the sentence can be filled."""

import ast
import re
from datetime import date
from pathlib import Path

import pytest

from innpass.domain.law import sentences as sentences_module
from innpass.domain.law.facts import Fact
from innpass.domain.law.reasons import Hours, Reason
from innpass.domain.law.sentences import day_text, hours_text, render, sentences
from innpass.domain.sheets.fields import Activity

LAW = Path(sentences_module.__file__).resolve().parents[1]
PREFIXES = (
    *("week.", "unknown.", "requirement.", "no_requirement.", "warning."),
    *("early_warning.", "projection.", "not_counted."),
)


def codes_in_the_code() -> set[str]:
    return {
        node.value
        for file in LAW.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch(r"[a-z_]+\.[a-z_.]+[a-z]", node.value)
        and node.value.startswith(PREFIXES)
    }


def test_every_code_has_a_sentence() -> None:
    assert codes_in_the_code() - sentences("nb").keys() == set()


def test_every_fact_and_every_activity_has_its_word() -> None:
    words = sentences("nb")

    assert {f"fact.{fact}" for fact in Fact} <= words.keys()
    assert {f"activity.{activity}" for activity in Activity} <= words.keys()
    assert {f"not_counted.{activity}" for activity in Activity} <= words.keys()


def test_a_sentence_is_a_sentence() -> None:
    for code, text in sentences("nb").items():
        if code.startswith(PREFIXES):
            assert text[0].isupper(), code
            assert text.endswith("."), code
            assert "  " not in text, code


def test_no_sentence_holds_a_number_of_its_own() -> None:
    assert [code for code, text in sentences("nb").items() if re.search(r"\d", text)] == []


@pytest.mark.parametrize(
    ("hours", "text"),
    [
        (15.0, "15 t"),
        (12.5, "12,5 t"),
        (0.0, "0 t"),
        (9.906, "9,9 t"),
        (14.999_999_999_5, "15 t"),
        (100.0, "100 t"),
    ],
)
def test_hours_are_written_with_a_comma(hours: float, text: str) -> None:
    assert hours_text(hours) == text


def test_a_mean_below_the_minimum_is_never_written_as_the_minimum() -> None:
    assert hours_text(14.996) == "14,99 t"


def test_days_are_written_in_full() -> None:
    assert day_text(date(2026, 5, 12)) == "12. mai 2026"


def test_facts_are_listed_with_og_before_the_last() -> None:
    three = (Fact.PROTECTION, Fact.UPPER_SECONDARY, Fact.END_GOAL)

    text = render(Reason("week.unknown", (("facts", three),)))

    assert text.endswith(
        "grunnlag for oppholdstillatelsen, om deltakeren har utdanning på videregående nivå "
        "og sluttmål."
    )


def test_a_language_without_sentences_falls_back() -> None:
    reason = Reason("requirement.part_time", (("hours", Hours(10)), ("percent", 60)))

    assert render(reason, "nn") == render(reason, "nb")
    assert "60 prosent" in render(reason, "nn")


def test_a_reason_that_does_not_fill_its_sentence_is_an_error() -> None:
    with pytest.raises(KeyError):
        render(Reason("week.not_yet"))
