"""When somebody last looked, and what others have changed since."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef

from innpass.casework.overview.columns import COLUMN_OF_FIELD, readable_columns
from innpass.casework.overview.models import SavedView
from innpass.casework.participants.models import ValueChange
from innpass.casework.participants.queries import visible_participants
from innpass.domain.access.fields import FIELDS, access_name
from innpass.domain.access.policy import may_read, readable
from innpass.domain.access.roles import Actor

PAUSE = timedelta(minutes=30)  # who has been away so long comes back to a new visit
# A visit is written no more often than this: whoever only looks should seldom wait for a writer.
# What others changed in the last minutes of a visit may be marked at the next, too.
_ACCURACY = timedelta(minutes=5)
MOST_LISTED = 500

# Tables of which a change is told by the table's name; the column each stands in.
_COLUMN_OF_TABLE = {"placements": "placement", "elements": "hours", "tests": "test"}


@dataclass(frozen=True, slots=True)
class Visit:
    """When somebody last looked at the list; ``since`` is when the visit before that ended."""

    latest: datetime
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Changed:
    """A value that somebody else changed.

    Attributes:
        column: the column of the grid it stands in; empty where it stands in none.
        field: as sheets name it, or the name of a table: placements, elements or tests.
        before, after: plain values; ``None`` for none, and for tables.
        by: the user, or ``None`` for an import by the worker.
    """

    participant: UUID
    column: str
    field: str
    before: Any
    after: Any
    by: UUID | None
    at: datetime


def note_visit(visit: Visit | None, *, actor: Actor, now: datetime) -> datetime | None:
    """Note that somebody looks at the list; return when the visit before this one ended.

    Args:
        visit: the last one that is known (``saved_views.views_of``); ``None`` at the first.
    """
    if actor.user_id is None:
        return None
    since = visit.since if visit else None
    if visit and now - visit.latest > PAUSE:
        since = visit.latest
    if visit is None or now - visit.latest >= _ACCURACY:
        _write(actor, looked_at=now, seen_until=since)
    return since


def mark_all_seen(actor: Actor, *, now: datetime) -> None:
    """Let everything up to now be seen."""
    _write(actor, looked_at=now, seen_until=now)


def _write(actor: Actor, **values: datetime | None) -> None:
    if not SavedView.objects.filter(owner=actor.user_id, name="").update(**values):
        SavedView.objects.get_or_create(
            municipality_id=actor.municipality_id,
            owner_id=actor.user_id,
            name="",
            defaults=values,
        )


def has_changed(*, since: datetime, actor: Actor) -> Exists:
    """Return the condition for rows of the grid in which others have changed something."""
    events = ValueChange.objects.filter(participant=OuterRef("participant"), at__gt=since)
    return Exists(events.exclude(by=actor.user_id))


def changed_columns(
    participants: Collection[UUID], *, since: datetime | None, actor: Actor
) -> Mapping[UUID, frozenset[str]]:
    """Return the columns in which others have changed something, by participant.

    One query; none where nobody is asked about.
    """
    if since is None or not participants or not may_read(actor, "history"):
        return {}
    events = ValueChange.objects.filter(participant__in=list(participants), at__gt=since)
    found: dict[UUID, set[str]] = defaultdict(set)
    for change in _told(events, actor):
        if change.column:
            found[change.participant].add(change.column)
    return {pk: frozenset(columns) for pk, columns in found.items()}


def changes_since(since: datetime | None, *, actor: Actor) -> list[Changed]:
    """Return what others have changed, the latest first, of people whom the actor may see."""
    if since is None or not may_read(actor, "history"):
        return []
    events = ValueChange.objects.filter(
        at__gt=since, participant__in=visible_participants(actor).values("pk")
    )
    return list(_told(events.order_by("-at", "pk")[:MOST_LISTED], actor))


def _told(events: Any, actor: Actor) -> Iterator[Changed]:
    may = readable(actor)
    columns = readable_columns(actor)
    for participant, changes, by, at in events.values_list("participant_id", "changes", "by", "at"):
        if by is not None and by == actor.user_id:
            continue
        for name, told in changes.items():
            if name in _COLUMN_OF_TABLE:
                if _COLUMN_OF_TABLE[name] in columns:
                    column = _COLUMN_OF_TABLE[name]
                    yield Changed(participant, column, name, None, None, by, at)
            elif access_name(name) in FIELDS and access_name(name) in may:
                column = COLUMN_OF_FIELD.get(name, "")
                before, after = told if isinstance(told, list) and len(told) == 2 else (None, None)
                shown = column if column in columns else ""
                yield Changed(participant, shown, name, before, after, by, at)
