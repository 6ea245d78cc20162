"""Lists of those whose programme, or right to Norwegian tuition, runs out, has, or is unknown."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.db.models import Count, F, Q, QuerySet

from innpass.casework.participants.queries import people_hidden_from
from innpass.casework.programme.models import Clock, Enrolment
from innpass.domain.access.policy import check_may_read
from innpass.domain.access.roles import Actor
from innpass.domain.law import clocks
from innpass.domain.sheets.fields import EndReason


class Of(StrEnum):
    """Which clock; that of the plan runs until it is assessed again (``plan_reviews``)."""

    PROGRAMME = "programme"
    NORWEGIAN = "norwegian"
    PLAN = "plan"


class Within(StrEnum):
    """Which list of a clock. Those of days begin with the day asked about."""

    OUT = "out"
    DAYS_30 = "30"
    DAYS_60 = "60"
    DAYS_90 = "90"
    MISSING = "missing"


CLOCKS = (Of.PROGRAMME, Of.NORWEGIAN)
READ_BY = {
    Of.PROGRAMME: "clock.programme_until",
    Of.NORWEGIAN: "clock.norwegian_until",
    Of.PLAN: "plan.version",
}
_UNTIL = {Of.PROGRAMME: "programme_until", Of.NORWEGIAN: "norwegian_until"}
# Who has the case, in the bodies that read the clocks.
ADVISERS = {"adviser": "programme.adviser", "nav_adviser": "nav.adviser"}


@dataclass(frozen=True, slots=True)
class Selection:
    """Which list, narrowed to some.

    Attributes:
        within: the list; ``None`` for the first that holds anybody.
        adviser, nav_adviser: whose cases; empty for everybody's.
        fact: of those of whom something is missing, this; empty for anything.
    """

    of: Of = Of.PROGRAMME
    within: Within | None = None
    adviser: str = ""
    nav_adviser: str = ""
    fact: str = ""


def _runs(on: date) -> Q:
    """Tell whose programme has not ended before a day, or has not begun."""
    last = "participant__enrolment__actual_last_day"
    return Q(**{f"{last}__isnull": True}) | Q(**{f"{last}__gte": on})


def _condition(of: Of, within: Within, on: date) -> Q:
    """Return who stands on a list.

    A programme that has ended runs out no more. The right to Norwegian goes on after it, unless the
    person has moved; that it has run out is told only of those in the programme, or the list would
    hold everybody who ever was.
    """
    until = _UNTIL[of]
    if within is Within.MISSING:
        return Q(missing__has_key=of.value) & _runs(on)
    if within is Within.OUT:
        return Q(**{f"{until}__lt": on}) & _runs(on)
    last = on + timedelta(days=int(within))
    soon = Q(**{f"{until}__gte": on, f"{until}__lte": last})
    if of is Of.PROGRAMME:
        return soon & _runs(on)
    return soon & (_runs(on) | ~Q(participant__enrolment__end_reason=EndReason.MOVED))


def _visible(actor: Actor) -> "QuerySet[Clock]":
    """Return the clocks of those whom the actor may see."""
    seen: QuerySet[Clock] = Clock.objects.all()
    return seen if actor.is_operator else seen.exclude(participant__in=people_hidden_from(actor))


def _narrowed(selection: Selection, actor: Actor) -> "QuerySet[Clock]":
    found = _visible(actor)
    for name in ADVISERS:
        if value := getattr(selection, name):
            found = found.filter(**{f"participant__enrolment__{name}": value})
    return found


def counts(selection: Selection, *, actor: Actor, on: date) -> dict[tuple[Of, Within], int]:
    """Count every list of the stored clocks, narrowed to the advisers of the selection. One query.

    Raises:
        MayNot: the actor may not read the clocks.
    """
    check_may_read(actor, READ_BY[Of.PROGRAMME])
    asked = {
        f"{of}_{within}": Count("pk", filter=_condition(of, within, on))
        for of in CLOCKS
        for within in Within
    }
    found = _narrowed(selection, actor).aggregate(**asked)
    return {(of, within): found[f"{of}_{within}"] for of in CLOCKS for within in Within}


def first_list(of: Of, found: Mapping[tuple[Of, Within], int]) -> Within:
    """Return the most urgent list that holds anybody, by what ``counts`` found."""
    in_days = (Within.OUT, Within.DAYS_30, Within.DAYS_60, Within.DAYS_90)
    return next((within for within in in_days if found[of, within]), Within.DAYS_90)


def clocks_on(selection: Selection, *, actor: Actor, on: date) -> "QuerySet[Clock]":
    """Return the clocks of a list with their people, the earliest last day first.

    Raises:
        MayNot: the actor may not read the clocks.
    """
    check_may_read(actor, READ_BY[selection.of])
    within = selection.within or Within.DAYS_90
    found = _narrowed(selection, actor).filter(_condition(selection.of, within, on))
    if within is Within.MISSING and selection.fact:
        found = found.filter(**{f"missing__{selection.of}__icontains": f'"{selection.fact}"'})
    return found.select_related("participant__enrolment", "participant__schooling").order_by(
        F(_UNTIL[selection.of]).asc(nulls_last=True), "participant__name", "pk"
    )


def facts_missing(selection: Selection, *, actor: Actor, on: date) -> Mapping[str, int]:
    """Count of how many each fact is missing for the selection's clock, most first. One query."""
    found = _narrowed(selection, actor).filter(_condition(selection.of, Within.MISSING, on))
    counted: Counter[str] = Counter()
    for missing, number in found.order_by().values_list("missing").annotate(Count("pk")):
        counted.update(dict.fromkeys(missing[selection.of], number))
    return dict(counted.most_common())


def advisers(*, actor: Actor) -> dict[str, list[str]]:
    """Return the advisers who have somebody the actor may see, by the names of ``ADVISERS``.

    One query.
    """
    people = _visible(actor).values("participant")
    named = Enrolment.objects.filter(participant__in=people).order_by()
    rows = list(named.values_list(*ADVISERS).distinct())
    return {
        name: sorted({row[place] for row in rows} - {""}) for place, name in enumerate(ADVISERS)
    }


def clock_of(row: Clock, of: Of) -> clocks.Clock:
    """Return a stored clock as one that counts what is used and what is left."""
    enrolment = row.participant.enrolment
    if of is Of.PROGRAMME:
        return clocks.Clock(
            clocks.PROGRAMME,
            enrolment.first_day,
            last_day=row.programme_until,
            last_possible_day=row.programme_possible_until,
            ended_on=enrolment.actual_last_day,
        )
    schooling = getattr(row.participant, "schooling", None)
    return clocks.Clock(
        clocks.NORWEGIAN,
        schooling.norwegian_offered_on if schooling else None,
        last_day=row.norwegian_until,
        last_possible_day=row.norwegian_possible_until,
    )
