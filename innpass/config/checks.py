"""System checks: what must hold before Innpass serves anyone."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core import checks
from django.core.checks import CheckMessage, Error
from django.db import connections

# Name of the pragma, what it must read back as, and why (1 is on, 2 is full or memory).
SQLITE_PRAGMAS = (
    ("journal_mode", "wal", "readers would wait for writers"),
    ("synchronous", 2, "a power cut could lose what was acknowledged"),
    ("foreign_keys", 1, "rows could point at nothing"),
    ("secure_delete", 1, "deleted persons would stay readable in the file"),
    ("temp_store", 2, "persons could be left in temporary files"),
)


def sqlite_is_safe(
    app_configs: object, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Read SQLite's settings back from the connection; say which are not as they must be."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        if connection.vendor != "sqlite":
            continue
        with connection.cursor() as cursor:
            if connection.transaction_mode != "IMMEDIATE":  # type: ignore[attr-defined]
                found.append(Error("SQLite transactions are not IMMEDIATE.", id="innpass.E001"))
            for name, wanted, otherwise in SQLITE_PRAGMAS:
                (value,) = cursor.execute(f"PRAGMA {name}").fetchone()
                if value != wanted:
                    found.append(
                        Error(
                            f"SQLite's {name} is {value}, not {wanted}: {otherwise}.",
                            id="innpass.E002",
                        )
                    )
    return found


def start_faults() -> list[str]:
    """Run every check, also those that ask the database; return the sentences that forbid a start.

    Commands run the checks by themselves; the server must ask.
    """
    found = checks.run_checks(databases=list(connections))
    return [str(message.msg) for message in found if message.is_serious(checks.ERROR)]


def assets_are_there(app_configs: object, **kwargs: Any) -> list[CheckMessage]:
    """Warn when the style sheets and fonts have not been fetched."""
    if finders.find("vendor/manifest.json") or (settings.STATIC_ROOT / "vendor").is_dir():
        return []
    return [
        checks.Warning(
            "Style sheets, fonts and icons are missing: run 'innpass assets'.", id="innpass.W001"
        )
    ]
