"""Answering the questions about the messy sample as its truth says, through the screens."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from innpass.casework.imports.models import Question
from tests.casework.reconciliation.importing import truth

NUMBERS = {
    "ids.socio": "socio",
    "ids.visma_refugee": "visma_flyktning",
    "ids.visma_learning": "visma_laering",
}


@dataclass(frozen=True)
class Told:
    """An answer as a human gives it: the button's label, or what is typed."""

    question: Question
    button: str = ""
    typed: str = ""


def open_questions() -> Iterator[Question]:
    """Yield each question that waits, as long as there are any; one at a time."""
    waiting = Question.objects.filter(closed_at=None).select_related("row__file")
    seen: set[UUID] = set()
    while question := waiting.exclude(pk__in=seen).order_by("pk").first():
        seen.add(question.pk)
        yield question


def told(question: Question) -> Told:
    """Return the answer that the truth gives; a question that it knows nothing of is a fault."""
    said = truth("messy")
    (case,) = [
        each
        for each in said["mess"]
        if each["needs_human"]
        and (each["sheet"], each["cell"]) == (question.row.sheet, question.cell)
    ]
    people = {person["id"]: person for person in said["participants"]}
    if question.kind == "maybe_same_person":
        return Told(question, button=f"Raden gjelder {people[case['person']]['name']}")
    if question.field in NUMBERS:
        return Told(question, typed=str(case["true_value"]))
    if case["true_value"] is None:
        return Told(question, button="Cellen har ingen verdi")
    day = date.fromisoformat(case["true_value"])
    return Told(question, typed=f"{day:%d.%m.%Y}")


def without_humans() -> dict[str, Any]:
    """Return the messy sample's truth as it is once humans have answered all."""
    text = json.dumps(truth("messy"))
    said: dict[str, Any] = json.loads(text.replace('"needs_human": true', '"needs_human": false'))
    return said
