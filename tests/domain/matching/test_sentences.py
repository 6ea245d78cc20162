"""Every reason code has its sentence, and the sentence can be filled."""

import ast
import doctest
import re
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given, settings

from innpass.domain import matching
from innpass.domain.matching.problem import Problem
from innpass.domain.matching.reasons import Hours, Names, reason
from innpass.domain.matching.sentences import render, sentences
from innpass.domain.matching.shortlist import for_offer, for_seeker
from innpass.domain.matching.weighing import NEARNESS
from tests.domain.matching.problems import problems

FOLDER = Path(matching.__file__).parent
MODULES = sorted(file.stem for file in FOLDER.glob("*.py") if file.stem != "__init__")
PREFIXES = ("problem.", "limit.", "unknown.", "for.", "against.", "clash.", "without.")
OF_LIMITS = {
    ("_out", "limit"),
    ("_out", "change"),
    ("_unknown", "unknown"),
    ("_unknown", "clarify"),
}


def nodes() -> list[ast.AST]:
    return [node for f in FOLDER.glob("*.py") for node in ast.walk(ast.parse(f.read_text()))]


def codes_in_the_code() -> set[str]:
    written = {
        node.value
        for node in nodes()
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch(r"[a-z_]+\.[a-z_.]+[a-z]", node.value)
        and node.value.startswith(PREFIXES)
    }
    of_limits = {
        f"{prefix}.{code.value}"
        for node in nodes()
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        for name, prefix in OF_LIMITS
        if node.func.id == name
        for code in node.args[1:2]
        if isinstance(code, ast.Constant) and isinstance(code.value, str)
    }
    of_occupations = {
        f"for.{what}_{nearness}"
        for what in ("goal", "experience", "wished_occupation")
        for nearness in NEARNESS
    }
    return written | of_limits | of_occupations | {"for.hires_few", "against.hires_few"}


def test_every_code_has_a_sentence_and_every_sentence_a_code() -> None:
    assert codes_in_the_code() == set(sentences())


def test_a_sentence_is_a_sentence() -> None:
    for code, text in sentences().items():
        assert text[0].isupper() or text[0] == "{", code
        assert text.endswith("."), code
        assert "  " not in text, code
        assert "\n" not in text, code


def test_no_sentence_holds_a_number_of_its_own() -> None:
    assert [code for code, text in sentences().items() if re.search(r"\d", text)] == []


@settings(max_examples=30, deadline=None)
@given(problems())
def test_every_pair_is_explained_in_words(problem: Problem) -> None:
    problem = replace(problem, words={"nord": "Nordbyen", "5321": "helsefagarbeider"})
    lists = [for_seeker(problem, one.key) for one in problem.seekers]
    lists += [for_offer(problem, one.key) for one in problem.offers]

    told = [
        render(one, problem.words)
        for found in lists
        for one in (
            *(point.reason for fit in found.fit for point in fit.reasons),
            *(
                part
                for fit in found.fit
                for why in fit.clarify
                for part in (why.reason, why.change)
            ),
            *(
                part
                for out in found.fallen_out
                for why in out.hindrances
                for part in (why.reason, why.change)
            ),
        )
    ]

    assert not any("{" in text or "nord " in text for text in told)


def test_keys_are_told_by_their_words_and_hours_as_hours() -> None:
    demands = reason("limit.demands", demands=Names(("a", "b", "c")))
    hours = reason("against.hours", given=Hours(60), wanted=Hours(450))

    assert render(demands, {"a": "politiattest", "c": "førerkort"}) == (
        "Krever politiattest, b og førerkort, og det har ikke deltakeren."
    )
    assert render(hours) == "Gir plass til 1 time i uka. Det trengs 7,5 timer."


@pytest.mark.parametrize("module", MODULES)
def test_examples_in_docstrings_hold(module: str) -> None:
    assert doctest.testmod(import_module(f"innpass.domain.matching.{module}")).failed == 0


def test_the_solver_is_imported_only_when_it_is_needed() -> None:
    """OR-Tools takes time to start, and most who import the matching only list or render."""
    at_the_top = [
        file.name
        for file in FOLDER.glob("*.py")
        for node in ast.parse(file.read_text()).body
        if isinstance(node, ast.Import | ast.ImportFrom) and "ortools" in ast.dump(node)
    ]

    assert at_the_top == []
