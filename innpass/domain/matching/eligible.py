"""Find every pair that keeps the limits, with its points; blocks of pairs at once.

The one-pair functions in ``limits`` and ``weighing`` are the rule; these say the same of whole
blocks, and a test compares them pair by pair. A block holds people with the same home and the
places within their reach, so no more pairs are looked at than there are ways short enough.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from innpass.domain.matching.columns import (
    NO_KEY,
    UNKNOWN,
    Columns,
    Marks,
    Numbers,
    Small,
    columns_of,
)
from innpass.domain.matching.limits import LimitKind
from innpass.domain.matching.problem import Problem, Rules
from innpass.domain.matching.reasons import Level

# As numbers that can be added: below BROKEN, a sum counts the facts that are missing.
KEPT, MISSING, BROKEN = 0, 1, 16
Answers: TypeAlias = npt.NDArray[np.int8]
"""(seekers, offers) of a block: the limit is kept, a fact is missing, or the pair falls out."""

_NOTHING = np.zeros((1, 1), bool)  # is missing, where a limit is always known
_BLOCK = 1 << 16  # pairs judged at once: what is worked on stays in the processor's cache
_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Candidates:
    """All pairs that keep the limits, ordered by seeker and offer.

    Attributes:
        seeker, offer: places in the problem.
        points: what counts for and against the pair by itself.
        layer: the last layer of the offer's seats that suits; all before it do.
        layer_seats: (offers, most layers) seats in each layer of every offer of the problem.
    """

    seeker: Numbers
    offer: Numbers
    points: Numbers
    layer: Numbers
    layer_seats: Numbers


@dataclass(frozen=True, slots=True)
class Block:
    """People with the same home and places, by their places in the problem.

    Attributes:
        is_home_known: whether their home is known.
        way: minutes to each place; -1: not known.
    """

    seekers: Numbers
    offers: Numbers
    is_home_known: bool
    way: Small


@dataclass(frozen=True, slots=True)
class Days:
    """Which days suit each pair of a block, as bits in the order of ``Columns.days``.

    Attributes:
        minutes: what the place gives in a week on the suiting days with a free seat.
    """

    suit: npt.NDArray[np.uint8]
    minutes: Small


def candidates(problem: Problem) -> Candidates:
    """Find every eligible pair; locked pairs are treated like all others."""
    columns = columns_of(problem)
    found = [_eligible(problem.rules, columns, block) for block in blocks(problem.rules, columns)]
    if not found:
        none = np.zeros(0, np.int32)
        return Candidates(none, none, none, none, columns.offers.layer_seats)
    seeker, offer, points, layer = (np.concatenate(parts) for parts in zip(*found, strict=True))
    # Nobody is in two blocks, and a block is in order; small numbers are sorted in one pass.
    is_few = len(problem.seekers) <= np.iinfo(np.uint16).max
    order = np.argsort(seeker.astype(np.uint16) if is_few else seeker, kind="stable")
    return Candidates(
        seeker[order], offer[order], points[order], layer[order], columns.offers.layer_seats
    )


def blocks(rules: Rules, columns: Columns) -> Iterator[Block]:
    """Split all pairs into blocks, without places that nobody in the block can have.

    Left out are places without a seat, beyond reach, or with more Norwegian than anybody has.
    """
    seekers, offers = columns.seekers, columns.offers
    level = np.where(seekers.level == UNKNOWN, len(Level), seekers.level)
    by_home = np.lexsort((level, seekers.home))
    open_ones = np.flatnonzero(offers.is_open)
    by_place = open_ones[np.argsort(offers.locality[open_ones], kind="stable")]
    places = offers.locality[by_place]
    edges = np.flatnonzero(np.diff(seekers.home[by_home])) + 1
    for people in np.split(by_home, edges):
        if not len(people):
            continue
        home = int(seekers.home[people[0]])
        near = np.sort(by_place[_within_reach(rules, columns, home, places)])
        rows = max(1, _BLOCK // max(1, len(near)))
        for first in range(0, len(people), rows):
            some = people[first : first + rows].astype(np.int32)
            taken = near[offers.level[near] <= level[some].max()]
            if len(taken):
                yield block_of(columns, some, taken)


def block_of(columns: Columns, seekers: Numbers, offers: Numbers) -> Block:
    """Put people with the same home, and places, together."""
    home = int(columns.seekers.home[seekers[0]])
    locality = columns.offers.locality[offers]
    if home == UNKNOWN:
        return Block(seekers, offers, False, np.full(len(offers), UNKNOWN, np.int16))
    way = np.where(locality == UNKNOWN, np.int16(UNKNOWN), columns.travel[home][locality])
    return Block(seekers, offers, True, way)


def days_of(rules: Rules, columns: Columns, block: Block) -> Days:
    """Find the days that suit each pair: one stretch a day, the ways taken off both ends."""
    seekers, offers = columns.seekers, columns.offers
    way = np.clip(block.way, 0, _DAY).astype(np.int16)
    shape = len(block.seekers), len(block.offers)
    suit, minutes = np.zeros(shape, np.uint8), np.zeros(shape, np.int16)
    shortest = offers.shortest_stay[block.offers]
    for day in range(len(columns.days)):
        # Both ends of a free window come nearer by the way: the same as an opening that is longer
        # by the way at both ends, with two ways taken off the stay. Unknown weeks hold any way.
        opens = offers.start[block.offers, day] - way
        closes = offers.end[block.offers, day] + way
        stay = np.full(shape, -_DAY, np.int16)
        for window in range(seekers.start.shape[2]):
            start = seekers.start[block.seekers, day, window][:, None]
            end = seekers.end[block.seekers, day, window][:, None]
            np.maximum(stay, np.minimum(end, closes) - np.maximum(start, opens), out=stay)
        stay -= 2 * way
        suits = stay >= shortest
        suit |= suits.view(np.uint8) << np.uint8(day)
        suits &= (offers.free_days[block.offers] >> np.uint8(day) & np.uint8(1)).view(np.bool_)
        minutes += np.minimum(stay, rules.longest_stay) * suits
    return Days(suit, minutes)


def answers(
    rules: Rules, columns: Columns, block: Block, days: Days
) -> Mapping[LimitKind, Answers]:
    """Judge every limit for every pair of a block."""
    return {kind: limit(rules, columns, block, days) for kind, limit in LIMITS.items()}


def _language(rules: Rules, columns: Columns, block: Block, days: Days) -> Answers:
    del rules, days
    level = columns.seekers.level[block.seekers][:, None]
    needed = columns.offers.level[block.offers][None, :]
    missing = (needed == UNKNOWN) | ((needed > 0) & (level == UNKNOWN))
    return _answers(missing, (level != UNKNOWN) & (needed > level))


def _week(rules: Rules, columns: Columns, block: Block, days: Days) -> Answers:
    del rules
    told = columns.offers.knows_openings[block.offers][None, :]
    missing = ~told | ~columns.seekers.knows_week[block.seekers][:, None]
    return _answers(
        missing, told & (np.bitwise_count(days.suit) < columns.offers.days[block.offers])
    )


def _travel(rules: Rules, columns: Columns, block: Block, days: Days) -> Answers:
    del days
    shape = len(block.seekers), len(block.offers)
    is_known = columns.offers.locality[block.offers] != UNKNOWN
    missing = block.way == UNKNOWN
    too_far = block.way > rules.longest_travel
    if block.is_home_known and rules.unregistered_is_far:
        too_far = too_far | (missing & is_known)
    return np.broadcast_to(_answers(missing, too_far), shape)


def _capacity(rules: Rules, columns: Columns, block: Block, days: Days) -> Answers:
    del rules
    offers = columns.offers
    needed, open_days = offers.days[block.offers], offers.open_days[block.offers]
    judged = np.where(np.bitwise_count(days.suit) < needed, open_days, days.suit)
    with_seat = np.bitwise_count(judged & offers.free_days[block.offers])
    short = with_seat < np.minimum(needed, np.bitwise_count(judged))
    return _answers(_NOTHING, short | (offers.seats[block.offers] == 0))


def _demands(rules: Rules, columns: Columns, block: Block, days: Days) -> Answers:
    del rules, days
    missing = broken = np.zeros((len(block.seekers), len(block.offers)), bool)
    seekers = columns.seekers
    for word in range(columns.offers.demands.shape[1]):
        demanded = columns.offers.demands[block.offers, word][None, :]
        if demanded.any():
            unmet = demanded & ~seekers.met[block.seekers, word][:, None]
            missing = missing | (unmet != 0)
            broken = broken | (unmet & seekers.lacking[block.seekers, word][:, None] != 0)
    return _answers(missing, broken)


def _own_no(rules: Rules, columns: Columns, block: Block, days: Days) -> Answers:
    del rules, days
    seekers, offers = columns.seekers, columns.offers
    refused = np.zeros((len(block.seekers), len(block.offers)), bool)
    for rows, keys in (
        (seekers.refused_offers, block.offers),
        (seekers.refused_employers, offers.employer[block.offers]),
        (seekers.refused_localities, offers.locality[block.offers]),
    ):
        for column in rows[block.seekers].T:
            if (column != NO_KEY).any():
                refused |= column[:, None] == keys[None, :]
    for word in range(offers.tasks.shape[1]):
        tasks, no = offers.tasks[block.offers, word], seekers.refused_tasks[block.seekers, word]
        if no.any() and tasks.any():
            refused |= (tasks[None, :] & no[:, None]) != 0
    return _answers(_NOTHING, refused)


def _cap(rules: Rules, columns: Columns, block: Block, days: Days) -> Answers:
    del rules, days
    full = ~columns.offers.has_cap_left[block.offers]
    return np.broadcast_to(_answers(_NOTHING, full), (len(block.seekers), len(block.offers)))


BlockLimit: TypeAlias = Callable[[Rules, Columns, Block, Days], Answers]
LIMITS: dict[LimitKind, BlockLimit] = {
    LimitKind.LANGUAGE: _language,
    LimitKind.WEEK: _week,
    LimitKind.TRAVEL: _travel,
    LimitKind.CAPACITY: _capacity,
    LimitKind.DEMANDS: _demands,
    LimitKind.OWN_NO: _own_no,
    LimitKind.CAP: _cap,
}


def _answers(missing: Marks, broken: Marks) -> Answers:
    found: Answers = np.maximum(missing.view(np.int8), broken.view(np.int8) * np.int8(BROKEN))
    return found


def _within_reach(rules: Rules, columns: Columns, home: int, places: Numbers) -> Numbers:
    """Say which of some places, ordered by locality, are not known to be too far from a home."""
    if home == UNKNOWN:
        return np.arange(len(places), dtype=np.int32)
    way = columns.travel[home]
    near = way <= rules.longest_travel
    if rules.unregistered_is_far:
        near &= way != UNKNOWN
    localities = np.append(UNKNOWN, np.flatnonzero(near))
    first = np.searchsorted(places, localities, side="left")
    last = np.searchsorted(places, localities, side="right")
    return np.concatenate([np.arange(a, b) for a, b in zip(first, last, strict=True)])


def _eligible(
    rules: Rules, columns: Columns, block: Block
) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    days = days_of(rules, columns, block)
    missing = np.zeros((len(block.seekers), len(block.offers)), np.int8)
    for answer in answers(rules, columns, block, days).values():
        missing += answer
    row, column = np.nonzero(missing < BROKEN)
    seeker, offer = block.seekers[row], block.offers[column]
    points = _points(rules, columns, seeker, offer, days.minutes[row, column])
    points -= rules.points.must_be_clarified * missing[row, column].astype(np.int32)
    points -= np.maximum(block.way, 0)[column] // rules.points.travel_minutes
    seats = np.bitwise_count(columns.offers.layers[offer] & days.suit[row, column][:, None])
    layer = (seats >= columns.offers.needed[offer]).sum(axis=1, dtype=np.int32) - 1
    return seeker, offer, points, layer


def _points(
    rules: Rules, columns: Columns, seeker: Numbers, offer: Numbers, minutes: Small
) -> Numbers:
    seekers, offers, points = columns.seekers, columns.offers, rules.points
    total = offers.points[offer].astype(np.int32)
    total += seekers.occupation_points[seeker, offers.occupation[offer]]
    for rows, keys, worth in (
        (seekers.wished_employers, offers.employer, points.wished_employer),
        (seekers.wished_areas, offers.area, points.wished_area),
    ):
        for column in rows.T:
            total += worth * (column[seeker] == keys[offer])
    wanted = np.where(seekers.knows_week, seekers.minutes_wanted, 0)[seeker]
    wanted *= offers.knows_openings[offer]
    missing = np.maximum(0, wanted - minutes)
    total -= points.hours_missing * missing // np.maximum(1, wanted)
    return total
