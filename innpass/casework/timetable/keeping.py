"""What the keeping of groups, places and ties has in common: faults, the log, one at a time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from innpass.casework.audit import services as audit
from innpass.casework.organisations.models import Municipality
from innpass.domain.access.roles import Actor
from innpass.domain.planning.sentences import clock_text

DAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")


@dataclass(frozen=True, slots=True)
class Fault:
    """Why something cannot be kept.

    Attributes:
        place: the field, or number and field of a row, such as ``name`` or ``2.time``; empty where
            it is about the whole.
        text: a sentence that says what to do.
    """

    place: str
    text: str


class CannotKeep(Exception):
    """What was typed cannot be meant, or clashes; nothing is stored. ``faults`` say why."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(" ".join(each.text for each in self.faults))


def one_at_a_time(by: Actor) -> Municipality:
    """Hold the municipality's row until the transaction ends, so that no two clash unseen."""
    found: Municipality = Municipality.objects.select_for_update().get(pk=by.municipality_id)
    return found


def note(
    by: Actor, *, action: str, kind: str, subject: UUID, changes: Mapping[str, Any] | None = None
) -> None:
    """Write one line of the log."""
    audit.record(
        municipality_id=by.municipality_id,
        actor_id=by.user_id,
        action=action,
        subject_kind=kind,
        subject_id=subject,
        changes=dict(changes or {}),
    )


def time_text(start: int, end: int) -> str:
    """Write two times of a day, such as ``08.30–12.00``."""
    return f"{clock_text(start)}–{clock_text(end)}"


def overlaps(one: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    """Tell whether two of day, start and end are at the same time; to follow at once is not.

    Example:
        >>> overlaps((0, 480, 540), (0, 540, 600)), overlaps((0, 480, 540), (0, 500, 600))
        (False, True)
    """
    return one[0] == other[0] and one[1] < other[2] and other[1] < one[2]
