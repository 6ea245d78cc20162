"""The check of .xls: an OLE container with a stream of records, from Excel 5 to 2003."""

import io
import struct

import olefile

from innpass.exchange.workbooks import limits
from innpass.exchange.workbooks.content import Checked, Counter
from innpass.exchange.workbooks.ignored import Ignored
from innpass.exchange.workbooks.refusals import CannotRead, Reason

_BIFF5 = 0x0500
_BIFF8 = 0x0600
_SUBSTREAM_SHEET = 0x0010
_GRID_ROWS = 65_536
_GRID_COLUMNS = 256

_BOF = 0x0809
_EOF = 0x000A
_FILEPASS = 0x002F
_BOUNDSHEET = 0x0085
_DIMENSIONS = 0x0200
_MULRK = 0x00BD
_XF = 0x00E0
_SUPBOOK = 0x01AE
_OWN_SUPBOOK = (b"\x01\x04", b"\x01\x3a")
# FORMULA, NUMBER, LABEL, BOOLERR, RK, LABELSST, RSTRING: all begin with row and column.
_FILLED = frozenset({0x0006, 0x0203, 0x0204, 0x0205, 0x027E, 0x00FD, 0x00D6})
_IGNORED_BY_RECORD = {
    0x001C: Ignored.COMMENTS,
    0x1002: Ignored.CHARTS,
}
_OBJ = 0x005D
_IGNORED_BY_OBJECT = {0x05: Ignored.CHARTS, 0x08: Ignored.PICTURES, 0x19: Ignored.COMMENTS}


def check_xls(content: bytes) -> Checked:
    """Check the container and walk through the records.

    Raises:
        CannotRead: another OLE file, a password, a damaged file, or one beyond the limits.
    """
    try:
        container = olefile.OleFileIO(io.BytesIO(content))
    except (OSError, ValueError, struct.error) as error:
        raise CannotRead(Reason.DAMAGED) from error
    with container:
        storages = {path[0].lower() for path in container.listdir(streams=True, storages=True)}
        _check_streams(storages)
        try:
            stream = container.openstream(
                "Workbook" if container.exists("Workbook") else "Book"
            ).read(limits.MAX_FILE_BYTES)
        except OSError as error:
            raise CannotRead(Reason.DAMAGED) from error
    ignored = _check_records(stream)
    if "_vba_project_cur" in storages:
        ignored.add(Ignored.MACROS)
    if any(name.startswith("mbd") for name in storages):
        ignored.add(Ignored.EMBEDDED_OBJECTS)
    return Checked(content=content, ignored=ignored)


def _check_streams(storages: set[str]) -> None:
    if "encryptedpackage" in storages:
        raise CannotRead(Reason.ENCRYPTED)
    if not storages & {"workbook", "book"}:
        is_document = storages & {"worddocument", "powerpoint document"}
        raise CannotRead(Reason.DOCUMENT if is_document else Reason.NOT_A_SPREADSHEET)


def _check_records(stream: bytes) -> set[Ignored]:
    ignored: set[Ignored] = set()
    counter = Counter()
    sheets = 0
    position = 0
    end = len(stream)
    if end < 8 or stream[:2] != b"\x09\x08":
        raise CannotRead(Reason.DAMAGED)
    while position + 4 <= end:
        record, length = struct.unpack_from("<HH", stream, position)
        position += 4
        if position + length > end:
            raise CannotRead(Reason.DAMAGED)
        if record in _FILLED:
            if length < 6:
                raise CannotRead(Reason.DAMAGED)
            row, column = struct.unpack_from("<HH", stream, position)
            counter.add(row=row, column=column)
        elif record == _MULRK:
            _count_several(stream[position : position + length], counter)
        elif record == _BOF:
            _check_start(stream[position : position + length])
        elif record == _EOF:
            counter.end_sheet()
        elif record == _FILEPASS:
            raise CannotRead(Reason.ENCRYPTED)
        elif record == _BOUNDSHEET:
            sheets += 1
        elif record == _DIMENSIONS:
            _check_dimensions(stream[position : position + length])
        elif record in _IGNORED_BY_RECORD:
            ignored.add(_IGNORED_BY_RECORD[record])
        elif record == _OBJ and length >= 6 and stream[position + 4] in _IGNORED_BY_OBJECT:
            ignored.add(_IGNORED_BY_OBJECT[stream[position + 4]])
        elif record == _SUPBOOK and stream[position + 2 : position + 4] not in _OWN_SUPBOOK:
            ignored.add(Ignored.EXTERNAL_LINKS)
        elif record == _XF and length == 20 and stream[position + 17] >> 2:
            ignored.add(Ignored.COLOURS)
        position += length
    if sheets > limits.MAX_SHEETS:
        raise CannotRead(Reason.TOO_MANY_SHEETS)
    return ignored


def _count_several(record: bytes, counter: Counter) -> None:
    if len(record) < 12:
        raise CannotRead(Reason.DAMAGED)
    row, first = struct.unpack_from("<HH", record)
    (last,) = struct.unpack_from("<H", record, len(record) - 2)
    if last < first:
        raise CannotRead(Reason.DAMAGED)
    counter.add(row=row, column=last, times=last - first + 1)


def _check_start(record: bytes) -> None:
    if len(record) < 4:
        raise CannotRead(Reason.DAMAGED)
    (version,) = struct.unpack_from("<H", record)
    if version not in {_BIFF5, _BIFF8}:
        raise CannotRead(Reason.OLD_FORMAT)


def _check_dimensions(record: bytes) -> None:
    """Refuse a declared area outside the grid: memory is reserved by this record."""
    if len(record) >= 14:
        _first_row, end_row, _first_column, end_column = struct.unpack_from("<IIHH", record)
    elif len(record) >= 10:
        _first_row, end_row, _first_column, end_column = struct.unpack_from("<HHHH", record)
    else:
        raise CannotRead(Reason.DAMAGED)
    if end_row > _GRID_ROWS or end_column > _GRID_COLUMNS:
        raise CannotRead(Reason.DAMAGED)
