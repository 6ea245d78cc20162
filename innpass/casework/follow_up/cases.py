"""Which case what is noted belongs to: a placement that came with a sheet gets one when needed."""

from datetime import date
from uuid import UUID

from innpass.casework.agreements.models import PlacementCase
from innpass.casework.agreements.queries import find_case
from innpass.casework.agreements.services import case_of_placement
from innpass.casework.organisations.queries import operator
from innpass.casework.participants.models import Participant
from innpass.casework.placements.models import Placement
from innpass.domain.access.policy import may_write
from innpass.domain.access.roles import Actor

__all__ = ["case_for", "case_or_none", "find_case"]


def case_or_none(person: Participant, pk: UUID, *, actor: Actor) -> PlacementCase | None:
    """Return the case of a person that an address names; ``None`` where it names none of theirs."""
    found = find_case(pk, actor=actor)
    is_theirs = found is not None and found.owner == person.pk  # type: ignore[attr-defined]
    return found if is_theirs else None


def placement_or_none(person: Participant, pk: UUID) -> Placement | None:
    """Return the placement of a person that an address names; ``None`` where it names none."""
    rows = Placement.objects.select_related("employer").filter(pk=pk, participant=person)
    found: Placement | None = rows.first()
    return found


def case_for(placement: Placement, *, by: Actor, on: date) -> PlacementCase:
    """Return the case of a placement, made where there is none.

    The caller has made sure that the actor sees the person and may note what the case is made for:
    the teacher's visit needs a case, though cases are not the teacher's to propose.

    Raises:
        Refused: the placement names no employer.
    """
    if not may_write(by, "agreement.state"):
        by = operator(placement.municipality)
    return case_of_placement(placement, by=by, on=on)
