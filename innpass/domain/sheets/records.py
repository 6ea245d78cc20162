"""Rows about people as read from a sheet, with the place and the reading of every cell.

These types are the border between reading (``sheets``), linking, and what casework stores.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

Value = str | int | float | bool | date | None


class Owner(StrEnum):
    """Whose file a row comes from.

    ``OVERVIEW`` is the shared sheet that nobody owns, ``HAND`` what people enter in Innpass.
    """

    REFUGEE = "refugee"
    NAV = "nav"
    LEARNING = "learning"
    OVERVIEW = "overview"
    HAND = "hand"


class TableKind(StrEnum):
    """What one row of a table is about."""

    PERSON = "person"
    PLACEMENT = "placement"
    ACTIVITY = "activity"
    LEAVE = "leave"
    TEST = "test"
    ABSENCE = "absence"
    DECISION = "decision"


class Issue(StrEnum):
    """Why a cell has no single right reading. Its sentence stands in ``sentences.yml``."""

    DATE_WITHOUT_YEAR = "date_without_year"
    MONTH_ONLY = "month_only"
    WEEK_ONLY = "week_only"
    UNCERTAIN = "uncertain"  # "?", "avklares"
    NOTE = "note"  # free text where a date or number is expected
    IMPOSSIBLE_DATE = "impossible_date"
    AMBIGUOUS_DATE = "ambiguous_date"
    UNKNOWN_WORD = "unknown_word"  # a code word that is not understood
    BAD_NUMBER = "bad_number"
    TOO_LONG = "too_long"  # more than any name or value of its kind
    BAD_IDENTITY_NUMBER = "bad_identity_number"


@dataclass(frozen=True, slots=True)
class Reading:
    """One cell as it was read.

    Attributes:
        field: the meaning, from ``fields.py``, such as ``programme.start``.
        cell: the cell's name, such as ``Q8``.
        text: what stood there, as a person would have seen it; empty for identity numbers, which
            appear in no text (see ``value``).
        value: the only right reading, or ``None``. Identity numbers are 11 or 12 digits as text.
        issue: why there is no single right reading; ``None`` when ``value`` is it.
        possible: the readings that could be meant, most likely first; may be empty.
        note: what was done to read it (a code such as ``leading_zero_restored``), or ``None``.
        set_aside: the values of other sources that a human knew and put aside when entering this
            one; only for what is entered by hand.
    """

    field: str
    cell: str
    text: str
    value: Value = None
    issue: Issue | None = None
    possible: tuple[Value, ...] = ()
    note: str | None = None
    set_aside: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One row about one person. ``number`` is the row as in the sheet, counted from 1.

    ``readings`` holds only cells with content, keyed by field. In a sheet with groups that repeat,
    the fields are numbered from 0: ``placements.0.unit``, ``placements.1.unit``.
    """

    file: str
    sheet: str
    number: int
    owner: Owner
    kind: TableKind
    is_hidden: bool
    readings: Mapping[str, Reading] = field(default_factory=dict)

    def value(self, name: str) -> Value:
        """Return the single right reading of a field, or ``None``."""
        reading = self.readings.get(name)
        return reading.value if reading else None


@dataclass(frozen=True, slots=True)
class UnreadColumn:
    """A column whose heading was not understood; its cells are kept in the file but not used."""

    sheet: str
    cell: str
    heading: str
    samples: int


@dataclass(frozen=True, slots=True)
class HeadingCell:
    """A heading as it stands in its cell, with the field its column supplies, if any."""

    sheet: str
    cell: str
    text: str
    field: str | None


@dataclass(frozen=True, slots=True)
class FileReading:
    """All that was read from one file.

    ``notices`` are Norwegian sentences about what was found or left out (hidden sheets, summary
    sheets, sheets without people), for the report. ``headings`` are those of the tables of people,
    to write such a file again. ``owner`` is ``None``, and there are no rows, where it cannot be
    told whose file it is.
    """

    file: str
    owner: Owner | None
    rows: tuple[Row, ...]
    unread_columns: tuple[UnreadColumn, ...] = ()
    notices: tuple[str, ...] = ()
    headings: tuple[HeadingCell, ...] = ()
