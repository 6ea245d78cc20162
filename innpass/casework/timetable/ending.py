"""When what stands in a week is over: the group, the practice, or the appointment has ended."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from innpass.casework.placements.models import Placement
from innpass.casework.timetable.models import Appointment, TeachingGroup
from innpass.domain.planning.solution import Block as Slot
from innpass.domain.planning.solution import Part

if TYPE_CHECKING:
    from innpass.casework.timetable.queries import PlannedBlock

_FEW = 400  # people asked for one by one; more are found among all


@dataclass(frozen=True, slots=True)
class Ends:
    """Last days, inclusive, of groups, of appointments, and of practice by person and employer.

    What has no last day, or is not known, is in none of them.
    """

    groups: Mapping[UUID, date]
    appointments: Mapping[UUID, date]
    practice: Mapping[tuple[UUID, UUID], date]

    def last_day(self, owner: UUID, block: "PlannedBlock") -> date | None:
        """Say until when a block of somebody's can take place; ``None`` where nothing ends it."""
        if block.group is not None:
            return self.groups.get(block.group)
        if block.part is Part.PRACTICE and block.employer is not None:
            return self.practice.get((owner, block.employer))
        return self.appointments.get(block.appointment) if block.appointment else None

    def is_over(self, owner: UUID, block: "PlannedBlock", *, on: date) -> bool:
        """Say whether a block of somebody's takes place no more on a day."""
        last = self.last_day(owner, block)
        return last is not None and on > last


def ends_of(weeks: Mapping[UUID, Iterable["PlannedBlock"]]) -> Ends:
    """Return when what stands in some people's weeks is over. At most three queries.

    Somebody's practice at an employer of whom no practice period is known any more is not over:
    nobody said so.

    Args:
        weeks: blocks by the person they are about (``OWNER``).
    """
    blocks = [(owner, each) for owner, several in weeks.items() for each in several]
    groups = {each.group for _, each in blocks if each.group}
    appointments = {each.appointment for _, each in blocks if each.appointment}
    stays = {(owner, each.employer) for owner, each in blocks if each.employer}
    return Ends(
        groups=_last_days(TeachingGroup, groups),
        appointments=_last_days(Appointment, appointments),
        practice=_practice(stays) if stays else {},
    )


def ends_of_plan(owner: UUID, plan: Iterable[Slot]) -> dict[Slot, date]:
    """Return the last day of what has one in somebody's week as the planner has it.

    At most three queries.
    """
    keys = {each: _key(each.what) for each in plan}
    known = {each: key for each, key in keys.items() if key is not None}
    groups = _last_days(
        TeachingGroup, {key for each, key in known.items() if each.part is Part.COURSE}
    )
    stays = {(owner, key) for each, key in known.items() if each.part is Part.PRACTICE}
    practice = _practice(stays) if stays else {}
    own = _last_days(
        Appointment, {key for each, key in known.items() if each.part is Part.APPOINTMENT}
    )

    def last_day(part: Part, key: UUID) -> date | None:
        if part is Part.PRACTICE:
            return practice.get((owner, key))
        return (groups if part is Part.COURSE else own).get(key)

    found = {each: last_day(each.part, key) for each, key in known.items()}
    return {each: last for each, last in found.items() if last not in (None, date.max)}


def groups_that_end(plans: Iterable[Iterable[Slot]]) -> list[tuple[date, str]]:
    """Return the groups of some weeks that have a last day, by it and by name. One query."""
    slots = (each for plan in plans for each in plan if each.part is Part.COURSE)
    wanted = {key for each in slots if (key := _key(each.what)) is not None}
    rows = TeachingGroup.objects.filter(pk__in=wanted).exclude(last_day=None)
    return sorted(rows.values_list("last_day", "name"))


def _key(text: str) -> UUID | None:
    """Read what a block is; one that is no more is known by its name alone."""
    try:
        return UUID(text)
    except ValueError:
        return None


def last_days_of_practice(stays: set[tuple[UUID, UUID]]) -> dict[tuple[UUID, UUID], date]:
    """Return the last day of some practice, by person and employer. At most one query.

    It is ``date.max`` where a period has no last day; where none is known, there is nothing.
    """
    return _practice(stays) if stays else {}


def _last_days(
    model: type[TeachingGroup] | type[Appointment], wanted: set[UUID]
) -> dict[UUID, date]:
    if not wanted:
        return {}
    rows = model.objects.filter(pk__in=wanted).exclude(last_day=None)
    return dict(rows.values_list("pk", "last_day"))


def _practice(stays: set[tuple[UUID, UUID]]) -> dict[tuple[UUID, UUID], date]:
    owners, employers = {owner for owner, _ in stays}, {employer for _, employer in stays}
    found: dict[tuple[UUID, UUID], date] = {}
    rows = Placement.objects.filter(employer__in=employers)
    if len(owners) <= _FEW:
        rows = rows.filter(participant__in=owners)
    for owner, employer, last in rows.values_list("participant", "employer", "last_day"):
        if (owner, employer) in stays:
            before = found.get((owner, employer), date.min)
            found[owner, employer] = max(before, last or date.max)
    return found
