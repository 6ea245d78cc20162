"""The process that opens a stranger's file: it may run out of time or memory, or be killed.

Reads the file from standard input and writes lines (see ``encoding``) to standard output. Run by
``sandbox``; it imports neither Django nor the domain, so that it starts in some 50 milliseconds.
"""

import gc
import io
import os
import resource
import sys
from collections.abc import Iterator

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from innpass.exchange.workbooks import encoding, limits
from innpass.exchange.workbooks.archives import Archive, open_archive
from innpass.exchange.workbooks.content import Checked
from innpass.exchange.workbooks.delimited import read_delimited
from innpass.exchange.workbooks.ignored import Ignored
from innpass.exchange.workbooks.precheck_ods import MEDIA_TYPE, check_ods
from innpass.exchange.workbooks.precheck_xls import check_xls
from innpass.exchange.workbooks.precheck_xlsx import check_xlsx
from innpass.exchange.workbooks.recognising import Kind, recognise
from innpass.exchange.workbooks.refusals import CannotRead, Reason


def main() -> None:
    """Read the file on standard input under limits, and tell its cells or why there are none."""
    limit_this_process()
    # The process ends before its garbage matters, and a million cells are long to look through.
    gc.disable()
    output = sys.stdout.buffer
    output.write(encoding.message(ready=True))
    output.flush()
    try:
        for line in read_lines(sys.stdin.buffer.read(limits.MAX_FILE_BYTES + 1)):
            output.write(line)
    except CannotRead as error:
        output.write(encoding.refusal(error.reason))
    except MemoryError:
        output.write(encoding.refusal(Reason.TOO_MUCH_MEMORY))
    except BaseException as error:
        # A border: whatever a library does with a stranger's bytes, its panic included, which is
        # no Exception. The parent logs where; the message may quote the file and stays here.
        output.write(encoding.message(fault=_place_of(error)))
    output.flush()
    # Nothing is cleaned up: after a panic, even that may fail.
    os._exit(0)


def _place_of(error: BaseException) -> str:
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = f"{place.tb_frame.f_code.co_name}:{place.tb_lineno}" if place else "?"
    return f"{type(error).__name__} in {where}"


def limit_this_process() -> None:
    """Cap memory and processor time; allow no new processes, no files and no core dump."""
    for kind, soft, hard in (
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_FSIZE, 0, 0),
        (resource.RLIMIT_NPROC, 0, 0),
        (resource.RLIMIT_CPU, limits.CPU_SECONDS, limits.CPU_SECONDS + 1),
        (resource.RLIMIT_AS, limits.ADDRESS_SPACE_BYTES, limits.ADDRESS_SPACE_BYTES),
    ):
        allowed = resource.getrlimit(kind)[1]
        if allowed != resource.RLIM_INFINITY:
            soft, hard = min(soft, allowed), min(hard, allowed)
        try:
            resource.setrlimit(kind, (soft, hard))
        except (OSError, ValueError):
            # macOS knows no limit on addresses; the parent's clock still holds there.
            continue


def read_lines(content: bytes) -> Iterator[bytes]:
    """Check and read a file of any kind.

    Yields:
        The lines of every sheet in order, then the ending.

    Raises:
        CannotRead: the file is refused; lines already given are void.
    """
    if len(content) > limits.MAX_FILE_BYTES:
        raise CannotRead(Reason.FILE_TOO_LARGE)
    kind = recognise(content)
    if kind is Kind.TEXT:
        rows = read_delimited(content)
        yield from encoding.sheet_lines(name="", is_hidden=False, merged=(), rows=rows)
        yield encoding.ending(())
        return
    checked = check_xls(content) if kind is Kind.OLE else _check_zip(content)
    del content
    yield from _read_cells(checked)
    yield encoding.ending(checked.ignored)


def _check_zip(content: bytes) -> Checked:
    archive = open_archive(content)
    names = {name.lower() for name in archive.names}
    if "xl/workbook.bin" in names:
        raise CannotRead(Reason.BINARY_WORKBOOK)
    if "xl/workbook.xml" in names:
        return check_xlsx(archive)
    if "content.xml" in names:
        if _media_type(archive) != MEDIA_TYPE:
            raise CannotRead(Reason.DOCUMENT)
        return check_ods(archive)
    if any(name.startswith(("word/", "ppt/", "visio/")) for name in names):
        raise CannotRead(Reason.DOCUMENT)
    raise CannotRead(Reason.DAMAGED if "[content_types].xml" in names else Reason.ARCHIVE)


def _media_type(archive: Archive) -> str:
    """Say what an OpenDocument file says it is; a template is read as the spreadsheet it makes."""
    if "mimetype" not in archive.names:
        return MEDIA_TYPE
    text = archive.read("mimetype").decode("ascii", errors="replace").strip()
    return text.removesuffix("-template")


def _read_cells(checked: Checked) -> Iterator[bytes]:
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(checked.content))
        if len(workbook.sheets_metadata) > limits.MAX_SHEETS:
            raise CannotRead(Reason.TOO_MANY_SHEETS)
        for index, about in enumerate(workbook.sheets_metadata):
            if about.typ == SheetTypeEnum.ChartSheet:
                checked.ignored.add(Ignored.CHARTS)
            if about.typ in (SheetTypeEnum.MacroSheet, SheetTypeEnum.Vba):
                checked.ignored.add(Ignored.MACROS)
            if about.typ != SheetTypeEnum.WorkSheet:
                continue
            sheet = workbook.get_sheet_by_index(index)
            if checked.merged is None:
                merged = [(*first, *last) for first, last in sheet.merged_cell_ranges or ()]
            else:
                merged = checked.merged.get(about.name, [])
            yield from encoding.sheet_lines(
                name=about.name,
                is_hidden=about.visible != SheetVisibleEnum.Visible,
                merged=merged,
                rows=sheet.to_python(skip_empty_area=False),
            )
    except PasswordError as error:
        raise CannotRead(Reason.ENCRYPTED) from error
    except CalamineError as error:
        raise CannotRead(Reason.DAMAGED) from error


if __name__ == "__main__":
    main()
