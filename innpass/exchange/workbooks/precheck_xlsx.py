"""The check of .xlsx and .xlsm before calamine sees them."""

import posixpath

from innpass.exchange.workbooks import limits, markup
from innpass.exchange.workbooks.archives import Archive
from innpass.exchange.workbooks.content import Checked, Counter
from innpass.exchange.workbooks.ignored import Ignored
from innpass.exchange.workbooks.refusals import CannotRead, Reason

WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_READ_TYPES = frozenset({"sharedStrings", "styles"})
# A workbook has two fills, none and grey, before anybody colours a cell.
_FILLS_OF_AN_UNCOLOURED_WORKBOOK = 2

_IGNORED_BY_PART: tuple[tuple[str, Ignored], ...] = (
    ("xl/vbaproject", Ignored.MACROS),
    ("xl/macrosheets/", Ignored.MACROS),
    ("xl/externallinks/", Ignored.EXTERNAL_LINKS),
    ("xl/connections", Ignored.CONNECTIONS),
    ("xl/querytables/", Ignored.CONNECTIONS),
    ("xl/embeddings/", Ignored.EMBEDDED_OBJECTS),
    ("xl/activex/", Ignored.EMBEDDED_OBJECTS),
    ("xl/ctrlprops/", Ignored.EMBEDDED_OBJECTS),
    ("xl/media/", Ignored.PICTURES),
    ("xl/charts/", Ignored.CHARTS),
    ("xl/comments", Ignored.COMMENTS),
    ("xl/threadedcomments/", Ignored.COMMENTS),
)


def check_xlsx(archive: Archive) -> Checked:
    """Check the parts that are read, and leave out all others.

    Raises:
        CannotRead: the workbook is damaged, or larger than the limits allow.
    """
    _check_workbook(archive)
    ignored = {
        reason
        for name in archive.names
        for start, reason in _IGNORED_BY_PART
        if name.lower().startswith(start)
    }
    counter = Counter()
    for kind, name in _related_parts(archive):
        if kind == "worksheet":
            ignored |= _check_sheet(archive, name, counter)
        elif kind == "styles":
            ignored |= _check_styles(archive, name)
        elif kind == "sharedStrings":
            markup.parse(markup.create_parser(), archive.unpack(name))
    if "[Content_Types].xml" in archive.names:
        markup.parse(markup.create_parser(), archive.unpack("[Content_Types].xml"))
    if "_rels/.rels" in archive.names:
        markup.parse(markup.create_parser(), archive.unpack("_rels/.rels"))
    return Checked(content=archive.repacked(), ignored=ignored)


def _check_workbook(archive: Archive) -> None:
    if WORKBOOK not in archive.names or _RELATIONS not in archive.names:
        raise CannotRead(Reason.DAMAGED)
    sheets = 0

    def start(name: str, _attributes: dict[str, str]) -> None:
        nonlocal sheets
        if markup.local_name(name) == "sheet":
            sheets += 1
            if sheets > limits.MAX_SHEETS:
                raise CannotRead(Reason.TOO_MANY_SHEETS)

    parser = markup.create_parser()
    parser.StartElementHandler = start
    markup.parse(parser, archive.unpack(WORKBOOK))


def _related_parts(archive: Archive) -> list[tuple[str, str]]:
    """Find the sheets, the shared strings and the styles that the workbook points at."""
    by_lower_name = {name.lower(): name for name in archive.names}
    found: dict[str, str] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if markup.local_name(name) != "Relationship" or attributes.get("TargetMode") == "External":
            return
        kind = attributes.get("Type", "").rpartition("/")[2]
        if kind != "worksheet" and kind not in _READ_TYPES:
            return
        path = posixpath.normpath(posixpath.join("/xl", attributes.get("Target", "")))
        part = by_lower_name.get(path.lstrip("/").lower())
        if part is not None:
            found[part] = kind

    parser = markup.create_parser()
    parser.StartElementHandler = start
    markup.parse(parser, archive.unpack(_RELATIONS))
    return [(kind, part) for part, kind in found.items()]


def _check_styles(archive: Archive, part: str) -> set[Ignored]:
    fills = 0

    def start(name: str, _attributes: dict[str, str]) -> None:
        nonlocal fills
        fills += markup.local_name(name) == "fill"

    parser = markup.create_parser()
    parser.StartElementHandler = start
    markup.parse(parser, archive.unpack(part))
    return {Ignored.COLOURS} if fills > _FILLS_OF_AN_UNCOLOURED_WORKBOOK else set()


class _SheetCheck:
    """Follows the cells of one sheet by their own references; the sheet's <dimension> may lie."""

    def __init__(self, counter: Counter) -> None:
        self.parser = markup.create_parser()
        self.parser.StartElementHandler = self.start
        self.counter = counter
        self.columns: dict[str, int] = {}
        self.row = -1
        self.column = -1
        self.merged = 0
        self.is_open_formula = False
        self.may_be_empty = False
        self.has_uncalculated = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = markup.local_name(name) if ":" in name else name
        if name == "c":
            self.end_formula()
            self.may_be_empty = attributes.get("t") == "str"
            reference = attributes.get("r")
            if reference is None:
                self.column += 1
            else:
                letters = reference.rstrip("0123456789")
                self.column = self.columns.get(letters) or self.number_column(letters)
                self.row = int(reference[len(letters) :] or "0") - 1
        elif name == "v" or name == "is":
            if self.is_open_formula:
                self.await_result()
            self.counter.add(row=self.row, column=self.column)
        elif name == "f":
            self.is_open_formula = True
        elif name == "row":
            self.row = int(attributes["r"]) - 1 if "r" in attributes else self.row + 1
            self.column = -1
        elif name == "mergeCell":
            self.merged += 1
            if self.merged > limits.MAX_MERGED_AREAS:
                raise CannotRead(Reason.TOO_MANY_CELLS)

    def await_result(self) -> None:
        """Wait for text in <v>: a result may be the empty text, but there is no empty number."""
        if self.may_be_empty:
            self.is_open_formula = False
        else:
            self.parser.CharacterDataHandler = self.receive_result

    def receive_result(self, _text: str) -> None:
        self.is_open_formula = False
        self.parser.CharacterDataHandler = None

    def end_formula(self) -> None:
        if self.is_open_formula:
            self.has_uncalculated = True
            self.is_open_formula = False
            self.parser.CharacterDataHandler = None

    def number_column(self, letters: str) -> int:
        if not (letters.isascii() and letters.isalpha()):
            raise CannotRead(Reason.DAMAGED)
        if len(letters) > 3:
            raise CannotRead(Reason.TOO_MANY_COLUMNS)
        number = 0
        for letter in letters.upper():
            number = number * 26 + ord(letter) - ord("A") + 1
        self.columns[letters] = number - 1
        return number - 1


def _check_sheet(archive: Archive, part: str, counter: Counter) -> set[Ignored]:
    check = _SheetCheck(counter)
    try:
        markup.parse(check.parser, archive.unpack(part))
    except ValueError as error:
        raise CannotRead(Reason.DAMAGED) from error
    check.end_formula()
    counter.end_sheet()
    return {Ignored.UNCALCULATED_FORMULAS} if check.has_uncalculated else set()
