"""A problem as columns of numbers, so that whole blocks of pairs are judged at once.

Every column is one fact of ``problem``; -1 stands for what is not known. Sets of names are bits of
64-bit words; short lists of keys are rows filled up with -2, which is no key.
"""

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from innpass.domain.matching.problem import Offer, Problem, Seeker
from innpass.domain.matching.reasons import Weekday
from innpass.domain.matching.seats import layers
from innpass.domain.matching.weighing import DIGITS, hired_points, occupation_points

Numbers: TypeAlias = npt.NDArray[np.int32]
Small: TypeAlias = npt.NDArray[np.int16]
Bits: TypeAlias = npt.NDArray[np.uint64]
Marks: TypeAlias = npt.NDArray[np.bool_]
Days: TypeAlias = npt.NDArray[np.uint8]

UNKNOWN = -1
NO_KEY = -2
# A window that is not there ends long before it starts; one that is always there holds the day.
# Both stay within 16 bits when a day is added or taken off.
_NEVER = (15_000, -10_000)
_ALWAYS = (-10_000, 11_440)
_WORD = 64
_OUT_OF_REACH = 99  # more days than a week has


@dataclass(frozen=True, slots=True)
class SeekerColumns:
    """Those who seek, in the order of the problem.

    Attributes:
        start, end: (n, days, windows) minutes after midnight.
        met, lacking: (n, words) bits of demands; ``refused_tasks`` of tasks.
        occupation_points: (n, occupations + 1) of goal, experience and wish; the last column is an
            offer whose occupation is not known.
    """

    level: Small
    knows_week: Marks
    start: Small
    end: Small
    home: Numbers
    minutes_wanted: Numbers
    met: Bits
    lacking: Bits
    refused_tasks: Bits
    refused_offers: Numbers
    refused_employers: Numbers
    refused_localities: Numbers
    wished_employers: Numbers
    wished_areas: Numbers
    occupation_points: Small


@dataclass(frozen=True, slots=True)
class OfferColumns:
    """What is on offer, in the order of the problem.

    Attributes:
        start, end: (n, days) minutes after midnight.
        knows_openings: whether anybody has told them.
        open_days, free_days: bits of the days, in the order of ``Columns.days``: open at all, and
            with a free seat.
        layers: (n, most layers) the same of each layer of seats, see ``seats``.
        layer_seats: (n, most layers) how many seats it has.
        needed: (n, most layers) how many of a layer's days must suit; out of reach where there is
            no such layer, 0 where nobody has told when the place is open.
        points: what counts whoever comes.
    """

    level: Small
    start: Small
    end: Small
    knows_openings: Marks
    days: Small
    shortest_stay: Small
    demands: Bits
    tasks: Bits
    locality: Numbers
    employer: Numbers
    area: Numbers
    occupation: Numbers
    points: Small
    seats: Numbers
    has_cap_left: Marks
    open_days: Days
    free_days: Days
    layers: Days
    layer_seats: Numbers
    needed: Small

    @property
    def is_open(self) -> Marks:
        """Say which have a seat, and an employer whose cap leaves room."""
        return self.has_cap_left & (self.seats > 0)


@dataclass(frozen=True, slots=True)
class Columns:
    """Both sides, the days of the week they are about, and the ways.

    Attributes:
        days: the days that any place is open, Monday first.
        travel: (localities, localities) minutes; -1: not known.
    """

    seekers: SeekerColumns
    offers: OfferColumns
    days: tuple[Weekday, ...]
    travel: Small


def columns_of(problem: Problem) -> Columns:
    """Turn a problem into columns."""
    seekers, offers = problem.seekers, problem.offers
    days = tuple(sorted({one.day for offer in offers for one in offer.openings}))
    demand_bits = _numbered(name for offer in offers for name in offer.demands)
    task_bits = _numbered(name for seeker in seekers for name in seeker.refused_tasks)
    localities = _numbered(offer.locality for offer in offers if offer.locality is not None)
    homes = _numbered((one.home for one in seekers if one.home is not None), after=localities)
    employers = {one.key: place for place, one in enumerate(problem.employers)}
    areas = _numbered(one.area for one in problem.employers if one.area)
    occupations = _numbered(offer.occupation for offer in offers if offer.occupation)
    area_of = [areas.get(one.area, UNKNOWN) for one in problem.employers]
    employer_of = [employers[offer.employer] for offer in offers]
    cap_left = [one.cap_left != 0 for one in problem.employers]
    start, end = _windows(seekers, days)
    layer_days, layer_seats, needed = _layers(offers, days)
    return Columns(
        SeekerColumns(
            level=_small(UNKNOWN if one.level is None else int(one.level) for one in seekers),
            knows_week=np.array([one.free is not None for one in seekers], bool),
            start=start,
            end=end,
            home=_keys((one.home for one in seekers), homes),
            minutes_wanted=np.array([one.minutes_wanted for one in seekers], np.int32),
            met=_bits([one.demands_met for one in seekers], demand_bits),
            lacking=_bits([one.demands_lacking for one in seekers], demand_bits),
            refused_tasks=_bits([one.refused_tasks for one in seekers], task_bits),
            refused_offers=_rows(
                [one.refused_offers for one in seekers],
                {offer.key: place for place, offer in enumerate(offers)},
            ),
            refused_employers=_rows([one.refused_employers for one in seekers], employers),
            refused_localities=_rows([one.refused_localities for one in seekers], localities),
            wished_employers=_rows([one.wished_employers for one in seekers], employers),
            wished_areas=_rows([one.wished_areas for one in seekers], areas),
            occupation_points=_occupation_points(problem, list(occupations)),
        ),
        OfferColumns(
            level=_small(
                UNKNOWN if one.level_at_start is None else int(one.level_at_start) for one in offers
            ),
            start=_openings(offers, days, _NEVER[0], lambda one: one.start),
            end=_openings(offers, days, _NEVER[1], lambda one: one.end),
            knows_openings=np.array([bool(one.openings) for one in offers], bool),
            days=_small(one.days for one in offers),
            shortest_stay=_small(one.shortest_stay for one in offers),
            demands=_bits([one.demands for one in offers], demand_bits),
            tasks=_bits([one.tasks for one in offers], task_bits),
            locality=_keys((one.locality for one in offers), localities),
            employer=np.array(employer_of, np.int32),
            area=np.array([area_of[place] for place in employer_of], np.int32),
            occupation=np.array(
                [occupations.get(one.occupation or "", len(occupations)) for one in offers],
                np.int32,
            ),
            points=_points_of_offers(problem, employer_of),
            seats=np.array([one.seats for one in offers], np.int32),
            has_cap_left=np.array([cap_left[place] for place in employer_of], bool),
            open_days=_days([_open_days(one) for one in offers], days),
            free_days=_days([_free_days(one) for one in offers], days),
            layers=layer_days,
            layer_seats=layer_seats,
            needed=needed,
        ),
        days,
        _travel(problem, homes),
    )


def _open_days(offer: Offer) -> frozenset[Weekday]:
    return frozenset(one.day for one in offer.openings)


def _free_days(offer: Offer) -> frozenset[Weekday]:
    return frozenset(one.day for one in offer.openings if one.free_seats)


def _days(sets: Sequence[frozenset[Weekday]], days: tuple[Weekday, ...]) -> Days:
    bit = {day: 1 << place for place, day in enumerate(days)}
    return np.fromiter((sum(bit[day] for day in one) for one in sets), np.uint8)


def _layers(offers: Sequence[Offer], days: tuple[Weekday, ...]) -> tuple[Days, Numbers, Small]:
    seats = [layers(one) for one in offers]
    most = max(map(len, seats), default=0)
    bits = np.zeros((len(offers), most), np.uint8)
    counts = np.zeros((len(offers), most), np.int32)
    needed = np.full((len(offers), most), _OUT_OF_REACH, np.int16)
    for number in range(most):
        some = [place for place, of_offer in enumerate(seats) if len(of_offer) > number]
        bits[some, number] = _days([seats[place][number].days for place in some], days)
        counts[some, number] = [seats[place][number].seats for place in some]
        needed[some, number] = [
            offers[place].days if offers[place].openings else 0 for place in some
        ]
    return bits, counts, needed


def _points_of_offers(problem: Problem, employer_of: Sequence[int]) -> Small:
    hired = [hired_points(problem, one) for one in problem.employers]
    learnt = problem.rules.points.can_be_learnt
    return _small(
        hired[place] + (learnt if offer.can_be_learnt else 0)
        for place, offer in zip(employer_of, problem.offers, strict=True)
    )


def _numbered(keys: Iterable[str], after: Mapping[str, int] | None = None) -> dict[str, int]:
    """Number keys in the order they come, after those numbered already."""
    numbers = dict(after or {})
    for key in keys:
        numbers.setdefault(key, len(numbers))
    return numbers


def _small(values: Iterable[int]) -> Small:
    return np.fromiter(values, np.int16)


def _keys(keys: Iterable[str | None], numbers: Mapping[str, int]) -> Numbers:
    return np.fromiter((UNKNOWN if key is None else numbers[key] for key in keys), np.int32)


def _bits(sets: Sequence[frozenset[str]], numbers: Mapping[str, int]) -> Bits:
    """Write sets as bits; names without a number matter to nobody."""
    bits = np.zeros((len(sets), max(1, -(-len(numbers) // _WORD))), np.uint64)
    seen: dict[frozenset[str], npt.NDArray[np.uint64]] = {}
    for place, names in enumerate(sets):
        if not names:
            continue
        row = seen.get(names)
        if row is None:
            row = seen[names] = np.zeros(bits.shape[1], np.uint64)
            for name in names & numbers.keys():
                row[numbers[name] // _WORD] |= np.uint64(1 << (numbers[name] % _WORD))
        bits[place] = row
    return bits


def _rows(sets: Sequence[Collection[str]], numbers: Mapping[str, int]) -> Numbers:
    """Write sets as rows of numbers, each as long as the longest and filled up with -2."""
    rows = np.full((len(sets), max(map(len, sets), default=0)), NO_KEY, np.int32)
    for place, names in enumerate(sets):
        for column, name in enumerate(names):
            rows[place, column] = numbers.get(name, NO_KEY)
    return rows


def _windows(seekers: Sequence[Seeker], days: tuple[Weekday, ...]) -> tuple[Small, Small]:
    """Lay out free windows by day; whoever's week is not known is always free."""
    column = {day: place for place, day in enumerate(days)}
    patterns: dict[Hashable, int] = {}
    of_seeker = [patterns.setdefault(one.free, len(patterns)) for one in seekers]
    laid: list[list[list[tuple[int, int]]]] = []
    for pattern in patterns:
        by_day: list[list[tuple[int, int]]] = [[] for _ in days]
        for window in pattern or ():  # type: ignore[attr-defined]
            if window.day in column:
                by_day[column[window.day]].append((window.start, window.end))
        laid.append([[_ALWAYS]] * len(days) if pattern is None else by_day)
    most = max((len(windows) for by_day in laid for windows in by_day), default=0) or 1
    filled = [[windows + [_NEVER] * (most - len(windows)) for windows in by_day] for by_day in laid]
    table = np.array(filled, np.int16).reshape(len(patterns), len(days), most, 2)[of_seeker]
    return table[..., 0], table[..., 1]


def _openings(
    offers: Sequence[Offer],
    days: tuple[Weekday, ...],
    missing: int,
    value: Callable[..., int],
) -> Small:
    column = {day: place for place, day in enumerate(days)}
    patterns: dict[Hashable, int] = {}
    of_offer = [patterns.setdefault(one.openings, len(patterns)) for one in offers]
    table = np.full((len(patterns), len(days)), missing, np.int16)
    for openings, place in patterns.items():
        for one in openings:  # type: ignore[attr-defined]
            table[place, column[one.day]] = value(one)
    return table[of_offer]


def _travel(problem: Problem, numbers: Mapping[str, int]) -> Small:
    minutes = np.full((len(numbers), len(numbers)), UNKNOWN, np.int16)
    for (one, other), there in problem.travel.items():
        if one in numbers and other in numbers:
            minutes[numbers[one], numbers[other]] = there
            minutes[numbers[other], numbers[one]] = there
    np.fill_diagonal(minutes, 0)
    return minutes


def _occupation_points(problem: Problem, offered: list[str]) -> Small:
    points = problem.rules.points
    goals = [frozenset({one.goal} if one.goal else ()) for one in problem.seekers]
    goal = _nearest(goals, offered)
    total = np.array([occupation_points(points.goal, one) for one in range(DIGITS + 1)], np.int16)[
        goal
    ]
    total[np.array([bool(one) for one in goals], bool)[:, None] & (goal == 0)] -= (
        points.other_than_goal
    )
    for row, sets in (
        (points.experience, [one.experience for one in problem.seekers]),
        (points.wished_occupation, [one.wished_occupations for one in problem.seekers]),
    ):
        worth = np.array([occupation_points(row, one) for one in range(DIGITS + 1)], np.int16)
        total += worth[_nearest(sets, offered)]
    return np.concatenate([total, np.zeros((len(total), 1), np.int16)], axis=1)


def _nearest(sets: Sequence[frozenset[str]], offered: list[str]) -> npt.NDArray[np.int8]:
    """Say how many digits the nearest of each set has in common with each occupation."""
    codes = _numbered(code for names in sets for code in names)
    common = np.zeros((len(codes) - NO_KEY, len(offered)), np.int8)
    for length in range(1, DIGITS + 1):
        prefixes = _numbered(code[:length] for code in offered if len(code) >= length)
        theirs = np.array(
            [prefixes.get(code[:length], -1) if len(code) >= length else -1 for code in offered]
        )
        ours = np.array(
            [prefixes.get(code[:length], -2) if len(code) >= length else -2 for code in codes]
        )
        common[: len(codes)][ours[:, None] == theirs[None, :]] = length
    rows = _rows(sets, codes)  # -2 is a row with nothing in common
    if not rows.shape[1]:
        return np.zeros((len(sets), len(offered)), np.int8)
    nearest = common[rows[:, 0]]
    for column in range(1, rows.shape[1]):
        np.maximum(nearest, common[rows[:, column]], out=nearest)
    return nearest
