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
    ("journal_mode", "wal", "lesere må vente på den som skriver"),
    ("synchronous", 2, "et strømbrudd kan ta med seg det som er lagret"),
    ("foreign_keys", 1, "rader kan peke på ingenting"),
    ("secure_delete", 1, "slettede personer kan fortsatt leses i filen"),
    ("temp_store", 2, "personer kan bli liggende i midlertidige filer"),
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
                found.append(Error("Transaksjonene i SQLite er ikke IMMEDIATE.", id="innpass.E001"))
            for name, wanted, otherwise in SQLITE_PRAGMAS:
                (value,) = cursor.execute(f"PRAGMA {name}").fetchone()
                if value != wanted:
                    found.append(
                        Error(
                            f"{name} i SQLite er {value}, ikke {wanted}: {otherwise}.",
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
            "Stilark, skrifttyper og ikoner mangler. Kjør «innpass assets».", id="innpass.W001"
        )
    ]
