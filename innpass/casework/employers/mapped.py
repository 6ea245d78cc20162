"""What the map shows on a day: every employer, and the sums of every service area.

A seat is taken whoever sits in it (``seats``). As persons only those are counted whom the viewer
may see, and an employer where only others have been, and of which the municipality has noted
nothing, is not there.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count

from innpass.casework.employers.models import PracticePlace, ServiceArea
from innpass.casework.employers.queries import (
    areas_on,
    confirm_days,
    contacts_on,
    employers_seen_by,
    heirs,
    is_grey,
    places_offered,
    service_areas,
)
from innpass.casework.employers.seats import OpenCase, Stay, at_places, taken
from innpass.casework.participants.queries import hidden_people
from innpass.casework.placements.models import Employer, Placement
from innpass.domain.access.roles import Actor
from innpass.domain.sheets.fields import PlacementKind

WITHIN_DAYS = (30, 60, 90)


@dataclass(frozen=True, slots=True)
class Standing:
    """How an employer stands on a day.

    Attributes:
        area: the name of its service area; "" where nobody said, and for a firm.
        contact: the municipality's one contact person, by id and name.
        seats: offered; ``free`` of them with nobody. More can be there than are offered.
        people: participants who are there; ``coming``: who have agreed to come or are on the way.
        ending: how many of those who are there leave within 30, 60 and 90 days, each with those
            before.
        ever: placements that there have been, those that run among them.
        grey: places that nobody confirmed for long.
        cap_left: how many more it takes at one time; ``None`` without a cap.
    """

    pk: UUID
    name: str
    is_firm: bool
    area: str
    organisation_number: str = ""
    employees: int | None = None
    contact: UUID | None = None
    contact_name: str = ""
    is_closed: bool = False
    places: int = 0
    seats: int = 0
    free: int = 0
    people: int = 0
    coming: int = 0
    ending: tuple[int, ...] = (0, 0, 0)
    ever: int = 0
    grey: int = 0
    cap_left: int | None = None
    has_offered: bool = False

    @property
    def is_untouched(self) -> bool:
        """Tell whether nobody has ever been there, nobody is to come, and nothing was offered."""
        return not (self.ever or self.coming or self.has_offered)


@dataclass(frozen=True, slots=True)
class Sums:
    """What employers offer together.

    Attributes:
        employees: of the service area; ``None`` where neither it nor a unit says.
    """

    name: str
    employers: int
    untouched: int
    seats: int
    free: int
    people: int
    ending: tuple[int, ...]
    grey: int
    employees: int | None

    @property
    def seats_per_thousand(self) -> float | None:
        """Return the seats offered for every thousand employees; ``None`` where not known."""
        return 1000 * self.seats / self.employees if self.employees else None


@dataclass(frozen=True, slots=True)
class Ending:
    """Somebody's last day at an employer, and at which place, where that is known."""

    stay: Stay
    employer: UUID
    place: UUID | None


def standings(*, actor: Actor, on: date) -> list[Standing]:
    """Return how every employer stands that the actor may know of, by name. Constant queries."""
    heir = heirs()
    employers = [
        each
        for each in employers_seen_by(actor).select_related("card").order_by("name", "pk")
        if each.pk not in heir
    ]
    now = taken(since=on, actor=actor, of=heir)
    counts = _Counts(
        on=on,
        areas=areas_on(on),
        contacts={pk: (user.pk, user.get_full_name()) for pk, user in contacts_on(on).items()},
        ever=_ever(actor, heir),
        offering={
            heir.get(pk, pk) for pk in PracticePlace.objects.values_list("employer", flat=True)
        },
        places=_by_employer(places_offered(on), heir),
        stays=_grouped(now.stays),
        coming=_grouped(now.coming),
        confirm_days=confirm_days(on=on),
        heir=heir,
    )
    return [counts.standing(each) for each in employers]


def sums_by_area(
    employers: Iterable[Standing], *, areas: Sequence[ServiceArea], on: date
) -> list[Sums]:
    """Add up the municipal units of every service area, by name; firms are left out.

    An area that is there on the day and has no unit yet stands there, too.
    """
    units: dict[str, list[Standing]] = defaultdict(list)
    for each in employers:
        if not each.is_firm:
            units[each.area].append(each)
    known = {each.name: each for each in areas}
    for name, area in known.items():
        begun = area.first_day is None or area.first_day <= on
        if begun and (area.last_day is None or area.last_day >= on):
            units.setdefault(name, [])
    return [
        sums(name, each, employees=known[name].employees if name in known else None)
        for name, each in sorted(units.items(), key=lambda one: (not one[0], one[0].casefold()))
    ]


def sums(name: str, employers: Sequence[Standing], *, employees: int | None = None) -> Sums:
    """Add up employers; closed ones offer nothing and are not counted.

    Args:
        employees: of the whole; those that the employers have noted are added up where ``None``.
    """
    there = [each for each in employers if not each.is_closed]
    noted = [each.employees for each in there if each.employees is not None]
    return Sums(
        name=name,
        employers=len(there),
        untouched=sum(each.is_untouched for each in there),
        seats=sum(each.seats for each in there),
        free=sum(each.free for each in there),
        people=sum(each.people for each in employers),
        ending=tuple(sum(each.ending[at] for each in employers) for at in range(len(WITHIN_DAYS))),
        grey=sum(each.grey for each in there),
        employees=employees if employees is not None else sum(noted) if noted else None,
    )


def endings(*, actor: Actor, on: date, within: int = WITHIN_DAYS[-1]) -> list[Ending]:
    """Return who leaves an employer within so many days, the first to leave first.

    Args:
        within: days from ``on``, the last included.
    """
    heir = heirs()
    there = [each for each in taken(since=on, actor=actor, of=heir).stays if each.is_there(on, on)]
    at = at_places(places_offered(on), there, of=heir)
    place_of = {stay.pk: place for place, stays in at.items() for stay in stays}
    found = [
        Ending(each, each.employer, place_of.get(each.pk))
        for each in there
        if each.is_seen and each.last_day and each.last_day <= on + timedelta(days=within)
    ]
    return sorted(found, key=lambda one: (one.stay.last_day or on, str(one.stay.pk)))


@dataclass(frozen=True, slots=True)
class _Counts:
    """What the standings are read from, by employer."""

    on: date
    areas: Mapping[UUID, ServiceArea]
    contacts: Mapping[UUID, tuple[UUID, str]]
    ever: Mapping[UUID, int]
    offering: set[UUID]
    places: Mapping[UUID, list[PracticePlace]]
    stays: Mapping[UUID, list[Stay]]
    coming: Mapping[UUID, list[OpenCase]]
    confirm_days: int
    heir: Mapping[UUID, UUID]

    def standing(self, employer: Employer) -> Standing:
        """Return how an employer stands."""
        pk, card = employer.pk, getattr(employer, "card", None)
        is_firm = employer.kind == PlacementKind.PRIVATE.value
        area = self.areas.get(pk)
        places = self.places.get(pk, [])
        stays = self.stays.get(pk, [])
        there = [each for each in stays if each.is_there(self.on, self.on)]
        at = at_places(places, there, of=self.heir)
        coming: list[Stay | OpenCase] = [*stays, *self.coming.get(pk, [])]
        busy = {each.person for each in coming}
        seen = [each for each in there if each.is_seen]
        people = {each.person for each in seen}
        cap = card.most_at_once if card else None
        contact, contact_name = self.contacts.get(pk, (None, ""))
        return Standing(
            pk=pk,
            name=employer.name,
            is_firm=is_firm,
            area="" if is_firm else area.name if area else employer.area,
            organisation_number=card.organisation_number if card else "",
            employees=card.employees if card else None,
            contact=contact,
            contact_name=contact_name,
            is_closed=bool(card and card.closed_on and card.closed_on <= self.on),
            places=len(places),
            seats=sum(each.seats for each in places),
            free=sum(max(0, each.seats - len(at[each.pk])) for each in places),
            people=len(people),
            coming=len({each.person for each in coming if each.is_seen} - people),
            ending=tuple(
                len({e.person for e in seen if self._ends(e, days)}) for days in WITHIN_DAYS
            ),
            ever=self.ever.get(pk, 0),
            grey=sum(is_grey(each, on=self.on, after_days=self.confirm_days) for each in places),
            cap_left=None if cap is None else max(0, cap - len(busy)),
            has_offered=pk in self.offering,
        )

    def _ends(self, stay: Stay, days: int) -> bool:
        return stay.last_day is not None and stay.last_day <= self.on + timedelta(days=days)


def _ever(actor: Actor, heir: Mapping[UUID, UUID]) -> Counter[UUID]:
    rows = Placement.objects.exclude(employer=None)
    if hidden := hidden_people(actor):
        rows = rows.exclude(participant__in=hidden)
    found: Counter[UUID] = Counter()
    for pk, count in rows.order_by().values_list("employer").annotate(count=Count("pk")):
        found[heir.get(pk, pk)] += count
    return found


def _grouped(rows: Iterable[Stay] | Iterable[OpenCase]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = defaultdict(list)
    for each in rows:
        found[each.employer].append(each)
    return found


def _by_employer(
    places: Iterable[PracticePlace], heir: Mapping[UUID, UUID]
) -> dict[UUID, list[PracticePlace]]:
    found: dict[UUID, list[PracticePlace]] = defaultdict(list)
    for each in places:
        found[heir.get(each.employer_id, each.employer_id)].append(each)
    return found


__all__ = [
    "WITHIN_DAYS",
    "Ending",
    "Standing",
    "Sums",
    "endings",
    "service_areas",
    "standings",
    "sums",
    "sums_by_area",
]
