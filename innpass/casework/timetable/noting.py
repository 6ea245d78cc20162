"""Noting who came, correcting it and taking it away. What was planned is never changed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from innpass.casework.audit import services as audit
from innpass.casework.organisations.models import Municipality
from innpass.casework.participants.queries import owned_by
from innpass.casework.timetable.attended import Attendance
from innpass.casework.timetable.attending import (
    KIND,
    MINUTES,
    Expected,
    Mark,
    Occasion,
    blocks_of_day,
    marks_at,
    sheet_of,
)
from innpass.casework.timetable.marks import overlaps
from innpass.casework.timetable.queries import PlannedBlock
from innpass.domain.access.policy import check_may_write, may_write
from innpass.domain.access.roles import Actor


class NotYet(Exception):
    """The day has not come: nobody can say who was there."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of noting: how many were stored, and those somebody else had noted meanwhile."""

    stored: int
    overtaken: frozenset[UUID]


@transaction.atomic
def note(
    occasion: Occasion,
    marks: Mapping[UUID, tuple[Mark | None, int]],
    *,
    on: date,
    by: Actor,
) -> Outcome:
    """Store who came; what somebody else stored meanwhile stays, and is told.

    Nobody is in two places at once: what is noted about somebody takes the place of what was noted
    of the same time elsewhere, and is about the session as it is planned now.

    Args:
        marks: by person, with the version that was on the screen, 0 where nothing was noted;
            ``None`` takes away what is noted. People who are not expected there, or whom the actor
            may not see, are passed over.
        on: the day it is; a correction of an earlier one is logged, and so is what is taken away.

    Raises:
        MayNot: attendance is not theirs to note.
        NotYet: the day has not come.
    """
    check_may_write(by, MINUTES)
    if occasion.on > on:
        raise NotYet
    # Whoever comes second waits, and then sees what the first one stored.
    Municipality.objects.select_for_update().get(pk=by.municipality_id)
    sheet = sheet_of(occasion, actor=by)
    if sheet is None:
        return Outcome(0, frozenset())
    people = [each for each in sheet.people if each.participant in marks]
    plans = blocks_of_day(occasion)
    standing = marks_at(occasion, {each.participant: (each.start, each.end) for each in people})
    rows = _rows_of_day(occasion.on, people)
    writes_kind = may_write(by, KIND)
    new: list[Attendance] = []
    events: list[Any] = []
    overtaken: set[UUID] = set()
    stored = 0
    for each in people:
        mark, seen = marks[each.participant]
        row = standing.get(each.participant)
        if row is not None:
            row = next(one for one in rows[each.participant] if one.pk == row.pk)
        values = None
        if mark is not None:
            blocks = plans.get(each.participant, ()) if each.is_planned else ()
            values = _values(mark, row, writes_kind=writes_kind) | _session(each, blocks)
        if _is_so(row, values):
            continue
        if row is not None and row.version != seen:
            overtaken.add(each.participant)
            continue
        stored += 1
        events += _clear(rows[each.participant], row, each, is_gone=values is None, by=by)
        if row is None and values is not None:
            new.append(_new(occasion, each.participant, values, by))
        elif row is not None and values is not None:
            events.append(_correction(row, values, by))
            _store(row, values, by)
    Attendance.objects.bulk_create(new)
    if stored:
        events.append(_event_of(occasion, stored, by))
        audit.record_many(events)
    return Outcome(stored, frozenset(overtaken))


def _rows_of_day(on: date, people: Iterable[Expected]) -> dict[UUID, list[Any]]:
    """Return all that is noted of a day about some people, twice where it is. One query."""
    found: dict[UUID, list[Any]] = defaultdict(list)
    rows = Attendance.objects.filter(on=on)
    for row in owned_by(rows, [each.participant for each in people]):
        found[row.owner].append(row)
    return found


def _values(mark: Mark, row: Any, *, writes_kind: bool) -> dict[str, Any]:
    kind = row.kind if row else ""
    if writes_kind and mark.kind is not None:
        kind = mark.kind
    return {
        "absent_minutes": mark.absent_minutes,
        "missed": str(mark.missed or ""),
        "kind": kind if mark.absent_minutes else "",
    }


def _session(each: Expected, blocks: Sequence[PlannedBlock]) -> dict[str, Any]:
    """Say what is planned, as it is copied; nothing where that is planned no more."""
    if not blocks:
        return {}
    block = blocks[0]
    return {
        "start": each.start,
        "end": each.end,
        "part": block.part,
        "activity": block.activity or "",
        "name": block.name,
        "group_id": block.group,
        "employer_id": block.employer,
        "counted_minutes": sum(one.counted_minutes for one in blocks),
    }


def _is_so(row: Any, values: Mapping[str, Any] | None) -> bool:
    """Say whether that is what stands already."""
    if row is None or values is None:
        return row is None and values is None
    return all(getattr(row, name) == value for name, value in values.items())


def _new(occasion: Occasion, participant: UUID, values: Mapping[str, Any], by: Actor) -> Attendance:
    return Attendance(
        municipality_id=by.municipality_id,
        participant_id=participant,
        on=occasion.on,
        noted_by_id=by.user_id,
        **values,
    )


def _store(row: Any, values: Mapping[str, Any], by: Actor) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.noted_by_id = by.user_id
    fields = (*values, "noted_by", "noted_at")
    row.save_version(expected=row.version, fields=fields)


def _clear(rows: Iterable[Any], row: Any, each: Expected, *, is_gone: bool, by: Actor) -> list[Any]:
    """Take away what else is noted of the same time, and ``row`` where that is to go as well.

    What was noted about somebody who turned out to be this person stays with that one, unless
    nothing is to be noted at all.
    """
    participant = row.participant_id if row is not None else each.participant
    gone = [
        one
        for one in rows
        if overlaps(one, each.start, each.end)
        or (row is not None and overlaps(one, row.start, row.end))
        if is_gone or (one is not row and one.participant_id == participant)
    ]
    if gone:
        Attendance.objects.filter(pk__in=[one.pk for one in gone]).delete()
    return [_removal(one, by) for one in gone]


def _correction(row: Any, values: Mapping[str, Any], by: Actor) -> Any:
    """Say what was changed of what somebody had noted; that a reason was, never which."""
    changes: dict[str, Any] = {"on": [None, row.on.isoformat()], "start": [None, row.start]}
    for name in ("start", "end", "absent_minutes", "missed"):
        if getattr(row, name) != values.get(name, getattr(row, name)):
            changes[name] = [getattr(row, name), values[name]]
    for name in ("group_id", "employer_id"):
        before, after = getattr(row, name), values.get(name, getattr(row, name))
        if before != after:
            changes[name.removesuffix("_id")] = [before and str(before), after and str(after)]
    if row.kind != values["kind"]:
        changes["kind"] = [bool(row.kind), bool(values["kind"])]
    return _event("correct_attendance", row, changes, by)


def _removal(row: Any, by: Actor) -> Any:
    """Say what was taken away, but for the reason."""
    changes = {
        "on": [row.on.isoformat(), None],
        "start": [row.start, None],
        "end": [row.end, None],
        "absent_minutes": [row.absent_minutes, None],
    }
    return _event("remove_attendance", row, changes, by)


def _event(action: str, row: Any, changes: Mapping[str, Any], by: Actor) -> Any:
    return audit.event(
        municipality_id=by.municipality_id,
        actor_id=by.user_id,
        action=action,
        subject_kind="participant",
        subject_id=row.participant_id,
        changes=changes,
    )


def _event_of(occasion: Occasion, stored: int, by: Actor) -> Any:
    return audit.event(
        municipality_id=by.municipality_id,
        actor_id=by.user_id,
        action="note_attendance",
        subject_kind=str(occasion.where),
        subject_id=occasion.pk,
        changes={"on": [None, occasion.on.isoformat()], "people": [None, stored]},
    )
