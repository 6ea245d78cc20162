"""Reading placements."""

from innpass.casework.participants.queries import people_hidden_from
from innpass.casework.placements.models import Placement
from innpass.domain.access.policy import may_read
from innpass.domain.access.roles import Actor

_MOST_PLACES = 2000


def area_of(placement: Placement) -> str:
    """Return the service area of a placement: its own, else that of its employer."""
    return placement.area or (placement.employer.area if placement.employer else "")


def known_places(actor: Actor) -> tuple[list[str], list[str]]:
    """Return the units and the service areas where people have been in practice, by name.

    Where only people have been whom the actor may not see, is not told. One query.
    """
    if not may_read(actor, "placement.unit"):
        return [], []
    places = Placement.objects.exclude(participant__in=people_hidden_from(actor))
    found = places.exclude(employer=None).order_by("employer__name")
    pairs = list(found.values_list("employer__name", "area").distinct()[:_MOST_PLACES])
    may_area = may_read(actor, "placement.area")
    units = {unit for unit, _ in pairs}
    areas = {area for _, area in pairs if area and may_area}
    return sorted(units, key=str.casefold), sorted(areas, key=str.casefold)
