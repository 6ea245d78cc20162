"""Where ways in lead: whether they lead anywhere, and what was said through them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

from django.utils import timezone

from innpass.casework.accounts.queries import names_of
from innpass.casework.agreements import queries as agreements
from innpass.casework.agreements.models import PlacementCase
from innpass.casework.agreements.queries import Told
from innpass.casework.doors.codes import ClosedWhy, Holder
from innpass.casework.doors.models import ConfirmedDay, Door, PackGiven
from innpass.casework.doors.showing import is_agreed_and_not_over, told_about
from innpass.casework.participants.models import ProtectionMark
from innpass.casework.participants.queries import family_of, owner_of
from innpass.domain.access.policy import check_may_read
from innpass.domain.access.roles import Actor

LINK, CONFIRMED, PACK = "door.link", "door.confirmed", "door.pack"
WRONG_TRIES = 5


class DoorState(StrEnum):
    """What became of a way in."""

    SENT = "sent"  # made, and not used yet
    OPEN = "open"
    NOT_USED = "not_used"  # nobody used the link in time
    ENDED = "ended"  # the placement is over
    CLOSED = "closed"  # by somebody, by wrong codes, by a protected address


@dataclass(frozen=True, slots=True)
class KnownDoor:
    """A way in as the staff see it. The secrets nobody can tell any more.

    Attributes:
        code_until: until when the last code holds; ``None`` where none does.
    """

    pk: UUID
    state: DoorState
    holder: Holder
    made_at: datetime
    made_by: str
    opens_until: datetime
    opened_at: datetime | None
    last_used_at: datetime | None
    closed_at: datetime | None
    closed_by: str
    closed_why: ClosedWhy | None
    wrong_tries: int
    code_until: datetime | None = None


def digest_of(secret: str) -> str:
    """Return what is kept of a secret in an address or a cookie."""
    return sha256(secret.encode()).hexdigest()


def find_case(pk: UUID, *, actor: Actor) -> PlacementCase | None:
    """Return a placement case of somebody whom the actor may see.

    Raises:
        MayNot: ways in for employers are not theirs to read.
    """
    check_may_read(actor, LINK)
    return agreements.find_case(pk, actor=actor)


def is_shut_by_protection(case: PlacementCase, *, since: datetime | None = None) -> bool:
    """Say whether the person's address is protected, or was at some time since a moment.

    What was let in before may not come back when the mark is lifted.
    """
    person = owner_of(case.participant)
    if person.is_protected or case.participant.is_protected:
        return True
    marks = ProtectionMark.objects.filter(family_of([person.pk]))
    return since is not None and bool(marks.filter(set_at__gte=since).exists())


def state_of(door: Door, *, on: date, told: Told | None = None) -> DoorState:
    """Say what became of a way in; ``door.case`` with its participant must be at hand.

    Args:
        told: what is told of the case, where somebody has asked already.
    """
    if door.closed_at is not None or is_shut_by_protection(door.case, since=door.made_at):
        return DoorState.CLOSED
    if not is_agreed_and_not_over(door.case, told or told_about(door.case), on=on):
        return DoorState.ENDED
    if door.opened_at is not None:
        return DoorState.OPEN
    is_too_old = door.opens_until <= timezone.now()
    return DoorState.NOT_USED if is_too_old else DoorState.SENT


def doors_of(case: PlacementCase, *, on: date, actor: Actor) -> list[KnownDoor]:
    """Return the ways in to a placement, the newest first. A fixed number of queries.

    Raises:
        MayNot: they are not theirs to read.
    """
    check_may_read(actor, LINK)
    now = timezone.now()
    rows = list(Door.objects.filter(case=case).order_by("-made_at").prefetch_related("codes"))
    is_over = not is_agreed_and_not_over(case, told_about(case), on=on)
    protected_at = _protected_since(case)
    staff = names_of({pk for row in rows for pk in (row.made_by_id, row.closed_by_id) if pk})
    found = []
    for row in rows:
        is_shut = protected_at is not None and protected_at >= row.made_at
        why = ClosedWhy(row.closed_why) if row.closed_why else None
        if row.closed_at or is_shut:
            state, why = DoorState.CLOSED, why or ClosedWhy.PROTECTED
        elif is_over:
            state = DoorState.ENDED
        elif row.opened_at:
            state = DoorState.OPEN
        else:
            state = DoorState.NOT_USED if row.opens_until <= now else DoorState.SENT
        codes = sorted(row.codes.all(), key=lambda code: code.made_at)
        holds = [c for c in codes[-1:] if c.used_at is None and c.usable_until > now]
        found.append(
            KnownDoor(
                pk=row.pk,
                state=state,
                holder=Holder(row.holder),
                made_at=row.made_at,
                made_by=staff.get(row.made_by_id, ""),
                opens_until=row.opens_until,
                opened_at=row.opened_at,
                last_used_at=row.last_used_at,
                closed_at=row.closed_at or (protected_at if is_shut else None),
                closed_by=staff.get(row.closed_by_id, ""),
                closed_why=why,
                wrong_tries=row.wrong_tries,
                code_until=holds[0].usable_until if holds and state is DoorState.OPEN else None,
            )
        )
    return found


def _protected_since(case: PlacementCase) -> datetime | None:
    """Return when the person's address was last marked as protected, lifted or not."""
    marks = ProtectionMark.objects.filter(family_of([owner_of(case.participant).pk]))
    last = marks.order_by("-set_at").first()
    return last.set_at if last else None


def is_shut_by_wrong_codes(case: PlacementCase) -> bool:
    """Say whether the last way in was closed by wrong codes, which the supervisor must be told."""
    last = Door.objects.filter(case=case).order_by("-made_at").first()
    return last is not None and last.closed_why == ClosedWhy.WRONG_CODES


def confirmed_days(case: PlacementCase, first: date, last: date) -> Mapping[date, ConfirmedDay]:
    """Return what the employer said of days, both ends included."""
    rows = ConfirmedDay.objects.filter(case=case, on__range=(first, last)).select_related("door")
    return {row.on: row for row in rows}


def packs_given(case: PlacementCase, *, actor: Actor) -> list[tuple[PackGiven, str]]:
    """Return when the employer got the pack and from whom, the last first.

    Raises:
        MayNot: it is not theirs to read.
    """
    check_may_read(actor, PACK)
    rows = list(PackGiven.objects.filter(case=case).order_by("-on", "-noted_at"))
    staff = names_of({row.by_id for row in rows if row.by_id})
    return [(row, staff.get(row.by_id, "")) for row in rows]
