"""Every model field of the casework is declared: which personal field it is, or why it is none."""

import pytest
from django.apps import apps

from innpass.casework.organisations.models import MunicipalityModel
from innpass.casework.overview.columns import COLUMN_FIELDS, SEARCH_FIELDS
from innpass.casework.overview.models import OverviewRow
from innpass.casework.reconciliation.cards import ENROLMENT_FIELDS, SCHOOLING_FIELDS
from innpass.domain.access.fields import FIELDS, access_name
from innpass.domain.access.model_fields import declared, undeclared, vanished

EVERY_MODEL = {"id", *(field.name for field in MunicipalityModel._meta.get_fields())}


def model_fields() -> set[str]:
    """Name every field of every model of the casework, but for what all have."""
    return {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("innpass.casework.")
        for field in model._meta.get_fields()
        if field.concrete and not field.auto_created and field.name not in EVERY_MODEL
    }


def test_every_model_field_is_declared() -> None:
    assert undeclared(model_fields()) == []


def test_nothing_is_declared_that_is_not_there() -> None:
    assert vanished(model_fields()) == []


def test_every_personal_field_is_stored_somewhere_or_computed() -> None:
    computed = {
        # Worked out when the page is drawn, from fields that are cut themselves.
        *("status.explanation", "status.missing", "provenance", "history"),
        # Kinds of one column: the kind decides who reads the number.
        *("identifier.dnr", "identifier.duf"),
    }

    assert set(FIELDS) - set(filter(None, declared().values())) <= computed


@pytest.mark.parametrize(
    ("model", "columns"),
    [("programme.Enrolment", ENROLMENT_FIELDS), ("training.Schooling", SCHOOLING_FIELDS)],
)
def test_what_an_import_writes_is_what_the_table_says(model: str, columns: dict[str, str]) -> None:
    """The importer's map and the declarations are two texts of one truth."""
    assert {name: declared()[f"{model}.{name}"] for name in columns} == {
        name: access_name(field) for name, field in columns.items()
    }


NAMES = {field.name for field in OverviewRow._meta.get_fields()}


@pytest.mark.parametrize("column", sorted(NAMES & set(COLUMN_FIELDS)))
def test_a_column_of_the_grid_is_cut_by_the_field_it_holds(column: str) -> None:
    assert declared()[f"overview.OverviewRow.{column}"] in COLUMN_FIELDS[column]


@pytest.mark.parametrize("column", SEARCH_FIELDS)
def test_a_search_looks_in_a_column_only_by_its_own_field(column: str) -> None:
    assert declared()[f"overview.OverviewRow.{column}"] in SEARCH_FIELDS[column]
