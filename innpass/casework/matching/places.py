"""What is on offer, as matching may know it: places, their employers, the ways between."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from uuid import UUID

from django.db.models import Count, Q

from innpass.casework.employers.models import PracticePlace
from innpass.casework.employers.occupations import occupations
from innpass.casework.employers.queries import areas_on, heirs, places_offered
from innpass.casework.employers.seats import caps_left, free_seats, taken
from innpass.casework.participants.queries import people_hidden_from
from innpass.casework.placements.models import Placement
from innpass.casework.timetable.models import Workplace
from innpass.casework.timetable.places import localities, ways, workplaces
from innpass.casework.timetable.problems import rules_here
from innpass.domain.access.roles import Actor
from innpass.domain.matching.problem import Employer, Offer, Opening
from innpass.domain.matching.reasons import Level, Weekday
from innpass.domain.placing.demands import DEMAND_NAMES

_LEVELS = {each.name: each for each in Level}


@dataclass(frozen=True, slots=True)
class Market:
    """Everything on offer from a Monday on.

    Attributes:
        places: by key of the offer.
        travel: minutes between localities by key.
        words: what occupations, demands and localities are called.
    """

    offers: tuple[Offer, ...]
    employers: tuple[Employer, ...]
    places: Mapping[str, PracticePlace]
    travel: Mapping[tuple[str, str], int]
    words: Mapping[str, str]


def market(actor: Actor, *, monday: date, but: UUID | None = None) -> Market:
    """Return what is on offer, as far as an actor may know. A fixed number of queries.

    Args:
        but: a participant who takes up no seat: the one who is to be placed.
    """
    places = places_offered(monday)
    where = workplaces()
    rules = rules_here()
    heir = heirs()
    coming = Counter(
        each.place
        for each in taken(since=monday, actor=actor, of=heir).coming
        if each.person != but
    )
    free = free_seats(monday, but=but)
    names = {str(each.pk): each.name for each in localities()}
    return Market(
        offers=tuple(
            _offer(
                each,
                where.get(each.employer_id),
                {day: max(0, seats - coming[each.pk]) for day, seats in free[each.pk].items()},
                rules.shortest_stay,
                heir.get(each.employer_id, each.employer_id),
            )
            for each in places
        ),
        employers=_employers(places, actor, monday, heir, caps_left(monday, but=but)),
        places={str(each.pk): each for each in places},
        travel=_travel(names, rules.way_minutes),
        words={
            **occupations(),
            **{str(each): name for each, name in DEMAND_NAMES.items()},
            **names,
        },
    )


def _offer(
    place: PracticePlace,
    where: Workplace | None,
    free: Mapping[int, int],
    shortest_stay: int,
    employer: UUID,
) -> Offer:
    openings = _openings(place, where, free)
    wanted = place.days_a_week or 1
    return Offer(
        key=str(place.pk),
        name=place.name,
        employer=str(employer),
        seats=max((each.free_seats for each in openings), default=max(free.values(), default=0)),
        openings=openings,
        days=min(7, wanted),
        shortest_stay=min(shortest_stay, max(1, place.end - place.start)),
        level_at_start=_LEVELS.get(place.language_at_start, Level.NONE),
        can_be_learnt=tuple(filter(None, map(_as_part, place.can_learn.splitlines()))),
        demands=frozenset(place.demands),
        tasks=frozenset({place.occupation} - {""}),
        locality=str(where.locality_id) if where else None,
        occupation=place.occupation or None,
    )


def _as_part(line: str) -> str:
    """Write a line as a part of a sentence: no capital but in a name of letters, no full stop."""
    text = line.strip().rstrip(".")
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def _openings(
    place: PracticePlace, where: Workplace | None, free: Mapping[int, int]
) -> tuple[Opening, ...]:
    """Give when a place takes people: its own hours, as far as the workplace is open."""
    hours = {each.day: (each.start, each.end) for each in where.openings.all()} if where else {}
    found = []
    for day in sorted(set(place.weekdays)):
        start, end = hours.get(day, (0, 0)) if hours else (place.start, place.end)
        start, end = max(start, place.start), min(end, place.end)
        if start < end:
            found.append(Opening(Weekday(day), start, end, free.get(day, 0)))
    return tuple(found)


def _employers(
    places: Sequence[PracticePlace],
    actor: Actor,
    monday: date,
    heir: Mapping[UUID, UUID],
    caps: Mapping[UUID, int],
) -> tuple[Employer, ...]:
    areas = areas_on(monday)
    seen = Placement.objects.exclude(employer=None).exclude(
        participant__in=people_hidden_from(actor)
    )
    is_over = Q(last_day__lt=monday) | Q(has_contract=True)
    running, ended, contracts = Counter[UUID](), Counter[UUID](), Counter[UUID]()
    for pk, now, over, hired in (
        seen.order_by()
        .values("employer")
        .annotate(
            now=Count("pk", filter=~is_over & Q(first_day__lte=monday)),
            over=Count("pk", filter=is_over),
            hired=Count("pk", filter=Q(has_contract=True)),
        )
        .values_list("employer", "now", "over", "hired")
    ):
        one = heir.get(pk, pk)
        running[one] += now
        ended[one] += over
        contracts[one] += hired
    found = {}
    for each in places:
        pk = heir.get(each.employer_id, each.employer_id)
        area = areas.get(pk)
        found[pk] = Employer(
            key=str(pk),
            name=each.employer.name,
            area=area.name if area else each.employer.area,
            cap_left=caps.get(pk),
            running=running[pk],
            placements=ended[pk],
            contracts=contracts[pk],
        )
    return tuple(found.values())


def _travel(names: Mapping[str, str], usual: int) -> dict[tuple[str, str], int]:
    """Say how long every way takes; what the municipality plans by where nobody said."""
    found = dict.fromkeys(combinations(sorted(names), 2), usual)
    for pair, minutes in ways().items():
        one, other = sorted(str(each) for each in pair)
        found[one, other] = minutes
    return found
