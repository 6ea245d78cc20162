"""What the child tells the parent: one JSON value a line.

A list is a row; its cells are ``null``, text, numbers, booleans, or a list of one text: an ISO
date, date and time, or time. An object is a message: a sheet begins, the workbook ends, or the file
is refused. JSON and not pickle, since the child has had a stranger's file in its hands.
"""

import json
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta

from innpass.exchange.workbooks import limits
from innpass.exchange.workbooks.content import Corners
from innpass.exchange.workbooks.ignored import Ignored
from innpass.exchange.workbooks.refusals import CannotRead, Reason

CalamineCell = str | int | float | bool | date | datetime | time | timedelta
WireCell = None | str | float | bool | list[str]

# Durations of a day and more in .ods, which calamine leaves as they are stored.
_ISO_DURATION = re.compile(r"(-?)PT([0-9]{1,6})H([0-9]{2})M[0-9.]{1,12}S")
_to_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode
_LAST_DAY = date.max


def message(**content: object) -> bytes:
    """Encode a message as one line."""
    return _to_json(content).encode() + b"\n"


def sheet_lines(
    *, name: str, is_hidden: bool, merged: Iterable[Corners], rows: Iterable[Sequence[CalamineCell]]
) -> Iterator[bytes]:
    """Encode a sheet: its message, then its rows without the empty ones at the end."""
    yield message(sheet=name, is_hidden=is_hidden, merged=[list(area) for area in merged])
    empty_rows = 0
    for row in rows:
        cells = [encode_cell(cell) for cell in row]
        while cells and cells[-1] is None:
            cells.pop()
        if not cells:
            empty_rows += 1
            continue
        yield b"[]\n" * empty_rows + _to_json(cells).encode() + b"\n"
        empty_rows = 0


def refusal(reason: Reason) -> bytes:
    """Encode that the file is refused."""
    return message(refused=reason.value)


def ending(ignored: Iterable[Ignored]) -> bytes:
    """Encode that all sheets were told, and what was left out."""
    return message(ignored=sorted(reason.value for reason in ignored))


def encode_cell(cell: CalamineCell) -> WireCell:
    """Make a cell plain: midnight is a date, a whole number stays a float, nothing is ``None``."""
    if isinstance(cell, str):
        if len(cell) > limits.MAX_CELL_CHARACTERS:
            raise CannotRead(Reason.CELL_TOO_LONG)
        duration = _ISO_DURATION.fullmatch(cell)
        return f"{duration[1]}{int(duration[2])}:{duration[3]}" if duration else cell or None
    if isinstance(cell, bool):
        return cell
    if isinstance(cell, int | float):
        # .xls keeps whole numbers apart, .xlsx and .ods do not; the same table reads the same.
        return float(cell) if math.isfinite(cell) else None
    if isinstance(cell, datetime):
        return [_without_rounding_error(cell)]
    if isinstance(cell, timedelta):
        return _encode_duration(cell)
    return [cell.isoformat()]


def _without_rounding_error(instant: datetime) -> str:
    """Serial numbers are days in binary fractions: 09:59:59.999 was typed as 10:00."""
    instant = instant.replace(tzinfo=None)
    if instant.microsecond and instant.date() < _LAST_DAY:
        instant = (instant + timedelta(microseconds=500_000)).replace(microsecond=0)
    if instant.time() == time.min:
        return instant.date().isoformat()
    return instant.isoformat()


def _encode_duration(duration: timedelta) -> WireCell:
    """Give a time of day where it can be one, else hours and minutes as the sheet shows them."""
    minutes = round(duration.total_seconds() / 60)
    if 0 <= minutes < 24 * 60:
        return [time(minutes // 60, minutes % 60).isoformat()]
    sign = "-" if minutes < 0 else ""
    return f"{sign}{abs(minutes) // 60}:{abs(minutes) % 60:02}"
