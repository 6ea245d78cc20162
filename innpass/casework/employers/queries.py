"""Who the employers are, and what holds about them on a day. Nobody hidden is told of."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from django.db.models import F, Q

from innpass.casework.employers.models import (
    Belonging,
    ContactPerson,
    ContactRole,
    EmployerCard,
    MapRules,
    MunicipalContact,
    PracticePlace,
    ServiceArea,
)
from innpass.casework.organisations.models import ChangedMeanwhile
from innpass.casework.placements.models import Employer
from innpass.casework.timetable import places
from innpass.domain.access.roles import Actor

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from innpass.casework.accounts.models import User

CONFIRM_DAYS = 90  # where the municipality has said nothing


def holds(on: date) -> Q:
    """Return the condition for rows with first and last day that hold on a day."""
    return (Q(first_day=None) | Q(first_day__lte=on)) & (Q(last_day=None) | Q(last_day__gte=on))


def employers_seen_by(actor: Actor) -> "QuerySet[Employer]":
    """Return the employers that an actor may know of, other spellings among them.

    What the municipality has noted itself, everybody knows; of what the sheets alone name, what
    ``timetable.places`` tells: not where only people hidden from the actor have been.
    """
    from_sheets = places.employers_seen_by(actor).values("pk")
    offering = PracticePlace.objects.values("employer")
    found: QuerySet[Employer] = Employer.objects.filter(
        Q(card__isnull=False) | Q(pk__in=offering) | Q(pk__in=from_sheets)
    )
    return found


def find_employer(pk: UUID, *, actor: Actor) -> Employer | None:
    """Return an employer that the actor may know of, with its card. One query."""
    return employers_seen_by(actor).select_related("card").filter(pk=pk).first()


def heirs() -> dict[UUID, UUID]:
    """Return whom an employer is another spelling of, for those that are. One query."""
    pairs = EmployerCard.objects.exclude(same_as=None).values_list("employer", "same_as")
    found: dict[UUID, UUID] = dict(pairs)
    return {pk: _follow(found, heir) for pk, heir in found.items()}


def _follow(found: dict[UUID, UUID], pk: UUID) -> UUID:
    seen = set()
    while pk in found and pk not in seen:
        seen.add(pk)
        pk = found[pk]
    return pk


def names_of(employer: Employer) -> list[Employer]:
    """Return an employer and the other spellings of it, itself first. One query."""
    others = Employer.objects.filter(card__same_as=employer).order_by("name", "pk")
    return [employer, *others]


# How the municipality is organised


def service_areas() -> list[ServiceArea]:
    """Return the service areas by name, those that are no more among them. One query."""
    return list(ServiceArea.objects.order_by("name"))


def belongings_of(employer: Employer) -> list[Belonging]:
    """Return to which areas a unit has belonged, the latest first. One query."""
    rows = Belonging.objects.filter(employer=employer).select_related("area")
    return list(rows.order_by("-first_day", "pk"))


def areas_on(on: date) -> dict[UUID, ServiceArea]:
    """Return the area of each unit that somebody has placed in one. One query.

    For the others the area that the sheets state holds (``Employer.area``).
    """
    rows = Belonging.objects.filter(holds(on)).select_related("area").order_by("first_day")
    return {each.employer_id: each.area for each in rows}


def area_names_on(on: date) -> dict[UUID, str]:
    """Return what the area is called of each unit that somebody has placed in one. One query."""
    rows = Belonging.objects.filter(holds(on)).order_by("first_day")
    return dict(rows.values_list("employer", "area__name"))


def area_name_of(employer: Employer, *, on: date) -> str:
    """Return the name of a unit's area on a day; "" for none. One query."""
    rows = Belonging.objects.filter(holds(on), employer=employer).order_by("-first_day")
    found = rows.values_list("area__name", flat=True).first()
    return found or employer.area


# Contacts


def contact_people_of(employer: Employer) -> list[ContactPerson]:
    """Return the contact persons at an employer, by role and name. One query."""
    return sorted(ContactPerson.objects.filter(employer=employer), key=_by_role)


def contacts_at(
    employers: Collection[UUID] | None, *, on: date
) -> dict[UUID, tuple[ContactPerson, ...]]:
    """Return who the contact persons of employers are on a day; ``None`` for all. One query."""
    rows = ContactPerson.objects.filter(holds(on))
    if employers is not None:
        rows = rows.filter(employer__in=employers)
    found: dict[UUID, tuple[ContactPerson, ...]] = {}
    for each in sorted(rows, key=_by_role):
        found[each.employer_id] = (*found.get(each.employer_id, ()), each)
    return found


def _by_role(person: ContactPerson) -> tuple[int, str, str]:
    """Put the leader first, whoever signs next, and the mentor last."""
    return ContactRole.values.index(person.role), person.name, str(person.pk)


def contacts_on(on: date) -> dict[UUID, "User"]:
    """Return the municipality's one contact person of each employer that has one. One query."""
    rows = MunicipalContact.objects.filter(holds(on)).select_related("user").order_by("first_day")
    return {each.employer_id: each.user for each in rows}


def contact_names_on(on: date) -> dict[UUID, tuple[UUID, str]]:
    """Return the municipality's contact person of each employer, by id and name. One query."""
    rows = MunicipalContact.objects.filter(holds(on)).order_by("first_day")
    return {
        employer: (user, name or username)
        for employer, user, name, username in rows.values_list(
            "employer", "user", "user__full_name", "user__username"
        )
    }


def contact_of(employer: Employer, *, on: date) -> "User | None":
    """Return the municipality's one contact person of an employer on a day. One query."""
    rows = MunicipalContact.objects.filter(holds(on), employer=employer)
    found = rows.select_related("user").order_by("-first_day").first()
    return found.user if found else None


def municipal_contacts_of(employer: Employer) -> list[MunicipalContact]:
    """Return who the municipality's contact has been, the latest first. One query."""
    rows = MunicipalContact.objects.filter(employer=employer).select_related("user")
    return list(rows.order_by("-first_day", "pk"))


# What is offered


def confirm_days(*, on: date) -> int:
    """Return after how many days an offer that nobody confirmed is asked about. One query."""
    rows = MapRules.objects.filter(first_day__lte=on).order_by("-first_day")
    found: int | None = rows.values_list("confirm_days", flat=True).first()
    return CONFIRM_DAYS if found is None else found


def rules_through_time() -> list[MapRules]:
    """Return what the map went by, the latest first. One query."""
    return list(MapRules.objects.select_related("set_by").order_by("-first_day"))


def is_offered(on: date) -> Q:
    """Return the condition for places that stand on a day at an employer that takes people."""
    closed = Q(employer__card__closed_on__isnull=False) & Q(employer__card__closed_on__lte=on)
    return Q(offered_from__lte=on) & (Q(offered_until=None) | Q(offered_until__gte=on)) & ~Q(closed)


def places_offered(on: date, *, at: Collection[UUID] | None = None) -> list[PracticePlace]:
    """Return the places that stand on a day, by employer and name, with employer and card.

    Seats may be taken: ``seats.free_seats`` says. One query.

    Args:
        at: employers, with their other spellings; ``None`` for all.
    """
    rows = PracticePlace.objects.filter(is_offered(on)).select_related("employer__card")
    if at is not None:
        rows = rows.filter(employer__in=at)
    return list(rows.order_by("employer__name", "name", "pk"))


def places_of(employer: Employer) -> list[PracticePlace]:
    """Return all places of an employer and its other spellings, those that have ended last."""
    rows = PracticePlace.objects.filter(Q(employer=employer) | Q(employer__card__same_as=employer))
    return list(rows.order_by(F("offered_until").desc(nulls_first=True), "name", "pk"))


def find_place(pk: UUID) -> PracticePlace | None:
    """Return a place with its employer. One query."""
    found: PracticePlace | None = (
        PracticePlace.objects.select_related("employer__card").filter(pk=pk).first()
    )
    return found


class Offered(NamedTuple):
    """What counting needs of a place."""

    pk: UUID
    employer_id: UUID
    name: str
    seats: int
    offered_from: date
    confirmed_on: date | None


def offered_on(on: date, *, at: Collection[UUID] | None = None) -> list[Offered]:
    """Return the places that stand on a day, to be counted. One query.

    Args:
        at: employers, with their other spellings; ``None`` for all.
    """
    rows = PracticePlace.objects.filter(is_offered(on)).order_by("name", "pk")
    if at is not None:
        rows = rows.filter(employer__in=at)
    columns = ("pk", "employer", "name", "seats", "offered_from", "confirmed_on")
    return [Offered(*row) for row in rows.values_list(*columns)]


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """A place that nobody has confirmed for long: since when."""

    place: PracticePlace
    since: date


def last_said(place: PracticePlace | Offered) -> date:
    """Return when the employer last said that a place stands; when it was offered, else."""
    return max(filter(None, (place.confirmed_on, place.offered_from)))


def is_grey(place: PracticePlace | Offered, *, on: date, after_days: int) -> bool:
    """Tell whether a place must be asked about again: nobody confirmed it for so many days."""
    return last_said(place) <= on - timedelta(days=after_days)


def unconfirmed(on: date) -> list[Unconfirmed]:
    """Return the places that must be asked about again, longest unasked first. Two queries."""
    limit = on - timedelta(days=confirm_days(on=on))
    rows = PracticePlace.objects.filter(is_offered(on), offered_from__lte=limit)
    rows = rows.exclude(confirmed_on__gt=limit).select_related("employer")
    found = [Unconfirmed(place, last_said(place)) for place in rows]
    return sorted(found, key=lambda one: (one.since, one.place.employer.name, one.place.name))


__all__ = [
    "CONFIRM_DAYS",
    "ChangedMeanwhile",
    "Offered",
    "Unconfirmed",
    "area_name_of",
    "area_names_on",
    "areas_on",
    "belongings_of",
    "confirm_days",
    "contact_names_on",
    "contact_of",
    "contact_people_of",
    "contacts_at",
    "contacts_on",
    "employers_seen_by",
    "find_employer",
    "find_place",
    "heirs",
    "holds",
    "is_grey",
    "is_offered",
    "last_said",
    "municipal_contacts_of",
    "names_of",
    "offered_on",
    "places_of",
    "places_offered",
    "rules_through_time",
    "service_areas",
    "unconfirmed",
]
