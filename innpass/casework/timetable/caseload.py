"""Everybody's week at a glance: who has one, and whether it holds what the law asks."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, Exists, F, FloatField, OuterRef, Q, QuerySet, Sum, When
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


_CONDITIONS: dict[Standing, Q] = {
    Standing.WITHOUT: Q(planned=None),
    Standing.SHORT: Q(planned__lt=F("asked") - _NEARLY)
    | Q(oriented__lt=F("minimum_now") - _NEARLY),
    Standing.FULL: Q(planned__gte=F("asked") - _NEARLY, oriented__gte=F("minimum_now") - _NEARLY),
}


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


def count(wanted: Wanted, *, actor: Actor) -> dict[Standing | None, int]:
    """Count those with a week to plan, in all (``None``) and by how it stands. One query."""
    found = _rows(wanted, actor=actor).aggregate(
        every=Count("pk"),
        **{each.value: Count("pk", filter=condition) for each, condition in _CONDITIONS.items()},
    )
    counts: dict[Standing | None, int] = {each: found[each.value] for each in Standing}
    counts[None] = found["every"]
    return counts


def lines(wanted: Wanted, *, actor: Actor, start: int, size: int) -> list[Line]:
    """Return some of those with a week to plan, by name. A fixed number of queries."""
    rows = _rows(wanted, actor=actor)
    if wanted.standing is not None:
        rows = rows.filter(_CONDITIONS[wanted.standing])
    columns = ("participant", "name", "planned", "oriented", "asked", "minimum_now")
    chosen = rows.order_by("name", "pk").values_list(*columns)[start : start + size]
    found = [tuple(each) for each in chosen]
    people = [each[0] for each in found]
    weeks = weeks_in_force(people, week=wanted.week) if people else {}
    stated = _stated(people, wanted.week)
    return [
        Line(
            participant=pk,
            name=name,
            planned=planned,
            oriented=oriented,
            stated=stated.get(pk),
            asked=asked,
            minimum=minimum,
            standing=_standing(planned, oriented, asked, minimum),
            week=weeks.get(pk),
        )
        for pk, name, planned, oriented, asked, minimum in found
    ]


def _standing(
    planned: float | None, oriented: float | None, asked: float, minimum: float
) -> Standing:
    if planned is None:
        return Standing.WITHOUT
    is_full = planned >= asked - _NEARLY and (oriented or 0.0) >= minimum - _NEARLY
    return Standing.FULL if is_full else Standing.SHORT


def _rows(wanted: Wanted, *, actor: Actor) -> "QuerySet[OverviewRow]":
    """Return the rows of those who have a week to plan, with its hours and what is asked of it."""
    week = wanted.week
    filters = {"adviser": wanted.adviser} if wanted.adviser else {}
    selection = Selection(filters=filters, group="all", search=wanted.search)
    rows = selected(selection, actor=actor, on=week.monday).filter(
        Q(actual_last_day=None) | Q(actual_last_day__gte=week.monday), first_day__lte=week.sunday
    )
    away = Leave.objects.filter(
        participant=OuterRef("participant"),
        first_day__lte=week.monday,
        last_day__gte=week.monday + _FRIDAY,
    )
    rows = rows.exclude(Exists(away))
    if wanted.group is not None:
        rows = rows.filter(participant__in=weeks_of_group(wanted.group, week=week))
    return _measured(rows, week)


def _measured(rows: "QuerySet[OverviewRow]", week: IsoWeek) -> "QuerySet[OverviewRow]":
    law = law_here()
    whole = full_time_hours(start=week.monday, law=law)
    counted = counted_activities(week.monday, law=law)
    planned = (
        PlannedHours.objects.filter(
            Q(last_day=None) | Q(last_day__gte=week.sunday),
            participant=OuterRef("participant"),
            first_day__lte=week.monday,
        )
        .order_by()
        .values("participant")
    )
    of_kind = Q(kind__in=counted)
    part_time = Decision.objects.filter(
        participant=OuterRef("participant"), kind=DecisionKind.PART_TIME
    )
    extent = F("participant__enrolment__extent_percent")
    measured: QuerySet[OverviewRow] = rows.annotate(
        planned=planned.annotate(all=Sum("hours_per_week")).values("all"),
        oriented=planned.annotate(all=Coalesce(Sum("hours_per_week", filter=of_kind), 0.0)).values(
            "all"
        ),
        asked=Case(
            When(
                Exists(part_time) & Q(participant__enrolment__extent_percent__gt=0),
                then=Least(Literal(_WHOLE), extent * 1.0) * whole / _WHOLE,
            ),
            default=whole,
            output_field=FloatField(),
        ),
        minimum_now=Case(
            When(counts_from__lte=week.monday, then=Least(F("minimum"), Literal(whole))),
            default=0.0,
            output_field=FloatField(),
        ),
    )
    return measured


def _stated(people: Collection[UUID], week: IsoWeek) -> dict[UUID, float]:
    """Return the hours of the week as the status has them, for those whose programme it lies in."""
    spans = StatusSpan.objects.filter(
        participant__in=people, first_monday__lte=week.monday, last_monday__gte=week.monday
    )
    found: dict[UUID, Any] = dict(spans.values_list("participant", "total_hours"))
    return found
