"""What people compete for: seats in groups, in rooms that groups share, at workplaces by day."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from innpass.domain.planning.problem import Problem, Session, TeachingGroup
from innpass.domain.planning.reasons import Weekday
from innpass.domain.planning.solution import Part, Plan, WeekPlan


class Seat(NamedTuple):
    """One kind of seat, of which there is a number: in a group, a room, or a workplace on a day.

    A group's seats are for the whole week (``day`` is None), a room's from the moment ``start``.
    """

    kind: str
    key: str
    day: Weekday | None = None
    start: int | None = None


@dataclass(frozen=True)
class Seats:
    """How many seats of each kind there are, and which a group takes."""

    capacity: Mapping[Seat, int]
    of_group: Mapping[str, tuple[Seat, ...]]

    @staticmethod
    def at_workplace(workplace: str, day: Weekday) -> Seat:
        """Name the seat that a stay at a workplace takes."""
        return Seat("workplace", workplace, day)

    def of_week(self, week: WeekPlan) -> frozenset[Seat]:
        """Tell which seats a week takes, one of each."""
        taken: set[Seat] = set()
        for block in week:
            if block.part is Part.COURSE:
                taken.update(self.of_group.get(block.what, ()))
            elif block.part is Part.PRACTICE:
                taken.add(self.at_workplace(block.what, block.day))
        return frozenset(taken)

    def left_by(self, plan: Plan) -> Mapping[Seat, int]:
        """Tell how many seats of each kind a plan leaves; below 0 where it takes too many."""
        taken = Counter(seat for week in plan.values() for seat in self.of_week(week))
        return {seat: number - taken[seat] for seat, number in self.capacity.items()}


def seats_in(problem: Problem) -> Seats:
    """Count the seats of a problem.

    Where a room has one group at a time, its size is that group's: only rooms with several groups
    at the same time are seats of their own.
    """
    capacity = {Seat("group", one.key): one.capacity for one in problem.groups}
    of_group = {one.key: [Seat("group", one.key)] for one in problem.groups}
    for room, day, start, present in _rooms_in_use(problem):
        if len(present) == 1:
            (key,) = present
            alone = Seat("group", key)
            capacity[alone] = min(capacity[alone], problem.room[room].capacity)
        else:
            seat = Seat("room", room, day, start)
            capacity[seat] = problem.room[room].capacity
            for key in present:
                of_group[key].append(seat)
    for workplace in problem.workplaces:
        for opening in workplace.openings:
            capacity[Seats.at_workplace(workplace.key, opening.day)] = opening.seats
    return Seats(capacity, {key: tuple(seats) for key, seats in of_group.items()})


def _rooms_in_use(problem: Problem) -> Iterator[tuple[str, Weekday, int, frozenset[str]]]:
    """Give the groups in each room at each moment when a session begins there."""
    held: dict[tuple[str, Weekday], list[tuple[TeachingGroup, Session]]] = defaultdict(list)
    for group in problem.groups:
        for session in group.sessions:
            if session.room is not None:
                held[session.room, session.day].append((group, session))
    for (room, day), sessions in held.items():
        for start in sorted({session.start for _, session in sessions}):
            yield (
                room,
                day,
                start,
                frozenset(group.key for group, one in sessions if one.start <= start < one.end),
            )


def scarce_seats(
    problem: Problem, seats: Seats, left: Mapping[Seat, int], chosen: Collection[str]
) -> frozenset[Seat]:
    """Tell which of the seats left could run out if all those chosen took what they may want."""
    wanted: Counter[Seat] = Counter()
    for key in chosen:
        wanted.update(_could_take(problem, seats, key))
    return frozenset(seat for seat, number in wanted.items() if number > left[seat])


def _could_take(problem: Problem, seats: Seats, key: str) -> Iterable[Seat]:
    participant = problem.participant[key]
    groups = {group for need in participant.courses for group in need.groups}
    found = {seat for group in groups for seat in seats.of_group[group]}
    placement = participant.placement
    if placement is not None:
        openings = problem.workplace[placement.workplace].openings
        found |= {
            seats.at_workplace(placement.workplace, one.day)
            for one in openings
            if placement.allows(one.day)
        }
    return found
