"""The child's reply as domain values, checked as anything that comes from outside."""

import json
import logging
import re
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from innpass.domain.sheets.workbook import Area, CellContent, Sheet
from innpass.exchange.workbooks import limits
from innpass.exchange.workbooks.ignored import Ignored
from innpass.exchange.workbooks.refusals import CannotRead, Reason

logger = logging.getLogger(__name__)

_ESCAPED = b"\\u"  # JSON escapes control characters, and the child escapes nothing else
_NOT_STORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")

_PLAIN = frozenset({type(None), str, float, bool})

Row = tuple[CellContent, ...]


def decode_reply(reply: bytes) -> tuple[tuple[Sheet, ...], tuple[Ignored, ...]]:
    """Give the sheets in order and what was left out.

    Raises:
        CannotRead: the child refused the file, or its reply is not whole.
    """
    try:
        return _decode(reply)
    except (ValueError, TypeError, KeyError, RecursionError, OverflowError) as error:
        raise CannotRead(Reason.DAMAGED) from error


def _decode(reply: bytes) -> tuple[tuple[Sheet, ...], tuple[Ignored, ...]]:
    sheets: list[Sheet] = []
    about: dict[str, Any] | None = None
    rows: list[Row] = []
    cells = 0
    start = 0
    while start < len(reply):
        end = reply.index(b"\n", start)
        if end - start > limits.MAX_REPLY_LINE_BYTES:
            raise CannotRead(Reason.TOO_MANY_CELLS)
        line = reply[start:end]
        value = json.loads(line, parse_constant=_refuse_constant)
        if _ESCAPED in line:
            value = _storable(value)
        start = end + 1
        if isinstance(value, list):
            # Most cells need no decoding; a call for each would take most of the time.
            rows.append(
                tuple([cell if type(cell) in _PLAIN else _decode_cell(cell) for cell in value])
            )
            cells += len(value)
            if cells > limits.MAX_SPREAD or len(rows) > limits.MAX_ROWS:
                raise CannotRead(Reason.TOO_MANY_CELLS)
            continue
        if "refused" in value:
            raise CannotRead(Reason(value["refused"]))
        if "fault" in value:
            logger.warning("Reading a workbook ended with %.200s", value["fault"])
            raise CannotRead(Reason.DAMAGED)
        if about is not None:
            sheets.append(_sheet(about, rows))
            rows = []
        if "ignored" in value:
            return tuple(sheets), tuple(Ignored(name) for name in value["ignored"])
        about = value
        if len(sheets) >= limits.MAX_SHEETS:
            raise CannotRead(Reason.TOO_MANY_SHEETS)
    raise CannotRead(Reason.DAMAGED)


def _storable(value: Any) -> Any:
    """Take away what no database stores as text: control characters and halves of characters."""
    if isinstance(value, str):
        return _NOT_STORABLE.sub("", value)
    if isinstance(value, list):
        return [_storable(each) for each in value]
    if isinstance(value, dict):
        return {name: _storable(each) for name, each in value.items()}
    return value


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


_READ_TIME: dict[int, Callable[[str], CellContent]] = {
    len("2024-03-12"): date.fromisoformat,
    len("10:30:00"): time.fromisoformat,
}


def _decode_cell(cell: Any) -> CellContent:
    if not isinstance(cell, list):
        raise TypeError(type(cell))
    (text,) = cell
    return _READ_TIME.get(len(text), datetime.fromisoformat)(text)


def _sheet(about: dict[str, Any], rows: list[Row]) -> Sheet:
    name, is_hidden = about["sheet"], about["is_hidden"]
    if not isinstance(name, str) or not isinstance(is_hidden, bool):
        raise TypeError(about)
    last_row = len(rows) - 1
    last_column = max((len(row) for row in rows), default=0) - 1
    return Sheet(
        name=name,
        rows=tuple(rows),
        is_hidden=is_hidden,
        merged=_areas(about["merged"], last_row=last_row, last_column=last_column),
    )


def _areas(merged: list[list[int]], *, last_row: int, last_column: int) -> tuple[Area, ...]:
    """Cut merged areas to the used part of the sheet, so that filling them stays bounded.

    Of areas that overlap, which no program writes, the first counts until as many cells as a
    workbook may have are covered.
    """
    areas: list[Area] = []
    covered = 0
    for top, left, bottom, right in merged:
        area = Area(int(top), int(left), min(int(bottom), last_row), min(int(right), last_column))
        height = area.last_row - area.first_row + 1
        width = area.last_column - area.first_column + 1
        if area.first_row < 0 or area.first_column < 0 or height < 1 or width < 1:
            continue
        covered += height * width
        if covered > limits.MAX_SPREAD or len(areas) >= limits.MAX_MERGED_AREAS:
            break
        if height * width > 1:
            areas.append(area)
    return tuple(areas)
