"""The journey's texts in bokmål; the texts themselves are ``sentences.yml``."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from innpass.domain.access.fields import FIELDS
from innpass.domain.journey.next_steps import Code, NextStep, StepValue
from innpass.domain.journey.outlook import Level
from innpass.domain.journey.place import Evidence, State, Step
from innpass.domain.yaml_text import read_yaml

_TEXTS = Path(__file__).with_name("sentences.yml")
_WITHOUT_VALUE = {"unit": "praksisplassen", "counts_from": "programstart"}


@cache
def texts() -> Mapping[str, Any]:
    """Load ``sentences.yml``."""
    loaded: Mapping[str, Any] = read_yaml(_TEXTS.read_text(encoding="utf-8"))
    return loaded


def _written(name: str, value: StepValue) -> str:
    """Write a value as a Norwegian reader expects it; a field's name becomes its label."""
    if value is None:
        return _WITHOUT_VALUE[name]
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, tuple):
        return ", ".join(FIELDS[one].label if one in FIELDS else one for one in value)
    return str(value)


def _filled(template: str, step: NextStep) -> str:
    return template.format_map({name: _written(name, value) for name, value in step.values})


def step_name(step: Step) -> str:
    """Name one of the eight steps, short enough for a timeline."""
    return str(texts()["steps"][int(step)]["name"])


def guide_name(step: Step) -> str:
    """Name one of the eight steps as the guide does."""
    return str(texts()["steps"][int(step)]["guide"])


def state_name(state: State) -> str:
    """Name how far a step has come."""
    return str(texts()["states"][state])


def level_name(level: Level) -> str:
    """Name how urgent a case is."""
    return str(texts()["levels"][int(level)])


def evidence_sentence(evidence: Evidence) -> str:
    """Say what the state of a step rests on."""
    return str(texts()["evidence"][evidence]["text"])


def next_step_text(step: NextStep) -> str:
    """Say what is to be done, short enough for a table cell.

    Example:
        >>> from innpass.domain.journey.next_steps import Reason
        >>> next_step_text(NextStep(Code.EVALUATION_BOOKED, None, None, None,
        ...     (("unit", "Austrått barnehage"),), Reason.DATE_IN_SHEET))
        'Evalueringsbesøk hos Austrått barnehage'
    """
    return _filled(texts()["next_steps"][step.code]["short"], step)


def reason_sentence(step: NextStep) -> str:
    """Say why it is to be done then."""
    return _filled(texts()["reasons"][step.reason], step)


@cache
def fields_shown(code: Code | Evidence) -> frozenset[str]:
    """Name the rows of the field table that a next step, or the evidence of a step, gives away.

    Whoever may not read them all must not see the line:
    ``fields_shown(step.code) <= readable(actor)``.
    """
    kind = "next_steps" if isinstance(code, Code) else "evidence"
    return frozenset(texts()[kind][code].get("shows", ()))
