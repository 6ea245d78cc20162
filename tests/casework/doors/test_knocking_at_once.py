"""Eight browsers at one door in a moment: once means once, five wrong codes mean five."""

import os
import subprocess
import sys
from ast import literal_eval
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
BROWSERS = 8


@pytest.mark.django_db  # not for the tests' database, but to run on each kind
def test_a_link_opens_once_and_five_wrong_codes_close_it(database: str) -> None:
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "innpass.config.settings.dev",
        "INNPASS_DATABASE_URL": database,
        "INNPASS_TODAY": "2026-06-30",
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.casework.doors.knocking", str(BROWSERS)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )

    assert done.returncode == 0, done.stderr[-2000:]
    told = literal_eval(done.stdout)
    assert told == {
        "link": {"opened": 1, "nothing": 7},
        "doors": 1,
        "noted": 1,
        "wrong": {"wrong": 4, "shut": 1, "None": 3},
        "shut": (5, "wrong_codes"),
        "right": {"right": 1, "wrong": 3},
        "said": {"True": 8},
        "voices": 1,
    }
