"""Small problems in few words: Amina, one course, one workplace, and whatever a test is about."""

from typing import Any

from innpass.domain.planning.problem import (
    CourseNeed,
    LessonUnit,
    Opening,
    Participant,
    Placement,
    Problem,
    Session,
    TeachingGroup,
    WeekDemand,
    Weights,
    Workplace,
)
from innpass.domain.planning.reasons import Weekday
from innpass.domain.planning.solution import Block, Part, Plan

MON, TUE, WED, THU, FRI = list(Weekday)[:5]
WORKDAYS = (MON, TUE, WED, THU, FRI)
HOUR = 60
LESSON = LessonUnit(minutes=45, counted_minutes=75)
# Nothing but what is missing costs anything, unless a test says so.
ONLY_MINIMA = Weights(short_week=0, split_day=0, part_day=0, change=0, travel=0)
NOTHING_ASKED = WeekDemand(full_time=0, work_oriented=0, at_most=37 * HOUR + 30)


def at(clock: str) -> int:
    """Read 08:30 as minutes after midnight."""
    hours, minutes = clock.split(":")
    return 60 * int(hours) + int(minutes)


def session(
    day: Weekday, start: str, end: str, lessons: int = 1, room: str | None = None
) -> Session:
    return Session(day, at(start), at(end), lessons, room)


def group(key: str, *sessions: Session, **more: Any) -> TeachingGroup:
    given: dict[str, Any] = {
        "course": "norsk",
        "place": "senter",
        "capacity": 20,
        "unit": LESSON,
    } | more
    return TeachingGroup(key=key, name=key, sessions=sessions, **given)


def norwegian(key: str = "A2", days: tuple[Weekday, ...] = (MON, TUE, WED), **more: Any) -> Any:
    """The guide's course: 6 + 6 + 4 lessons over three days, 20 counted hours."""
    first, second, third = days
    return group(
        key,
        session(first, "08:30", "13:45", 6),
        session(second, "08:30", "13:45", 6),
        session(third, "08:30", "11:50", 4),
        **more,
    )


def workplace(
    key: str = "barnehage", days: tuple[Weekday, ...] = WORKDAYS, seats: int = 1, **more: Any
) -> Workplace:
    start, end = at(more.pop("start", "08:00")), at(more.pop("end", "16:00"))
    openings = tuple(Opening(day, start, end, seats) for day in days)
    return Workplace(key=key, name=key, place=more.pop("place", "barnehage"), openings=openings)


def participant(key: str = "amina", **more: Any) -> Participant:
    given: dict[str, Any] = {"home": "hjemme", "demand": NOTHING_ASKED} | more
    return Participant(key=key, **given)


def asked(full_time: float = 0, work_oriented: float = 0, at_most: float = 37.5) -> WeekDemand:
    """What the week must hold, in hours."""
    return WeekDemand(*(round(60 * hours) for hours in (full_time, work_oriented, at_most)))


def problem(*participants: Participant, **more: Any) -> Problem:
    """A problem whose places are a quarter of an hour apart, unless a test says otherwise."""
    far = more.pop("minutes", 15)
    names = {one.home for one in participants}
    names |= {one.child_care.place for one in participants if one.child_care}
    names |= {each.place for one in participants for each in one.appointments}
    names |= {one.place for one in (*more.get("groups", ()), *more.get("workplaces", ()))}
    travel = {(a, b): far for a in names for b in names if a < b}
    given: dict[str, Any] = {"weights": ONLY_MINIMA, "travel": travel | more.pop("travel", {})}
    return Problem(participants=participants, **(given | more))


def needs(*groups: TeachingGroup, course: str = "norsk") -> CourseNeed:
    return CourseNeed(course, tuple(one.key for one in groups))


def at_work(days: tuple[Weekday, ...] | None = None, **more: Any) -> Placement:
    chosen = None if days is None else frozenset(days)
    return Placement("barnehage", chosen, **more)


def stay(day: Weekday, start: str, end: str) -> Block:
    return Block(day, at(start), at(end), Part.PRACTICE, "barnehage", "barnehage")


def lesson(of: TeachingGroup, one: Session) -> Block:
    return Block(one.day, one.start, one.end, Part.COURSE, of.key, of.place)


def days_at_work(plan: Plan, key: str = "amina") -> list[Weekday]:
    return [block.day for block in plan[key] if block.part is Part.PRACTICE]


def groups_in(plan: Plan, key: str = "amina") -> set[str]:
    return {block.what for block in plan[key] if block.part is Part.COURSE}
