"""The environment is read, checked, and refused where unsafe."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from innpass.config.environment import UnsafeSettings, database, read_environment
from innpass.config.safety import faults

SAFE = {
    "INNPASS_DATABASE_URL": "postgresql://innpass@db.example.no/innpass",
    "INNPASS_SECRET_KEY": "".join(chr(48 + number) for number in range(60)),
    "INNPASS_KEYS_FILE": "/etc/innpass/keys.json",
    "INNPASS_ALLOWED_HOSTS": "innpass.example.no",
}


def innpass(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the console command with nothing in the environment but ``variables``."""
    program = "from innpass.config.command_line import main; main()"
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", program, *arguments],
        env=kept | variables,
        capture_output=True,
        text=True,
        check=False,
    )


def test_safe_values_have_no_fault() -> None:
    assert faults(read_environment(SAFE)) == []


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("INNPASS_DATABASE_URL", "", "INNPASS_DATABASE_URL is missing"),
        ("INNPASS_SECRET_KEY", "", "INNPASS_SECRET_KEY is missing"),
        ("INNPASS_SECRET_KEY", "secret", "too easy to guess"),
        ("INNPASS_SECRET_KEY", "a" * 80, "too easy to guess"),
        ("INNPASS_KEYS_FILE", "", "INNPASS_KEYS_FILE is missing"),
        ("INNPASS_ALLOWED_HOSTS", "", "INNPASS_ALLOWED_HOSTS is missing"),
        ("INNPASS_ALLOWED_HOSTS", "innpass.example.no,*", "wildcard"),
        ("INNPASS_TODAY", "2026-11-20", "clock"),
        ("INNPASS_TRUSTED_PROXIES", "-1", "negative"),
    ],
)
def test_an_unsafe_value_is_refused_with_a_sentence(name: str, value: str, told: str) -> None:
    (sentence,) = faults(read_environment(SAFE | {name: value}))

    assert told in sentence
    assert sentence.endswith(".")


def test_a_keys_file_open_to_all_is_refused(tmp_path: Path) -> None:
    keys = tmp_path / "keys.json"
    keys.write_text("{}")
    keys.chmod(0o644)

    (sentence,) = faults(read_environment(SAFE | {"INNPASS_KEYS_FILE": str(keys)}))

    assert "chmod 600" in sentence


def test_all_faults_are_told_at_once() -> None:
    assert len(faults(read_environment({}))) == 4


def test_values_of_the_wrong_form_are_told_at_once() -> None:
    wrong = {
        "INNPASS_TODAY": "yesterday",
        "INNPASS_TRUSTED_PROXIES": "many",
        "INNPASS_DATABASE_URL": "oracle://somewhere/innpass",
    }

    with pytest.raises(UnsafeSettings) as caught:
        read_environment(wrong)

    assert [sentence.split()[0] for sentence in caught.value.sentences] == [
        "INNPASS_TODAY",
        "INNPASS_TRUSTED_PROXIES",
        "INNPASS_DATABASE_URL",
    ]


def test_the_clock_can_be_pinned() -> None:
    assert read_environment({"INNPASS_TODAY": "2026-11-20"}).today == date(2026, 11, 20)


def test_sqlite_gets_its_pragmas_and_postgresql_its_health_check() -> None:
    sqlite = database("sqlite:///innpass.sqlite3")
    postgresql = database("postgresql://innpass@%2Frun%2Fpostgresql/innpass")

    assert sqlite["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert postgresql["HOST"] == "/run/postgresql"
    assert postgresql["CONN_HEALTH_CHECKS"] is True


def test_without_an_environment_the_command_says_what_is_missing() -> None:
    done = innpass("check")

    assert done.returncode == 1
    assert "INNPASS_DATABASE_URL is missing" in done.stderr
    assert "INNPASS_SECRET_KEY is missing" in done.stderr
    assert "Traceback" not in done.stderr


def test_settings_that_are_not_there_are_named() -> None:
    done = innpass("check", DJANGO_SETTINGS_MODULE="innpass.config.settings.nowhere")

    assert done.returncode == 1
    assert "innpass.config.settings.nowhere" in done.stderr
    assert "Traceback" not in done.stderr


def test_production_starts_with_safe_values(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'innpass.sqlite3'}"

    done = innpass(
        "check", "--deploy", "--tag", "security", **(SAFE | {"INNPASS_DATABASE_URL": url})
    )

    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout
