"""Every week of one participant that is worth considering: groups, and days at the workplace.

The structure is small (few groups, few days), so all weeks are gone through, and of those that
take the same seats only the cheapest is kept. A week that takes more seats than another and costs
no less is dropped, too: whatever the others do, it is never needed.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

from innpass.domain.planning.costs import half_hours
from innpass.domain.planning.counting import by_day, session_block, way_minutes
from innpass.domain.planning.problem import (
    MINUTES_PER_DAY,
    Participant,
    Problem,
    TeachingGroup,
)
from innpass.domain.planning.reasons import Weekday
from innpass.domain.planning.seats import Seat, Seats
from innpass.domain.planning.solution import Block, Part, WeekPlan
from innpass.domain.planning.stays import (
    FixedDays,
    Stay,
    Window,
    down,
    nights_may_be_short,
    share_out,
    up,
    windows,
)


@dataclass(frozen=True, slots=True)
class _Fixed:
    """The groups of a week with the appointments, and how far that goes towards its hours."""

    groups: tuple[TeachingGroup, ...]
    days: FixedDays
    counted: int
    work_oriented: int
    has_all_courses: bool
    cost: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A week that may be chosen: its cost, the scarce seats it takes, and what it is made of."""

    cost: int
    seats: tuple[Seat, ...]
    fixed: _Fixed
    stays_in: tuple[Window, ...]


@dataclass(frozen=True, slots=True)
class _Choice:
    """A stay that a day may have: its window, the seat it takes and what it adds to the cost."""

    window: Window
    seat: Seat
    cost: int


class Weeks:
    """The weeks of one participant; remembers what each day allows beside what is fixed.

    Args:
        scarce: the seats that people compete for; of all others there are enough.
    """

    def __init__(
        self, problem: Problem, participant: Participant, seats: Seats, scarce: Collection[Seat]
    ) -> None:
        self.problem, self.participant = problem, participant
        self.seats, self.scarce = seats, scarce
        self.choices: dict[tuple[Weekday, tuple[str, ...]], list[_Choice]] = {}
        self.bits: dict[Seat, int] = {}
        placement = participant.placement
        self.possible_days = _possible_days(problem, participant)
        self.near = _groups_near(problem, participant)
        self.shortest = up(placement.shortest_day, problem.step_minutes) if placement else 0
        self.last_stays = {
            one.day: one.start
            for one in participant.last_week
            if one.part is Part.PRACTICE and placement and one.what == placement.workplace
        }

    def candidates(self) -> list[Candidate]:
        """Give the weeks of which none is better than another, cheapest first.

        Returns:
            At least one week, unless the participant's appointments cannot all be kept.
        """
        cheapest: dict[int, tuple[int, int, _Fixed, tuple[Window, ...]]] = {}
        for number, fixed in enumerate(self._fixed()):
            taken = self._mask(
                seat for one in fixed.groups for seat in self.seats.of_group[one.key]
            )
            for cost, more, chosen in self._with_stays(fixed):
                mask = taken | more
                if mask not in cheapest or cost < cheapest[mask][0]:
                    cheapest[mask] = cost, number, fixed, chosen
        kept: list[int] = []
        for mask in sorted(cheapest, key=lambda one: (*cheapest[one][:2], one.bit_count())):
            if not any(one & mask == one for one in kept):
                kept.append(mask)
        found = []
        for mask in kept:
            cost, _, fixed, chosen = cheapest[mask]
            taken_seats = tuple(seat for seat, bit in self.bits.items() if bit & mask)
            found.append(Candidate(cost, taken_seats, fixed, chosen))
        return found

    def has_free_week(self) -> bool:
        """Say whether some week costs nothing; stops at the first."""
        return any(cost == 0 for fixed in self._fixed() for cost, _, _ in self._with_stays(fixed))

    def week(self, candidate: Candidate) -> WeekPlan:
        """Write a candidate out as blocks."""
        wanted, at_most = self._hours(candidate.fixed)
        stays = share_out(self.problem, candidate.stays_in, wanted=wanted, at_most=at_most)
        week = [block for blocks in candidate.fixed.days.values() for block in blocks]
        placement = self.participant.placement
        if placement is not None:
            workplace = self.problem.workplace[placement.workplace]
            week += [
                Block(stay.day, stay.start, stay.end, Part.PRACTICE, workplace.key, workplace.place)
                for stay in self._as_last_week(stays or [], candidate.stays_in)
            ]
        return tuple(sorted(week))

    # What is fixed.

    def _fixed(self) -> Iterator[_Fixed]:
        """Give every choice of groups that can be lived with the appointments."""
        problem, participant = self.problem, self.participant
        own = [
            Block(one.day, one.start, one.end, Part.APPOINTMENT, one.key, one.place)
            for one in participant.appointments
        ]
        of_own = sum(one.counted_minutes for one in participant.appointments)
        oriented_of_own = sum(
            one.counted_minutes for one in participant.appointments if one.work_oriented
        )
        needs = [(None, *(problem.group[key] for key in one.groups)) for one in participant.courses]
        for choice in product(*needs):
            groups = tuple(one for one in choice if one is not None)
            courses = [session_block(group, one) for group in groups for one in group.sessions]
            days = by_day([*own, *courses])
            counted = of_own + sum(one.counted_minutes_per_week for one in groups)
            if counted <= participant.demand.at_most and self._can_be_lived(days):
                oriented = oriented_of_own + sum(
                    one.counted_minutes_per_week for one in groups if one.work_oriented
                )
                missing = sum(
                    problem.missing_cost(need)
                    for need, group in zip(participant.courses, choice, strict=True)
                    if group is None
                )
                cost = missing + self._cost_without_stays(courses, days)
                yield _Fixed(groups, days, counted, oriented, len(groups) == len(choice), cost)

    def _can_be_lived(self, days: FixedDays) -> bool:
        return all(
            holds(self.problem, self.participant, days)
            for holds in (_apart_with_travel, _within_child_care, _with_rest)
        )

    def _cost_without_stays(self, courses: Sequence[Block], days: FixedDays) -> int:
        weights = self.problem.weights
        ways = sum(
            way_minutes(self.problem, self.participant, day, (one.where for one in blocks))
            for day, blocks in days.items()
        )
        before = {
            (one.day, one.part, one.what)
            for one in self.participant.last_week
            if one.part is not Part.APPOINTMENT
        }
        gone = len(before - {(one.day, one.part, one.what) for one in courses})
        return weights.travel * ways + weights.change * gone

    # Stays at the workplace.

    def _with_stays(self, fixed: _Fixed) -> Iterator[tuple[int, int, tuple[Window, ...]]]:
        """Give the cost, the seats and the windows of every choice of days at the workplace."""
        wanted, at_most = self._hours(fixed)
        for cost, mask, chosen in self._day_choices(fixed, at_most):
            for variant, total, part_days in self._lengths(chosen, wanted, at_most):
                part = self.problem.weights.part_day * part_days
                yield cost + part + self._cost_of_missing(fixed, total), mask, variant

    def _cost_of_missing(self, fixed: _Fixed, total: int) -> int:
        """Say what a week costs for the hours that it lacks, with so many at the workplace."""
        demand, weights = self.participant.demand, self.problem.weights
        missing = demand.full_time - fixed.counted - total
        missing_oriented = demand.work_oriented - fixed.work_oriented
        if self.participant.placement is not None and self.participant.placement.work_oriented:
            missing_oriented -= total
        is_short = missing > 0 or missing_oriented > 0 or not fixed.has_all_courses
        return (
            weights.short_week * is_short
            + half_hours(weights.missing_full_time, missing)
            + half_hours(weights.missing_work_oriented, missing_oriented)
        )

    def _hours(self, fixed: _Fixed) -> tuple[int, int]:
        """Say how many minutes at the workplace are wanted beside what is fixed, and allowed."""
        demand, step = self.participant.demand, self.problem.step_minutes
        wanted = demand.full_time - fixed.counted
        if self.participant.placement is not None and self.participant.placement.work_oriented:
            wanted = max(wanted, demand.work_oriented - fixed.work_oriented)
        return up(max(0, wanted), step), down(demand.at_most - fixed.counted, step)

    def _day_choices(
        self, fixed: _Fixed, at_most: int
    ) -> list[tuple[int, int, tuple[Window, ...]]]:
        """Combine the days' choices as long as even the shortest stays are not too many hours."""
        found: list[tuple[int, int, tuple[Window, ...]]] = [(fixed.cost, 0, ())]
        for day in self.possible_days:
            for choice in self._choices(day, fixed):
                bit = self._mask((choice.seat,))
                found += [
                    (cost + choice.cost, mask | bit, (*chosen, choice.window))
                    for cost, mask, chosen in found
                    if (len(chosen) + 1) * self.shortest <= at_most
                    and (not chosen or chosen[-1].day < day)
                ]
        return found

    def _choices(self, day: Weekday, fixed: _Fixed) -> list[_Choice]:
        """Say what a day may be; days with the same surroundings are worked out once."""
        near = self.near[day]
        key = day, tuple(one.key for one in fixed.groups if one.key in near)
        if key not in self.choices:
            self.choices[key] = self._new_choices(day, fixed.days)
        return self.choices[key]

    def _new_choices(self, day: Weekday, days: FixedDays) -> list[_Choice]:
        problem, participant = self.problem, self.participant
        placement = participant.placement
        if placement is None:
            return []
        weights, place = problem.weights, problem.workplace[placement.workplace].place
        places = [one.where for one in days.get(day, ())]
        split = any(one.part is Part.COURSE for one in days.get(day, ()))
        before = way_minutes(problem, participant, day, places) if places else 0
        found = []
        for window in windows(problem, participant, day, days):
            with_stay = [*places[: window.place_in_day], place, *places[window.place_in_day :]]
            cost = weights.travel * (way_minutes(problem, participant, day, with_stay) - before)
            cost += weights.split_day * split
            cost -= weights.change * (day in self.last_stays)
            seat = self.seats.at_workplace(placement.workplace, day)
            found.append(_Choice(window, seat, cost))
        return found

    def _lengths(
        self, chosen: tuple[Window, ...], wanted: int, at_most: int
    ) -> Iterator[tuple[tuple[Window, ...], int, int]]:
        """Say how many minutes these windows give, and how many of the stays are part days.

        Where one stay's length shortens the night before another, which of them are whole days is
        tried in every way: a window then asks for a whole day.
        """
        if not any(nights_may_be_short(self.problem, *two) for two in pairwise(chosen)):
            longest = sum(one.longest for one in chosen)
            total = max(self.shortest * len(chosen), min(wanted, at_most, longest))
            yield chosen, total, self._part_days(chosen, longest - total)
            return
        step = self.problem.step_minutes
        whole = [
            (one, one._replace(shortest=up(one.whole, step)))
            if one.longest >= one.whole and self.problem.weights.part_day
            else (one,)
            for one in chosen
        ]
        for variant in product(*whole):
            stays = share_out(self.problem, variant, wanted=wanted, at_most=at_most)
            if stays is not None:
                lengths = [one.end - one.start for one in stays]
                pairs = zip(lengths, variant, strict=True)
                yield variant, sum(lengths), sum(one < window.whole for one, window in pairs)

    def _part_days(self, chosen: tuple[Window, ...], cut: int) -> int:
        """Count the part days when stays are shortened by so much, as few as can be."""
        if not self.problem.weights.part_day:
            return 0
        part = [one for one in chosen if one.longest < one.whole]
        cut -= sum(one.longest - self.shortest for one in part)
        number = len(part)
        for spare in sorted(
            (one.longest - self.shortest for one in chosen if one.longest >= one.whole),
            reverse=True,
        ):
            if cut <= 0:
                break
            cut -= spare
            number += 1
        return number

    # Putting a week together.

    def _mask(self, seats: Iterable[Seat]) -> int:
        mask = 0
        for seat in seats:
            if seat in self.scarce:
                mask |= self.bits.setdefault(seat, 1 << len(self.bits))
        return mask

    def _as_last_week(self, stays: Sequence[Stay], chosen: Sequence[Window]) -> Sequence[Stay]:
        """Leave the hours where they were last week if they fit, and all nights are long enough."""
        if any(nights_may_be_short(self.problem, *two) for two in pairwise(chosen)):
            return stays
        found = []
        for stay, window in zip(stays, chosen, strict=True):
            length = stay.end - stay.start
            start = self.last_stays.get(stay.day, stay.start)
            start = down(start, self.problem.step_minutes)
            start = max(window.start, min(start, window.end - length))
            found.append(Stay(stay.day, start, start + length))
        return found


def _possible_days(problem: Problem, participant: Participant) -> list[Weekday]:
    """Give the days on which a stay is agreed and the workplace takes anybody."""
    placement = participant.placement
    if placement is None:
        return []
    openings = problem.workplace[placement.workplace].openings
    return sorted(one.day for one in openings if placement.allows(one.day))


def _groups_near(problem: Problem, participant: Participant) -> Mapping[Weekday, set[str]]:
    """Give the groups that have a session on a day or the days around it, for each day."""
    near: dict[Weekday, set[str]] = {day: set() for day in Weekday}
    for need in participant.courses:
        for key in need.groups:
            for session in problem.group[key].sessions:
                for day in range(max(0, session.day - 1), min(7, session.day + 2)):
                    near[Weekday(day)].add(key)
    return near


# What must hold for what is fixed; the checks say the same of whole weeks.


def _apart_with_travel(problem: Problem, _participant: Participant, days: FixedDays) -> bool:
    """Between two blocks of a day there is time to get from one place to the other."""
    return all(
        one.end + problem.travel_minutes(one.where, other.where) <= other.start
        for blocks in days.values()
        for one, other in pairwise(blocks)
    )


def _within_child_care(problem: Problem, participant: Participant, days: FixedDays) -> bool:
    """There is time to bring the children before the first block and fetch them after the last."""
    care = participant.child_care
    return care is None or all(
        care.start + problem.travel_minutes(care.place, blocks[0].where) <= blocks[0].start
        and blocks[-1].end + problem.travel_minutes(blocks[-1].where, care.place) <= care.end
        for day, blocks in days.items()
        if day in care.days
    )


def _with_rest(problem: Problem, _participant: Participant, days: FixedDays) -> bool:
    """Between the last block of a day and the first of the next there is the rest demanded."""
    return all(
        days[Weekday(day + 1)][0].start + MINUTES_PER_DAY - blocks[-1].end >= problem.rest_minutes
        for day, blocks in days.items()
        if day < Weekday.SUNDAY and Weekday(day + 1) in days
    )
