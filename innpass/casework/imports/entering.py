"""Storing what humans say: rows entered by hand, edits of cells, decisions about links."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Max
from django.utils import timezone

from innpass.casework.imports.edits import Entered
from innpass.casework.imports.models import CellEdit, LinkDecision, SourceFile, SourceRow, Way
from innpass.casework.imports.rows import SECRET_FIELDS, stored
from innpass.casework.organisations.models import Municipality
from innpass.casework.sealing.queries import token_for
from innpass.domain.sheets.records import Owner, TableKind, Value

FILE_BY_HAND = "Ført i Innpass"


@dataclass(frozen=True, slots=True)
class Act:
    """One act of somebody's: what is entered together, and is taken back together."""

    municipality: Municipality
    by: UUID | None
    way: Way
    reason: str = ""
    id: UUID = field(default_factory=uuid4)


@dataclass(frozen=True, slots=True)
class Edit:
    """What somebody says that a cell holds; see ``CellEdit``.

    ``value`` is typed; of an identity number it is the digits.
    """

    row: UUID
    field: str
    value: Value
    before: Any = None
    original: Mapping[str, Any] | None = None
    set_aside: Sequence[Mapping[str, Any]] = ()


def add_rows(kinds: Sequence[TableKind], *, act: Act) -> list[UUID]:
    """Make rows for what is entered by hand, of the kinds given; returns their ids in order."""
    rows = new_rows(kinds, municipality_id=act.municipality.pk)
    save_rows(rows)
    return [row.pk for row in rows]


def new_rows(kinds: Sequence[TableKind], *, municipality_id: UUID) -> list[SourceRow]:
    """Return such rows without storing them, for ``save_rows``.

    They fit as long as nobody else enters rows; so does their file, which may be new too.
    """
    file = SourceFile.objects.filter(batch=None, owner=Owner.HAND).first()
    if file is None:
        file = SourceFile(
            municipality_id=municipality_id,
            name=FILE_BY_HAND,
            digest="",
            size=0,
            content=b"",
            owner=Owner.HAND,
            is_current=True,
        )
    last = SourceRow.objects.filter(file=file).aggregate(last=Max("number"))["last"] or 0
    return [
        SourceRow(
            municipality_id=municipality_id,
            file=file,
            sheet=FILE_BY_HAND,
            number=number,
            owner=Owner.HAND,
            kind=kind,
        )
        for number, kind in enumerate(kinds, last + 1)
    ]


def save_rows(rows: Sequence[SourceRow]) -> None:
    """Store rows entered by hand, and their file where they are its first."""
    if rows and rows[0].file._state.adding:
        rows[0].file.save(force_insert=True)
    SourceRow.objects.bulk_create(rows)


def as_entered(edits: Sequence[Edit], *, municipality_id: UUID) -> dict[UUID, dict[str, Entered]]:
    """Return edits that are not stored yet as if they held, by row and field."""
    found: dict[UUID, dict[str, Entered]] = {}
    for edit in edits:
        value = _value(edit, municipality_id)
        found.setdefault(edit.row, {})[edit.field] = Entered(uuid4(), value)
    return found


def store_edits(edits: Sequence[Edit], *, act: Act) -> None:
    """Store what somebody says that cells hold. Identity numbers are sealed."""
    now = timezone.now()
    CellEdit.objects.bulk_create(
        CellEdit(
            municipality=act.municipality,
            act=act.id,
            way=act.way,
            reason=act.reason,
            said_at=now,
            said_by_id=act.by,
            row_id=edit.row,
            field=edit.field,
            value=_value(edit, act.municipality.pk),
            sealed=str(edit.value) if edit.field in SECRET_FIELDS and edit.value else None,
            original=edit.original,
            before=None if edit.field in SECRET_FIELDS else stored(edit.before),
            set_aside=list(edit.set_aside),
        )
        for edit in edits
    )


def _value(edit: Edit, municipality_id: UUID) -> Any:
    if edit.field in SECRET_FIELDS and edit.value:
        return token_for(edit.field.partition(".")[2], str(edit.value), municipality_id)
    return stored(edit.value)


def store_decision(
    *, row: UUID, kind: str, act: Act, other: UUID | None = None, number: str = ""
) -> None:
    """Store what somebody says of whom a row is about; ``number`` is the field of one."""
    LinkDecision.objects.create(
        municipality=act.municipality,
        act=act.id,
        way=act.way,
        reason=act.reason,
        said_at=timezone.now(),
        said_by_id=act.by,
        row_id=row,
        kind=kind,
        other_id=other,
        field=number,
    )
