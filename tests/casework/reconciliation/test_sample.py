"""The sample municipality, through the real importer, against what is true of it."""

from typing import Any

import pytest

from tests.casework.reconciliation.importing import truth
from tests.scoring import score_import

pytestmark = pytest.mark.django_db  # for its set-up; what is asked about is imported once

# The measures that must be perfect on clean sheets.
PERFECT = (
    *("person_precision", "person_recall", "link_precision", "link_recall"),
    *("duplicate_precision", "duplicate_recall", "field_accuracy", "weeks_agreement"),
)

# measure, the least it may be on messy sheets
MESSY = [
    ("person_precision", 1.0),
    ("person_recall", 0.99),
    ("link_precision", 1.0),
    ("link_recall", 0.99),
    ("field_accuracy", 0.98),
    ("needs_human_asked", 0.95),
    ("questions_needed", 0.9),
    ("needs_human_left_empty", 1.0),
    ("weeks_agreement", 0.99),
]


@pytest.fixture(scope="module")
def clean_score(clean_export: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = score_import.score(clean_export, truth("clean"))
    return found


@pytest.fixture(scope="module")
def messy_score(messy_export: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = score_import.score(messy_export, truth("messy"))
    return found


@pytest.mark.parametrize("measure", PERFECT)
def test_clean_sheets_are_read_without_a_fault(measure: str, clean_score: dict[str, Any]) -> None:
    assert clean_score[measure] == 1.0


def test_clean_sheets_raise_no_question(clean_export: dict[str, Any]) -> None:
    assert clean_export["questions"] == []


@pytest.mark.parametrize(("measure", "least"), MESSY)
def test_messy_sheets_are_read_as_well_as_we_promised(
    measure: str, least: float, messy_score: dict[str, Any]
) -> None:
    assert messy_score[measure] >= least


@pytest.mark.parametrize("kind", ["clean", "messy"])
def test_the_results_are_those_of_the_truth(
    kind: str, clean_score: dict[str, Any], messy_score: dict[str, Any]
) -> None:
    score = {"clean": clean_score, "messy": messy_score}[kind]

    assert score["results"] == dict.fromkeys(score["results"], True)
    assert len(score["results"]) == 6


def test_each_field_of_messy_sheets_is_read_well_by_itself(messy_score: dict[str, Any]) -> None:
    """A field that is always wrong would drown in the average."""
    assert {name: share for name, share in messy_score["fields"].items() if share < 0.9} == {}
