"""Registration in the national register: what is due, ticking it off, and taking that back."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from innpass.casework.audit import services as audit
from innpass.casework.organisations.inserting import insert_values
from innpass.casework.organisations.models import Municipality
from innpass.casework.organisations.reading import rows_by_owner
from innpass.casework.participants.models import Participant
from innpass.casework.programme.models import Enrolment
from innpass.casework.programme.queries import facts_of
from innpass.casework.programme.readings import law_here
from innpass.casework.programme.registered import RegisterCode, Registration
from innpass.domain.access.policy import Act, check_may
from innpass.domain.access.roles import Actor
from innpass.domain.law.events import Registered
from innpass.domain.law.facts import PersonFacts
from innpass.domain.law.law import Law
from innpass.domain.law.registering import registration_duties
from innpass.domain.sheets.typed import as_text

_MANY = 5000  # more people than this are read with all others, not asked for one by one
_AT_A_TIME = 500  # people in a transaction, rows in a statement
LONGEST_CODE = 60

_Key = tuple[str, date]


class _Known(NamedTuple):
    """What is stored of an event, ``pk`` as the database holds it."""

    pk: UUID | str
    last_day: date
    is_current: bool
    is_registered: bool


@dataclass(slots=True)
class _Differences:
    """Events that are new, lost, gone though registered, or have another last day or are back."""

    new: list[tuple[UUID, str, date, date]] = field(default_factory=list)
    lost: list[UUID | str] = field(default_factory=list)
    gone: list[UUID | str] = field(default_factory=list)
    moved: dict[date, list[UUID | str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, owner: UUID, now: Mapping[_Key, date], before: Mapping[_Key, _Known]) -> None:
        """Compare one person's events with those stored."""
        for key, last_day in now.items():
            if key not in before:
                self.new.append((owner, *key, last_day))
            elif before[key].last_day != last_day or not before[key].is_current:
                self.moved[last_day].append(before[key].pk)
        for key, known in before.items():
            if key not in now and not known.is_registered:
                self.lost.append(known.pk)
            elif key not in now and known.is_current:
                self.gone.append(known.pk)

    @property
    def count(self) -> int:
        return len(self.new) + len(self.lost) + len(self.gone) + sum(map(len, self.moved.values()))


def note_events(
    facts: Mapping[UUID, PersonFacts],
    *,
    participants: Collection[UUID],
    municipality: Municipality,
    law: Law,
) -> int:
    """Make the rows of some people what their facts say; returns how many rows that changed.

    Call it in the transaction that changes the facts. What somebody said is registered stays.
    """
    found = _Differences()
    before = _stored(participants)
    for owner in participants:
        person = facts.get(owner)
        duties = registration_duties(person, law=law) if person else ()
        found.add(owner, {(str(d.kind), d.day): d.last_day for d in duties}, before.get(owner, {}))
    rows = Registration.objects.all()
    for some in _portions(found.lost):
        rows.filter(pk__in=some).delete()
    for some in _portions(found.gone):
        rows.filter(pk__in=some).update(is_current=False)
    for last_day, moved in found.moved.items():
        for some in _portions(moved):
            rows.filter(pk__in=some).update(last_day=last_day, is_current=True)
    columns = ("participant", "kind", "day", "last_day")
    insert_values(Registration, columns, found.new, municipality=municipality)
    return found.count


def _stored(participants: Collection[UUID]) -> dict[UUID, dict[_Key, _Known]]:
    rows = Registration.objects.all()
    if len(participants) <= _MANY:
        rows = rows.filter(participant__in=participants)
    columns = ("kind", "day", "pk", "last_day", "is_current", "registered_at")
    read = rows_by_owner(rows, columns, owner="participant_id", owners=participants)
    return {
        owner: {
            (kind, day): _Known(pk, last_day, is_current, at is not None)
            for kind, day, pk, last_day, is_current, at in events
        }
        for owner, events in read.items()
    }


def note_everyone(*, municipality: Municipality) -> int:
    """Make everybody's rows what their facts say, some people at a time; for the worker.

    What changes facts does so by itself. This is for those imported before there were such rows,
    and for a law that says another number of months than it did.
    """
    people = sorted(_everyone())
    changed = 0
    for at in range(0, len(people), _AT_A_TIME):
        some = people[at : at + _AT_A_TIME]
        with transaction.atomic():
            Municipality.objects.select_for_update().get(pk=municipality.pk)
            changed += note_events(
                facts_of(some), participants=some, municipality=municipality, law=law_here()
            )
    return changed


def _everyone() -> set[UUID]:
    stored = Registration.objects.values_list("participant_id", flat=True).distinct()
    return {*Enrolment.objects.values_list("participant_id", flat=True), *stored}


@transaction.atomic
def tick_off(rows: "QuerySet[Registration]", *, by: Actor) -> int:
    """Note that events are registered; returns how many were not before.

    Args:
        rows: of those the actor may see (``register_duties.wanted_rows``).

    Raises:
        MayNot: the actor's role does not register.
    """
    check_may(by, Act.REGISTER)
    chosen = _ids(rows.filter(registered_at=None))
    now = timezone.now()
    for some in _portions([pk for pk, *_ in chosen]):
        Registration.objects.filter(pk__in=some, registered_at=None).update(
            registered_at=now, registered_by_id=by.user_id, copied_from=None
        )
    _record(chosen, "tick_off_registration", by)
    return len(chosen)


@transaction.atomic
def take_back(rows: "QuerySet[Registration]", *, by: Actor) -> int:
    """Note that events are not registered after all; returns how many were.

    Raises:
        MayNot: the actor's role does not register.
    """
    check_may(by, Act.REGISTER)
    chosen = _ids(rows.exclude(registered_at=None))
    for some in _portions([pk for pk, *_ in chosen]):
        kept = Registration.objects.filter(pk__in=some)
        kept.filter(is_current=False).delete()
        kept.update(registered_at=None, registered_by=None, copied_from=None)
    _record(chosen, "take_back_registration", by)
    return len(chosen)


def _ids(rows: "QuerySet[Registration]") -> list[tuple[UUID, UUID, str]]:
    return list(rows.order_by("pk").values_list("pk", "participant_id", "kind"))


def _portions(ids: Sequence[UUID | str]) -> Iterator[Sequence[UUID | str]]:
    for at in range(0, len(ids), _AT_A_TIME):
        yield ids[at : at + _AT_A_TIME]


def _record(chosen: list[tuple[UUID, UUID, str]], action: str, by: Actor) -> None:
    audit.record_many(
        audit.event(
            municipality_id=by.municipality_id,
            actor_id=by.user_id,
            action=action,
            subject_kind="participant",
            subject_id=person,
            changes={"kind": [None, kind]},
        )
        for _pk, person, kind in chosen
    )


@transaction.atomic
def name_codes(codes: Mapping[Registered, str], *, municipality_id: UUID, by: Actor) -> int:
    """Keep what kinds of events are called in the national register; returns how many changed.

    Args:
        codes: by kind; an empty text forgets the code.

    Raises:
        MayNot: settings are not theirs.
    """
    check_may(by, Act.CHANGE_SETTINGS)
    before = dict(RegisterCode.objects.values_list("kind", "code"))
    named = {kind: as_text(code).strip()[:LONGEST_CODE] for kind, code in codes.items()}
    changes = {
        str(kind): [before.get(kind, ""), code]
        for kind, code in named.items()
        if before.get(kind, "") != code
    }
    RegisterCode.objects.filter(kind__in=changes).delete()
    RegisterCode.objects.bulk_create(
        RegisterCode(municipality_id=municipality_id, kind=kind, code=now)
        for kind, (_was, now) in changes.items()
        if now
    )
    if changes:
        audit.record(
            municipality_id=municipality_id,
            actor_id=by.user_id,
            action="name_register_codes",
            subject_kind="municipality",
            subject_id=municipality_id,
            changes=changes,
        )
    return len(changes)


def carry_over(second: UUID, *, into: UUID) -> None:
    """Let what is said to be registered of somebody hold for the person he or she turned out to be.

    What was said stays with the second, too, for the day they are parted.
    """
    Registration.objects.filter(participant=second, registered_at=None).delete()
    said = list(Registration.objects.filter(participant=second))
    there = {(row.kind, row.day): row for row in Registration.objects.filter(participant=into)}
    Registration.objects.filter(participant=second).update(is_current=False)
    for row in said:
        known = there.get((row.kind, row.day))
        if known is None:
            known = Registration(
                municipality_id=row.municipality_id,
                participant_id=into,
                kind=row.kind,
                day=row.day,
                last_day=row.last_day,
                is_current=False,
            )
        if known.registered_at is None:
            known.registered_at, known.registered_by_id = row.registered_at, row.registered_by_id
            known.copied_from = second
            known.save()


def take_back_copies(second: UUID) -> None:
    """Take back what holds for anybody only because it was said of somebody who was a second."""
    copies = Registration.objects.filter(copied_from=second)
    copies.filter(is_current=False).delete()
    copies.update(registered_at=None, registered_by=None, copied_from=None)


def part_again(second: UUID, *, parted_from: UUID) -> None:
    """Take back what holds for somebody only because it was said of another, now parted.

    What was said while they were one is handed to both, until it is known whose events they are
    (``settle_parted``).
    """
    take_back_copies(second)
    own = set(Registration.objects.filter(participant=second).values_list("kind", "day"))
    said = Registration.objects.filter(
        participant=parted_from, registered_at__isnull=False, copied_from=None
    )
    Registration.objects.bulk_create(
        Registration(
            municipality_id=row.municipality_id,
            participant_id=second,
            kind=row.kind,
            day=row.day,
            last_day=row.last_day,
            is_current=False,
            registered_at=row.registered_at,
            registered_by_id=row.registered_by_id,
            copied_from=parted_from,
        )
        for row in said
        if (row.kind, row.day) not in own
    )


def settle_parted(seconds: Collection[UUID]) -> None:
    """Leave what was said while people were one with the person whose event it is.

    Call it when the events of both have been noted. What is an event of both stays with the one
    it was said of.
    """
    apart = Participant.objects.filter(absorbed_by=None).values("pk")  # and nobody's second
    handed = Registration.objects.filter(participant__in=seconds, copied_from__in=apart)
    handed.filter(is_current=False).delete()
    for row in list(handed):
        said = Registration.objects.filter(
            participant=row.copied_from, kind=row.kind, day=row.day, copied_from=None
        )
        if said.filter(is_current=True).exists():
            row.registered_at = row.registered_by_id = None
        else:
            said.delete()
        row.copied_from = None
        row.save()


def people_with_ticks(people: Collection[UUID]) -> set[UUID]:
    """Return those of some people of whom somebody said that something is registered. One query.

    What was said of somebody who turned out to be a person's second counts, too.
    """
    wanted = set(people)
    if not wanted:
        return set()
    said = Registration.objects.filter(registered_at__isnull=False)
    owners = said.values_list("participant", "participant__turned_out_to_be").distinct()
    return {pk for several in owners for pk in several} & wanted
