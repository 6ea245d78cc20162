"""Rows between the domain and the database: identity numbers go into the seal, and nowhere else."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from innpass.casework.imports.models import RowState, SourceRow
from innpass.casework.sealing.queries import token_for
from innpass.domain.deriving.state import KnownRow
from innpass.domain.sheets.fields import FIELDS, FieldType
from innpass.domain.sheets.records import Issue, Owner, Reading, Row, TableKind, Value

SECRET_FIELDS = ("ids.fnr", "ids.dnr", "ids.duf")


def row_id_of(file_id: UUID, row: Row) -> UUID:
    """Return the id of a row of a file: the same whenever the file is read."""
    return uuid5(file_id, f"{row.sheet}\x1f{row.number}")


def key_of(row: Row, row_id: UUID) -> str:
    """Return the key a row has in linking and deriving.

    The place comes first, so that ties are settled alike whatever ids the files got.
    """
    return f"{row.file}|{row.sheet}|{row.number:07}|{row_id}"


def id_of(key: str) -> UUID:
    """Return the row's id from its key."""
    return UUID(key[-36:])


def without_secrets(row: Row, *, municipality_id: UUID) -> tuple[Row, dict[str, str]]:
    """Put blind indexes in the place of identity numbers; return the numbers apart."""
    identity: dict[str, str] = {}
    readings = dict(row.readings)
    for name in SECRET_FIELDS:
        reading = readings.get(name)
        if reading is None or reading.value is None:
            continue
        digits = str(reading.value)
        identity[name] = digits
        readings[name] = replace(
            reading,
            value=token_for(name.partition(".")[2], digits, municipality_id),
            text="",
            possible=(),
        )
    return replace(row, readings=readings), identity


def stored(value: Value) -> Any:
    """Return a value as JSON keeps it: dates as ISO text."""
    return value.isoformat() if isinstance(value, date) else value


def restored(name: str, value: Any) -> Value:
    """Undo ``stored`` for a value of a field."""
    if isinstance(value, str) and _type_of(name) is FieldType.DATE:
        return date.fromisoformat(value)
    return value


def _type_of(name: str) -> FieldType | None:
    if name.startswith("placements."):
        name = f"placement.{name.split('.', 2)[2]}"
    field = FIELDS.get(name)
    return field.type if field else None


def to_json(readings: Mapping[str, Reading]) -> dict[str, dict[str, Any]]:
    """Write readings (without secrets) as ``SourceRow.readings`` keeps them."""
    result = {}
    for name, reading in readings.items():
        cell: dict[str, Any] = {"c": reading.cell}
        value = stored(reading.value)
        if name in SECRET_FIELDS:
            value = None  # the token stands in its own column
        if value is not None:
            cell["v"] = value
        if reading.text and reading.text != value:
            cell["t"] = reading.text
        if reading.issue:
            cell["i"] = reading.issue.value
        if reading.possible:
            cell["p"] = [stored(each) for each in reading.possible]
        if reading.note:
            cell["n"] = reading.note
        result[name] = cell
    return result


def from_json(
    kept: Mapping[str, Mapping[str, Any]], tokens: Mapping[str, str]
) -> dict[str, Reading]:
    """Undo ``to_json``; identity numbers come back as their blind indexes."""
    readings = {}
    for name, cell in kept.items():
        value = tokens.get(name) if name in SECRET_FIELDS else restored(name, cell.get("v"))
        text = cell.get("t", "")
        if not text and name not in SECRET_FIELDS and cell.get("v") is not None:
            text = str(cell["v"])
        readings[name] = Reading(
            field=name,
            cell=cell["c"],
            text=text,
            value=value,
            issue=Issue(cell["i"]) if "i" in cell else None,
            possible=tuple(restored(name, each) for each in cell.get("p", ())),
            note=cell.get("n"),
        )
    return readings


def known_row(source: SourceRow, file_name: str) -> KnownRow:
    """Return a stored row as it was read, as linking and deriving take it."""
    row = Row(
        file=file_name,
        sheet=source.sheet,
        number=source.number,
        owner=Owner(source.owner),
        kind=TableKind(source.kind),
        is_hidden=source.is_hidden,
        readings=from_json(source.readings, source.tokens),
    )
    return KnownRow(key_of(row, source.pk), row, source.state == RowState.GONE)


ROW_COLUMNS = (
    "id",
    "file",
    "sheet",
    "number",
    "owner",
    "kind",
    "is_hidden",
    "state",
    "readings",
    "identity",
    "tokens",
)


def row_values(
    known: KnownRow, *, file_id: UUID, identity: dict[str, str], state: RowState
) -> tuple[Any, ...]:
    """Return the ``ROW_COLUMNS`` of a row that was just read."""
    row = known.row
    return (
        id_of(known.key),
        file_id,
        row.sheet,
        row.number,
        row.owner,
        row.kind,
        row.is_hidden,
        state,
        to_json(row.readings),
        identity or None,
        {name: str(row.value(name)) for name in identity},
    )
