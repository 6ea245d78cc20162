"""What people usually write in a field: names of staff, units, areas and classes."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from innpass.casework.organisations.queries import staff
from innpass.casework.overview.queries import offered_choices
from innpass.casework.placements.queries import known_places
from innpass.domain.access.roles import Actor, Role

_ROLES: Mapping[str, tuple[Role, ...]] = {
    "programme.adviser": (Role.PROGRAMME_ADVISER,),
    "programme.supervisor": (Role.PRACTICE_SUPERVISOR,),
    "nav.adviser": (Role.NAV_ADVISER,),
    "teacher": (Role.TEACHER,),
    "next_step_owner": (
        *(Role.PRACTICE_SUPERVISOR, Role.PROGRAMME_ADVISER),
        *(Role.NAV_ADVISER, Role.TEACHER),
    ),
}
_OFFERED = {
    "programme.adviser": "adviser",
    "programme.supervisor": "supervisor",
    "programme.class_name": "class_name",
}


def suggestions_for(
    fields: Collection[str], *, actor: Actor, on: date
) -> Mapping[str, Sequence[str]]:
    """Return what is usually written in some fields, by field; at most four queries."""
    found: dict[str, list[str]] = {}
    wanted = set(fields)
    if wanted & _ROLES.keys():
        people = staff(on=on)
        for name in wanted & _ROLES.keys():
            found[name] = [str(user) for user, roles in people.items() if roles & set(_ROLES[name])]
    if wanted & _OFFERED.keys():
        offered = offered_choices(actor=actor)
        for name in wanted & _OFFERED.keys():
            found.setdefault(name, []).extend(offered[_OFFERED[name]])
    if "placement.unit" in wanted:
        found["placement.unit"], found["placement.area"] = known_places(actor)
    return {name: tuple(dict.fromkeys(texts)) for name, texts in found.items()}
