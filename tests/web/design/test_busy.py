"""A database that is locked."""

from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from innpass.web.overview import views
from tests.factories.cast import KARI, Town

pytestmark = pytest.mark.django_db


def asked(client: Client, monkeypatch: pytest.MonkeyPatch, fault: str) -> Any:
    def broken(*args: object, **kwargs: object) -> None:
        raise OperationalError(fault)

    monkeypatch.setattr(views, "actor_of", broken)
    return client.get(reverse("overview:overview"))


def test_a_locked_database_gets_a_sentence(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = asked(town.browser(KARI), monkeypatch, "database is locked")

    assert answer.status_code == 503
    assert answer["Retry-After"] == "10"
    assert "vent et halvt minutt og prøv igjen" in answer.content.decode()


def test_other_trouble_is_not_hidden(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(OperationalError, match="no such table"):
        asked(town.browser(KARI), monkeypatch, "no such table: x")
