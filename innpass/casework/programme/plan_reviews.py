"""When the integration plans of those in the programme are to be assessed again."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from innpass.casework.participants.queries import people_hidden_from
from innpass.casework.plans.queries import InForce, plans_in_force
from innpass.casework.programme.deadlines import ADVISERS, Selection, Within
from innpass.casework.programme.models import Enrolment
from innpass.domain.access.policy import check_may_read
from innpass.domain.access.roles import Actor

NO_PLAN, NO_DAY = "plan.none", "plan.review_on"
READ_BY = "plan.version"


@dataclass(frozen=True, slots=True)
class Review:
    """A person in the programme, and the plan in force; ``None`` where none is agreed here."""

    participant: UUID
    name: str
    first_day: date
    adviser: str
    nav_adviser: str
    plan: InForce | None

    @property
    def due(self) -> date | None:
        """The day by which the plan is assessed again, where it names one."""
        return self.plan.review_on if self.plan else None

    @property
    def missing(self) -> str:
        """What hinders saying when it is due; empty where nothing does."""
        if self.plan is None:
            return NO_PLAN
        return "" if self.plan.review_on else NO_DAY


def reviews(selection: Selection, *, actor: Actor, on: date) -> list[Review]:
    """Return everybody in the programme on a day, the earliest review first. Three queries.

    Narrowed to the advisers of the selection, not to its list.

    Raises:
        MayNot: the actor may not read about plans.
    """
    rows = list(
        _in_programme(selection, actor=actor, on=on).values_list(
            *("participant_id", "participant__name", "first_day", "adviser", "nav_adviser")
        )
    )
    plans = plans_in_force() if rows else {}
    people = [
        Review(pk, name, first_day, adviser, nav_adviser, plans.get(pk))
        for pk, name, first_day, adviser, nav_adviser in rows
    ]
    return sorted(people, key=lambda one: (one.due or date.max, one.name, one.participant.int))


def _in_programme(selection: Selection, *, actor: Actor, on: date) -> "QuerySet[Enrolment]":
    check_may_read(actor, READ_BY)
    found: QuerySet[Enrolment] = Enrolment.objects.filter(
        Q(actual_last_day=None) | Q(actual_last_day__gte=on), first_day__lte=on
    )
    if not actor.is_operator:
        found = found.exclude(participant__in=people_hidden_from(actor))
    for name in ADVISERS:
        if value := getattr(selection, name):
            found = found.filter(**{name: value})
    return found


def is_on(one: Review, within: Within, *, on: date) -> bool:
    """Tell whether somebody stands on a list. Those of days begin with the day asked about."""
    if within is Within.MISSING:
        return bool(one.missing)
    return one.due is not None and _is_within(one.due, within, on)


def _is_within(due: date, within: Within, on: date) -> bool:
    if within is Within.MISSING:
        return False
    if within is Within.OUT:
        return due < on
    return on <= due <= on + timedelta(days=int(within))


def numbers(selection: Selection, *, actor: Actor, on: date) -> dict[Within, int]:
    """Count who stands on each list, as ``is_on`` tells of ``reviews``. Three queries.

    Only those whose plan names a day are looked at one by one.

    Raises:
        MayNot: the actor may not read about plans.
    """
    found = _in_programme(selection, actor=actor, on=on)
    plans = plans_in_force()
    due = {person: plan.review_on for person, plan in plans.items() if plan.review_on}
    days = [
        due[person]
        for person in found.filter(participant__in=due).values_list("participant_id", flat=True)
    ]
    counted = {within: sum(_is_within(day, within, on) for day in days) for within in Within}
    return counted | {Within.MISSING: found.count() - len(days)}


def missing_of(people: list[Review]) -> Mapping[str, int]:
    """Count of how many each thing is missing, most first."""
    return dict(Counter(one.missing for one in people if one.missing).most_common())
