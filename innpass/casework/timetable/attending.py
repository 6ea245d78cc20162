"""Who should be where on a day, and what is noted about who came."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Q

from innpass.casework.accounts.queries import names_of
from innpass.casework.participants.queries import visible_participants
from innpass.casework.placements.models import Employer
from innpass.casework.programme.models import Enrolment, Leave
from innpass.casework.timetable.attended import Missed
from innpass.casework.timetable.marks import noted_between, overlaps
from innpass.casework.timetable.models import TeachingGroup
from innpass.casework.timetable.queries import (
    PlannedBlock,
    days_without_sessions,
    weeks_in_force,
    weeks_of_employer,
    weeks_of_group,
)
from innpass.domain.access.policy import may_read
from innpass.domain.access.roles import Actor
from innpass.domain.periods import IsoWeek
from innpass.domain.planning.solution import Part

MINUTES, KIND = "attendance.minutes", "attendance.kind"
WORKPLACE_DAY = 0  # a workplace's day is noted as one, whenever people come and go


class Where(StrEnum):
    """What people come to."""

    GROUP = "group"
    WORKPLACE = "workplace"


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
    """A mark that was stored.

    Attributes:
        version: counts what was stored before, 1 the first time.
        start, end: of the session that it was noted about; plans may have changed since.
        elsewhere: what that was, where it was another one; empty where it was this.
    """

    mark: Mark
    version: int
    at: datetime
    by: str
    start: int
    end: int
    elsewhere: str


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

    @property
    def is_as_planned(self) -> bool:
        """Whether what is noted is about the session as it is planned now."""
        noted = self.noted
        if noted is None or noted.elsewhere:
            return False
        return (noted.start, noted.end) == (self.start, self.end)


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


def occasions_on(day: date, *, actor: Actor) -> list[Summary]:
    """Return what happens on a day with those the actor may see, by time.

    A fixed number of queries.
    """
    seen = set(visible_participants(actor).values_list("pk", flat=True))
    blocks = _blocks_on(day, seen)
    marks = noted_between(day, day, among=seen)
    groups = TeachingGroup.objects.in_bulk({one.pk for one in blocks if one.where is Where.GROUP})
    employers = dict(
        Employer.objects.filter(
            pk__in=[one.pk for one in blocks if one.where is Where.WORKPLACE]
        ).values_list("pk", "name")
    )
    found = []
    for occasion, several in blocks.items():
        group = groups.get(occasion.pk)
        known = {
            owner: mark.absent_minutes > 0
            for owner, start, end, _ in several
            if (mark := mark_of(marks.get(owner, ()), occasion, (start, end)))
        }
        found.append(
            Summary(
                occasion=occasion,
                name=group.name if group else employers.get(occasion.pk, ""),
                teacher=group.teacher if group else "",
                start=min(start for _, start, _, _ in several),
                end=max(end for _, _, end, _ in several),
                place=next((place for _, _, _, place in several if place), ""),
                expected=len({owner for owner, _, _, _ in several}),
                noted=len(known),
                absent=sum(known.values()),
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
    weeks = weeks_in_force(seen, week=week)
    away = away_on(day, weeks)
    parts = {Part.PRACTICE} if closed is not None else {Part.PRACTICE, Part.COURSE}
    found: dict[Occasion, list[tuple[UUID, int, int, str]]] = defaultdict(list)
    for owner, theirs in weeks.items():
        for block in theirs.blocks if owner not in away else ():
            if block.on(week.monday) == day and block.part in parts:
                occasion = occasion_of(day, block.group, block.employer, block.start)
                where = block.room or block.where
                found[occasion].append((owner, block.start, block.end, where))
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
    noted = marks_at(occasion, {pk: times[:2] for pk, times in planned.items()})
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
            noted=_noted(noted[pk], occasion, staff, shows_kind=shows_kind)
            if pk in noted
            else None,
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
    found = blocks_of_day(occasion)
    away = away_on(occasion.on, found)
    return {
        owner: (today[0].start, today[-1].end, today[0].room or today[0].where)
        for owner, today in found.items()
        if owner not in away
    }


def blocks_of_day(occasion: Occasion) -> dict[UUID, list[PlannedBlock]]:
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


def marks_at(occasion: Occasion, planned: Mapping[UUID, tuple[int, int]]) -> dict[UUID, Any]:
    """Return what is noted about an occasion, or about its time and those who should be there.

    One query.
    """
    found = {
        owner: mark_of(rows, occasion, planned.get(owner))
        for owner, rows in noted_between(occasion.on, occasion.on).items()
    }
    return {owner: mark for owner, mark in found.items() if mark is not None}


def mark_of(rows: Sequence[Any], occasion: Occasion, times: tuple[int, int] | None) -> Any:
    """Return what is noted about somebody at an occasion, or elsewhere at its time; else ``None``.

    Args:
        rows: what stands of that day about that person (``marks.once``).
        times: when the person should be there; ``None`` where that is not planned any more.
    """
    found = [
        row for row in rows if is_at(row, occasion) or (times is not None and overlaps(row, *times))
    ]
    return max(found, key=lambda row: _fits(row, occasion, times), default=None)


def _fits(row: Any, occasion: Occasion, times: tuple[int, int] | None) -> tuple[bool, bool, bool]:
    same_start = times is not None and row.start == times[0]
    return row.participant_id == row.owner, is_at(row, occasion), same_start


def is_at(row: Any, occasion: Occasion) -> bool:
    """Say whether something is noted about this occasion."""
    return occasion_of(row.on, row.group_id, row.employer_id, row.start) == occasion


def _noted(row: Any, occasion: Occasion, staff: Mapping[UUID, str], *, shows_kind: bool) -> Noted:
    missed = Missed(row.missed) if row.missed else None
    mark = Mark(row.absent_minutes, missed, row.kind if shows_kind else None)
    return Noted(
        mark=mark,
        version=row.version,
        at=row.noted_at,
        by=staff.get(row.noted_by_id, ""),
        start=row.start,
        end=row.end,
        elsewhere="" if is_at(row, occasion) else row.name,
    )
