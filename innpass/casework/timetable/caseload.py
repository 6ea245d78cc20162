"""Everybody's week at a glance: who has one, and whether it holds what the law asks."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, Count, F, FloatField, OuterRef, Q, QuerySet, Sum, When
from django.db.models import Value as Literal
from django.db.models.functions import Coalesce, Least

from innpass.casework.overview.models import OverviewRow
from innpass.casework.overview.queries import Selection, selected
from innpass.casework.programme.models import Decision, Leave, PlannedHours, StatusSpan
from innpass.casework.programme.readings import law_here
from innpass.casework.timetable.queries import Week, weeks_in_force, weeks_of_group
from innpass.domain.access.roles import Actor
from innpass.domain.law.hours import counted_activities, full_time_hours
from innpass.domain.periods import IsoWeek
from innpass.domain.sheets.fields import DecisionKind

_FRIDAY = timedelta(days=4)
_WHOLE = 100.0
_NEARLY = 1e-6  # hours are stored as fractions


class Standing(StrEnum):
    """How somebody's week stands. ``SHORT`` is one that holds less than it should."""

    WITHOUT = "without"
    SHORT = "short"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose weeks are looked at; all that is empty narrows nothing.

    Attributes:
        adviser: the programme adviser's name.
        group: those who are in it that week.
    """

    week: IsoWeek
    standing: Standing | None = None
    adviser: str = ""
    group: UUID | None = None
    search: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody's week, in hours.

    Attributes:
        planned, oriented: by the timetable; ``None`` where there is none.
        stated: what the sheets say for the week, where there is no timetable and they say so.
        asked, minimum: what the week should hold; ``minimum`` is 0 where none binds that week.
        week: in force; ``None`` where there is none.
    """

    participant: UUID
    name: str
    planned: float | None
    oriented: float | None
    stated: float | None
    asked: float
    minimum: float
    standing: Standing
    week: Week | None


@dataclass(frozen=True, slots=True)
class Caseload:
    """Some of those with a week to plan, and how many there are.

    Attributes:
        counts: in all (``None``) and by how the week stands.
    """

    lines: list[Line]
    counts: dict[Standing | None, int]


def look_at(wanted: Wanted, *, actor: Actor, start: int, size: int) -> Caseload:
    """Return those with a week to plan, by name, from ``start`` on. A fixed number of queries.

    Everybody is measured and counted by the database: only those who are shown are read.
    """
    columns = ("standing", "participant", "name", "planned", "oriented", "asked", "minimum_now")
    rows = _measured(_rows(wanted, actor=actor), wanted.week)
    known = rows.order_by().values_list("standing").annotate(people=Count("pk"))
    counts: dict[Standing | None, int] = dict.fromkeys(Standing, 0)
    counts |= {Standing(standing): people for standing, people in known}
    counts[None] = sum(counts.values())
    if wanted.standing is not None:
        rows = rows.filter(standing=wanted.standing)
    chosen = list(rows.order_by("name", "pk").values_list(*columns)[start : start + size])
    people = [each[1] for each in chosen]
    weeks = weeks_in_force(people, week=wanted.week)
    stated = _stated(people, wanted.week)
    found = [
        Line(
            participant=pk,
            name=name,
            planned=planned,
            oriented=oriented if planned is not None else None,
            stated=stated.get(pk),
            asked=asked,
            minimum=minimum,
            standing=Standing(standing),
            week=weeks.get(pk),
        )
        for standing, pk, name, planned, oriented, asked, minimum in chosen
    ]
    return Caseload(found, counts)


def _rows(wanted: Wanted, *, actor: Actor) -> "QuerySet[OverviewRow]":
    """Return the rows of those who have a week to plan."""
    week = wanted.week
    filters = {"adviser": wanted.adviser} if wanted.adviser else {}
    selection = Selection(filters=filters, group="all", search=wanted.search)
    rows = selected(selection, actor=actor, on=week.monday).filter(
        Q(actual_last_day=None) | Q(actual_last_day__gte=week.monday), first_day__lte=week.sunday
    )
    away = Leave.objects.filter(first_day__lte=week.monday, last_day__gte=week.monday + _FRIDAY)
    rows = rows.exclude(participant__in=away.values("participant"))
    if wanted.group is not None:
        rows = rows.filter(participant__in=weeks_of_group(wanted.group, week=week))
    return rows


def _measured(rows: "QuerySet[Any, Any]", week: IsoWeek) -> "QuerySet[Any, Any]":
    """Add the hours of the week by the timetables, what is asked of it, and how it stands."""
    law = law_here()
    whole = full_time_hours(start=week.monday, law=law)
    counted = counted_activities(week.monday, law=law)
    in_force = PlannedHours.objects.filter(
        Q(last_day=None) | Q(last_day__gte=week.monday),
        participant=OuterRef("participant"),
        first_day__lte=week.monday,
    ).order_by()
    sums = in_force.values("participant").annotate(hours=Sum("hours_per_week"))
    part_time = Decision.objects.filter(kind=DecisionKind.PART_TIME).values("participant")
    extent = F("participant__enrolment__extent_percent")
    measured: QuerySet[Any, Any] = rows.annotate(
        planned=sums.values("hours"),
        oriented=Coalesce(sums.filter(kind__in=counted).values("hours"), 0.0),
        asked=Case(
            When(
                Q(participant__in=part_time) & Q(participant__enrolment__extent_percent__gt=0),
                then=Least(Literal(_WHOLE), extent * 1.0) * whole / _WHOLE,
            ),
            default=whole,
            output_field=FloatField(),
        ),
        minimum_now=Case(
            When(
                counts_from__lte=week.monday,
                minimum__isnull=False,
                then=Least(F("minimum"), Literal(whole)),
            ),
            default=0.0,
            output_field=FloatField(),
        ),
    )
    return measured.annotate(
        standing=Case(
            When(planned=None, then=Literal(Standing.WITHOUT)),
            When(
                planned__gte=F("asked") - _NEARLY,
                oriented__gte=F("minimum_now") - _NEARLY,
                then=Literal(Standing.FULL),
            ),
            default=Literal(Standing.SHORT),
            output_field=CharField(),
        )
    )


def _stated(people: Collection[UUID], week: IsoWeek) -> dict[UUID, float]:
    """Return the hours of the week as the status has them, for those whose programme it lies in."""
    spans = StatusSpan.objects.filter(
        participant__in=people, first_monday__lte=week.monday, last_monday__gte=week.monday
    )
    found: dict[UUID, Any] = dict(spans.values_list("participant", "total_hours"))
    return found
