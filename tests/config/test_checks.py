"""SQLite's settings are read back, not believed."""

import pytest
from django.db import connection

from innpass.config.checks import sqlite_is_safe, start_faults


@pytest.mark.django_db
def test_the_database_is_as_safe_as_its_settings_say() -> None:
    assert sqlite_is_safe(None, ["default"]) == []


@pytest.mark.django_db
def test_nothing_forbids_the_server_to_start() -> None:
    assert start_faults() == []


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("unsafe", "safe", "told"),
    [
        ("synchronous=NORMAL", "synchronous=FULL", "strømbrudd"),
        ("secure_delete=OFF", "secure_delete=ON", "leses i filen"),
        ("foreign_keys=OFF", "foreign_keys=ON", "peke på ingenting"),
    ],
)
def test_an_unsafe_pragma_is_told(unsafe: str, safe: str, told: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {unsafe}")
        try:
            (found,) = sqlite_is_safe(None, ["default"])
        finally:
            cursor.execute(f"PRAGMA {safe}")

    assert told in found.msg
