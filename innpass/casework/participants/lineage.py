"""Which row of an earlier version of a file each row about a person took the place of."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any
from uuid import UUID

from innpass.casework.imports.models import RowState, SourceRow
from innpass.casework.imports.rows import known_row
from innpass.casework.participants.sources import when
from innpass.domain.deriving.versions import age_in_name, stem, who


def predecessors(rows: Sequence[SourceRow]) -> dict[UUID, SourceRow]:
    """Return, by the newer row, the row of the nearest earlier version that it replaced.

    A file may have several rows about one person; each takes the place of one. Of an import that
    was undone, it is the row that holds again.
    """
    by_file: dict[Any, list[SourceRow]] = defaultdict(list)
    for row in rows:
        by_file[row.kind, row.file_id].append(row)
    versions = sorted(by_file.values(), key=lambda some: _age(some[0]))
    found: dict[UUID, SourceRow] = {}
    for place, some in enumerate(versions):
        is_undone = some[0].state == RowState.UNDONE
        earlier = [
            old
            for each in reversed(versions[:place])
            if (each[0].kind, each[0].owner) == (some[0].kind, some[0].owner)
            and (old := [row for row in each if is_undone or row.state == RowState.REPLACED])
        ]
        same_name = [each for each in earlier if _stem(each[0]) == _stem(some[0])]
        alike = [each for each in earlier if _tells_of_the_same(each[0], some[0])]
        if same_name or alike:
            found |= {new.pk: old for old, new in _pairs((same_name or alike)[0], some)}
    return found


def _age(row: SourceRow) -> tuple[Any, ...]:
    """Order files as they came to hold: by batch, and inside a batch by their names."""
    return when(row), age_in_name(row.file.name)


def _stem(row: SourceRow) -> str:
    return stem(row.file.name)


def _tells_of_the_same(one: SourceRow, other: SourceRow) -> bool:
    mine, theirs = one.readings.keys(), other.readings.keys()
    return 2 * len(mine & theirs) >= len(mine | theirs)


def _pairs(old: list[SourceRow], new: list[SourceRow]) -> Iterator[tuple[SourceRow, SourceRow]]:
    """Pair rows with a mark of the person in common: of the same sheet first, most alike first."""

    def differs(pair: tuple[SourceRow, SourceRow]) -> tuple[Any, ...]:
        one, other = pair
        equal = sum(1 for name, cell in one.readings.items() if _same(cell, other, name))
        return one.sheet != other.sheet, -equal, abs(one.number - other.number), other.number

    marks = {row.pk: who(known_row(row, row.file.name).row) for row in (*old, *new)}
    taken: set[UUID] = set()
    for one, other in sorted(product(old, new), key=differs):
        if taken.isdisjoint((one.pk, other.pk)) and marks[one.pk] & marks[other.pk]:
            taken |= {one.pk, other.pk}
            yield one, other


def _same(cell: Any, other: SourceRow, name: str) -> bool:
    return bool(other.readings.get(name) == cell)
