"""What stands in fields of people now, for those who are about to change it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from innpass.casework.imports.models import Way
from innpass.casework.participants.queries import visible_participants
from innpass.casework.reconciliation.cards import stored_cards, value_of
from innpass.casework.reconciliation.present import (
    is_of_detail,
    kind_of,
    lacking,
    present_details,
)
from innpass.domain.access.fields import access_name
from innpass.domain.access.policy import readable
from innpass.domain.access.roles import Actor
from innpass.domain.sheets.records import TableKind
from innpass.exchange.clock import today

__all__ = ["Standing", "Way", "standing_values"]


@dataclass(frozen=True, slots=True)
class Standing:
    """A person's name, and values by field; ``None`` for none, and where it may not be read.

    Attributes:
        marks: which placement, hours or test the fields are of, by kind (``present``).
        lacking: why a field cannot be typed in, in Norwegian, by field; those that can are left
            out.
    """

    pk: UUID
    name: str
    values: Mapping[str, Any]
    marks: Mapping[TableKind, str] = field(default_factory=dict)
    lacking: Mapping[str, str] = field(default_factory=dict)

    def mark(self, name: str) -> str | None:
        """Return the mark of what a field is of; ``None`` of a person's own."""
        return self.marks.get(kind_of(name)) if is_of_detail(name) else None


def standing_values(ids: Sequence[UUID], fields: Sequence[str], *, actor: Actor) -> list[Standing]:
    """Return what stands in fields of the people whom the actor may see.

    In the order of ``ids``, each once; a fixed number of queries.

    Args:
        ids: of participants.
        fields: some of ``cards.SINGLE_FIELDS``, and of the present placement, hours and test.
    """
    found = {p.pk: p for p in visible_participants(actor).filter(pk__in=set(ids))}
    people = [found[pk] for pk in dict.fromkeys(ids) if pk in found]
    cards = stored_cards(people) if fields else {}
    may = readable(actor)
    shown = [name for name in fields if access_name(name) in may]
    nothing = dict.fromkeys(fields)
    of_details = [name for name in shown if is_of_detail(name)]
    present = present_details(people, on=today()) if of_details else {}
    found_all = []
    for person in people:
        meant = {name: present[person.pk][kind_of(name)] for name in of_details}
        why = {name: lacking(kind_of(name), each.mark) for name, each in meant.items()}
        found_all.append(
            Standing(
                person.pk,
                person.name,
                nothing
                | {
                    name: meant[name].value(name)
                    if name in meant
                    else value_of(cards[person.pk], name)
                    for name in shown
                },
                {kind_of(name): each.mark for name, each in meant.items()},
                {name: sentence for name, sentence in why.items() if sentence},
            )
        )
    return found_all
