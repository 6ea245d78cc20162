"""Text files with delimiters: the encoding and the delimiter are found from the content."""

import codecs
import csv
import io
import itertools
from collections import Counter
from collections.abc import Iterator

from innpass.exchange.workbooks import limits
from innpass.exchange.workbooks.refusals import CannotRead, Reason

# In order of preference when they explain the lines equally well.
_DELIMITERS = (";", "\t", ",", "|")
_SAMPLE_LINES = 200
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Windows, old Macintosh, old DOS with Nordic letters. All signs of Latin-1 are in Windows-1252.
_ONE_BYTE_ENCODINGS = ("cp1252", "mac_roman", "cp865")
_EXPECTED_LETTERS = frozenset("æøåÆØÅéèêëàáäöüÄÖÜÉçčšžđŠŽČñóôíõ–—’“”«»…§°·\u00a0")


def read_delimited(content: bytes) -> list[list[str]]:
    """Read all records; every field stays text, as written.

    Raises:
        CannotRead: the characters cannot be told, the text has no columns, or the table is larger
            than the limits allow.
    """
    text = decode(content)
    delimiter, text = _named_delimiter(text)
    if delimiter is None and not _has_columns(text):
        raise CannotRead(Reason.PLAIN_TEXT)
    csv.field_size_limit(limits.MAX_CELL_CHARACTERS)
    rows: list[list[str]] = []
    cells = 0
    try:
        for row in _records(text, delimiter or find_delimiter(text)):
            rows.append(row)
            cells += len(row)
            if len(rows) > limits.MAX_ROWS:
                raise CannotRead(Reason.TOO_MANY_ROWS)
            if len(row) > limits.MAX_COLUMNS and any(row[limits.MAX_COLUMNS :]):
                raise CannotRead(Reason.TOO_MANY_COLUMNS)
            if cells > limits.MAX_SPREAD:
                raise CannotRead(Reason.TOO_MANY_CELLS)
    except csv.Error as error:
        raise CannotRead(Reason.CELL_TOO_LONG) from error
    return rows


def decode(content: bytes) -> str:
    """Give the text: by byte order mark, else UTF-8 or UTF-16, else the likeliest old encoding."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            try:
                return content.decode(encoding)
            except UnicodeDecodeError as error:
                raise CannotRead(Reason.UNKNOWN_ENCODING) from error
    try:
        if b"\0" in content:
            is_little_endian = content[1::2].count(0) >= content[0::2].count(0)
            return content.decode("utf-16-le" if is_little_endian else "utf-16-be")
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        if b"\0" in content:
            raise CannotRead(Reason.UNKNOWN_ENCODING) from error
    return content.decode(max(_ONE_BYTE_ENCODINGS, key=lambda name: _likelihood(content, name)))


def find_delimiter(text: str) -> str:
    """Find the delimiter that splits most of the first lines into equally many fields."""
    sample = _sample(text)
    scores = {delimiter: _score(sample, delimiter) for delimiter in _DELIMITERS}
    return max(_DELIMITERS, key=lambda delimiter: scores[delimiter])


def _sample(text: str) -> str:
    return "".join(itertools.islice(io.StringIO(text, newline=""), _SAMPLE_LINES))


def _has_columns(text: str) -> bool:
    """Say whether lines are split alike: most of them, or several into three and more.

    A letter or a note has commas too. Above a table there may be as many lines of titles.
    """
    sample = _sample(text)
    for delimiter in _DELIMITERS:
        agreeing, fields = _score(sample, delimiter)
        try:
            lines = sum(1 for row in _records(sample, delimiter) if any(row))
        except csv.Error:
            return True
        if agreeing and (2 * agreeing >= lines or (agreeing > 1 and fields > 2 * agreeing)):
            return True
    return False


def _named_delimiter(text: str) -> tuple[str | None, str]:
    """Excel's own first line, ``sep=;``, names the delimiter and is no row of the table."""
    first_line, _, rest = text.partition("\n")
    first_line = first_line.rstrip("\r")
    if len(first_line) == len("sep=") + 1 and first_line.lower().startswith("sep="):
        return first_line[-1], rest
    return None, text


def _score(sample: str, delimiter: str) -> tuple[int, int]:
    """Count the lines that agree, then their fields: decimal commas are many but less regular."""
    try:
        widths = Counter(len(row) for row in _records(sample, delimiter) if any(row))
    except csv.Error:
        return 0, 0
    return max(
        ((count, width * count) for width, count in widths.items() if width > 1), default=(0, 0)
    )


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _likelihood(content: bytes, encoding: str) -> int:
    """Count expected letters less unexpected signs among the bytes that differ by encoding."""
    score = 0
    for byte, count in Counter(content).items():
        if byte >= 0x80:
            sign = bytes([byte]).decode(encoding, errors="replace")
            score += count if sign in _EXPECTED_LETTERS else -count
    return score
