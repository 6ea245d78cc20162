"""Reading a workbook of any format into plain values."""

from pathlib import PurePosixPath

from innpass.domain.sheets.workbook import Sheet, Workbook
from innpass.exchange.workbooks import ignored, limits
from innpass.exchange.workbooks.decoding import decode_reply
from innpass.exchange.workbooks.refusals import CannotRead, Reason
from innpass.exchange.workbooks.sandbox import run_child

__all__ = ["CannotRead", "read_workbook"]


def read_workbook(content: bytes, *, file: str) -> Workbook:
    """Read .xlsx, .xlsm, .xls, .ods or delimited text, told apart by content and not by name.

    The file is opened in a process of its own with limits on time and memory; whatever happens
    there, this function answers within 10 seconds.

    Args:
        content: the bytes of the file.
        file: its name, with or without folders; a delimited text file's sheet is named by it.

    Raises:
        CannotRead: the file is refused; the sentence says why and what can be done.
    """
    name = PurePosixPath(file.replace("\\", "/")).name
    if not content:
        raise CannotRead(Reason.EMPTY)
    if len(content) > limits.MAX_FILE_BYTES:
        raise CannotRead(Reason.FILE_TOO_LARGE)
    sheets, left_out = decode_reply(run_child(content))
    if not any(sheet.rows for sheet in sheets):
        raise CannotRead(Reason.EMPTY)
    return Workbook(
        file=name,
        sheets=tuple(_named(sheet, name) for sheet in sheets),
        unread=tuple(ignored.SENTENCES[reason] for reason in left_out),
    )


def _named(sheet: Sheet, file: str) -> Sheet:
    """Name the one sheet of a delimited text file, which has none, by the file."""
    if sheet.name:
        return sheet
    return Sheet(name=PurePosixPath(file).stem, rows=sheet.rows)
