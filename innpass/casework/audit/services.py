"""Writing the log. Call these inside the transaction of the act they describe."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from innpass.casework.audit.models import AuditEvent, ReadEvent

_AT_ONCE = 2000  # rows in one statement; SQLite takes some four thousand of this width


def event(
    *,
    municipality_id: UUID | None,
    actor_id: UUID | None,
    action: str,
    subject_kind: str,
    subject_id: UUID | None = None,
    changes: Mapping[str, Any] | None = None,
    reason: str = "",
) -> AuditEvent:
    """Make an event without storing it, for ``record_many``."""
    return AuditEvent(
        municipality_id=municipality_id,
        actor_id=actor_id,
        action=action,
        subject_kind=subject_kind,
        subject_id=subject_id,
        changes=dict(changes or {}),
        reason=reason,
    )


def record(**values: Any) -> None:
    """Store one event; takes what ``event`` takes."""
    event(**values).save(force_insert=True)


def record_many(events: Iterable[AuditEvent]) -> None:
    """Store many events at once, as an import does."""
    AuditEvent.objects.bulk_create(events, batch_size=500)


def record_reading(
    *, municipality_id: UUID, actor_id: UUID | None, subject_id: UUID, page: str, purpose: str = ""
) -> None:
    """Note that a person's page was opened."""
    ReadEvent.objects.create(
        municipality_id=municipality_id,
        actor_id=actor_id,
        subject_id=subject_id,
        page=page,
        purpose=purpose,
    )


def record_readings(
    *,
    municipality_id: UUID,
    actor_id: UUID | None,
    subject_ids: Iterable[UUID],
    page: str,
    purpose: str = "",
) -> None:
    """Note that many persons were read at once, as in an export."""
    ReadEvent.objects.bulk_create(
        (
            ReadEvent(
                municipality_id=municipality_id,
                actor_id=actor_id,
                subject_id=subject_id,
                page=page,
                purpose=purpose,
            )
            for subject_id in subject_ids
        ),
        batch_size=_AT_ONCE,
    )
