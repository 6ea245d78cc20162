"""When somebody's week leaves room for practice: the week in force, and what ties the person."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q

from innpass.casework.matching.rows import FEW, about, as_hex
from innpass.casework.programme.readings import law_here
from innpass.casework.timetable.models import (
    Appointment,
    Availability,
    Block,
    SchoolBreak,
    TeachingGroup,
    Timetable,
)
from innpass.casework.timetable.queries import IN_ORDER, STANDING
from innpass.domain.law.hours import full_time_hours
from innpass.domain.matching.problem import Window
from innpass.domain.matching.reasons import Weekday
from innpass.domain.planning.solution import Part

DAY_BEGINS, DAY_ENDS = 6 * 60, 20 * 60  # ways included
WORKING_DAYS = tuple(Weekday)[:5]
AHEAD = timedelta(weeks=10)  # a week that begins no later tells of somebody who has none yet
NOTICE = timedelta(days=14)  # from proposing a place to the first day there, at least

# What is read of the weeks: when somebody is busy, and until when; never with what.
_TIMETABLE = ("owner", "pk", "first_monday", "last_sunday", "withdrawn_from")
_BLOCK = ("of", "day", "start", "end", "counted_minutes")
_APPOINTMENT = ("owner", "day", "start", "end")
_AVAILABILITY = (
    *("owner", "participant", "home", "care_start", "care_end", "care_days", "stay_days"),
)
Busy = tuple[int, int, int]  # day, start, end


@dataclass(frozen=True, slots=True)
class Free:
    """What a week leaves.

    Attributes:
        windows: ``None`` where nobody knows the week.
        home: id of the locality.
        minutes_left: of a full-time week, beside what the week holds; 0 where nobody knows.
    """

    windows: tuple[Window, ...] | None
    home: UUID | None = None
    minutes_left: int = 0


def usual_start(on: date) -> date:
    """Return the Monday on which a place proposed now would begin: no earlier than in two weeks.

    Not in a school break: weeks are told by the timetables, and in a break there are none. One
    query.
    """
    first = on + NOTICE
    monday = first + timedelta(days=-first.weekday() % 7)
    breaks = SchoolBreak.objects.filter(last_day__gte=monday, first_day__lte=monday + AHEAD)
    for begin, last in breaks.order_by("first_day").values_list("first_day", "last_day"):
        while begin <= monday + timedelta(days=4) and monday <= last:
            monday += timedelta(days=7)
    return monday


def free_weeks(people: Collection[UUID], *, monday: date) -> dict[UUID, Free]:
    """Return what the week of some people leaves for practice from a Monday on. Six queries.

    The week is the one in force then, or the next that begins within ten weeks. Time planned at
    a workplace is free: it is where the new place would be. Who has no week is free on the days
    agreed for practice, where such are; otherwise nobody knows.
    """
    timetables = _timetables(people, monday)
    blocks = _blocks(set(timetables.values()), monday)
    appointments = _appointments(people, monday)
    ties = _ties(people)
    whole = round(60 * full_time_hours(start=monday, law=law_here()))
    found: dict[Any, Free] = {}  # a class has one week
    answer = {}
    for pk in people:
        tie = ties.get(pk, _NO_TIES)
        busy = tuple(appointments.get(pk, ()))
        week = blocks[timetables[pk]] if pk in timetables else None
        alike = busy, week, tie.home, tie.care, tie.stay
        if alike not in found:
            found[alike] = _free(tie, busy, week, whole)
        answer[pk] = found[alike]
    return answer


class _Ties(NamedTuple):
    """Where somebody lives, when a child is in care, and the days agreed for practice."""

    home: UUID | None
    care: tuple[int, int, tuple[int, ...]] | None
    stay: tuple[int, ...] | None


_NO_TIES = _Ties(None, None, None)


def _free(
    ties: _Ties,
    appointments: tuple[Busy, ...],
    week: tuple[tuple[Busy, ...], int] | None,
    whole: int,
) -> Free:
    home, days = ties.home, ties.stay
    if week is None and days is None:
        return Free(None, home)
    busy, counted = week or ((), 0)
    left = max(0, whole - counted) if week is not None else 0
    windows = [
        window
        for day in (WORKING_DAYS if days is None else [Weekday(each) for each in days])
        for window in _gaps(day, _bounds(ties, day), [*busy, *appointments])
    ]
    return Free(tuple(windows), home, left)


def _bounds(ties: _Ties, day: Weekday) -> tuple[int, int]:
    if ties.care is not None and day in ties.care[2]:
        return max(DAY_BEGINS, ties.care[0]), min(DAY_ENDS, ties.care[1])
    return DAY_BEGINS, DAY_ENDS


def _gaps(day: Weekday, bounds: tuple[int, int], busy: Iterable[Busy]) -> Iterable[Window]:
    """Yield what is free between what is taken on a day."""
    begin, until = bounds
    for start, end in sorted((start, end) for on, start, end in busy if on == day):
        if begin < min(start, until):
            yield Window(day, begin, min(start, until))
        begin = max(begin, end)
    if begin < until:
        yield Window(day, begin, until)


def _timetables(people: Collection[UUID], monday: date) -> dict[UUID, UUID]:
    rows = about(
        Timetable.objects.filter(
            STANDING,
            Q(last_sunday=None) | Q(last_sunday__gt=monday),
            Q(withdrawn_from=None) | Q(withdrawn_from__gt=monday),
            first_monday__lte=monday + AHEAD,
        ),
        people,
    )
    now: dict[UUID, UUID] = {}
    later: dict[UUID, UUID] = {}
    for owner, pk, first, _last, _withdrawn in rows.order_by(*IN_ORDER).values_list(*_TIMETABLE):
        if first <= monday:
            now[owner] = pk
        else:
            later.setdefault(owner, pk)
    wanted = set(people)
    return {owner: pk for owner, pk in (later | now).items() if owner in wanted}


def _blocks(timetables: set[UUID], monday: date) -> dict[UUID, tuple[tuple[Busy, ...], int]]:
    rows = Block.objects.exclude(part=Part.PRACTICE).order_by("day", "start", "end")
    if len(timetables) <= FEW:
        rows = rows.filter(timetable__in=timetables)
    rows = rows.exclude(group__in=TeachingGroup.objects.filter(last_day__lt=monday))
    busy: dict[str, list[Busy]] = {pk.hex: [] for pk in timetables}
    minutes = dict.fromkeys(busy, 0)
    for of, day, start, end, counted in rows.annotate(of=as_hex("timetable")).values_list(*_BLOCK):
        if of in minutes:
            busy[of].append((day, start, end))
            minutes[of] += counted
    return {pk: (tuple(busy[pk.hex]), minutes[pk.hex]) for pk in timetables}


def _appointments(people: Collection[UUID], monday: date) -> dict[UUID, list[Busy]]:
    rows = about(
        Appointment.objects.filter(
            Q(last_day=None) | Q(last_day__gte=monday),
            first_day__lte=monday + AHEAD,
        ),
        people,
    )
    found: dict[UUID, list[Busy]] = defaultdict(list)
    for owner, *busy in rows.values_list(*_APPOINTMENT):
        found[owner].append((busy[0], busy[1], busy[2]))
    return found


def _ties(people: Collection[UUID]) -> dict[UUID, _Ties]:
    rows = about(Availability.objects, people).order_by("pk")
    found: dict[UUID, _Ties] = {}
    for owner, participant, home, start, end, days, stay in rows.values_list(*_AVAILABILITY):
        if owner == participant or owner not in found:
            care = (start, end, tuple(days)) if start is not None else None
            found[owner] = _Ties(home, care, None if stay is None else tuple(stay))
    return found
