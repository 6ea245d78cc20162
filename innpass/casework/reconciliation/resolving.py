"""All rows that hold, together, become people: who they are, what holds, what is left to ask.

Computed anew from all rows at every import, so that the result is the same in whatever order the
files came. It reads and computes; it writes nothing.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from uuid import UUID

from innpass.casework.imports.edits import edits_that_hold
from innpass.casework.imports.models import SourceFile
from innpass.casework.imports.queries import ByHand, Turn, rows_that_hold
from innpass.casework.imports.reading_rules import rules_that_hold, with_rules
from innpass.casework.imports.rows import id_of
from innpass.casework.reconciliation.carrying import Carrying
from innpass.casework.reconciliation.deciding import Decisions
from innpass.casework.reconciliation.identity import Identity, same_as_before
from innpass.casework.reconciliation.reading import ReadFile
from innpass.domain.deriving.derive import derive
from innpass.domain.deriving.state import KnownRow, PersonState
from innpass.domain.deriving.versions import (
    FileRows,
    age_in_name,
    heirs,
    kept_from,
    replaced_by,
)
from innpass.domain.linking.linking import link_rows
from innpass.domain.linking.rows import Linking, LinkRow
from innpass.domain.sheets.records import Owner, Row, TableKind


class Stage(IntEnum):
    """The stages of resolving, in order."""

    LINKING = 0
    DERIVING = 1


Progress = Callable[[Stage, int, int], None]

_TOLD_EVERY = 200  # people
NEWER_IN_BATCH = (
    "«{file}» er en nyere utgave av denne filen, og det er den som gjelder. Personer som bare står "
    "i den eldre, vises som borte fra filen."
)


def _silent(stage: Stage, done: int, total: int) -> None:
    """Report progress to nobody."""


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
    revived: set[UUID] = field(default_factory=set)  # were another's second, and are not any more
    # Rows of the new files that others of them replace at once, and the person each is about.
    outdated: Mapping[str, int] = field(default_factory=dict)
    ended: Mapping[UUID, UUID] = field(default_factory=dict)  # row: the newer file it lost to
    carried: Sequence[tuple[UUID, UUID]] = ()  # an edit, and the row at which it goes on
    heir_of: Mapping[UUID, UUID] = field(default_factory=dict)  # new row: one whose place it took


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


@dataclass
class _Holding:
    """The files that hold with their rows, while new files take the place of old ones.

    ``replaced`` are rows that hold no longer, with their file; ``heirs`` the newer version's rows
    about the same person, by the replaced row's key; ``ended`` by whom rows were replaced, or from
    which newer version they are gone.
    """

    files: dict[UUID, FileRows]
    carrying: Carrying
    replaced: dict[str, tuple[FileRows, KnownRow]] = field(default_factory=dict)
    heirs: dict[str, list[str]] = field(default_factory=dict)
    gone: set[UUID] = field(default_factory=set)
    ended: dict[UUID, UUID] = field(default_factory=dict)

    def take_in(self, new: FileRows) -> list[FileRows]:
        """Let a file hold; return the files it is a newer version of."""
        earlier = replaced_by(new, list(self.files.values()))
        for old in earlier:
            kept = kept_from(old, new)
            stays = {known.key for known in (*kept.untouched, *kept.gone)}
            lost = [known for known in old.rows if known.key not in stays]
            self.replaced |= {known.key: (old, known) for known in lost}
            self.ended |= {id_of(known.key): new.id for known in (*lost, *kept.gone)}
            new = replace(new, rows=self.carrying.take_over(lost, new.rows))
            self.heirs |= heirs(lost, new)
            self.files[old.id] = replace(old, rows=kept.untouched)
            self._keep_as_gone(old, kept.gone)
        self.files[new.id] = new
        return earlier

    def _keep_as_gone(self, file: FileRows, rows: Iterable[KnownRow]) -> None:
        rows = list(rows)
        self.gone |= {id_of(known.key) for known in rows if not known.is_gone}
        kept = [*self.files[file.id].rows, *(replace(known, is_gone=True) for known in rows)]
        self.files[file.id] = replace(file, rows=kept)

    def put_back(self, keys: Iterable[str]) -> None:
        """Keep rows after all, as gone: nobody is found where they went."""
        for key in keys:
            file, known = self.replaced.pop(key)
            self._keep_as_gone(file, [known])

    def rows(self) -> dict[str, KnownRow]:
        """Return all rows that hold, by key."""
        return {known.key: known for file in self.files.values() for known in file.rows}

    def went_to(self, linking: Linking) -> dict[str, set[int]]:
        """Return the people whom each replaced row about a person is about now."""
        person_of = {key: index for index, keys in enumerate(linking.people) for key in keys}

        def people(key: str) -> set[int]:
            if key in person_of:
                return {person_of[key]}
            return {index for heir in self.heirs.get(key, ()) for index in people(heir)}

        return {key: people(key) for key in self.replaced if key in self.heirs}


def resolve(
    new: Sequence[ReadFile] = (), *, turn: Turn | None = None, progress: Progress = _silent
) -> Resolution:
    """Resolve the municipality's rows together with files that are about to be applied.

    A file that another of the same batch is a newer version of is told so in its notices.

    Args:
        turn: rows to take as if they had changed sides, and as if what is entered with it were,
            as when an import is undone.
        progress: told now and then how many rows are linked, then of how many people it is known
            what holds.
    """
    by_hand = turn.by_hand if turn else ByHand()
    carrying = Carrying(edits_that_hold())
    for row, entries in by_hand.entries.items():
        carrying.edits.setdefault(row, {}).update(entries)
    held = rows_that_hold(carrying.edits, turn=turn)
    stored = {row.file_id: row.file for row in by_hand.rows}
    stored |= SourceFile.objects.defer("content").in_bulk(list(held))
    holding = _Holding(
        {pk: FileRows(pk, file.name, _owner(file), held[pk]) for pk, file in stored.items()},
        carrying,
    )
    fresh = {read.file.pk: read for read in new if read.rows}
    replaces: dict[UUID, list[str]] = {}
    for read in sorted(fresh.values(), key=_version):
        earlier = holding.take_in(read.as_file_rows())
        replaces[read.file.pk] = [old.name for old in earlier]
        for old in earlier:
            if old.id in fresh:
                fresh[old.id].notices.append(NEWER_IN_BATCH.format(file=read.file.name))
    rows, linking, went_to = _link(holding, Decisions(by_hand.about), progress)
    people, before = _people(linking, rows, went_to, by_hand.about, progress)
    return Resolution(
        people=people,
        questions=_questions(linking, people, rows),
        linking=linking,
        rows=rows,
        replaced={id_of(key) for key in holding.replaced},
        gone=holding.gone - {id_of(key) for key in holding.replaced},
        old_files={pk for pk, file in holding.files.items() if not file.rows},
        replaces=replaces,
        absorbed=before.absorbed,
        revived=before.revived,
        ended=holding.ended,
        carried=carrying.carried,
        heir_of={id_of(heir): id_of(old) for old, heirs in holding.heirs.items() for heir in heirs},
        outdated={
            key: min(indexes)
            for key, indexes in went_to.items()
            if indexes and holding.replaced[key][0].id in fresh
        },
    )


def _link(
    holding: _Holding, decisions: Decisions, progress: Progress
) -> tuple[dict[str, KnownRow], Linking, dict[str, set[int]]]:
    """Find the people. Somebody whom the newer version only mentions keeps the row that tells who.

    Such a row goes on holding as gone, so that nobody is lost.
    """
    rules = rules_that_hold()
    while True:
        rows = {key: with_rules(known, rules) for key, known in holding.rows().items()}
        decided = decisions.by_key(rows, holding.heirs)
        linking = link_rows(
            (link_row(known) for known in rows.values()),
            decided=decided,
            told=lambda placed, of: progress(Stage.LINKING, placed, of),
        )
        went_to = holding.went_to(linking)
        lost = [
            key
            for key, people in went_to.items()
            if not people and not link_row(holding.replaced[key][1]).is_detail
        ]
        if not lost:
            return rows, linking, went_to
        holding.put_back(lost)


def _version(read: ReadFile) -> tuple[object, ...]:
    return *age_in_name(read.file.name), read.file.digest


def _owner(file: SourceFile) -> Owner | None:
    return Owner(file.owner) if file.owner else None


def _people(
    linking: Linking,
    rows: Mapping[str, KnownRow],
    went_to: Mapping[str, Collection[int]],
    entering: Mapping[UUID, UUID],
    progress: Progress,
) -> tuple[list[Person], Identity]:
    present = {known.row.owner for known in rows.values() if known.row.kind is TableKind.PERSON}
    disputed = {(q.key, q.field) for q in linking.questions if q.field.startswith("ids.")}
    disputed |= {(n.key, n.field) for n in linking.notes if n.field.startswith("ids.")}
    before = same_as_before(linking, rows, went_to, entering=entering)
    people = []
    for index, keys in enumerate(linking.people):
        if index % _TOLD_EVERY == 0:
            progress(Stage.DERIVING, index, len(linking.people))
        state = derive((rows[key] for key in keys), present=present, disputed=disputed)
        people.append(Person(before.chosen.get(index), keys, state))
    return people, before


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
                "candidates": [
                    _spokesman(people[index], asked.field, known.row, rows)
                    for index in asked.candidates
                ],
                "holders": [[str(id_of(key)) for key in keys] for keys in asked.holders],
                "reasons": [
                    {"code": str(reason.code), "values": dict(reason.values)}
                    for reason in asked.reasons
                ],
            },
            asks=tuple(str(owner) for owner in asked.asks),
        )
        found.setdefault((question.key, question.field, question.kind), question)
    for person in people:
        for question in cell_questions(person):
            found.setdefault((question.key, question.field, question.kind), question)
    return [found[place] for place in sorted(found)]


def cell_questions(person: Person) -> list[OpenQuestion]:
    """Return the questions about cells that deriving a person's state leaves to a human."""
    return [
        OpenQuestion(
            key=cell.key,
            field=cell.field,
            cell=cell.cell,
            kind=str(cell.kind),
            text=cell.text,
            possible=cell.possible,
            values={},
            asks=tuple(str(owner) for owner in cell.asks),
        )
        for cell in person.state.questions
    ]


def _spokesman(person: Person, name: str, asked: Row, rows: Mapping[str, KnownRow]) -> str:
    """Return the row id that stands for a person in a question's candidates.

    The row that states what the question is about, so that somebody can go and look; else the
    first.
    """
    wanted = asked.value(name)
    for key in person.keys:
        row = rows[key].row
        if name.startswith("ids.") and row.value(name) == wanted and not row.is_hidden:
            return str(id_of(key))
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
