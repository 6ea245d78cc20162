"""Finding one row: a timetable, a group, a workplace, a proposed week; with whom it is about."""

from dataclasses import dataclass
from uuid import UUID

from innpass.casework.participants.models import Participant
from innpass.casework.participants.queries import OWNER, visible_participants
from innpass.casework.timetable.models import (
    Opening,
    ProposedWeek,
    TeachingGroup,
    Timetable,
    Workplace,
)
from innpass.casework.timetable.places import employers_seen_by
from innpass.domain.access.roles import Actor


def find_timetable(pk: UUID, *, actor: Actor) -> tuple[Timetable, Participant] | None:
    """Return a timetable and whom it is about; ``None`` where the actor may see no such person."""
    row = Timetable.objects.filter(pk=pk).annotate(owner=OWNER).select_related("made_by").first()
    if row is None:
        return None
    person = visible_participants(actor).filter(pk=row.owner).first()
    return (row, person) if person is not None else None


def find_proposed_week(pk: UUID, *, actor: Actor) -> ProposedWeek | None:
    """Return a proposed week that the actor asked for, of somebody the actor may see."""
    rows = ProposedWeek.objects.filter(pk=pk, participant__in=visible_participants(actor))
    if not actor.is_operator:
        rows = rows.filter(proposal__asked_by=actor.user_id)
    found: ProposedWeek | None = rows.select_related("participant", "proposal").first()
    return found


def find_group(pk: UUID) -> TeachingGroup | None:
    """Return a group with its sessions and their rooms. Two queries."""
    rows = TeachingGroup.objects.filter(pk=pk).select_related("locality")
    found: TeachingGroup | None = rows.prefetch_related("sessions__room").first()
    return found


@dataclass(frozen=True, slots=True)
class Place:
    """An employer as a workplace.

    Attributes:
        locality: where it is; empty where nobody says.
        openings: by day of the week; empty where it has stated none.
    """

    pk: UUID
    name: str
    locality: str
    openings: dict[int, Opening]


def find_place(employer: UUID, *, actor: Actor) -> Place | None:
    """Return an employer with when it takes participants; three queries at most.

    ``None`` where there is none, and where only people have been whom the actor may not see.
    """
    found = employers_seen_by(actor).filter(pk=employer).first()
    if found is None:
        return None
    rows = Workplace.objects.filter(employer=employer).select_related("locality")
    workplace = rows.prefetch_related("openings").first()
    return Place(
        pk=found.pk,
        name=found.name,
        locality=workplace.locality.name if workplace else "",
        openings={each.day: each for each in workplace.openings.all()} if workplace else {},
    )


def has_been_planned(employer: UUID, *, actor: Actor) -> bool:
    """Tell whether anybody whom the actor may see was ever planned to be at an employer."""
    rows = Timetable.objects.filter(blocks__employer=employer).annotate(owner=OWNER)
    return bool(rows.filter(owner__in=visible_participants(actor).values("pk")).exists())
