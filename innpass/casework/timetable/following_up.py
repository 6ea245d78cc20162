"""Planned and attended side by side, and whom to follow up. The law counts what was planned."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from innpass.casework.participants.queries import OWNER, owned_by, visible_participants
from innpass.casework.programme.models import Absence, Enrolment, Leave
from innpass.casework.timetable.attended import Attendance
from innpass.casework.timetable.attending import KIND, Occasion, occasion_of
from innpass.casework.timetable.ending import ends_of
from innpass.casework.timetable.limits import limits_on
from innpass.casework.timetable.marks import noted_between
from innpass.casework.timetable.queries import (
    blocks_of,
    days_without_sessions_between,
    weeks_held,
)
from innpass.domain.access.policy import check_may_read, may_read
from innpass.domain.access.roles import Actor
from innpass.domain.periods import IsoWeek
from innpass.domain.planning.solution import Part
from innpass.domain.sheets.fields import Activity

WEEKS = 4
_WEEK = timedelta(days=7)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Came:
    """One noted session of somebody.

    Attributes:
        minutes: how long it lasted; ``absent`` of them were missed.
        counted: what the whole of it counts as, in minutes of programme time.
        is_explained: a reason is noted, or an absence covers the day.
    """

    on: date
    start: int
    activity: Activity | None
    minutes: int
    absent: int
    counted: int
    is_explained: bool

    @property
    def attended(self) -> int:
        """The counted minutes that the person was there for."""
        return round(self.counted * (self.minutes - self.absent) / self.minutes)

    @property
    def is_away(self) -> bool:
        """Whether all of it was missed."""
        return self.absent == self.minutes

    @property
    def is_unexplained(self) -> bool:
        """Whether all of it was missed, and nobody knows why."""
        return self.is_away and not self.is_explained


@dataclass(slots=True)
class Sum:
    """Counted minutes of one activity in one week."""

    planned: int = 0
    attended: int = 0
    absent: int = 0

    @property
    def unnoted(self) -> int:
        """What was planned and nobody has noted."""
        return max(0, self.planned - self.attended - self.absent)


@dataclass(frozen=True, slots=True)
class AttendedWeek:
    """One week of somebody, the part of it that has been; ``None`` is what is no programme."""

    week: IsoWeek
    sums: Mapping[Activity, Sum] = field(default_factory=dict)

    @property
    def total(self) -> Sum:
        """All activities."""
        found = Sum()
        for each in self.sums.values():
            found.planned += each.planned
            found.attended += each.attended
            found.absent += each.absent
        return found


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Somebody to follow up.

    Attributes:
        percent: attended of what is noted.
        in_a_row: the most sessions missed without a reason, one after the other.
        is_low, is_silent: which of the two limits are passed.
        adviser: who has the case.
    """

    participant: UUID
    name: str
    adviser: str
    attended: int
    noted: int
    in_a_row: int
    is_low: bool
    is_silent: bool

    @property
    def percent(self) -> int:
        """Attended of noted; cut, not rounded."""
        return percent_of(self.attended, self.noted)


def percent_of(attended: int, noted: int) -> int:
    """Return how much was attended of what is noted; cut, so that less is never called enough."""
    return 100 * attended // noted if noted else 100


def longest_silence(sessions: Iterable[Came]) -> int:
    """Count the most sessions in a row that somebody missed without a known reason."""
    runs = groupby(sorted(sessions), key=lambda each: each.is_unexplained)
    return max((len(list(run)) for is_missed, run in runs if is_missed), default=0)


def whole_days(sessions: Iterable[Came], planned: Mapping[date, int]) -> list[tuple[date, date]]:
    """Return the days all of which somebody missed without a known reason, joined where they meet.

    Args:
        planned: how many sessions each day had; a day of which less is noted is not whole.

    Returns:
        first and last day of each stretch, inclusive, in order of time.
    """
    found: list[tuple[date, date]] = []
    for day, several in groupby(sorted(sessions), key=lambda each: each.on):
        noted = list(several)
        if len(noted) < planned.get(day, 0) or not all(each.is_unexplained for each in noted):
            continue
        if found and found[-1][1] + _DAY == day:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found


def first_week(on: date) -> IsoWeek:
    """Return the first of the weeks that are looked at on a day, which lies in the last of them."""
    return IsoWeek.of(IsoWeek.of(on).monday - (WEEKS - 1) * _WEEK)


def attended_weeks(
    participant: UUID, *, on: date
) -> tuple[list[AttendedWeek], list[tuple[date, date]]]:
    """Return a person's last four weeks until a day, and the whole days missed without a reason.

    At most eleven queries.
    """
    begin = first_week(on).monday
    came = _came(since=begin, until=on, among=[participant]).get(participant, [])
    closed = days_without_sessions_between(begin, on)
    away = _away(participant, begin, on)
    held = weeks_held({participant}, begin=begin, weeks=WEEKS).get(participant, {})
    blocks = blocks_of(set(held.values()))
    ends = ends_of({participant: [each for several in blocks.values() for each in several]})
    weeks = []
    sessions: dict[date, int] = defaultdict(int)
    for place in range(WEEKS):
        week = IsoWeek.of(begin + place * _WEEK)
        sums: dict[Activity, Sum] = defaultdict(Sum)
        timetable = held.get(week.monday)
        for block in blocks.get(timetable, ()) if timetable else ():
            day = block.on(week.monday)
            is_closed = closed.get(day) == "" or (day in closed and block.part is Part.COURSE)
            is_over = ends.is_over(participant, block, on=day)
            if day > on or is_closed or is_over or day in away:
                continue
            if block.part is not Part.APPOINTMENT:
                sessions[day] += 1
            if block.activity and block.part is not Part.APPOINTMENT:
                sums[block.activity].planned += block.counted_minutes
        for each in came:
            if each.activity and week.monday <= each.on <= week.sunday:
                sums[each.activity].attended += each.attended
                sums[each.activity].absent += each.counted - each.attended
        weeks.append(AttendedWeek(week, dict(sums)))
    return weeks, whole_days(came, sessions)


def four_weeks(participant: UUID, *, on: date) -> Sum | None:
    """Add a person's last four weeks up; ``None`` where nothing is noted, which takes one query."""
    rows = owned_by(Attendance.objects.all(), [participant])
    if not rows.filter(on__gte=first_week(on).monday, on__lte=on).exists():
        return None
    return added_up(attended_weeks(participant, on=on)[0])


def added_up(weeks: Iterable[AttendedWeek]) -> Sum:
    """Add weeks up."""
    found = Sum()
    for week in weeks:
        each = week.total
        found.planned += each.planned
        found.attended += each.attended
        found.absent += each.absent
    return found


def to_follow_up(*, actor: Actor, on: date) -> list[FollowUp]:
    """Return whom to follow up, of those the actor may see; who was there least comes first.

    Raises:
        MayNot: the actor may not know whether an absence has a reason.
    """
    check_may_read(actor, KIND)
    limits = limits_on(on)
    people = dict(
        visible_participants(actor)
        .filter(enrolment__actual_last_day=None)
        .values_list("pk", "name")
    )
    advisers = dict(Enrolment.objects.values_list("participant", "adviser"))
    found = []
    for owner, came in _came(since=first_week(on).monday, until=on, among=people).items():
        attended, noted = (sum(each.attended for each in came), sum(each.counted for each in came))
        in_a_row = longest_silence(came)
        is_low = percent_of(attended, noted) < limits.attended_percent
        is_silent = in_a_row >= limits.unexplained_in_a_row
        if is_low or is_silent:
            name, adviser = people[owner], advisers.get(owner, "")
            found.append(
                FollowUp(owner, name, adviser, attended, noted, in_a_row, is_low, is_silent)
            )
    return sorted(found, key=lambda each: (each.percent, -each.in_a_row, each.name))


def _came(*, since: date, until: date, among: Collection[UUID]) -> dict[UUID, list[Came]]:
    """Return what is noted about some people, in order of time. Three queries."""
    covered = _days_of(Absence, since=since, until=until)
    return {
        owner: [
            Came(
                on=row.on,
                start=row.start,
                activity=Activity(row.activity) if row.activity else None,
                minutes=row.end - row.start,
                absent=row.absent_minutes,
                counted=row.counted_minutes,
                is_explained=bool(row.kind) or _lies_in(row.on, covered.get(owner, ())),
            )
            for row in rows
        ]
        for owner, rows in _noted(since=since, until=until, among=among).items()
    }


def _noted(*, since: date, until: date, among: Collection[UUID]) -> dict[UUID, list[Any]]:
    """Return what is noted about some people; on leave nobody was to be there. Two queries."""
    on_leave = _days_of(Leave, since=since, until=until)
    found = {}
    for owner, rows in noted_between(since, until, among=among).items():
        known = [row for row in rows if not _lies_in(row.on, on_leave.get(owner, ()))]
        if known:
            found[owner] = known
    return found


def _days_of(
    model: type[Absence | Leave], *, since: date, until: date
) -> dict[UUID, list[tuple[date, date]]]:
    """Return people's days of leave or of absence by whom they are about now. One query."""
    found: dict[UUID, list[tuple[date, date]]] = defaultdict(list)
    rows = model.objects.filter(first_day__lte=until).annotate(owner=OWNER)
    for owner, first, last in rows.values_list("owner", "first_day", "last_day"):
        if last is None or last >= since:
            found[owner].append((first, last or until))
    return found


def _lies_in(day: date, stretches: Iterable[tuple[date, date]]) -> bool:
    return any(first <= day <= last for first, last in stretches)


def _away(participant: UUID, begin: date, end: date) -> set[date]:
    """Return the days on which the programme does not run, or on which the person is on leave."""
    days = [begin + n * _DAY for n in range((end - begin).days + 1)]
    enrolment = Enrolment.objects.filter(participant=participant).first()
    leaves: Sequence[Any] = Leave.objects.filter(participant=participant).values_list(
        "first_day", "last_day"
    )
    if enrolment is None or enrolment.first_day is None:
        return set(days)
    last = enrolment.actual_last_day or end
    return {
        day
        for day in days
        if not enrolment.first_day <= day <= last
        or any(first <= day <= until for first, until in leaves)
    }


@dataclass(frozen=True, slots=True)
class Missing:
    """A noted session of which somebody missed something; ``kind`` only for those who may know."""

    occasion: Occasion
    name: str
    end: int
    start: int
    absent: int
    missed: str
    kind: str


def missed_sessions(participant: UUID, *, actor: Actor, on: date) -> list[Missing]:
    """Return what a person missed of the last four weeks, the latest first. Two queries."""
    shows_kind = may_read(actor, KIND)
    noted = _noted(since=first_week(on).monday, until=on, among=[participant])
    return [
        Missing(
            occasion=occasion_of(row.on, row.group_id, row.employer_id, row.start),
            name=row.name,
            start=row.start,
            end=row.end,
            absent=row.absent_minutes,
            missed=row.missed,
            kind=row.kind if shows_kind else "",
        )
        for row in reversed(noted.get(participant, []))
        if row.absent_minutes
    ]
