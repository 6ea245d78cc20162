"""Problems that hypothesis invents: small, odd, and with everything that a problem can have."""

from hypothesis import strategies as st

from innpass.domain.planning.problem import (
    Appointment,
    ChildCare,
    CourseNeed,
    LessonUnit,
    Opening,
    Participant,
    Placement,
    Problem,
    Room,
    Session,
    TeachingGroup,
    WeekDemand,
    Weights,
    Workplace,
)
from innpass.domain.planning.reasons import Weekday
from innpass.domain.planning.solution import Block, Part, WeekPlan

PLACES = ("hjemme", "senter", "øst", "vest")
UNITS = (LessonUnit(45, 75), LessonUnit(45, 60), LessonUnit(60, 60))
COURSES = ("norsk", "kurs")
days = st.sampled_from(list(Weekday)[:6])
places = st.sampled_from(PLACES)


@st.composite
def groups(draw: st.DrawFn, key: str, course: str) -> TeachingGroup:
    unit = draw(st.sampled_from(UNITS))
    chosen = draw(st.lists(days, min_size=1, max_size=3, unique=True))
    sessions = []
    for day in chosen:
        lessons = draw(st.integers(1, 4))
        start = 30 * draw(st.integers(16, 30))
        room = draw(st.sampled_from((None, "rom", "sal")))
        sessions.append(Session(day, start, start + lessons * unit.minutes, lessons, room))
    return TeachingGroup(
        key=key,
        name=key,
        course=course,
        place=draw(places),
        capacity=draw(st.sampled_from((2, 1, 3, 0))),
        unit=unit,
        sessions=tuple(sessions),
        work_oriented=draw(st.booleans()),
    )


@st.composite
def workplaces(draw: st.DrawFn, key: str) -> Workplace:
    openings = []
    for day in draw(st.lists(days, min_size=2, max_size=5, unique=True)):
        start = 15 * draw(st.integers(26, 44))
        openings.append(
            Opening(day, start, start + 30 * draw(st.integers(4, 20)), draw(st.integers(0, 3)))
        )
    return Workplace(key, key, draw(places), tuple(openings))


@st.composite
def participants(
    draw: st.DrawFn, key: str, taught: list[TeachingGroup], open_to: list[Workplace]
) -> Participant:
    needs = []
    for course in COURSES:
        suited = [one.key for one in taught if one.course == course]
        if suited and draw(st.integers(0, 3)) < 3:
            needs.append(CourseNeed(course, tuple(draw(st.permutations(suited)))))
    placement = None
    if open_to and draw(st.integers(0, 3)) < 3:
        agreed = draw(st.none() | st.frozensets(days, min_size=2))
        shortest = 30 * draw(st.integers(1, 6))
        longest = shortest + 30 * draw(st.integers(0, 10))
        where = draw(st.sampled_from(open_to)).key
        placement = Placement(where, agreed, shortest, longest, draw(st.booleans()))
    appointments = []
    for number in range(draw(st.sampled_from((0, 0, 1, 2)))):
        start = 15 * draw(st.integers(30, 60))
        end = start + 15 * draw(st.integers(1, 8))
        counted = draw(st.sampled_from((0, 60)))
        name = f"avtale {number}"
        appointments.append(Appointment(name, name, draw(days), start, end, draw(places), counted))
    care = None
    if draw(st.booleans()):
        start, end = 15 * draw(st.integers(24, 32)), 15 * draw(st.integers(60, 84))
        care = ChildCare(draw(places), start, end)
    at_most = 60 * draw(st.integers(12, 40))
    return Participant(
        key=key,
        home="hjemme",
        demand=WeekDemand(at_most, draw(st.sampled_from((0, at_most // 2))), at_most),
        courses=tuple(needs),
        placement=placement,
        appointments=tuple(appointments),
        child_care=care,
    )


@st.composite
def edited(draw: st.DrawFn, week: WeekPlan) -> WeekPlan:
    """Change a week as a hand might: leave out, move, lengthen, rename, double."""
    blocks = []
    for block in week:
        for _ in range(draw(st.sampled_from((1, 1, 1, 0, 2)))):
            start = max(0, block.start + 15 * draw(st.integers(-8, 8)))
            blocks.append(
                Block(
                    draw(st.sampled_from((block.day, *Weekday))),
                    start,
                    start + draw(st.sampled_from((block.minutes, 30, 600))),
                    draw(st.sampled_from((block.part, *Part))),
                    draw(st.sampled_from((block.what, "noe annet"))),
                    draw(st.sampled_from((block.where, "et annet sted", "øst"))),
                )
            )
    return tuple(sorted(blocks))


@st.composite
def problems(draw: st.DrawFn, most: int = 4) -> Problem:
    """Invent a problem of up to so many participants."""
    taught = [
        draw(groups(f"{course} {number}", course))
        for course in COURSES
        for number in range(draw(st.integers(1, 2)))
    ]
    open_to = [draw(workplaces(f"plass {number}")) for number in range(draw(st.integers(1, 2)))]
    travel = {(a, b): draw(st.integers(0, 40)) for a in PLACES for b in PLACES if a < b}
    weights = Weights(
        missing_course=draw(st.sampled_from((500, 10_000))),
        short_week=draw(st.sampled_from((0, 300))),
        split_day=draw(st.integers(0, 80)),
        part_day=draw(st.integers(0, 30)),
        travel=draw(st.integers(0, 2)),
    )
    return Problem(
        participants=tuple(
            draw(participants(f"p{number}", taught, open_to))
            for number in range(draw(st.integers(1, most)))
        ),
        groups=tuple(taught),
        rooms=(Room("rom", "rom", draw(st.integers(0, 2))), Room("sal", "sal", 3)),
        workplaces=tuple(open_to),
        travel=travel,
        rest_minutes=60 * draw(st.sampled_from((0, 11, 14, 16))),
        step_minutes=draw(st.sampled_from((15, 30))),
        weights=weights,
    )
