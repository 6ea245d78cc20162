"""Where a person's values come from: every cell that says something, and what it said before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from innpass.casework.imports.models import RowState, SourceRow
from innpass.casework.imports.rows import SECRET_FIELDS, from_json
from innpass.casework.participants.models import Participant
from innpass.domain.access.fields import access_name
from innpass.domain.deriving.owners import order_of
from innpass.domain.sheets.fields import FIELDS, plain
from innpass.domain.sheets.records import Owner, TableKind

MASK = "•" * 11


@dataclass(frozen=True, slots=True)
class Statement:
    """What one cell says. ``is_used``: it is the value that holds."""

    field: str
    value: str
    owner: Owner
    file: str
    sheet: str
    cell: str
    at: datetime
    is_used: bool


@dataclass(frozen=True, slots=True)
class Replaced:
    """A value that a newer version of the same file changed."""

    field: str
    before: str
    after: str
    file: str
    at: datetime


def _rows(participant: Participant) -> list[SourceRow]:
    return list(
        SourceRow.objects.filter(link__participant=participant)
        .select_related("file__batch")
        .defer("identity", "file__content", "file__batch__preview")
        .order_by("file__name", "sheet", "number")
    )


def _shown(name: str, value: Any) -> str:
    if name in SECRET_FIELDS:
        return MASK
    if isinstance(value, bool):
        return "Ja" if value else "Nei"
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, float):
        return f"{value:g}".replace(".", ",")
    return str(value)


def _when(row: SourceRow) -> datetime:
    return row.file.batch.applied_at or row.file.batch.created_at


def statements_about(participant: Participant, *, readable: frozenset[str]) -> list[Statement]:
    """Return what every visible cell says about who the person is, by field, the holding one first.

    Only fields in ``readable`` (names of the access table); identity numbers are masked.
    """
    found: dict[str, list[tuple[tuple[int, bool, str, int], SourceRow, Any, str]]] = {}
    for row in _rows(participant):
        if row.is_hidden or row.state == RowState.REPLACED or row.kind != TableKind.PERSON:
            continue
        for name, reading in from_json(row.readings, row.tokens).items():
            if reading.value is None or access_name(plain(name)) not in readable:
                continue
            rank = order_of(name).index(Owner(row.owner))
            order = (rank, row.state == RowState.GONE, row.sheet, row.number)
            found.setdefault(name, []).append((order, row, reading.value, reading.cell))
    result = []
    for name in sorted(found, key=_field_order):
        for place, (_, row, value, cell) in enumerate(sorted(found[name], key=lambda f: f[0])):
            result.append(
                Statement(
                    field=name,
                    value=_shown(name, value),
                    owner=Owner(row.owner),
                    file=row.file.name,
                    sheet=row.sheet,
                    cell=cell,
                    at=_when(row),
                    is_used=place == 0,
                )
            )
    return result


_ORDER = {name: place for place, name in enumerate(FIELDS)}


def _field_order(name: str) -> tuple[int, str]:
    return (_ORDER.get(plain(name), len(_ORDER)), name)


def replaced_values(participant: Participant, *, readable: frozenset[str]) -> list[Replaced]:
    """Return what newer versions of the same files changed, newest first."""
    rows = [row for row in _rows(participant) if row.kind == TableKind.PERSON and not row.is_hidden]
    result: list[Replaced] = []
    for owner in Owner:
        versions = sorted((row for row in rows if row.owner == owner), key=_when)
        result += _between(versions, readable)
    return sorted(result, key=lambda change: (-change.at.timestamp(), change.field))


def _between(versions: list[SourceRow], readable: frozenset[str]) -> Iterable[Replaced]:
    for old, new in pairwise(versions):
        if old.state != RowState.REPLACED:
            continue
        before = from_json(old.readings, old.tokens)
        after = from_json(new.readings, new.tokens)
        for name in sorted(before.keys() | after.keys(), key=_field_order):
            one = before[name].value if name in before else None
            other = after[name].value if name in after else None
            if one != other and access_name(plain(name)) in readable:
                yield Replaced(
                    field=name,
                    before="" if one is None else _shown(name, one),
                    after="" if other is None else _shown(name, other),
                    file=new.file.name,
                    at=_when(new),
                )
