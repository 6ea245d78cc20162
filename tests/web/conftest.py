"""Lillevik, for the tests of its screens."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django_scopes import scope

from tests.casework.reconciliation.importing import TODAY
from tests.factories.cast import Town, make_town, populate


@pytest.fixture(autouse=True)
def nothing_in_vain() -> None:
    """Begin without what others asked in vain; it is counted in the cache."""
    cache.clear()


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
def town(populated_town: Town, db: None) -> Iterator[Town]:
    """Lillevik with its staff and three participants; what a test does to it is undone."""
    populated_town.clients.clear()
    with scope(municipality=populated_town.municipality):
        yield populated_town
