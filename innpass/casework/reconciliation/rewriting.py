"""Writing what all rows amount to: for everybody, or for a few whose rows changed."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from django.db import models

from innpass.casework.audit import services as audit
from innpass.casework.imports.edits import edits_that_hold, with_edits
from innpass.casework.imports.models import HOLDING, SourceRow
from innpass.casework.imports.reading_rules import rules_that_hold, with_rules
from innpass.casework.imports.rows import id_of, known_row
from innpass.casework.organisations.models import Municipality
from innpass.casework.overview.services import refresh_rows
from innpass.casework.participants.models import Participant, ValueChange
from innpass.casework.participants.sources import bodies_with_people, disputed_cells
from innpass.casework.programme.registering import settle_parted
from innpass.casework.programme.services import reassess
from innpass.casework.reconciliation.becoming import protect_the_new
from innpass.casework.reconciliation.cards import card_of, changes_between, stored_cards
from innpass.casework.reconciliation.crosswalking import people_listed_by, write_tasks
from innpass.casework.reconciliation.disagreeing import write_disagreements
from innpass.casework.reconciliation.preview import Change, changes_of
from innpass.casework.reconciliation.resolving import Person, Resolution, cell_questions, resolve
from innpass.casework.reconciliation.writing import (
    write_links,
    write_people,
    write_questions,
    write_questions_of,
)
from innpass.domain.access.roles import Actor
from innpass.domain.deriving.derive import derive
from innpass.domain.deriving.state import KnownRow
from innpass.domain.linking.rows import Linking
from innpass.exchange.clock import today

# What linking looks at, besides the numbers.
_IDENTIFYING = frozenset({"name", "given_name", "family_name", "native_name", "birth_date"})
_NOBODY_LINKED = Linking((), (), (), ())


def lock(municipality_id: UUID) -> Municipality:
    """Hold everything else that changes casework up, and tell plans made before to be made anew.

    Call it first in the transaction of every act that changes what rows amount to.
    """
    municipality: Municipality = Municipality.objects.select_for_update().get(pk=municipality_id)
    Municipality.objects.filter(pk=municipality_id).update(
        casework_version=models.F("casework_version") + 1
    )
    return municipality


def write_everybody(
    resolution: Resolution,
    changes: Sequence[Change],
    *,
    municipality: Municipality,
    by: Actor,
    action: str,
    reason: str = "",
) -> None:
    """Store what all rows amount to. Call it in the transaction of an act that holds the lock."""
    owner_of = write_people(changes, resolution, municipality, by.user_id)
    protect_the_new(((id_of(key), owner) for key, owner in owner_of.items()), changes, by.user_id)
    write_links(resolution, owner_of, municipality)
    write_questions(resolution, municipality)
    write_disagreements(changes, municipality)
    write_tasks(changes, resolution.rows, municipality, present=people_listed_by(resolution.rows))
    touched = {c.participant.pk for c in changes if c.participant and c.before != c.after}
    moved = set(resolution.absorbed) | resolution.revived
    _write_what_follows(touched | moved, municipality)
    settle_parted(resolution.revived)
    _keep_changes(changes, municipality, by)
    _record(changes, municipality=municipality, by=by, action=action, reason=reason)


def rewrite_everybody(
    *, municipality: Municipality, by: Actor, action: str, reason: str = ""
) -> None:
    """Find out anew who all rows are about and what holds of everybody, and store it.

    For acts that may change whom rows are about: links, names, birth dates and numbers. Seconds at
    10 000 participants.
    """
    resolution = resolve()
    changes = changes_of(resolution)
    write_everybody(
        resolution, changes, municipality=municipality, by=by, action=action, reason=reason
    )


def rewrite_after(
    people: Collection[UUID],
    fields: Collection[str],
    *,
    municipality: Municipality,
    by: Actor,
    action: str,
    reason: str = "",
) -> None:
    """Store what follows from a change of some fields in some people's rows.

    For everybody where the fields may change whom rows are about.
    """
    if any(name in _IDENTIFYING or name.startswith("ids.") for name in fields):
        rewrite_everybody(municipality=municipality, by=by, action=action, reason=reason)
    else:
        rewrite_people(people, municipality=municipality, by=by, action=action, reason=reason)


def rewrite_people(
    ids: Collection[UUID],
    *,
    municipality: Municipality,
    by: Actor,
    action: str,
    reason: str = "",
) -> list[Change]:
    """Find out anew what holds of some people, whose rows stay theirs, and store it."""
    people = list(Participant.objects.filter(pk__in=ids, absorbed_by=None))
    cards = stored_cards(people)
    rows = rows_about(people)
    present = bodies_with_people()
    disputed = disputed_cells(people, rows)
    changes = []
    for participant in people:
        mine = rows.get(participant.pk, [])
        state = derive(mine, present=present, disputed=disputed[participant.pk])
        person = Person(participant.pk, tuple(known.key for known in mine), state)
        before, after = cards[participant.pk], card_of(state)
        changes.append(Change(person, participant, before, after, changes_between(before, after)))
    known = {row.key: row for some in rows.values() for row in some}
    asked = [question for change in changes for question in cell_questions(change.person)]
    write_people(changes, Resolution([], [], _NOBODY_LINKED, known), municipality, by.user_id)
    write_questions_of(asked, people=people, municipality=municipality)
    write_disagreements(changes, municipality)
    write_tasks(changes, known, municipality, present=present)
    _write_what_follows(
        {c.person.participant_id for c in changes if c.before != c.after}, municipality
    )
    _keep_changes(changes, municipality, by)
    _record(changes, municipality=municipality, by=by, action=action, reason=reason)
    return changes


def rows_about(participants: Collection[Participant]) -> Mapping[UUID, list[KnownRow]]:
    """Return the rows that hold about some people, as humans say they are, by participant."""
    stored = (
        SourceRow.objects.filter(
            link__participant__in=participants, state__in=HOLDING, file__is_current=True
        )
        .select_related("file", "link")
        .defer("identity", "file__content", "file__layout")
        .order_by("file__name", "sheet", "number")
    )
    found: dict[UUID, list[KnownRow]] = {}
    rows = list(stored)
    edits = edits_that_hold([row.pk for row in rows])
    rules = rules_that_hold()
    for row in rows:
        known = with_edits(known_row(row, row.file.name), edits.get(row.pk, {}))
        found.setdefault(row.link.participant_id, []).append(with_rules(known, rules))
    return found


def _write_what_follows(touched: Collection[UUID | None], municipality: Municipality) -> None:
    """Store the weeks' status and the grid's rows of people whose facts changed."""
    people = {pk for pk in touched if pk is not None}
    day = today()
    reassess(participants=people, municipality=municipality, on=day)
    refresh_rows(participants=people, municipality=municipality, on=day)


def _keep_changes(changes: Sequence[Change], municipality: Municipality, by: Actor) -> None:
    """Keep in the value history what changed of persons who were known before."""
    ValueChange.objects.bulk_create(
        (
            ValueChange(
                municipality=municipality,
                participant=change.participant,
                by_id=by.user_id,
                changes=change.changes,
            )
            for change in changes
            if change.participant and change.changes and not change.is_new
        ),
        batch_size=500,
    )


def _record(
    changes: Sequence[Change], *, municipality: Municipality, by: Actor, action: str, reason: str
) -> None:
    audit.record_many(
        audit.event(
            municipality_id=municipality.id,
            actor_id=by.user_id,
            action=action,
            subject_kind="participant",
            subject_id=change.participant.pk,
            changes=change.changes,
            reason=reason,
        )
        for change in changes
        if change.participant and change.changes
    )
