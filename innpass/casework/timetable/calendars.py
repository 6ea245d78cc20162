"""What stands in the weeks ahead: of a person, of a group, of a workplace; as a calendar file.

A person's calendar names nobody. That of a group or a workplace says how many come, not who; people
with a protected address are not among them.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.db.models import Count, Max, Q

from innpass.casework.participants.models import Participant, ProtectionMark, ValueChange
from innpass.casework.participants.queries import OWNER, family_of
from innpass.casework.placements.models import Employer
from innpass.casework.programme.models import Enrolment, Leave
from innpass.casework.timetable.ending import ends_of
from innpass.casework.timetable.models import TeachingGroup, Timetable
from innpass.casework.timetable.queries import (
    STANDING,
    PlannedBlock,
    blocks_of,
    days_without_sessions_between,
    weeks_held,
)
from innpass.casework.timetable.tongues import Tongue, apart
from innpass.domain.periods import IsoWeek
from innpass.domain.planning.solution import Part
from innpass.exchange.calendars.writing import Event, write_calendar

WEEKS_AHEAD = 12
_WEEK, _DAY = timedelta(days=7), timedelta(days=1)
_MINUTES = 60
_NAMES = UUID("6f1f0b7e-2f0c-4b9e-9a54-2f8c7d1f5a30")  # of the identifiers of our events


@dataclass(frozen=True, slots=True)
class Eyes:
    """Who is to read a person's week.

    Attributes:
        appointments: whether own appointments are named; otherwise the time is taken.
        places: whether groups, workplaces and rooms are named.
    """

    appointments: bool = False
    places: bool = True


@dataclass(frozen=True, slots=True)
class Entry:
    """A stretch of a day, in words.

    Attributes:
        what: the kind of activity, in the language asked for; ``name`` is the group's or the
            workplace's, empty where it is not told.
        place: where, and in which room; empty likewise.
    """

    on: date
    start: int
    end: int
    what: str
    name: str
    place: str
    block: PlannedBlock

    def title(self, tongue: Tongue) -> str:
        """Say both in one line, once where they begin alike."""
        if not self.name:
            return self.what
        if self.name.casefold().startswith(self.what.casefold()):
            return self.name
        return f"{self.what}: {_set_apart(self.name, tongue)}"


@dataclass(frozen=True, slots=True)
class Ahead:
    """What a person's week is made of.

    Attributes:
        closed: the days on which no group meets, as ``days_without_sessions`` says.
        is_running: whether the programme runs in any of it; ``has_week`` whether a timetable holds.
    """

    week: IsoWeek
    entries: tuple[Entry, ...]
    closed: dict[date, str]
    is_running: bool
    has_week: bool

    @property
    def counted_minutes(self) -> int:
        """Programme time in it."""
        return sum(each.block.counted_minutes for each in self.entries)


def weeks_of_person(
    participant: UUID, *, begin: IsoWeek, weeks: int, tongue: Tongue, eyes: Eyes
) -> list[Ahead]:
    """Return some weeks of a person as they are to be, without days off and what is over.

    At most eight queries.
    """
    monday = begin.monday
    last = monday + weeks * _WEEK - _DAY
    closed = days_without_sessions_between(monday, last)
    away = _away([participant], monday, last)[participant]
    held = weeks_held({participant}, begin=monday, weeks=weeks).get(participant, {})
    blocks = blocks_of(set(held.values()))
    ends = ends_of({participant: [each for several in blocks.values() for each in several]})
    found = []
    for place in range(weeks):
        week = IsoWeek.of(monday + place * _WEEK)
        own = blocks.get(held[week.monday], ()) if week.monday in held else ()
        found.append(
            Ahead(
                week=week,
                entries=tuple(
                    _entry(each, each.on(week.monday), tongue, eyes)
                    for each in own
                    if _happens(each.part, each.on(week.monday), closed, away)
                    and not ends.is_over(participant, each, on=each.on(week.monday))
                ),
                closed={day: why for day, why in closed.items() if IsoWeek.of(day) == week},
                is_running=any(week.monday + n * _DAY not in away for n in range(5)),
                has_week=week.monday in held,
            )
        )
    return found


def calendar_of_person(
    person: Participant, *, on: date, tongue: Tongue, appointments: bool
) -> bytes:
    """Return a person's weeks ahead as a calendar file; of a protected person without places."""
    eyes = Eyes(appointments=appointments, places=not person.is_protected)
    ahead = weeks_of_person(
        person.pk, begin=IsoWeek.of(on), weeks=WEEKS_AHEAD, tongue=tongue, eyes=eyes
    )
    sequence, stamped_at = _changes(Q(owner=person.pk), on)
    entries = [each for week in ahead for each in week.entries]
    return _file(
        (
            (
                person.pk,
                each.on,
                each.start,
                each.end,
                each.block.key,
                each.title(tongue),
                each.place,
            )
            for each in entries
        ),
        name=tongue.say("week"),
        tongue=tongue,
        sequence=sequence,
        stamped_at=stamped_at,
    )


def calendar_of_group(group: TeachingGroup, *, on: date, tongue: Tongue) -> bytes:
    """Return a group's sessions ahead as a calendar file, each with how many come."""
    monday = IsoWeek.of(on).monday
    last = monday + WEEKS_AHEAD * _WEEK - _DAY
    closed = days_without_sessions_between(monday, last)
    coming, place = _coming(Q(blocks__group=group.pk), monday, lambda each: each.group == group.pk)
    for session in group.sessions.select_related("room"):
        day = monday + session.day * _DAY
        while day <= last:
            is_on = group.first_day <= day and (group.last_day is None or day <= group.last_day)
            if is_on and day not in closed:
                coming[day, session.start, session.end] += 0
                # What was planned may still say the room that the session was in.
                place[day, session.start] = session.room.name if session.room else ""
            day += _WEEK
    sequence, stamped_at = _changes(Q(blocks__group=group.pk), on)
    return _counted_file(
        group.pk, group.name, coming, place, tongue, sequence + group.version, stamped_at
    )


def calendar_of_employer(employer: Employer, *, on: date, tongue: Tongue) -> bytes:
    """Return the days ahead at a workplace as a calendar file, each with how many come."""
    monday = IsoWeek.of(on).monday
    coming, _ = _coming(
        Q(blocks__employer=employer.pk), monday, lambda each: each.employer == employer.pk
    )
    sequence, stamped_at = _changes(Q(blocks__employer=employer.pk), on)
    name = f"{tongue.say('practice')}: {_set_apart(employer.name, tongue)}"
    return _counted_file(employer.pk, name, coming, {}, tongue, sequence, stamped_at)


def _counted_file(
    owner: UUID,
    name: str,
    coming: "Counter[tuple[date, int, int]]",
    place: dict[tuple[date, int], str],
    tongue: Tongue,
    sequence: int,
    stamped_at: datetime,
) -> bytes:
    return _file(
        (
            (
                *(owner, day, start, end, str(start)),
                f"{name} – {tongue.say('coming', count=count)}",
                place.get((day, start), ""),
            )
            for (day, start, end), count in sorted(coming.items())
        ),
        name=name,
        tongue=tongue,
        sequence=sequence,
        stamped_at=stamped_at,
    )


def _coming(
    having: Q, monday: date, is_wanted: Any
) -> tuple["Counter[tuple[date, int, int]]", dict[tuple[date, int], str]]:
    """Count who comes when, and where; people with a protected address are not counted.

    At most eleven queries.
    """
    last = monday + WEEKS_AHEAD * _WEEK - _DAY
    rows = Timetable.objects.filter(having, STANDING, first_monday__lte=last)
    owners = set(rows.annotate(owner=OWNER).values_list("owner", flat=True))
    seen = Participant.objects.filter(pk__in=owners, is_protected=False)
    people = set(seen.values_list("pk", flat=True))
    closed = days_without_sessions_between(monday, last)
    away = _away(people, monday, last)
    held = weeks_held(people, begin=monday, weeks=WEEKS_AHEAD)
    blocks = blocks_of({pk for weeks in held.values() for pk in weeks.values()})
    ends = ends_of(
        {
            owner: [block for pk in set(weeks.values()) for block in blocks.get(pk, ())]
            for owner, weeks in held.items()
        }
    )
    found: Counter[tuple[date, int, int]] = Counter()
    place: dict[tuple[date, int], str] = {}
    for owner, weeks in held.items():
        for begin, timetable in weeks.items():
            for block in blocks.get(timetable, ()):
                day = block.on(begin)
                if not is_wanted(block) or ends.is_over(owner, block, on=day):
                    continue
                if _happens(block.part, day, closed, away[owner]):
                    found[day, block.start, block.end] += 1
                    place.setdefault((day, block.start), block.room or block.where)
    return found, place


def _happens(part: Part, day: date, closed: dict[date, str], away: Collection[date]) -> bool:
    """Say whether something takes place: no group meets in a break, nothing is on a holiday."""
    if day in away or closed.get(day) == "":
        return False
    return day not in closed or part is not Part.COURSE


def _away(people: Collection[UUID], begin: date, end: date) -> dict[UUID, set[date]]:
    """Return the days on which a person's programme does not run, leave included. Two queries."""
    days = [begin + n * _DAY for n in range((end - begin).days + 1)]
    found = {pk: set(days) for pk in people}
    running = Enrolment.objects.filter(participant__in=people).exclude(first_day=None)
    for pk, first, last in running.values_list("participant", "first_day", "actual_last_day"):
        found[pk] = {day for day in days if day < first or (last is not None and day > last)}
    leaves = Leave.objects.filter(participant__in=people, first_day__lte=end, last_day__gte=begin)
    for pk, first, last in leaves.values_list("participant", "first_day", "last_day"):
        found[pk] |= {day for day in days if first <= day <= last}
    return found


def _entry(block: PlannedBlock, day: date, tongue: Tongue, eyes: Eyes) -> Entry:
    is_own = block.part is Part.APPOINTMENT
    if is_own and not (eyes.appointments and eyes.places):
        return Entry(day, block.start, block.end, tongue.say("busy"), "", "", block)
    what = tongue.say(block.activity.value) if block.activity else ""
    if not eyes.places:
        return Entry(day, block.start, block.end, what or tongue.say("busy"), "", "", block)
    place = ", ".join(each for each in (block.room, block.where) if each)
    if not what:
        return Entry(day, block.start, block.end, block.name, "", place, block)
    return Entry(day, block.start, block.end, what, block.name, place, block)


def _changes(having: Q, on: date) -> tuple[int, datetime]:
    """Return how often what some weeks tell may have changed, and when last. Four queries.

    Timetables that were made or withdrawn; of the people in them what became known, such as that
    a practice ends or that somebody is on leave; and whose address was protected. It only grows.
    """
    weeks = Timetable.objects.annotate(owner=OWNER).filter(having)
    told = weeks.aggregate(
        made=Count("pk", distinct=True),
        withdrawn=Count("pk", distinct=True, filter=~Q(withdrawn_at=None)),
        last_made=Max("made_at"),
        last_withdrawn=Max("withdrawn_at"),
    )
    among = family_of(set(weeks.values_list("owner", flat=True)))
    known = ValueChange.objects.filter(among).aggregate(n=Count("pk"), last=Max("at"))
    marks = ProtectionMark.objects.filter(among).aggregate(
        set=Count("pk"),
        lifted=Count("lifted_at"),
        last_set=Max("set_at"),
        last_lifted=Max("lifted_at"),
    )
    number = told["made"] + told["withdrawn"] + known["n"] + marks["set"] + marks["lifted"]
    never = datetime.combine(date(on.year, 1, 1), time(), UTC)
    days = [told["last_made"], told["last_withdrawn"], known["last"]]
    days += [marks["last_set"], marks["last_lifted"]]
    return number, max(filter(None, days), default=never)


def _file(
    rows: Iterable[tuple[UUID, date, int, int, str, str, str]],
    *,
    name: str,
    tongue: Tongue,
    sequence: int,
    stamped_at: datetime,
) -> bytes:
    return write_calendar(
        _events(rows, sequence), name=name, language=tongue.code, stamped_at=stamped_at
    )


def _events(
    rows: Iterable[tuple[UUID, date, int, int, str, str, str]], sequence: int
) -> Iterator[Event]:
    """Make events; one that moves within its day stays the same event."""
    met: dict[tuple[date, str], int] = defaultdict(int)
    for owner, day, start, end, key, title, place in rows:
        number = met[day, key]
        met[day, key] += 1
        yield Event(
            uid=f"{uuid5(_NAMES, f'{owner}:{day}:{key}:{number}')}@innpass",
            sequence=sequence,
            start=_at(day, start),
            end=_at(day, end),
            summary=title,
            place=place,
        )


def _at(day: date, minutes: int) -> datetime:
    return datetime.combine(day, time()) + timedelta(minutes=minutes)


def _set_apart(name: str, tongue: Tongue) -> str:
    return apart(name) if tongue.direction == "rtl" else name
