from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection

from innpass.casework.sealing import services
from innpass.casework.sealing.models import KeyCanary
from innpass.exchange.sealing.keyring import create_key_file
from tests.casework.sealing.models import MODELS


@pytest.fixture(autouse=True)
def keys_file(tmp_path: Path, settings: Any, request: pytest.FixtureRequest) -> Path:
    """Give each test keys of its own; the flush after a transactional test needs the suite's."""
    marker = request.node.get_closest_marker("django_db")
    if marker and marker.kwargs.get("transaction"):
        return Path(settings.INNPASS_KEYS_FILE)
    path = tmp_path / "keys.json"
    create_key_file(path)
    settings.INNPASS_KEYS_FILE = path
    return path


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Add the tables of this folder's models to the test database, once."""
    with django_db_blocker.unblock():
        there = connection.introspection.table_names()
        with connection.schema_editor() as editor:
            for model in MODELS:
                if model._meta.db_table not in there:
                    editor.create_model(model)


@pytest.fixture(autouse=True)
def _only_our_models(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "apps", SimpleNamespace(get_models=lambda **kwargs: MODELS))


@pytest.fixture
def canary(db: None) -> KeyCanary:
    """Replace the canary of the test database by one sealed with this test's keys."""
    KeyCanary.objects.all().delete()
    services.make_canary()
    return KeyCanary.objects.get()
