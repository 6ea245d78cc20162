"""The demo municipality, loaded once for each worker and put back for each journey.

Loading it takes more than ten seconds of a processor; putting its pages back takes a fraction of
one. On PostgreSQL, where one journey runs, it is loaded anew.
"""

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection

LOADING = "innpass.demo.management.commands.load_demo"
DAY = date(2026, 6, 30)  # the day of the sheets, which INNPASS_TODAY must be


def put_demo(*, without: tuple[str, ...] = ()) -> None:
    """Fill an empty database with the demo.

    Args:
        without: functions of the command's module that are to do nothing.
    """
    assert settings.INNPASS_TODAY == DAY
    cache.clear()
    kept = Path(settings.INNPASS_TEST_FOLDER) / f"{'-'.join(('demo', *without))}.sqlite3"
    if connection.vendor == "sqlite" and kept.exists():
        _copy(kept, to_live=True)
        return
    with pytest.MonkeyPatch.context() as patch:
        for name in without:
            patch.setattr(f"{LOADING}.{name}", lambda *_, **__: None)
        call_command("load_demo", verbosity=0)
    if connection.vendor == "sqlite":
        _copy(kept, to_live=False)


def _copy(kept: Path, *, to_live: bool) -> None:
    """Copy the whole database; it is the same process's, so its keys open it."""
    connection.ensure_connection()
    with closing(sqlite3.connect(kept)) as file:
        source, target = (file, connection.connection) if to_live else (connection.connection, file)
        source.backup(target)
