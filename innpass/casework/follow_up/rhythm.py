"""Setting the municipality's own rhythm of visits and contact."""

from datetime import date

from django.db import transaction

from innpass.casework.audit import services as audit
from innpass.casework.overview.services import write_anew
from innpass.casework.placements.models import VisitRhythm
from innpass.domain.access.policy import Act, check_may
from innpass.domain.access.roles import Actor
from innpass.domain.following.visits import Rhythm

_NUMBERS = ("first_after", "window", "interval", "language_after", "without_contact")


@transaction.atomic
def keep_rhythm(rhythm: Rhythm, *, holds_from: date, by: Actor) -> None:
    """Let a rhythm hold from a day on; one set for the same day before gives way to it.

    The worker then writes the rows of the overview by it.

    Raises:
        MayNot: the rhythm is not theirs to set.
    """
    check_may(by, Act.KEEP_RHYTHM)
    before = VisitRhythm.objects.filter(holds_from=holds_from).first()
    values = {name: getattr(rhythm, name) for name in _NUMBERS}
    VisitRhythm.objects.update_or_create(
        municipality_id=by.municipality_id,
        holds_from=holds_from,
        defaults={**values, "set_by_id": by.user_id},
    )
    audit.record(
        municipality_id=by.municipality_id,
        actor_id=by.user_id,
        action="keep_rhythm",
        subject_kind="municipality",
        subject_id=by.municipality_id,
        changes={
            "holds_from": [None, holds_from.isoformat()],
            **{name: [getattr(before, name, None), values[name]] for name in _NUMBERS},
        },
    )
    write_anew(by=by)
