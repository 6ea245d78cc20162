"""Keeping who is to be called at an employer, and whom the employer calls."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from innpass.casework.accounts.models import User
from innpass.casework.employers.cards import card_of
from innpass.casework.employers.models import ContactPerson, ContactRole, MunicipalContact
from innpass.casework.organisations.models import ChangedMeanwhile, Membership
from innpass.casework.placements.models import Employer
from innpass.casework.timetable.keeping import CannotKeep, Fault, note, one_at_a_time
from innpass.domain.access.policy import Act, check_may
from innpass.domain.access.roles import Actor, Role
from innpass.domain.phones import is_phone

_CONTACTS = (Role.PRACTICE_SUPERVISOR, Role.PROGRAMME_ADVISER, Role.COORDINATOR)


@dataclass(frozen=True, slots=True)
class ContactValues:
    """A contact person as typed, as ``ContactPerson`` has it."""

    role: ContactRole
    name: str
    phone: str
    email: str
    first_day: date
    last_day: date | None


@transaction.atomic
def keep_contact_person(
    *,
    employer: Employer,
    person: ContactPerson | None,
    values: ContactValues,
    expected: int,
    by: Actor,
) -> ContactPerson:
    """Store somebody at an employer whom one can call.

    Args:
        person: who is changed; ``None`` for a new one.
        expected: the ``version`` on the screen.

    Raises:
        MayNot: contacts are not theirs to keep.
        CannotKeep: there is neither a phone nor an e-mail, or the last day is before the first.
        ChangedMeanwhile: somebody else saved the same.
    """
    check_may(by, Act.KEEP_EMPLOYERS)
    municipality = one_at_a_time(by)
    faults = []
    if not values.phone and not values.email:
        text = _("Skriv telefonnummer eller e-post, så noen kan nå kontaktpersonen.")
        faults.append(Fault("phone", text))
    elif values.phone and not is_phone(values.phone):
        text = _("Skriv hele telefonnummeret, minst fem siffer.")
        faults.append(Fault("phone", text))
    if values.last_day and values.last_day < values.first_day:
        faults.append(Fault("last_day", _("Siste dag er før første dag. Rett en av dem.")))
    if faults:
        raise CannotKeep(faults)
    card_of(employer, by=by)
    columns = ("role", "name", "phone", "email", "first_day", "last_day")
    if person is None:
        person = ContactPerson(municipality=municipality, employer=employer)
    changed = [name for name in columns if getattr(person, name) != getattr(values, name)]
    for name in columns:
        setattr(person, name, getattr(values, name))
    if person._state.adding:
        person.save(force_insert=True)
    else:
        person.save_version(expected=expected, fields=columns)
    # Which fields were changed, not to what: the log is no second register of people.
    note(
        by,
        action="keep_contact_person",
        kind="employer",
        subject=employer.pk,
        changes={"role": [None, values.role.value], "fields": [None, ", ".join(changed)]},
    )
    return person


@transaction.atomic
def keep_contact_in_roles(
    *,
    employer: Employer,
    person: ContactPerson | None,
    values: ContactValues,
    roles: Sequence[ContactRole],
    expected: int,
    by: Actor,
) -> list[ContactPerson]:
    """Store somebody in several roles, once for each; roles held already under the name stay.

    Args:
        person: who is changed, in a role of the own or else the first; ``None`` for a new one.
        roles: at least one; the one of ``values`` does not count.
        expected: the ``version`` on the screen of ``person``.

    Raises:
        MayNot, CannotKeep, ChangedMeanwhile: as ``keep_contact_person``; nothing is stored then.
    """
    own = next((role for role in roles if person and person.role == role), roles[0])
    kept = [
        keep_contact_person(
            employer=employer,
            person=person,
            values=replace(values, role=own),
            expected=expected,
            by=by,
        )
    ]
    same = ContactPerson.objects.filter(employer=employer, name=values.name, last_day=None)
    held = set(same.values_list("role", flat=True)) | {own.value}
    kept += [
        keep_contact_person(
            employer=employer, person=None, values=replace(values, role=role), expected=0, by=by
        )
        for role in roles
        if role.value not in held
    ]
    return kept


def possible_contacts(*, on: date) -> list[User]:
    """Return those who can be the municipality's contact on a day, by name. One query."""
    people = Membership.objects.filter(
        role__in=[role.value for role in _CONTACTS], first_day__lte=on
    ).exclude(last_day__lt=on)
    found = User.objects.filter(pk__in=people.values("user"), is_active=True)
    return list(found.order_by("full_name", "username"))


@transaction.atomic
def set_municipal_contact(
    *, employer: Employer, user: User, first_day: date, expected: int, by: Actor
) -> None:
    """Let somebody be the municipality's one contact from a day on; who was it, stops before.

    Args:
        expected: the ``version`` of the one that stood on the screen; 0 where there was none.

    Raises:
        MayNot: contacts are not theirs to keep.
        CannotKeep: the one before begins later, or somebody is chosen who has no such role.
        ChangedMeanwhile: somebody else has changed it.
    """
    check_may(by, Act.KEEP_EMPLOYERS)
    municipality = one_at_a_time(by)
    if user not in possible_contacts(on=first_day):
        text = _("Velg en praksisveileder, programrådgiver eller koordinator.")
        raise CannotKeep([Fault("user", text)])
    card_of(employer, by=by)
    before = MunicipalContact.objects.filter(employer=employer, last_day=None).first()
    if (before.version if before else 0) != expected:
        raise ChangedMeanwhile(before or MunicipalContact(employer=employer, version=0))
    if before and before.user_id == user.pk:
        return
    if before and first_day < before.first_day:
        text = _("Den som er kontakt nå, begynte %(day)s. Velg en dag etter det.")
        raise CannotKeep([Fault("first_day", text % {"day": f"{before.first_day:%d.%m.%Y}"})])
    if before and first_day == before.first_day:  # it was said wrongly, and never held
        told, before.user = before.user_id, user
        before.save_version(expected=before.version, fields=("user",))
    else:
        told = before.user_id if before else None
        if before:
            before.last_day = first_day - timedelta(days=1)
            before.save_version(expected=before.version, fields=("last_day",))
        MunicipalContact.objects.create(
            municipality=municipality, employer=employer, user=user, first_day=first_day
        )
    note(
        by,
        action="set_municipal_contact",
        kind="employer",
        subject=employer.pk,
        changes={"user": [str(told) if told else None, str(user.pk)]},
    )
