"""The names of staff that are known: those who work here, and those who stand with people."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Value

from innpass.casework.organisations.queries import staff
from innpass.casework.overview.models import OverviewRow
from innpass.casework.programme.models import Enrolment
from innpass.domain.access.fields import access_name
from innpass.domain.access.policy import readable
from innpass.domain.access.roles import Actor, Role
from innpass.domain.linking.names import fold

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
_COLUMNS: Mapping[str, tuple[Any, str]] = {
    "programme.adviser": (OverviewRow, "adviser"),
    "programme.supervisor": (OverviewRow, "supervisor"),
    "nav.adviser": (OverviewRow, "nav_adviser"),
    "teacher": (OverviewRow, "teacher"),
    "next_step_owner": (Enrolment, "next_step_owner"),
}

_OWNER = "next_step_owner"

# The fields, as sheets call them, in which somebody who works with people is named.
STAFF_FIELDS = frozenset(_ROLES)


def known_names(fields: Collection[str], *, actor: Actor, on: date) -> dict[str, tuple[str, ...]]:
    """Return the names known for some of ``STAFF_FIELDS``, by field, in two queries.

    Those who work here as such come first, then what stands with people whom everybody sees, for
    fields that the actor may read: protected people offer nothing, as in the filters.
    """
    may = readable(actor)
    wanted = [name for name in _ROLES if name in fields and access_name(name) in may]
    if not wanted:
        return {}
    found: dict[str, list[str]] = {name: [] for name in wanted}
    for user, roles in staff(on=on).items():
        for name in wanted:
            if roles & set(_ROLES[name]):
                found[name].append(str(user))
    # Whoever works with people may have the next step.
    asked = [
        name for name in _ROLES if name in wanted or (_OWNER in wanted and access_name(name) in may)
    ]
    for name, text in sorted(_written(asked)):
        for into in {name, _OWNER} & found.keys():
            found[into].append(text)
    return {name: tuple(dict.fromkeys(texts)) for name, texts in found.items()}


def _written(fields: Iterable[str]) -> list[tuple[str, str]]:
    """Return which names stand in the fields, each once."""
    first, *others = (
        model.objects.filter(participant__is_protected=False)
        .exclude(**{column: ""})
        .order_by()
        .values_list(Value(name), column)
        .distinct()
        for name, (model, column) in ((name, _COLUMNS[name]) for name in fields)
    )
    return list(first.union(*others) if others else first)


def strangers(values: Iterable[tuple[str, object]], *, actor: Actor, on: date) -> tuple[str, ...]:
    """Return the names among values that nobody known has, each once, in order.

    Ask before the values are saved: afterwards they stand with people.

    Args:
        values: fields and what they are to hold; those that name no staff are passed over.
    """
    named = [(name, str(value)) for name, value in values if name in STAFF_FIELDS and value]
    if not named:
        return ()
    known = known_names(STAFF_FIELDS, actor=actor, on=on)
    folded = {tuple(fold(text)) for texts in known.values() for text in texts}
    return tuple(dict.fromkeys(text for _name, text in named if tuple(fold(text)) not in folded))
