"""The glossary (docs/glossary.yml) and the code say the same words."""

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.apps import apps
from django.utils.text import camel_case_to_spaces

from innpass.casework.organisations.models import OrganisationKind
from innpass.domain.access.roles import ROLE_NAMES

ROOT = Path(__file__).resolve().parents[2]
GLOSSARY: dict[str, Any] = yaml.safe_load((ROOT / "docs" / "glossary.yml").read_text())
TERMS = GLOSSARY["terms"]
WHERE = {term["where"]: term for term in TERMS if "where" in term}
MODELS = [model for model in apps.get_models() if model.__module__.startswith("innpass.")]


def path_of(thing: Any) -> str:
    return f"{thing.__module__}.{thing.__qualname__}"


def resolve(where: str) -> Any:
    """Return what a dotted path names."""
    parts = where.split(".")
    for length in range(len(parts) - 1, 0, -1):
        try:
            found: Any = import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        for name in parts[length:]:
            found = getattr(found, name)
        return found
    raise LookupError(where)


@pytest.mark.parametrize("where", WHERE)
def test_a_term_is_where_the_glossary_says(where: str) -> None:
    assert resolve(where) is not None


def test_every_term_stands_once_with_a_meaning() -> None:
    names = [term["term"] for term in TERMS]

    assert sorted(names) == sorted(set(names))
    assert [term["term"] for term in TERMS if not term["means"].strip()] == []


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_a_model_is_called_as_in_the_glossary(model: Any) -> None:
    assert path_of(model) in WHERE, "add it to docs/glossary.yml"
    name = str(model._meta.verbose_name)

    # One without a name of its own is never told of on a screen.
    if name != camel_case_to_spaces(model.__name__):
        assert name == WHERE[path_of(model)]["norwegian"][0]


def test_roles_and_bodies_are_called_as_in_the_glossary() -> None:
    said = {path: term["norwegian"][0] for path, term in WHERE.items() if term["norwegian"]}
    roles = {
        f"innpass.domain.access.roles.Role.{role.name}": ROLE_NAMES[role] for role in ROLE_NAMES
    }
    bodies = {
        f"{path_of(OrganisationKind)}.{kind.name}": str(kind.label).lower()
        for kind in OrganisationKind
    }

    assert {path: said.get(path) for path in roles} == roles
    assert {path: said.get(path, "").lower() for path in bodies} == bodies


def identifiers(tree: ast.AST) -> Iterator[str]:
    """Yield the names that the code gives: classes, functions, arguments, variables."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


def words_of(identifier: str) -> set[str]:
    """Return an identifier's words: ``PracticePlace`` and ``practice_place`` are the same two."""
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", identifier)}


def test_no_identifier_uses_another_word_for_a_term() -> None:
    instead = GLOSSARY["instead"]
    found = [
        f"{path.relative_to(ROOT)}: {name}: say {instead[word]}, not {word}"
        for path in sorted((ROOT / "innpass").rglob("*.py"))
        for name in set(identifiers(ast.parse(path.read_text())))
        for word in words_of(name) & instead.keys()
    ]

    assert found == []
    assert set(instead.values()) <= {term["term"] for term in TERMS}
