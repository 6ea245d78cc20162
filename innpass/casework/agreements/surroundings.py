"""What is around an agreement, as it is stored: other placements, the place, the programme."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from innpass.casework.agreements.models import PlacementCase
from innpass.casework.agreements.queries import Told, owner_id, told_of
from innpass.casework.agreements.seats import Stay, most_at, taken
from innpass.casework.employers.models import EmployerCard, PracticePlace
from innpass.casework.employers.queries import Offered, heirs, offered_on
from innpass.casework.participants.queries import family_of
from innpass.casework.placements.models import Placement
from innpass.casework.programme.models import Enrolment, Leave
from innpass.domain.access.roles import Actor
from innpass.domain.periods import Period
from innpass.domain.placing.clashes import (
    Around,
    Clash,
    Days,
    Elsewhere,
    Place,
    Wanted,
    busiest,
    clashes,
)
from innpass.domain.placing.states import CaseKind

_HOUR = 60
_DAY = (8 * 60, 15 * 60)  # where nobody says when


def days_of(rows: object) -> Days:
    """Return stored days of a week as the domain has them."""
    return tuple((int(day), int(start), int(end)) for day, start, end in rows or ())  # type: ignore[attr-defined]


def clashes_of(
    case: PlacementCase, wanted: Wanted, *, place: PracticePlace | None, by: Actor, on: date
) -> list[Clash]:
    """Return what does not go together with what an agreement of a case would say."""
    if wanted.last_day < wanted.first_day:
        return list(clashes(wanted, Around(), on=on))
    return list(clashes(wanted, around(case, wanted, place=place, by=by), on=on))


def clashes_of_days(
    case: PlacementCase,
    placement: Placement,
    first_day: date,
    last_day: date,
    *,
    by: Actor,
    on: date,
) -> list[Clash]:
    """Return what does not go together with days of a placement that has no agreement.

    Nobody has said on which days of the week it is, so it is held to be there on every day on which
    its place takes participants; where no place is named, on those of the one with most room.
    """
    hours = round((placement.hours_per_week or 0) * _HOUR)

    def at(place: PracticePlace | None) -> list[Clash]:
        start, end = (place.start, place.end) if place else _DAY
        weekdays = place.weekdays if place and place.weekdays else range(5)
        days = tuple((int(day), start, end) for day in weekdays)
        most = sum(max(0, end - start) for _day, start, end in days)
        wanted = Wanted(CaseKind(case.kind), first_day, last_day, days, min(hours, most))
        return clashes_of(case, wanted, place=place, by=by, on=on)

    if case.place is not None:
        return at(case.place)
    of = heirs()
    employer = of.get(case.employer_id, case.employer_id)
    spellings = {employer, *(pk for pk, heir in of.items() if heir == employer)}
    offered = [each.pk for each in offered_on(first_day, at=spellings)]
    places = list(PracticePlace.objects.filter(pk__in=offered).order_by("pk"))
    found = [at(place) for place in places] or [at(None)]
    return min(found, key=lambda each: sum(not clash.is_warning for clash in each))


def around(
    case: PlacementCase, wanted: Wanted, *, place: PracticePlace | None, by: Actor
) -> Around:
    """Return what is around an agreement of a case. A fixed number of queries.

    A seat is taken whoever sits in it, also by somebody whom the actor may not see.
    """
    person = owner_id(case)
    of = heirs()
    employer = of.get(case.employer_id, case.employer_id)
    stays = [
        each
        for each in taken(since=wanted.first_day, actor=by, of=of).stays
        if each.person != person and each.is_there(wanted.first_day, wanted.last_day)
    ]
    card = EmployerCard.objects.filter(employer=employer).first()
    enrolment = Enrolment.objects.filter(participant=person).first()
    leaves = Leave.objects.filter(participant=person).order_by("first_day")
    there = [each for each in stays if each.employer == employer]
    told = _told_of_all(case, person)
    return Around(
        employer=case.employer.name,
        elsewhere=tuple(_elsewhere(case, person, told)),
        own=_own(told[case.pk].placement),
        place=_place(place, there, wanted, of) if place else None,
        cap=card.most_at_once if card else None,
        at_employer=_busiest(there, wanted),
        closed_on=card.closed_on if card else None,
        has_programme=enrolment is not None,
        programme_first=enrolment.first_day if enrolment else None,
        programme_planned=enrolment.planned_last_day if enrolment else None,
        programme_ended=enrolment.actual_last_day if enrolment else None,
        leaves=tuple(
            Period(first, last) for first, last in leaves.values_list("first_day", "last_day")
        ),
    )


def _busiest(stays: list[Stay], wanted: Wanted) -> int:
    days = [(each.first_day or date.min, each.last_day) for each in stays]
    return busiest(days, first_day=wanted.first_day, last_day=wanted.last_day)


def _place(place: PracticePlace, stays: list[Stay], wanted: Wanted, of: dict[UUID, UUID]) -> Place:
    employer = of.get(place.employer_id, place.employer_id)
    spellings = {employer, *(pk for pk, heir in of.items() if heir == employer)}
    offered = [each for each in offered_on(wanted.first_day, at=spellings) if each.pk != place.pk]
    places: list[PracticePlace | Offered] = [*offered, place]
    busy = most_at(places, stays, first_day=wanted.first_day, last_day=wanted.last_day, of=of)
    return Place(
        name=place.name,
        weekdays=tuple(place.weekdays),
        seats=place.seats,
        taken=dict(enumerate(busy[place.pk])),
        offered_from=place.offered_from,
        offered_until=place.offered_until,
    )


def _told_of_all(case: PlacementCase, person: UUID) -> dict[UUID, Told]:
    """Return what is told of a case and of all others of its person, by case."""
    cases = PlacementCase.objects.filter(family_of([person]), withdrawn_at=None)
    mine = cases.select_related("participant", "employer", "place")
    return told_of([case, *(each for each in mine if each.pk != case.pk)])


def _own(placement: Placement | None) -> Period | None:
    """Return the days that a placement has now, where its first is known."""
    if placement is None or placement.first_day is None:
        return None
    return Period(placement.first_day, placement.last_day)


def _elsewhere(case: PlacementCase, person: UUID, told: dict[UUID, Told]) -> Iterator[Elsewhere]:
    """Yield the person's other placements: of the rows, with days where an agreement names them."""
    agreed = {
        each.placement.pk: each.in_force
        for pk, each in told.items()
        if each.placement is not None and pk != case.pk
    }
    others = PlacementCase.objects.filter(pk__in=told).values_list("pk", "kind")
    arrangements = {pk: CaseKind(kind) for pk, kind in others}
    kinds = {
        each.placement.pk: arrangements.get(pk)
        for pk, each in told.items()
        if each.placement is not None
    }
    own = told[case.pk].placement
    rows = Placement.objects.filter(participant=person).select_related("employer")
    for row in rows.order_by("first_day", "pk"):
        if own is not None and row.pk == own.pk:
            continue
        if row.first_day is None and row.last_day is None:
            continue
        version = agreed.get(row.pk)
        yield Elsewhere(
            employer=row.employer.name if row.employer else "et ukjent sted",
            first_day=row.first_day or date.min,
            last_day=row.last_day,
            days=days_of(version.days) if version else (),
            minutes_per_week=version.minutes_per_week if version else 0,
            kind=kinds.get(row.pk),
        )
