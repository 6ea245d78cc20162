"""What matching may know: those who seek practice, the places on offer, the ways, the rules.

This is all that can count. There is no field for nationality, sex, age, faith, health, ground of
residence or family, and a test keeps it so. Days are ``Weekday``; times of day are minutes after
midnight, the end not included; amounts of time are minutes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import NamedTuple, TypeAlias

from innpass.domain.matching.reasons import Level, Reason, Weekday, reason

MINUTES_PER_DAY = 24 * 60
MOST_POINTS = 10_000  # for one thing
Pairs: TypeAlias = Mapping[str, str]
"""The offer of each seeker by key; who has none is left out."""


class BadProblem(ValueError):
    """Something in a problem cannot be meant; ``reason`` has the code of its sentence."""

    def __init__(self, why: Reason) -> None:
        super().__init__(f"{why.code} {dict(why.values)}")
        self.reason = why


def _demand(holds: bool, code: str, key: str) -> None:
    if not holds:
        raise BadProblem(reason(code, key=key))


class Window(NamedTuple):
    """When somebody is free on one day of the week, the ways to and from included."""

    day: Weekday
    start: int
    end: int


class Opening(NamedTuple):
    """When a place takes people on one day of the week, and how many more it has room for."""

    day: Weekday
    start: int
    end: int
    free_seats: int


@dataclass(frozen=True, slots=True)
class Seeker:
    """Somebody who seeks practice.

    Attributes:
        level: in Norwegian; ``None``: not known.
        free: when the week leaves room for practice; ``None``: the week is not known.
        home: key of the locality; ``None``: not known.
        goal: occupation aimed at (STYRK-08, one to four digits); ``None``: none yet.
        experience, wished_occupations: occupations (STYRK-08).
        wished_areas, wished_employers: service areas and employers by key.
        refused_employers, refused_offers, refused_localities, refused_tasks: the own no, by key.
        demands_met: names of demands known to be met (a seen police certificate, a licence).
        demands_lacking: names of demands known not to be met; of all others nothing is known.
        minutes_wanted: minutes a week of practice still wanted; 0: no number is set.
        supervisor: key of the practice supervisor; empty: nobody yet.
    """

    key: str
    level: Level | None = None
    free: tuple[Window, ...] | None = None
    home: str | None = None
    goal: str | None = None
    experience: frozenset[str] = frozenset()
    wished_occupations: frozenset[str] = frozenset()
    wished_areas: frozenset[str] = frozenset()
    wished_employers: frozenset[str] = frozenset()
    refused_employers: frozenset[str] = frozenset()
    refused_offers: frozenset[str] = frozenset()
    refused_localities: frozenset[str] = frozenset()
    refused_tasks: frozenset[str] = frozenset()
    demands_met: frozenset[str] = frozenset()
    demands_lacking: frozenset[str] = frozenset()
    minutes_wanted: int = 0
    supervisor: str = ""

    def __post_init__(self) -> None:
        for _, start, end in self.free or ():
            _demand(0 <= start < end <= MINUTES_PER_DAY, "problem.hours", self.key)
        _demand(0 <= self.minutes_wanted <= 7 * MINUTES_PER_DAY, "problem.wanted", self.key)


@dataclass(frozen=True, slots=True)
class Employer:
    """A unit of the municipality, or a firm.

    Attributes:
        area: key of the service area; empty: none.
        cap_left: how many more it takes in all; ``None``: nothing limits but the seats.
        running: placements there now.
        placements, contracts: placements that have ended there, and how many led to a contract.
    """

    key: str
    name: str
    area: str = ""
    cap_left: int | None = None
    running: int = 0
    placements: int = 0
    contracts: int = 0

    def __post_init__(self) -> None:
        _demand(self.running >= 0 and (self.cap_left or 0) >= 0, "problem.seats", self.key)
        _demand(0 <= self.contracts <= self.placements, "problem.contracts", self.key)


@dataclass(frozen=True, slots=True)
class Offer:
    """A practice place: a standing offer at an employer.

    Attributes:
        seats: how many more it takes at the same time.
        openings: at most one for each day of the week; empty: nobody has told.
        days: days a week that somebody comes.
        shortest_stay: minutes of a day there, the ways not included.
        level_at_start: least level of Norwegian; ``Level.NONE``: none; ``None``: nobody has told.
        can_be_learnt: what one learns there, in words.
        demands, tasks: by name.
        locality: by key; ``None``: not known.
        occupation: STYRK-08, one to four digits; ``None``: not known.
        kept_seats: seats that are free but kept for others by locks, and so not among ``seats`` nor
            the free seats of the openings.
    """

    key: str
    name: str
    employer: str
    seats: int = 1
    openings: tuple[Opening, ...] = ()
    days: int = 1
    shortest_stay: int = 180
    level_at_start: Level | None = None
    can_be_learnt: tuple[str, ...] = ()
    demands: frozenset[str] = frozenset()
    tasks: frozenset[str] = frozenset()
    locality: str | None = None
    occupation: str | None = None
    kept_seats: int = 0

    def __post_init__(self) -> None:
        for _, start, end, free_seats in self.openings:
            _demand(0 <= start < end <= MINUTES_PER_DAY, "problem.hours", self.key)
            _demand(free_seats >= 0, "problem.seats", self.key)
        days = {opening.day for opening in self.openings}
        _demand(len(days) == len(self.openings), "problem.two_openings", self.key)
        _demand(self.seats >= 0 and self.kept_seats >= 0, "problem.seats", self.key)
        _demand(1 <= self.days <= len(Weekday), "problem.days", self.key)
        _demand(0 < self.shortest_stay <= MINUTES_PER_DAY, "problem.stay", self.key)


@dataclass(frozen=True, slots=True)
class Supervisor:
    """A practice supervisor and how many running placements she or he follows."""

    key: str
    running: int = 0

    def __post_init__(self) -> None:
        _demand(self.running >= 0, "problem.seats", self.key)


@dataclass(frozen=True, slots=True)
class Points:
    """What each thing that counts is worth; only the order they give matters.

    Of an occupation: the goal's points where all four digits are the same, the first three, the
    first two, the first. Wishes and experience have their own rows of the same form.
    """

    goal: tuple[int, int, int, int] = (40, 28, 16, 6)
    experience: tuple[int, int, int, int] = (20, 14, 8, 3)
    wished_occupation: tuple[int, int, int, int] = (20, 14, 8, 3)
    other_than_goal: int = 5  # against, where not even the first digit is the same
    wished_area: int = 15
    wished_employer: int = 30
    can_be_learnt: int = 5
    hired: int = 60  # for a unit that hires everybody, beside one that hires nobody
    hired_doubt: int = 8  # placements that the record of all employers counts as beside the own
    travel_minutes: int = 3  # against: one point for so many minutes each way
    hours_missing: int = 20  # against, where a place gives none of the hours wanted
    must_be_clarified: int = 25  # against, for each limit where a fact is missing
    spread: int = 3  # against, for each who is at the employer already
    balance: int = 1  # against, for each whom the supervisor follows already

    def __post_init__(self) -> None:
        for one in fields(self):
            value = getattr(self, one.name)
            worth = value if isinstance(value, tuple) else (value,)
            # Below 0, crowding would be a gain, and a missing fact an advantage.
            _demand(all(0 <= each <= MOST_POINTS for each in worth), "problem.points", one.name)
        _demand(self.hired_doubt > 0 and self.travel_minutes > 0, "problem.points", "travel")


@dataclass(frozen=True, slots=True)
class Rules:
    """The municipality's own numbers.

    Attributes:
        longest_travel: minutes each way, included.
        longest_stay: minutes of a day that count.
        unregistered_is_far: whether a way that nobody has registered is taken as too long; else it
            must be clarified.
    """

    longest_travel: int = 60
    longest_stay: int = 450
    unregistered_is_far: bool = False
    points: Points = field(default_factory=Points)

    def __post_init__(self) -> None:
        is_meant = self.longest_travel >= 0 and self.longest_stay > 0
        is_of_a_day = max(self.longest_travel, self.longest_stay) <= MINUTES_PER_DAY
        _demand(is_meant and is_of_a_day, "problem.rules", "rules")


@dataclass(frozen=True)
class Problem:
    """Those who seek and what is on offer.

    Attributes:
        seekers: in the order of the queue, who has waited longest first.
        travel: minutes between two localities, each pair once in either order; to itself it is 0.
        locked: pairs that somebody has chosen already and that stay. The seats they take are among
            those free here.
        words: what keys (occupations, demands, tasks, areas, localities) are called in a sentence.
    """

    seekers: tuple[Seeker, ...]
    offers: tuple[Offer, ...]
    employers: tuple[Employer, ...]
    supervisors: tuple[Supervisor, ...] = ()
    travel: Mapping[tuple[str, str], int] = field(default_factory=dict)
    rules: Rules = field(default_factory=Rules)
    locked: Pairs = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for things in (self.seekers, self.offers, self.employers, self.supervisors):
            keys = [one.key for one in things]
            if len(set(keys)) != len(keys):
                _demand(False, "problem.twice", next(key for key in keys if keys.count(key) > 1))
        for offer in self.offers:
            _demand(offer.employer in self.employer, "problem.unknown_employer", offer.key)
        for (one, _), minutes in self.travel.items():
            _demand(minutes >= 0, "problem.way", one)
        for seeker, place in self.locked.items():
            _demand(seeker in self.seeker and place in self.offer, "problem.locked", seeker)

    @cached_property
    def seeker(self) -> Mapping[str, Seeker]:
        """Seekers by key."""
        return {one.key: one for one in self.seekers}

    @cached_property
    def offer(self) -> Mapping[str, Offer]:
        """Offers by key."""
        return {one.key: one for one in self.offers}

    @cached_property
    def employer(self) -> Mapping[str, Employer]:
        """Employers by key."""
        return {one.key: one for one in self.employers}

    @cached_property
    def supervisor(self) -> Mapping[str, Supervisor]:
        """Supervisors by key; one that is named by a seeker alone follows nobody yet."""
        known = {one.key: one for one in self.supervisors}
        return {one.supervisor: Supervisor(one.supervisor) for one in self.seekers} | known

    @cached_property
    def hires(self) -> tuple[int, int]:
        """Contracts and ended placements of all employers together."""
        contracts = sum(one.contracts for one in self.employers)
        return contracts, sum(one.placements for one in self.employers)

    def travel_minutes(self, one: str | None, other: str | None) -> int | None:
        """Give the minutes each way; ``None`` where an end or the way is not known."""
        if one is None or other is None:
            return None
        if one == other:
            return 0
        there = self.travel.get((one, other))
        return self.travel.get((other, one)) if there is None else there
