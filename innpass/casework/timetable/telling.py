"""What a person's timetables say beside the hours that the sheets state."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q

from innpass.casework.programme.models import Element, PlannedHours
from innpass.casework.programme.readings import law_here
from innpass.domain.law.hours import counted_activities
from innpass.domain.sheets.fields import Activity

_WEEK = timedelta(days=6)
_SATURDAY, _SUNDAY = 5, 6
_NEARLY = 0.01  # hours are stored as fractions
# The sheets count these in lessons, timetables in clock hours: they are not held together.
_IN_LESSONS = frozenset({Activity.NORWEGIAN, Activity.VOCATIONAL_NORWEGIAN})


@dataclass(frozen=True, slots=True)
class Planned:
    """Weeks in which a timetable holds, and what it says, in hours a week.

    Attributes:
        last_day: inclusive; ``None`` where it holds until another takes its place.
        hours, oriented: all programme time, and what counts against the work-oriented minimum.
        stated: what the sheets say of the first of those weeks, in their own units; it does not
            count. ``None`` where they say nothing.
        differing: activities of which the two do not say the same.
    """

    first_day: date
    last_day: date | None
    hours: float
    oriented: float
    stated: float | None
    differing: tuple[Activity, ...]


def planned_for(participant: UUID, *, on: date, start: date | None) -> list[Planned]:
    """Return what timetables say on a day and later, in order of time. Two queries at most.

    What is left of a week when a group has ended on its Friday is not told.

    Args:
        start: the first day of the programme, which decides what is work-oriented.
    """
    rows = PlannedHours.objects.filter(
        Q(last_day=None) | Q(last_day__gte=on), participant=participant
    )
    hours: dict[tuple[date, date | None], dict[str, float]] = defaultdict(dict)
    for first, last, kind, per_week in rows.values_list(
        "first_day", "last_day", "kind", "hours_per_week"
    ):
        hours[first, last][kind] = per_week
    if not hours:
        return []
    counted = {each.value for each in counted_activities(start or on, law=law_here())}
    elements = list(
        Element.objects.filter(participant=participant).values_list(
            "kind", "first_day", "last_day", "hours_per_week"
        )
    )
    found = []
    for (first, last), of_kind in sorted(hours.items(), key=lambda each: each[0][0]):
        to_sunday = timedelta(days=_SUNDAY - first.weekday())
        if first.weekday() >= _SATURDAY and last is not None and last - first <= to_sunday:
            continue
        stated: dict[str, float] = defaultdict(float)
        for kind, begins, ends, per_week in elements:
            if begins <= first + _WEEK and (ends is None or ends >= first):
                stated[kind] += per_week or 0.0
        found.append(
            Planned(
                first_day=first,
                last_day=last,
                hours=sum(of_kind.values()),
                oriented=sum(each for kind, each in of_kind.items() if kind in counted),
                stated=sum(stated.values()) if stated else None,
                differing=_differing(of_kind, stated),
            )
        )
    return found


def _differing(planned: Mapping[str, float], stated: Mapping[str, float]) -> tuple[Activity, ...]:
    return tuple(
        kind
        for kind in Activity
        if kind not in _IN_LESSONS
        and abs(planned.get(kind.value, 0.0) - stated.get(kind.value, 0.0)) > _NEARLY
    )
