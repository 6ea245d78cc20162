"""Every reason code has its sentence, and the sentence can be filled."""

import ast
import doctest
import re
from pathlib import Path

import pytest

from innpass.domain import planning
from innpass.domain.planning import choosing, costs, problem, reasons, sentences, solve
from innpass.domain.planning.costs import TERMS
from innpass.domain.planning.demands import DemandKind

FOLDER = Path(planning.__file__).parent
PREFIXES = ("problem.", "clash.", "short.", "demand.", "why.")
COMPUTED = {
    *(f"demand.{kind}" for kind in ("at_most", "work_oriented", "full_time")),
    *(f"why.less.{term}" for term in TERMS.keys() - {"missing_course", "short_week", "change"}),
}


def codes_in_the_code() -> set[str]:
    return {
        node.value
        for file in FOLDER.glob("*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch(r"[a-z_]+\.[a-z_.]+[a-z]", node.value)
        and node.value.startswith(PREFIXES)
    }


def test_every_code_has_a_sentence_and_every_sentence_a_code() -> None:
    assert codes_in_the_code() | COMPUTED == set(sentences.sentences())


def test_computed_codes_are_of_demands_that_there_are() -> None:
    assert {code for code in COMPUTED if code.startswith("demand.")} <= {
        f"demand.{kind}" for kind in DemandKind
    }


def test_a_sentence_is_a_sentence() -> None:
    for code, text in sentences.sentences().items():
        assert text[0].isupper() or text[0] in "{«", code
        assert text.endswith((".", ":")), code
        assert "  " not in text, code
        assert "\n" not in text, code


def test_no_sentence_holds_a_number_of_its_own() -> None:
    texts = sentences.sentences()
    assert [code for code, text in texts.items() if re.search(r"\d", text)] == []


@pytest.mark.parametrize(
    ("minutes", "written"),
    [
        (0, "0\N{NO-BREAK SPACE}t"),
        (1, "1 minutt"),
        (10, "10 minutter"),
        (90, "1,5\N{NO-BREAK SPACE}t"),
    ],
)
def test_less_than_an_hour_is_told_in_minutes(minutes: int, written: str) -> None:
    hours = reasons.reason("demand.at_most", hours=reasons.Length(minutes))

    assert sentences.render(hours) == f"Uka kan høyst være på {written}."


@pytest.mark.parametrize("module", [choosing, costs, problem, reasons, sentences, solve])
def test_examples_in_docstrings_hold(module) -> None:
    assert doctest.testmod(module).failed == 0


def test_the_solver_is_imported_only_when_it_is_needed() -> None:
    """OR-Tools takes time to start, and most who import the planner only check or render."""
    at_the_top = [
        file.name
        for file in FOLDER.glob("*.py")
        for node in ast.parse(file.read_text()).body
        if isinstance(node, ast.Import | ast.ImportFrom) and "ortools" in ast.dump(node)
    ]

    assert at_the_top == []
