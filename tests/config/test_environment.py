"""The environment is read, checked, and refused where unsafe."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from innpass.config.environment import Environment, UnsafeSettings, database, read_environment
from innpass.config.safety import faults

Read = Callable[[dict[str, str]], Environment]

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


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Callable[[dict[str, str]], Environment]:
    """Read an environment that holds the given values and no other of ours."""

    def reading(variables: dict[str, str]) -> Environment:
        for name in [name for name in os.environ if name.startswith("INNPASS_")]:
            monkeypatch.delenv(name)
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        return read_environment()

    return reading


def test_safe_values_have_no_fault(read: Read) -> None:
    assert faults(read(SAFE)) == []


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("INNPASS_DATABASE_URL", "", "INNPASS_DATABASE_URL mangler"),
        ("INNPASS_SECRET_KEY", "", "INNPASS_SECRET_KEY mangler"),
        ("INNPASS_SECRET_KEY", "secret", "for lett å gjette"),
        ("INNPASS_SECRET_KEY", "a" * 80, "for lett å gjette"),
        ("INNPASS_KEYS_FILE", "", "INNPASS_KEYS_FILE mangler"),
        ("INNPASS_ALLOWED_HOSTS", "", "INNPASS_ALLOWED_HOSTS mangler"),
        ("INNPASS_ALLOWED_HOSTS", "innpass.example.no,*", "jokertegn"),
        ("INNPASS_TODAY", "2026-11-20", "Klokken"),
        ("INNPASS_TRUSTED_PROXIES", "-1", "negativ"),
    ],
)
def test_an_unsafe_value_is_refused_with_a_sentence(
    name: str, value: str, told: str, read: Read
) -> None:
    (sentence,) = faults(read(SAFE | {name: value}))

    assert told in sentence
    assert sentence.endswith(".")


def test_all_faults_are_told_at_once(read: Read) -> None:
    assert len(faults(read({}))) == 4


def test_values_of_the_wrong_form_are_told_at_once(read: Read) -> None:
    wrong = {
        "INNPASS_TODAY": "yesterday",
        "INNPASS_TRUSTED_PROXIES": "many",
        "INNPASS_DATABASE_URL": "oracle://somewhere/innpass",
    }

    with pytest.raises(UnsafeSettings) as caught:
        read(wrong)

    assert [sentence.split(" ", 1) for sentence in caught.value.sentences] == [
        ["INNPASS_TODAY", "kan ikke leses. Skriv dagen som ÅÅÅÅ-MM-DD."],
        ["INNPASS_TRUSTED_PROXIES", "kan ikke leses. Skriv et helt tall."],
        [
            "INNPASS_DATABASE_URL",
            "må begynne med sqlite:/// eller postgresql:// og oppgi en database.",
        ],
    ]


def test_the_clock_can_be_pinned(read: Read) -> None:
    assert read({"INNPASS_TODAY": "2026-11-20"}).today == date(2026, 11, 20)


def test_sqlite_gets_its_pragmas_and_postgresql_its_health_check() -> None:
    sqlite = database("sqlite:///innpass.sqlite3")
    postgresql = database("postgresql://innpass@%2Frun%2Fpostgresql/innpass")

    assert sqlite["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert postgresql["HOST"] == "/run/postgresql"
    assert postgresql["CONN_HEALTH_CHECKS"] is True


def test_without_an_environment_the_command_says_what_is_missing() -> None:
    done = innpass("check")

    assert done.returncode == 1
    assert "INNPASS_DATABASE_URL mangler" in done.stderr
    assert "INNPASS_SECRET_KEY mangler" in done.stderr
    assert "Traceback" not in done.stderr


def test_settings_that_are_not_there_are_named() -> None:
    done = innpass("check", DJANGO_SETTINGS_MODULE="innpass.config.settings.nowhere")

    assert done.returncode == 1
    assert "innpass.config.settings.nowhere" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_command_before_migrate_says_what_to_do(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'empty.sqlite3'}"

    done = innpass(
        "status",
        DJANGO_SETTINGS_MODULE="innpass.config.settings.test",
        INNPASS_DATABASE_URL=url,
    )

    assert done.returncode == 1
    assert done.stderr == "Databasen mangler tabeller. Kjør «innpass migrate» først.\n"


def test_a_database_that_does_not_answer_is_told(tmp_path: Path) -> None:
    done = innpass(
        "status",
        DJANGO_SETTINGS_MODULE="innpass.config.settings.test",
        INNPASS_DATABASE_URL=f"sqlite:///{tmp_path / 'nowhere' / 'innpass.sqlite3'}",
    )

    assert done.returncode == 1
    assert done.stderr.startswith("Databasen svarer ikke.")
    assert "Traceback" not in done.stderr


def test_a_reader_that_has_enough_gets_no_traceback() -> None:
    reading, writing = os.pipe()
    os.close(reading)

    with os.fdopen(writing, "w") as closed:
        done = subprocess.run(
            [sys.executable, "-c", "from innpass.config.command_line import main; main()", "help"],
            env=os.environ | {"DJANGO_SETTINGS_MODULE": "innpass.config.settings.test"},
            stdout=closed,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

    assert done.returncode == 1
    assert done.stderr == ""


def test_production_starts_with_safe_values(tmp_path: Path) -> None:
    keys = tmp_path / "keys.json"
    values = SAFE | {
        "INNPASS_DATABASE_URL": f"sqlite:///{tmp_path / 'innpass.sqlite3'}",
        "INNPASS_KEYS_FILE": str(keys),
    }
    created = innpass("create_keys", str(keys), **values)

    done = innpass("check", "--deploy", "--tag", "security", **values)

    assert created.returncode == 0, created.stderr
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_a_gateway_for_messages_that_nobody_knows_is_refused(read: Read) -> None:
    assert read(SAFE).sms_gateway == "none"
    assert read({**SAFE, "INNPASS_SMS_GATEWAY": "file:/srv/sms"}).sms_gateway == "file:/srv/sms"
    with pytest.raises(UnsafeSettings, match="INNPASS_SMS_GATEWAY"):
        read({**SAFE, "INNPASS_SMS_GATEWAY": "pigeon"})


def test_the_gateway_and_its_token_are_stripped_and_checked(read: Read) -> None:
    given = {"INNPASS_SMS_GATEWAY": " https://sms.example.no/\n", "INNPASS_SMS_TOKEN": "abc\n"}
    found = read({**SAFE, **given})

    assert (found.sms_gateway, found.sms_token) == ("https://sms.example.no/", "abc")
    for name, value in (("INNPASS_SMS_GATEWAY", "https://a..b/"), ("INNPASS_SMS_TOKEN", "a\u20ac")):
        with pytest.raises(UnsafeSettings, match=name):
            read({**SAFE, name: value})
