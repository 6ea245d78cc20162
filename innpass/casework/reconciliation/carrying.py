"""What humans have said goes on holding when a newer version takes the place of the row."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from innpass.casework.imports.edits import WITHDRAWN, Entered, with_edits
from innpass.casework.imports.rows import id_of, to_json
from innpass.domain.deriving.state import KnownRow
from innpass.domain.deriving.versions import successor
from innpass.domain.sheets.records import Row

_ALIKE = 0.6  # of the cells, for a row to be the one that was withdrawn


@dataclass
class Carrying:
    """Edits on their way from replaced rows to the rows of newer versions.

    ``edits`` are those that hold, by row; ``carried`` pairs an edit with the row it goes on at.
    """

    edits: dict[UUID, dict[str, Entered]]
    carried: list[tuple[UUID, UUID]] = field(default_factory=list)

    def take_over(self, lost: Iterable[KnownRow], new: Iterable[KnownRow]) -> list[KnownRow]:
        """Return the new rows, edited as the rows were whose place they take.

        A cell in which the newer version says something else than the older one did is the newer
        version's: whoever corrected the old text did not know the new one.
        """
        read = {known.key: known for known in new}
        rows = dict(read)
        for old in sorted(lost, key=lambda known: known.key):
            entries = self.edits.get(id_of(old.key))
            heir = successor(old, read.values()) if entries else None
            if heir is None or not entries:
                continue
            there = self.edits.get(id_of(heir.key), {})
            still = {
                name: entered
                for name, entered in entries.items()
                if _says_the_same(name, entered, old.row, heir.row)
                and not _is_later(there.get(name), entered)
            }
            if still:
                rows[heir.key] = with_edits(rows[heir.key], still)
                self.edits.setdefault(id_of(heir.key), {}).update(still)
                self.carried += [(entered.id, id_of(heir.key)) for entered in still.values()]
        return list(rows.values())


def _is_later(one: Entered | None, other: Entered) -> bool:
    """Tell whether an edit is later: two rows may have the same heir, and the last word holds."""
    return bool(one and one.said_at and other.said_at and one.said_at > other.said_at)


def original_of(row: Row, name: str) -> Mapping[str, Any] | None:
    """Return a cell as ``CellEdit.original`` keeps it: as read, but for its place."""
    reading = row.readings.get(name)
    if reading is None:
        return None
    cell = to_json({name: reading})[name]
    return {key: value for key, value in cell.items() if key != "c"}


def _says_the_same(name: str, entered: Entered, old: Row, new: Row) -> bool:
    if name != WITHDRAWN:
        return original_of(new, name) == entered.original
    same = sum(1 for each, cell in new.readings.items() if old.value(each) == cell.value)
    return same >= _ALIKE * max(len(new.readings), 1)
