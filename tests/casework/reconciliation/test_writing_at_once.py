"""Eight people write at once, each in a process of its own: no edit is lost, and nobody errs."""

import os
import subprocess
import sys
from ast import literal_eval
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
WRITERS, EDITS = 8, 38


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
