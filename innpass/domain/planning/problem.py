"""What the planner must know about one week: courses, workplaces, people, travel and wishes.

Everything is ready for the solver: days are ``Weekday``, times of day are minutes after midnight
with the end not included, amounts are minutes. What the law demands of a participant comes in as
numbers.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import TypeAlias

from innpass.domain.planning.reasons import Clock, Length, Reason, Weekday, reason
from innpass.domain.planning.solution import WeekPlan
from innpass.domain.planning.validation import findings

MINUTES_PER_DAY = 24 * 60


class BadProblem(ValueError):
    """Something in a problem cannot be meant; ``reason`` has the code of its sentence."""

    def __init__(self, why: Reason) -> None:
        super().__init__(f"{why.code} {dict(why.values)}")
        self.reason = why


def _demand(holds: bool, why: Reason) -> None:
    if not holds:
        raise BadProblem(why)


def _check_hours(name: str, start: int, end: int) -> None:
    _demand(
        0 <= start < end <= MINUTES_PER_DAY,
        reason("problem.hours", what=name, start=Clock(start), end=Clock(end)),
    )


@dataclass(frozen=True, slots=True)
class LessonUnit:
    """How long a lesson is and how many clock minutes of programme time it counts as.

    Example:
        >>> LessonUnit(minutes=45, counted_minutes=75)
        LessonUnit(minutes=45, counted_minutes=75)
    """

    minutes: int
    counted_minutes: int

    def __post_init__(self) -> None:
        _demand(
            0 < self.minutes <= self.counted_minutes,
            reason("problem.lesson_unit", minutes=self.minutes, counted=self.counted_minutes),
        )


CLOCK_HOURS = LessonUnit(60, 60)


@dataclass(frozen=True, slots=True)
class Session:
    """A fixed meeting of a teaching group; the lessons may be fewer than fill it (breaks)."""

    day: Weekday
    start: int
    end: int
    lessons: int
    room: str | None = None


@dataclass(frozen=True, slots=True)
class TeachingGroup:
    """A class of one course. Whoever is in it attends all its sessions.

    Args:
        course: what is taught; a participant needs at most one group of each course.
        place: where all sessions are held.
        capacity: how many participants at most.
        unit: the lesson that ``Session.lessons`` counts in.
        work_oriented: whether its hours count against the work-oriented minimum.
    """

    key: str
    name: str
    course: str
    place: str
    capacity: int
    unit: LessonUnit
    sessions: tuple[Session, ...]
    work_oriented: bool = False

    def __post_init__(self) -> None:
        _demand(self.capacity >= 0, reason("problem.capacity", what=self.name))
        _demand(bool(self.sessions), reason("problem.no_sessions", group=self.name))
        for one in self.sessions:
            _check_hours(self.name, one.start, one.end)
            _demand(
                0 < one.lessons * self.unit.minutes <= one.end - one.start,
                reason("problem.lessons", group=self.name, day=one.day, lessons=one.lessons),
            )
        ordered = sorted(self.sessions, key=lambda one: (one.day, one.start))
        for one, other in pairwise(ordered):
            _demand(
                one.day != other.day or one.end <= other.start,
                reason("problem.own_sessions_overlap", group=self.name, day=one.day),
            )

    def counted_minutes(self, session: Session) -> int:
        """Say how much programme time a session counts as, in clock minutes."""
        return session.lessons * self.unit.counted_minutes

    @property
    def counted_minutes_per_week(self) -> int:
        """How much programme time all sessions together count as, in clock minutes."""
        return sum(self.counted_minutes(one) for one in self.sessions)


@dataclass(frozen=True, slots=True)
class Room:
    """A room and how many participants it holds."""

    key: str
    name: str
    capacity: int

    def __post_init__(self) -> None:
        _demand(self.capacity >= 0, reason("problem.capacity", what=self.name))


@dataclass(frozen=True, slots=True)
class Opening:
    """When a workplace takes participants on one day of the week, and how many of them."""

    day: Weekday
    start: int
    end: int
    seats: int


@dataclass(frozen=True, slots=True)
class Workplace:
    """Where practice takes place; ``openings`` has at most one for each day."""

    key: str
    name: str
    place: str
    openings: tuple[Opening, ...]

    def __post_init__(self) -> None:
        for one in self.openings:
            _check_hours(self.name, one.start, one.end)
            _demand(one.seats >= 0, reason("problem.capacity", what=self.name))
        days = {one.day for one in self.openings}
        _demand(len(days) == len(self.openings), reason("problem.two_openings", what=self.name))

    def opening(self, day: Weekday) -> Opening | None:
        """Give the hours of a day; None when the workplace takes nobody."""
        return next((one for one in self.openings if one.day == day), None)


@dataclass(frozen=True, slots=True)
class Placement:
    """A participant's practice: one stay a day, on some of the days agreed.

    Args:
        workplace: the key of the workplace.
        days: the days agreed; None when every day the workplace is open will do.
        shortest_day, longest_day: how long a stay may be, in minutes, both included.
        work_oriented: whether its hours count against the work-oriented minimum.
    """

    workplace: str
    days: frozenset[Weekday] | None = None
    shortest_day: int = 180
    longest_day: int = 450
    work_oriented: bool = True

    def __post_init__(self) -> None:
        _demand(
            0 < self.shortest_day <= self.longest_day <= MINUTES_PER_DAY,
            reason(
                "problem.stay",
                shortest=Length(self.shortest_day),
                longest=Length(self.longest_day),
            ),
        )

    def allows(self, day: Weekday) -> bool:
        """Say whether the day is among those agreed."""
        return self.days is None or day in self.days


@dataclass(frozen=True, slots=True)
class Appointment:
    """Something of the participant's own at a fixed time that the week has to go around.

    ``counted_minutes`` is the programme time it counts as, where it is part of the programme;
    ``work_oriented`` says whether that counts against the work-oriented minimum.
    """

    key: str
    name: str
    day: Weekday
    start: int
    end: int
    place: str
    counted_minutes: int = 0
    work_oriented: bool = False

    def __post_init__(self) -> None:
        _check_hours(self.name, self.start, self.end)


@dataclass(frozen=True, slots=True)
class ChildCare:
    """Where the day begins and ends: children are brought and fetched within these hours."""

    place: str
    start: int
    end: int
    days: frozenset[Weekday] = frozenset(Weekday)

    def __post_init__(self) -> None:
        _check_hours(self.place, self.start, self.end)


@dataclass(frozen=True, slots=True)
class WeekDemand:
    """What the week must hold, in counted minutes: numbers that the caller has from law.

    Args:
        full_time: at least so much altogether.
        work_oriented: at least so much of it work-oriented; 0 where nothing binds.
        at_most: never more altogether.
    """

    full_time: int
    work_oriented: int
    at_most: int

    def __post_init__(self) -> None:
        _demand(
            0 <= max(self.full_time, self.work_oriented) <= self.at_most,
            reason(
                "problem.week_demand",
                full_time=Length(self.full_time),
                work_oriented=Length(self.work_oriented),
                at_most=Length(self.at_most),
            ),
        )


@dataclass(frozen=True, slots=True)
class CourseNeed:
    """A course that a participant should have, and the groups of it that suit.

    ``cost_if_missing`` is what it costs to have no group; None for what ``Weights`` says.
    """

    course: str
    groups: tuple[str, ...]
    cost_if_missing: int | None = None

    def __post_init__(self) -> None:
        _demand((self.cost_if_missing or 0) >= 0, reason("problem.weight", weight=self.course))


@dataclass(frozen=True, slots=True)
class Participant:
    """One participant's needs and ties; ``last_week`` is what the wish to change little means."""

    key: str
    home: str
    demand: WeekDemand
    courses: tuple[CourseNeed, ...] = ()
    placement: Placement | None = None
    appointments: tuple[Appointment, ...] = ()
    child_care: ChildCare | None = None
    last_week: WeekPlan = ()

    def base(self, day: Weekday) -> str:
        """Name the place where the participant's day begins and ends."""
        care = self.child_care
        return care.place if care is not None and day in care.days else self.home


@dataclass(frozen=True, slots=True)
class Weights:
    """What each shortfall and each wish not met costs; whole numbers.

    ``missing_full_time`` and ``missing_work_oriented`` are for each missing half hour,
    ``missing_course`` for each course without a group, ``short_week`` for each week that lacks any
    of these, so that few lack much rather than many a little; ``split_day`` for each day with both
    course and workplace, ``part_day`` for each stay shorter than it might be, ``change`` for each
    block of last week that is gone, ``travel`` for each minute on the way.
    """

    missing_full_time: int = 100
    missing_work_oriented: int = 200
    missing_course: int = 10_000
    short_week: int = 300
    split_day: int = 60
    part_day: int = 20
    change: int = 40
    travel: int = 1

    def __post_init__(self) -> None:
        for name in self.__slots__:
            _demand(getattr(self, name) >= 0, reason("problem.weight", weight=name))


Places: TypeAlias = tuple[str, str]


@dataclass(frozen=True)
class Problem:
    """All that one week's plan depends on.

    Args:
        participants: in queue order, the first first.
        travel: minutes between two places, each pair once in either order; a place to itself is 0.
        rest_minutes: how long between the last block of a day and the first of the next.
        step_minutes: stays at a workplace begin and end on multiples of this.

    Raises:
        BadProblem: something is named that is not there, twice there, or cannot be meant.
    """

    participants: tuple[Participant, ...]
    groups: tuple[TeachingGroup, ...] = ()
    rooms: tuple[Room, ...] = ()
    workplaces: tuple[Workplace, ...] = ()
    travel: Mapping[Places, int] = field(default_factory=dict)
    rest_minutes: int = 0
    step_minutes: int = 15
    weights: Weights = Weights()

    def __post_init__(self) -> None:
        for why in findings(self):
            raise BadProblem(why)

    @cached_property
    def group(self) -> Mapping[str, TeachingGroup]:
        """The groups by key."""
        return {one.key: one for one in self.groups}

    @cached_property
    def room(self) -> Mapping[str, Room]:
        """The rooms by key."""
        return {one.key: one for one in self.rooms}

    @cached_property
    def workplace(self) -> Mapping[str, Workplace]:
        """The workplaces by key."""
        return {one.key: one for one in self.workplaces}

    @cached_property
    def participant(self) -> Mapping[str, Participant]:
        """The participants by key."""
        return {one.key: one for one in self.participants}

    def missing_cost(self, need: CourseNeed) -> int:
        """Say what it costs when a course needed has no group."""
        own = need.cost_if_missing
        return self.weights.missing_course if own is None else own

    @cached_property
    def _both_ways(self) -> Mapping[Places, int]:
        return {**{(b, a): m for (a, b), m in self.travel.items()}, **self.travel}

    def travel_minutes(self, one: str, other: str) -> int:
        """Say how long the way between two places takes.

        Raises:
            KeyError: nobody said how long.
        """
        return 0 if one == other else self._both_ways[one, other]
