"""Writing the log of what is done with employers."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from innpass.casework.audit import services as audit
from innpass.domain.access.roles import Actor


def note(
    by: Actor, *, action: str, kind: str, subject: UUID, changes: Mapping[str, Any] | None = None
) -> None:
    """Write one line of the log."""
    audit.record(
        municipality_id=by.municipality_id,
        actor_id=by.user_id,
        action=action,
        subject_kind=kind,
        subject_id=subject,
        changes=dict(changes or {}),
    )
