"""Writing the log of what is done in following up; texts never go into it."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from innpass.casework.audit import services as audit
from innpass.casework.participants.models import Participant
from innpass.domain.access.roles import Actor


def note(
    person: Participant,
    action: str,
    *,
    by: Actor | None,
    changes: Mapping[str, Any] | None = None,
) -> None:
    """Write one line of the log about a person; ``by`` is nobody where the employer did it.

    Args:
        changes: by field ``[before, after]``; days are written as ISO.
    """
    audit.record(
        municipality_id=person.municipality_id,
        actor_id=by.user_id if by else None,
        action=action,
        subject_kind="participant",
        subject_id=person.pk,
        changes={name: [_plain(each) for each in pair] for name, pair in (changes or {}).items()},
    )


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value
