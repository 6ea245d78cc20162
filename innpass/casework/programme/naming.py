"""Naming a person at the command line."""

from uuid import UUID

from innpass.casework.organisations.choosing import Refused
from innpass.casework.participants.models import Identifier, Participant
from innpass.casework.participants.queries import visible_participants
from innpass.domain.access.policy import may_read
from innpass.domain.access.roles import Actor


def find_person(text: str, actor: Actor) -> Participant:
    """Return the person of an id or of a system's number, of those the actor may see.

    Raises:
        Refused: there is none, or the number is that of several.
    """
    people = visible_participants(actor)
    try:
        found = people.filter(pk=UUID(text)).first()
    except ValueError:
        kinds = [
            kind
            for kind in ("socio", "visma_refugee", "visma_learning")
            if may_read(actor, f"identifier.{kind}")
        ]
        owners = list(
            Identifier.objects.filter(plain=text, kind__in=kinds, participant__in=people)
            .values_list("participant", flat=True)
            .distinct()
        )
        if len(owners) > 1:
            raise Refused(
                f"Nummeret {text} finnes i flere systemer. Bruk deltakerens id."
            ) from None
        found = people.filter(pk=owners[0]).first() if owners else None
    if found is None:
        raise Refused("Vi finner ingen deltaker med denne id-en eller dette nummeret.")
    return found
