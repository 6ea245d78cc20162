"""What holds for every test: nothing skipped in CI, each database its own tests."""

import os
import shutil
from collections.abc import Generator, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from innpass.exchange.workbooks import reading
from tests.migrated import migrated_file, migrated_template

# pytest-django's own fixtures that open the database; every fixture of ours that does needs one.
DATABASE = {"db", "transactional_db", "django_db_setup", "live_server"}
IN_CI = os.environ.get("CI", "").lower() in ("1", "true", "yes")


def pytest_configure() -> None:
    """Open each workbook once: what the child says follows from the bytes alone.

    Many tests import the same small workbooks, and starting the child took them an eighth of their
    time. The tests of reading itself start it for each file.
    """
    reading.run_child = lru_cache(maxsize=256)(reading.run_child)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark the journeys; leave out what another run on another database says already.

    That is what is marked for the other database and, on PostgreSQL, what touches no database at
    all: SQLite's run, which has all the rest, has done it.
    """
    on_sqlite = connection.vendor == "sqlite"
    other = "postgresql" if on_sqlite else "sqlite"
    kept: list[pytest.Item] = []
    left_out: list[pytest.Item] = []
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker("journey")
        is_for_us = not item.get_closest_marker(other) and (on_sqlite or _asks_a_database(item))
        (kept if is_for_us else left_out).append(item)
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = kept


def _asks_a_database(item: pytest.Item) -> bool:
    """Say whether a test may ask the database: by its marks, or by any fixture that it needs."""
    needs = set(getattr(item, "fixturenames", ()))
    marks = {mark.name for mark in item.iter_markers()}
    return not needs.isdisjoint(DATABASE) or not marks.isdisjoint({"django_db", "postgresql"})


@pytest.fixture(scope="session")
def migrated_sqlite() -> Path:
    """Return a SQLite file on which every migration has run, to be copied."""
    return migrated_file()


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings: None, request: pytest.FixtureRequest) -> bool:
    """Begin with a copy of a migrated database."""
    if connection.vendor != "sqlite":
        template = migrated_template(os.environ["INNPASS_DATABASE_URL"])
        connection.settings_dict["TEST"]["TEMPLATE"] = template
        return bool(request.config.getvalue("reuse_db"))
    kept = request.getfixturevalue("migrated_sqlite")
    shutil.copyfile(kept, connection.settings_dict["TEST"]["NAME"])
    return True


@pytest.fixture
def database(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """A database of its own of the kind the tests run on, migrated and without rows; its address.

    For programs that a test starts beside itself.
    """
    if connection.vendor == "sqlite":
        file = tmp_path / "own.sqlite3"
        shutil.copyfile(request.getfixturevalue("migrated_sqlite"), file)
        yield f"sqlite:///{file}"
        return
    url = os.environ["INNPASS_DATABASE_URL"]
    name = f"own_{uuid4().hex[:8]}"
    with psycopg.connect(url, autocommit=True) as cluster:
        cluster.execute(f"CREATE DATABASE {name} TEMPLATE {migrated_template(url)}")
        yield urlsplit(url)._replace(path=f"/{name}").geturl()
        cluster.execute(f"DROP DATABASE {name} WITH (FORCE)")


def pytest_unconfigure() -> None:
    """Remove this process's folder; xdist ends its workers without Python's own farewell."""
    shutil.rmtree(settings.INNPASS_TEST_FOLDER, ignore_errors=True)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, Any, Any]:
    """Let a skipped test fail in CI: what is not run is not proven."""
    report = yield
    if IN_CI and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"Skipped, which CI does not allow: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, Any, Any]:
    """Let a module that skips itself fail in CI, too."""
    report = yield
    if IN_CI and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"Skipped, which CI does not allow: {report.longrepr}"
    return report
