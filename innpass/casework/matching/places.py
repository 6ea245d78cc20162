"""What is on offer, as matching may know it: places, their employers, the ways between.

Who sits where takes long to find out for thousands. So a market is made first as if every seat
were free (``whole_market``), and the seats are counted where it matters (``count_seats``).
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from innpass.casework.agreements.seats import caps_left, free_seats
from innpass.casework.employers.models import PracticePlace
from innpass.casework.employers.occupations import occupations
from innpass.casework.employers.queries import Offered, area_names_on, heirs, is_offered
from innpass.casework.matching.people import on_the_way
from innpass.casework.matching.rules import rules_on
from innpass.casework.participants.queries import OWNER, people_hidden_from
from innpass.casework.placements.models import Placement
from innpass.casework.timetable.models import Opening as WorkplaceOpening
from innpass.casework.timetable.models import Workplace
from innpass.casework.timetable.places import localities, ways
from innpass.casework.timetable.problems import rules_here
from innpass.domain.access.roles import Actor
from innpass.domain.matching.problem import Employer, Offer, Opening, Rules
from innpass.domain.matching.reasons import Level, Weekday
from innpass.domain.placing.demands import DEMAND_NAMES

_LEVELS = {each.name: each for each in Level}
_COLUMNS = (
    *("pk", "employer", "name", "employer__name", "employer__area", "occupation", "seats"),
    *("start", "end", "days_a_week", "language_at_start", "can_learn"),
    *("offered_from", "confirmed_on", "weekdays", "demands"),
)
_WORKPLACE = ("pk", "employer", "locality")
_MOST_OFFERS = 10_000  # that are kept at hand; making one takes longer than finding it
_Hours = tuple[tuple[int, int, int], ...]  # day, and when the workplace opens and closes


class PlaceRow(NamedTuple):
    """A practice place as it stands; columns of ``PracticePlace`` and of its employer."""

    pk: UUID
    employer: UUID
    name: str
    employer_name: str
    employer_area: str
    occupation: str
    seats: int
    start: int
    end: int
    days_a_week: int | None
    language_at_start: str
    can_learn: str
    offered_from: date
    confirmed_on: date | None
    weekdays: tuple[int, ...]
    demands: tuple[str, ...]

    @property
    def called(self) -> str:
        """The place and its employer, by name."""
        return f"{self.name}, {self.employer_name}"

    @property
    def offered(self) -> Offered:
        """The place as the map of employers counts it."""
        return Offered(
            self.pk, self.employer, self.name, self.seats, self.offered_from, self.confirmed_on
        )


@dataclass(frozen=True, slots=True)
class Market:
    """Everything on offer from a Monday on.

    Attributes:
        places: by key of the offer.
        travel: minutes between localities by key.
        words: what occupations, demands and localities are called.
        coming: how many are on the way to each place; they have its seats.
        kept: for whom each place is locked; they have its seats, too.
        names_of: the employers that are one, by the key under which it stands here.
        but: a participant who takes up no seat.
        free: the seats that nobody sits in, by place and day of the week, where they are counted.
        rules: what the municipality has said, as it is on the Monday.
    """

    monday: date
    offers: tuple[Offer, ...]
    employers: tuple[Employer, ...]
    places: Mapping[str, PlaceRow]
    travel: Mapping[tuple[str, str], int]
    words: Mapping[str, str]
    coming: Mapping[UUID, int]
    kept: Mapping[UUID, tuple[UUID, ...]]
    names_of: Mapping[str, tuple[UUID, ...]]
    but: UUID | None
    rules: Rules
    free: Mapping[UUID, Mapping[int, int]] = field(default_factory=dict)


def market(
    actor: Actor,
    *,
    monday: date,
    but: UUID | None = None,
    kept: Mapping[UUID, tuple[UUID, ...]] | None = None,
) -> Market:
    """Return what is on offer with the seats that are free. A fixed number of queries.

    Args:
        but: a participant who takes up no seat: the one who is to be placed.
        kept: for whom places are locked (``locks.kept_for``); ``None`` for nobody.
    """
    return count_seats(whole_market(actor, monday=monday, but=but, kept=kept))


def whole_market(
    actor: Actor,
    *,
    monday: date,
    but: UUID | None = None,
    kept: Mapping[UUID, tuple[UUID, ...]] | None = None,
    place: UUID | None = None,
) -> Market:
    """Return what is on offer as if every seat were free but those promised to somebody.

    A fixed number of queries, and none for each who sits anywhere.

    Args:
        but, kept: as for ``market``.
        place: the only one that is asked about; the employers of the others stand beside it, for
            how often each hires is told beside all.
    """
    offered = PracticePlace.objects.filter(is_offered(monday))
    asked = offered if place is None else offered.filter(pk=place)
    rows = [
        PlaceRow._make((*row[:-2], tuple(row[-2]), tuple(row[-1])))
        for row in asked.order_by("employer__name", "name", "pk").values_list(*_COLUMNS)
    ]
    heir, shortest = heirs(), rules_here()
    at = None if place is None else {each.employer for each in rows}
    where, hours = _workplaces(at)
    waiting = on_the_way().annotate(owner=OWNER).values_list("owner", "place")
    coming = Counter(pk for who, pk in waiting if who != but and pk is not None)
    kept = kept or {}
    names = {str(each.pk): each.name for each in localities()}
    return Market(
        monday=monday,
        offers=tuple(
            _offer(
                each,
                heir.get(each.employer, each.employer),
                where.get(each.employer),
                hours.get(each.employer, ()),
                coming[each.pk],
                len(kept.get(each.pk, ())),
                shortest.shortest_stay,
            )
            for each in rows
        ),
        employers=_employers(_named(rows, offered, place), actor, monday, heir, but),
        places={str(each.pk): each for each in rows},
        travel=_travel(names, shortest.way_minutes),
        words={
            **occupations(),
            **{str(each): name for each, name in DEMAND_NAMES.items()},
            **names,
        },
        coming=coming,
        kept=kept,
        names_of=_names_of(heir),
        but=but,
        rules=rules_on(monday),
    )


def count_places(monday: date) -> int:
    """Count the places that are offered from a Monday on. One query."""
    return int(PracticePlace.objects.filter(is_offered(monday)).count())


def only(
    actor: Actor,
    place: UUID,
    *,
    monday: date,
    but: UUID | None = None,
    kept: Mapping[UUID, tuple[UUID, ...]] | None = None,
) -> Market:
    """Return one place with the seats that are free there, where it is on offer; as ``market``."""
    found = whole_market(actor, monday=monday, but=but, kept=kept, place=place)
    return count_seats(found, at={each.employer for each in found.offers})


def count_seats(found: Market, *, at: Collection[str] | None = None) -> Market:
    """Count who sits at some employers, and leave the free seats; ``None`` for all of them.

    Args:
        at: employers by key.
    """
    ids = None
    if at is not None:
        ids = [pk for key in at for pk in (UUID(key), *found.names_of.get(key, ()))]
    free = free_seats(found.monday, but=found.but, at=ids)
    return replace(
        found,
        free=free,
        offers=tuple(
            _with_seats(each, free.get(pk), found.coming.get(pk, 0), len(found.kept.get(pk, ())))
            for each, pk in ((each, found.places[each.key].pk) for each in found.offers)
        ),
    )


def keeping(found: Market, offer: Offer, kept: int) -> Offer:
    """Return an offer whose seats are counted as it is where locks keep so many of its seats."""
    place = found.places[offer.key].pk
    return _with_seats(offer, found.free.get(place), found.coming.get(place, 0), kept)


def _with_seats(offer: Offer, free: Mapping[int, int] | None, coming: int, kept: int) -> Offer:
    if free is None:
        return offer
    left, kept = _left(free, coming, kept)
    openings = tuple(each._replace(free_seats=left.get(each.day, 0)) for each in offer.openings)
    return replace(offer, openings=openings, seats=_seats(openings, left), kept_seats=kept)


def _left(free: Mapping[int, int], coming: int, kept: int) -> tuple[dict[int, int], int]:
    """Take off the seats of those on the way and of those with a lock.

    Returns:
        What is left on each day, and how many are kept: as many as are free on every day.
    """
    there = {day: max(0, seats - coming) for day, seats in free.items()}
    left = {day: max(0, seats - kept) for day, seats in there.items()}
    return left, min(kept, *there.values()) if there else 0


def _seats(openings: tuple[Opening, ...], free: Mapping[int, int]) -> int:
    return max((each.free_seats for each in openings), default=max(free.values(), default=0))


def _names_of(heir: Mapping[UUID, UUID]) -> dict[str, tuple[UUID, ...]]:
    found: dict[str, tuple[UUID, ...]] = {}
    for other, one in heir.items():
        found[str(one)] = (*found.get(str(one), ()), other)
    return found


def _workplaces(
    employers: Collection[UUID] | None,
) -> tuple[dict[UUID, UUID], dict[UUID, _Hours]]:
    """Say where some workplaces are and when they open, by employer; ``None`` for all."""
    rows, opened = Workplace.objects.all(), WorkplaceOpening.objects.all()
    if employers is not None:
        rows = rows.filter(employer__in=employers)
        opened = opened.filter(workplace__employer__in=employers)
    where = {pk: (at, locality) for pk, at, locality in rows.values_list(*_WORKPLACE)}
    hours: dict[UUID, list[tuple[int, int, int]]] = defaultdict(list)
    ordered = opened.order_by("workplace", "day")
    for pk, *hour in ordered.values_list("workplace", "day", "start", "end"):
        hours[pk].append((hour[0], hour[1], hour[2]))
    return (
        dict(where.values()),
        {where[pk][0]: tuple(several) for pk, several in hours.items()},
    )


def _named(
    rows: "list[PlaceRow]", offered: "QuerySet[PracticePlace]", place: UUID | None
) -> dict[UUID, tuple[str, str]]:
    """Return the employers of all places offered, by name and the area that the sheets state."""
    if place is None:
        return {each.employer: (each.employer_name, each.employer_area) for each in rows}
    columns = ("employer", "employer__name", "employer__area")
    found = offered.order_by("employer__name", "employer").values_list(*columns).distinct()
    return {pk: (name, area) for pk, name, area in found}


@lru_cache(maxsize=_MOST_OFFERS)
def _offer(
    place: PlaceRow,
    employer: UUID,
    locality: UUID | None,
    hours: _Hours,
    coming: int,
    kept: int,
    shortest_stay: int,
) -> Offer:
    free, kept = _left(dict.fromkeys(place.weekdays, place.seats), coming, kept)
    openings = _openings(place, hours, free)
    return Offer(
        key=str(place.pk),
        name=place.name,
        employer=str(employer),
        seats=_seats(openings, free),
        openings=openings,
        days=min(7, place.days_a_week or 1),
        shortest_stay=min(shortest_stay, max(1, place.end - place.start)),
        level_at_start=_LEVELS.get(place.language_at_start, Level.NONE),
        can_be_learnt=tuple(filter(None, map(_as_part, place.can_learn.splitlines()))),
        demands=frozenset(place.demands),
        tasks=frozenset({place.occupation} - {""}),
        locality=str(locality) if locality else None,
        occupation=place.occupation or None,
        kept_seats=kept,
    )


def _as_part(line: str) -> str:
    """Write a line as a part of a sentence: no capital but in a name of letters, no full stop."""
    text = line.strip().rstrip(".")
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def _openings(place: PlaceRow, hours: _Hours, free: Mapping[int, int]) -> tuple[Opening, ...]:
    """Give when a place takes people: its own hours, as far as the workplace is open."""
    found = []
    opened = {day: (start, end) for day, start, end in hours}
    for day in sorted(set(place.weekdays)):
        start, end = opened.get(day, (0, 0)) if hours else (place.start, place.end)
        start, end = max(start, place.start), min(end, place.end)
        if start < end:
            found.append(Opening(Weekday(day), start, end, free.get(day, 0)))
    return tuple(found)


def _employers(
    employers: Mapping[UUID, tuple[str, str]],
    actor: Actor,
    monday: date,
    heir: Mapping[UUID, UUID],
    but: UUID | None,
) -> tuple[Employer, ...]:
    """Give some employers, with what has been there as far as an actor may know.

    A cap counts everybody, whoever they are: it protects the unit.
    """
    areas = area_names_on(monday)
    is_over = Q(last_day__lt=monday) | Q(has_contract=True)
    hidden = set(people_hidden_from(actor).values_list("pk", flat=True))
    rows = (
        Placement.objects.exclude(employer=None)
        .exclude(participant__in=hidden)
        .order_by()
        .values("employer")
        .annotate(
            now=Count("pk", filter=~is_over & Q(first_day__lte=monday)),
            over=Count("pk", filter=is_over),
            hired=Count("pk", filter=Q(has_contract=True)),
        )
        .values_list("employer", "now", "over", "hired")
    )
    counts: dict[UUID, Counter[str]] = {}
    for pk, now, over, hired in rows:
        counted = counts.setdefault(heir.get(pk, pk), Counter())
        counted.update(now=now, over=over, hired=hired)
    caps = caps_left(monday, but=but)
    found = {}
    for name_of, (name, area) in employers.items():
        pk = heir.get(name_of, name_of)
        counted = counts.get(pk, Counter())
        found[pk] = Employer(
            key=str(pk),
            name=name,
            area=areas.get(pk) or area,
            cap_left=caps.get(pk),
            running=counted["now"],
            placements=counted["over"],
            contracts=counted["hired"],
        )
    return tuple(found.values())


def _travel(names: Mapping[str, str], usual: int) -> dict[tuple[str, str], int]:
    """Say how long every way takes; what the municipality plans by where nobody said."""
    found = dict.fromkeys(combinations(sorted(names), 2), usual)
    for pair, minutes in ways().items():
        one, other = sorted(str(each) for each in pair)
        found[one, other] = minutes
    return found
