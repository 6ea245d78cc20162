"""Blocks of weeks, in force or not, as their viewer may know them."""

from collections.abc import Iterable
from uuid import UUID

from django.urls import reverse

from innpass.casework.timetable.judging import meter
from innpass.casework.timetable.problems import HOME, SOMEWHERE, Assembled
from innpass.casework.timetable.queries import PlannedBlock
from innpass.casework.timetable.seeing import BUSY
from innpass.domain.access.policy import may_read
from innpass.domain.access.roles import Actor
from innpass.domain.planning.solution import Block as Slot
from innpass.domain.planning.solution import Part, WeekPlan
from innpass.domain.sheets.fields import Activity
from innpass.web.timetable.calendars import Entry

_NOWHERE = ("", HOME, SOMEWHERE)


def stored_entries(blocks: Iterable[PlannedBlock], *, actor: Actor, query: str = "") -> list[Entry]:
    """Return the blocks of a timetable, with what they counted as when it was made.

    Args:
        query: of the addresses they lead to: the week.
    """
    may_appointment = may_read(actor, "timetable.appointment")
    found = []
    for each in blocks:
        is_own = each.part is Part.APPOINTMENT
        is_hidden = is_own and not may_appointment
        found.append(
            Entry(
                day=int(each.day),
                start=each.start,
                end=each.end,
                part=each.part,
                activity=None if is_hidden else each.activity,
                name=BUSY if is_hidden else each.name,
                where="" if is_hidden else _place(each.where, each.room),
                minutes=each.counted_minutes,
                lessons=each.lessons,
                href=_href(each.group, each.employer, query),
            )
        )
    return found


def planned_entries(
    assembled: Assembled, pk: UUID, plan: WeekPlan, *, actor: Actor, query: str = ""
) -> list[Entry]:
    """Return the blocks of a week that is not in force, with what they would count as.

    Args:
        assembled: as seen by the actor.
    """
    may_appointment = may_read(actor, "timetable.appointment")
    rooms, groups = assembled.problem.room, assembled.problem.group
    found = []
    for counted in meter(assembled, pk, plan).counted:
        slot = counted.block
        group = groups.get(slot.what) if slot.part is Part.COURSE else None
        session = next(
            (
                one
                for one in (group.sessions if group else ())
                if (one.day, one.start, one.end) == (slot.day, slot.start, slot.end)
            ),
            None,
        )
        room = rooms[session.room].name if session and session.room else ""
        is_hidden = slot.part is Part.APPOINTMENT and not may_appointment
        found.append(
            Entry(
                day=int(slot.day),
                start=slot.start,
                end=slot.end,
                part=slot.part,
                activity=None if is_hidden else activity_of(assembled, slot),
                name=counted.name,
                where="" if is_hidden else _place(slot.where, room),
                minutes=counted.minutes,
                lessons=session.lessons if session else None,
                href=_href(
                    UUID(slot.what) if slot.part is Part.COURSE else None,
                    UUID(slot.what) if slot.part is Part.PRACTICE else None,
                    query,
                ),
            )
        )
    return found


def activity_of(assembled: Assembled, slot: Slot) -> Activity | None:
    """Return what a block is; ``None`` where it is no part of the programme."""
    if slot.part is Part.PRACTICE:
        return Activity.PRACTICE
    return assembled.activity.get(slot.what)


def _place(where: str, room: str) -> str:
    named = "" if where in _NOWHERE else where
    return ", ".join(filter(None, (room, named)))


def _href(group: UUID | None, employer: UUID | None, query: str) -> str:
    if group is not None:
        return reverse("timetable:group", args=[group]) + query
    if employer is not None:
        return reverse("timetable:workplace", args=[employer]) + query
    return ""
