"""What the screen of a file's columns shows."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Option:
    """One meaning that may be chosen."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """A column. ``name`` is its field in the form, empty where the viewer may not choose.

    ``understood`` is what its words and cells tell; ``chosen`` what the municipality has chosen,
    with when and by whom.
    """

    name: str
    cell: str
    heading: str
    groups: str
    samples: tuple[str, ...]
    note: str
    understood: str
    chosen: str
    chosen_at: datetime | None
    chosen_by: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class TableLines:
    """A table of a sheet with its columns."""

    sheet: str
    about: str
    columns: tuple[ColumnLine, ...]


@dataclass(frozen=True, slots=True)
class ColumnsPage:
    """The page ``mapping/columns.html``. ``problem`` says why nothing can be chosen."""

    pk: UUID
    batch: UUID
    name: str
    body: str
    tables: tuple[TableLines, ...] = ()
    problem: str = ""
    may_choose: bool = True
