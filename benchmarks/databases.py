"""Running benchmarks on SQLite and PostgreSQL: each size has its own process and database."""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

DATABASES = ("sqlite", "postgresql")
_CHILD = "INNPASS_BENCHMARK_SIZE"


@contextmanager
def _database(kind: str) -> Iterator[str]:
    """Make an empty database that lives as long as the block; yield its URL."""
    if kind == "postgresql":
        from tests.postgresql import throwaway_cluster

        with throwaway_cluster() as url:
            yield url
        return
    with tempfile.TemporaryDirectory(prefix="innpass-benchmark-") as folder:
        yield f"sqlite:///{Path(folder) / 'benchmark.sqlite3'}"


def run(module: str, measure: Callable[[int], None], *, sizes: tuple[int, ...]) -> None:
    """Measure each size on each database; the arguments can narrow both.

    Args:
        module: the module to start again, with Django set up for one database.
        measure: takes a size and prints; called in the started process.
        sizes: numbers of participants.
    """
    if os.environ.get(_CHILD):
        _prepare()
        measure(int(os.environ[_CHILD]))
        return
    parser = argparse.ArgumentParser(prog=f"python -m {module}")
    parser.add_argument("--database", choices=DATABASES, action="append")
    parser.add_argument("--size", type=int, action="append", help="number of participants")
    chosen = parser.parse_args()
    for size in chosen.size or sizes:
        for kind in chosen.database or DATABASES:
            with _database(kind) as url:
                print(f"\n{size} participants, {kind}", flush=True)
                environment = {
                    "DJANGO_SETTINGS_MODULE": "innpass.config.settings.test",
                    "INNPASS_DATABASE_URL": url,
                    "INNPASS_TODAY": "2026-11-16",
                    _CHILD: str(size),
                }
                subprocess.run(
                    [sys.executable, "-m", module], env=os.environ | environment, check=True
                )


def _prepare() -> None:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def analyse() -> None:
    """Let the database gather statistics after a bulk load.

    SQLite as after an import; PostgreSQL at once, as its autovacuum soon would.
    """
    from django.db import connection

    from innpass.casework.organisations.statistics import note_sizes

    note_sizes()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
