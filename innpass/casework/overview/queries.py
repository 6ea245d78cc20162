"""Reading the grid: filters, counters and pages. A counter and its list are one query."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.lookups import IsNull

from innpass.casework.overview.case import Case, Law, case_of
from innpass.casework.overview.choices import offered_choices
from innpass.casework.overview.columns import searchable
from innpass.casework.overview.models import OverviewRow
from innpass.casework.overview.spellings import set_apart, spelling
from innpass.casework.overview.trigrams import narrowed
from innpass.casework.overview.visits import has_changed
from innpass.casework.participants.queries import people_hidden_from
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
    "page_of",
    "rows_for",
    "selected",
    "total_of",
]

DAYS_ENDING_SOON = 60
DAYS_RUNNING_OUT = 90
DAYS_TO_VISIT = 14

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

GROUPS = {"active": Q(is_active=True), "ended": Q(is_active=False), "all": Q()}

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
    "programme_until": ("programme_until", "name"),
    "norwegian_until": ("norwegian_until", "name"),
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
        "overdue": Q(attention__in=(0, 1), next_due__lt=on),
        "visits": Q(visit_due__lte=on + timedelta(days=DAYS_TO_VISIT)),
        "placement_ends": Q(
            placement_last_day__gte=on, placement_last_day__lte=on + timedelta(days=30)
        ),
        "ending": Q(
            is_active=True,
            planned_last_day__gte=on,
            planned_last_day__lte=on + timedelta(days=DAYS_ENDING_SOON),
        ),
        "running_out": Q(
            is_active=True, programme_until__lte=on + timedelta(days=DAYS_RUNNING_OUT)
        ),
        "without_placement": Q(is_active=True, placement_kind="", end_goal="work"),
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
    rows: QuerySet[OverviewRow] = OverviewRow.objects.all()
    if not actor.is_operator:
        rows = rows.exclude(participant__in=people_hidden_from(actor))
    return rows


def selected(selection: Selection, *, actor: Actor, on: date) -> "QuerySet[OverviewRow]":
    """Return the rows of a selection, in no order."""
    rows = _filtered(selection, actor=actor).filter(GROUPS[selection.group])
    if selection.counter in counters(on):
        rows = rows.filter(counters(on)[selection.counter])
    return rows


def _filtered(selection: Selection, *, actor: Actor) -> "QuerySet[OverviewRow]":
    """Return the rows that the filters and the search let through, of every group."""
    rows = rows_for(actor)
    for name, value in selection.filters.items():
        rows = rows.filter(**{CHOICE_FILTERS[name]: value})
    words = sought(selection.search)
    if words:
        rows = rows.filter(narrowed(words))
    for word in words:
        rows = rows.filter(matching(word, actor=actor))
    return rows


def sought(text: str) -> list[str]:
    """Return what a search looks for: folded words, and numbers."""
    return [*fold(text), *re.findall(r"\d+", text)]


def matching(word: str, *, actor: Actor) -> Q:
    """Return the condition for one word, on what the viewer may read and nothing else.

    Otherwise one could find out a person's Socio number by trying. A whole name finds its other
    spellings too. Everything stands in ``search`` and ``spellings``, which have an index: whoever
    may not read all asks there first, then in what may be read.
    """
    condition = Q(search__contains=word)
    if not word.isdigit():
        condition |= Q(spellings__contains=spelling(word))
    columns = searchable(actor)
    if columns == ("search",):
        return condition
    readable = Q()
    for column in columns:
        readable |= Q(**{f"{column}__icontains": word})
        if not word.isdigit():
            readable |= Q(**{f"{column}__contains": set_apart(word)})
    return condition & readable


def ordered(rows: "QuerySet[OverviewRow]", selection: Selection) -> "QuerySet[OverviewRow]":
    """Order rows; unknown values come last whichever way, and the id settles ties.

    The newly added stand on top in the usual order alone.
    """
    first, *rest = SORTS.get(selection.sort, SORTS[DEFAULT_SORT])
    is_usual = selection.sort == DEFAULT_SORT and not selection.descending
    order: list[Any] = [F("is_new").desc()] if is_usual else []
    order += _unknown_last(first)
    order.append(F(first).desc() if selection.descending else F(first).asc())
    for column in rest:
        order += [*_unknown_last(column), F(column).asc()]
    return rows.order_by(*order, "pk")


def _unknown_last(column: str) -> list[Any]:
    """Return what puts unknown values last, in the words of the index ``overview_need``."""
    if not OverviewRow._meta.get_field(column).null:
        return []
    return [IsNull(F(column), True).asc()]


def page_of(
    selection: Selection,
    *,
    actor: Actor,
    on: date,
    start: int,
    size: int,
    since: datetime | None = None,
) -> list[OverviewRow]:
    """Return some rows of a selection, in its order, each with its participant and enrolment.

    Which rows they are is settled first, from an index where there is one; only they are read.
    Where ``since`` is given, each row tells whether others have ``has_changed`` it after that.
    """
    rows = ordered(selected(selection, actor=actor, on=on), selection)
    chosen = rows.values("pk")[start : start + size]
    found = OverviewRow.objects.filter(pk__in=chosen).select_related("participant__enrolment")
    if since:
        found = found.annotate(has_changed=has_changed(since=since, actor=actor))
    return list(ordered(found, selection))


@dataclass(frozen=True, slots=True)
class Counts:
    """How many people a list would show with another counter or group, all else being kept.

    Attributes:
        counters: by counter, in the selection's group.
        groups: by group, without a counter.
        anywhere: in all groups together, with the selection's counter.
        visible: everybody one may see.
    """

    counters: dict[str, int]
    groups: dict[str, int]
    anywhere: int
    visible: int


def count(selection: Selection, *, actor: Actor, on: date) -> Counts:
    """Count every counter and group, in one query, or two where something is filtered."""
    conditions = counters(on)
    group = GROUPS[selection.group]
    found: dict[str, int] = _filtered(selection, actor=actor).aggregate(
        **{
            f"group_{name}": Count("participant", filter=condition)
            for name, condition in GROUPS.items()
        },
        **{
            f"counter_{name}": Count("participant", filter=group & condition)
            for name, condition in conditions.items()
        },
        anywhere=Count("participant", filter=conditions.get(selection.counter, Q())),
    )
    is_whole = not selection.filters and not selection.search
    return Counts(
        counters={name: found[f"counter_{name}"] for name in conditions},
        groups={name: found[f"group_{name}"] for name in GROUPS},
        anywhere=found["anywhere"],
        visible=found["group_all"] if is_whole else rows_for(actor).count(),
    )


def total_of(selection: Selection, counts: Counts) -> int:
    """Return how many rows a selection has, as counted with it."""
    return counts.counters.get(selection.counter, counts.groups[selection.group])
