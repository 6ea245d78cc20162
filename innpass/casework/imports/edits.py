"""What humans have said of rows, laid over the rows as they were read."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from innpass.casework.imports.models import CellEdit, LinkDecision
from innpass.casework.imports.rows import SECRET_FIELDS, restored
from innpass.domain.deriving.state import CLEARED, KnownRow
from innpass.domain.sheets.records import Owner, Reading, Row

WITHDRAWN = "withdrawn"  # the "field" that says that a row as a whole no longer counts
BY_HAND = "by_hand"  # the note of a reading that a human entered


@dataclass(frozen=True, slots=True)
class Entered:
    """One cell as a human says it is. ``value`` is as ``CellEdit`` stores it."""

    id: UUID
    value: Any
    set_aside: tuple[Any, ...] = ()
    original: Mapping[str, Any] | None = None
    said_at: datetime | None = None


Entries = Mapping[str, Entered]  # of one row, by field


def edits_that_hold(rows: Collection[UUID] | None = None) -> dict[UUID, dict[str, Entered]]:
    """Return the latest edit of each cell that nobody took back, by row and field.

    Args:
        rows: only of these rows; ``None`` for all of the municipality's.
    """
    edits = CellEdit.objects.filter(undone_at=None)
    if rows is not None:
        edits = edits.filter(row__in=rows)
    columns = ("row_id", "field", "pk", "value", "set_aside", "original", "said_at")
    return _latest(edits.order_by("said_at", "pk").values_list(*columns))


def latest_of(edits: Iterable[CellEdit]) -> dict[UUID, dict[str, Entered]]:
    """Return the latest edit of each cell among those given, oldest first, that nobody took back.

    As ``edits_that_hold``.
    """
    holding = (edit for edit in edits if edit.undone_at is None)
    return _latest(
        (
            *(edit.row_id, edit.field, edit.pk, edit.value),
            *(edit.set_aside, edit.original, edit.said_at),
        )
        for edit in holding
    )


def _latest(edits: Iterable[tuple[Any, ...]]) -> dict[UUID, dict[str, Entered]]:
    found: dict[UUID, dict[str, Entered]] = defaultdict(dict)
    for row, name, pk, value, set_aside, original, said_at in edits:
        known = tuple(restored(name, each["value"]) for each in set_aside)
        found[row][name] = Entered(pk, value, known, original, said_at)
    return dict(found)


def with_edits(known: KnownRow, entries: Entries) -> KnownRow:
    """Return a row as humans say it is. A withdrawn row goes on being linked, but tells nothing."""
    row = known.row
    readings = dict(row.readings)
    for name, entered in entries.items():
        if name == WITHDRAWN:
            continue
        reading = _reading(name, entered, row)
        if reading is None:
            readings.pop(name, None)
        else:
            readings[name] = reading
    is_withdrawn = WITHDRAWN in entries and bool(entries[WITHDRAWN].value)
    changed = replace(row, readings=readings, is_hidden=row.is_hidden or is_withdrawn)
    return KnownRow(known.key, changed, known.is_gone)


def _reading(name: str, entered: Entered, row: Row) -> Reading | None:
    before = row.readings.get(name)
    value = restored(name, entered.value)
    # A practice period may be told of in other rows, which then do not supply what is emptied.
    is_of_period = name.startswith(("placement.", "placements."))
    if value is None and row.owner is not Owner.HAND and not is_of_period:
        return None
    return Reading(
        field=name,
        cell=before.cell if before else "",
        text="" if name in SECRET_FIELDS or value is None else str(value),
        value=value,
        note=CLEARED if value is None else BY_HAND,
        set_aside=entered.set_aside,
    )


@dataclass(frozen=True, slots=True)
class Decided:
    """What a human has said of whom a row is about, as ``LinkDecision`` stores it."""

    id: UUID
    row: UUID
    kind: str
    other: UUID | None
    field: str


def decisions_that_hold() -> list[Decided]:
    """Return the decisions about links that nobody took back, the latest last."""
    found = LinkDecision.objects.filter(undone_at=None).order_by("said_at", "pk")
    return [Decided(*row) for row in found.values_list("pk", "row_id", "kind", "other_id", "field")]
