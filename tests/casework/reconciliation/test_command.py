"""``innpass import``: its exit codes and its sentences."""

import io
import subprocess
import sys
from contextlib import redirect_stderr
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django_scopes import scope, scopes_disabled

from innpass.casework.accounts.models import User
from innpass.casework.audit.models import AuditEvent
from innpass.casework.imports.models import BatchStatus, ImportBatch, SourceFile, SourceRow
from innpass.casework.organisations.models import Municipality, OrganisationKind
from innpass.casework.organisations.services import employ, make_municipality
from innpass.casework.participants.models import Participant
from innpass.domain.access.roles import Role
from tests.casework.reconciliation import little

pytestmark = pytest.mark.django_db


def run(*arguments: object) -> tuple[int, str, str]:
    """Return the exit code and what was said on both channels."""
    out, err = io.StringIO(), io.StringIO()
    try:
        with redirect_stderr(io.StringIO()):
            call_command("import", *map(str, arguments), stdout=out, stderr=err)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def people() -> list[str]:
    with scopes_disabled():
        return sorted(Participant.objects.values_list("name", flat=True))


@pytest.fixture
def good(tmp_path: Path) -> Path:
    file = tmp_path / "Flyktning.xlsx"
    file.write_bytes(little.refugee())
    return file


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    file = tmp_path / "Ødelagt.xlsx"
    file.write_bytes(b"PK\x03\x04 but then no more")
    return file


# What is read


def test_a_file_that_is_read_ends_with_nothing(good: Path) -> None:
    code, out, err = run(good)

    assert (code, err) == (0, "")
    assert "Flyktning.xlsx: 6 rader lest." in out
    assert "3 nye deltakere ble lagt til, 0 ble endret, 0 er som før." in out
    assert "0 spørsmål må besvares av et menneske." in out
    assert people() == ["Amina Haddad", "Bohdan Kovalenko", "Celine Mukendi"]


def test_the_first_import_makes_the_municipality(good: Path) -> None:
    run(good)

    assert Municipality.objects.get().name == "Min kommune"


def test_the_first_import_makes_the_municipality_of_that_name(good: Path) -> None:
    run("--municipality", "Lillevik", good)

    assert Municipality.objects.get().name == "Lillevik"


def test_a_folder_is_read_without_what_is_no_workbook(good: Path) -> None:
    (good.parent / "notat.txt").write_text("Husk møtet")
    (good.parent / "~$Flyktning.xlsx").write_bytes(b"lock")
    (good.parent / "nav.xlsx").write_bytes(little.nav())

    code, out, _ = run(good.parent)

    assert code == 0
    assert "nav.xlsx: 3 rader lest." in out
    assert "notat" not in out
    assert "~$" not in out


def test_the_second_time_it_says_that_nothing_changes(good: Path) -> None:
    run(good)

    code, out, _ = run(good)

    assert code == 0
    assert "Flyktning.xlsx: Den samme filen er importert før. Den endrer ingenting." in out


def test_one_bad_file_does_not_stop_the_others(good: Path, bad: Path) -> None:
    code, out, _ = run(bad, good)

    assert code == 3
    (sentence,) = [line for line in out.splitlines() if line.startswith("Ødelagt.xlsx: ")]
    assert sentence.endswith(".")
    assert len(people()) == 3


def test_a_missing_file_does_not_stop_the_others(good: Path) -> None:
    code, _, err = run(good, good.parent / "borte.xlsx")

    assert code == 3
    assert "borte.xlsx: filen finnes ikke." in err
    assert len(people()) == 3


def test_one_bad_row_does_not_stop_the_file(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(
        little.refugee(changes={little.BOHDAN: {"Programstart": "når han blir frisk"}})
    )

    code, out, _ = run(file)

    assert code == 0
    assert len(people()) == 3
    assert "1 spørsmål må besvares av et menneske." in out


# What is not


def test_no_file_that_can_be_read_is_two(bad: Path) -> None:
    code, out, _ = run(bad)

    assert code == 2
    assert "Ødelagt.xlsx: " in out
    assert people() == []


@pytest.mark.parametrize("name", ["borte.xlsx", "tom"])
def test_nothing_to_read_is_two_and_makes_nothing(name: str, tmp_path: Path) -> None:
    (tmp_path / "tom").mkdir()

    code, _, err = run(tmp_path / name)

    assert code == 2
    assert "Fant ingen regneark å lese" in err
    assert not Municipality.objects.exists()


def test_a_file_too_large_is_not_read(
    good: Path, bad: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "innpass.casework.reconciliation.management.commands.import.MOST_BYTES", 100
    )

    code, _, err = run(good, bad)

    assert code == 2
    assert "Flyktning.xlsx: filen er større enn 20 MiB og leses ikke." in err


def test_an_unknown_municipality_is_two_and_names_those_there_are(good: Path) -> None:
    make_municipality(name="Lillevik", by=None)

    code, _, err = run("--municipality", "Storvik", good)

    assert code == 2
    assert err.strip() == "Kommunen «Storvik» finnes ikke her. Disse finnes: Lillevik."


def test_among_several_municipalities_one_must_be_named(good: Path) -> None:
    make_municipality(name="Lillevik", by=None)
    make_municipality(name="Storvik", by=None)

    code, _, err = run(good)

    assert code == 2
    assert "--municipality" in err


def test_whose_file_it_is_can_be_said(tmp_path: Path) -> None:
    file = tmp_path / "liste.csv"
    file.write_text("Navn;Fødselsdato\nAmina Haddad;04.05.1990\nBohdan Kovalenko;23.11.1985\n")

    unsaid, out, _ = run(file)
    said, _, _ = run("--body", "learning", file)

    assert (unsaid, said) == (2, 0)
    assert "hvem filen kommer fra" in out
    with scopes_disabled():
        assert set(SourceRow.objects.values_list("owner", flat=True)) == {"learning"}


def test_wrong_usage_is_two() -> None:
    """As a process: inside, Django raises instead of ending."""
    program = Path(sys.executable).parent / "innpass"

    done = subprocess.run(
        [program, "import"],
        env={"DJANGO_SETTINGS_MODULE": "innpass.config.settings.test"},
        capture_output=True,
        check=False,
    )

    assert done.returncode == 2
    with pytest.raises(CommandError):
        call_command("import", "--body", "storting", "x.xlsx")


# Dry run


def test_a_dry_run_of_an_empty_database_leaves_it_empty(good: Path) -> None:
    code, out, _ = run("--dry-run", good)

    assert code == 0
    assert "3 nye deltakere ville blitt lagt til" in out
    assert not Municipality.objects.exists()
    assert not AuditEvent.objects.exists()
    with scopes_disabled():
        assert not ImportBatch.objects.exists()


def test_a_dry_run_keeps_nothing_of_the_files(good: Path) -> None:
    run(good)
    AuditEvent.objects.all().delete()
    good.write_bytes(little.refugee([little.AMINA, little.DARIA]))

    code, out, _ = run("--dry-run", good)

    assert code == 0
    assert "1 nye deltakere ville blitt lagt til" in out
    assert len(people()) == 3
    with scopes_disabled():
        assert SourceFile.objects.count() == 1
        assert ImportBatch.objects.get().status == BatchStatus.APPLIED
    assert set(AuditEvent.objects.values_list("action", flat=True)) == {"command_line"}


def test_what_was_tried_can_be_imported_after(good: Path) -> None:
    run("--dry-run", good)

    code, out, _ = run(good)

    assert code == 0
    assert "3 nye deltakere ble lagt til" in out


# With somebody's eyes


@pytest.fixture
def lillevik() -> Municipality:
    made = make_municipality(name="Lillevik", by=None)
    with scope(municipality=made):
        for name, role in (
            ("odd", Role.NAV_ADVISER),
            ("kari", Role.PROGRAMME_ADVISER),
            ("per", Role.COORDINATOR),
        ):
            employ(
                user=User.objects.create_user(name),
                municipality=made,
                role=role,
                first_day=date(2020, 1, 1),
                by=None,
            )
    return made


def test_the_user_named_is_the_one_who_acted(good: Path, lillevik: Municipality) -> None:
    code, _, _ = run("--as", "kari", good)

    assert code == 0
    kari = User.objects.get(username="kari")
    assert AuditEvent.objects.get(action="apply_import").actor_id == kari.pk
    assert AuditEvent.objects.get(action="command_line").actor_id == kari.pk


@pytest.mark.parametrize("user", ["per", "odd"])
def test_a_user_without_the_right_is_refused_with_a_sentence(
    user: str, good: Path, lillevik: Municipality
) -> None:
    """Per imports nothing; Odd imports Nav's files alone."""
    code, _, err = run("--as", user, good)

    assert code == 2
    assert err.startswith("Du ")
    assert people() == []


@pytest.mark.parametrize("user", ["ukjent", "sigrid", "gone"])
def test_a_user_who_does_not_work_there_is_refused(
    user: str, good: Path, lillevik: Municipality
) -> None:
    other = make_municipality(name="Storvik", by=None)
    with scope(municipality=other):
        employ(
            user=User.objects.create_user("sigrid"),
            municipality=other,
            role=Role.PROGRAMME_ADVISER,
            first_day=date(2020, 1, 1),
            by=None,
            body=OrganisationKind.REFUGEE_DEPARTMENT,
        )
    User.objects.create_user("gone", is_active=False)

    code, _, err = run("--municipality", "Lillevik", "--as", user, good)

    assert code == 2
    assert err.strip() == f"Brukeren «{user}» arbeider ikke i Lillevik."
    assert people() == []


def test_the_operators_run_is_an_event(good: Path) -> None:
    run(good)

    assert AuditEvent.objects.get(action="command_line").actor_id is None
