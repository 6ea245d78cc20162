"""What a rule may know of a person. ``None`` is an unknown fact, never replaced by a guess."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import inf

from innpass.domain.law.plan import PlanContent
from innpass.domain.law.registered import Registered
from innpass.domain.periods import Period
from innpass.domain.sheets.fields import (
    AbsenceKind,
    Activity,
    DecisionKind,
    EndGoal,
    EndReason,
    LeaveKind,
    Protection,
)


class Fact(StrEnum):
    """A fact that an answer may lack, named as in ``sheets.fields`` where the sheets supply it."""

    START = "programme.start"
    END = "programme.planned_end"
    PROTECTION = "programme.protection"
    UPPER_SECONDARY = "programme.upper_secondary"
    END_GOAL = "programme.end_goal"
    EXTENT_PERCENT = "programme.extent_percent"
    HOURS_PER_WEEK = "activity.hours_per_week"
    BIRTH_DATE = "birth_date"
    SETTLED_ON = "settled_on"
    PERMIT_ON = "permit_on"
    OFFERED_ON = "programme.offered_on"
    HAS_CHILDREN = "programme.has_children"
    MAPPING_ON = "mapping_on"
    CAREER_GUIDANCE_ON = "career_guidance_on"
    CONTRACT_ON = "contract_on"
    CERTIFICATE_ON = "certificate_on"
    NORWEGIAN_OFFERED_ON = "norwegian.offered_on"
    HEALTH_HOURS = "lifeskills.health_hours"
    CAREER_HOURS = "lifeskills.career_hours"
    GROUP_MEETINGS = "parental.group_meetings"
    INDIVIDUAL_MEETINGS = "parental.individual_meetings"
    SOCIAL_STUDIES_HOURS = "social_studies.hours"
    ABSENCE_KIND = "absence.kind"
    LEAVE_KIND = "leave.kind"
    DECISION_DAY = "decision.day"
    END_REASON = "programme.end_reason"


@dataclass(frozen=True, slots=True)
class HoursRow:
    """A stretch of one activity.

    Args:
        activity: what the hours are spent on.
        period: first and last day, inclusive; an open end runs on past the programme.
        hours_per_week: in the unit of the timetable (see docs/law/hours-unit.md), for a whole
            week; ``None`` when the amount is unknown.
        is_counted: the hours are clock hours of the programme already, as a timetable whose unit
            is known has them; lessons are not converted again.
    """

    activity: Activity
    period: Period
    hours_per_week: float | None
    is_counted: bool = False

    def __post_init__(self) -> None:
        if self.hours_per_week is not None and not 0 <= self.hours_per_week < inf:
            raise ValueError(f"no one spends {self.hours_per_week} hours a week")


@dataclass(frozen=True, slots=True)
class AbsenceRow:
    """Days away without leave (fravær). ``kind`` is ``None`` where nobody says why."""

    kind: AbsenceKind | None
    period: Period


@dataclass(frozen=True, slots=True)
class LeaveRow:
    """A period of leave (permisjon). ``kind`` is ``None`` where nobody says which."""

    kind: LeaveKind | None
    period: Period


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """An individual decision (vedtak).

    Args:
        kind: what was decided.
        day: the day it was made; ``None`` where that is unknown.
        first_day, last_day: the period it is about, inclusive; ``None`` where it names none.
    """

    kind: DecisionKind
    day: date | None = None
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class SittingRow:
    """A sitting of the Norwegian test (norskprøve).

    Args:
        day: the day it was sat.
        levels: the level reached in each skill, in the order of ``sheets.fields.SKILLS``; empty
            where a skill was not tested or its result is unknown.
    """

    day: date
    levels: tuple[str, str, str, str] = ("", "", "", "")


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """A version of the integration plan that is agreed, or a draft that shall be.

    Args:
        number: of the version, from 1.
        made_on: the day it was made.
        agreed_on: the day it was agreed; ``None`` of a draft.
        review_on: the day on which it shall be assessed again.
        contents: what it holds of what the law asks for.
        to_be_reasoned: how many elements lead towards work or education.
        reasoned: how many of those have a reason.
        made_with_participant: whether the participant took part in making it.
    """

    number: int
    made_on: date
    agreed_on: date | None = None
    review_on: date | None = None
    contents: frozenset[PlanContent] = frozenset()
    to_be_reasoned: int = 0
    reasoned: int = 0
    made_with_participant: bool | None = None


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """One person's programme as far as it is known.

    Args:
        start: first day of the programme, inclusive.
        planned_end: last planned day, inclusive.
        actual_end: last day of a programme that has ended, inclusive; ``None`` while it runs.
        protection: ground of residence.
        upper_secondary: education at upper secondary level or higher.
        end_goal: final goal (sluttmål).
        extent_percent: share of full time.
        hours: planned activities, of all bodies.
        leave: periods of leave (permisjon), which is all that the hours ask about.
        part_time_decision: whether a decision lowers the minimum because of part time; ``None``
            when none is recorded.
        birth_date: day of birth.
        settled_on: day of settlement in the municipality (bosatt).
        permit_on: day on which the residence permit was given.
        offered_on: day on which the start of the programme was offered.
        has_children: has children under 18 years of age.
        mapping_on: day on which the mapping of competence was carried out.
        career_guidance_on: day on which the career guidance was carried out.
        contract_on: day on which the integration contract was signed.
        certificate_on: day on which the certificate of participation was given.
        norwegian_offered_on: first day from which Norwegian tuition was offered.
        health_hours: hours of life skills on migration, health and diversity carried out.
        career_hours: hours of life skills on career competence carried out.
        group_meetings: meetings of parental guidance in a group.
        individual_meetings: meetings of parental guidance for the parents alone.
        social_studies_hours: hours of social studies carried out.
        absences: days away without leave.
        leaves: the periods of ``leave`` with their kinds, in the same order.
        decisions: individual decisions, those without a day last.
        end_reason: why the programme ended.
        tests: Norwegian tests, in time.
        plans: versions of the integration plan that are agreed, in time.
        registered: events that somebody has ticked off as registered, each with its own day.
    """

    start: date | None
    planned_end: date | None = None
    actual_end: date | None = None
    protection: Protection | None = None
    upper_secondary: bool | None = None
    end_goal: EndGoal | None = None
    extent_percent: int | None = None
    hours: tuple[HoursRow, ...] = ()
    leave: tuple[Period, ...] = ()
    part_time_decision: bool | None = None
    birth_date: date | None = None
    settled_on: date | None = None
    permit_on: date | None = None
    offered_on: date | None = None
    has_children: bool | None = None
    mapping_on: date | None = None
    career_guidance_on: date | None = None
    contract_on: date | None = None
    certificate_on: date | None = None
    norwegian_offered_on: date | None = None
    health_hours: int | None = None
    career_hours: int | None = None
    group_meetings: int | None = None
    individual_meetings: int | None = None
    social_studies_hours: int | None = None
    absences: tuple[AbsenceRow, ...] = ()
    leaves: tuple[LeaveRow, ...] = ()
    decisions: tuple[DecisionRow, ...] = ()
    end_reason: EndReason | None = None
    tests: tuple[SittingRow, ...] = ()
    plans: tuple[PlanFacts, ...] = ()
    registered: frozenset[tuple[Registered, date]] = frozenset()

    def last_day(self, *, on: date) -> date | None:
        """Give the last day whose week is judged: the actual end, else the planned end.

        Where neither is known, weeks are judged up to ``on`` and no further.

        Reading:
            docs/law/weeks.md.
        """
        return self.actual_end or self.planned_end or (None if self.start is None else on)
