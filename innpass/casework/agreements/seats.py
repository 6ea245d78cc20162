"""Who takes up the seats: those who are at employers.

A seat is taken whoever sits in it, as in ``timetable.seats``: everybody is counted, also people
with a protected address, so that all who look see the number that agreements are refused by.
``is_seen`` says who may be named and counted as a person.

A stay is a placement as the rows tell it (``placements.Placement``). At which place of the employer
it is, and on which days, is said by the placement's case.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import heapify, heapreplace
from typing import Any, TypeAlias
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from innpass.casework.agreements.models import AgreementVersion, PlacementCase
from innpass.casework.employers.models import EmployerCard, PracticePlace
from innpass.casework.employers.queries import Offered, heirs, offered_on
from innpass.casework.participants.queries import OWNER, hidden_people
from innpass.casework.placements.models import Employer, Placement
from innpass.casework.timetable.queries import weeks_in_force
from innpass.domain.access.roles import Actor
from innpass.domain.periods import IsoWeek
from innpass.domain.placing.clashes import busiest
from innpass.domain.placing.states import Outcome

_MANY = 400  # ids in one question; of more, all rows are asked for
_Periods: TypeAlias = "tuple[tuple[date, date | None], ...]"


@dataclass(frozen=True, slots=True)
class Stay:
    """Somebody at an employer. Days are inclusive; ``None`` is not known or open.

    Attributes:
        employer: the employer itself, where the sheets have another spelling of it.
        place: at which of its places, where somebody has said.
        weekdays: on which days (Monday 0), where an agreement says; empty where none does.
        is_seen: whether the viewer may know who it is.
    """

    employer: UUID
    person: UUID
    first_day: date | None
    last_day: date | None
    place: UUID | None = None
    weekdays: frozenset[int] = frozenset()
    is_seen: bool = True

    def is_there(self, first_day: date, last_day: date) -> bool:
        """Tell whether it touches the days from the one to the other, both included."""
        return (self.first_day is None or self.first_day <= last_day) and (
            self.last_day is None or self.last_day >= first_day
        )


@dataclass(frozen=True, slots=True)
class OpenCase:
    """Somebody who is on the way to an employer; nothing is agreed yet."""

    employer: UUID
    person: UUID
    place: UUID | None
    is_seen: bool = True


@dataclass(frozen=True, slots=True)
class Taken:
    """Who is at employers on a day or later, and who is on the way there."""

    stays: tuple[Stay, ...]
    coming: tuple[OpenCase, ...]


def taken(
    *,
    since: date,
    actor: Actor | None = None,
    of: Mapping[UUID, UUID] | None = None,
    at: Collection[UUID] | None = None,
) -> Taken:
    """Return who is at employers on a day or later, everybody. Five queries at most.

    Args:
        actor: with whose eyes it is said who is seen; ``None`` where only seats are counted.
        of: ``heirs()``, where it is known already.
        at: employers, with their other spellings; ``None`` for all.
    """
    heir = heirs() if of is None else of
    here = Q() if at is None else Q(employer__in=at)
    hidden = hidden_people(actor) if actor else set[UUID]()
    rows = (
        Placement.objects.filter(here, ~never_begun(), Q(last_day=None) | Q(last_day__gte=since))
        .exclude(employer=None)
        .order_by("first_day", "pk")
        .values_list("employer", "participant", "first_day", "last_day", "row_id")
    )
    cases = _cases(since, at)
    days = _agreed_days(since, at)
    # An import may have given a placement another row than the one that its case knows, and one
    # row may tell of placements at several employers.
    known: dict[Any, dict[str, Any]] = {}
    for case in cases:
        if case["row"]:
            where = case["person"], heir.get(case["employer"], case["employer"])
            known[where] = known[(case["row"], *where)] = case
    stays = []
    for employer, person, first, last, row in rows:
        where = person, heir.get(employer, employer)
        case = known.get((row, *where)) or known.get(where) or {}
        stays.append(
            Stay(
                employer=heir.get(employer, employer) if heir else employer,
                person=person,
                first_day=first,
                last_day=last,
                place=case.get("place"),
                weekdays=days.get(case["pk"], frozenset()) if case else frozenset(),
                is_seen=not hidden or person not in hidden,
            )
        )
    coming = (
        OpenCase(
            heir.get(case["employer"], case["employer"]),
            case["person"],
            case["place"],
            case["person"] not in hidden,
        )
        for case in cases
        if case["row"] is None
    )
    return Taken(tuple(stays), tuple(coming))


def never_begun() -> Exists:
    """Return what is true of a placement of the sheets whose case came to nothing."""
    return Exists(
        PlacementCase.objects.filter(
            row=OuterRef("row_id"),
            employer=OuterRef("employer"),
            ending__outcome=Outcome.NOT_STARTED,
            withdrawn_at=None,
        )
    )


def _cases(since: date, at: Collection[UUID] | None) -> list[dict[str, Any]]:
    here = Q() if at is None else Q(employer__in=at)
    going_on = Q(ending=None) | Q(ending__last_day__gte=since)
    rows = PlacementCase.objects.filter(here, going_on, withdrawn_at=None).annotate(person=OWNER)
    return list(
        rows.order_by("proposed_on", "pk").values("pk", "employer", "place", "row", "person")
    )


def _agreed_days(since: date, at: Collection[UUID] | None) -> dict[UUID, frozenset[int]]:
    """Return the days of the week that the agreement in force of each case names."""
    here = Q() if at is None else Q(case__employer__in=at)
    rows = AgreementVersion.objects.filter(here, in_force_at__isnull=False, last_day__gte=since)
    return {
        case: frozenset(int(each[0]) for each in days)
        for case, days in rows.order_by("number").values_list("case", "days")
    }


def free_seats(
    on: date,
    *,
    until: date | None = None,
    but: UUID | None = None,
    at: Collection[UUID] | None = None,
) -> dict[UUID, dict[int, int]]:
    """Return the free seats of every place that stands on a day, by day of the week.

    A stay takes up its days of the week: those of its agreement, else those of the person's week in
    force, else every day on which the place is open. One that names no place takes the employer's
    place with most room. Constant queries.

    Args:
        until: free on every day until this one, inclusive; ``on`` alone otherwise.
        but: a participant who takes up no seat, such as the one who is to be placed.
        at: employers, with their other spellings; ``None`` for all.

    Returns:
        For every place ``{weekday: seats}`` for its own weekdays, never below 0.
    """
    last = on if until is None else max(on, until)
    heir = heirs()
    others = [each for each in taken(since=on, of=heir, at=at).stays if each.person != but]
    offered = offered_on(on, at=at)
    busy = most_at(offered, others, first_day=on, last_day=last, of=heir)
    rows = PracticePlace.objects.filter(Q() if at is None else Q(employer__in=at))
    weekdays = dict(rows.values_list("pk", "weekdays"))
    return {
        place.pk: {day: max(0, place.seats - busy[place.pk][day]) for day in weekdays[place.pk]}
        for place in offered
    }


def most_at(
    places: Iterable[PracticePlace | Offered],
    stays: Iterable[Stay],
    *,
    first_day: date,
    last_day: date,
    of: Mapping[UUID, UUID],
) -> dict[UUID, list[int]]:
    """Return how many are at each place at once, at most, by day of the week from Monday.

    A stay takes up the days of its agreement, else those of the person's week in force on the first
    day, else every day.

    Args:
        places: those that are offered; only they take up whoever is at no named place.
        first_day, last_day: between which, both included.
        of: ``heirs()``.
    """
    there = [each for each in stays if each.is_there(first_day, last_day)]
    known = _weekdays_in_force([each for each in there if not each.weekdays], on=first_day, of=of)
    found = {}
    for place, mine in at_places(places, there, of=of).items():
        at_once: dict[_Periods, int] = {}  # most days of a week have the same people
        of_day: list[_Periods] = [
            tuple(
                (stay.first_day or date.min, stay.last_day)
                for stay in mine
                if day in (stay.weekdays or known.get((stay.person, stay.employer)) or {day})
            )
            for day in range(7)
        ]
        for periods in of_day:
            if periods not in at_once:
                at_once[periods] = busiest(periods, first_day=first_day, last_day=last_day)
        found[place] = [at_once[periods] for periods in of_day]
    return found


def at_places(
    places: Iterable[PracticePlace | Offered],
    stays: Sequence[Stay],
    *,
    of: Mapping[UUID, UUID],
) -> dict[UUID, list[Stay]]:
    """Say who is at which place; one who is at an employer's place that is not named gets one.

    Args:
        of: ``heirs()``.
    """
    found: dict[UUID, list[Stay]] = {}
    at_employer: dict[UUID, list[PracticePlace | Offered]] = defaultdict(list)
    for place in places:
        found[place.pk] = []
        at_employer[of.get(place.employer_id, place.employer_id)].append(place)
    nowhere: dict[UUID, list[Stay]] = defaultdict(list)
    for stay in stays:
        if stay.place in found:
            found[stay.place].append(stay)
        elif stay.employer in at_employer:
            nowhere[stay.employer].append(stay)
    for employer, waiting in nowhere.items():
        # The roomiest first; of several, the last by name. Each who comes makes it less roomy.
        several = sorted(at_employer[employer], key=lambda one: (one.name, str(one.pk)))
        roomiest = [
            (len(found[one.pk]) - one.seats, -rank, one.pk) for rank, one in enumerate(several)
        ]
        heapify(roomiest)
        for stay in waiting:
            taken_up, rank, pk = roomiest[0]
            found[pk].append(stay)
            heapreplace(roomiest, (taken_up + 1, rank, pk))
    return found


def room(places: Sequence[PracticePlace] | Sequence[Offered], stays: Sequence[Stay]) -> int:
    """Count the seats that nobody has at the places of one employer, as ``at_places`` gives them.

    Whoever is at no named place takes a seat that is free, as long as there is one.
    """
    named = Counter(each.place for each in stays if each.place)
    at_named = sum(named[each.pk] for each in places) if named else 0
    left = sum(max(0, each.seats - named[each.pk]) for each in places)
    return max(0, left - (len(stays) - at_named))


def _weekdays_in_force(
    stays: Sequence[Stay], *, on: date, of: Mapping[UUID, UUID]
) -> dict[tuple[UUID, UUID], frozenset[int]]:
    """Return on which days people are at the employer of some stays by their weeks in force."""
    if not stays:
        return {}
    at = {each.employer for each in stays}
    at |= {name for name, employer in of.items() if employer in at}
    people = {each.person for each in stays}
    found: dict[tuple[UUID, UUID], frozenset[int]] = {}
    weeks = weeks_in_force(
        people if len(people) <= _MANY else None,
        week=IsoWeek.of(on),
        only=Q(employer__in=at) if len(at) <= _MANY else Q(employer__isnull=False),
    )
    for person, week in weeks.items():
        for block in week.blocks:
            if block.employer:
                key = person, of.get(block.employer, block.employer)
                found[key] = found.get(key, frozenset()) | {int(block.day)}
    return found


def caps_left(on: date, *, but: UUID | None = None) -> dict[UUID, int]:
    """Return how many more each employer with a cap may take, never below 0. Constant queries.

    Counted are those who are there on the day or have agreed to come, and those on the way there.
    An employer without a cap is left out.

    Args:
        but: as for ``free_seats``.
    """
    caps = dict(
        EmployerCard.objects.exclude(most_at_once=None).values_list("employer", "most_at_once")
    )
    if not caps:
        return {}
    heir = heirs()
    names = [other for other, one in heir.items() if one in caps]
    now = taken(since=on, of=heir, at=[*caps, *names])
    busy = {(each.employer, each.person) for each in now.stays}
    busy |= {(each.employer, each.person) for each in now.coming}
    people = Counter(employer for employer, person in busy if person != but)
    return {pk: max(0, cap - people[pk]) for pk, cap in caps.items()}


def cap_left(employer: Employer, on: date, *, but: UUID | None = None) -> int | None:
    """Return how many more an employer may take; ``None`` where it has no cap.

    As ``caps_left``, which is to be asked where there are several.
    """
    heir = heirs().get(employer.pk, employer.pk)
    return caps_left(on, but=but).get(heir)
