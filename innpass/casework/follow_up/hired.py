"""Who got a contract beside the placements: the figures of results count those of a placement."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from innpass.casework.follow_up.contracts import contracts_seen_by
from innpass.casework.placements.models import Placement
from innpass.domain.access.roles import Actor


def hired_beside_placements(actor: Actor, *, on: date) -> int:
    """Count those with a contract by a day of whom no placement tells that it led to one.

    Each is counted once, however many contracts; of people whom the actor may see. One query.

    Raises:
        MayNot: contracts are not theirs to read.
    """
    told = Placement.objects.filter(
        Q(contract=None) | Q(contract__lte=on), has_contract=True
    ).values("participant")
    rows: QuerySet[Any] = contracts_seen_by(actor).filter(first_day__lte=on)
    rows = rows.exclude(owner__in=told)
    return rows.order_by().values("owner").distinct().count()
