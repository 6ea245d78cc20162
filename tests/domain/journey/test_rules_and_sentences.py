"""The journey's data: dated rules that resolve, and a sentence for every code."""

import doctest
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from enum import Enum
from string import Formatter
from types import ModuleType

import pytest

from innpass.domain.access import fields as access_fields
from innpass.domain.access.fields import FIELDS
from innpass.domain.access.policy import readable
from innpass.domain.access.roles import Role
from innpass.domain.journey import month, sentences, today
from innpass.domain.journey.facts import CaseFacts
from innpass.domain.journey.next_steps import Code, NextStep, Reason
from innpass.domain.journey.outlook import Level
from innpass.domain.journey.place import Evidence, State, Step
from innpass.domain.journey.rules import parse, rules_at, table
from innpass.domain.journey.sentences import (
    evidence_sentence,
    fields_shown,
    guide_name,
    level_name,
    next_step_text,
    reason_sentence,
    state_name,
    step_name,
    texts,
)
from innpass.domain.journey.today import Today
from innpass.domain.law.facts import Fact
from tests.domain.access.eyes import eyes
from tests.domain.journey.test_next_steps import OPEN_STEPS, next_steps

CELL = 60  # characters that fit a table cell on one or two lines
OPENED: list[NextStep] = [step for facts, on, _ in OPEN_STEPS for step in next_steps(facts, on=on)]


def places(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


@pytest.mark.parametrize(
    ("codes", "texts_of"),
    [
        (Code, "next_steps"),
        (Reason, "reasons"),
        (Evidence, "evidence"),
        (State, "states"),
        (Step, "steps"),
        (Level, "levels"),
    ],
)
def test_every_code_has_a_sentence_and_every_sentence_a_code(
    codes: Iterable[Enum], texts_of: str
) -> None:
    assert set(texts()[texts_of]) == {code.value for code in codes}


def test_every_code_and_every_reason_is_met_in_the_cases() -> None:
    assert {step.code for step in OPENED} == set(Code)
    assert {step.reason for step in OPENED} == set(Reason)


@pytest.mark.parametrize("step", OPENED, ids=lambda step: step.code)
def test_a_step_has_a_value_for_every_place_in_its_sentences(step: NextStep) -> None:
    names = {name for name, _ in step.values}

    assert places(texts()["next_steps"][step.code]["short"]) <= names
    assert places(texts()["reasons"][step.reason]) <= names
    assert len(next_step_text(step)) <= CELL
    assert reason_sentence(step).endswith(".")


@pytest.mark.parametrize("code", [*Code, *Evidence])
def test_what_a_sentence_gives_away_stands_in_the_field_table(code: Code | Evidence) -> None:
    assert fields_shown(code) <= set(FIELDS)


def test_every_name_and_sentence_is_text() -> None:
    written = [step_name(step) for step in Step] + [guide_name(step) for step in Step]
    written += [state_name(state) for state in State] + [level_name(level) for level in Level]
    written += [evidence_sentence(evidence) for evidence in Evidence]

    assert all(written)


def test_a_coordinator_sees_no_line_with_case_notes() -> None:
    seen = readable(eyes(Role.COORDINATOR, "refugee"))

    assert not fields_shown(Code.SHEET_NEXT_STEP) <= seen
    assert fields_shown(Code.SHEET_NEXT_STEP) <= readable(eyes(Role.TEACHER, "learning"))


def test_missing_facts_are_named_in_norwegian() -> None:
    assert [fact for fact in Fact if fact not in FIELDS] == []
    facts = CaseFacts(missing_facts=("programme.protection", "programme.end_goal"))

    (step,) = next_steps(facts, on=date(2025, 9, 1))

    assert next_step_text(step) == "Fyll ut: oppholdsgrunnlag, sluttmål"


def test_words_from_a_sheet_are_never_read_as_a_template() -> None:
    facts = CaseFacts(sheet_next_step="Ring {unit} {0}")

    (step,) = next_steps(facts, on=date(2025, 9, 1))

    assert next_step_text(step) == "Ring {unit} {0}"


def test_dates_and_unknown_units_read_as_norwegian() -> None:
    values = (("first_day", date(2025, 3, 3)), ("unit", None), ("weeks", 4))
    step = NextStep(Code.EVALUATION_VISIT, None, None, None, values, Reason.WEEKS_AFTER_FIRST_DAY)

    assert next_step_text(step) == "Avtal evalueringsbesøk hos praksisplassen"
    assert "03.03.2025" in reason_sentence(step)


@pytest.mark.parametrize("day", [date(2020, 1, 1), date(2021, 1, 1), date(2099, 1, 1)])
def test_every_rule_resolves_on_every_day(day: date) -> None:
    assert all(value > 0 for value in asdict(table().on(day)).values())
    assert rules_at(Today(day)) == table().on(day)


def as_read(**changes: object) -> dict[str, dict[object, object]]:
    row = {"term": "t", "unit": "days", "source": "s", date(2021, 1, 1): 1}
    return {name: dict(row) for name in table().values} | changes  # type: ignore[return-value]


def test_a_rule_has_its_new_value_from_its_day() -> None:
    dated = {"term": "t", "unit": "days", "source": "s", date(2027, 1, 1): 20, date(2021, 1, 1): 10}

    rules = parse(as_read(due_soon=dated))

    assert rules.change_days == (date(2027, 1, 1),)
    assert rules.on(date(2026, 12, 31)).due_soon == 10
    assert rules.on(date(2027, 1, 1)).due_soon == 20


def test_a_rule_without_a_source_is_refused() -> None:
    with pytest.raises(ValueError, match="due_soon needs term, unit, source"):
        parse(as_read(due_soon={"term": "t", "unit": "days", date(2021, 1, 1): 1}))


def test_an_unknown_rule_is_refused() -> None:
    with pytest.raises(ValueError, match="shoe_size"):
        parse(as_read(shoe_size={}))


@pytest.mark.parametrize("module", [today, month, sentences, access_fields])
def test_the_examples_in_the_docstrings_hold(module: ModuleType) -> None:
    assert doctest.testmod(module).failed == 0
