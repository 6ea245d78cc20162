"""The groups that meet in a week, read at once: a city has hundreds."""

from collections.abc import Collection
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from innpass.casework.timetable.models import GroupSession, TeachingGroup
from innpass.domain.periods import IsoWeek

_GROUP = (
    *("pk", "name", "activity", "level", "trade", "class_name", "locality__name", "capacity"),
    *("lesson_minutes", "counted_minutes", "meetings"),
)
_SESSION = ("day", "start", "end", "lessons", "room", "room__name", "room__capacity")
_FEW = 400  # groups whose sessions are asked for one by one; more are found among all


class OfferedSession(NamedTuple):
    """A fixed meeting of a group, as ``GroupSession`` has it, with its room if there is one."""

    day: int
    start: int
    end: int
    lessons: int
    room: UUID | None
    room_name: str | None
    room_capacity: int | None


class OfferedGroup(NamedTuple):
    """A group, as ``TeachingGroup`` has it, and how many times a week it meets."""

    pk: UUID
    name: str
    activity: str
    level: str
    trade: str
    class_name: str
    place: str
    capacity: int
    lesson_minutes: int
    counted_minutes: int
    meetings: int


def groups_in(week: IsoWeek) -> dict[UUID, OfferedGroup]:
    """Return the groups that meet in a week, by name. One query."""
    rows = _going(week).annotate(meetings=Count("sessions")).filter(meetings__gt=0)
    return {row[0]: OfferedGroup(*row) for row in rows.order_by("name").values_list(*_GROUP)}


def sessions_of(groups: Collection[UUID]) -> dict[UUID, tuple[OfferedSession, ...]]:
    """Return the sessions of some groups, in order of time. One query."""
    rows = GroupSession.objects.order_by("day", "start", "pk")
    if len(groups) <= _FEW:
        rows = rows.filter(group__in=list(groups))
    found: dict[UUID, list[OfferedSession]] = {key: [] for key in groups}
    for group, *told in rows.values_list("group", *_SESSION):
        if group in found:
            found[group].append(OfferedSession(*told))
    return {group: tuple(several) for group, several in found.items()}


def sharing_rooms(groups: Collection[UUID]) -> set[UUID]:
    """Return the groups that meet in a room in which one of some groups does. One query."""
    theirs = GroupSession.objects.filter(group__in=list(groups)).exclude(room=None)
    shared = GroupSession.objects.filter(room__in=theirs.values("room"))
    return set(shared.values_list("group", flat=True).distinct())


def names_of_groups(week: IsoWeek) -> dict[UUID, str]:
    """Return what the groups that meet in a week are called, by name. One query."""
    meets = GroupSession.objects.values("group")
    return dict(_going(week).filter(pk__in=meets).order_by("name").values_list("pk", "name"))


def _going(week: IsoWeek) -> "QuerySet[TeachingGroup]":
    found: QuerySet[TeachingGroup] = TeachingGroup.objects.filter(
        Q(last_day=None) | Q(last_day__gte=week.monday), first_day__lte=week.sunday
    )
    return found
