"""All rows that hold, together, become people: who they are, what holds, what is left to ask.

Computed anew from all rows at every import, so that the result is the same in whatever order the
files came. It reads and computes; it writes nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from innpass.casework.imports.models import SourceFile
from innpass.casework.imports.queries import rows_that_hold
from innpass.casework.imports.rows import id_of
from innpass.casework.reconciliation.identity import same_as_before
from innpass.casework.reconciliation.reading import ReadFile
from innpass.domain.deriving.derive import derive
from innpass.domain.deriving.state import KnownRow, PersonState
from innpass.domain.deriving.versions import FileRows, gone_from, replaced_by
from innpass.domain.linking.linking import link_rows
from innpass.domain.linking.rows import Linking, LinkRow
from innpass.domain.sheets.records import Owner, Row, TableKind


@dataclass
class Person:
    """One resolved person. ``participant_id`` is ``None`` for somebody new."""

    participant_id: UUID | None
    keys: tuple[str, ...]
    state: PersonState


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question as it should stand in the database."""

    key: str
    field: str
    cell: str
    kind: str
    text: str
    possible: tuple[object, ...]
    values: Mapping[str, object]
    asks: tuple[str, ...]


@dataclass
class Resolution:
    """What all rows that hold amount to, and what the new files do to the old ones."""

    people: list[Person]
    questions: list[OpenQuestion]
    linking: Linking
    rows: dict[str, KnownRow]
    replaced: set[UUID] = field(default_factory=set)  # row ids
    gone: set[UUID] = field(default_factory=set)
    old_files: set[UUID] = field(default_factory=set)
    replaces: dict[UUID, list[str]] = field(default_factory=dict)  # new file: names of old ones
    absorbed: dict[UUID, UUID] = field(default_factory=dict)  # participant: the one it was


def link_row(known: KnownRow) -> LinkRow:
    """Return what linking looks at in a row."""
    row = known.row
    born = row.value("birth_date")

    def text(name: str) -> str | None:
        value = row.value(name)
        return str(value) if value else None

    return LinkRow(
        key=known.key,
        owner=row.owner,
        kind=row.kind,
        is_hidden=row.is_hidden,
        ids={
            name: str(reading.value)
            for name, reading in row.readings.items()
            if name.startswith("ids.") and reading.value is not None
        },
        name=text("name"),
        given_name=text("given_name"),
        family_name=text("family_name"),
        native_name=text("native_name"),
        birth_date=born if hasattr(born, "year") else None,  # type: ignore[arg-type]
        source=row.file,
    )


def resolve(new: Sequence[ReadFile] = ()) -> Resolution:
    """Resolve the municipality's rows together with files that are about to be applied."""
    held = rows_that_hold()
    old_files = {
        file.pk: file for file in SourceFile.objects.filter(pk__in=list(held)).defer("content")
    }
    replaced: set[UUID] = set()
    gone: set[UUID] = set()
    dropped: set[UUID] = set()
    replaces: dict[UUID, list[str]] = {}
    fresh = [read for read in new if read.rows]
    for read in fresh:
        candidates = [
            FileRows(pk, old_files[pk].name, _owner(old_files[pk]), rows)
            for pk, rows in held.items()
            if pk not in dropped
        ]
        earlier = replaced_by(read.as_file_rows(), candidates)
        for old in earlier:
            kept = {known.key for known in gone_from(old, read.as_file_rows())}
            before = held[old.id]
            gone |= {id_of(known.key) for known in before if known.key in kept}
            replaced |= {id_of(known.key) for known in before if known.key not in kept}
            if not kept:
                dropped.add(old.id)
            held[old.id] = [
                KnownRow(known.key, known.row, is_gone=True)
                for known in before
                if known.key in kept
            ]
        replaces[read.file.pk] = [old.name for old in earlier]
    rows = {known.key: known for known_rows in held.values() for known in known_rows}
    rows |= {known.key: known for read in fresh for known in read.rows}
    linking = link_rows(link_row(known) for known in rows.values())
    people, absorbed = _people(linking, rows, replaced)
    return Resolution(
        people=people,
        questions=_questions(linking, people, rows),
        linking=linking,
        rows=rows,
        replaced=replaced,
        gone=gone,
        old_files=dropped,
        replaces=replaces,
        absorbed=absorbed,
    )


def _owner(file: SourceFile) -> Owner | None:
    return Owner(file.owner) if file.owner else None


def _people(
    linking: Linking, rows: Mapping[str, KnownRow], replaced: Iterable[UUID]
) -> tuple[list[Person], dict[UUID, UUID]]:
    present = {known.row.owner for known in rows.values() if known.row.kind is TableKind.PERSON}
    disputed = {(q.key, q.field) for q in linking.questions if q.field.startswith("ids.")}
    disputed |= {(n.key, n.field) for n in linking.notes if n.field.startswith("ids.")}
    chosen, absorbed = same_as_before(linking, rows)
    people = []
    for index, keys in enumerate(linking.people):
        state = derive((rows[key] for key in keys), present=present, disputed=disputed)
        people.append(Person(chosen.get(index), keys, state))
    return people, absorbed


def _questions(
    linking: Linking, people: Sequence[Person], rows: Mapping[str, KnownRow]
) -> list[OpenQuestion]:
    """Gather what linking and deriving leave to a human; one question per cell and kind."""
    found: dict[tuple[str, str, str], OpenQuestion] = {}
    for asked in linking.questions:
        known = rows[asked.key]
        if known.row.is_hidden or known.is_gone:
            continue
        question = OpenQuestion(
            key=asked.key,
            field=asked.field,
            cell=_cell(known.row, asked.field),
            kind=str(asked.kind),
            text=""
            if asked.field in ("ids.fnr", "ids.dnr", "ids.duf")
            else _text(known.row, asked.field),
            possible=(),
            values={
                "candidates": [_smallest(people[index]) for index in asked.candidates],
                "reasons": [
                    {"code": str(reason.code), "values": dict(reason.values)}
                    for reason in asked.reasons
                ],
            },
            asks=tuple(str(owner) for owner in asked.asks),
        )
        found.setdefault((question.key, question.field, question.kind), question)
    for person in people:
        for cell in person.state.questions:
            question = OpenQuestion(
                key=cell.key,
                field=cell.field,
                cell=cell.cell,
                kind=str(cell.kind),
                text=cell.text,
                possible=cell.possible,
                values={},
                asks=tuple(str(owner) for owner in cell.asks),
            )
            found.setdefault((question.key, question.field, question.kind), question)
    return [found[place] for place in sorted(found)]


def _smallest(person: Person) -> str:
    """Return the row id that stands for a person in a question's candidates."""
    return str(id_of(person.keys[0]))


def _cell(row: Row, name: str) -> str:
    for candidate in (name, "name", "family_name"):
        if candidate in row.readings:
            return row.readings[candidate].cell
    return next((reading.cell for reading in row.readings.values()), f"A{row.number}")


def _text(row: Row, name: str) -> str:
    for candidate in (name, "name", "family_name"):
        if candidate in row.readings:
            return row.readings[candidate].text
    return ""
