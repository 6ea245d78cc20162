"""Where a person's values come from: every cell that says something, and what it said before."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import product
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils import timezone

from innpass.casework.imports.edits import edits_that_hold, with_edits
from innpass.casework.imports.models import HOLDING, Question, RowState, SourceFile, SourceRow
from innpass.casework.imports.reading_rules import rules_that_hold, with_rules
from innpass.casework.imports.rows import SECRET_FIELDS, from_json, id_of, known_row
from innpass.casework.participants.models import Identifier, Participant
from innpass.domain.access.fields import access_name
from innpass.domain.deriving.derive import derive
from innpass.domain.deriving.owners import order_of
from innpass.domain.deriving.state import KnownRow
from innpass.domain.deriving.versions import age_in_name, stem, who
from innpass.domain.sheets.fields import FIELDS, plain
from innpass.domain.sheets.records import Owner, TableKind

MASK = "•" * 11


@dataclass(frozen=True, slots=True)
class Statement:
    """What one cell says.

    ``is_used``: it is the value that holds. ``is_gone``: the newest version of the file no longer
    has the row.
    """

    field: str
    value: str
    owner: Owner
    file: str
    sheet: str
    cell: str
    at: datetime
    is_used: bool
    is_gone: bool = False


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
    batch = row.file.batch
    return (batch.applied_at or batch.created_at) if batch else timezone.now()


def statements_about(participant: Participant, *, readable: frozenset[str]) -> list[Statement]:
    """Return what every visible cell says about who the person is, by field, the holding one first.

    Which one holds, ``derive`` tells, as when the rows were imported. Only fields in ``readable``
    (names of the access table); identity numbers are masked.
    """
    stored = [
        row
        for row in _rows(participant)
        if row.state in HOLDING and row.file.is_current and not row.is_hidden
    ]
    edits = edits_that_hold([row.pk for row in stored])
    rules = rules_that_hold()
    rows = {
        known.key: (row, with_rules(known, rules))
        for row in stored
        for known in (with_edits(known_row(row, row.file.name), edits.get(row.pk, {})),)
    }
    known_rows = [known for _, known in rows.values()]
    holding = derive(
        known_rows,
        present=bodies_with_people(),
        disputed=disputed_cells([participant], {participant.pk: known_rows})[participant.pk],
    ).values
    said: dict[tuple[str, str], tuple[Any, str]] = {}  # by field and row: the value and its cell
    for key, (row, known) in rows.items():
        if row.kind == TableKind.PERSON:
            for name, reading in known.row.readings.items():
                if reading.value is not None:
                    said[name, key] = (reading.value, reading.cell)
    # What holds may be put together from two cells, settled by other cells, or of a detail row.
    said |= {(name, source.key): (source.value, source.cell) for name, source in holding.items()}

    def order(place: tuple[str, str]) -> tuple[Any, ...]:
        name, key = place
        row, _ = rows[key]
        rank = order_of(name).index(Owner(row.owner))
        is_unused = holding[name].key != key if name in holding else True
        at = (rank, row.state == RowState.GONE, row.sheet, row.number)
        return (*_field_order(name), is_unused, at)

    return [
        Statement(
            field=name,
            value=_shown(name, said[name, key][0]),
            owner=Owner(row.owner),
            file=row.file.name,
            sheet=row.sheet,
            cell=said[name, key][1],
            at=_when(row),
            is_used=name in holding and holding[name].key == key,
            is_gone=row.state == RowState.GONE,
        )
        for name, key in sorted(said, key=order)
        if access_name(plain(name)) in readable
        for row, _ in (rows[key],)
    ]


def bodies_with_people() -> set[Owner]:
    """Return the bodies whose own person table holds, as ``derive`` asks."""
    people = SourceRow.objects.filter(file=OuterRef("pk"), kind=TableKind.PERSON)
    files = SourceFile.objects.filter(Exists(people.filter(state__in=HOLDING)))
    owners = files.filter(is_current=True).order_by().values_list("owner", flat=True).distinct()
    return {Owner(owner) for owner in owners}


def disputed_cells(
    participants: Collection[Participant], rows: Mapping[UUID, Collection[KnownRow]]
) -> dict[UUID, set[tuple[str, str]]]:
    """Return the cells with a number that linking found to be wrong, or another person's.

    Only some leave a question. The others are known by what was stored in spite of them. What a
    human entered is never disputed here.

    Args:
        rows: the rows of each of the participants, by participant.
    """
    stored: dict[UUID, dict[str, str]] = defaultdict(dict)
    for owner, kind, token, number in Identifier.objects.filter(
        participant__in=participants
    ).values_list("participant_id", "kind", "token", "plain"):
        stored[owner][f"ids.{kind}"] = token or number
    asked: dict[UUID, set[str]] = defaultdict(set)
    for row, name in Question.objects.filter(
        closed_at=None, row__link__participant__in=participants, field__startswith="ids."
    ).values_list("row_id", "field"):
        asked[row].add(name)
    return {
        participant.pk: {
            (known.key, name)
            for known in rows.get(participant.pk, ())
            if known.row.owner is not Owner.HAND
            for name, reading in known.row.readings.items()
            if name.startswith("ids.")
            and (
                str(reading.value) != stored[participant.pk].get(name)
                or name in asked[id_of(known.key)]
            )
        }
        for participant in participants
    }


_ORDER = {name: place for place, name in enumerate(FIELDS)}


def _field_order(name: str) -> tuple[int, str]:
    return (_ORDER.get(plain(name), len(_ORDER)), name)


def replaced_values(participant: Participant, *, readable: frozenset[str]) -> list[Replaced]:
    """Return what newer versions of the same files changed, newest first."""
    rows = [row for row in _rows(participant) if row.kind == TableKind.PERSON and not row.is_hidden]
    result = [
        change
        for old, new in _replacements(rows)
        for change in _between(old, new)
        if access_name(plain(change.field)) in readable
    ]
    return sorted(result, key=lambda change: (-change.at.timestamp(), _field_order(change.field)))


def _replacements(rows: list[SourceRow]) -> Iterator[tuple[SourceRow, SourceRow]]:
    """Pair each replaced row of a person with the row in the next version that took its place.

    A file may have several rows about one person; each takes the place of one.
    """
    by_file: dict[UUID, list[SourceRow]] = defaultdict(list)
    for row in rows:
        by_file[row.file_id].append(row)
    versions = sorted(by_file.values(), key=lambda some: _age(some[0]))
    for place, some in enumerate(versions):
        old = [row for row in some if row.state == RowState.REPLACED]
        later = [each for each in versions[place + 1 :] if each[0].owner == some[0].owner]
        same_name = [each for each in later if _stem(each[0]) == _stem(some[0])]
        alike = [each for each in later if _tells_of_the_same(some[0], each[0])]
        if old and (same_name or alike):
            yield from _pairs(old, (same_name or alike)[0])


def _age(row: SourceRow) -> tuple[Any, ...]:
    """Order files as they came to hold: by batch, and inside a batch by their names."""
    return _when(row), age_in_name(row.file.name)


def _stem(row: SourceRow) -> str:
    return stem(row.file.name)


def _tells_of_the_same(one: SourceRow, other: SourceRow) -> bool:
    mine, theirs = one.readings.keys(), other.readings.keys()
    return 2 * len(mine & theirs) >= len(mine | theirs)


def _pairs(old: list[SourceRow], new: list[SourceRow]) -> Iterator[tuple[SourceRow, SourceRow]]:
    """Pair rows with a mark of the person in common: of the same sheet first, most alike first."""

    def differs(pair: tuple[SourceRow, SourceRow]) -> tuple[Any, ...]:
        one, other = pair
        equal = sum(1 for name, cell in one.readings.items() if other.readings.get(name) == cell)
        return one.sheet != other.sheet, -equal, abs(one.number - other.number), other.number

    marks = {row.pk: who(known_row(row, row.file.name).row) for row in (*old, *new)}
    taken: set[UUID] = set()
    for one, other in sorted(product(old, new), key=differs):
        if taken.isdisjoint((one.pk, other.pk)) and marks[one.pk] & marks[other.pk]:
            taken |= {one.pk, other.pk}
            yield one, other


def _between(old: SourceRow, new: SourceRow) -> Iterator[Replaced]:
    before = from_json(old.readings, old.tokens)
    after = from_json(new.readings, new.tokens)
    for name in before.keys() | after.keys():
        one = before[name].value if name in before else None
        other = after[name].value if name in after else None
        if one != other:
            yield Replaced(
                field=name,
                before="" if one is None else _shown(name, one),
                after="" if other is None else _shown(name, other),
                file=new.file.name,
                at=_when(new),
            )
