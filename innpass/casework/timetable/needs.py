"""What the law and the course model ask of a participant's week, as the planner has it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from uuid import UUID

from innpass.casework.timetable.offered import OfferedGroup
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
# Courses that may be for one line of work.
_OF_A_TRADE = frozenset({Activity.VOCATIONAL_NORWEGIAN, Activity.TRADE_COURSE})
_STEM = 5  # letters that two words of one line of work begin with
_SHORTEST = 4  # letters of a word that says something
_NO_COURSE = frozenset({Activity.PRACTICE, Activity.PART_TIME_WORK})
_WORD = re.compile(r"[^\W\d_]+")
_WHOLE = 100
_FRIDAY = 4


class Catalogue:
    """The groups of a week, sorted once for everybody who asks which of them suit."""

    def __init__(self, groups: Mapping[UUID, OfferedGroup]) -> None:
        self.activity: dict[str, Activity] = {}
        self._offered: dict[Activity, list[tuple[str, str, int]]] = defaultdict(list)
        self._classes: dict[str, list[str]] = defaultdict(list)
        self._found: dict[tuple[object, ...], tuple[str, ...]] = {}
        self._trade: dict[str, set[str]] = {}
        for pk, group in groups.items():
            key, activity = str(pk), Activity(group.activity)
            self.activity[key] = activity
            self._trade[key] = _stems(group.trade)
            self._offered[activity].append((key, group.level, group.meetings))
            for name in {_plain(group.class_name), _plain(group.name)} - {""}:
                self._classes[name].append(key)

    def of(self, activity: Activity) -> tuple[str, ...]:
        """Name the groups of an activity."""
        return tuple(key for key, _, _ in self._offered[activity])

    def of_trade(self, keys: tuple[str, ...], work: str) -> tuple[str, ...]:
        """Keep those of some groups that are for somebody's line of work.

        Else those that are for all, and where there is none of these either, every one.

        Args:
            work: where somebody works, in words; empty where nobody knows.
        """
        wanted = _stems(work)
        fit = tuple(key for key in keys if self._trade[key] & wanted)
        return fit or tuple(key for key in keys if not self._trade[key]) or keys

    def called(self, class_name: str) -> list[str]:
        """Name the groups that a class of the sheets is."""
        return self._classes.get(_plain(class_name), [])

    def suited(self, block: TemplateBlock) -> tuple[str, ...]:
        """Name the groups of a course at its levels; with as many days as it says, if there are."""
        asked = (block.activity, block.levels, block.days)
        if block.activity is not None and asked not in self._found:
            same = [
                (key, days)
                for key, level, days in self._offered[block.activity]
                if not block.levels or not level or level in block.levels
            ]
            exact = [key for key, days in same if days == block.days]
            self._found[asked] = tuple(exact or [key for key, _ in same])
        return self._found.get(asked, ())


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
    groups: Catalogue,
    *,
    class_name: str,
    practice: str | None,
    chosen: Iterable[UUID] = (),
) -> tuple[CourseNeed, ...]:
    """Say which courses a participant should have, and which groups of each suit.

    A class that the learning centre has placed somebody in goes before the course model, and a
    group that somebody chooses by hand before both. Vocational Norwegian goes with practice, and
    work-life course fills a week whose model leaves the rest to the programme: these two are
    given where there is room, and are not missed otherwise. A course for one line of work is for
    those who practise in it.

    Args:
        practice: where the participant practises, in words; ``None`` where there is no practice.
    """
    found: dict[Activity, CourseNeed] = {}
    for activity, suited, is_asked in _asked(course, groups, practice is not None):
        if activity in _OF_A_TRADE:
            suited = groups.of_trade(suited, practice or "")
        if activity not in found:
            cost = None if is_asked else 0
            found[activity] = CourseNeed(COURSE_NAMES[activity], suited, cost)
    by_hand = [key for key in map(str, chosen) if key in groups.activity]
    for keys in (groups.called(class_name), by_hand):
        for activity in {groups.activity[key] for key in keys}:
            same = tuple(key for key in keys if groups.activity[key] is activity)
            found[activity] = CourseNeed(COURSE_NAMES[activity], same)
    return tuple(found.values())


def _asked(
    course: CourseWeek | None, groups: Catalogue, has_practice: bool
) -> Iterator[tuple[Activity, tuple[str, ...], bool]]:
    template = course.template if course else None
    for block in template.blocks if template else ():
        if block.activity is not None and block.activity not in _NO_COURSE:
            yield block.activity, groups.suited(block), True
    filling = [Activity.VOCATIONAL_NORWEGIAN] if has_practice else []
    if template is not None and template.rest_is_programme:
        filling += _FILLING
    for activity in filling:
        if keys := groups.of(activity):
            yield activity, keys, False


def _stems(text: str) -> set[str]:
    """Return how the words of a line of work begin.

    Example:
        >>> sorted(_stems("Helse og barnehagen")), sorted(_stems("Solbakken barnehage"))
        (['barne', 'helse'], ['barne', 'solba'])
    """
    return {word[:_STEM] for word in _WORD.findall(text.casefold()) if len(word) >= _SHORTEST}


def _plain(name: str) -> str:
    return name.strip().casefold()
