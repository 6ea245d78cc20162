"""What the map shows on a day: every employer, and the sums of every service area.

A seat is taken whoever sits in it (``seats``). As persons only those are counted whom the viewer
may see, and an employer where only others have been, and of which the municipality has noted
nothing, is not there.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from innpass.casework.agreements.seats import OpenCase, Stay, at_places, room, taken
from innpass.casework.employers.models import PracticePlace, ServiceArea
from innpass.casework.employers.queries import (
    Offered,
    area_names_on,
    confirm_days,
    contact_names_on,
    employers_seen_by,
    heirs,
    last_said,
    offered_on,
    service_areas,
)
from innpass.casework.participants.queries import people_hidden_from
from innpass.casework.placements.models import Placement
from innpass.domain.access.roles import Actor
from innpass.domain.sheets.fields import PlacementKind

WITHIN_DAYS = (30, 60, 90)


@dataclass(frozen=True, slots=True)
class Standing:
    """How an employer stands on a day.

    Attributes:
        area: the name of its service area; "" where nobody said, and for a firm.
        contact: the municipality's one contact person, by id and name.
        seats: offered; ``free`` of them with nobody, as many as the cap leaves; ``free_unsure``
            of those at places that nobody confirmed for long. More can be there than are offered.
        people: participants who are there; ``coming``: who have agreed to come or are on the way.
        ending: how many of those who are there leave within 30, 60 and 90 days, each with those
            before.
        was_used: whether anybody has ever been there.
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
    free_unsure: int = 0
    people: int = 0
    coming: int = 0
    ending: tuple[int, ...] = (0, 0, 0)
    was_used: bool = False
    grey: int = 0
    cap_left: int | None = None
    has_offered: bool = False

    @property
    def free_sure(self) -> int:
        """Return how many seats are free at places that somebody has confirmed."""
        return self.free - self.free_unsure

    @property
    def is_untouched(self) -> bool:
        """Tell whether nobody has ever been there, nobody is to come, and nothing was offered."""
        return not (self.was_used or self.people or self.coming or self.has_offered)


@dataclass(frozen=True, slots=True)
class Sums:
    """What employers offer together.

    Attributes:
        employers: all of them; ``closed`` of them take nobody and count nowhere else.
        free: seats at places that somebody has confirmed; ``free_unsure`` at the others.
        employees: of the service area; ``None`` where neither it nor a unit says.
    """

    name: str
    employers: int
    closed: int
    untouched: int
    seats: int
    free: int
    free_unsure: int
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


def standings(*, actor: Actor, on: date, at: Collection[UUID] | None = None) -> list[Standing]:
    """Return how every employer stands that the actor may know of, by name. Constant queries.

    Args:
        at: employers, with their other spellings; ``None`` for all.
    """
    heir = heirs()
    seen = employers_seen_by(actor)
    rows = (seen if at is None else seen.filter(pk__in=at)).order_by("name", "pk")
    noted = (_Noted(*row) for row in rows.values_list(*_COLUMNS))
    employers = [each for each in noted if each.pk not in heir]
    now = taken(since=on, actor=actor, of=heir, at=at)
    with_places = PracticePlace.objects.order_by().values_list("employer", flat=True).distinct()
    offering = {heir.get(pk, pk) for pk in with_places}
    busy = {each.employer for each in now.stays} | {each.employer for each in now.coming}
    counts = _Counts(
        on=on,
        areas=area_names_on(on),
        contacts=contact_names_on(on),
        used=_used({each.pk for each in employers} - offering - busy, actor, heir),
        offering=offering,
        places=_by_employer(offered_on(on, at=at), heir),
        stays=_grouped(now.stays),
        coming=_grouped(now.coming),
        asked_until=on - timedelta(days=confirm_days(on=on)),
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
    """Add up employers; closed ones offer nothing.

    Args:
        employees: of the whole; those that the employers have noted are added up where ``None``.
    """
    there = [each for each in employers if not each.is_closed]
    noted = [each.employees for each in there if each.employees is not None]
    return Sums(
        name=name,
        employers=len(employers),
        closed=len(employers) - len(there),
        untouched=sum(each.is_untouched for each in there),
        seats=sum(each.seats for each in there),
        free=sum(each.free_sure for each in there),
        free_unsure=sum(each.free_unsure for each in there),
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
    at = at_places(offered_on(on), there, of=heir)
    place_of = {stay: place for place, stays in at.items() for stay in stays}
    found = [
        Ending(each, each.employer, place_of.get(each))
        for each in there
        if each.is_seen and each.last_day and each.last_day <= on + timedelta(days=within)
    ]
    return sorted(found, key=lambda one: (one.stay.last_day or on, str(one.stay.person)))


class _Noted(NamedTuple):
    """What is noted of an employer, in the order of ``_COLUMNS``."""

    pk: UUID
    name: str
    kind: str
    area: str
    organisation_number: str | None
    employees: int | None
    most_at_once: int | None
    closed_on: date | None


_COLUMNS = (
    *("pk", "name", "kind", "area", "card__organisation_number", "card__employees"),
    *("card__most_at_once", "card__closed_on"),
)


@dataclass(frozen=True, slots=True)
class _Counts:
    """What the standings are read from, by employer."""

    on: date
    areas: Mapping[UUID, str]
    contacts: Mapping[UUID, tuple[UUID, str]]
    used: Collection[UUID]
    offering: Collection[UUID]
    places: Mapping[UUID, list[Offered]]
    stays: Mapping[UUID, list[Stay]]
    coming: Mapping[UUID, list[OpenCase]]
    asked_until: date

    def standing(self, employer: _Noted) -> Standing:
        """Return how an employer stands."""
        pk = employer.pk
        is_firm = employer.kind == PlacementKind.PRIVATE.value
        places = self.places.get(pk, [])
        stays = self.stays.get(pk, [])
        there = [each for each in stays if each.is_there(self.on, self.on)]
        coming: list[Stay | OpenCase] = [*stays, *self.coming.get(pk, [])]
        seen = [each for each in there if each.is_seen]
        people = {each.person for each in seen}
        cap = employer.most_at_once
        cap_left = None if cap is None else max(0, cap - len({e.person for e in coming}))
        free = room(places, there) if places else 0
        free = free if cap_left is None else min(free, cap_left)
        confirmed = [each for each in places if last_said(each) > self.asked_until]
        grey = len(places) - len(confirmed)
        sure = min(free, room(confirmed, there)) if grey else free
        contact, contact_name = self.contacts.get(pk, (None, ""))
        return Standing(
            pk=pk,
            name=employer.name,
            is_firm=is_firm,
            area="" if is_firm else self.areas.get(pk) or employer.area,
            organisation_number=employer.organisation_number or "",
            employees=employer.employees,
            contact=contact,
            contact_name=contact_name,
            is_closed=employer.closed_on is not None and employer.closed_on <= self.on,
            places=len(places),
            seats=sum(each.seats for each in places),
            free=free,
            free_unsure=free - sure,
            people=len(people),
            coming=len({each.person for each in coming if each.is_seen} - people) if coming else 0,
            ending=self._ending(seen),
            was_used=pk in self.used,
            grey=grey,
            cap_left=cap_left,
            has_offered=pk in self.offering,
        )

    def _ending(self, seen: Sequence[Stay]) -> tuple[int, ...]:
        """Count people who leave within so many days, each number with those before."""
        left: dict[UUID, int] = {}  # days, by person
        for each in seen:
            if each.last_day is not None:
                days = (each.last_day - self.on).days
                left[each.person] = min(days, left.get(each.person, days))
        return tuple(sum(days <= most for days in left.values()) for most in WITHIN_DAYS)


def _used(asked: Collection[UUID], actor: Actor, heir: Mapping[UUID, UUID]) -> set[UUID]:
    """Return at which of some employers anybody has been whom the viewer may see."""
    names = {*asked, *(pk for pk, one in heir.items() if one in asked)}
    rows = Placement.objects.filter(employer__in=names)
    rows = rows.exclude(participant__in=people_hidden_from(actor))
    return {heir.get(pk, pk) for pk in rows.order_by().values_list("employer", flat=True)}


def _grouped(rows: Iterable[Stay] | Iterable[OpenCase]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = defaultdict(list)
    for each in rows:
        found[each.employer].append(each)
    return found


def _by_employer(places: Iterable[Offered], heir: Mapping[UUID, UUID]) -> dict[UUID, list[Offered]]:
    found: dict[UUID, list[Offered]] = defaultdict(list)
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
