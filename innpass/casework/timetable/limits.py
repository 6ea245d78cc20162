"""From when on somebody is to be followed up: the municipality's own limits, each from a day on."""

from datetime import date

from django.db import transaction

from innpass.casework.audit import services as audit
from innpass.casework.timetable.attended import FollowUpLimits
from innpass.domain.access.policy import Act, check_may
from innpass.domain.access.roles import Actor


class FromThePast(ValueError):
    """Limits hold from today on: by what was followed up before is not changed afterwards."""


def limits_on(day: date) -> FollowUpLimits:
    """Return the limits that hold on a day; the defaults where nobody said any. One query.

    Of two that hold from the same day, the one set last.
    """
    rows = FollowUpLimits.objects.filter(holds_from__lte=day)
    found: FollowUpLimits | None = rows.order_by("-holds_from", "-made_at").first()
    return found or FollowUpLimits()


def every_limit() -> list[FollowUpLimits]:
    """Return all that was ever set, the latest day first, with who set it. One query."""
    rows = FollowUpLimits.objects.select_related("made_by").order_by("-holds_from", "-made_at")
    return list(rows)


@transaction.atomic
def keep_limits(
    *, attended_percent: int, unexplained_in_a_row: int, holds_from: date, on: date, by: Actor
) -> None:
    """Say from when on somebody is to be followed up.

    Args:
        attended_percent: whoever was there for less of four weeks.
        unexplained_in_a_row: whoever missed so many sessions without a reason, one after the other.
        holds_from: the first day on which the list goes by it.
        on: today.

    Raises:
        MayNot: the settings are not theirs to change.
        FromThePast: it would hold before today.
        IntegrityError: a limit is none: more than 100 percent, or no session.
    """
    check_may(by, Act.KEEP_GROUPS)
    if holds_from < on:
        raise FromThePast
    before = limits_on(holds_from)
    said = {"attended_percent": attended_percent, "unexplained_in_a_row": unexplained_in_a_row}
    if all(getattr(before, name) == value for name, value in said.items()):
        return
    FollowUpLimits.objects.create(
        municipality_id=by.municipality_id, holds_from=holds_from, made_by_id=by.user_id, **said
    )
    audit.record(
        municipality_id=by.municipality_id,
        actor_id=by.user_id,
        action="change_follow_up",
        subject_kind="municipality",
        subject_id=by.municipality_id,
        changes={name: [getattr(before, name), value] for name, value in said.items()}
        | {"holds_from": [None, holds_from.isoformat()]},
    )
