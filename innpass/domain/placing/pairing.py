"""Which placement of the sheets a case tells of, also when a newer file has replaced the row."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Mark:
    """What a case or a placement is known by.

    Attributes:
        key: its own id.
        row: the row that tells of it; ``None`` of a case that no row tells of.
        first_day: ``None`` where not known.
    """

    key: UUID
    row: UUID | None
    employer: UUID | None
    first_day: date | None


def paired(cases: Iterable[Mark], placements: Iterable[Mark]) -> dict[UUID, UUID]:
    """Return the placement of each case of one person that has one, by their keys.

    A case goes with the placement of its row; where that row is gone, with the one at the same
    employer that begins nearest, of those that no other case goes with. A case without a row has
    none: nothing is laid over the sheets yet.
    """
    left = {each.key: each for each in placements}
    told = [each for each in cases if each.row is not None]
    found: dict[UUID, UUID] = {}
    for case in told:
        same = next((each for each in left.values() if each.row == case.row), None)
        if same is not None:
            found[case.key] = left.pop(same.key).key
    near = sorted(
        (_apart(case, place), str(case.key), str(place.key), case.key, place.key)
        for case in told
        if case.key not in found
        for place in left.values()
        if place.employer is not None and place.employer == case.employer
    )
    for _days, _case, _place, case_key, place_key in near:
        if case_key not in found and place_key in left:
            found[case_key] = left.pop(place_key).key
    return found


def _apart(one: Mark, other: Mark) -> int:
    if one.first_day is None or other.first_day is None:
        return date.max.toordinal()
    return abs((one.first_day - other.first_day).days)
