"""What people have changed of what an import brought, after it was applied."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from innpass.casework.imports.models import (
    HOLDING,
    CellEdit,
    ImportBatch,
    LinkDecision,
    SourceRow,
)
from innpass.casework.participants.models import RowLink
from innpass.casework.plans.queries import plans_of_people
from innpass.casework.programme.registering import people_with_ticks
from innpass.casework.reconciliation.deciding import KEPT_APART
from innpass.casework.reconciliation.records import in_words, records_of_people
from innpass.casework.timetable.queries import people_with_timetables
from innpass.domain.sheets.records import Owner, TableKind

PLAN = "plan"  # the "field" of an integration plan, which no row holds
TIMETABLE = "timetable"  # of a timetable, an appointment or attendance, likewise
TICKS = "ticks"  # of what is said to be registered in the national register, likewise
RECORD = "record"  # of what later contexts hold, likewise; the value says what
WHOM = "whom"  # the "field" of a decision about whom a row is about


@dataclass(frozen=True, slots=True)
class ChangedSince:
    """Something a human said after the import.

    Attributes:
        field: as in the row's readings; ``WHOM`` for a decision about whom a row is about; ``PLAN``
            for an integration plan; ``TIMETABLE`` for what the planning of weeks holds; ``TICKS``
            for what is said to be registered; ``RECORD`` for what later contexts hold.
        value: what the cell holds, plain; of an identity number its blind index.
        by: the name of who said it; empty for the operator.
        at: ``None`` where it is several things, said one after the other.
    """

    field: str
    value: Any
    by: str
    at: datetime | None


def changed_since(
    batch: ImportBatch,
    *,
    rows: Mapping[UUID, UUID | None],
    returning: Mapping[UUID, UUID | None],
) -> dict[UUID, list[ChangedSince]]:
    """Return what people have changed since, by participant, latest last.

    Args:
        batch: an import that is applied.
        rows: the import's rows with the participant each is about.
        returning: as ``rows``, those of earlier imports that would hold again.
    """
    since = Q(said_at__gt=batch.applied_at, undone_at=None)
    found: dict[UUID, list[ChangedSince]] = defaultdict(list)
    edits = CellEdit.objects.filter(since, carried_from=None).select_related("said_by")
    entered = list(edits.order_by("said_at", "pk"))
    decided = LinkDecision.objects.filter(since).exclude(kind=KEPT_APART)  # which nobody said
    decisions = list(decided.select_related("said_by"))
    if not entered and not decisions:
        return {}
    by_hand = dict(
        RowLink.objects.filter(
            row__owner=Owner.HAND,
            row__kind=TableKind.PERSON,
            row__in={edit.row_id for edit in entered},
        ).values_list("row_id", "participant_id")
    )
    brought = _fields_brought(rows, returning) if by_hand else {}
    for edit in entered:
        owner = rows.get(edit.row_id)
        if owner is None and edit.row_id in by_hand:
            person = by_hand[edit.row_id]
            owner = person if edit.field in brought.get(person, ()) else None
        if owner is not None:
            found[owner].append(ChangedSince(edit.field, edit.value, _who(edit), edit.said_at))
    for decision in decisions:
        concerned = {rows.get(row) for row in (decision.row_id, decision.other_id) if row}
        for owner in (each for each in concerned if each is not None):
            found[owner].append(ChangedSince(WHOM, None, _who(decision), decision.said_at))
    return dict(found)


def plans_without_rows(
    people: Collection[UUID], files: Collection[UUID]
) -> dict[UUID, ChangedSince]:
    """Return the plans of those about whom some files alone say anything, by participant.

    Without the files such a person would be nobody, and the plan nobody's.
    """
    plans = plans_of_people(people)
    if not plans:
        return {}
    alone = _told_by_alone(plans, files)
    return {
        person: ChangedSince(PLAN, None, "", plan.begun_at)
        for person, plan in plans.items()
        if person in alone
    }


def ticks_without_rows(
    people: Collection[UUID], files: Collection[UUID]
) -> dict[UUID, ChangedSince]:
    """Return those with something said to be registered, and of whom some files alone tell."""
    ticked = people_with_ticks(people)
    alone = _told_by_alone(ticked, files) if ticked else set()
    return {person: ChangedSince(TICKS, None, "", None) for person in alone}


def timetables_without_rows(
    people: Collection[UUID], files: Collection[UUID]
) -> dict[UUID, ChangedSince]:
    """Return those who have timetables, ties or attendance, and of whom some files alone tell."""
    planned = people_with_timetables(people)
    alone = _told_by_alone(planned, files) if planned else set()
    return {person: ChangedSince(TIMETABLE, None, "", None) for person in alone}


def records_without_rows(
    people: Collection[UUID], files: Collection[UUID]
) -> dict[UUID, ChangedSince]:
    """Return those with records of later contexts, and of whom some files alone tell."""
    records = records_of_people(people)
    alone = _told_by_alone(records, files) if records else set()
    return {
        person: ChangedSince(RECORD, in_words({person: records[person]}), "", None)
        for person in alone
    }


def _told_by_alone(people: Collection[UUID], files: Collection[UUID]) -> set[UUID]:
    others = RowLink.objects.filter(participant__in=people, row__state__in=HOLDING)
    held = others.exclude(row__file__in=files).values_list("participant_id", flat=True)
    return set(people) - set(held)


def _who(said: CellEdit | LinkDecision) -> str:
    return str(said.said_by) if said.said_by else ""


def _fields_brought(
    rows: Mapping[UUID, UUID | None], returning: Mapping[UUID, UUID | None]
) -> dict[UUID, set[str]]:
    """Return the fields of which the import says something else than the rows it ended."""
    says: dict[UUID, set[tuple[str, str]]] = defaultdict(set)
    said: dict[UUID, set[tuple[str, str]]] = defaultdict(set)
    for sides, into in ((rows, says), (returning, said)):
        for owner, name, value in _values(sides):
            into[owner].add((name, value))
    return {
        owner: {name for name, _ in says[owner] ^ said[owner]}
        for owner in {owner for owner in rows.values() if owner is not None}
    }


def _values(sides: Mapping[UUID, UUID | None]) -> Iterator[tuple[UUID, str, str]]:
    ids = [row for row, owner in sides.items() if owner is not None]
    for at in range(0, len(ids), 500):
        stored = SourceRow.objects.filter(pk__in=ids[at : at + 500], kind=TableKind.PERSON)
        for pk, readings, tokens in stored.values_list("pk", "readings", "tokens"):
            for name, cell in readings.items():
                value = tokens.get(name, cell.get("v"))
                if value is not None:
                    yield sides[pk], name, str(value)  # type: ignore[misc]
