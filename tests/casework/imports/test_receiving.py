"""Receiving files."""

from collections.abc import Iterator

import pytest
from django_scopes import scope

from innpass.casework.imports.models import SourceFile
from innpass.casework.organisations.models import Municipality
from innpass.casework.organisations.services import make_municipality
from tests.casework.reconciliation.importing import receive


@pytest.fixture
def municipality(db: None) -> Iterator[Municipality]:
    """A municipality whose scope the test runs in."""
    made = make_municipality(name="Lillevik", by=None)
    with scope(municipality=made):
        yield made


def test_a_file_name_is_kept_without_the_identity_number_in_it(municipality: Municipality) -> None:
    receive(municipality, {"plan_138792_17282.xlsx": b"a"})

    assert SourceFile.objects.get().name == "plan •••.xlsx"


def test_a_long_name_is_not_cut_through_a_number(municipality: Municipality) -> None:
    receive(municipality, {f"{'a' * 249}13879217282.xlsx": b"a"})

    assert SourceFile.objects.get().name == f"{'a' * 249}•••.xl"
