"""Lillevik with its staff, and a kindergarten that takes participants."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django_scopes import scope

from tests.casework.agreements.placing import Placing, placing_in
from tests.casework.employers.conftest import staffed, the_map
from tests.casework.reconciliation.importing import TODAY
from tests.factories.cast import Town, make_town, populate

__all__ = ["staffed", "the_map"]


@pytest.fixture(scope="module")
def populated_town(django_db_setup: None, django_db_blocker: Any) -> Iterator[Town]:
    """Lillevik, imported once, in a transaction that ends with the module."""
    before = settings.INNPASS_TODAY
    settings.INNPASS_TODAY = TODAY
    with django_db_blocker.unblock(), transaction.atomic():
        yield populate(make_town())
        transaction.set_rollback(True)
    settings.INNPASS_TODAY = before


@pytest.fixture
def here(populated_town: Town, db: None) -> Iterator[Placing]:
    with scope(municipality=populated_town.municipality):
        yield placing_in(populated_town)
