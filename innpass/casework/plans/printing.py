"""A version of a plan as a document to sign."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from innpass.casework.participants.models import Participant
from innpass.casework.participants.services import note_reading
from innpass.domain.access.policy import check_may_read
from innpass.domain.access.roles import Actor
from innpass.exchange.pdf.printing import render_pdf


def print_plan(
    participant: Participant, document: Mapping[str, Any], *, made_at: datetime, by: Actor
) -> bytes:
    """Return a version as tagged PDF; that its content was read is noted.

    Args:
        document: what the template ``plan`` asks for, cut to what the actor may read.

    Raises:
        MayNot: plans are not theirs to read.
    """
    check_may_read(by, "plan.version")
    note_reading(participant=participant, page="plan_pdf", by=by)
    return render_pdf("plan", document, made_at=made_at)
