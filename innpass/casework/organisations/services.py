"""Acts on municipalities, bodies and memberships."""

from datetime import date

from django.db import transaction
from django_scopes import scope

from innpass.casework.accounts.models import User
from innpass.casework.audit import services as audit
from innpass.casework.organisations.models import (
    Membership,
    Municipality,
    Organisation,
    OrganisationKind,
)
from innpass.domain.access.roles import Actor, Role

BODY_OF_ROLE: dict[Role, OrganisationKind] = {
    Role.PRACTICE_SUPERVISOR: OrganisationKind.REFUGEE_DEPARTMENT,
    Role.PROGRAMME_ADVISER: OrganisationKind.REFUGEE_DEPARTMENT,
    Role.TEACHER: OrganisationKind.ADULT_LEARNING_CENTRE,
    Role.NAV_ADVISER: OrganisationKind.NAV_OFFICE,
    Role.COORDINATOR: OrganisationKind.REFUGEE_DEPARTMENT,
    Role.LEADER: OrganisationKind.REFUGEE_DEPARTMENT,
    Role.ADMINISTRATOR: OrganisationKind.REFUGEE_DEPARTMENT,
}


@transaction.atomic
def make_municipality(*, name: str, by: Actor | None) -> Municipality:
    """Make a municipality with its three bodies."""
    municipality = Municipality.objects.create(name=name)
    with scope(municipality=municipality):
        for kind in OrganisationKind:
            Organisation.objects.create(municipality=municipality, kind=kind, name=str(kind.label))
    audit.record(
        municipality_id=municipality.id,
        actor_id=by.user_id if by else None,
        action="make_municipality",
        subject_kind="municipality",
        subject_id=municipality.id,
    )
    return municipality


@transaction.atomic
def add_user(
    *,
    username: str,
    full_name: str,
    password: str,
    by: Actor | None,
    phone: str = "",
    email: str = "",
) -> User:
    """Make somebody who signs in. What the user may do follows from ``employ``.

    Args:
        phone, email: at work; employers see them where the user is their contact person.
    """
    user = User(username=username, full_name=full_name, phone=phone, email=email)
    user.set_password(password or None)  # without one, only a click in the demo signs in
    user.save(force_insert=True)
    audit.record(
        municipality_id=None,
        actor_id=by.user_id if by else None,
        action="add_user",
        subject_kind="user",
        subject_id=user.id,
    )
    return user


@transaction.atomic
def set_reach(user: User, *, phone: str, email: str, by: Actor | None) -> None:
    """Change the work phone and e-mail of a user; what is empty stays as it is."""
    user.phone, user.email = phone or user.phone, email or user.email
    user.save(update_fields=["phone", "email"])
    audit.record(
        municipality_id=None,
        actor_id=by.user_id if by else None,
        action="set_reach",
        subject_kind="user",
        subject_id=user.id,
    )


@transaction.atomic
def employ(
    *,
    user: User,
    municipality: Municipality,
    role: Role,
    first_day: date,
    by: Actor | None,
    body: OrganisationKind | None = None,
) -> Membership:
    """Give a user a role in one of the municipality's bodies from a day on.

    ``body`` is the body the role usually belongs to when it is left out.
    """
    with scope(municipality=municipality):
        organisation = Organisation.objects.get(kind=body or BODY_OF_ROLE[role])
        membership = Membership.objects.create(
            municipality=municipality,
            user=user,
            organisation=organisation,
            role=role,
            first_day=first_day,
        )
    audit.record(
        municipality_id=municipality.id,
        actor_id=by.user_id if by else None,
        action="employ",
        subject_kind="membership",
        subject_id=membership.id,
        changes={"role": [None, role.value], "user": [None, str(user.id)]},
    )
    return membership
