"""What a format's own check found out about a file before calamine reads the cells."""

from dataclasses import dataclass, field

from innpass.exchange.workbooks import limits
from innpass.exchange.workbooks.ignored import Ignored
from innpass.exchange.workbooks.refusals import CannotRead, Reason

# First row, first column, last row, last column, from 0 and inclusive.
Corners = tuple[int, int, int, int]


@dataclass
class Checked:
    """A file that may be read.

    Attributes:
        content: the bytes calamine is given: a repacked file without what is not read.
        ignored: what the file holds that is not read.
        merged: the merged areas by sheet name, where calamine cannot tell them.
    """

    content: bytes
    ignored: set[Ignored] = field(default_factory=set)
    merged: dict[str, list[Corners]] | None = None


@dataclass
class Counter:
    """Counts the filled cells of a workbook, and refuses when they or their spread are too many."""

    cells: int = 0
    spread: int = 0
    last_row: int = -1
    last_column: int = -1

    def add(self, *, row: int, column: int, times: int = 1) -> None:
        """Count a filled cell (or ``times`` cells ending there), by position from 0."""
        if row > self.last_row:
            if row >= limits.MAX_ROWS:
                raise CannotRead(Reason.TOO_MANY_ROWS)
            self.last_row = row
        if column > self.last_column:
            if column >= limits.MAX_COLUMNS:
                raise CannotRead(Reason.TOO_MANY_COLUMNS)
            self.last_column = column
        self.cells += times
        if self.cells > limits.MAX_CELLS:
            raise CannotRead(Reason.TOO_MANY_CELLS)

    def end_sheet(self) -> None:
        """Add the rectangle the sheet needs in memory, and begin the next sheet."""
        self.spread += (self.last_row + 1) * (self.last_column + 1)
        if self.spread > limits.MAX_SPREAD:
            raise CannotRead(Reason.TOO_MANY_CELLS)
        self.last_row = self.last_column = -1
