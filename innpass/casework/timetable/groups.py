"""Keeping the learning centre's groups: what they are, when they meet, and when they end."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import combinations
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from innpass.casework.organisations.models import ChangedMeanwhile
from innpass.casework.participants.queries import OWNER
from innpass.casework.timetable.keeping import (
    DAYS,
    CannotKeep,
    Fault,
    note,
    one_at_a_time,
    overlaps,
    time_text,
)
from innpass.casework.timetable.models import Block, GroupSession, Room, TeachingGroup, Timetable
from innpass.casework.timetable.queries import (
    STANDING,
    stretches,
    timetables_of,
)
from innpass.casework.timetable.services import follow
from innpass.domain.access.policy import Act, check_may
from innpass.domain.access.roles import Actor

MOST_SESSIONS = 20


@dataclass(frozen=True, slots=True)
class GroupValues:
    """What is said of a group; as in ``TeachingGroup``."""

    name: str
    activity: str
    level: str
    class_name: str
    locality_id: UUID
    capacity: int
    lesson_minutes: int
    counted_minutes: int
    teacher: str
    first_day: date
    last_day: date | None
    trade: str = ""


@dataclass(frozen=True, slots=True)
class Meeting:
    """When a group meets every week; as in ``GroupSession``."""

    day: int
    start: int
    end: int
    lessons: int
    room: UUID | None

    @property
    def time(self) -> tuple[int, int, int]:
        """Day, start and end."""
        return self.day, self.start, self.end


@dataclass(frozen=True, slots=True)
class Touched:
    """Somebody whose weeks do not follow a group as it meets now, from a Monday on."""

    participant: UUID
    first_monday: date


def find_group(pk: UUID) -> TeachingGroup | None:
    """Return a group with its place; ``None`` where there is none."""
    found: TeachingGroup | None = (
        TeachingGroup.objects.filter(pk=pk).select_related("locality").first()
    )
    return found


def groups_between(first: date, last: date) -> list[TeachingGroup]:
    """Return the groups that go in some days, by name, with place, sessions and rooms."""
    rows = TeachingGroup.objects.filter(first_day__lte=last).exclude(last_day__lt=first)
    found = rows.select_related("locality").prefetch_related("sessions__room")
    return list(found.order_by("name", "first_day", "pk"))


def sessions_of(group: TeachingGroup) -> list[GroupSession]:
    """Return the sessions of a group in order of time. One query."""
    return list(group.sessions.order_by("day", "start", "pk"))


def is_used(group: TeachingGroup) -> bool:
    """Tell whether somebody has or had a week with a group."""
    return bool(Block.objects.filter(group=group).exists())


def meetings_of(group: TeachingGroup) -> list[Meeting]:
    """Return when a group meets, in order of time. One query."""
    rows = group.sessions.order_by("day", "start", "pk")
    return [Meeting(*each) for each in rows.values_list("day", "start", "end", "lessons", "room")]


@transaction.atomic
def keep_group(
    *,
    group: TeachingGroup | None,
    values: GroupValues,
    meetings: Sequence[Meeting],
    expected: int,
    by: Actor,
) -> TeachingGroup:
    """Store a group with its sessions; ``None`` makes a new one.

    Weeks in force keep the sessions they were made with; ``touched_by`` names them. After its last
    day nobody's week has the group any more.

    Args:
        expected: the ``version`` that was on the screen; of no account for a new one.

    Raises:
        MayNot: groups are not theirs to keep.
        CannotKeep: see ``faults_in``.
        ChangedMeanwhile: somebody else saved the group.
    """
    check_may(by, Act.KEEP_GROUPS)
    municipality = one_at_a_time(by)
    found = list(faults_in(group, values, meetings))
    if found:
        raise CannotKeep(found)
    said = asdict(values)
    ended = group.last_day if group else None
    if group is None:
        kept = TeachingGroup.objects.create(municipality=municipality, **said)
    else:
        kept = group
        for name, value in said.items():
            setattr(kept, name, value)
        kept.save_version(expected=expected, fields=tuple(said))
        kept.sessions.all().delete()
    GroupSession.objects.bulk_create(
        GroupSession(
            municipality=municipality,
            group=kept,
            day=each.day,
            start=each.start,
            end=each.end,
            lessons=each.lessons,
            room_id=each.room,
        )
        for each in meetings
    )
    note(by, action="keep_group", kind="teaching_group", subject=kept.pk, changes=_noted(kept))
    if group is not None and ended != kept.last_day:
        follow(_ever_in(kept), municipality)
    return kept


@transaction.atomic
def end_group(*, group: TeachingGroup, last_day: date, expected: int, by: Actor) -> None:
    """Let a group meet for the last time on a day.

    Raises:
        MayNot: groups are not theirs to keep.
        CannotKeep: the day is before its first.
        ChangedMeanwhile: somebody else saved the group.
    """
    check_may(by, Act.KEEP_GROUPS)
    municipality = one_at_a_time(by)
    if last_day < group.first_day:
        raise CannotKeep([Fault("last_day", _ends_early())])
    group.last_day = last_day
    group.save_version(expected=expected, fields=("last_day",))
    note(by, action="end_group", kind="teaching_group", subject=group.pk, changes=_noted(group))
    follow(_ever_in(group), municipality)


@transaction.atomic
def delete_group(*, group: TeachingGroup, expected: int, by: Actor) -> None:
    """Take away a group that nobody has been in.

    Raises:
        MayNot: groups are not theirs to keep.
        CannotKeep: somebody has a week with it, or had one.
        ChangedMeanwhile: somebody else saved the group.
    """
    check_may(by, Act.KEEP_GROUPS)
    one_at_a_time(by)
    if is_used(group):
        text = _("Noen har eller har hatt timeplan med denne gruppa. Avslutt den i stedet.")
        raise CannotKeep([Fault("", text)])
    stored = TeachingGroup.objects.filter(pk=group.pk).first()
    if stored is None or stored.version != expected:
        raise ChangedMeanwhile(stored or group)
    note(by, action="delete_group", kind="teaching_group", subject=group.pk, changes=_noted(group))
    stored.delete()


def faults_in(
    group: TeachingGroup | None, values: GroupValues, meetings: Sequence[Meeting]
) -> Iterator[Fault]:
    """Say why a group cannot be kept like that, each with what to do. A fixed number of queries.

    Sessions too short for their lessons, at the same time, or in a room that is too small; and a
    room or a teacher that another group has at that time.
    """
    if values.last_day is not None and values.last_day < values.first_day:
        yield Fault("last_day", _ends_early())
    if values.counted_minutes < values.lesson_minutes:
        yield Fault(
            "counted_minutes",
            _("En time kan ikke regnes som kortere enn den er. Skriv %(minutes)s eller mer.")
            % {"minutes": values.lesson_minutes},
        )
    same = TeachingGroup.objects.filter(name__iexact=values.name, first_day=values.first_day)
    if same.exclude(pk=group.pk if group else None).exists():
        text = _("Det finnes en gruppe som heter «%(name)s» fra samme dag. Velg et annet navn.")
        yield Fault("name", text % {"name": values.name})
    yield from _own_faults(values, meetings)
    yield from _shared_faults(group, values, meetings)


def touched_by(group: TeachingGroup, *, on: date, among: Collection[UUID]) -> list[Touched]:
    """Return those whose weeks in force, from a day on, do not follow the group as it meets now.

    Weeks after the group's last day are not asked: they leave its sessions out by themselves.

    Args:
        among: whom the one who asks may see.
    """
    rows = Timetable.objects.filter(
        STANDING, Q(last_sunday=None) | Q(last_sunday__gte=on), blocks__group=group
    ).annotate(owner=OWNER)
    owners = set(rows.values_list("owner", flat=True)) & set(among)
    holding = {
        each.timetable: (owner, max(each.first_monday, on))
        for owner, several in timetables_of(owners).items()
        for each in stretches(several)
        if (each.last_sunday is None or each.last_sunday >= on)
        and (group.last_day is None or max(each.first_monday, on) <= group.last_day)
    }
    meets = {(each.time, each.lessons) for each in meetings_of(group)}
    has: dict[UUID, set[Any]] = {}
    blocks = Block.objects.filter(group=group, timetable__in=holding)
    for pk, *time, lessons in blocks.values_list("timetable", "day", "start", "end", "lessons"):
        has.setdefault(pk, set()).add((tuple(time), lessons))
    found: dict[UUID, date] = {}
    for pk, sessions in has.items():
        owner, first = holding[pk]
        if sessions != meets:
            found[owner] = min(first, found.get(owner, first))
    return [Touched(owner, first) for owner, first in sorted(found.items())]


def _ever_in(group: TeachingGroup) -> set[UUID]:
    """Return whose weeks in force have the group in them at any time."""
    rows = Timetable.objects.filter(STANDING, blocks__group=group).annotate(owner=OWNER)
    return set(rows.values_list("owner", flat=True))


def _own_faults(values: GroupValues, meetings: Sequence[Meeting]) -> Iterator[Fault]:
    if not meetings:
        yield Fault("", _("Gruppa har ingen økter. Legg inn minst én."))
    rooms = Room.objects.in_bulk([each.room for each in meetings if each.room])
    for at, each in enumerate(meetings):
        if each.end <= each.start:
            yield Fault(f"{at}.time", _("Slutten må komme etter starten, samme dag."))
            continue
        if each.lessons < 1 or each.lessons * values.lesson_minutes > each.end - each.start:
            yield Fault(
                f"{at}.lessons",
                _(
                    "%(lessons)s timer på %(minutes)s minutter får ikke plass i økta på %(length)s "
                    "minutter. Gjør økta lengre, eller timene færre."
                )
                % {
                    "lessons": each.lessons,
                    "minutes": values.lesson_minutes,
                    "length": each.end - each.start,
                },
            )
        room = rooms.get(each.room) if each.room else None
        if room is not None and room.capacity < values.capacity:
            yield Fault(
                f"{at}.room",
                _("%(room)s har %(seats)s plasser. Gruppa har %(wanted)s. Velg et større rom.")
                % {"room": room.name, "seats": room.capacity, "wanted": values.capacity},
            )
    for (_at, one), (at, other) in combinations(enumerate(meetings), 2):
        if overlaps(one.time, other.time):
            text = _("Gruppa har to økter samtidig på %(day)s. Flytt den ene.")
            yield Fault(f"{at}.time", text % {"day": DAYS[other.day]})


def _shared_faults(
    group: TeachingGroup | None, values: GroupValues, meetings: Sequence[Meeting]
) -> Iterator[Fault]:
    """Say where another group of the same days has the room or the teacher."""
    others = GroupSession.objects.filter(
        Q(group__last_day=None) | Q(group__last_day__gte=values.first_day)
    ).exclude(group=group)
    if values.last_day is not None:
        others = others.filter(group__first_day__lte=values.last_day)
    known = list(others.select_related("group", "room").order_by("day", "start", "pk"))
    for at, each in enumerate(meetings):
        for other in known:
            if not overlaps(each.time, (other.day, other.start, other.end)):
                continue
            told = {
                "group": other.group.name,
                "day": DAYS[other.day],
                "time": time_text(other.start, other.end),
            }
            if each.room is not None and each.room == other.room_id:
                text = _("«%(group)s» har %(room)s på %(day)s %(time)s. Velg et annet rom.")
                yield Fault(f"{at}.room", text % {**told, "room": other.room.name})
            if values.teacher and values.teacher.casefold() == other.group.teacher.casefold():
                text = _("%(teacher)s har «%(group)s» på %(day)s %(time)s. Flytt den ene økta.")
                yield Fault(f"{at}.time", text % {**told, "teacher": values.teacher})


def _ends_early() -> str:
    return _("Siste dag er før første dag. Rett en av dem.")


def _noted(group: TeachingGroup) -> dict[str, Any]:
    last = group.last_day.isoformat() if group.last_day else None
    return {"name": [None, group.name], "last_day": [None, last]}
