"""The check of .ods: a few bytes may say that a row is repeated two thousand million times."""

import re

from innpass.exchange.workbooks import limits, markup
from innpass.exchange.workbooks.archives import Archive
from innpass.exchange.workbooks.content import Checked, Corners, Counter
from innpass.exchange.workbooks.ignored import Ignored
from innpass.exchange.workbooks.refusals import CannotRead, Reason

MEDIA_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_CONTENT = "content.xml"
_LINE_BREAK = re.compile(rb"<text:line-break\s*/>")
_TAB = re.compile(rb"<text:tab\s*/>")
_MANIFEST = "META-INF/manifest.xml"
# The grid of the largest program. Empty rows and cells are repeated up to it, and no further.
_GRID_ROWS = 1_048_576
_GRID_COLUMNS = 16_384

_IGNORED_BY_PART: tuple[tuple[str, Ignored], ...] = (
    ("basic/", Ignored.MACROS),
    ("scripts/", Ignored.MACROS),
    ("pictures/", Ignored.PICTURES),
    ("object ", Ignored.EMBEDDED_OBJECTS),
)
_IGNORED_BY_ELEMENT = {
    "office:annotation": Ignored.COMMENTS,
    "table:cell-range-source": Ignored.EXTERNAL_LINKS,
    "table:dde-link": Ignored.EXTERNAL_LINKS,
}


def check_ods(archive: Archive) -> Checked:
    """Check the table of cells, and leave all other parts out.

    Raises:
        CannotRead: the file has a password, is damaged, or is larger than the limits allow.
    """
    if _CONTENT not in archive.names:
        raise CannotRead(Reason.DAMAGED)
    if _MANIFEST in archive.names:
        _check_manifest(archive)
    check = _ContentCheck()
    parser = markup.create_parser()
    parser.StartElementHandler = check.start
    parser.EndElementHandler = check.end
    try:
        markup.parse(parser, archive.unpack(_CONTENT))
    except ValueError as error:
        raise CannotRead(Reason.DAMAGED) from error
    check.ignored |= {
        reason
        for name in archive.names
        for start, reason in _IGNORED_BY_PART
        if name.lower().startswith(start)
    }
    # calamine drops these two, which would join the words around them.
    archive.kept[_CONTENT] = _TAB.sub(b"\t", _LINE_BREAK.sub(b"\n", archive.kept[_CONTENT]))
    archive.kept["mimetype"] = MEDIA_TYPE.encode()
    return Checked(content=archive.repacked(), ignored=check.ignored, merged=check.merged)


def _check_manifest(archive: Archive) -> None:
    def start(name: str, _attributes: dict[str, str]) -> None:
        if markup.local_name(name) in {"encryption-data", "encrypted-key"}:
            raise CannotRead(Reason.ENCRYPTED)

    parser = markup.create_parser()
    parser.StartElementHandler = start
    markup.parse(parser, archive.unpack(_MANIFEST))


class _ContentCheck:
    """Follows rows and cells with their repeats; knows the merged areas afterwards."""

    def __init__(self) -> None:
        self.counter = Counter()
        self.ignored: set[Ignored] = set()
        self.merged: dict[str, list[Corners]] = {}
        self.areas: list[Corners] = []
        self.sheets = 0
        self.row = 0
        self.row_repeats = 1
        self.column = 0
        self.last_filled_column = -1
        self.filled = 0
        self.cell_repeats = 1
        self.is_filled = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table:table-cell" or name == "table:covered-table-cell":
            self.start_cell(attributes)
        elif name == "text:p":
            self.is_filled = True
        elif name == "table:table-row":
            self.row_repeats = _repeats(attributes, "table:number-rows-repeated", _GRID_ROWS)
            self.column = self.filled = 0
            self.last_filled_column = -1
        elif name == "table:table":
            self.start_table(attributes)
        elif name == "text:s":
            _repeats(attributes, "text:c", limits.MAX_CELL_CHARACTERS)
        elif name == "style:table-cell-properties":
            if attributes.get("fo:background-color", "transparent") != "transparent":
                self.ignored.add(Ignored.COLOURS)
        elif name in _IGNORED_BY_ELEMENT:
            self.ignored.add(_IGNORED_BY_ELEMENT[name])

    def end(self, name: str) -> None:
        if name == "table:table-cell" or name == "table:covered-table-cell":
            if self.is_filled:
                self.last_filled_column = self.column + self.cell_repeats - 1
                self.filled += self.cell_repeats
            self.column += self.cell_repeats
            self.is_filled = False
        elif name == "table:table-row":
            self.row += self.row_repeats
            if self.filled:
                self.counter.add(
                    row=self.row - 1,
                    column=self.last_filled_column,
                    times=self.filled * self.row_repeats,
                )
        elif name == "table:table":
            self.counter.end_sheet()

    def start_table(self, attributes: dict[str, str]) -> None:
        self.sheets += 1
        if self.sheets > limits.MAX_SHEETS:
            raise CannotRead(Reason.TOO_MANY_SHEETS)
        self.row = 0
        self.areas = self.merged.setdefault(attributes.get("table:name", ""), [])

    def start_cell(self, attributes: dict[str, str]) -> None:
        self.cell_repeats = _repeats(attributes, "table:number-columns-repeated", _GRID_COLUMNS)
        self.is_filled = "office:value-type" in attributes
        rows = _repeats(attributes, "table:number-rows-spanned", _GRID_ROWS)
        columns = _repeats(attributes, "table:number-columns-spanned", _GRID_COLUMNS)
        if rows > 1 or columns > 1:
            if len(self.areas) >= limits.MAX_MERGED_AREAS:
                raise CannotRead(Reason.TOO_MANY_CELLS)
            corner = (self.row + rows - 1, self.column + columns - 1)
            self.areas.append((self.row, self.column, *corner))


def _repeats(attributes: dict[str, str], name: str, most: int) -> int:
    text = attributes.get(name)
    if text is None:
        return 1
    if not (text.isascii() and text.isdigit() and len(text) < 12 and 0 < int(text) <= most):
        raise CannotRead(Reason.UNSAFE)
    return int(text)
