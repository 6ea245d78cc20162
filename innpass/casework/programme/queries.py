"""Reading the programme: what the law engine needs to know about people."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any
from uuid import UUID

from innpass.casework.programme.models import Element, Enrolment, Leave
from innpass.domain.law.facts import HoursRow, PersonFacts
from innpass.domain.periods import Period
from innpass.domain.sheets.fields import Activity, EndGoal, Protection

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
