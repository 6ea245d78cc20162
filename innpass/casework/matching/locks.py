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
from innpass.casework.matching.apart import why_apart
from innpass.casework.matching.models import MatchLock
from innpass.casework.matching.people import on_the_way, without_place, without_work
from innpass.casework.matching.places import only
from innpass.casework.participants.models import Participant
from innpass.casework.participants.queries import OWNER, family_of
from innpass.casework.placements.models import Placement
from innpass.casework.timetable.keeping import note, one_at_a_time
from innpass.domain.access.policy import check_may_write
from innpass.domain.access.roles import Actor


class NotLocked(Exception):
    """A pair was not locked; the message is a sentence that says why and what to do."""


def open_locks() -> dict[UUID, UUID]:
    """Return the place that is locked for each, by person, the oldest lock first.

    Also of those for whom no seat is kept now. A lock has done its work when its participant begins
    somewhere. Two queries, one where nothing is locked.
    """
    rows = MatchLock.objects.filter(lifted_at=None).annotate(owner=OWNER)
    made = {
        owner: (place, at)
        for owner, place, at in rows.order_by("locked_at", "pk").values_list(
            "owner", "place", "locked_at"
        )
    }
    if not made:
        return {}
    begun = Placement.objects.filter(participant__in=made, first_day__isnull=False)
    done = {
        person
        for person, first in begun.values_list("participant", "first_day")
        if first >= timezone.localdate(made[person][1])
    }
    return {person: place for person, (place, _at) in made.items() if person not in done}


def locks_on(monday: date) -> dict[UUID, UUID]:
    """Return for whom seats are kept from a Monday on, with the place, the oldest lock first.

    Whoever may look at it: a seat is kept for those, too, whom a viewer may not see. It is kept
    while somebody is on leave, and until she or he begins; not where the programme has ended, nor
    where somebody has practice or work, or is proposed. Four queries, one where nothing is locked.
    """
    return holding(open_locks(), monday=monday)


def holding(locks: Mapping[UUID, UUID], *, monday: date) -> dict[UUID, UUID]:
    """Return those of ``open_locks`` that keep a seat from a Monday on. Two queries."""
    if not locks:
        return {}
    needy = set(without_place(monday, among=locks).values_list("participant", flat=True))
    needy -= _proposed(locks)
    return {person: locks[person] for person in locks if person in needy}


def kept_for(
    locks: Mapping[UUID, UUID], *, but: Collection[UUID] = ()
) -> dict[UUID, tuple[UUID, ...]]:
    """Turn ``locks_on`` round: for whom each place is kept, some people left out."""
    found: dict[UUID, tuple[UUID, ...]] = defaultdict(tuple)
    for person, place in locks.items():
        if person not in but:
            found[place] += (person,)
    return dict(found)


def kept_from(locks: Mapping[UUID, UUID], person: UUID) -> dict[UUID, tuple[UUID, ...]]:
    """Say for whom each place is kept so that somebody cannot have the seat.

    The own lock is left out, and at the same place those made after it: where seats have become
    fewer than locks, the oldest hold.
    """
    mine = locks.get(person)
    passed = list(locks)[list(locks).index(person) :] if person in locks else ()
    return kept_for(locks, but=[each for each in passed if locks[each] == mine])


@transaction.atomic
def lock(*, participant: Participant, place: PracticePlace, monday: date, by: Actor) -> None:
    """Keep a place for somebody in every match to come; another that was locked is let go.

    Args:
        monday: from when places are looked for.

    Raises:
        MayNot: advice is not theirs to act on.
        NotLocked: the participant looks for no place then, or no seat there is free, or every free
            seat is locked for others.
    """
    check_may_write(by, "match.advice")
    one_at_a_time(by)
    if locks_on(monday).get(participant.pk) == place.pk:
        return
    if why := why_apart(participant.pk, monday=monday):
        text = _("%(name)s er ikke låst til %(place)s. %(why)s")
        raise NotLocked(text % {"name": participant.name, "place": place.name, "why": why})
    around = only(by, place.pk, monday=monday, but=participant.pk)
    if not around.offers:
        text = _("%(place)s tilbys ikke fra denne dagen. Velg en annen plass, eller en annen uke.")
        raise NotLocked(text % {"place": place.name})
    free = around.offers[0].seats
    if not free:
        text = _("Ingen plass på %(place)s er ledig fra denne dagen. Velg en annen.")
        raise NotLocked(text % {"place": place.name})
    if len(_locked_at(place, monday) - {participant.pk}) >= free:
        text = _("De ledige plassene på %(place)s er låst til andre. Ta bort en av låsene først.")
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


def _locked_at(place: PracticePlace, monday: date) -> set[UUID]:
    """Return those for whom a place is locked, also who has practice until a later day.

    Such a lock holds again from that day on, so nobody else gets one for the same seat.
    """
    mine = {person for person, where in open_locks().items() if where == place.pk}
    wanted = without_work(monday, among=mine)
    return set(wanted.values_list("participant", flat=True)) - _proposed(mine)


def _proposed(people: Collection[UUID]) -> set[UUID]:
    rows = on_the_way().filter(family_of(people)).annotate(owner=OWNER)
    return set(rows.values_list("owner", flat=True))


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
