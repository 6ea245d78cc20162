"""What the staff do with ways in for employers: make, withdraw, hand a code over."""

from datetime import date, timedelta
from secrets import randbelow, token_urlsafe
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from innpass.casework.agreements.models import PlacementCase
from innpass.casework.agreements.queries import Told
from innpass.casework.audit import services as audit
from innpass.casework.doors.codes import ClosedWhy, Holder, PackWay
from innpass.casework.doors.models import Door, DoorCode, PackGiven
from innpass.casework.doors.queries import (
    LINK,
    PACK,
    DoorState,
    digest_of,
    is_shut_by_protection,
    state_of,
)
from innpass.casework.doors.showing import is_agreed_and_not_over, told_about
from innpass.casework.participants.queries import owner_of
from innpass.domain.access.policy import check_may_write
from innpass.domain.access.roles import Actor

OCTETS = 32  # of chance in a secret; 43 characters
DIGITS = 6
OPENS_FOR = timedelta(hours=72)
CODE_HOLDS = timedelta(minutes=10)
AT_ONCE = 3  # ways in to one placement that lead somewhere


class NoWayIn(Exception):
    """No way in may be made, or no code for it; the message is Norwegian and says why."""


def why_no_door(case: PlacementCase, told: Told, *, on: date) -> str:
    """Say why no way in to a placement can be made; nothing where it can."""
    if is_shut_by_protection(case):
        return "Adressen er beskyttet. Da kan arbeidsgiveren ikke få noen lenke. Ring i stedet."
    if not is_agreed_and_not_over(case, told, on=on):
        return "Arbeidsgiveren kan få en lenke når alle har signert, og til praksisen er slutt."
    return ""


@transaction.atomic
def make_door(case: PlacementCase, *, holder: Holder, by: Actor, on: date) -> str:
    """Make a way in to a placement for somebody at the employer.

    Returns:
        the secret in the link. It is not kept: show it now or never.

    Raises:
        MayNot: ways in are not theirs to make.
        NoWayIn: the address is protected, nothing is agreed, or there are enough ways in.
    """
    check_may_write(by, LINK)
    PlacementCase.objects.select_for_update().get(pk=case.pk)  # two at once count one another
    if refused := why_no_door(case, told_about(case), on=on):
        raise NoWayIn(refused)
    doors = Door.objects.filter(case=case, closed_at=None).select_related(
        "case__participant__turned_out_to_be"
    )
    live = [d for d in doors if state_of(d, on=on) in (DoorState.SENT, DoorState.OPEN)]
    if len(live) >= AT_ONCE:
        raise NoWayIn(
            f"Det er allerede {AT_ONCE} lenker som virker. Trekk tilbake en av dem først."
        )
    secret, now = token_urlsafe(OCTETS), timezone.now()
    door = Door.objects.create(
        municipality_id=case.municipality_id,
        case=case,
        holder=holder,
        digest=digest_of(secret),
        made_at=now,
        made_by_id=by.user_id,
        opens_until=now + OPENS_FOR,
    )
    note("make_employer_door", door, by=by.user_id, changes={"holder": [None, str(holder)]})
    return secret


@transaction.atomic
def withdraw_door(pk: UUID, case: PlacementCase, *, by: Actor) -> bool:
    """Let a way in lead nowhere from now on; say whether it led anywhere.

    Raises:
        MayNot: ways in are not theirs to close.
    """
    check_may_write(by, LINK)
    door = Door.objects.select_for_update().filter(pk=pk, case=case, closed_at=None).first()
    if door is None:
        return False
    close(door, ClosedWhy.WITHDRAWN, by=by.user_id)
    return True


@transaction.atomic
def make_code(pk: UUID, case: PlacementCase, *, by: Actor, on: date) -> str:
    """Make the six digits that are to be given to the employer; those made before hold no more.

    Returns:
        the digits. They are not kept: show them now or never.

    Raises:
        MayNot: ways in are not theirs.
        NoWayIn: that one is not open.
    """
    check_may_write(by, LINK)
    doors = Door.objects.select_related("case__participant__turned_out_to_be")
    door = doors.filter(pk=pk, case=case).first()
    if door is None or state_of(door, on=on) is not DoorState.OPEN:
        raise NoWayIn(
            "Lenken er ikke åpnet, eller den virker ikke lenger. Da er det ingen kode å lage."
        )
    digits = f"{randbelow(10**DIGITS):0{DIGITS}}"
    now = timezone.now()
    DoorCode.objects.create(
        municipality_id=door.municipality_id,
        door=door,
        digest=code_digest(door, digits),
        made_at=now,
        made_by_id=by.user_id,
        usable_until=now + CODE_HOLDS,
    )
    note("make_employer_code", door, by=by.user_id)
    return digits


@transaction.atomic
def note_pack(case: PlacementCase, *, way: PackWay, given_on: date, by: Actor) -> None:
    """Note that the employer got the pack on a day; the same, noted twice, is noted once.

    Raises:
        MayNot: that is not theirs to note.
    """
    check_may_write(by, PACK)
    PlacementCase.objects.select_for_update().get(pk=case.pk)
    said = {"case": case, "on": given_on, "way": way, "by_id": by.user_id}
    if PackGiven.objects.filter(**said).exists():
        return
    given = PackGiven.objects.create(municipality_id=case.municipality_id, **said)
    audit.record(
        municipality_id=case.municipality_id,
        actor_id=by.user_id,
        action="give_employer_pack",
        subject_kind="participant",
        subject_id=owner_of(case.participant).pk,
        changes={"case": [None, str(case.pk)], "on": [None, str(given.on)], "way": [None, way]},
    )


def code_digest(door: Door, digits: str) -> str:
    """Return what is kept of a code: of six digits only with a key that is not in the database."""
    text = f"{door.pk}:{digits}"
    return salted_hmac("innpass.doors.code", text, algorithm="sha256").hexdigest()


def close(door: Door, why: ClosedWhy, *, by: UUID | None) -> None:
    """Close a way in; ``door`` is held by the transaction."""
    door.closed_at, door.closed_why, door.closed_by_id = timezone.now(), why, by
    door.save_version(expected=door.version, fields=("closed_at", "closed_why", "closed_by"))
    note("close_employer_door", door, by=by, changes={"why": [None, str(why)]})


def note(
    action: str, door: Door, *, by: UUID | None, changes: dict[str, list[object]] | None = None
) -> None:
    """Store an event about a way in; ``by`` is ``None`` where the employer did it."""
    audit.record(
        municipality_id=door.municipality_id,
        actor_id=by,
        action=action,
        subject_kind="participant",
        subject_id=owner_of(door.case.participant).pk,
        changes={"door": [None, str(door.pk)], **(changes or {})},
    )
