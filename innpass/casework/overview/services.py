"""Keeping the grid's rows true: after a change of facts, and as days pass."""

from collections.abc import Callable, Collection
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from innpass.casework.jobs import services as jobs
from innpass.casework.jobs.registry import Progress
from innpass.casework.organisations.bulk import uncollected
from innpass.casework.organisations.models import Municipality
from innpass.casework.overview.building import build_rows
from innpass.casework.overview.models import OverviewRow
from innpass.casework.participants.models import Participant
from innpass.casework.placements.models import Placement
from innpass.casework.plans.models import IntegrationPlan
from innpass.casework.plans.services import agree
from innpass.casework.programme.services import reassess
from innpass.casework.programme.standings import judge_everyone
from innpass.domain.access.roles import Actor
from innpass.exchange.clock import today

REFRESH = "overview.refresh"
_AT_A_TIME = 500  # people in a transaction: a portion holds the others up only briefly

_REWRITTEN = [
    field.name
    for field in OverviewRow._meta.concrete_fields
    if field.name not in ("id", "municipality", "participant", "version", "added_on")
]


@uncollected()
def refresh_rows(
    *, participants: Collection[UUID], municipality: Municipality, on: date | None = None
) -> None:
    """Write the rows of some people anew. Call it in the transaction that changes their facts.

    Somebody who was absorbed by another person loses the row.
    """
    day = on or today()
    rows = build_rows(participants, on=day)
    kept = {row.participant_id for row in rows}
    OverviewRow.objects.bulk_create(
        rows,
        batch_size=200,
        update_conflicts=True,
        unique_fields=["participant"],
        update_fields=_REWRITTEN,
    )
    lost = [pk for pk in participants if pk not in kept]
    if lost:
        OverviewRow.objects.filter(participant__in=lost).delete()


@transaction.atomic
def agree_plan(
    *, plan: IntegrationPlan, person: Participant, agreed_on: date, expected: int, by: Actor
) -> None:
    """Agree a plan (``plans.services.agree``), and write the row of its person anew.

    Raises: as ``plans.services.agree`` does.
    """
    agree(plan=plan, agreed_on=agreed_on, expected=expected, by=by)
    refresh_rows(participants=[person.pk], municipality=person.municipality)


def write_anew(*, by: Actor) -> None:
    """Have the worker write the rows of all who have been placed, by rules that are set anew."""
    placed = Placement.objects.values("participant")
    OverviewRow.objects.filter(participant__in=placed).update(changes_on=F("as_of"))
    jobs.enqueue(kind=REFRESH, arguments={}, by=by)


def due_rows(*, on: date) -> "Q":
    """Return the condition for rows that must be written anew on a day.

    A row written for a later day than ``on`` (a demo whose day was turned back) is due too.
    """
    return Q(changes_on__lte=on) | Q(as_of__gt=on)


def refresh_due(
    *,
    municipality: Municipality,
    on: date | None = None,
    progress: Callable[[int], None] | None = None,
) -> int:
    """Write anew the rows that the passing of days has changed; returns how many.

    The worker does it soon after midnight; each portion is a transaction of its own.
    """
    day = on or today()
    total = 0
    while refreshed := _refresh_some(municipality=municipality, on=day):
        total += refreshed
        if progress:
            progress(total)
    return total


def judge_anew(*, municipality: Municipality, progress: Progress, on: date | None = None) -> None:
    """Judge everybody's weeks and topics anew, and write all rows: the law is read otherwise.

    Each portion is a transaction of its own. Taken up again it begins anew.
    """
    day = on or today()
    people = list(Participant.objects.filter(absorbed_by=None).values_list("pk", flat=True))
    for at in range(0, len(people), _AT_A_TIME):
        progress(at, 2 * len(people), "Vurderer timekravet")
        some = people[at : at + _AT_A_TIME]
        with transaction.atomic():
            Municipality.objects.select_for_update().get(pk=municipality.pk)
            reassess(participants=some, municipality=municipality, on=day)
            refresh_rows(participants=some, municipality=municipality, on=day)
    judge_everyone(municipality=municipality, on=day, progress=progress)


@transaction.atomic
def _refresh_some(*, municipality: Municipality, on: date) -> int:
    """Write a portion of the rows that are due anew; returns how many.

    It waits for an import that is being written, so that it never writes what stood before.
    """
    Municipality.objects.select_for_update().get(pk=municipality.pk)
    rows = OverviewRow.objects.filter(due_rows(on=on))
    due = list(rows.values_list("participant_id", flat=True)[:_AT_A_TIME])
    open_ended = Q(enrolment__planned_last_day=None, enrolment__actual_last_day=None)
    never_judged = Q(enrolment__isnull=False, clock=None)  # written by an older version
    judged = Participant.objects.filter(open_ended | never_judged, pk__in=due)
    reassess(
        participants=list(judged.values_list("pk", flat=True)),
        municipality=municipality,
        on=on,
    )
    refresh_rows(participants=due, municipality=municipality, on=on)
    return len(due)
