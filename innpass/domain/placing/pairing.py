"""Which placement of the sheets a case tells of, also when a newer file has replaced the row."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

_NEAR = 60  # days by which a newer file may have moved a stay


@dataclass(frozen=True, slots=True)
class Mark:
    """What a case or a placement is known by.

    Attributes:
        key: its own id.
        row: the row that tells of it; ``None`` of a case that no row tells of.
        first_day, last_day: inclusive; ``None`` where not known.
        ended_on: the last day of a case that somebody has ended.
    """

    key: UUID
    row: UUID | None
    employer: UUID | None
    first_day: date | None
    last_day: date | None = None
    ended_on: date | None = None


def paired(cases: Iterable[Mark], placements: Iterable[Mark]) -> dict[UUID, UUID]:
    """Return the placement of each case of one person that has one, by their keys.

    A case goes with the placement of its row; where that row is gone, with the one at the same
    employer that begins nearest, of those that touch its days or lie within 60 days of them; one
    that begins after the case was ended is another stay. One row may tell of several placements,
    and no placement goes with two cases. A case without a row has none: nothing is laid over the
    sheets yet.
    """
    left = list(placements)
    near = sorted(
        (*_distance(case, place), str(case.key), str(place.key), case.key, place.key)
        for case in cases
        if case.row is not None
        for place in left
        if place.row == case.row or _may_be(case, place)
    )
    found: dict[UUID, UUID] = {}
    taken: set[UUID] = set()
    for *_order, case_key, place_key in near:
        if case_key not in found and place_key not in taken:
            found[case_key] = place_key
            taken.add(place_key)
    return found


def _may_be(case: Mark, place: Mark) -> bool:
    """Tell whether a placement of another row may be the one that a case tells of."""
    if not _is_same_employer(case, place):
        return False
    if case.first_day is None or place.first_day is None:
        return True
    if case.ended_on is not None and place.first_day > case.ended_on:
        return False
    last = max(case.first_day, case.ended_on or case.last_day or case.first_day)
    after = (place.first_day - last).days
    before = (case.first_day - (place.last_day or date.max)).days
    return max(after, before) <= _NEAR


def _is_same_employer(one: Mark, other: Mark) -> bool:
    return one.employer is not None and one.employer == other.employer


def _distance(case: Mark, place: Mark) -> tuple[bool, bool, int]:
    days = date.max.toordinal()
    if case.first_day is not None and place.first_day is not None:
        days = abs((case.first_day - place.first_day).days)
    return place.row != case.row, not _is_same_employer(case, place), days
