"""Where a person's values come from: every cell that says something, and what it said before."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils import timezone

from innpass.casework.imports.edits import latest_of, with_edits
from innpass.casework.imports.models import (
    HOLDING,
    CellEdit,
    Question,
    RowState,
    SourceFile,
    SourceRow,
)
from innpass.casework.imports.reading_rules import rules_that_hold, with_rules
from innpass.casework.imports.rows import SECRET_FIELDS, id_of, known_row
from innpass.casework.participants.models import Identifier, Participant
from innpass.domain.access.fields import access_name
from innpass.domain.deriving.derive import derive
from innpass.domain.deriving.owners import order_of
from innpass.domain.deriving.state import KnownRow
from innpass.domain.sheets.fields import FIELDS, plain
from innpass.domain.sheets.reading_rules import is_by_rule
from innpass.domain.sheets.records import Owner, TableKind

MASK = "•" * 11


@dataclass(frozen=True, slots=True)
class Statement:
    """What one cell says.

    ``is_used``: it is the value that holds. ``is_gone``: the newest version of the file no longer
    has the row. Where a human entered it, ``owner`` is ``HAND`` or ``is_corrected`` says that it
    stands in the place of what the file says; ``by`` is the name of that human (empty at the
    command line), and ``at`` when.
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
    is_corrected: bool = False
    by: str = ""
    is_by_rule: bool = False  # a rule of reading says that the text means the value


def rows_about(participant: Participant) -> list[SourceRow]:
    """Return every row about a person, those that hold no longer too, with files and imports."""
    return list(
        SourceRow.objects.filter(link__participant=participant)
        .select_related(
            *("file__batch__created_by", "undoing__undone_by"),
            "gone_from__batch__created_by",
        )
        .defer(
            *("identity", "file__content", "file__layout", "file__batch__preview"),
            *("gone_from__content", "gone_from__layout", "gone_from__batch__preview"),
        )
        .order_by("file__name", "sheet", "number")
    )


@dataclass(frozen=True, slots=True)
class Told:
    """Every row about a person, and everything people have said of their cells, oldest first."""

    rows: list[SourceRow]
    edits: list[CellEdit]


def told_about(participant: Participant) -> Told:
    """Return what was ever told about a person, to be asked in several ways. Two queries."""
    rows = rows_about(participant)
    edits = CellEdit.objects.filter(row__in=[row.pk for row in rows])
    said = edits.select_related("said_by", "undone_by").defer("sealed")
    return Told(rows, list(said.order_by("said_at", "pk")))


def shown(name: str, value: Any) -> str:
    """Write a value plainly, nothing for none; an identity number as dots."""
    if value is None:
        return ""
    if name in SECRET_FIELDS:
        return MASK
    if isinstance(value, bool):
        return "Ja" if value else "Nei"
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, float):
        return f"{value:g}".replace(".", ",")
    return str(value)


def when(row: SourceRow) -> datetime:
    """Return when a row came to hold."""
    batch = row.file.batch
    return (batch.applied_at or batch.created_at) if batch else timezone.now()


def statements_about(
    participant: Participant, *, readable: frozenset[str], told: Told | None = None
) -> list[Statement]:
    """Return what every visible cell says about who the person is, by field, the holding one first.

    Which one holds, ``derive`` tells, as when the rows were imported. Only fields in ``readable``
    (names of the access table); identity numbers are masked.

    Args:
        told: what ``told_about`` found, where the caller has asked already.
    """
    told = told or told_about(participant)
    stored = [
        row
        for row in told.rows
        if row.state in HOLDING and row.file.is_current and not row.is_hidden
    ]
    edits = latest_of(told.edits)
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
        return (*field_order(name), is_unused, at)

    entered = _entered(told.edits)
    return [
        Statement(
            field=name,
            value=shown(name, said[name, key][0]),
            owner=Owner(row.owner),
            file=row.file.name,
            sheet=row.sheet,
            cell=said[name, key][1],
            at=edit.said_at if edit else when(row),
            is_used=name in holding and holding[name].key == key,
            is_gone=row.state == RowState.GONE,
            is_corrected=edit is not None and row.owner != Owner.HAND,
            by=str(edit.said_by) if edit and edit.said_by else "",
            is_by_rule=is_by_rule(rows[key][1].row.readings.get(name)),
        )
        for name, key in sorted(said, key=order)
        if access_name(plain(name)) in readable
        for row, _ in (rows[key],)
        for edit in (entered.get((row.pk, name)) or entered.get((row.pk, _LATEST.get(row.owner))),)
    ]


_LATEST = {Owner.HAND.value: ""}  # a row entered by hand is wholly so, whichever cell it is


def _entered(edits: list[CellEdit]) -> dict[tuple[UUID, str | None], CellEdit]:
    """Return the edits that hold by row and field, and by "" the latest of a row."""
    found: dict[tuple[UUID, str | None], CellEdit] = {}
    for edit in edits:
        if edit.undone_at is None:
            found[edit.row_id, edit.field] = found[edit.row_id, ""] = edit
    return found


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


def field_order(name: str) -> tuple[int, str]:
    """Return what orders fields as the tables of fields do."""
    return (_ORDER.get(plain(name), len(_ORDER)), name)
