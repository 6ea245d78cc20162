"""Locked pairs: the place is kept for that participant, whoever else looks, until it is lifted."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext as _

from innpass.casework.agreements.models import PlacementCase
from innpass.casework.audit import services as audit
from innpass.casework.employers.models import PracticePlace
from innpass.casework.matching.models import MatchLock
from innpass.casework.matching.people import in_need, on_the_way
from innpass.casework.participants.models import Participant
from innpass.casework.participants.queries import OWNER, family_of
from innpass.casework.placements.models import Placement
from innpass.casework.timetable.keeping import note, one_at_a_time
from innpass.domain.access.policy import check_may_write
from innpass.domain.access.roles import Actor


class NotLocked(Exception):
    """A pair was not locked; the message is a sentence that says why and what to do."""


def locks_on(monday: date) -> dict[UUID, UUID]:
    """Return the place that is locked for each who looks for one from a Monday on, by person.

    Whoever may look at it: a seat is kept for those, too, whom a viewer may not see. A lock has
    done its work when its participant begins somewhere. Four queries, one where nothing is locked.
    """
    rows = MatchLock.objects.filter(lifted_at=None).annotate(owner=OWNER).order_by("pk")
    made = {
        owner: (place, at) for owner, place, at in rows.values_list("owner", "place", "locked_at")
    }
    if not made:
        return {}
    begun = Placement.objects.filter(participant__in=made, first_day__isnull=False)
    done = {
        person
        for person, first in begun.values_list("participant", "first_day")
        if first >= timezone.localdate(made[person][1])
    }
    waiting = on_the_way().filter(family_of(made)).annotate(owner=OWNER)
    done |= set(waiting.values_list("owner", flat=True))
    needy = set(in_need(monday, among=made).values_list("participant", flat=True))
    return {person: place for person, (place, _at) in made.items() if person in needy - done}


def kept_for(
    locks: Mapping[UUID, UUID], *, but: Collection[UUID] = ()
) -> dict[UUID, tuple[UUID, ...]]:
    """Turn ``locks_on`` round: for whom each place is kept, some people left out."""
    found: dict[UUID, tuple[UUID, ...]] = defaultdict(tuple)
    for person, place in locks.items():
        if person not in but:
            found[place] += (person,)
    return dict(found)


@transaction.atomic
def lock(*, participant: Participant, place: PracticePlace, monday: date, by: Actor) -> None:
    """Keep a place for somebody in every match to come; another that was locked is let go.

    Args:
        monday: from when places are looked for.

    Raises:
        MayNot: advice is not theirs to act on.
        NotLocked: every seat there is locked for others.
    """
    check_may_write(by, "match.advice")
    one_at_a_time(by)
    mine = MatchLock.objects.filter(family_of([participant.pk]), lifted_at=None)
    if mine.filter(place=place).exists():
        return
    others = kept_for(locks_on(monday), but=[participant.pk]).get(place.pk, ())
    if len(others) >= place.seats:
        text = _("Alle plassene på %(place)s er låst til andre. Ta bort en av låsene først.")
        raise NotLocked(text % {"place": place.name})
    unlock(participant=participant, by=by)
    MatchLock.objects.create(
        municipality_id=by.municipality_id,
        participant=participant,
        place=place,
        locked_by_id=by.user_id,
    )
    changes = {"place": [None, str(place.pk)]}
    note(by, action="lock_match", kind="participant", subject=participant.pk, changes=changes)


@transaction.atomic
def unlock(*, participant: Participant, by: Actor) -> None:
    """Let a locked pair go; where none is locked nothing happens.

    Raises:
        MayNot: advice is not theirs to act on.
    """
    check_may_write(by, "match.advice")
    lift([participant.pk], municipality=by.municipality_id, user=by.user_id)


@receiver(post_save, sender=PlacementCase)
def proposed(instance: PlacementCase, created: bool, raw: bool, **_: Any) -> None:
    """Lift the lock of whom a place is proposed for, wherever it was proposed: it is done with."""
    if created and not raw and instance.row is None:
        lift(
            [instance.participant_id],
            municipality=instance.municipality_id,
            user=instance.proposed_by_id,
        )


def lift(people: Collection[UUID], *, municipality: UUID, user: UUID | None) -> None:
    """Lift the locks of some people who get a place or whose lock somebody takes away."""
    rows = MatchLock.objects.filter(family_of(people), lifted_at=None).annotate(owner=OWNER)
    owners = dict(rows.values_list("pk", "owner"))
    if not owners:
        return
    MatchLock.objects.filter(pk__in=owners).update(lifted_at=timezone.now(), lifted_by=user)
    audit.record_many(
        audit.event(
            municipality_id=municipality,
            actor_id=user,
            action="unlock_match",
            subject_kind="participant",
            subject_id=owner,
        )
        for owner in set(owners.values())
    )
