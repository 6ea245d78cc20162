"""Who should be where on a day, who came, and noting it. What was planned is never changed."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from innpass.casework.accounts.queries import names_of
from innpass.casework.audit import services as audit
from innpass.casework.organisations.models import Municipality
from innpass.casework.participants.queries import visible_participants
from innpass.casework.placements.models import Employer
from innpass.casework.programme.models import Enrolment, Leave
from innpass.casework.timetable.models import Attendance, Block, Missed, TeachingGroup, Timetable
from innpass.casework.timetable.queries import (
    OWNER,
    PlannedBlock,
    covering,
    days_without_sessions,
    weeks_of_employer,
    weeks_of_group,
)
from innpass.domain.access.policy import check_may_write, may_read, may_write
from innpass.domain.access.roles import Actor
from innpass.domain.periods import IsoWeek
from innpass.domain.planning.solution import Part

MINUTES, KIND = "attendance.minutes", "attendance.kind"
WORKPLACE_DAY = 0  # a workplace's day is noted as one, whenever people come and go


class Where(StrEnum):
    """What people come to."""

    GROUP = "group"
    WORKPLACE = "workplace"


class NotYet(Exception):
    """The day has not come: nobody can say who was there."""


@dataclass(frozen=True, slots=True, order=True)
class Occasion:
    """A group's session, or a workplace's day, on a date.

    ``start`` is minutes after midnight, ``WORKPLACE_DAY`` at a workplace.
    """

    on: date
    where: Where
    pk: UUID
    start: int

    @property
    def week(self) -> IsoWeek:
        """The week it lies in."""
        return IsoWeek.of(self.on)


@dataclass(frozen=True, slots=True)
class Mark:
    """What is noted about one person.

    Attributes:
        absent_minutes: of the session, 0 for all of it attended.
        missed: which end, where not all of it was missed.
        kind: why (``AbsenceKind``), empty where nobody knows; ``None`` leaves what stands, and is
            what those get who may not read it.
    """

    absent_minutes: int
    missed: Missed | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Noted:
    """A mark that was stored; ``version`` counts what was stored before, 1 the first time."""

    mark: Mark
    version: int
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Expected:
    """Somebody who should have been there; ``noted`` is ``None`` where nobody has said.

    ``is_planned`` is false for somebody who was noted though the plan has changed since.
    """

    participant: UUID
    name: str
    start: int
    end: int
    noted: Noted | None
    is_planned: bool = True

    @property
    def minutes(self) -> int:
        """How long it was to last."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Sheet:
    """One occasion with those who are expected, by name."""

    occasion: Occasion
    name: str
    teacher: str
    start: int
    end: int
    place: str
    people: tuple[Expected, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """One occasion of a day, and how far it is noted."""

    occasion: Occasion
    name: str
    teacher: str
    start: int
    end: int
    place: str
    expected: int
    noted: int
    absent: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of noting: how many were stored, and those somebody else had noted meanwhile."""

    stored: int
    overtaken: frozenset[UUID]


def occasions_on(day: date, *, actor: Actor) -> list[Summary]:
    """Return what happens on a day with those the actor may see, by time.

    A fixed number of queries.
    """
    seen = set(visible_participants(actor).values_list("pk", flat=True))
    blocks = _blocks_on(day, seen)
    noted: dict[Occasion, dict[UUID, bool]] = defaultdict(dict)
    rows = Attendance.objects.filter(on=day).annotate(owner=OWNER)
    for owner, group, employer, start, absent in rows.values_list(
        "owner", "group_id", "employer_id", "start", "absent_minutes"
    ):
        if owner in seen:
            noted[occasion_of(day, group, employer, start)][owner] = absent > 0
    groups = TeachingGroup.objects.in_bulk({one.pk for one in blocks if one.where is Where.GROUP})
    employers = dict(
        Employer.objects.filter(
            pk__in=[one.pk for one in blocks if one.where is Where.WORKPLACE]
        ).values_list("pk", "name")
    )
    found = []
    for occasion, several in blocks.items():
        group = groups.get(occasion.pk)
        known = noted.get(occasion, {})
        expected = {owner for owner, _, _, _ in several}
        found.append(
            Summary(
                occasion=occasion,
                name=group.name if group else employers.get(occasion.pk, ""),
                teacher=group.teacher if group else "",
                start=min(start for _, start, _, _ in several),
                end=max(end for _, _, end, _ in several),
                place=next((place for _, _, _, place in several if place), ""),
                expected=len(expected),
                noted=len(expected & known.keys()),
                absent=sum(known[pk] for pk in expected & known.keys()),
            )
        )
    return sorted(found, key=lambda each: (each.start, each.name, each.occasion))


def _blocks_on(
    day: date, seen: Collection[UUID]
) -> dict[Occasion, list[tuple[UUID, int, int, str]]]:
    """Return who should be where, with the times and the room."""
    week = IsoWeek.of(day)
    closed = days_without_sessions(week).get(day)
    if closed == "":
        return {}
    rows = Timetable.objects.filter(covering(week)).annotate(owner=OWNER)
    latest = dict(rows.order_by("made_at", "pk").values_list("owner", "pk"))
    owners = {pk: owner for owner, pk in latest.items() if owner in seen}
    away = away_on(day, owners.values())
    parts = [Part.PRACTICE] if closed is not None else [Part.PRACTICE, Part.COURSE]
    blocks = Block.objects.filter(
        day=day.weekday(),
        part__in=parts,
        timetable__in=Timetable.objects.filter(covering(week)).values("pk"),
    )
    found: dict[Occasion, list[tuple[UUID, int, int, str]]] = defaultdict(list)
    for timetable, group, employer, start, end, room, where in blocks.values_list(
        *("timetable_id", "group_id", "employer_id", "start", "end", "room", "where")
    ):
        owner = owners.get(timetable)
        if owner is not None and owner not in away and (group or employer):
            occasion = occasion_of(day, group, employer, start)
            found[occasion].append((owner, start, end, room or where))
    return found


def occasion_of(day: date, group: UUID | None, employer: UUID | None, start: int) -> Occasion:
    """Return the occasion that a block or what is noted about it belongs to."""
    if group:
        return Occasion(day, Where.GROUP, group, start)
    return Occasion(day, Where.WORKPLACE, employer or UUID(int=0), WORKPLACE_DAY)


def away_on(day: date, people: Iterable[UUID]) -> set[UUID]:
    """Return those whose programme does not run on a day, or who are on leave. Two queries."""
    wanted = set(people)
    running = Enrolment.objects.filter(first_day__lte=day).filter(
        Q(actual_last_day=None) | Q(actual_last_day__gte=day)
    )
    on_leave = Leave.objects.filter(first_day__lte=day, last_day__gte=day)
    present = set(running.values_list("participant", flat=True))
    return wanted - (present - set(on_leave.values_list("participant", flat=True)))


def sheet_of(occasion: Occasion, *, actor: Actor) -> Sheet | None:
    """Return an occasion with those the actor may see; ``None`` where there is none.

    There is none on a holiday or in a break, nor where nobody is planned and nobody was noted.
    A fixed number of queries.
    """
    name, teacher = _name_of(occasion)
    if not name:
        return None
    planned = _planned(occasion)
    noted = {row.owner: row for row in rows_of(occasion)}
    people = dict(
        visible_participants(actor)
        .filter(pk__in=planned.keys() | noted.keys())
        .values_list("pk", "name")
    )
    if not people:
        return None
    times = {pk: planned.get(pk) or (noted[pk].start, noted[pk].end, "") for pk in people}
    staff = names_of({row.noted_by_id for row in noted.values() if row.noted_by_id})
    shows_kind = may_read(actor, KIND)
    expected = [
        Expected(
            participant=pk,
            name=name_of_person,
            start=times[pk][0],
            end=times[pk][1],
            noted=_noted(noted[pk], staff, shows_kind=shows_kind) if pk in noted else None,
            is_planned=pk in planned,
        )
        for pk, name_of_person in people.items()
    ]
    return Sheet(
        occasion=occasion,
        name=name,
        teacher=teacher,
        start=min(each.start for each in expected),
        end=max(each.end for each in expected),
        place=next((place for _, _, place in times.values() if place), ""),
        people=tuple(sorted(expected, key=lambda each: (each.name, each.participant))),
    )


def _name_of(occasion: Occasion) -> tuple[str, str]:
    if occasion.where is Where.GROUP:
        group = TeachingGroup.objects.filter(pk=occasion.pk).first()
        return (group.name, group.teacher) if group else ("", "")
    employer = Employer.objects.filter(pk=occasion.pk).first()
    return (employer.name, "") if employer else ("", "")


def _planned(occasion: Occasion) -> dict[UUID, tuple[int, int, str]]:
    """Return who should be there, with start, end and room."""
    closed = days_without_sessions(occasion.week).get(occasion.on)
    if closed == "" or (closed is not None and occasion.where is Where.GROUP):
        return {}
    found = _blocks_of_day(occasion)
    away = away_on(occasion.on, found)
    return {
        owner: (today[0].start, today[-1].end, today[0].room or today[0].where)
        for owner, today in found.items()
        if owner not in away
    }


def _blocks_of_day(occasion: Occasion) -> dict[UUID, list[PlannedBlock]]:
    """Return what people are planned for then: one session, or all of a day at a workplace."""
    is_group = occasion.where is Where.GROUP
    weeks = weeks_of_group if is_group else weeks_of_employer
    found = {}
    for owner, blocks in weeks(occasion.pk, week=occasion.week).items():
        today = [each for each in blocks if each.day == occasion.on.weekday()]
        if is_group:
            today = [each for each in today if each.start == occasion.start]
        if today:
            found[owner] = today
    return found


def rows_of(occasion: Occasion) -> list[Any]:
    """Return what is noted about an occasion, each with ``owner``. One query."""
    rows = Attendance.objects.filter(on=occasion.on).annotate(owner=OWNER)
    if occasion.where is Where.GROUP:
        return list(rows.filter(group=occasion.pk, start=occasion.start))
    return list(rows.filter(employer=occasion.pk))


def _noted(row: Any, staff: Mapping[UUID, str], *, shows_kind: bool) -> Noted:
    missed = Missed(row.missed) if row.missed else None
    mark = Mark(row.absent_minutes, missed, row.kind if shows_kind else None)
    return Noted(mark, row.version, row.noted_at, staff.get(row.noted_by_id, ""))


@transaction.atomic
def note(
    occasion: Occasion,
    marks: Mapping[UUID, tuple[Mark, int]],
    *,
    on: date,
    by: Actor,
) -> Outcome:
    """Store who came; what somebody else stored meanwhile stays, and is told.

    Args:
        marks: by person, with the version that was on the screen, 0 where nothing was noted.
            People who are not expected there, or whom the actor may not see, are passed over.
        on: the day it is; a correction of an earlier one is logged.

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
    rows = {row.owner: row for row in rows_of(occasion)}
    writes_kind = may_write(by, KIND)
    plans = _blocks_of_day(occasion)
    new, events, overtaken, stored = [], [], set(), 0
    for each in sheet.people:
        if each.participant not in marks:
            continue
        mark, seen = marks[each.participant]
        row = rows.get(each.participant)
        values = _values(mark, row, writes_kind=writes_kind)
        if row is None:
            new.append(_new(occasion, each, plans[each.participant], values, by))
            stored += 1
        elif {name: getattr(row, name) for name in values} == values:
            continue
        elif row.version != seen:
            overtaken.add(each.participant)
        else:
            events.append(_correction(row, values, by))
            _store(row, values, by)
            stored += 1
    Attendance.objects.bulk_create(new)
    if stored:
        events.append(_event_of(occasion, stored, by))
        audit.record_many(events)
    return Outcome(stored, frozenset(overtaken))


def _values(mark: Mark, row: Any, *, writes_kind: bool) -> dict[str, Any]:
    kind = row.kind if row else ""
    if writes_kind and mark.kind is not None:
        kind = mark.kind
    return {
        "absent_minutes": mark.absent_minutes,
        "missed": str(mark.missed or ""),
        "kind": kind if mark.absent_minutes else "",
    }


def _new(
    occasion: Occasion,
    each: Expected,
    blocks: Sequence[PlannedBlock],
    values: Mapping[str, Any],
    by: Actor,
) -> Attendance:
    block = blocks[0]
    return Attendance(
        municipality_id=by.municipality_id,
        participant_id=each.participant,
        on=occasion.on,
        start=each.start,
        end=each.end,
        part=block.part,
        activity=block.activity or "",
        name=block.name,
        group_id=block.group,
        employer_id=block.employer,
        counted_minutes=sum(each.counted_minutes for each in blocks),
        noted_by_id=by.user_id,
        **values,
    )


def _store(row: Any, values: Mapping[str, Any], by: Actor) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.noted_by_id = by.user_id
    fields = (*values, "noted_by", "noted_at")
    row.save_version(expected=row.version, fields=fields)


def _correction(row: Any, values: Mapping[str, Any], by: Actor) -> Any:
    """Say what was changed of what somebody had noted; that a reason was, never which."""
    changes: dict[str, Any] = {"on": [None, row.on.isoformat()], "start": [None, row.start]}
    for name in ("absent_minutes", "missed"):
        if getattr(row, name) != values[name]:
            changes[name] = [getattr(row, name), values[name]]
    if row.kind != values["kind"]:
        changes["kind"] = [bool(row.kind), bool(values["kind"])]
    return audit.event(
        municipality_id=by.municipality_id,
        actor_id=by.user_id,
        action="correct_attendance",
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
