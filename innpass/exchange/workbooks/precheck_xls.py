"""The check of .xls: an OLE container with a stream of records, from Excel 5 to 2003."""

import io
import struct
from collections.abc import Callable

import olefile

from innpass.exchange.workbooks import limits
from innpass.exchange.workbooks.containers import contain
from innpass.exchange.workbooks.content import Checked, Counter
from innpass.exchange.workbooks.ignored import Ignored
from innpass.exchange.workbooks.refusals import CannotRead, Reason

# Excel 5 and 95, and Excel 97 to 2003.
_VERSIONS = frozenset({0x0500, 0x0600})
_GRID_ROWS = 65_536
_GRID_COLUMNS = 256
# FORMULA, NUMBER, LABEL, BOOLERR, RK, LABELSST, RSTRING: all begin with row and column.
_FILLED = frozenset({0x0006, 0x0203, 0x0204, 0x0205, 0x027E, 0x00FD, 0x00D6})
_FORMAT_BYTES_IN_BIFF8 = 20
_OWN_WORKBOOK_OR_FUNCTIONS = (b"\x01\x04", b"\x01\x3a")
_IGNORED_BY_OBJECT = {0x05: Ignored.CHARTS, 0x08: Ignored.PICTURES, 0x19: Ignored.COMMENTS}


def check_xls(content: bytes) -> Checked:
    """Check the container, walk through the records, and leave all but the records out.

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
        name = "Workbook" if container.exists("Workbook") else "Book"
        try:
            stream = container.openstream(name).read(limits.MAX_FILE_BYTES)
        except OSError as error:
            raise CannotRead(Reason.DAMAGED) from error
    ignored = _check_records(stream)
    if "_vba_project_cur" in storages:
        ignored.add(Ignored.MACROS)
    if any(name.startswith("mbd") for name in storages):
        ignored.add(Ignored.EMBEDDED_OBJECTS)
    return Checked(content=contain(stream, name=name), ignored=ignored)


def _check_streams(storages: set[str]) -> None:
    if "encryptedpackage" in storages:
        raise CannotRead(Reason.ENCRYPTED)
    if not storages & {"workbook", "book"}:
        is_document = storages & {"worddocument", "powerpoint document"}
        raise CannotRead(Reason.DOCUMENT if is_document else Reason.NOT_A_SPREADSHEET)


def _check_records(stream: bytes) -> set[Ignored]:
    if len(stream) < 8 or stream[:2] != b"\x09\x08":
        raise CannotRead(Reason.DAMAGED)
    check = _RecordCheck()
    position = 0
    while position + 4 <= len(stream):
        record, length = struct.unpack_from("<HH", stream, position)
        position += 4
        if position + length > len(stream):
            raise CannotRead(Reason.DAMAGED)
        # Cells are most records by far, so they are counted here and not by a method each.
        if record in _FILLED and length >= 6:
            row, column = struct.unpack_from("<HH", stream, position)
            check.counter.add(row=row, column=column)
        elif record in check.by_record:
            try:
                check.by_record[record](stream[position : position + length])
            except struct.error as error:
                raise CannotRead(Reason.DAMAGED) from error
        position += length
    return check.ignored


class _RecordCheck:
    """Counts cells and sheets, and notes what is not read, record by record."""

    def __init__(self) -> None:
        self.ignored: set[Ignored] = set()
        self.counter = Counter()
        self.sheets = 0
        self.by_record: dict[int, Callable[[bytes], None]] = {
            0x0809: self.begin_stream,
            0x000A: self.end_stream,
            0x002F: self.refuse_password,
            0x0085: self.count_sheet,
            0x0200: self.check_dimensions,
            0x00BD: self.count_row_of_numbers,
            0x00E0: self.note_fill,
            0x01AE: self.note_other_workbook,
            0x005D: self.note_object,
            0x001C: self.note_comment,
            0x1002: self.note_chart,
        }

    def begin_stream(self, record: bytes) -> None:
        (version,) = struct.unpack_from("<H", record)
        if version not in _VERSIONS:
            raise CannotRead(Reason.OLD_FORMAT)

    def end_stream(self, _record: bytes) -> None:
        self.counter.end_sheet()

    def refuse_password(self, _record: bytes) -> None:
        raise CannotRead(Reason.ENCRYPTED)

    def count_sheet(self, _record: bytes) -> None:
        self.sheets += 1
        if self.sheets > limits.MAX_SHEETS:
            raise CannotRead(Reason.TOO_MANY_SHEETS)

    def check_dimensions(self, record: bytes) -> None:
        """Refuse a declared area outside the grid: memory is reserved by this record."""
        form = "<IIHH" if len(record) >= 14 else "<HHHH"
        _first_row, end_row, _first_column, end_column = struct.unpack_from(form, record)
        if end_row > _GRID_ROWS or end_column > _GRID_COLUMNS:
            raise CannotRead(Reason.DAMAGED)

    def count_row_of_numbers(self, record: bytes) -> None:
        row, first = struct.unpack_from("<HH", record)
        (last,) = struct.unpack("<H", record[-2:])
        if last < first:
            raise CannotRead(Reason.DAMAGED)
        self.counter.add(row=row, column=last, times=last - first + 1)

    def note_fill(self, record: bytes) -> None:
        if len(record) == _FORMAT_BYTES_IN_BIFF8 and record[17] >> 2:
            self.ignored.add(Ignored.COLOURS)

    def note_other_workbook(self, record: bytes) -> None:
        if record[2:4] not in _OWN_WORKBOOK_OR_FUNCTIONS:
            self.ignored.add(Ignored.EXTERNAL_LINKS)

    def note_object(self, record: bytes) -> None:
        if len(record) > 4 and record[4] in _IGNORED_BY_OBJECT:
            self.ignored.add(_IGNORED_BY_OBJECT[record[4]])

    def note_comment(self, _record: bytes) -> None:
        self.ignored.add(Ignored.COMMENTS)

    def note_chart(self, _record: bytes) -> None:
        self.ignored.add(Ignored.CHARTS)
