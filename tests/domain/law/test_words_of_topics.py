"""Every topic, amount, reading, kind and reason of the register has its words."""

import ast
import re
from enum import StrEnum
from pathlib import Path

import pytest

from innpass.domain.law import rules as rules_package
from innpass.domain.law.events import Registered
from innpass.domain.law.law import THE_LAW
from innpass.domain.law.registering import BeforeExit
from innpass.domain.law.sentences import sentences
from innpass.domain.sheets.fields import AbsenceKind, EndGoal, LeaveKind

RULES = Path(rules_package.__file__).resolve().parent
TREES = [ast.parse(file.read_text("utf-8")) for file in RULES.glob("*.py")]
WORDS = sentences("nb")


def constants() -> set[str]:
    return {
        node.value
        for tree in TREES
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_every_reason_of_a_rule_has_its_sentence() -> None:
    codes = {text for text in constants() if re.fullmatch(r"[a-z_]+\.[a-z_0-9]+", text)}

    assert len(codes) > 50
    assert codes - WORDS.keys() == set()


def test_every_amount_has_its_word() -> None:
    named = {
        str(node.args[0].value)
        for tree in TREES
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Amount"
        and isinstance(node.args[0], ast.Constant)
    }

    assert len(named) > 8
    assert {"amount." + name for name in named} - WORDS.keys() == set()


def test_every_topic_has_its_title() -> None:
    assert {f"topic.{topic}" for topic in THE_LAW.topics} - WORDS.keys() == set()


@pytest.mark.parametrize(
    ("prefix", "enum"),
    [
        ("end_goal", EndGoal),
        ("leave_kind", LeaveKind),
        ("absence_kind", AbsenceKind),
        ("registered", Registered),
        ("before_exit", BeforeExit),
    ],
)
def test_every_kind_has_its_word(prefix: str, enum: type[StrEnum]) -> None:
    assert {f"{prefix}.{code}" for code in enum} - WORDS.keys() == set()


def test_every_reading_of_a_topic_has_its_question_and_its_answers() -> None:
    for topic in THE_LAW.topics:
        for text in THE_LAW.texts(topic):
            for name in text.readings:
                answers = THE_LAW.parameter(name).readings
                if topic == "work_oriented_hours" or len(answers) < 2:
                    continue
                assert f"reading.{name}" in WORDS
                assert {f"reading.{name}.{answer!s}" for answer in answers} <= WORDS.keys(), name


def test_a_text_and_a_reason_end_as_sentences_do() -> None:
    for code, text in WORDS.items():
        if code.startswith(("text.", "before_exit.")):
            assert text[0].isupper() or text[0] == "{", code
            assert text.endswith("."), code
