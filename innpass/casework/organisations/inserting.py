"""Storing many rows straight from tuples, where making an object of each costs more than storing.

For imports and for what is computed for everybody at once. Elsewhere use ``bulk_create`` and
``bulk_update``, which writes one long expression with every row in it.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, models

from innpass.casework.organisations.models import Municipality, MunicipalityModel
from innpass.casework.sealing.fields import SealedField

_ROWS_AT_A_TIME = 500
# Values of these types are stored as they are given, on both databases.
_AS_THEY_ARE = frozenset(
    {
        "BooleanField",
        "CharField",
        "FloatField",
        "PositiveIntegerField",
        "PositiveSmallIntegerField",
        "TextField",
    }
)


def insert_values(
    model: type[MunicipalityModel],
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    municipality: Municipality,
) -> None:
    """Insert rows of a municipality's table, several times as fast as ``bulk_create``.

    Sealed fields are sealed for their row. Columns that are not named get the model's default;
    ``auto_now_add`` and the like are not filled in.

    Args:
        model: whose table.
        columns: the fields' names; with ``id`` first, rows bring their own, else they get one.
        rows: values in the order of ``columns``.
        municipality: whose rows they are.
    """
    fields = [model._meta.get_field(name) for name in columns]
    rest = [
        field
        for field in model._meta.concrete_fields
        if field not in fields and field.name not in ("id", "municipality")
    ]
    owner = model._meta.get_field("municipality")
    key = model._meta.get_field("id")
    has_key = fields[:1] == [key]
    fixed = _prepared(owner, municipality.pk), *(_prepared(f, f.get_default()) for f in rest)
    prepare = [_preparer(field) for field in fields[has_key:]]
    id_of = _preparer(key)

    changing = [(place, use) for place, use in enumerate(prepare) if use is not _as_it_is]

    def values() -> Iterable[tuple[Any, ...]]:
        for row in rows:
            pk = row[0] if has_key else uuid4()
            cells = list(row[1:] if has_key else row)
            for place, use in changing:
                cells[place] = use(cells[place], pk)
            yield (id_of(pk, pk), *fixed, *cells)

    _insert(model, [key, owner, *rest, *fields[has_key:]], values())


def update_rows(rows: Sequence[MunicipalityModel], columns: Sequence[str]) -> None:
    """Store some columns of changed rows of one table, many times as fast as ``bulk_update``.

    Versions stay as they are unless ``version`` is among ``columns``.
    """
    if rows:
        model = type(rows[0])
        names = [model._meta.get_field(column).attname for column in columns]  # type: ignore[union-attr]
        values = ((row.pk, *(getattr(row, name) for name in names)) for row in rows)
        update_values(model, columns, values)


def update_values(
    model: type[MunicipalityModel], columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Set some columns of many rows: each the row's id, then the values. Versions stay."""
    fields: list[Any] = [model._meta.get_field(column) for column in columns]
    key: Any = model._meta.get_field("id")
    prepare, id_of = [_preparer(field) for field in fields], _preparer(key)
    name = connection.ops.quote_name
    setting = ", ".join(f"{name(field.column)} = %s" for field in fields)
    statement = (
        f"UPDATE {name(model._meta.db_table)} SET {setting} "  # noqa: S608
        f"WHERE {name(key.column)} = %s"
    )
    remaining = (
        (*(use(value, pk) for use, value in zip(prepare, values, strict=True)), id_of(pk, pk))
        for pk, *values in rows
    )
    with connection.cursor() as cursor:
        while some := list(islice(remaining, _ROWS_AT_A_TIME)):
            cursor.executemany(statement, some)


def _insert(
    model: type[models.Model], fields: Sequence[Any], values: Iterable[tuple[Any, ...]]
) -> None:
    name = connection.ops.quote_name
    table = name(model._meta.db_table)
    columns = ", ".join(name(field.column) for field in fields)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            into = f"COPY {table} ({columns}) FROM STDIN"
            with connection.wrap_database_errors, cursor.copy(into) as copy:
                for row in values:
                    copy.write_row(row)
        else:
            places = ", ".join(["%s"] * len(fields))
            statement = f"INSERT INTO {table} ({columns}) VALUES ({places})"  # noqa: S608
            remaining = iter(values)
            while some := list(islice(remaining, _ROWS_AT_A_TIME)):
                cursor.executemany(statement, some)


def _preparer(field: Any) -> Callable[[Any, UUID], Any]:
    """Return what makes a value fit for the database, given the id of its row."""
    if isinstance(field, SealedField):
        return lambda value, pk: _prepared(field, None if value is None else field.seal(value, pk))
    kind = field.target_field if field.remote_field else field
    if kind.get_internal_type() in _AS_THEY_ARE:
        return _as_it_is
    if kind.get_internal_type() == "DateField":
        if connection.vendor == "postgresql":
            return _as_it_is
        return lambda value, _: None if value is None else value.isoformat()
    if kind.get_internal_type() == "UUIDField":
        if connection.features.has_native_uuid_field:
            return _as_it_is
        return lambda value, _: None if value is None else value.hex
    return lambda value, _: _prepared(field, value)


def _as_it_is(value: Any, _: UUID) -> Any:
    return value


def _prepared(field: Any, value: Any) -> Any:
    return field.get_db_prep_save(value, connection)
