"""What stands in fields of people now, for those who are about to change it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from innpass.casework.imports.models import Way
from innpass.casework.participants.queries import visible_participants
from innpass.casework.reconciliation.cards import stored_cards, value_of
from innpass.domain.access.fields import access_name
from innpass.domain.access.policy import readable
from innpass.domain.access.roles import Actor

__all__ = ["Standing", "Way", "standing_values"]


@dataclass(frozen=True, slots=True)
class Standing:
    """A person's name, and values by field; ``None`` for none, and where it may not be read."""

    pk: UUID
    name: str
    values: Mapping[str, Any]


def standing_values(ids: Sequence[UUID], fields: Sequence[str], *, actor: Actor) -> list[Standing]:
    """Return what stands in fields of the people whom the actor may see.

    In the order of ``ids``, each once; a fixed number of queries.

    Args:
        ids: of participants.
        fields: some of ``cards.SINGLE_FIELDS``.
    """
    found = {p.pk: p for p in visible_participants(actor).filter(pk__in=set(ids))}
    people = [found[pk] for pk in dict.fromkeys(ids) if pk in found]
    cards = stored_cards(people) if fields else {}
    may = readable(actor)
    shown = [name for name in fields if access_name(name) in may]
    nothing = dict.fromkeys(fields)
    return [
        Standing(
            person.pk,
            person.name,
            nothing | {name: value_of(cards[person.pk], name) for name in shown},
        )
        for person in people
    ]
