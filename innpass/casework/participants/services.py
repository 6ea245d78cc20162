"""Acts on people: protected addresses, showing a number, noting that a page was opened."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from django.db import models, transaction
from django.utils import timezone

from innpass.casework.accounts.models import User
from innpass.casework.audit import services as audit
from innpass.casework.organisations.models import ChangedMeanwhile
from innpass.casework.participants.models import (
    SECRET_KINDS,
    Identifier,
    NamedStaff,
    Participant,
    ProtectionMark,
)
from innpass.domain.access.policy import (
    check_may_lift_protection,
    check_may_reveal_identifier,
    check_may_set_protection,
)
from innpass.domain.access.roles import Actor


@transaction.atomic
def set_protection(
    *, participant: Participant, named: Collection[User], reason: str, by: Actor
) -> ProtectionMark:
    """Mark a person's address as protected: from now on only the named staff see the person.

    Whoever sets the mark is always among the named, and the reason is never empty.

    Raises:
        MayNot: the actor may not set marks.
        ChangedMeanwhile: the person changed after being read; somebody else may have set a mark.
    """
    check_may_set_protection(by)
    if by.user_id is None:
        raise ValueError("a mark is set by somebody who is named in it, never by the operator")
    named_ids = {user.pk for user in named} | {by.user_id}
    mark = ProtectionMark.objects.create(
        municipality_id=participant.municipality_id,
        participant=participant,
        set_by_id=by.user_id,
        reason=reason,
    )
    NamedStaff.objects.bulk_create(
        NamedStaff(municipality_id=participant.municipality_id, mark=mark, user_id=pk)
        for pk in sorted(named_ids, key=str)
    )
    participant.is_protected = True
    participant.save_version(expected=participant.version, fields=("is_protected",))
    audit.record(
        municipality_id=participant.municipality_id,
        actor_id=by.user_id,
        action="set_protection",
        subject_kind="participant",
        subject_id=participant.id,
        changes={"named_staff": [None, sorted(str(pk) for pk in named_ids)]},
        reason=reason,
    )
    return mark


@transaction.atomic
def lift_protection(*, mark: ProtectionMark, reason: str, by: Actor) -> None:
    """Lift a mark. The person is seen by everybody again only when no other mark holds.

    Raises:
        MayNot: the actor may not lift marks, or is not named in this one.
        ChangedMeanwhile: somebody else lifted it first.
    """
    named = mark.named_staff.values_list("user_id", flat=True)
    check_may_lift_protection(by, named_staff=set(named))
    if mark.lifted_at is not None:
        raise ChangedMeanwhile(mark)
    mark.lifted_at = timezone.now()
    mark.lifted_by_id = by.user_id
    mark.lifted_reason = reason
    mark.save_version(expected=mark.version, fields=("lifted_at", "lifted_by_id", "lifted_reason"))
    participant = mark.participant
    if not participant.marks.filter(lifted_at=None).exists():
        participant.is_protected = False
        participant.save_version(expected=participant.version, fields=("is_protected",))
    audit.record(
        municipality_id=mark.municipality_id,
        actor_id=by.user_id,
        action="lift_protection",
        subject_kind="participant",
        subject_id=mark.participant_id,
        reason=reason,
    )


def trace_seconds() -> None:
    """Write down whom everybody who was absorbed turned out to be, at the end of every chain.

    Call it when ``absorbed_by`` of somebody has changed. The chain itself stays as it is: it tells
    with whom each goes when somebody in the middle is parted again.
    """
    people = Participant.objects.exclude(absorbed_by=None, turned_out_to_be=None)
    rows = list(people.values_list("pk", "absorbed_by", "turned_out_to_be"))
    into = {pk: absorbed_by for pk, absorbed_by, _ in rows if absorbed_by}
    moved: dict[UUID | None, list[UUID]] = defaultdict(list)
    for pk, _, before in rows:
        end = pk
        while end in into:
            end = into[end]
        after = None if end == pk else end
        if after != before:
            moved[after].append(pk)
    for after, some in moved.items():
        Participant.objects.filter(pk__in=some).update(turned_out_to_be=after)


@transaction.atomic
def inherit_protection(*, participant: Participant, absorbed: Participant, by: UUID | None) -> None:
    """Let the marks of somebody who turned out to be this person's second hold for this person.

    The marks that hold move with their named staff. The second keeps being protected, so that
    nothing that still leads there opens. ``by`` is the user whose act showed them to be one.
    """
    if not absorbed.is_protected:
        return
    marks = ProtectionMark.objects.filter(participant=absorbed, lifted_at=None)
    named = NamedStaff.objects.filter(mark__in=marks).values_list("user_id", flat=True)
    named_ids = sorted({str(pk) for pk in named})
    marks.update(participant=participant, version=models.F("version") + 1)
    Participant.objects.filter(pk=participant.pk).update(
        is_protected=True, version=models.F("version") + 1
    )
    participant.is_protected = True
    participant.version += 1
    audit.record(
        municipality_id=participant.municipality_id,
        actor_id=by,
        action="inherit_protection",
        subject_kind="participant",
        subject_id=participant.pk,
        changes={"absorbed": [str(absorbed.pk), None], "named_staff": [None, named_ids]},
    )


@transaction.atomic
def share_protection(
    *, participant: Participant, parted_from: Participant, by: UUID | None
) -> None:
    """Let the marks of a person hold also for one who was parted from this person.

    Nobody knows whose address must be protected, so both are, until somebody who is named lifts
    one. ``by`` is the user whose act parted them.
    """
    if not parted_from.is_protected:
        return
    marks = ProtectionMark.objects.filter(participant=parted_from, lifted_at=None)
    named_ids = set()
    for mark in marks.prefetch_related("named_staff"):
        same = ProtectionMark.objects.create(
            municipality_id=mark.municipality_id,
            participant=participant,
            set_by_id=mark.set_by_id,
            reason=mark.reason,
        )
        staff = [row.user_id for row in mark.named_staff.all()]
        named_ids |= set(staff)
        NamedStaff.objects.bulk_create(
            NamedStaff(municipality_id=mark.municipality_id, mark=same, user_id=pk) for pk in staff
        )
    Participant.objects.filter(pk=participant.pk).update(
        is_protected=True, version=models.F("version") + 1
    )
    participant.is_protected = True
    participant.version += 1
    audit.record(
        municipality_id=participant.municipality_id,
        actor_id=by,
        action="share_protection",
        subject_kind="participant",
        subject_id=participant.pk,
        changes={
            "parted_from": [str(parted_from.pk), None],
            "named_staff": [None, sorted(str(pk) for pk in named_ids)],
        },
    )


@transaction.atomic
def reveal_identifier(*, identifier: Identifier, by: Actor) -> str:
    """Return a number in full. Showing an identity number is an act of its own in the log.

    Raises:
        MayNot: the actor may not read this kind of number.
    """
    check_may_reveal_identifier(by, identifier.kind)
    audit.record(
        municipality_id=identifier.municipality_id,
        actor_id=by.user_id,
        action="reveal_identifier",
        subject_kind="participant",
        subject_id=identifier.participant_id,
        changes={"kind": [None, identifier.kind]},
    )
    return str(identifier.sealed) if identifier.kind in SECRET_KINDS else identifier.plain


def note_reading(*, participant: Participant, page: str, by: Actor) -> None:
    """Note in the read log that somebody opened a person's page."""
    audit.record_reading(
        municipality_id=participant.municipality_id,
        actor_id=by.user_id,
        subject_id=participant.id,
        page=page,
    )
