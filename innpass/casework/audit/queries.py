"""Reading who has opened a participant. The log of acts is for investigators, and is not read."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from innpass.casework.audit.models import ReadEvent


@dataclass(frozen=True, slots=True)
class Reading:
    """One opening of a participant: by which user, when, on which page, and for what purpose."""

    by: UUID | None
    at: datetime
    page: str
    purpose: str


class Readings:
    """Openings, newest first, of which only those asked for are fetched."""

    def __init__(self, events: "QuerySet[ReadEvent, Any]") -> None:
        self._events = events

    def __len__(self) -> int:
        return self._events.count()

    def __getitem__(self, which: slice) -> list[Reading]:
        return [
            Reading(event.actor_id, event.at, event.page, event.purpose)
            for event in self._events[which]
        ]


def readings_of(subject: UUID) -> Readings:
    """Return who has opened a participant; ``len`` and slices ask the database."""
    return Readings(ReadEvent.objects.filter(subject_id=subject).order_by("-at", "pk"))
