"""What the law and the course model ask of a participant's week, as the planner has it."""

from collections.abc import Iterable, Iterator, Mapping
from uuid import UUID

from innpass.casework.timetable.models import TeachingGroup
from innpass.casework.training.courses import CourseWeek
from innpass.domain.courses.model import Block as TemplateBlock
from innpass.domain.law.facts import PersonFacts
from innpass.domain.law.hours import full_time_hours, requirement_for
from innpass.domain.law.law import Law
from innpass.domain.periods import IsoWeek
from innpass.domain.planning.problem import CourseNeed, WeekDemand
from innpass.domain.sheets.fields import Activity

# What a course is called in the planner's sentences.
COURSE_NAMES: Mapping[Activity, str] = {
    Activity.NORWEGIAN: "norsk",
    Activity.VOCATIONAL_NORWEGIAN: "yrkesrettet norsk",
    Activity.WORK_LIFE_COURSE: "arbeidslivskurs",
    Activity.TRADE_COURSE: "bransjekurs",
    Activity.NAV_MEASURE: "Nav-tiltak",
    Activity.PRACTICE: "praksis i gruppe",
    Activity.PART_TIME_WORK: "arbeid på deltid",
    Activity.OTHER: "andre deler av programmet",
}

# What fills the rest of a week whose course model leaves it to the programme.
_FILLING = (Activity.WORK_LIFE_COURSE, Activity.OTHER)
_NO_COURSE = frozenset({Activity.PRACTICE, Activity.PART_TIME_WORK})
_WHOLE = 100
_FRIDAY = 4
Groups = Mapping[UUID, TeachingGroup]


def why_no_week(facts: PersonFacts | None, week: IsoWeek) -> str:
    """Say why somebody has no week to plan, as a code; empty where there is one."""
    if facts is None or facts.start is None:
        return "no_start"
    if facts.start > week.sunday:
        return "not_begun"
    if facts.actual_end is not None and facts.actual_end < week.monday:
        return "over"
    friday = week.monday.toordinal() + _FRIDAY
    for leave in facts.leave:
        last = leave.last_day.toordinal() if leave.last_day else friday
        if leave.first_day <= week.monday and last >= friday:
            return "on_leave"
    return ""


def demand_of(facts: PersonFacts, *, week: IsoWeek, law: Law) -> WeekDemand:
    """Give the hours that a week must hold, in counted minutes.

    Source:
        integreringsloven §§ 13 and 14 (full time), integreringsforskriften § 43h and
        integreringsloven § 14 a (work-oriented hours), by the person's own dates.
    """
    whole = round(60 * full_time_hours(start=facts.start or week.monday, law=law))
    full = whole
    if facts.part_time_decision and facts.extent_percent:
        full = whole * min(facts.extent_percent, _WHOLE) // _WHOLE
    asked = requirement_for(facts, law=law).requirement
    oriented = 0
    if asked is not None and week.monday >= asked.counts_from:
        oriented = min(whole, round(60 * asked.hours_per_week))
    return WeekDemand(full_time=full, work_oriented=oriented, at_most=whole)


def course_needs(
    course: CourseWeek | None,
    groups: Groups,
    *,
    class_name: str,
    has_practice: bool,
    chosen: Iterable[UUID] = (),
) -> tuple[CourseNeed, ...]:
    """Say which courses a participant should have, and which groups of each suit.

    A class that the learning centre has placed somebody in goes before the course model, and a
    group that somebody chooses by hand before both. Vocational Norwegian goes with practice, and
    work-life course fills a week whose model leaves the rest to the programme: these two are
    given where there is room, and are not missed otherwise.
    """
    found: dict[Activity, CourseNeed] = {}
    for activity, suited, is_asked in _asked(course, groups, has_practice):
        if activity not in found:
            cost = None if is_asked else 0
            found[activity] = CourseNeed(COURSE_NAMES[activity], suited, cost)
    placed = [key for key, each in groups.items() if class_name and _is_class(each, class_name)]
    for keys in (placed, [key for key in chosen if key in groups]):
        for activity in {_activity(groups[key]) for key in keys}:
            same = tuple(str(key) for key in keys if _activity(groups[key]) is activity)
            found[activity] = CourseNeed(COURSE_NAMES[activity], same)
    return tuple(found.values())


def _asked(
    course: CourseWeek | None, groups: Groups, has_practice: bool
) -> Iterator[tuple[Activity, tuple[str, ...], bool]]:
    template = course.template if course else None
    for block in template.blocks if template else ():
        if block.activity is not None and block.activity not in _NO_COURSE:
            yield block.activity, _suited(block, groups), True
    if has_practice:
        yield from _filling([Activity.VOCATIONAL_NORWEGIAN], groups)
    if template is not None and template.rest_is_programme:
        yield from _filling(_FILLING, groups)


def _filling(
    activities: Iterable[Activity], groups: Groups
) -> Iterator[tuple[Activity, tuple[str, ...], bool]]:
    for activity in activities:
        keys = tuple(str(key) for key, each in groups.items() if _activity(each) is activity)
        if keys:
            yield activity, keys, False


def _suited(block: TemplateBlock, groups: Groups) -> tuple[str, ...]:
    """Give the groups of a course at its levels; with as many days as it says, where there are."""
    same = {
        key: each
        for key, each in groups.items()
        if _activity(each) is block.activity
        and (not block.levels or not each.level or each.level in block.levels)
    }
    days = {key for key, each in same.items() if len(each.sessions.all()) == block.days}
    return tuple(str(key) for key in same if key in days or not days)


def _activity(group: TeachingGroup) -> Activity:
    return Activity(group.activity)


def _is_class(group: TeachingGroup, class_name: str) -> bool:
    name = class_name.strip().casefold()
    return name in (group.class_name.strip().casefold(), group.name.strip().casefold())
