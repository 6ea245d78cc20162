"""Secret addresses at which calendar programs read: made, shown once, read, revoked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from secrets import token_urlsafe
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from innpass.casework.accounts.queries import names_of
from innpass.casework.audit import services as audit
from innpass.casework.participants.models import Participant
from innpass.casework.participants.queries import find_participant, owned_by, owner_of
from innpass.casework.placements.models import Employer
from innpass.casework.timetable.attended import CalendarAddress
from innpass.casework.timetable.calendars import (
    calendar_of_employer,
    calendar_of_group,
    calendar_of_person,
)
from innpass.casework.timetable.models import TeachingGroup
from innpass.casework.timetable.places import employers_seen_by
from innpass.casework.timetable.tongues import tongue
from innpass.domain.access.policy import check_may_read, check_may_write, may_read
from innpass.domain.access.roles import Actor

Of = Participant | TeachingGroup | Employer
_OCTETS = 32  # of chance in an address; 43 characters


class ProtectedAddress(Exception):
    """Nobody outside may learn where that person is when."""


@dataclass(frozen=True, slots=True)
class KnownAddress:
    """An address in use. What it is, nobody can tell any more."""

    pk: UUID
    language: str
    made_at: datetime
    made_by: str
    last_read_on: date | None


@transaction.atomic
def make_address(of: Of, *, language: str, by: Actor) -> str:
    """Make an address of a person's, a group's or a workplace's weeks ahead.

    Returns:
        the secret in it. It is not kept: show it now or never.

    Raises:
        MayNot: timetables are not theirs to write.
        ProtectedAddress: the person's address is protected.
        NoSuchLanguage: nobody has written the words.
    """
    check_may_write(by, "timetable.week")
    if isinstance(of, Participant) and of.is_protected:
        raise ProtectedAddress
    secret = token_urlsafe(_OCTETS)
    made = CalendarAddress.objects.create(
        municipality_id=by.municipality_id,
        digest=_digest(secret),
        language=tongue(language).code,
        made_by_id=by.user_id,
        **{_field(of): of},
    )
    _note("make_calendar_address", made, by)
    return secret


@transaction.atomic
def revoke(pk: UUID, of: Of, *, by: Actor) -> bool:
    """Let an address lead nowhere from now on; say whether it led anywhere.

    Raises:
        MayNot: timetables are not theirs to write.
    """
    check_may_write(by, "timetable.week")
    found = _addresses_of(of).filter(pk=pk).first()
    if found is None:
        return False
    found.revoked_at, found.revoked_by_id = timezone.now(), by.user_id
    found.save_version(expected=found.version, fields=("revoked_at", "revoked_by"))
    _note("revoke_calendar_address", found, by)
    return True


def addresses_of(of: Of) -> list[KnownAddress]:
    """Return the addresses that lead somewhere, the oldest first. Two queries."""
    rows = list(_addresses_of(of).order_by("made_at", "pk"))
    staff = names_of({row.made_by_id for row in rows if row.made_by_id})
    return [
        KnownAddress(
            row.pk, row.language, row.made_at, staff.get(row.made_by_id, ""), row.last_read_on
        )
        for row in rows
    ]


def read_address(secret: str, *, on: date) -> bytes | None:
    """Return the calendar at an address; ``None`` where it leads nowhere, or nowhere any more.

    The secret is looked for by its digest, which nobody can steer: how long that takes tells
    nothing. A person whose address is protected meanwhile has no calendar from that moment.
    """
    with scopes_disabled():  # whoever asks is not signed in: the address says which municipality
        found = (
            CalendarAddress.objects.filter(digest=_digest(secret), revoked_at=None)
            .select_related("municipality")
            .first()
        )
    if found is None:
        return None
    with scope(municipality=found.municipality):
        content = _content(found, on)
        if content is not None and found.last_read_on != on:
            CalendarAddress.objects.filter(pk=found.pk).update(last_read_on=on)
    return content


def _content(address: CalendarAddress, on: date) -> bytes | None:
    words = tongue(address.language)
    if address.group is not None:
        return calendar_of_group(address.group, on=on, tongue=words)
    if address.employer is not None:
        return calendar_of_employer(address.employer, on=on, tongue=words)
    if address.participant is None or address.participant.is_protected:
        return None
    person = owner_of(address.participant)
    if person.is_protected:
        return None
    return calendar_of_person(person, on=on, tongue=words, appointments=False)


def _addresses_of(of: Of):  # type: ignore[no-untyped-def]
    rows = CalendarAddress.objects.filter(revoked_at=None)
    if isinstance(of, Participant):
        return owned_by(rows, [of.pk])
    return rows.filter(**{_field(of): of})


def _field(of: Of) -> str:
    if isinstance(of, Participant):
        return "participant"
    return "group" if isinstance(of, TeachingGroup) else "employer"


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


def _note(action: str, address: CalendarAddress, by: Actor) -> None:
    kinds: Sequence[tuple[str, UUID | None]] = (
        ("participant", address.participant_id),
        ("group", address.group_id),
        ("employer", address.employer_id),
    )
    kind, subject = next((kind, pk) for kind, pk in kinds if pk)
    audit.record(
        municipality_id=address.municipality_id,
        actor_id=by.user_id,
        action=action,
        subject_kind=kind,
        subject_id=subject,
        changes={"calendar_address": [None, str(address.pk)]},
    )


def find_whose(kind: str, pk: UUID, *, actor: Actor) -> Of | None:
    """Return whose calendar is asked for; ``None`` where there is no such that the actor may see.

    Args:
        kind: ``participant``, ``group`` or ``employer``.
    """
    if kind == "participant":
        return find_participant(pk, actor=actor)
    rows = TeachingGroup.objects if kind == "group" else employers_seen_by(actor)
    found: TeachingGroup | Employer | None = rows.filter(pk=pk).first()
    return found


def calendar_of(of: Of, *, on: date, language: str, actor: Actor) -> bytes:
    """Return a calendar as a file for somebody who is signed in.

    Raises:
        MayNot: timetables are not theirs to read.
        NoSuchLanguage: nobody has written the words.
    """
    check_may_read(actor, "timetable.week")
    words = tongue(language)
    if isinstance(of, TeachingGroup):
        return calendar_of_group(of, on=on, tongue=words)
    if isinstance(of, Employer):
        return calendar_of_employer(of, on=on, tongue=words)
    shows = may_read(actor, "timetable.appointment")
    return calendar_of_person(of, on=on, tongue=words, appointments=shows)
