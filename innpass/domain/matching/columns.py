"""A problem as columns of numbers, so that whole blocks of pairs are judged at once.

Every column is one fact of ``problem``; -1 stands for what is not known. Sets of names are bits of
64-bit words; short lists of keys are rows filled up with -2, which is no key.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from innpass.domain.matching.problem import MINUTES_PER_DAY, Offer, Problem, Seeker
from innpass.domain.matching.reasons import Weekday
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
    occupation_points: Numbers


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
    points: Numbers
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


@dataclass(frozen=True)
class _Places:
    """The number of every key that matters to some pair."""

    days: Mapping[Weekday, int]
    demands: Mapping[str, int]
    tasks: Mapping[str, int]
    offers: Mapping[str, int]
    employers: Mapping[str, int]
    areas: Mapping[str, int]
    localities: Mapping[str, int]
    occupations: Mapping[str, int]


def columns_of(problem: Problem) -> Columns:
    """Turn a problem into columns."""
    seekers, offers = problem.seekers, problem.offers
    places = _Places(
        days={day: n for n, day in enumerate(sorted({d for o in offers for d, *_ in o.openings}))},
        demands=_numbered(name for offer in offers for name in offer.demands),
        tasks=_numbered(name for seeker in seekers for name in seeker.refused_tasks),
        offers=_numbered(offer.key for offer in offers),
        employers=_numbered(one.key for one in problem.employers),
        areas=_numbered(one.area for one in problem.employers if one.area),
        localities=_numbered(
            key
            for key in (*(one.locality for one in offers), *(one.home for one in seekers))
            if key is not None
        ),
        occupations=_numbered(offer.occupation for offer in offers if offer.occupation),
    )
    return Columns(
        _seeker_columns(problem, places),
        _offer_columns(problem, places),
        tuple(places.days),
        _travel(problem, places.localities),
    )


def _seeker_columns(problem: Problem, places: _Places) -> SeekerColumns:
    seekers = problem.seekers
    start, end = _windows(seekers, places.days)
    return SeekerColumns(
        level=_small(UNKNOWN if one.level is None else one.level for one in seekers),
        knows_week=_marks(one.free is not None for one in seekers),
        start=start,
        end=end,
        home=_keys((one.home for one in seekers), places.localities),
        minutes_wanted=np.fromiter((one.minutes_wanted for one in seekers), np.int32),
        met=_bits([one.demands_met for one in seekers], places.demands),
        lacking=_bits([one.demands_lacking for one in seekers], places.demands),
        refused_tasks=_bits([one.refused_tasks for one in seekers], places.tasks),
        refused_offers=_rows([one.refused_offers for one in seekers], places.offers),
        refused_employers=_rows([one.refused_employers for one in seekers], places.employers),
        refused_localities=_rows([one.refused_localities for one in seekers], places.localities),
        wished_employers=_rows([one.wished_employers for one in seekers], places.employers),
        wished_areas=_rows([one.wished_areas for one in seekers], places.areas),
        occupation_points=_occupation_points(problem, list(places.occupations)),
    )


def _offer_columns(problem: Problem, places: _Places) -> OfferColumns:
    offers, employers = problem.offers, problem.employers
    employer = _keys((one.employer for one in offers), places.employers)
    area = _keys((one.area or None for one in employers), places.areas)
    hired = np.fromiter((hired_points(problem, one) for one in employers), np.int32)
    learnt = problem.rules.points.can_be_learnt * _marks(bool(o.can_be_learnt) for o in offers)
    knows_openings = _marks(bool(one.openings) for one in offers)
    seats, days = (
        np.fromiter((one.seats for one in offers), np.int32),
        _small(o.days for o in offers),
    )
    start, end, free_seats = _openings(offers, places.days)
    layers, layer_seats = _layers(free_seats, seats, np.where(knows_openings, days, 0))
    return OfferColumns(
        level=_small(
            UNKNOWN if one.level_at_start is None else one.level_at_start for one in offers
        ),
        start=start,
        end=end,
        knows_openings=knows_openings,
        days=days,
        shortest_stay=_small(one.shortest_stay for one in offers),
        demands=_bits([one.demands for one in offers], places.demands),
        tasks=_bits([one.tasks for one in offers], places.tasks),
        locality=_keys((one.locality for one in offers), places.localities),
        employer=employer,
        area=area[employer],
        occupation=np.fromiter(
            (
                places.occupations.get(one.occupation or "", len(places.occupations))
                for one in offers
            ),
            np.int32,
        ),
        points=hired[employer] + learnt,
        seats=seats,
        has_cap_left=_marks(one.cap_left != 0 for one in employers)[employer],
        open_days=_day_bits(start != _NEVER[0]),
        free_days=_day_bits(free_seats > 0),
        layers=layers,
        layer_seats=layer_seats,
        needed=np.where(
            layer_seats > 0,
            np.where(knows_openings, days, np.int16(0))[:, None],
            np.int16(_OUT_OF_REACH),
        ),
    )


def _layers(free_seats: Small, seats: Numbers, days: Small) -> tuple[Days, Numbers]:
    """Lay out ``seats.layers``: the days of each layer as bits, and how many seats it has.

    Args:
        days: wanted; 0 where nobody has told when the place is open.
    """
    shape = len(seats), int(seats.max(initial=0)) or 1
    bits, counts = np.zeros(shape, np.uint8), np.zeros(shape, np.int32)
    layer, last = np.full(len(seats), -1), np.zeros(len(seats), np.uint8)
    for number in range(1, shape[1] + 1):
        seat = _day_bits(free_seats >= number)
        is_there = (number <= seats) & (np.bitwise_count(seat) >= days)
        layer += is_there & ((layer < 0) | (seat != last))
        last = seat
        these = np.flatnonzero(is_there)
        bits[these, layer[these]] = seat[these]
        counts[these, layer[these]] += 1
    depth = max(1, int(layer.max(initial=0)) + 1)
    return bits[:, :depth], counts[:, :depth]


def _day_bits(marks: Marks) -> Days:
    """Write rows of marks, one for each day, as bits."""
    powers = np.uint8(1) << np.arange(marks.shape[1], dtype=np.uint8)
    bits: Days = np.where(marks, powers, np.uint8(0)).sum(axis=1, dtype=np.uint8)
    return bits


def _numbered(keys: Iterable[str]) -> dict[str, int]:
    """Number keys in the order they come."""
    return {key: number for number, key in enumerate(dict.fromkeys(keys))}


def _small(values: Iterable[int]) -> Small:
    return np.fromiter(values, np.int16)


def _marks(values: Iterable[bool]) -> Marks:
    return np.fromiter(values, np.bool_)


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


def _windows(seekers: Sequence[Seeker], days: Mapping[Weekday, int]) -> tuple[Small, Small]:
    """Lay out free windows by day; whoever's week is not known is always free."""
    weeks = {week: number for number, week in enumerate(dict.fromkeys(s.free for s in seekers))}
    laid = []
    for week in weeks:
        by_day: list[list[tuple[int, int]]] = [[] for _ in days]
        for day, start, end in week or ():
            if day in days:
                by_day[days[day]].append((start, end))
        laid.append([[_ALWAYS]] * len(days) if week is None else by_day)
    most = max((len(windows) for by_day in laid for windows in by_day), default=0) or 1
    table = np.empty((len(laid), len(days), most, 2), np.int16)
    table[...] = _NEVER
    for row, by_day in zip(table, laid, strict=True):
        for there, windows in zip(row, by_day, strict=True):
            if windows:
                there[: len(windows)] = windows
    table = table[[weeks[one.free] for one in seekers]] if seekers else table
    return table[..., 0], table[..., 1]


def _openings(offers: Sequence[Offer], days: Mapping[Weekday, int]) -> tuple[Small, Small, Small]:
    """Lay out when places open and close on each day, and how many seats are free."""
    table = np.empty((len(offers), len(days), 3), np.int16)
    table[...] = (*_NEVER, 0)
    laid = [(n, days[day], *rest) for n, one in enumerate(offers) for day, *rest in one.openings]
    if laid:
        offer, day, *values = np.array(laid, np.int32).T
        table[offer, day] = np.stack(values, axis=1)
    return table[..., 0], table[..., 1], table[..., 2]


def _travel(problem: Problem, numbers: Mapping[str, int]) -> Small:
    minutes = np.full((len(numbers), len(numbers)), UNKNOWN, np.int16)
    for (one, other), there in problem.travel.items():
        if one in numbers and other in numbers:
            # Longer than a day is too far, however long it is.
            way = min(there, MINUTES_PER_DAY + 1)
            minutes[numbers[one], numbers[other]] = way
            if (other, one) not in problem.travel:
                minutes[numbers[other], numbers[one]] = way
    np.fill_diagonal(minutes, 0)
    return minutes


def _occupation_points(problem: Problem, offered: list[str]) -> Numbers:
    """Weigh goal, experience and wish of each seeker against each occupation on offer."""
    points, seekers = problem.rules.points, problem.seekers
    goals = [frozenset({one.goal} if one.goal else ()) for one in seekers]
    nearest = _nearest(goals, offered)
    has_goal = _marks(bool(one.goal) for one in seekers)[:, None]
    total = _worth(points.goal)[nearest] - points.other_than_goal * (has_goal & (nearest == 0))
    total += _worth(points.experience)[_nearest([one.experience for one in seekers], offered)]
    wished = [one.wished_occupations for one in seekers]
    total += _worth(points.wished_occupation)[_nearest(wished, offered)]
    return np.concatenate([total, np.zeros((len(total), 1), total.dtype)], axis=1)


def _worth(row: tuple[int, int, int, int]) -> Numbers:
    """Give the points of a row by the digits in common, from none on."""
    return np.array([occupation_points(row, common) for common in range(DIGITS + 1)], np.int32)


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
