"""Who acts, and in which municipality."""

from datetime import date

from django.db.models import Q
from django_scopes import scopes_disabled

from innpass.casework.accounts.models import User
from innpass.casework.organisations.models import ChangedMeanwhile, Membership, Municipality
from innpass.domain.access.roles import Actor, Role

__all__ = ["ChangedMeanwhile", "actor_for", "operator", "staff"]


def actor_for(user: User, *, on: date) -> tuple[Actor, Municipality] | None:
    """Return the user's eyes on a day, or ``None`` where the user works nowhere that day.

    Somebody with memberships in several municipalities acts in the first by name; choosing is
    for a later issue.
    """
    with scopes_disabled():  # the one place that must look before the tenant is known
        memberships = list(
            Membership.objects.filter(user=user, first_day__lte=on)
            .filter(Q(last_day__isnull=True) | Q(last_day__gte=on))
            .select_related("municipality", "organisation")
            .order_by("municipality__name", "organisation__kind")
        )
    if not memberships:
        return None
    municipality = memberships[0].municipality
    mine = [m for m in memberships if m.municipality_id == municipality.id]
    actor = Actor(
        user_id=user.id,
        name=str(user),
        municipality_id=municipality.id,
        body=mine[0].organisation.kind,
        roles=frozenset(Role(m.role) for m in mine),
    )
    return actor, municipality


def operator(municipality: Municipality) -> Actor:
    """Return the operator's eyes: the command line and the worker read everything."""
    return Actor(
        user_id=None,
        name="operatør",
        municipality_id=municipality.id,
        body=None,
        roles=frozenset(),
    )


def staff(*, on: date) -> dict[User, frozenset[Role]]:
    """Return who works in the municipality on a day, by name, with their roles."""
    memberships = (
        Membership.objects.filter(first_day__lte=on, user__is_active=True)
        .filter(Q(last_day__isnull=True) | Q(last_day__gte=on))
        .select_related("user")
    )
    roles: dict[User, set[Role]] = {}
    for membership in sorted(memberships, key=lambda m: (str(m.user), str(m.user_id))):
        roles.setdefault(membership.user, set()).add(Role(membership.role))
    return {user: frozenset(theirs) for user, theirs in roles.items()}
