"""What holds for every test: nothing skipped in CI, each database its own tests."""

import os
import shutil
from collections.abc import Generator
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

IN_CI = os.environ.get("CI", "").lower() in ("1", "true", "yes")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark the journeys; leave out what is marked for the other database."""
    other = "postgresql" if connection.vendor == "sqlite" else "sqlite"
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker("journey")
    left_out = [item for item in items if item.get_closest_marker(other)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


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
