"""Reading the programme: the stored status of a week, and what the law engine asks about people."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from innpass.casework.participants.models import Participant
from innpass.casework.programme.models import Element, Enrolment, Leave, StatusSpan
from innpass.domain.law.assessment import Verdict
from innpass.domain.law.facts import HoursRow, PersonFacts
from innpass.domain.periods import IsoWeek, Period
from innpass.domain.sheets.fields import Activity, EndGoal, Protection

COUNTED = frozenset({Verdict.MET, Verdict.BELOW})  # weeks that the mean is taken over
_MANY = 5000  # more people than this are read with all others, not asked for one by one


def facts_of(participants: Collection[UUID]) -> dict[UUID, PersonFacts]:
    """Return the facts the law asks about, for those who have an enrolment. Three queries."""
    wanted = set(participants)
    few = len(wanted) <= _MANY

    def rows(model: Any, *columns: str) -> list[tuple[Any, ...]]:
        query = model.objects.all()
        if few:
            query = query.filter(participant__in=wanted)
        return [row for row in query.values_list("participant_id", *columns) if row[0] in wanted]

    hours: dict[UUID, list[HoursRow]] = defaultdict(list)
    for owner, kind, first, last, per_week in rows(
        Element, "kind", "first_day", "last_day", "hours_per_week"
    ):
        hours[owner].append(HoursRow(Activity(kind), Period(first, last), per_week))
    leave: dict[UUID, list[Period]] = defaultdict(list)
    for owner, first, last in rows(Leave, "first_day", "last_day"):
        leave[owner].append(Period(first, last))
    return {
        owner: PersonFacts(
            start=start,
            planned_end=planned,
            actual_end=actual,
            protection=Protection(protection) if protection else None,
            upper_secondary=schooling,
            end_goal=EndGoal(goal) if goal else None,
            extent_percent=extent,
            hours=tuple(sorted(hours[owner], key=lambda h: (h.period.first_day, h.activity))),
            leave=tuple(sorted(leave[owner], key=lambda p: p.first_day)),
        )
        for owner, start, planned, actual, protection, schooling, goal, extent in rows(
            Enrolment,
            "first_day",
            "planned_last_day",
            "actual_last_day",
            "protection",
            "upper_secondary",
            "end_goal",
            "extent_percent",
        )
    }


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
