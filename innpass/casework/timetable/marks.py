"""What is noted about people, once for each time of a day, however their plans changed since."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from innpass.casework.participants.queries import OWNER, owned_by
from innpass.casework.timetable.attended import Attendance

_COLUMNS = (
    *("pk", "participant_id", "on", "start", "end", "part", "activity", "name", "group_id"),
    *("employer_id", "counted_minutes", "absent_minutes", "missed", "kind"),
    *("noted_at", "noted_by_id", "version"),
)


class Row(Protocol):
    """A row of ``Attendance`` with its owner: whom it is about now."""

    pk: UUID
    owner: UUID
    participant_id: UUID
    on: date
    start: int
    end: int
    noted_at: datetime


def noted_between(
    begin: date, end: date, *, among: Collection[UUID] | None = None
) -> dict[UUID, list[Any]]:
    """Return what is noted about some people or all, in order of time, days inclusive. One query.

    Nobody is in two places at once: of what is noted twice about the same time, for somebody who
    was moved or who turned out to be two, ``once`` says what stands.
    """
    rows = Attendance.objects.filter(on__gte=begin, on__lte=end)
    alone = among is not None and len(among) == 1
    rows = owned_by(rows, among or ()) if alone else rows.annotate(owner=OWNER)
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows.values_list("owner", *_COLUMNS, named=True):
        if among is None or row.owner in among:
            found[row.owner].append(row)
    return {owner: once(several) for owner, several in found.items()}


def once(rows: Iterable[Any]) -> list[Any]:
    """Leave out what is noted about the same time as what goes before it; in order of time.

    What was noted about the person as such goes first, then what was noted last.

    Args:
        rows: of one owner.
    """
    of_day: dict[date, list[Any]] = defaultdict(list)
    for row in sorted(rows, key=_weight, reverse=True):
        if not any(overlaps(row, each.start, each.end) for each in of_day[row.on]):
            of_day[row.on].append(row)
    return sorted(
        (row for several in of_day.values() for row in several),
        key=lambda row: (row.on, row.start),
    )


def attended_minutes(row: Any) -> int:
    """Return the minutes of programme time of a noted block that the person was there for."""
    minutes = row.end - row.start
    return round(row.counted_minutes * (minutes - row.absent_minutes) / minutes)


def overlaps(row: Row, start: int, end: int) -> bool:
    """Say whether something that is noted is about some of a time of its day."""
    return row.start < end and start < row.end


def _weight(row: Row) -> tuple[bool, datetime, UUID]:
    return row.participant_id == row.owner, row.noted_at, row.pk
