"""Eight people write at once, each in a process of its own: no edit is lost, and nobody errs."""

import os
import shutil
import subprocess
import sys
from ast import literal_eval
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[3]
WRITERS, EDITS = 8, 38


@pytest.fixture
def database(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """A database of its own of the kind the tests run on, without rows; its address."""
    if connection.vendor == "sqlite":
        shutil.copyfile(request.getfixturevalue("migrated_sqlite"), tmp_path / "writers.sqlite3")
        yield f"sqlite:///{tmp_path / 'writers.sqlite3'}"
        return
    given = {**settings.DATABASES["default"], **connection.get_connection_params()}
    name = f"writers_{uuid4().hex[:8]}"
    server = {key: given[key] for key in ("host", "port", "user", "password") if given.get(key)}
    with psycopg.connect(**server, dbname="postgres", autocommit=True) as postgres:
        postgres.execute(f"CREATE DATABASE {name}")
        address = os.environ["INNPASS_DATABASE_URL"]
        head, _, tail = address.rpartition("/")
        query = f"?{tail.partition('?')[2]}" if "?" in tail else ""
        yield f"{head}/{name}{query}"
        postgres.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.django_db  # not for the tests' database, but to run on each kind
def test_eight_writers_lose_nothing(database: str) -> None:
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "innpass.config.settings.dev",
        "INNPASS_DATABASE_URL": database,
        "INNPASS_TODAY": "2026-06-30",
    }
    command = [sys.executable, "-m", "tests.casework.reconciliation.writers"]
    done = subprocess.run(
        [*command, str(WRITERS), str(EDITS)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )

    assert done.returncode == 0, done.stderr[-2000:]
    told, kept = literal_eval(done.stdout)
    assert told["saved"] == kept == WRITERS * EDITS
    assert set(told) <= {"saved", "changed_meanwhile"}
    assert told["changed_meanwhile"] > 0  # three people, four fields: they did meet
