"""From a workbook to rows about people: the way in to this package."""

from collections import Counter

from innpass.domain.sheets.columns import assign
from innpass.domain.sheets.inference import with_inferred_meanings
from innpass.domain.sheets.kinds import has_identity, kind_of_table, tell_owner
from innpass.domain.sheets.records import FileReading, Owner, Row, TableKind, UnreadColumn
from innpass.domain.sheets.rows import read_rows
from innpass.domain.sheets.sentences import notice
from innpass.domain.sheets.tables import Table, find_tables
from innpass.domain.sheets.workbook import Workbook


def read_file(workbook: Workbook, *, owner: Owner | None = None) -> FileReading:
    """Read every row about a person in a workbook.

    Args:
        workbook: the file's sheets as plain values.
        owner: whose file it is; told by its columns and names when not given.

    Returns:
        rows in the order of sheets and rows. ``owner`` is ``None``, and there are no rows, where
        it cannot be told whose file it is.
    """
    found: list[tuple[Table, TableKind]] = []
    notices: list[str] = []
    for sheet in workbook.sheets:
        understood = [with_inferred_meanings(table) for table in find_tables(sheet)]
        tables = [table for table in understood if has_identity(table)]
        found += [(table, kind_of_table(table)) for table in tables]
        if not tables:
            if any(content not in (None, "") for cells in sheet.rows for content in cells):
                notices.append(notice("summary_sheet", sheet=sheet.name))
        elif sheet.is_hidden:
            notices.append(notice("hidden_sheet", sheet=sheet.name))
    if not found:
        return FileReading(workbook.file, owner, (), (), (*notices, notice("no_tables")))
    told = owner or tell_owner(found, file=workbook.file)
    if told is None:
        return FileReading(workbook.file, None, (), (), (*notices, notice("unknown_owner")))
    rows: list[Row] = []
    unread: list[UnreadColumn] = []
    skipped: Counter[str] = Counter()
    for table, kind in found:
        readable = assign(table, kind, owner=told)
        read = read_rows(readable, file=workbook.file, owner=told)
        rows += read.rows
        unread += readable.unread
        skipped[table.sheet.name] += read.skipped
        if not read.rows:
            notices.append(notice("no_rows", sheet=table.sheet.name))
    for name, count in skipped.items():
        if count:
            notices.append(
                notice("skipped_row" if count == 1 else "skipped_rows", sheet=name, count=count)
            )
    return FileReading(workbook.file, told, tuple(rows), tuple(unread), tuple(notices))
