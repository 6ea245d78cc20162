"""Judge an assignment without the solver, also one made by hand: one function for each demand.

What is locked is somebody's choice and is not judged, but it takes its seat and its days.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from innpass.domain.matching.limits import hindrances
from innpass.domain.matching.problem import Offer, Pairs, Problem, Seeker
from innpass.domain.matching.reasons import Reason, Weekday, days, people, reason
from innpass.domain.matching.stays import usable


@dataclass(frozen=True, slots=True)
class Clash:
    """A demand that is not met, and the pair or the place (an offer) it is about."""

    seeker: str | None
    offer: str
    reason: Reason


Check: TypeAlias = Callable[[Problem, Pairs], Iterator[Clash]]


def check(problem: Problem, pairs: Pairs) -> tuple[Clash, ...]:
    """Judge an assignment; empty: nothing is wrong with it."""
    unknown = tuple(_everything_is_known(problem, pairs))
    if unknown:
        return unknown
    return tuple(clash for demand in DEMANDS for clash in demand(problem, pairs))


def limits_are_kept(problem: Problem, pairs: Pairs) -> Iterator[Clash]:
    """No pair breaks a limit, unless it is locked."""
    for seeker, offer in pairs.items():
        if seeker not in problem.locked:
            for one in hindrances(problem, problem.seeker[seeker], problem.offer[offer]):
                if one.falls_out:
                    yield Clash(seeker, offer, one.reason)


def locked_pairs_stay(problem: Problem, pairs: Pairs) -> Iterator[Clash]:
    """Whoever has a place already keeps it."""
    for seeker, offer in problem.locked.items():
        if pairs.get(seeker) != offer:
            yield Clash(seeker, offer, reason("clash.locked", offer=problem.offer[offer].name))


def places_have_seats(problem: Problem, pairs: Pairs) -> Iterator[Clash]:
    """A place has no more people than seats at the same time."""
    for offer, locked, new in _by_offer(problem, pairs):
        if new and len(locked) + len(new) > offer.seats:
            yield Clash(
                None,
                offer.key,
                reason(
                    "clash.seats",
                    offer=offer.name,
                    people=people(len(locked) + len(new)),
                    seats=offer.seats,
                ),
            )


def days_have_seats(problem: Problem, pairs: Pairs) -> Iterator[Clash]:
    """People can be given as many days as the place wants, and no day has more than its seats."""
    for offer, locked, new in _by_offer(problem, pairs):
        if new and offer.openings:
            before = _days_missing(problem, offer, locked)
            if missing := _days_missing(problem, offer, (*locked, *new)) - before:
                clash = reason(
                    "clash.days", offer=offer.name, days=days(offer.days), missing=days(missing)
                )
                yield Clash(None, offer.key, clash)


def caps_are_kept(problem: Problem, pairs: Pairs) -> Iterator[Clash]:
    """An employer gets no more than its cap leaves room for."""
    at_employer: dict[str, list[str]] = defaultdict(list)
    for seeker, offer in pairs.items():
        at_employer[problem.offer[offer].employer].append(seeker)
    for key, seekers in at_employer.items():
        employer = problem.employer[key]
        has_new = any(seeker not in problem.locked for seeker in seekers)
        if has_new and employer.cap_left is not None and len(seekers) > employer.cap_left:
            yield Clash(
                None,
                next(offer for offer in pairs.values() if problem.offer[offer].employer == key),
                reason(
                    "clash.cap",
                    employer=employer.name,
                    people=people(len(seekers)),
                    room=employer.cap_left,
                ),
            )


DEMANDS: tuple[Check, ...] = (
    limits_are_kept,
    locked_pairs_stay,
    places_have_seats,
    days_have_seats,
    caps_are_kept,
)


def _everything_is_known(problem: Problem, pairs: Pairs) -> Iterator[Clash]:
    for seeker, offer in pairs.items():
        if seeker not in problem.seeker or offer not in problem.offer:
            yield Clash(seeker, offer, reason("clash.unknown", key=seeker))


def _by_offer(problem: Problem, pairs: Pairs) -> Iterator[tuple[Offer, list[Seeker], list[Seeker]]]:
    """Give each place that is in use, with the locked and the new people there."""
    locked: dict[str, list[Seeker]] = defaultdict(list)
    new: dict[str, list[Seeker]] = defaultdict(list)
    for seeker, offer in pairs.items():
        is_locked = problem.locked.get(seeker) == offer
        (locked if is_locked else new)[offer].append(problem.seeker[seeker])
    for key in dict.fromkeys(pairs.values()):
        yield problem.offer[key], locked[key], new[key]


def _days_missing(problem: Problem, offer: Offer, seekers: Sequence[Seeker]) -> int:
    """Say how many of the days wanted cannot be given, shared out as well as can be."""
    suits = [
        usable(seeker, offer, problem.travel_minutes(seeker.home, offer.locality) or 0)
        for seeker in seekers
    ]
    room = {one.day: one.free_seats for one in offer.openings}
    holders: dict[Weekday, list[int]] = defaultdict(list)

    def give(person: int, tried: set[Weekday]) -> bool:
        """Give one more day, moving others to another of their days where that helps."""
        for day in suits[person]:
            if day in tried or person in holders[day]:
                continue
            tried.add(day)
            if len(holders[day]) < room[day]:
                holders[day].append(person)
                return True
            for other in holders[day]:
                if give(other, tried):
                    holders[day].remove(other)
                    holders[day].append(person)
                    return True
        return False

    wanted = [person for person in range(len(seekers)) for _ in range(offer.days)]
    return sum(not give(person, set()) for person in wanted)
