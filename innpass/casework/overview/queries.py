"""Reading the grid: filters, counters and pages. A counter and its list are one query."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import CharField, Count, F, Q, QuerySet, Value
from django.db.models.functions import Cast

from innpass.casework.overview.case import Case, Law, case_of
from innpass.casework.overview.columns import searchable
from innpass.casework.overview.models import OverviewRow
from innpass.casework.participants.queries import may_be_seen
from innpass.domain.access.roles import Actor
from innpass.domain.linking.names import fold

__all__ = [
    "Case",
    "Counts",
    "Law",
    "OverviewRow",
    "Selection",
    "case_of",
    "count",
    "counters",
    "offered_choices",
    "ordered",
    "rows_for",
    "selected",
]

DAYS_ENDING_SOON = 60
DAYS_WITHOUT_CONTACT = 14

# The filters that take a value, and the column each asks about.
CHOICE_FILTERS = {
    "status": "verdict",
    "step": "step",
    "supervisor": "supervisor",
    "adviser": "adviser",
    "term": "term",
    "class_name": "class_name",
    "track": "track",
}

SORTS: dict[str, tuple[str, ...]] = {
    "need": ("attention", "next_due", "name"),
    "name": ("name",),
    "step": ("step", "name"),
    "status": ("verdict", "name"),
    "hours": ("hours", "name"),
    "average": ("average", "name"),
    "placement": ("unit", "name"),
    "next_step": ("next_due", "name"),
    "last_contact": ("last_contact", "name"),
    "term": ("term", "name"),
    "programme": ("planned_last_day", "name"),
    "track": ("track", "class_name", "name"),
    "level": ("speaking", "listening", "name"),
    "test": ("test_day", "name"),
    "adviser": ("adviser", "name"),
    "supervisor": ("supervisor", "name"),
    "nav_adviser": ("nav_adviser", "name"),
    "teacher": ("teacher", "name"),
    "visma_refugee": ("visma_refugee",),
    "visma_learning": ("visma_learning",),
    "socio": ("socio",),
    "handover": ("handover", "name"),
}
DEFAULT_SORT = "need"


def counters(on: date) -> dict[str, Q]:
    """Return the conditions that stand above the list as numbers, in their order."""
    return {
        "below": Q(is_active=True, verdict="below"),
        "overdue": Q(attention=0, next_due__lt=on),
        "visits": Q(visit_due__lte=on + timedelta(days=DAYS_WITHOUT_CONTACT)),
        "placement_ends": Q(
            placement_last_day__gte=on, placement_last_day__lte=on + timedelta(days=30)
        ),
        "ending": Q(
            is_active=True,
            planned_last_day__gte=on,
            planned_last_day__lte=on + timedelta(days=DAYS_ENDING_SOON),
        ),
        "without_placement": Q(is_active=True, unit="", end_goal="work"),
    }


@dataclass(frozen=True, slots=True)
class Selection:
    """Which rows, in which order. ``filters`` holds only known names with a value."""

    filters: Mapping[str, str] = field(default_factory=dict)
    counter: str = ""
    group: str = "active"  # active, ended or all
    search: str = ""
    sort: str = DEFAULT_SORT
    descending: bool = False


def rows_for(actor: Actor) -> "QuerySet[OverviewRow]":
    """Return the rows of people whom the actor may see."""
    rows: QuerySet[OverviewRow] = OverviewRow.objects.filter(may_be_seen(actor, "participant__"))
    return rows


def selected(selection: Selection, *, actor: Actor, on: date) -> "QuerySet[OverviewRow]":
    """Return the rows of a selection, in no order."""
    rows = rows_for(actor)
    if selection.group == "active":
        rows = rows.filter(is_active=True)
    elif selection.group == "ended":
        rows = rows.filter(is_active=False)
    if selection.counter in counters(on):
        rows = rows.filter(counters(on)[selection.counter])
    for name, value in selection.filters.items():
        rows = rows.filter(**{CHOICE_FILTERS[name]: value})
    for condition in matching(selection.search, actor=actor):
        rows = rows.filter(condition)
    return rows


def matching(words: str, *, actor: Actor) -> Iterator[Q]:
    """Yield a condition for each word searched for, on what the viewer may read and nothing else.

    Otherwise one could find out a person's Socio number by trying.
    """
    columns = searchable(actor)
    for word in (*fold(words), *re.findall(r"\d+", words)):
        condition = Q()
        for column in columns:
            condition |= Q(**{f"{column}__contains": word})
        yield condition


def ordered(rows: "QuerySet[OverviewRow]", selection: Selection) -> "QuerySet[OverviewRow]":
    """Order rows; unknown values come last whichever way, and the id settles ties."""
    columns = SORTS.get(selection.sort, SORTS[DEFAULT_SORT])
    down = selection.descending
    first = columns[0]
    head = F(first).desc(nulls_last=True) if down else F(first).asc(nulls_last=True)
    if not OverviewRow._meta.get_field(first).null:
        head = F(first).desc() if down else F(first).asc()
    rest = [
        F(c).asc(nulls_last=True) if OverviewRow._meta.get_field(c).null else F(c).asc()
        for c in columns[1:]
    ]
    return rows.order_by(head, *rest, "pk")


@dataclass(frozen=True, slots=True)
class Counts:
    """How many people stand in each counter's list and in each group, of those one may see."""

    counters: dict[str, int]
    active: int
    ended: int
    visible: int


def count(*, actor: Actor, on: date) -> Counts:
    """Count every counter and group in one query."""
    conditions = counters(on)
    found: dict[str, Any] = rows_for(actor).aggregate(
        visible=Count("pk"),
        active=Count("pk", filter=Q(is_active=True)),
        **{
            f"counter_{name}": Count("pk", filter=condition & Q(is_active=True))
            for name, condition in conditions.items()
        },
    )
    return Counts(
        counters={name: found[f"counter_{name}"] for name in conditions},
        active=found["active"],
        ended=found["visible"] - found["active"],
        visible=found["visible"],
    )


_OFFERED = ("supervisor", "adviser", "term", "class_name", "track")


def offered_choices(*, actor: Actor) -> dict[str, list[str]]:
    """Return the values each filter can take, in order, in one query.

    People with a protected address offer nothing, not even to those who may see them.
    """
    rows = OverviewRow.objects.filter(participant__is_protected=False).order_by()
    query = None
    for name in _OFFERED:
        column = CHOICE_FILTERS[name]
        part = (
            rows.exclude(**{column: None if name == "track" else ""})
            .annotate(filter_name=Value(name), filter_value=Cast(column, CharField()))
            .values_list("filter_name", "filter_value")
            .distinct()
        )
        query = part if query is None else query.union(part)
    offered: dict[str, list[str]] = {name: [] for name in _OFFERED}
    for name, value in query or ():
        offered[name].append(value)
    return {name: sorted(values) for name, values in offered.items()}
