"""What happened to a person's values: by imports and by hand, when, why, and what was undone.

It is read from what is kept of every import and of everything people have said, never from the
audit log. Who has opened a person's pages is read from the log of readings, which is for that.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from innpass.casework.audit.queries import Readings, readings_of
from innpass.casework.imports.edits import WITHDRAWN
from innpass.casework.imports.models import CellEdit, LinkDecision, RowState, Said, SourceRow, Way
from innpass.casework.imports.rows import from_json, restored
from innpass.casework.participants.lineage import predecessors
from innpass.casework.participants.models import Participant
from innpass.casework.participants.sources import Told, field_order, shown, told_about, when
from innpass.domain.access.fields import access_name
from innpass.domain.sheets.fields import plain
from innpass.domain.sheets.records import Owner, TableKind

_FIRST_FIELD = {
    TableKind.PERSON: "name",
    TableKind.PLACEMENT: "placement.unit",
    TableKind.ACTIVITY: "activity.kind",
    TableKind.LEAVE: "leave.first_day",
    TableKind.ABSENCE: "absence.first_day",
    TableKind.DECISION: "decision.kind",
    TableKind.TEST: "test.date",
}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A cell before and after, in words; an empty one is no value.

    ``is_first``: the source said nothing of it before. ``is_withdrawn``: the row as a whole was
    said not to count, and ``field`` is the one that names it.
    """

    field: str
    before: str
    after: str
    is_first: bool = False
    is_withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """One act that says something about a person.

    Attributes:
        at: when.
        by: the name of who did it; empty at the command line.
        way: ``import``, or a ``Way``.
        files: of an import, the files' names.
        reason: as it was given.
        changes: what it changed about the person, cut to what may be read.
        decisions: kinds of link decisions, each once (``reconciliation.deciding``).
        act: by which it can be taken back; ``None`` of an import.
        batch: of an import, its id.
        undone_at, undone_by, undone_because: where it does not hold any more.
    """

    at: datetime
    by: str
    way: str
    files: tuple[str, ...] = ()
    reason: str = ""
    changes: tuple[FieldChange, ...] = ()
    decisions: tuple[str, ...] = ()
    act: UUID | None = None
    batch: UUID | None = None
    undone_at: datetime | None = None
    undone_by: str = ""
    undone_because: str = ""


IMPORT = "import"


def history_of(
    participant: Participant,
    *,
    readable: frozenset[str],
    field: str = "",
    told: Told | None = None,
    with_decisions: bool = True,
) -> list[Event]:
    """Return all that was said about a person, newest first, in a fixed number of queries.

    Args:
        readable: the fields that may be read, as the access table names them.
        field: only what concerns this one, named as in that table.
        told: what ``sources.told_about`` found, where the caller has asked already.
        with_decisions: whether to tell of decisions about whom rows are about, too.
    """
    told = told or told_about(participant)
    rows = told.rows
    events = [
        *_imports([row for row in rows if row.owner != Owner.HAND and not row.is_hidden]),
        *_by_hand(rows, told.edits),
        *(_decided(rows) if with_decisions and "link.reasons" in readable else ()),
    ]
    kept = (_cut(event, readable, field) for event in _one_an_act(events))
    return in_time(event for event in kept if event.changes or (event.decisions and not field))


def in_time(events: Iterable[Event]) -> list[Event]:
    """Return events in the order in which they are told: newest first."""
    return sorted(events, key=lambda event: (-event.at.timestamp(), event.way))


def _cut(event: Event, readable: frozenset[str], field: str) -> Event:
    changes = [
        change
        for change in event.changes
        for name in (access_name(plain(change.field)),)
        if name in readable and field in ("", name)
    ]
    return replace(event, changes=tuple(sorted(changes, key=lambda c: field_order(c.field))))


def _one_an_act(events: Iterable[Event]) -> list[Event]:
    """Bring edits and decisions of the same act together."""
    found: dict[Any, Event] = {}
    for event in events:
        key = event.act or (event.batch, event.undone_at, len(found))
        same = found.get(key)
        found[key] = event if same is None else replace(same, decisions=event.decisions)
    return list(found.values())


# Imports


def _imports(rows: Sequence[SourceRow]) -> Iterator[Event]:
    by_batch: dict[Any, list[SourceRow]] = defaultdict(list)
    for row in rows:
        by_batch[row.file.batch_id, row.undoing_id].append(row)
    before = predecessors(rows)
    for some in by_batch.values():
        first = some[0]
        changes = [each for row in some for each in changes_from(before.get(row.pk), row)]
        batch, undoing = first.file.batch, first.undoing
        yield Event(
            at=when(first),
            by=str(batch.created_by) if batch and batch.created_by else "",
            way=IMPORT,
            files=tuple(sorted({row.file.name for row in some})),
            changes=tuple(changes),
            batch=first.file.batch_id,
            undone_at=undoing.undone_at if undoing else None,
            undone_by=str(undoing.undone_by) if undoing and undoing.undone_by else "",
            undone_because=undoing.reason if undoing else "",
        )
    yield from _gone(rows)


def changes_from(old: SourceRow | None, new: SourceRow) -> Iterator[FieldChange]:
    """Yield the cells in which a row differs from the one whose place it took."""
    before = from_json(old.readings, old.tokens) if old else {}
    after = from_json(new.readings, new.tokens)
    for name in before.keys() | after.keys():
        one = before[name].value if name in before else None
        other = after[name].value if name in after else None
        if one != other:
            yield FieldChange(name, shown(name, one), shown(name, other), is_first=old is None)


def _gone(rows: Sequence[SourceRow]) -> Iterator[Event]:
    """Tell of person rows that a newer version does not have."""
    for row in rows:
        file = row.gone_from
        if row.state == RowState.GONE and row.kind == TableKind.PERSON and file and file.batch:
            yield Event(
                at=file.batch.applied_at or file.batch.created_at,
                by=str(file.batch.created_by) if file.batch.created_by else "",
                way=IMPORT,
                files=(file.name,),
                changes=(FieldChange("name", row.file.name, "", is_withdrawn=True),),
                batch=file.batch_id,
            )


# What people have said


def _by_hand(rows: Sequence[SourceRow], edits: Iterable[CellEdit]) -> Iterator[Event]:
    kinds = {row.pk: TableKind(row.kind) for row in rows}
    said = (edit for edit in edits if edit.carried_from_id is None)
    yield from _acts(said, lambda edit: {"changes": (_edited(edit, kinds[edit.row_id]),)})


def _edited(edit: CellEdit, kind: TableKind) -> FieldChange:
    if edit.field == WITHDRAWN:
        return FieldChange(_FIRST_FIELD[kind], "", "", is_withdrawn=True)
    before, after = (
        shown(edit.field, restored(edit.field, value)) for value in (edit.before, edit.value)
    )
    return FieldChange(edit.field, before, after, is_first=edit.before is None)


def _decided(rows: Sequence[SourceRow]) -> Iterator[Event]:
    ids = [row.pk for row in rows]
    decisions = (
        # What nobody said, but keeps a new person apart, may be about somebody hidden.
        LinkDecision.objects.filter(Q(row__in=ids) | Q(other__in=ids))
        .exclude(kind="kept_apart")
        .select_related("said_by", "undone_by")
        .order_by("said_at", "pk")
    )
    yield from _acts(decisions, lambda said: {"decisions": (said.kind,)})


def _acts(
    said: Iterable[Any], what: Callable[[Any], dict[str, tuple[Any, ...]]]
) -> Iterator[Event]:
    """Gather what was said in the same act."""
    acts: dict[UUID, list[Said]] = defaultdict(list)
    for each in said:
        acts[each.act].append(each)
    for act, some in acts.items():
        first: Any = some[0]
        parts: dict[str, list[Any]] = defaultdict(list)
        for each in some:
            for name, values in what(each).items():
                parts[name] += [value for value in values if value not in parts[name]]
        yield Event(
            at=first.said_at,
            by=str(first.said_by) if first.said_by else "",
            way=Way(first.way).value,
            reason=first.reason,
            act=act,
            undone_at=first.undone_at,
            undone_by=str(first.undone_by) if first.undone_by else "",
            changes=tuple(parts["changes"]),
            decisions=tuple(parts["decisions"]),
        )


# Who has read


def readings_about(participant: Participant) -> Readings:
    """Return who has opened a person's pages, newest first."""
    return readings_of(participant.pk)
