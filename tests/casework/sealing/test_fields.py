import copy
import pickle
import uuid
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.apps.registry import Apps
from django.core import serializers
from django.core.exceptions import FieldError
from django.db import DatabaseError, IntegrityError, connection, models
from django.db.migrations.writer import MigrationWriter
from django.db.models import F, Value
from django.db.models.functions import Concat, Upper
from django.db.transaction import atomic
from django.forms import modelform_factory

from innpass.casework.sealing import keys
from innpass.casework.sealing.fields import (
    Sealed,
    SealedBinaryField,
    SealedField,
    SealedJSONField,
    SealedTextField,
    UnsealedValue,
)
from innpass.casework.sealing.models import KeyCanary
from innpass.casework.sealing.queries import open_value, sealed_fields, token_for
from innpass.exchange.sealing.keyring import KeyFileProblem, create_key_file
from innpass.exchange.sealing.sealing import CannotUnseal
from tests.casework.sealing.models import Person, Renamed

NUMBER = "01020312345"
OTHER = "05060712345"

pytestmark = pytest.mark.django_db


def stored(row: models.Model, column: str = "number") -> Any:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {column} FROM {row._meta.db_table} WHERE id = %s",
            [row._meta.pk.get_db_prep_value(row.pk, connection)],
        )
        value = cursor.fetchone()[0]
    return bytes(value) if isinstance(value, memoryview) else value


def is_loaded_sealed(row: models.Model, name: str) -> bool:
    return isinstance(row.__dict__[name], Sealed)


# There and back


@pytest.mark.parametrize("number", [NUMBER, "", "æøå Олександр 🙂", "s1.a1.AAAA", "x" * 100_000])
def test_text_comes_back_and_is_not_in_the_database(number: str) -> None:
    row = Person.objects.create(number=number)

    assert Person.objects.get(pk=row.pk).number == number
    assert stored(row).startswith("s1.")
    assert number == "" or number not in stored(row)


@pytest.mark.parametrize("needs", [{"a": [1, None, "å"]}, [], {}, "", 0, False, [{"fnr": NUMBER}]])
def test_json_comes_back_and_is_not_in_the_database(needs: Any) -> None:
    row = Person.objects.create(needs=needs)

    assert Person.objects.get(pk=row.pk).needs == needs
    assert NUMBER not in stored(row, "needs")


def test_json_takes_dates_as_text_and_refuses_the_rest_without_showing_it() -> None:
    row = Person.objects.create(needs={"on": date(2026, 1, 1)})

    assert Person.objects.get(pk=row.pk).needs == {"on": "2026-01-01"}
    with pytest.raises(UnsealedValue, match="takes what JSON can hold"):
        Person.objects.create(needs={1, 2})


@pytest.mark.parametrize("content", [b"", NUMBER.encode(), bytearray(b"x"), memoryview(b"y")])
def test_bytes_come_back_and_are_not_in_the_database(content: Any) -> None:
    row = Person.objects.create(file=content)

    assert Person.objects.get(pk=row.pk).file == bytes(content)
    assert stored(row, "file").startswith(b"s1.")
    assert NUMBER.encode() not in stored(row, "file")


def test_nothing_stays_null() -> None:
    row = Person.objects.create()

    fresh = Person.objects.get(number__isnull=True)

    assert (fresh.pk, fresh.number, fresh.needs, fresh.file) == (row.pk, None, None, None)
    assert stored(row) is None


@pytest.mark.parametrize("value", [{"number": 1}, {"number": b"1"}, {"file": "text"}])
def test_the_wrong_type_is_refused(value: dict[str, Any]) -> None:
    with pytest.raises(UnsealedValue, match=r"takes (text|bytes)"):
        Person.objects.create(**value)


def test_a_value_stays_sealed_until_it_is_asked_for() -> None:
    Person.objects.create(number=NUMBER, name="A")

    row = Person.objects.get()

    assert is_loaded_sealed(row, "number")
    assert NUMBER not in repr(row.__dict__)
    assert row.number == NUMBER
    assert not is_loaded_sealed(row, "number")


def test_a_change_is_stored_and_another_save_keeps_what_was_not_looked_at() -> None:
    row = Person.objects.create(number=NUMBER, needs={"a": 1})
    row = Person.objects.get()
    row.number = OTHER
    row.needs["b"] = 2
    row.save()
    row = Person.objects.get()
    sealed = stored(row)
    row.name = "Ny"
    row.save()

    fresh = Person.objects.get()

    assert (fresh.name, fresh.number, fresh.needs) == ("Ny", OTHER, {"a": 1, "b": 2})
    assert stored(fresh) == sealed


def test_a_deferred_value_is_read_when_asked_for_and_never_lost() -> None:
    Person.objects.create(number=NUMBER)

    assert Person.objects.defer("number").get().number == NUMBER
    row = Person.objects.only("name").get()
    row.save(update_fields=["number"])

    assert Person.objects.get().number == NUMBER


def test_a_row_read_again_from_the_database_is_as_stored() -> None:
    row = Person.objects.create(number=NUMBER)
    Person.objects.filter(pk=row.pk).update(
        number=Person._meta.get_field("number").seal(OTHER, row.pk)
    )

    row.refresh_from_db()

    assert row.number == OTHER


def test_bulk_create_seals_each_for_its_row() -> None:
    rows = [Person(number=f"{n:011}", needs={"n": n}) for n in range(50)]
    Person.objects.bulk_create(rows, batch_size=20)

    fresh = {row.pk: row.number for row in Person.objects.all()}

    assert fresh == {row.pk: row.number for row in rows}


# What may not reach the database


def test_update_with_a_plain_value_is_refused_without_showing_it() -> None:
    row = Person.objects.create(number=NUMBER)

    with pytest.raises(UnsealedValue, match="was about to be stored") as error, atomic():
        Person.objects.update(number=OTHER)

    assert OTHER not in str(error.value)
    assert Person.objects.get(pk=row.pk).number == NUMBER


@pytest.mark.parametrize("field", ["number", "needs", "file"])
def test_bulk_update_with_a_plain_value_is_refused(field: str) -> None:
    values = {"number": NUMBER, "needs": {"a": 1}, "file": b"abc"}
    row = Person.objects.create(**values)

    with pytest.raises(UnsealedValue), atomic():
        Person.objects.bulk_update([row], [field])

    assert getattr(Person.objects.get(), field) == values[field]


def test_bulk_update_of_the_other_fields_works() -> None:
    row = Person.objects.create(number=NUMBER)
    row.name = "Ny"

    Person.objects.bulk_update([row], ["name"])

    assert (Person.objects.get().name, Person.objects.get().number) == ("Ny", NUMBER)


@pytest.mark.parametrize("field", ["number", "needs", "file"])
@pytest.mark.parametrize(
    "expression",
    [
        Value(NUMBER),
        F("name"),
        Upper("name"),
        Concat(F("name"), Value("1")),
        Value(NUMBER.encode()),
    ],
    ids=str,
)
def test_what_goes_past_python_is_refused_by_the_database(field: str, expression: Any) -> None:
    row = Person.objects.create(name=NUMBER)

    with pytest.raises(DatabaseError), atomic():  # by the guard, or by the column's type
        Person.objects.update(**{field: expression})

    assert stored(row, field) is None


def test_raw_sql_with_a_plain_value_is_refused_by_the_database() -> None:
    Person.objects.create(number=NUMBER)

    with pytest.raises(IntegrityError), atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {Person._meta.db_table} SET number = %s", [OTHER])


@pytest.mark.parametrize("value", [Value(NUMBER), F("name")])
def test_an_expression_on_a_row_is_refused(value: Any) -> None:
    with pytest.raises(UnsealedValue):
        Person.objects.create(number=value)
    with pytest.raises(UnsealedValue):
        Person.objects.bulk_create([Person(number=value)])


def test_a_raw_save_as_by_loaddata_is_refused() -> None:
    with pytest.raises(UnsealedValue):
        Person(number=NUMBER).save_base(raw=True)


@pytest.mark.parametrize("row", [None, 7, "x"])
def test_nothing_is_sealed_before_the_row_has_its_id(row: Any) -> None:
    with pytest.raises(UnsealedValue, match="before the row has its UUID"):
        Person._meta.get_field("number").seal(NUMBER, row)


# Bound to the row


def test_ciphertext_moved_to_another_row_is_not_opened() -> None:
    mine, theirs = Person.objects.create(number=NUMBER), Person.objects.create(number=OTHER)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {Person._meta.db_table} SET number = %s", [stored(theirs)])

    with pytest.raises(CannotUnseal, match="flyttet fra en annen rad"):
        _ = Person.objects.get(pk=mine.pk).number


def test_a_copied_row_is_not_stored_with_the_sealed_value_of_the_first() -> None:
    row = Person.objects.create(number=NUMBER)
    row = Person.objects.get()
    row.pk = uuid.uuid4()
    row._state.adding = True

    with pytest.raises(CannotUnseal), atomic():
        row.save()

    assert Person.objects.count() == 1


def test_a_copied_row_whose_value_was_opened_is_sealed_for_itself() -> None:
    row = Person.objects.create(number=NUMBER)
    row.pk = uuid.uuid4()
    row._state.adding = True
    row.save()

    assert [each.number for each in Person.objects.all()] == [NUMBER, NUMBER]


def test_a_renamed_field_opens_what_was_sealed_under_its_old_name() -> None:
    row = Person.objects.create(number=NUMBER)
    renamed = Renamed(pk=row.pk, fnr=Person.objects.get().__dict__["number"])
    renamed.save()

    assert Renamed.objects.get().fnr == NUMBER


def test_values_are_sealed_and_opened_by_name() -> None:
    row = Person.objects.create(number=NUMBER)

    (pk, sealed), (_, nothing) = (
        Person.objects.values_list("pk", "number")[0],
        Person.objects.values_list("pk", "needs")[0],
    )

    assert (repr(sealed), str(sealed)) == ("<forseglet>", "<forseglet>")
    assert open_value(Person, "number", pk, sealed) == NUMBER
    assert open_value(Person, "needs", pk, nothing) is None
    with pytest.raises(CannotUnseal):
        open_value(Person, "number", uuid.uuid4(), sealed)
    with pytest.raises(TypeError, match="is not sealed"):
        open_value(Person, "name", row.pk, sealed)


def test_sealed_values_are_equal_when_stored_alike() -> None:
    assert Sealed("s1.a") == Sealed("s1.a")
    assert Sealed("s1.a") != Sealed("s1.b")
    assert Sealed("s1.a") != "s1.a"
    assert len({Sealed("s1.a"), Sealed("s1.a")}) == 1


def test_rows_can_be_pickled_and_copied_sealed() -> None:
    made = KeyCanary.objects.create(sealed=NUMBER)
    row = KeyCanary.objects.get(pk=made.pk)

    kept = pickle.dumps(row)

    assert NUMBER.encode() not in kept
    assert pickle.loads(kept).sealed == NUMBER
    assert copy.deepcopy(row).sealed == NUMBER


# Searching, and ways out


@pytest.mark.parametrize(
    "lookup",
    [
        {"number": NUMBER},
        {"number": None},
        {"number__in": [NUMBER]},
        {"number__startswith": "0"},
        {"number__gt": "0"},
        {"needs__a": 1},
        {"needs__a__b": 1},
        {"file": b"x"},
    ],
    ids=str,
)
def test_searching_a_sealed_field_raises(lookup: dict[str, Any]) -> None:
    with pytest.raises(FieldError, match="is sealed and cannot be searched"):
        Person.objects.filter(**lookup)
    with pytest.raises(FieldError, match="is sealed and cannot be searched"):
        Person.objects.exclude(**lookup)


def test_rows_can_be_found_by_a_token_instead() -> None:
    tenant = uuid.uuid4()

    assert token_for("duf", "2010 12345678", tenant) == token_for("duf", "201012345678", tenant)
    with pytest.raises(ValueError, match="digits only"):
        token_for("duf", "ukjent", tenant)


@pytest.mark.parametrize("kind", ["json", "python", "xml"])
def test_serializers_write_no_plain_value(kind: str) -> None:
    row = Person.objects.create(needs=7)

    with pytest.raises(UnsealedValue):
        serializers.serialize(kind, [row])


def test_a_form_has_no_field_for_it() -> None:
    assert list(modelform_factory(Person, fields=["name", "number"])().fields) == ["name"]


# The field in its model


def test_migrations_can_write_the_field_down() -> None:
    field = SealedTextField(null=True, bound_as="a.b.c")

    _, path, args, kwargs = field.deconstruct()
    written, _ = MigrationWriter.serialize(field)

    assert path == "innpass.casework.sealing.fields.SealedTextField"
    assert (args, kwargs) == ([], {"null": True, "bound_as": "a.b.c"})
    assert "bound_as='a.b.c'" in written
    assert SealedBinaryField().deconstruct()[3] == {}


def make_model(**fields: models.Field) -> type[models.Model]:
    body = {"__module__": __name__, "Meta": type("Meta", (), {"apps": Apps(), "app_label": "t"})}
    return type("Trial", (models.Model,), body | fields)


def test_a_model_must_have_a_uuid_as_key() -> None:
    model = make_model(number=SealedTextField(), id=models.AutoField(primary_key=True))

    assert [found.id for found in sealed_fields(model)[0].check()] == ["sealing.E101"]


def test_a_key_that_is_another_models_uuid_will_do() -> None:
    model = make_model(
        number=SealedTextField(),
        person=models.OneToOneField(Person, models.CASCADE, primary_key=True),
    )

    assert sealed_fields(model)[0].check() == []


@pytest.mark.parametrize("wrong", [{"unique": True}, {"db_index": True}, {"db_default": "x"}])
def test_index_uniqueness_and_database_default_are_refused(wrong: dict[str, Any]) -> None:
    model = make_model(id=models.UUIDField(primary_key=True), number=SealedTextField(**wrong))

    found = [each.id for each in sealed_fields(model)[0].check(databases=["default"])]

    assert "sealing.E102" in found


def test_the_sealed_fields_of_a_model_are_known() -> None:
    assert [field.name for field in sealed_fields(Person)] == ["number", "needs", "file"]


def test_the_base_seals_nothing_itself() -> None:
    with pytest.raises(NotImplementedError):
        SealedField()._sealed("x", b"")
    with pytest.raises(NotImplementedError):
        SealedField()._opened("x", b"")


@pytest.mark.django_db(transaction=True)
def test_the_guard_is_there_when_a_column_is_added_later() -> None:
    model = make_model(id=models.UUIDField(primary_key=True, default=uuid.uuid4))
    late = {
        "late": SealedTextField(null=True),
        "late_json": SealedJSONField(null=True),
        "late_file": SealedBinaryField(null=True),
    }
    with connection.schema_editor() as editor:
        editor.create_model(model)
        for name, field in late.items():
            field.set_attributes_from_name(name)
            field.model = model
            editor.add_field(model, field)
    try:
        for name, plain in (("late", "1"), ("late_json", "1"), ("late_file", b"1")):
            with pytest.raises(IntegrityError), connection.cursor() as cursor:
                cursor.execute(
                    f"INSERT INTO {model._meta.db_table} (id, {name}) VALUES (%s, %s)",
                    [uuid.uuid4().hex, plain],
                )
    finally:
        with connection.schema_editor() as editor:
            editor.delete_model(model)


# The key file while Innpass runs


def test_the_key_file_is_read_once_and_again_when_it_changes(
    keys_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = keys.keyring()

    assert keys.keyring() is first
    keys_file.unlink()
    create_key_file(keys_file)
    assert keys.keyring().current != first.current


def test_a_key_file_that_vanishes_or_opens_up_is_told(keys_file: Path, settings: Any) -> None:
    keys_file.chmod(0o644)
    with pytest.raises(KeyFileProblem, match="chmod 600"):
        keys.keyring()
    settings.DEBUG = True
    assert keys.keyring()
    keys_file.unlink()
    with pytest.raises(KeyFileProblem, match="finnes ikke"):
        keys.keyring()
    settings.INNPASS_KEYS_FILE = None
    with pytest.raises(KeyFileProblem, match="INNPASS_KEYS_FILE er ikke satt"):
        keys.keyring()
