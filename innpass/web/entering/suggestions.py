"""What people usually write in a field: names of staff, units, areas and classes."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from innpass.casework.overview.known_names import STAFF_FIELDS, known_names
from innpass.casework.overview.queries import offered_choices
from innpass.casework.placements.queries import known_places
from innpass.domain.access.roles import Actor

_CLASS = "programme.class_name"


def suggestions_for(
    fields: Collection[str], *, actor: Actor, on: date
) -> Mapping[str, Sequence[str]]:
    """Return what is usually written in some fields, by field; at most four queries."""
    found: dict[str, Sequence[str]] = {}
    wanted = set(fields)
    if wanted & STAFF_FIELDS:
        found |= known_names(wanted, actor=actor, on=on)
    if _CLASS in wanted:
        found[_CLASS] = offered_choices(actor=actor)["class_name"]
    if "placement.unit" in wanted:
        found["placement.unit"], found["placement.area"] = known_places(actor)
    return found
