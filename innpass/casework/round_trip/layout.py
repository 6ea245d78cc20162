"""The municipality's own sheet as a form to fill: its sheets, headings and columns, in order."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self

from innpass.casework.imports.choices import mapping_that_holds
from innpass.casework.imports.models import SourceFile
from innpass.domain.sheets.cells import without_identity_numbers
from innpass.domain.sheets.fields import numbered, plain
from innpass.domain.sheets.readable import IDENTITY, PERIOD, FieldColumn, ReadableTable
from innpass.domain.sheets.reading import understand_file
from innpass.domain.sheets.records import Owner, TableKind
from innpass.domain.sheets.workbook import CellContent
from innpass.exchange.workbooks.reading import read_workbook


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the sheet to fill.

    Attributes:
        number: tells it from all other columns of the workbook.
        sheet: the place of its sheet among the sheets.
        group: the heading above it.
        fields: what it supplies, plainly named; two for a period, none where Innpass knows no
            field for it or never writes it (identity numbers).
        period: which of the sheet's practice periods it is about; ``kind`` is that one's kind.
        answers, crosses, family_first: as ``readable.FieldColumn`` (``blank_means_no``).
        is_cut: the one who exported may not read it.
        is_identity: it is for identity numbers.
    """

    number: int
    sheet: int
    heading: str
    group: str = ""
    fields: tuple[str, ...] = ()
    period: int | None = None
    kind: str | None = None
    answers: tuple[str, str] | None = None
    crosses: bool = False
    family_first: bool = False
    is_cut: bool = False
    is_identity: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return what ``from_json`` reads."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """Undo ``as_json``."""
        answers = tuple(kept["answers"]) if kept["answers"] else None
        return cls(**{**kept, "fields": tuple(kept["fields"]), "answers": answers})


@dataclass(frozen=True, slots=True)
class LayoutSheet:
    """A sheet to fill. ``contents`` holds the cells of each row as they came, by the columns."""

    name: str
    title: str
    columns: tuple[Column, ...]
    contents: Mapping[int, Mapping[int, CellContent]]


@dataclass(frozen=True, slots=True)
class Layout:
    """The form, and the names of the sheets that are left out of it."""

    sheets: tuple[LayoutSheet, ...]
    left_out: tuple[str, ...]

    @property
    def columns(self) -> list[Column]:
        """All columns of all sheets."""
        return [column for sheet in self.sheets for column in sheet.columns]


def layout_of(file: SourceFile) -> Layout:
    """Read a kept shared sheet as a form: the first table of persons of each visible sheet.

    Raises:
        CannotRead: the file can no longer be read.
    """
    workbook = read_workbook(bytes(file.content), file=file.name)
    mapping = mapping_that_holds()
    understood = understand_file(workbook, owner=Owner.OVERVIEW, mapping=mapping)
    tables: dict[str, ReadableTable] = {}
    for readable in understood.tables:
        sheet = readable.table.sheet
        if readable.kind is TableKind.PERSON and not sheet.is_hidden:
            tables.setdefault(sheet.name, readable)
    sheets: list[LayoutSheet] = []
    number = 0
    for place, (name, readable) in enumerate(tables.items()):
        columns = _columns(readable, sheet=place, first=number)
        number += len(columns)
        contents = _contents(readable, columns)
        sheets.append(LayoutSheet(name, readable.table.title, columns, contents))
    left_out = tuple(sheet.name for sheet in workbook.sheets if sheet.name not in tables)
    return Layout(tuple(sheets), left_out)


def _columns(readable: ReadableTable, *, sheet: int, first: int) -> tuple[Column, ...]:
    known = {one.column.index: one for one in readable.columns}
    found = []
    for number, column in enumerate(readable.table.columns, first):
        field = known.get(column.index)
        found.append(
            Column(
                number=number,
                sheet=sheet,
                heading=without_identity_numbers(column.heading.text),
                group=without_identity_numbers(column.groups[-1].text if column.groups else ""),
                **(_about(field, readable) if field else {}),
            )
        )
    return tuple(found)


def _about(one: FieldColumn, readable: ReadableTable) -> dict[str, Any]:
    name = plain(one.name)
    kind = None
    if one.group is not None:
        kind, _ = readable.implied.get(numbered("placement.kind", one.group), (None, ""))
    return {
        "fields": _fields(name),
        "period": one.group,
        "kind": kind,
        "answers": one.answers,
        "crosses": one.blank_means_no,
        "family_first": one.family_first,
        "is_identity": name in (IDENTITY, "ids.fnr", "ids.dnr", "ids.duf"),
    }


def _fields(name: str) -> tuple[str, ...]:
    if name in (IDENTITY, "ids.fnr", "ids.dnr", "ids.duf"):
        return ()
    if not name.endswith(PERIOD):
        return (name,)
    base = name.removesuffix(PERIOD)
    if base == "programme":
        return ("programme.start", "programme.planned_end")
    return (f"{base}.first_day", f"{base}.last_day")


def _contents(
    readable: ReadableTable, columns: Sequence[Column]
) -> dict[int, dict[int, CellContent]]:
    places = [column.index for column in readable.table.columns]
    return {
        index + 1: {
            column.number: cells[at]
            for at, column in zip(places, columns, strict=True)
            if at < len(cells)
        }
        for index, cells in readable.table.rows()
    }
