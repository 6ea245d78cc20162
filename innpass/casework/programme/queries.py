"""Reading the programme: the stored status of a week, and what the law engine asks about people."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q

from innpass.casework.organisations.reading import rows_by_owner
from innpass.casework.participants.models import Participant
from innpass.casework.plans.queries import plan_facts
from innpass.casework.programme.models import (
    Absence,
    Decision,
    Element,
    Enrolment,
    Leave,
    PlannedHours,
    StatusSpan,
)
from innpass.casework.programme.planned import hours_rows
from innpass.casework.programme.registered import Registration
from innpass.domain.law.assessment import Verdict
from innpass.domain.law.facts import (
    AbsenceRow,
    DecisionRow,
    LeaveRow,
    PersonFacts,
    PlanFacts,
    SittingRow,
)
from innpass.domain.law.registered import Registered
from innpass.domain.periods import IsoWeek, Period
from innpass.domain.sheets.fields import (
    SKILLS,
    AbsenceKind,
    DecisionKind,
    EndGoal,
    EndReason,
    LeaveKind,
    Protection,
)

COUNTED = frozenset({Verdict.MET, Verdict.BELOW})  # weeks that the mean is taken over
_MANY = 5000  # more people than this are read with all others, not asked for one by one

Rows = Iterable[tuple[Any, ...]]
_Grouped = Mapping[UUID, Sequence[tuple[Any, ...]]]

# What the law asks about a person of whom there is one value, and where it stands.
_PLACES = {
    **{
        name: name
        for name in (
            *("first_day", "planned_last_day", "actual_last_day", "end_reason", "protection"),
            *("upper_secondary", "end_goal", "extent_percent", "settled_on", "permit_on"),
            *("offered_on", "has_children", "mapping_on", "career_guidance_on", "contract_on"),
            *("certificate_on", "health_hours", "career_hours", "group_meetings"),
            *("individual_meetings",),
        )
    },
    "birth_date": "participant__birth_date",
    "norwegian_offered_on": "participant__schooling__norwegian_offered_on",
    "social_studies_hours": "participant__schooling__social_studies_hours",
}
_READ = {
    *("first_day", "planned_last_day", "actual_last_day", "end_reason", "protection", "end_goal")
}
_AS_THEY_STAND = tuple(name for name in _PLACES if name not in _READ)


def facts_of(participants: Collection[UUID]) -> dict[UUID, PersonFacts]:
    """Return the facts the law asks about, for those who have an enrolment. Nine queries."""
    wanted = set(participants)
    few = len(wanted) <= _MANY

    def read(query: Any, columns: Sequence[str], owner: str = "participant_id") -> _Grouped:
        if few:
            query = query.filter(**{f"{owner}__in": wanted})
        return rows_by_owner(query, columns, owner=owner, owners=wanted)

    hours = read(Element.objects.all(), HOURS_COLUMNS)
    planned = read(PlannedHours.objects.all(), HOURS_COLUMNS)
    leaves = read(Leave.objects.all(), LEAVE_COLUMNS)
    absences = read(Absence.objects.all(), ABSENCE_COLUMNS)
    decisions = read(Decision.objects.all(), DECISION_COLUMNS)
    plans = plan_facts(wanted if few else None)
    tested = Participant.objects.filter(tests__isnull=False)
    tests = read(tested, [f"tests__{name}" for name in TEST_COLUMNS], owner="pk")
    registered = read(Registration.objects.exclude(registered_at=None), ("kind", "day"))
    return {
        owner: facts_from(
            dict(zip(_PLACES, values, strict=True)),
            hours=hours.get(owner, ()),
            planned=planned.get(owner, ()),
            leaves=leaves.get(owner, ()),
            absences=absences.get(owner, ()),
            decisions=decisions.get(owner, ()),
            tests=tests.get(owner, ()),
            plans=plans.get(owner, ()),
            registered=frozenset(
                (Registered(kind), day) for kind, day in registered.get(owner, ())
            ),
        )
        for owner, [values] in read(Enrolment.objects.all(), [*_PLACES.values()]).items()
    }


# The columns of the rows that ``facts_from`` takes.
HOURS_COLUMNS = ("kind", "first_day", "last_day", "hours_per_week")
LEAVE_COLUMNS = ABSENCE_COLUMNS = ("kind", "first_day", "last_day")
DECISION_COLUMNS = ("kind", "day", "first_day", "last_day")
TEST_COLUMNS = ("day", *SKILLS)


def facts_from(
    values: Mapping[str, Any],
    *,
    hours: Rows,
    leaves: Rows,
    absences: Rows,
    decisions: Rows,
    tests: Rows,
    planned: Rows = (),
    plans: tuple[PlanFacts, ...] = (),
    registered: frozenset[tuple[Registered, date]] = frozenset(),
) -> PersonFacts:
    """Put the facts the law asks about a person together from columns, as they are stored.

    Args:
        values: by the column's name in ``Enrolment``, ``Schooling`` or ``Participant``.
        hours, leaves, absences, decisions, tests: rows of ``HOURS_COLUMNS`` and so on, in any
            order.
        planned: of ``HOURS_COLUMNS``, too, by the timetables in force (``planned.hours_rows``).
        plans: as ``plans.queries.plan_facts`` gives them.
        registered: the events that are ticked off, each with its day.
    """
    kept = sorted(
        (
            LeaveRow(LeaveKind(kind) if kind else None, Period(first, last))
            for kind, first, last in leaves
        ),
        key=lambda leave: leave.period.first_day,
    )
    decided = sorted(
        (DecisionRow(DecisionKind(kind), *days) for kind, *days in decisions),
        key=lambda d: (d.day or date.max, d.first_day or date.max, d.kind),
    )
    return PersonFacts(
        start=values["first_day"],
        planned_end=values["planned_last_day"],
        actual_end=values["actual_last_day"],
        protection=Protection(values["protection"]) if values["protection"] else None,
        end_goal=EndGoal(values["end_goal"]) if values["end_goal"] else None,
        hours=tuple(hours_rows(hours, planned)),
        leave=tuple(leave.period for leave in kept),
        part_time_decision=any(d.kind is DecisionKind.PART_TIME for d in decided) or None,
        absences=tuple(
            sorted(
                (
                    AbsenceRow(AbsenceKind(kind) if kind else None, Period(first, last))
                    for kind, first, last in absences
                ),
                key=lambda a: a.period.first_day,
            )
        ),
        leaves=tuple(kept),
        decisions=tuple(decided),
        end_reason=EndReason(values["end_reason"]) if values["end_reason"] else None,
        tests=tuple(
            SittingRow(day, (listening, reading, writing, speaking))
            for day, listening, reading, writing, speaking in sorted(tests)
        ),
        plans=plans,
        registered=registered,
        **{name: values[name] for name in _AS_THEY_STAND},
    )


@dataclass(frozen=True, slots=True)
class StoredWeek:
    """What is stored about one week of one person.

    Attributes:
        verdict: the week's status.
        hours: work-oriented hours of the week; ``total_hours`` are those of all activities.
        average: mean of work-oriented hours over the counted weeks so far, this one included;
            ``None`` where none has counted yet.
    """

    verdict: Verdict
    hours: float
    total_hours: float
    average: float | None


def stored_week(participants: Collection[UUID], week: IsoWeek) -> dict[UUID, StoredWeek]:
    """Return the stored status of a week, for those whose programme it lies in. Two queries.

    A programme without a first day has no weeks; its status is unknown in every week. One without
    a known end has weeks until the day its status was last computed, which the worker sees to.
    """
    wanted = set(participants)
    few = len(wanted) <= _MANY
    enrolments = Enrolment.objects.filter(first_day=None)
    spans = StatusSpan.objects.filter(first_monday__lte=week.monday)
    if few:
        enrolments = enrolments.filter(participant__in=wanted)
        spans = spans.filter(participant__in=wanted)
    without_start = set(enrolments.values_list("participant_id", flat=True)) & wanted
    found = {pk: StoredWeek(Verdict.UNKNOWN, 0.0, 0.0, None) for pk in without_start}
    summed: dict[UUID, float] = defaultdict(float)
    counted: dict[UUID, int] = defaultdict(int)
    columns = ("participant_id", "first_monday", "last_monday", "verdict", "hours", "total_hours")
    for owner, first, last, verdict, hours, total in spans.order_by("first_monday").values_list(
        *columns
    ):
        if verdict in COUNTED:
            weeks = (min(last, week.monday) - first).days // 7 + 1
            summed[owner] += hours * weeks
            counted[owner] += weeks
        if owner in wanted and last >= week.monday:
            mean = summed[owner] / counted[owner] if counted[owner] else None
            found[owner] = StoredWeek(Verdict(verdict), hours, total, mean)
    return found


def next_step_of(participant: Participant) -> dict[str, Any]:
    """Return the next step that people have written, by field; empty where none is known."""
    enrolment = getattr(participant, "enrolment", None)
    names = ("next_step", "next_step_owner", "next_step_due")
    return {name: getattr(enrolment, name) for name in names} if enrolment else {}


def with_planned_hours(participants: Collection[Any], *, on: date) -> set[UUID]:
    """Return those of some people whose hours in the week of a day a timetable gives. One query."""
    monday = on - timedelta(days=on.weekday())
    rows = PlannedHours.objects.filter(
        Q(last_day=None) | Q(last_day__gte=monday),
        participant__in=participants,
        first_day__lte=monday + timedelta(days=6),
    )
    return set(rows.values_list("participant", flat=True))
