"""A week's problem for the planner, put together from what is known of people and places."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from uuid import UUID

from django.db.models import Q

from innpass.casework.participants.queries import owned_by
from innpass.casework.placements.models import Placement as Practice
from innpass.casework.programme.queries import facts_of
from innpass.casework.programme.readings import law_here
from innpass.casework.timetable.beside import beside, most_groups, turned
from innpass.casework.timetable.models import (
    Appointment,
    Availability,
    PlanningRules,
    Way,
    Workplace,
)
from innpass.casework.timetable.needs import (
    COURSE_NAMES,
    Catalogue,
    course_needs,
    demand_of,
    why_no_week,
)
from innpass.casework.timetable.offered import OfferedGroup, OfferedSession, groups_in, sessions_of
from innpass.casework.timetable.queries import Week, availability_of
from innpass.casework.training.courses import CourseWeek, course_weeks
from innpass.casework.training.models import Schooling
from innpass.domain.law.facts import PersonFacts
from innpass.domain.law.hours import counted_activities
from innpass.domain.periods import IsoWeek
from innpass.domain.planning import problem as planning
from innpass.domain.planning.reasons import Weekday
from innpass.domain.planning.solution import Part, Plan, WeekPlan
from innpass.domain.sheets.fields import Activity

HOME = "hjemme"  # where nobody says in which part of town somebody lives
SOMEWHERE = "sted ikke oppgitt"  # a workplace of which nobody says where it is
STEP_MINUTES = 15
_SEATS = 99  # at a workplace that has not said how many it takes
_FRIDAY = 4


@dataclass(frozen=True, slots=True)
class Assembled:
    """A problem, and what it stands for. Its keys are ids as text; places are called by name.

    Attributes:
        others: what is taken by those who are not in the problem, and stays so (``beside``).
        now: weeks in force of those who are.
        facts: what the law goes by, of everybody asked for.
        activity: what each group and appointment is; practice aside.
        employers: names by key.
        names: of what stands in the weeks of ``now``, by key; some of it may be no more.
        courses: what the course model says of each person's week.
        assumed: codes of what was taken for granted for want of better, by person.
        left_out: those asked for who have no week to plan, with the code why.
        hides_ties: whoever sees it may not know what ties people (``seeing.as_seen_by``).
    """

    problem: planning.Problem
    week: IsoWeek
    others: Plan
    now: Mapping[UUID, Week]
    facts: Mapping[UUID, PersonFacts]
    activity: Mapping[str, Activity]
    employers: Mapping[str, str]
    names: Mapping[str, str]
    courses: Mapping[UUID, CourseWeek]
    assumed: Mapping[UUID, tuple[str, ...]]
    left_out: Mapping[UUID, str]
    hides_ties: bool = False


@dataclass(frozen=True, slots=True)
class _Ties:
    """What is known of everybody's places and agreements, by person."""

    practices: Mapping[UUID, Practice]
    availability: Mapping[UUID, Availability]
    appointments: Mapping[UUID, list[Appointment]]
    classes: Mapping[UUID, str]


def rules_here() -> PlanningRules:
    """Return what the municipality plans by; the defaults where it never said. One query."""
    found: PlanningRules | None = PlanningRules.objects.first()
    return found or PlanningRules()


def assemble(
    participants: Collection[UUID],
    *,
    week: IsoWeek,
    chosen: Mapping[UUID, Collection[UUID]] | None = None,
    planned: Iterable[WeekPlan] = (),
    every_group: bool = False,
) -> Assembled:
    """Put the problem of some people's week together. A fixed number of queries.

    Args:
        chosen: groups that somebody chose by hand, by person; they suit, whatever else does.
        planned: weeks that are to be judged beside the others'.
        every_group: also those groups that the people are not meant for, to choose among. Without,
            a few people's problem has those alone that matter to them.
    """
    law, rules = law_here(), rules_here()
    facts = facts_of(set(participants))
    left_out = {pk: why for pk in participants if (why := why_no_week(facts.get(pk), week))}
    people = sorted(set(participants) - left_out.keys())
    groups = groups_in(week)
    ties = _ties(people, week)
    courses = course_weeks(people, on=date.fromordinal(week.monday.toordinal() + _FRIDAY))
    catalogue = Catalogue(groups)
    needs = {
        pk: course_needs(
            courses.get(pk),
            catalogue,
            class_name=ties.classes.get(pk, ""),
            practice=_work(ties.practices.get(pk)),
            chosen=(chosen or {}).get(pk, ()),
        )
        for pk in people
    }
    employers = {each.employer_id for each in ties.practices.values() if each.employer_id}
    also = _groups_of(planned)
    also |= {str(group) for several in (chosen or {}).values() for group in several}
    around = beside(needs, employers=employers, also=also, groups=groups, week=week)
    own, most = around.own, most_groups(len(people))
    stated, workplaces = _workplaces(ties.practices.values(), rules)
    asked = tuple(
        planning.Participant(
            key=str(pk),
            home=_home(ties.availability.get(pk)),
            demand=demand_of(facts[pk], week=week, law=law),
            courses=tuple(
                _within_reach(need, pk, most=most, full=around.full, had=own.get(pk))
                for need in needs[pk]
            ),
            placement=_placement(
                ties.practices.get(pk),
                ties.availability.get(pk),
                rules,
                is_oriented=Activity.PRACTICE
                in counted_activities(facts[pk].start or week.monday, law=law),
            ),
            appointments=tuple(
                _appointment(each, counted_activities(facts[pk].start or week.monday, law=law))
                for each in ties.appointments.get(pk, ())
            ),
            child_care=_child_care(ties.availability.get(pk)),
            last_week=own[pk].plan if pk in own else (),
        )
        for pk in people
    )
    oriented = counted_activities(week.monday, law=law)
    sessions = sessions_of(groups) if every_group else around.sessions
    teaching = tuple(
        _group(each, sessions[pk], oriented) for pk, each in groups.items() if pk in sessions
    )
    return Assembled(
        problem=planning.Problem(
            participants=asked,
            groups=teaching,
            rooms=_rooms(sessions.values()),
            workplaces=workplaces,
            travel=_travel(rules, _places(asked, teaching, workplaces)),
            rest_minutes=rules.rest_minutes,
            step_minutes=STEP_MINUTES,
        ),
        week=week,
        others=around.others,
        now=own,
        facts=facts,
        activity={str(pk): Activity(each.activity) for pk, each in groups.items()}
        | {
            str(each.pk): Activity(each.activity)
            for several in ties.appointments.values()
            for each in several
            if each.activity
        },
        employers={each.key: each.name for each in workplaces},
        names=names_in(own.values()),
        courses=courses,
        assumed={pk: tuple(_assumed(pk, ties, stated, courses)) for pk in people},
        left_out=left_out,
    )


def names_in(weeks: Iterable[Week]) -> dict[str, str]:
    """Name what stands in some weeks, by key, also what is over."""
    return {block.key: block.name for week in weeks for block in (*week.blocks, *week.over)}


def _groups_of(planned: Iterable[WeekPlan]) -> set[str]:
    return {each.what for week in planned for each in week if each.part is Part.COURSE}


def _within_reach(
    need: planning.CourseNeed, person: UUID, *, most: int, full: Collection[str], had: Week | None
) -> planning.CourseNeed:
    """Hand in so many groups at most: the one the person has, and some that are not full.

    Every pair of groups makes a week to look at.
    """
    if len(need.groups) <= most:
        return need
    has = {str(each.group) for each in had.blocks} if had else set()
    in_order = turned(need, person)
    free = [key for key in in_order if key not in full and key not in has]
    return replace(
        need, groups=(*(key for key in in_order if key in has), *free)[:most] or in_order[:1]
    )


def _ties(people: Collection[UUID], week: IsoWeek) -> _Ties:
    among = Q(participant__in=people)
    practices: dict[UUID, Practice] = {}
    found = Practice.objects.filter(
        among,
        Q(first_day__lte=week.sunday),
        Q(last_day=None) | Q(last_day__gte=week.monday),
        employer__isnull=False,
    )
    # Of two at the same time the one that began last is where the person is.
    for each in found.select_related("employer").order_by("first_day", "pk"):
        practices[each.participant_id] = each
    appointments: dict[UUID, list[Appointment]] = defaultdict(list)
    kept = owned_by(Appointment.objects.all(), people).filter(
        Q(last_day=None) | Q(last_day__gte=week.monday),
        first_day__lte=week.sunday,
    )
    for one in kept.select_related("locality").order_by("day", "start", "pk"):
        appointments[one.owner].append(one)
    return _Ties(
        practices=practices,
        availability=availability_of(people),
        appointments=appointments,
        classes=dict(Schooling.objects.filter(among).values_list("participant", "class_name")),
    )


def _assumed(
    pk: UUID, ties: _Ties, stated: Collection[UUID], courses: Mapping[UUID, CourseWeek]
) -> Iterable[str]:
    available = ties.availability.get(pk)
    if available is None or available.home_id is None:
        yield "home"
    practice = ties.practices.get(pk)
    if practice is not None and practice.employer_id not in stated:
        yield "opening"
    if pk not in courses:
        yield "course"
    elif courses[pk].is_suggested:
        yield "track"


def _group(
    group: OfferedGroup, sessions: Iterable[OfferedSession], oriented: Collection[Activity]
) -> planning.TeachingGroup:
    activity = Activity(group.activity)
    return planning.TeachingGroup(
        key=str(group.pk),
        name=group.name,
        course=COURSE_NAMES[activity],
        place=group.place,
        capacity=group.capacity,
        unit=planning.LessonUnit(group.lesson_minutes, group.counted_minutes),
        sessions=tuple(
            planning.Session(
                Weekday(each.day),
                each.start,
                each.end,
                each.lessons,
                str(each.room) if each.room else None,
            )
            for each in sessions
        ),
        work_oriented=activity in oriented,
    )


def _rooms(sessions: Iterable[Iterable[OfferedSession]]) -> tuple[planning.Room, ...]:
    rooms = {
        each.room: planning.Room(str(each.room), each.room_name or "", each.room_capacity or 0)
        for several in sessions
        for each in several
        if each.room is not None
    }
    return tuple(rooms.values())


def _workplaces(
    practices: Iterable[Practice], rules: PlanningRules
) -> tuple[set[UUID], tuple[planning.Workplace, ...]]:
    """Give the employers who have said when they take participants, and all as workplaces."""
    employers = {each.employer.pk: each.employer.name for each in practices if each.employer}
    rows = Workplace.objects.filter(employer__in=employers).select_related("locality")
    known = {each.employer_id: each for each in rows.prefetch_related("openings")}
    by_default = tuple(
        planning.Opening(day, rules.opening_start, rules.opening_end, _SEATS)
        for day in tuple(Weekday)[: _FRIDAY + 1]
    )
    found = []
    stated = set()
    for pk, name in employers.items():
        row = known.get(pk)
        openings = tuple(
            planning.Opening(Weekday(each.day), each.start, each.end, each.seats)
            for each in (row.openings.all() if row else ())
        )
        if openings:
            stated.add(pk)
        place = row.locality.name if row else SOMEWHERE
        found.append(planning.Workplace(str(pk), name, place, openings or by_default))
    return stated, tuple(found)


def _placement(
    practice: Practice | None,
    available: Availability | None,
    rules: PlanningRules,
    *,
    is_oriented: bool,
) -> planning.Placement | None:
    if practice is None:
        return None
    days = available.stay_days if available else None
    shortest = (available and available.shortest_stay) or rules.shortest_stay
    longest = (available and available.longest_stay) or rules.longest_stay
    return planning.Placement(
        workplace=str(practice.employer_id),
        days=None if days is None else frozenset(Weekday(each) for each in days),
        shortest_day=min(shortest, longest),
        longest_day=longest,
        work_oriented=is_oriented,
    )


def _work(practice: Practice | None) -> str | None:
    """Say in words where somebody practises; ``None`` where nowhere."""
    if practice is None or practice.employer is None:
        return None
    return f"{practice.employer.name} {practice.employer.area} {practice.area}"


def _home(available: Availability | None) -> str:
    return available.home.name if available and available.home else HOME


def _child_care(available: Availability | None) -> planning.ChildCare | None:
    if available is None or available.care is None:
        return None
    return planning.ChildCare(
        place=available.care.name,
        start=available.care_start or 0,
        end=available.care_end or planning.MINUTES_PER_DAY,
        days=frozenset(Weekday(each) for each in available.care_days),
    )


def _appointment(row: Appointment, oriented: Collection[Activity]) -> planning.Appointment:
    return planning.Appointment(
        key=str(row.pk),
        name=row.name,
        day=Weekday(row.day),
        start=row.start,
        end=row.end,
        place=row.locality.name if row.locality else HOME,
        counted_minutes=row.end - row.start if row.activity else 0,
        work_oriented=row.activity in oriented,
    )


def _places(
    people: Iterable[planning.Participant],
    groups: Iterable[planning.TeachingGroup],
    workplaces: Iterable[planning.Workplace],
) -> set[str]:
    found = {each.place for each in groups} | {each.place for each in workplaces}
    for one in people:
        found |= {one.home, *(each.place for each in one.appointments)}
        if one.child_care is not None:
            found.add(one.child_care.place)
    return found


def _travel(rules: PlanningRules, places: Iterable[str]) -> dict[tuple[str, str], int]:
    """Say how long every way takes; what the municipality plans by where nobody said."""
    found = dict.fromkeys(combinations(sorted(places), 2), rules.way_minutes)
    for one, other, minutes in Way.objects.values_list("one__name", "other__name", "minutes"):
        pair = min(one, other), max(one, other)
        if pair in found:
            found[pair] = minutes
    return found
