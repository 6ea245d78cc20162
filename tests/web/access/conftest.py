from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client

from tests.web.access import town as towns
from tests.web.access.town import Town


@pytest.fixture(scope="module")
def _town(django_db_setup: None, django_db_blocker: Any) -> Iterator[Town]:
    """The town, in a transaction that ends with the module."""
    before = settings.INNPASS_TODAY
    settings.INNPASS_TODAY = towns.TODAY
    with django_db_blocker.unblock(), transaction.atomic():
        made = towns.build()
        towns.hide_somebody(made)
        yield made
        transaction.set_rollback(True)
    settings.INNPASS_TODAY = before


@pytest.fixture
def town(_town: Town, db: None) -> Town:
    """The town; what a test does to it is undone."""
    return _town


@pytest.fixture
def client_of(town: Town) -> Any:
    """Return browsers that are signed in as somebody; ``None`` for nobody."""

    def signed_in(user: str | None) -> Client:
        client = Client()
        if user:
            client.force_login(town.users[user])
        return client

    return signed_in
