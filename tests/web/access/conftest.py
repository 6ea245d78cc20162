from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.utils import timezone

from tests.web.access import town as towns
from tests.web.access.seen import views_of
from tests.web.access.town import STAFF, Town

HERE = Path(__file__).parent


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the tests of this folder after each other, first: they share the town."""
    items.sort(key=lambda item: HERE not in item.path.parents)


@pytest.fixture(scope="package")
def _town(django_db_setup: None, django_db_blocker: Any) -> Iterator[Town]:
    """The town, in a transaction that ends with the folder."""
    before = settings.INNPASS_TODAY
    settings.INNPASS_TODAY = towns.TODAY
    with django_db_blocker.unblock(), transaction.atomic():
        made = towns.build()
        at = timezone.now()
        with transaction.atomic():
            # The twin without the hidden person, at the same minute: pages tell when files came.
            with time_machine.travel(at, tick=False):
                towns.carry_on(made)
            made.seen = {user: views_of(made, user) for user in STAFF}
            transaction.set_rollback(True)
        with time_machine.travel(at, tick=False):
            towns.carry_on(made, towns.HIDDEN)
        for name, user in made.users.items():
            made.browsers[name] = Client()
            made.browsers[name].force_login(user)
        yield made
        transaction.set_rollback(True)
    settings.INNPASS_TODAY = before


@pytest.fixture
def town(_town: Town, db: None) -> Town:
    """The town; what a test does to it is undone, and no address has asked in vain too often."""
    cache.clear()
    return _town


@pytest.fixture
def client_of(town: Town) -> Any:
    """Return browsers that are signed in as somebody; ``None`` for nobody."""

    def signed_in(user: str | None) -> Client:
        client = Client()
        if user:
            client.cookies.update(town.browsers[user].cookies)
        return client

    return signed_in
