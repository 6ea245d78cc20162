"""What an export's cells held, packed to be sealed, and unpacked when the sheet comes back."""

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from innpass.casework.imports.rows import restored, stored
from innpass.casework.round_trip.layout import Column
from innpass.domain.sheets.records import Value


@dataclass(frozen=True, slots=True)
class KeptCell:
    """What a cell held: as text, and the value of each of its column's fields."""

    text: str = ""
    values: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A row that went out: about whom, its cells by column, and its practice periods by group.

    A period is found again by its row and what its fields are called there.
    """

    participant: UUID
    cells: Mapping[int, KeptCell]
    periods: Mapping[int, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Kept:
    """All of an export: its sheets' names, its columns by number, its rows by key."""

    sheets: tuple[str, ...]
    columns: Mapping[int, Column]
    rows: Mapping[str, KeptRow]

    def cell(self, key: str, column: Column) -> KeptCell:
        """Return what a cell held."""
        found = self.rows[key].cells.get(column.number)
        return found or KeptCell("", (None,) * len(column.fields))


def pack(kept: Kept) -> bytes:
    """Return what ``unpack`` reads."""
    return zlib.compress(
        json.dumps(
            {
                "sheets": kept.sheets,
                "columns": [column.as_json() for column in kept.columns.values()],
                "rows": {key: _row(row) for key, row in kept.rows.items()},
            },
            ensure_ascii=False,
            separators=(",", ":"),
        ).encode()
    )


def unpack(packed: bytes) -> Kept:
    """Undo ``pack``."""
    found = json.loads(zlib.decompress(packed))
    columns = {column.number: column for column in map(Column.from_json, found["columns"])}
    rows = {
        key: KeptRow(
            UUID(person),
            {
                int(number): _cell(columns[int(number)], text, values)
                for number, (text, *values) in cells.items()
            },
            {int(group): (row, prefix) for group, (row, prefix) in periods.items()},
        )
        for key, (person, cells, periods) in found["rows"].items()
    }
    return Kept(tuple(found["sheets"]), columns, rows)


def _row(row: KeptRow) -> list[Any]:
    cells = {
        number: [cell.text, *map(stored, cell.values)]
        for number, cell in row.cells.items()
        if cell.text or any(value is not None for value in cell.values)
    }
    return [str(row.participant), cells, dict(row.periods)]


def _cell(column: Column, text: str, values: Sequence[Any]) -> KeptCell:
    return KeptCell(
        text,
        tuple(restored(name, value) for name, value in zip(column.fields, values, strict=False)),
    )
