import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps as django_apps
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection

from innpass.casework.sealing import apps, services
from innpass.casework.sealing.checks import key_file_can_be_used, keys_open_the_database
from innpass.casework.sealing.models import KeyCanary
from innpass.casework.sealing.services import keys_problem, make_canary
from innpass.exchange.sealing.keyring import add_data_key, create_key_file, read_keyring
from tests.casework.sealing.models import Person, Renamed

pytestmark = pytest.mark.django_db


def numbers() -> dict[Any, str]:
    return {row.pk: row.number for row in Person.objects.all()}


def key_ids(column: str = "number") -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {Person._meta.db_table}")
        values = [bytes(v) if isinstance(v, memoryview) else v for (v,) in cursor.fetchall()]
    texts = [v.decode("latin-1") if isinstance(v, bytes) else v for v in values if v]
    return {text.split(".")[1] for text in texts}


def swap(keys_file: Path, **changes: Any) -> None:
    content = json.loads(keys_file.read_text())
    keys_file.unlink()
    create_key_file(keys_file)
    other = json.loads(keys_file.read_text())
    keys_file.write_text(json.dumps(content | {name: other[name] for name in changes}))


def rotate(*arguments: str) -> str:
    out = StringIO()
    call_command("rotate_keys", *arguments, stdout=out, stderr=out)
    return out.getvalue()


# The canary and the checks


def test_the_right_keys_are_no_problem(canary: KeyCanary) -> None:
    make_canary()

    assert keys_problem() is None
    assert str(KeyCanary.objects.get()) == str(canary.pk)
    assert run_checks(databases=["default"], tags=["database", "security"]) == []


def test_a_new_database_has_no_canary_and_no_problem(canary: KeyCanary) -> None:
    canary.delete()

    assert keys_problem() is None


def test_another_key_file_is_told(canary: KeyCanary, keys_file: Path) -> None:
    keys_file.unlink()
    create_key_file(keys_file)

    problem = keys_problem()

    assert problem is not None
    assert "hører ikke til denne databasen: dataene" in problem
    assert [found.id for found in keys_open_the_database(None, databases=["default"])] == [
        "sealing.E003"
    ]


def test_another_index_key_is_told(canary: KeyCanary, keys_file: Path) -> None:
    swap(keys_file, index_key=True)

    assert "hører ikke til denne databasen: søketegnene" in (keys_problem() or "")


def test_a_missing_key_file_is_told_in_one_sentence(keys_file: Path, settings: Any) -> None:
    keys_file.unlink()

    assert "finnes ikke" in (keys_problem() or "")
    assert [found.id for found in key_file_can_be_used(None)] == ["sealing.E001"]
    assert keys_open_the_database(None, databases=["default"]) == []
    settings.INNPASS_KEYS_FILE = ""
    assert "er ikke satt" in key_file_can_be_used(None)[0].msg


def test_a_key_file_open_to_others_is_an_error_but_a_warning_when_developing(
    keys_file: Path, settings: Any
) -> None:
    keys_file.chmod(0o644)

    assert [found.id for found in key_file_can_be_used(None)] == ["sealing.E002"]
    settings.DEBUG = True
    assert [found.id for found in key_file_can_be_used(None)] == ["sealing.W002"]


def test_the_database_is_asked_only_when_told_and_when_it_has_tables(
    canary: KeyCanary, keys_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys_file.unlink()
    create_key_file(keys_file)

    assert keys_open_the_database(None) == []
    monkeypatch.setattr(connection.introspection, "table_names", list)
    assert keys_open_the_database(None, databases=["default"]) == []


def test_a_database_that_is_away_has_no_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> list[str]:
        raise DatabaseError

    monkeypatch.setattr(connection.introspection, "table_names", away)

    assert not services.tables_are_there()
    with pytest.raises(CommandError, match="Databasen svarer ikke"):
        rotate()


def test_the_canary_is_made_after_migrations_when_it_can_be(
    canary: KeyCanary, monkeypatch: pytest.MonkeyPatch
) -> None:
    canary.delete()
    with monkeypatch.context() as patch:
        patch.setattr(services, "tables_are_there", lambda: False)
        apps.make_canary_after_migrations()
    assert not KeyCanary.objects.exists()

    apps.make_canary_after_migrations()

    assert KeyCanary.objects.exists()


def test_migrating_without_a_key_file_makes_no_canary(canary: KeyCanary, keys_file: Path) -> None:
    canary.delete()
    keys_file.unlink()

    apps.make_canary_after_migrations()

    assert not KeyCanary.objects.exists()


# Commands


def test_create_keys_makes_a_file_and_says_what_to_do(tmp_path: Path) -> None:
    out = StringIO()

    call_command("create_keys", str(tmp_path / "new.json"), stdout=out)

    assert read_keyring(tmp_path / "new.json", refuse_open_file=True)
    assert "ta en kopi" in out.getvalue()
    with pytest.raises(CommandError, match="blir ikke overskrevet"):
        call_command("create_keys", str(tmp_path / "new.json"))


def test_rotating_seals_every_field_of_every_row_anew(
    canary: KeyCanary, keys_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "_BATCH", 7)
    rows = [Person(number=f"{n:011}", needs={"n": n}, file=b"f%d" % n) for n in range(20)]
    Person.objects.bulk_create([*rows, Person()])
    before = numbers()

    told = rotate("--new-key")

    current = read_keyring(keys_file).current
    assert key_ids("number") == key_ids("needs") == key_ids("file") == {current}
    assert numbers() == before
    assert {(row.needs or {}).get("n") for row in Person.objects.all()} == {None, *range(20)}
    assert "sealed_trial.Person.number: 20 forseglet på nytt" in told
    assert f"Ny datanøkkel {current}" in told
    assert "Søkenøkkelen er den samme" in told


def test_rotating_twice_does_nothing_the_second_time(canary: KeyCanary) -> None:
    Person.objects.create(number="1")
    rotate("--new-key")

    assert "sealed_trial.Person.number: 0 forseglet på nytt" in rotate()


def test_a_rotation_that_was_stopped_goes_on_where_it_was(
    canary: KeyCanary, keys_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "_BATCH", 5)
    Person.objects.bulk_create(Person(number=str(n)) for n in range(12))
    add_data_key(keys_file)

    def stop(counts: services.Resealed) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        services.reseal_all(report=stop)

    assert len(key_ids()) == 2
    assert "sealed_trial.Person.number: 7 forseglet på nytt" in rotate()
    assert len(key_ids()) == 1


def test_what_others_change_meanwhile_is_theirs(
    canary: KeyCanary, keys_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = Person.objects.create(number="1")
    Person.objects.create(number="2")
    replace = services._replace

    def change_first(*args: Any) -> int:
        other = Person.objects.get(pk=row.pk)
        other.number = "3"
        other.save()
        return replace(*args)

    monkeypatch.setattr(services, "_replace", change_first)

    told = rotate("--new-key")

    assert numbers()[row.pk] == "3"
    assert key_ids() == {read_keyring(keys_file).current}
    assert "1 ble endret av andre imens" in told


def test_what_cannot_be_opened_stays_and_is_told(canary: KeyCanary) -> None:
    a, b = Person.objects.create(number="1"), Person.objects.create(number="2")
    field = Person._meta.get_field("number")
    Person.objects.filter(pk=a.pk).update(number=field.seal("9", b.pk))

    with pytest.raises(CommandError, match=r"Person\.number: 1\)"):
        rotate("--new-key")

    assert Person.objects.get(pk=b.pk).number == "2"
    assert len(key_ids()) == 2


def test_tables_that_are_not_there_yet_are_left_out(
    canary: KeyCanary, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [Person._meta.db_table, KeyCanary._meta.db_table]
    monkeypatch.setattr(connection.introspection, "table_names", lambda: names)

    assert not any(Renamed._meta.label in counts.name for counts in services.reseal_all())


def test_rotation_refuses_a_foreign_key_file_and_one_it_cannot_replace(
    canary: KeyCanary, keys_file: Path
) -> None:
    busy = keys_file.with_name(keys_file.name + ".new")
    busy.touch()
    with pytest.raises(CommandError, match="finnes allerede"):
        rotate("--new-key")
    busy.unlink()
    keys_file.unlink()
    create_key_file(keys_file)

    with pytest.raises(CommandError, match="hører ikke til denne databasen"):
        rotate("--new-key")


def test_progress_is_shown_at_a_terminal(
    canary: KeyCanary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "_BATCH", 2)
    Person.objects.bulk_create(Person(number=str(n)) for n in range(3))
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)

    told = rotate("--new-key")

    assert "sealed_trial.Person.number: 2 av 3" in told
    assert "sealed_trial.Person.number: 3 av 3" in told


def test_the_canary_is_rotated_like_everything_else(
    canary: KeyCanary, keys_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "apps", django_apps)

    rotate("--new-key")

    sealed = KeyCanary.objects.get().__dict__["sealed"]
    assert sealed.stored.startswith(f"s1.{read_keyring(keys_file).current}.")
    assert keys_problem() is None


def test_compare_and_set_replaces_nothing_when_there_is_nothing() -> None:
    field = Person._meta.get_field("number")

    assert services._replace(Person, field, []) == 0
