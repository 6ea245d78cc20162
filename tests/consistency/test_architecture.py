"""The arrows between the parts point one way."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

ROOT = Path(__file__).resolve().parents[2]


def context_order() -> dict[str, int]:
    """Read the contexts' order from the import contract; a higher number may know a lower one."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    contracts = settings["tool"]["importlinter"]["contracts"]
    (layers,) = [contract["layers"] for contract in contracts if contract["id"] == "context-order"]
    return {
        name.strip(): height
        for height, layer in enumerate(reversed(layers))
        for name in layer.split("|")
    }


def test_import_contracts_hold() -> None:
    program = Path(sys.executable).parent / "lint-imports"

    done = subprocess.run(
        [program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout


def test_every_context_has_its_place_in_the_order() -> None:
    contexts = {
        config.label for config in apps.get_app_configs() if ".casework." in f"{config.name}."
    }

    assert contexts == set(context_order())


def test_relations_follow_the_context_order() -> None:
    """The import linter sees imports only; a foreign key given as text passes it."""
    order = context_order()

    upwards = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model
        if model._meta.app_label in order and field.related_model._meta.app_label in order
        if order[field.related_model._meta.app_label] > order[model._meta.app_label]
    ]

    assert upwards == []


@pytest.mark.django_db
def test_migrations_are_complete() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_each_context_has_one_line_of_migrations() -> None:
    assert MigrationLoader(None).detect_conflicts() == {}
