"""The limits that a pair must keep, one function for each. What is not known must be clarified.

A limit answers ``None`` where it is kept. Otherwise it says whether the pair falls out or a fact is
missing, why, and what would have to change. A missing fact drops nobody: the pair stays on the
list, with the missing fact weighing against it, until somebody has found out.
"""

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from innpass.domain.matching.problem import Offer, Problem, Seeker
from innpass.domain.matching.reasons import (
    Days,
    Names,
    Reason,
    ReasonValue,
    Weekday,
    days,
    minutes,
    reason,
)
from innpass.domain.matching.stays import stays, usable


class LimitKind(StrEnum):
    """What a limit is about, in the order in which they are told."""

    LANGUAGE = "language"
    WEEK = "week"
    TRAVEL = "travel"
    CAPACITY = "capacity"
    DEMANDS = "demands"
    OWN_NO = "own_no"
    CAP = "cap"


class Hindrance(NamedTuple):
    """A limit that is not kept, or not known to be kept.

    Attributes:
        falls_out: whether the pair is out; else a fact must be clarified.
        reason: what stands in the way.
        change: what would have to change, or be found out.
        effort: how much that is, to tell the nearest first; 0 where a fact is missing.
    """

    limit: LimitKind
    falls_out: bool
    reason: Reason
    change: Reason
    effort: int = 0


Limit: TypeAlias = Callable[[Problem, Seeker, Offer], Hindrance | None]


def hindrances(problem: Problem, seeker: Seeker, offer: Offer) -> tuple[Hindrance, ...]:
    """Give every limit that is not known to be kept, in the order of ``LimitKind``."""
    found = [limit(problem, seeker, offer) for limit in _LIMITS]
    return tuple([one for one in found if one is not None])


def is_eligible(problem: Problem, seeker: Seeker, offer: Offer) -> bool:
    """Say whether no limit is known to be broken."""
    return not any(one.falls_out for one in hindrances(problem, seeker, offer))


def language(problem: Problem, seeker: Seeker, offer: Offer) -> Hindrance | None:
    """Whoever starts has the level of Norwegian that the place demands at the start."""
    del problem
    kind, needed, level = LimitKind.LANGUAGE, offer.level_at_start, seeker.level
    if needed is None:
        return _unknown(kind, "language_of_place")
    if not needed:
        return None
    if level is None:
        return _unknown(kind, "level", needed=needed)
    if level >= needed:
        return None
    return _out(kind, "language", 10 * (needed - level), needed=needed, level=level)


def week(problem: Problem, seeker: Seeker, offer: Offer) -> Hindrance | None:
    """The own week leaves room for as many long enough days as the place wants."""
    kind = LimitKind.WEEK
    if not offer.openings:
        return _unknown(kind, "openings")
    way = problem.travel_minutes(seeker.home, offer.locality) or 0
    suiting = usable(seeker, offer, way)
    if len(suiting) < offer.days:
        return _short_week(seeker, offer, way, suiting)
    return _unknown(kind, "week") if seeker.free is None else None


def travel(problem: Problem, seeker: Seeker, offer: Offer) -> Hindrance | None:
    """The way is no longer than the municipality allows."""
    kind, longest = LimitKind.TRAVEL, problem.rules.longest_travel
    if seeker.home is None:
        return _unknown(kind, "home")
    if offer.locality is None:
        return _unknown(kind, "locality")
    way = problem.travel_minutes(seeker.home, offer.locality)
    if way is None:
        if not problem.rules.unregistered_is_far:
            return _unknown(kind, "way", home=seeker.home, place=offer.locality)
        return _out(kind, "travel_far", 40, longest=minutes(longest))
    if way <= longest:
        return None
    over = way - longest
    return _out(kind, "travel", 5 + over, minutes=minutes(way), longest=minutes(longest))


def capacity(problem: Problem, seeker: Seeker, offer: Offer) -> Hindrance | None:
    """On each day that somebody would come, a seat is free.

    Judged on the days that suit; where too few do, ``week`` says so and all open days are taken.
    Where a seat is lacking only because it is kept for somebody else, that is what is told.
    """
    lacking = _seats_lacking(problem, seeker, offer)
    if lacking and offer.kept_seats and not _seats_lacking(problem, seeker, _let_go(offer)):
        return _out(LimitKind.CAPACITY, "kept", 30)
    return lacking


def _let_go(offer: Offer) -> Offer:
    """Give the offer as it would be without locks."""
    kept = offer.kept_seats
    openings = tuple(one._replace(free_seats=one.free_seats + kept) for one in offer.openings)
    return replace(offer, seats=offer.seats + kept, openings=openings, kept_seats=0)


def _seats_lacking(problem: Problem, seeker: Seeker, offer: Offer) -> Hindrance | None:
    kind = LimitKind.CAPACITY
    if not offer.seats:
        return _out(kind, "no_seat", 30)
    if not offer.openings:
        return None
    way = problem.travel_minutes(seeker.home, offer.locality) or 0
    suiting = usable(seeker, offer, way)
    if len(suiting) < offer.days:
        suiting = tuple(sorted(one.day for one in offer.openings))
    free = {one.day for one in offer.openings if one.free_seats}
    with_seat = [day for day in suiting if day in free]
    if len(with_seat) >= min(offer.days, len(suiting)):
        return None
    full = Days(tuple(day for day in suiting if day not in free))
    return _out(
        kind,
        "full_days",
        10 * (offer.days - len(with_seat)),
        full=full,
        days=days(offer.days),
        free=days(len(with_seat)),
    )


def demands(problem: Problem, seeker: Seeker, offer: Offer) -> Hindrance | None:
    """Whoever starts meets what the place demands: certificate, licence, vaccination."""
    del problem
    kind = LimitKind.DEMANDS
    open_ones = offer.demands - seeker.demands_met
    if lacking := open_ones & seeker.demands_lacking:
        return _out(kind, "demands", 15 * len(lacking), demands=_names(lacking))
    return _unknown(kind, "demands", demands=_names(open_ones)) if open_ones else None


def own_no(problem: Problem, seeker: Seeker, offer: Offer) -> Hindrance | None:
    """Nobody is sent where she or he has said no."""
    kind, effort = LimitKind.OWN_NO, 100
    if offer.key in seeker.refused_offers:
        return _out(kind, "refused", effort, what=offer.name)
    if offer.employer in seeker.refused_employers:
        return _out(kind, "refused", effort, what=problem.employer[offer.employer].name)
    if offer.locality is not None and offer.locality in seeker.refused_localities:
        return _out(kind, "refused", effort, what=offer.locality)
    if tasks := offer.tasks & seeker.refused_tasks:
        return _out(kind, "refused_tasks", effort, tasks=_names(tasks))
    return None


def cap(problem: Problem, seeker: Seeker, offer: Offer) -> Hindrance | None:
    """The employer's cap leaves room for one more."""
    del seeker
    employer = problem.employer[offer.employer]
    if employer.cap_left is None or employer.cap_left:
        return None
    return _out(LimitKind.CAP, "cap", 30, employer=employer.name, running=employer.running)


LIMITS: dict[LimitKind, Limit] = {
    LimitKind.LANGUAGE: language,
    LimitKind.WEEK: week,
    LimitKind.TRAVEL: travel,
    LimitKind.CAPACITY: capacity,
    LimitKind.DEMANDS: demands,
    LimitKind.OWN_NO: own_no,
    LimitKind.CAP: cap,
}
_LIMITS = tuple(LIMITS.values())


def _short_week(seeker: Seeker, offer: Offer, way: int, suiting: tuple[Weekday, ...]) -> Hindrance:
    kind, short, wanted = LimitKind.WEEK, offer.days - len(suiting), days(offer.days)
    if len(offer.openings) < offer.days:
        return _out(kind, "few_openings", 10 * short, days=wanted, open=days(len(offer.openings)))
    found = stays(seeker, offer, way)
    nearest = sorted(found.keys() - set(suiting), key=lambda day: (-found[day], day))[:short]
    more = Days(tuple(sorted(nearest)))
    if not suiting:
        return _out(kind, "no_day", 10 * short, days=wanted, more=more)
    fit = days(len(suiting))
    return _out(kind, "week", 10 * short, days=wanted, fit=fit, suiting=Days(suiting), more=more)


def _names(keys: frozenset[str]) -> Names:
    return Names(tuple(sorted(keys)))


def _out(kind: LimitKind, code: str, effort: int, **values: ReasonValue) -> Hindrance:
    return Hindrance(
        kind, True, reason(f"limit.{code}", **values), reason(f"change.{code}", **values), effort
    )


def _unknown(kind: LimitKind, code: str, **values: ReasonValue) -> Hindrance:
    return Hindrance(
        kind, False, reason(f"unknown.{code}", **values), reason(f"clarify.{code}", **values)
    )
