"""Placements in the town that all have agreed on, and a link that lets an employer in."""

from uuid import UUID

from innpass.casework.accounts.models import User
from innpass.casework.agreements.models import PlacementCase
from innpass.casework.doors.codes import Holder
from innpass.casework.doors.services import make_door
from innpass.casework.participants.models import Participant
from innpass.domain.access.roles import Actor
from tests.casework.doors.letting_in import TODAY, agreed


def place(person: Participant, *, word: str, by: User) -> UUID:
    """Let a person be in practice at a nursing home; return the case."""
    made = agreed(person, by=by, employer="Nordheim sykehjem", tasks=word, goal_text=word)
    return made.pk


def let_in(case: UUID, *, by: Actor) -> str:
    """Return the secret in a link of a placement."""
    found = PlacementCase.objects.get(pk=case)
    return make_door(found, holder=Holder.LEADER, by=by, on=TODAY)
