"""Reading the weeks in force: of people, of a group, of a workplace."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from innpass.casework.participants.queries import OWNER, owned_by
from innpass.casework.timetable.attended import Attendance, CalendarAddress
from innpass.casework.timetable.ending import ends_of
from innpass.casework.timetable.models import (
    Appointment,
    Availability,
    Block,
    SchoolBreak,
    Timetable,
)
from innpass.casework.training.models import CourseChoice, CourseDeviation
from innpass.domain.law.days_off import days_off
from innpass.domain.periods import IsoWeek
from innpass.domain.planning.reasons import Weekday
from innpass.domain.planning.solution import Block as Slot
from innpass.domain.planning.solution import Part, WeekPlan
from innpass.domain.sheets.fields import Activity

_MANY = 5000  # more people than this are read with all others, not asked for one by one
_COLUMNS = (
    *("timetable_id", "day", "start", "end", "part", "activity", "name", "where", "room"),
    *("lessons", "counted_minutes", "group_id", "employer_id", "appointment_id"),
)


@dataclass(frozen=True, slots=True)
class PlannedBlock:
    """A stretch of a day of somebody's week.

    Attributes:
        start, end: minutes after midnight, the end not included.
        activity: ``None`` where it is no part of the programme.
        name: what it is called: the group, the workplace, the appointment.
        where, room: the place and the room; empty where nobody says.
        lessons: how many, where it is a course.
        counted_minutes: programme time in clock minutes.
    """

    timetable: UUID
    day: Weekday
    start: int
    end: int
    part: Part
    activity: Activity | None
    name: str
    where: str
    room: str
    lessons: int | None
    counted_minutes: int
    group: UUID | None
    employer: UUID | None
    appointment: UUID | None

    @property
    def key(self) -> str:
        """What it is in the planner's terms: the group, the employer or the appointment."""
        return str(self.group or self.employer or self.appointment or self.name)

    @property
    def slot(self) -> Slot:
        """The block as the planner has it."""
        return Slot(self.day, self.start, self.end, self.part, self.key, self.where)

    def on(self, monday: date) -> date:
        """Give its day in the week of a Monday."""
        return monday + timedelta(days=self.day)


@dataclass(frozen=True, slots=True)
class Week:
    """A person's week in force, in order of time.

    Attributes:
        last_sunday: the last day it holds, inclusive; ``None`` until another takes its place.
        over: what stood in it and is over, such as a group that has ended.
    """

    timetable: UUID
    first_monday: date
    last_sunday: date | None
    is_proposed: bool
    blocks: tuple[PlannedBlock, ...]
    over: tuple[PlannedBlock, ...] = ()

    @property
    def plan(self) -> WeekPlan:
        """The week as the planner has it."""
        return tuple(sorted(each.slot for each in self.blocks))


# Of several timetables that cover a week, the last in this order holds.
IN_ORDER = ("first_monday", "made_at", "pk")
# Those that hold in some week.
STANDING = Q(withdrawn_from=None) | Q(withdrawn_from__gt=F("first_monday"))


def covering(week: IsoWeek, prefix: str = "") -> Q:
    """Return the condition for timetables that cover a week; ``IN_ORDER`` says which holds.

    ``prefix`` leads from the queried model to the timetable (``timetable__``).
    """

    def is_so(name: str, value: date | None) -> Q:
        return Q(**{f"{prefix}{name}": value})

    return (
        is_so("first_monday__lte", week.monday)
        & (is_so("last_sunday", None) | is_so("last_sunday__gte", week.sunday))
        & (is_so("withdrawn_from", None) | is_so("withdrawn_from__gt", week.monday))
    )


def weeks_in_force(
    participants: Collection[UUID] | None, *, week: IsoWeek, only: Q | None = None
) -> dict[UUID, Week]:
    """Return the weeks of those who have one; ``None`` asks for everybody's. Five queries.

    A timetable of somebody who turned out to be a person's second is that person's. What is over,
    such as a group that has ended, is left out.

    Args:
        only: the condition for the blocks that are asked about; ``None`` for all of a week.
    """
    found: dict[UUID, dict[str, Any]] = {}
    rows = _of(participants, Timetable.objects.filter(covering(week)))
    columns = ("pk", "first_monday", "last_sunday", "is_proposed")
    for owner, *values in rows.order_by(*IN_ORDER).values_list("owner", *columns):
        if participants is None or owner in participants:
            found[owner] = dict(zip(columns, values, strict=True))
    of_timetable = blocks_of({each["pk"] for each in found.values()}, only=only)
    blocks = {owner: of_timetable.get(each["pk"], ()) for owner, each in found.items()}
    ends = ends_of(blocks)
    return {
        owner: Week(
            timetable=each["pk"],
            first_monday=each["first_monday"],
            last_sunday=each["last_sunday"],
            is_proposed=each["is_proposed"],
            blocks=tuple(
                block
                for block in blocks[owner]
                if not ends.is_over(owner, block, on=block.on(week.monday))
            ),
            over=tuple(
                block
                for block in blocks[owner]
                if ends.is_over(owner, block, on=block.on(week.monday))
            ),
        )
        for owner, each in found.items()
    }


def _of(people: Collection[UUID] | None, rows: "QuerySet[Timetable]") -> "QuerySet[Any, Any]":
    """Add whose they are, and leave out those of others unless very many are asked for."""
    if people is None or len(people) > _MANY:
        return rows.annotate(owner=OWNER)
    return owned_by(rows, people)


def weeks_of_group(group: UUID, *, week: IsoWeek) -> dict[UUID, tuple[PlannedBlock, ...]]:
    """Return the blocks of a group by the participants who are in it that week. Six queries."""
    people = rivals(groups=[group], employers=(), week=week)
    return _weeks_with(people, week, lambda block: block.group == group)


def weeks_of_employer(employer: UUID, *, week: IsoWeek) -> dict[UUID, tuple[PlannedBlock, ...]]:
    """Return the stays at an employer by participant that week. Six queries."""
    people = rivals(groups=(), employers=[employer], week=week)
    return _weeks_with(people, week, lambda block: block.employer == employer)


def rivals(*, groups: Collection[UUID], employers: Collection[UUID], week: IsoWeek) -> set[UUID]:
    """Return those who have a seat in one of some groups or workplaces that week. One query."""
    wanted = Q(blocks__group__in=groups) | Q(blocks__employer__in=employers)
    rows = Timetable.objects.filter(covering(week) & wanted).annotate(owner=OWNER)
    return set(rows.values_list("owner", flat=True))


def days_without_sessions(week: IsoWeek) -> dict[date, str]:
    """Return the days of a week on which no group meets, with why: a holiday or a break. One query.

    On a public day off nobody is at a workplace either: such a day says "".
    """
    return days_without_sessions_between(week.monday, week.sunday)


def days_without_sessions_between(begin: date, end: date) -> dict[date, str]:
    """Return the like of some weeks; both days are inclusive. One query."""
    found = {}
    for name, first, last in SchoolBreak.objects.filter(
        first_day__lte=end, last_day__gte=begin
    ).values_list("name", "first_day", "last_day"):
        day = max(first, begin)
        while day <= min(last, end):
            found[day] = name
            day += timedelta(days=1)
    holidays = days_off(begin.year) | days_off(end.year)
    return found | {day: "" for day in holidays if begin <= day <= end}


def availability_of(people: Collection[UUID]) -> dict[UUID, Availability]:
    """Return when and from where some people can, with the places; a person's own row goes first.

    A row of somebody who turned out to be a person's second is that person's. One query.
    """
    rows = owned_by(Availability.objects.all(), people)
    found: dict[UUID, Availability] = {}
    for each in rows.select_related("home", "care").order_by("pk"):
        if each.owner == each.participant_id or each.owner not in found:
            found[each.owner] = each
    return found


def people_with_timetables(people: Collection[UUID]) -> set[UUID]:
    """Return those of some people for whom somebody planned weeks, or noted who came.

    A course model that was chosen for somebody is a plan of weeks, too.
    """
    wanted = set(people)
    if not wanted:
        return set()
    found: set[UUID] = set()
    planned = (Timetable, Attendance, Appointment, Availability, CalendarAddress)
    for model in (*planned, CourseChoice, CourseDeviation):
        rows = model.objects.values_list("participant", "participant__turned_out_to_be")
        for several in rows.distinct():
            found |= set(several) & wanted
    return found


def _weeks_with(
    candidates: Collection[UUID], week: IsoWeek, wanted: Callable[[PlannedBlock], bool]
) -> dict[UUID, tuple[PlannedBlock, ...]]:
    found = {
        owner: tuple(block for block in each.blocks if wanted(block))
        for owner, each in weeks_in_force(candidates, week=week).items()
    }
    return {owner: blocks for owner, blocks in found.items() if blocks}


def blocks_of(
    timetables: Collection[UUID], *, only: Q | None = None
) -> Mapping[UUID, tuple[PlannedBlock, ...]]:
    """Return the blocks of some timetables in order of time. One query.

    Args:
        only: the condition for those that are asked about; ``None`` for all.
    """
    rows = Block.objects.filter(only or Q()).order_by("day", "start", "end", "name")
    if len(timetables) <= _MANY:
        rows = rows.filter(timetable__in=timetables)
    found: dict[UUID, list[PlannedBlock]] = defaultdict(list)
    for timetable, day, start, end, part, activity, *rest in rows.values_list(*_COLUMNS):
        if timetable in timetables:
            block = PlannedBlock(
                timetable,
                Weekday(day),
                start,
                end,
                Part(part),
                Activity(activity) if activity else None,
                *rest,
            )
            found[timetable].append(block)
    return {pk: tuple(blocks) for pk, blocks in found.items()}


@dataclass(frozen=True, slots=True)
class Stretch:
    """Weeks in which one timetable holds; ``last_sunday`` is inclusive, ``None`` for no end."""

    first_monday: date
    last_sunday: date | None
    timetable: UUID


def stretches(timetables: Iterable[tuple[UUID, date, date | None]]) -> list[Stretch]:
    """Say which of a person's timetables holds when; of several that cover a week, the last given.

    Args:
        timetables: in the order of ``IN_ORDER``.

    Example:
        >>> from uuid import UUID
        >>> one, other = UUID(int=1), UUID(int=2)
        >>> monday, later = date(2026, 8, 3), date(2026, 8, 17)
        >>> week = (other, later, later + timedelta(days=6))
        >>> [each.timetable.int for each in stretches([(one, monday, None), week])]
        [1, 2, 1]
    """
    given = list(timetables)
    edges = {first for _, first, _ in given}
    edges |= {last + timedelta(days=1) for _, _, last in given if last is not None}
    mondays = sorted(edges)
    found: list[Stretch] = []
    for place, monday in enumerate(mondays):
        until = mondays[place + 1] - timedelta(days=1) if place + 1 < len(mondays) else None
        holds = [
            pk for pk, first, last in given if first <= monday and (last is None or last >= monday)
        ]
        if not holds:
            continue
        if found and found[-1].timetable == holds[-1] and _touches(found[-1], monday):
            found[-1] = Stretch(found[-1].first_monday, until, holds[-1])
        else:
            found.append(Stretch(monday, until, holds[-1]))
    return found


def _touches(before: Stretch, monday: date) -> bool:
    return before.last_sunday is not None and before.last_sunday + timedelta(days=1) == monday


def every_timetable_of(participant: UUID) -> "list[Timetable]":
    """Return all timetables that were ever made for a person, with who made them. One query."""
    rows = owned_by(Timetable.objects.all(), [participant])
    return list(rows.select_related("made_by", "withdrawn_by").order_by(*IN_ORDER))


def timetables_of(
    participants: Collection[UUID],
) -> dict[UUID, list[tuple[UUID, date, date | None]]]:
    """Return some people's timetables in order, each with the last day it may hold. One query."""
    found: dict[UUID, list[tuple[UUID, date, date | None]]] = defaultdict(list)
    rows = _of(participants, Timetable.objects.filter(STANDING))
    columns = ("owner", "pk", "first_monday", "last_sunday", "withdrawn_from")
    for owner, pk, first, last, withdrawn in rows.order_by(*IN_ORDER).values_list(*columns):
        if owner in participants:
            ends = [day for day in (last, withdrawn and withdrawn - timedelta(days=1)) if day]
            found[owner].append((pk, first, min(ends, default=None)))
    return found


def weeks_held(
    people: Collection[UUID], *, begin: date, weeks: int
) -> dict[UUID, dict[date, UUID]]:
    """Return which timetable holds in which of some weeks, by person and Monday. One query.

    Args:
        begin: the Monday of the first.
    """
    mondays = [begin + timedelta(days=7 * place) for place in range(weeks)]
    return {
        owner: {
            each: stretch.timetable
            for stretch in stretches(rows)
            for each in mondays
            if stretch.first_monday <= each
            and (stretch.last_sunday is None or each <= stretch.last_sunday)
        }
        for owner, rows in timetables_of(people).items()
    }
