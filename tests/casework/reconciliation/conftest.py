from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django_scopes import scope

from innpass.casework.organisations.models import Municipality
from innpass.casework.organisations.services import make_municipality
from tests.casework.reconciliation import importing


@pytest.fixture(autouse=True)
def _on_the_samples_day(settings: Any) -> None:
    settings.INNPASS_TODAY = importing.TODAY


@pytest.fixture
def municipality(db: None) -> Iterator[Municipality]:
    """A municipality whose scope the test runs in."""
    made = make_municipality(name="Lillevik", by=None)
    with scope(municipality=made):
        yield made


@contextmanager
def passing_municipality(blocker: Any) -> Iterator[Municipality]:
    """A municipality that is gone afterwards, for what is imported once and asked about often."""
    before = settings.INNPASS_TODAY
    settings.INNPASS_TODAY = importing.TODAY
    try:
        with blocker.unblock(), transaction.atomic():
            made = make_municipality(name="Lillevik", by=None)
            with scope(municipality=made):
                yield made
            transaction.set_rollback(True)
    finally:
        settings.INNPASS_TODAY = before


@pytest.fixture(scope="session")
def clean_export(django_db_setup: None, django_db_blocker: Any) -> dict[str, Any]:
    """What the clean sample becomes."""
    with passing_municipality(django_db_blocker) as municipality:
        importing.take_in(municipality, importing.sample("clean"))
        return importing.exported(municipality)


@pytest.fixture(scope="session")
def messy_export(django_db_setup: None, django_db_blocker: Any) -> dict[str, Any]:
    """What the messy sample becomes when its files come together."""
    with passing_municipality(django_db_blocker) as municipality:
        importing.take_in(municipality, importing.sample("messy"))
        return importing.exported(municipality)
