"""A table whose columns are tied to fields."""

from collections.abc import Mapping
from dataclasses import dataclass

from innpass.domain.sheets.fields import numbered
from innpass.domain.sheets.records import TableKind, UnreadColumn
from innpass.domain.sheets.tables import Table, TableColumn

IDENTITY = "identity"
"""Stands for ``ids.fnr`` and ``ids.dnr``: the digits of each cell tell which."""
PERIOD = ".period"
"""Stands for a first and a last day in one column."""


@dataclass(frozen=True, slots=True)
class FieldColumn:
    """A column and the field it supplies; ``group`` numbers a placement in a person's row.

    ``answers`` are the codes that yes and no mean where the heading asks a question;
    ``blank_means_no`` tells a column of crosses, where an empty cell is an answer.
    """

    column: TableColumn
    field: str
    group: int | None = None
    family_first: bool = False
    answers: tuple[str, str] | None = None
    blank_means_no: bool = False

    @property
    def name(self) -> str:
        """The field's name as in ``Row.readings``."""
        return self.field if self.group is None else numbered(self.field, self.group)


@dataclass(frozen=True, slots=True)
class ReadableTable:
    """A table whose columns are understood.

    ``implied`` gives, per field, a code that headings or names imply and the cell that says so;
    the readings appear only in rows where another column of the same group is filled.
    """

    table: Table
    kind: TableKind
    columns: tuple[FieldColumn, ...]
    implied: Mapping[str, tuple[str, str]]
    unread: tuple[UnreadColumn, ...]
