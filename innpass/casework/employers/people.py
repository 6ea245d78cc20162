"""Who is, was and will be at an employer, of those whom the viewer may see."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from innpass.casework.employers.queries import names_of
from innpass.casework.participants.models import Participant
from innpass.casework.participants.queries import people_hidden_from
from innpass.casework.placements.models import Employer, Placement
from innpass.domain.access.policy import readable
from innpass.domain.access.roles import Actor


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody's time at an employer; what the viewer may not read is empty."""

    person: UUID
    name: str
    first_day: date | None
    last_day: date | None
    has_contract: bool

    def is_now(self, on: date) -> bool:
        """Tell whether it goes on."""
        return not self.is_to_come(on) and (self.last_day is None or self.last_day >= on)

    def is_to_come(self, on: date) -> bool:
        """Tell whether it begins later."""
        return self.first_day is not None and self.first_day > on


def visits(employer: Employer, *, actor: Actor) -> list[Visit]:
    """Return who has been at an employer and its other spellings, the latest first. Two queries."""
    may = readable(actor)
    rows = (
        Placement.objects.filter(employer__in=names_of(employer))
        .exclude(participant__in=people_hidden_from(actor))
        .order_by("-first_day", "participant__name", "pk")
        .values_list(
            *("participant", "participant__name", "first_day", "last_day"),
            *("contract", "has_contract"),
        )
    )
    days = "placement.first_day" in may and "placement.last_day" in may
    return [
        Visit(
            person=pk,
            name=name if "name" in may else "",
            first_day=first if days else None,
            last_day=last if days else None,
            has_contract="placement.contract" in may and bool(has or contract),
        )
        for pk, name, first, last, contract, has in rows
    ]


def names_of_people(people: Collection[UUID]) -> dict[UUID, str]:
    """Return the names of people whom the viewer is known to see and may read. One query."""
    return dict(Participant.objects.filter(pk__in=people).values_list("pk", "name"))
