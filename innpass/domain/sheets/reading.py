"""From a workbook to rows about people: the way in to this package."""

from collections import Counter
from dataclasses import dataclass

from innpass.domain.sheets.columns import assign
from innpass.domain.sheets.inference import with_inferred_meanings
from innpass.domain.sheets.kinds import has_identity, kind_of_table, tell_owner
from innpass.domain.sheets.mapping import AUTOMATIC, Mapping, choices_for, form_of
from innpass.domain.sheets.readable import ReadableTable
from innpass.domain.sheets.records import (
    FileReading,
    HeadingCell,
    Owner,
    Row,
    TableKind,
    UnreadColumn,
)
from innpass.domain.sheets.rows import read_rows
from innpass.domain.sheets.sentences import notice
from innpass.domain.sheets.tables import MOST_GROUP_ROWS, Table, find_tables
from innpass.domain.sheets.words import tidy
from innpass.domain.sheets.workbook import Workbook, cell_name


@dataclass(frozen=True, slots=True)
class UnderstoodFile:
    """A file's tables of people, with what each column supplies; none where nobody's they are."""

    owner: Owner | None
    tables: tuple[ReadableTable, ...]
    notices: tuple[str, ...]


def understand_file(
    workbook: Workbook,
    *,
    owner: Owner | None = None,
    mapping: Mapping = AUTOMATIC,
    every: bool = False,
) -> UnderstoodFile:
    """Find the tables of people in a workbook, and which field each of their columns supplies.

    Args:
        workbook: the file's sheets as plain values.
        owner: whose file it is; told by its columns and names when not given.
        mapping: what the municipality has chosen for columns of sheets of this form.
        every: tables of whose columns none tells who the rows are about, too.
    """
    found: list[tuple[Table, TableKind]] = []
    notices: list[str] = []
    for sheet in workbook.sheets:
        understood = [with_inferred_meanings(table) for table in find_tables(sheet)]
        tables = [
            table
            for table in understood
            if every or has_identity(table) or form_of(table) in mapping
        ]
        found += [(table, kind_of_table(table)) for table in tables]
        if not tables:
            if any(content not in (None, "") for cells in sheet.rows for content in cells):
                notices.append(notice("summary_sheet", sheet=sheet.name))
        elif sheet.is_hidden:
            notices.append(notice("hidden_sheet", sheet=sheet.name))
    if not found:
        return UnderstoodFile(owner, (), (*notices, notice("no_tables")))
    told = owner or tell_owner(found, file=workbook.file)
    if told is None:
        return UnderstoodFile(None, (), (*notices, notice("unknown_owner")))
    tables_read = tuple(
        assign(table, kind, owner=told, chosen=choices_for(table, mapping)) for table, kind in found
    )
    return UnderstoodFile(told, tables_read, tuple(notices))


def read_file(
    workbook: Workbook, *, owner: Owner | None = None, mapping: Mapping = AUTOMATIC
) -> FileReading:
    """Read every row about a person in a workbook; the arguments are ``understand_file``'s.

    Returns:
        rows in the order of sheets and rows. ``owner`` is ``None``, and there are no rows, where
        it cannot be told whose file it is.
    """
    understood = understand_file(workbook, owner=owner, mapping=mapping)
    if understood.owner is None or not understood.tables:
        return FileReading(workbook.file, understood.owner, (), (), understood.notices)
    notices = list(understood.notices)
    rows: list[Row] = []
    unread: list[UnreadColumn] = []
    headings: list[HeadingCell] = []
    skipped: Counter[str] = Counter()
    for readable in understood.tables:
        table = readable.table
        read = read_rows(readable, file=workbook.file, owner=understood.owner)
        rows += read.rows
        unread += readable.unread
        headings += _headings(readable)
        skipped[table.sheet.name] += read.skipped
        if not read.rows:
            notices.append(notice("no_rows", sheet=table.sheet.name))
    for name, count in skipped.items():
        if count:
            notices.append(
                notice("skipped_row" if count == 1 else "skipped_rows", sheet=name, count=count)
            )
    return FileReading(
        workbook.file,
        understood.owner,
        tuple(rows),
        tuple(unread),
        tuple(notices),
        tuple(headings),
    )


def _headings(readable: ReadableTable) -> list[HeadingCell]:
    """Return a table's headings, those above several columns too, as they stand in their cells."""
    table = readable.table
    fields = {column.column.index: column.name for column in readable.columns}
    found: dict[tuple[int, int], tuple[str, str | None]] = {}
    for column in table.columns:
        for group in column.groups:
            rows = range(max(0, column.row - MOST_GROUP_ROWS), column.row)
            for row in rows:
                text = _text_at(table, row, group.first_column)
                if tidy(text) == group.text:
                    found[row, group.first_column] = (text, None)
        text = _text_at(table, column.row, column.index) or column.heading.text
        found[column.row, column.index] = (text, fields.get(column.index))
    return [
        HeadingCell(table.sheet.name, cell_name(row, column), *found[row, column])
        for row, column in sorted(found)
    ]


def _text_at(table: Table, row: int, column: int) -> str:
    cells = table.sheet.rows[row]
    content = cells[column] if column < len(cells) else None
    return content if isinstance(content, str) else ""
