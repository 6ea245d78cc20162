"""Rows about one person for tests, by hand."""

from datetime import date
from itertools import count
from typing import Any

from innpass.domain.deriving.state import KnownRow
from innpass.domain.sheets.records import Issue, Owner, Reading, Row, TableKind, Value

_number = count(1)


def unclear(text: str, issue: Issue, *possible: Value) -> Reading:
    """A cell without a single right reading; the field and the cell are filled in by ``row``."""
    return Reading("", "", text, issue=issue, possible=possible)


def row(
    owner: Owner,
    kind: Any = TableKind.PERSON,
    *,
    hidden: Any = False,
    gone: Any = False,
    number: Any = None,
    **cells: Any,
) -> KnownRow:
    """Make a row. ``programme__start`` is the field ``programme.start``.

    The number of the row is the next one when none is given.
    """
    at = next(_number) if number is None else number
    readings = {}
    for place, (name, content) in enumerate(cells.items()):
        field, cell = name.replace("__", "."), f"{chr(65 + place)}{at}"
        if isinstance(content, Reading):
            readings[field] = Reading(
                field, cell, content.text, content.value, content.issue, content.possible
            )
        else:
            shown = f"{content:%d.%m.%Y}" if isinstance(content, date) else str(content)
            readings[field] = Reading(field, cell, shown, content)
    made = Row(f"{owner}.xlsx", kind.value, at, owner, kind, hidden, readings)
    return KnownRow(f"{made.file}|{made.sheet}|{at:07}", made, gone)
