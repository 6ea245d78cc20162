"""Undoing an import: wholly, or for some of the people it is about.

Its rows hold no longer, the rows that they ended hold again, and everything is derived anew: what
comes out is what stood there before. Whoever came with it alone is erased, unless somebody has
entered something about that person or marked the address as protected. The worker does it, as it
applies an import (``planning``).
"""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.utils import timezone

from innpass.casework.audit import services as audit
from innpass.casework.imports.entering import Act
from innpass.casework.imports.models import (
    HOLDING,
    BatchStatus,
    ImportBatch,
    Question,
    RowState,
    SourceFile,
    SourceRow,
    Undoing,
    Way,
)
from innpass.casework.imports.queries import Turn, state_of
from innpass.casework.imports.services import TooLate
from innpass.casework.jobs import services as jobs
from innpass.casework.organisations.models import Municipality
from innpass.casework.organisations.statistics import note_sizes
from innpass.casework.participants.models import (
    Participant,
    ProtectionMark,
)
from innpass.casework.participants.queries import hidden_people
from innpass.casework.reconciliation.becoming import erase
from innpass.casework.reconciliation.cards import (
    EMPTY,
    changes_between,
    stored_cards,
)
from innpass.casework.reconciliation.naming import store_names
from innpass.casework.reconciliation.planning import (
    MOST_PLANS,
    Finish,
    Progress,
    nobody_waits,
    plan_out_of_the_way,
    silent,
)
from innpass.casework.reconciliation.queries import owners_of
from innpass.casework.reconciliation.reaching import (
    HAS_PLAN,
    HAS_RECORDS,
    HAS_TICKS,
    HAS_TIMETABLE,
    CannotUndo,
    Reach,
    Undo,
    plan_undo,
    reach_of,
)
from innpass.casework.reconciliation.records import in_words
from innpass.casework.reconciliation.rewriting import lock, write_everybody
from innpass.casework.reconciliation.since import (
    plans_without_rows,
    records_without_rows,
    ticks_without_rows,
    timetables_without_rows,
)
from innpass.domain.access.policy import check_may_apply_import
from innpass.domain.access.roles import Actor

CHANGED = (
    "Noen har endret opplysninger fra denne importen etter at den ble tatt i bruk. Velg hvem du "
    "vil angre den for."
)
UNDER_WAY = "Importen blir alt angret."
BUSY = (
    "Noen endret hvem som er beskyttet mens importen ble angret. Ingenting er endret. Prøv igjen."
)
NOBODY_CHOSEN = "Velg minst én person, eller la importen stå."

_SETTLED_BY_UNDOING = "import_undone"


@transaction.atomic
def start_undo(
    *, batch: ImportBatch, by: Actor, reason: str, people: Collection[UUID] | None = None
) -> None:
    """Have the worker undo an import; see ``undo_import``.

    Raises:
        TooLate: it is being undone already.
        MayNot, CannotUndo: as ``undo_import``.
        ChangedMeanwhile: it changed after it was read.
    """
    check_may_apply_import(by, owners=owners_of(batch))
    if state_of(batch).code == "undoing":
        raise TooLate(UNDER_WAY)
    _check(reach_of(batch), hidden_people(by), people)
    job = jobs.enqueue(kind="import.undo", arguments={"batch": batch.pk}, by=by)
    batch.job_id = job.pk
    batch.undo_asked = {
        "reason": reason,
        "people": None if people is None else sorted(str(pk) for pk in people),
    }
    batch.save_version(expected=batch.version, fields=("job_id", "undo_asked"))


def _check(reach: Reach, hidden: set[UUID], people: Collection[UUID] | None) -> None:
    if people is None and reach.changed.keys() - hidden:
        raise CannotUndo(CHANGED)
    chosen = reach.touched - reach.changed.keys()
    if people is not None:
        chosen = reach.touched.intersection(people)
    if plans_without_rows(chosen, reach.files):
        raise CannotUndo(HAS_PLAN)
    if timetables_without_rows(chosen, reach.files):
        raise CannotUndo(HAS_TIMETABLE)
    if ticks_without_rows(chosen, reach.files):
        raise CannotUndo(HAS_TICKS)
    if records := records_without_rows(chosen, reach.files):
        words = {person: (each.value,) for person, each in records.items()}
        raise CannotUndo(HAS_RECORDS.format(records=in_words(words)))
    if not chosen and reach.touched - hidden:
        raise CannotUndo(NOBODY_CHOSEN)


def undo_import(
    *,
    batch: ImportBatch,
    by: Actor,
    reason: str,
    people: Collection[UUID] | None = None,
    progress: Progress = silent,
    finish: Finish = nobody_waits,
) -> Undo:
    """Undo an import, wholly or for some people, with the reason; what stood before holds again.

    What it does is computed before the transaction, in which all is checked again (``planning``).

    Args:
        people: for whom; ``None`` for everybody, which only goes as long as nobody has changed
            anything of what it brought.
        finish: called in the transaction that writes (``jobs.registry.Progress``).

    Raises:
        MayNot: the actor may not apply files of these bodies.
        CannotUndo: see ``reach_of``; or somebody has changed something since, or nobody is chosen.
    """

    def plan() -> Undo:
        now = ImportBatch.objects.get(pk=batch.pk)
        check_may_apply_import(by, owners=owners_of(now))
        _check(reach_of(now), hidden_people(by), people)
        return plan_undo(now, by=by, people=people, progress=progress)

    told: dict[str, Any] = {"batch": batch, "by": by, "reason": reason, "finish": finish}
    for _ in range(MOST_PLANS):
        undo = plan()
        if _undo(undo, **told):
            break
    else:
        with transaction.atomic():
            Municipality.objects.select_for_update().get(pk=batch.municipality_id)
            undo = plan()
            if not _undo(undo, **told):
                raise CannotUndo(BUSY)
    note_sizes()
    batch.refresh_from_db()
    return undo


def _undo(undo: Undo, *, batch: ImportBatch, by: Actor, reason: str, finish: Finish) -> bool:
    """Write a plan; ``False``, and nothing written, where it no longer fits what is stored."""
    with plan_out_of_the_way(), transaction.atomic():
        municipality = Municipality.objects.select_for_update().get(pk=batch.municipality_id)
        stored = ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
        check_may_apply_import(by, owners=owners_of(stored))
        marked = ProtectionMark.objects.filter(participant__in=undo.erased)
        if (
            municipality.casework_version != undo.on_version
            or hidden_people(by) != undo.hidden
            or marked.exists()
        ):
            return False
        _write(undo, stored, lock(municipality.pk), by, reason)
        finish()
    return True


def _write(
    undo: Undo, stored: ImportBatch, municipality: Municipality, by: Actor, reason: str
) -> None:
    if undo.kept:
        store_names(undo.names, act=Act(municipality, by.user_id, Way.UNDO, reason))
    is_whole = undo.left <= undo.hidden
    undoing = Undoing.objects.create(
        municipality=municipality,
        batch=stored,
        undone_at=timezone.now(),
        undone_by_id=by.user_id,
        reason=reason,
        is_whole=is_whole,
    )
    _turn_rows(undo.turn, undoing)
    cards = stored_cards(list(Participant.objects.filter(pk__in=undo.erased)))
    write_everybody(
        undo.resolution,
        undo.changes,
        municipality=municipality,
        by=by,
        action="undo_import",
        reason=reason,
    )
    audit.record_many(
        audit.event(
            municipality_id=municipality.pk,
            actor_id=by.user_id,
            action="undo_import",
            subject_kind="participant",
            subject_id=pk,
            changes=changes_between(card, EMPTY),
            reason=reason,
        )
        for pk, card in cards.items()
    )
    erase(undo.erased)
    stored.undo_asked = stored.undo_preview = None
    if is_whole:
        stored.status = BatchStatus.UNDONE
    stored.save_version(expected=stored.version, fields=("status", "undo_asked", "undo_preview"))
    audit.record(
        municipality_id=municipality.pk,
        actor_id=by.user_id,
        action="undo_import",
        subject_kind="import",
        subject_id=stored.pk,
        changes={"people": [len(undo.touched), len(undo.left)]},
        reason=reason,
    )


def _turn_rows(turn: Turn, undoing: Undoing) -> None:
    """Let rows change sides, and say of each file whether it still holds."""
    touched = set(turn.ended_by)
    for some in _some(turn.leaving):
        rows = SourceRow.objects.filter(pk__in=some)
        rows.update(state=RowState.UNDONE, undoing=undoing, version=models.F("version") + 1)
        Question.objects.filter(row__in=some, closed_at=None).update(
            closed_at=undoing.undone_at,
            closed_because=_SETTLED_BY_UNDOING,
            version=models.F("version") + 1,
        )
    by_end: dict[UUID | None, list[UUID]] = {}
    for pk, gone_from in turn.returning.items():
        by_end.setdefault(gone_from, []).append(pk)
    for gone_from, ids in by_end.items():
        for some in _some(ids):
            rows = SourceRow.objects.filter(pk__in=some)
            touched |= set(rows.order_by().values_list("file_id", flat=True).distinct())
            rows.update(
                state=RowState.GONE if gone_from else RowState.CURRENT,
                ended_by=gone_from,
                gone_from=gone_from,
                version=models.F("version") + 1,
            )
    held = SourceRow.objects.filter(file__in=touched, state__in=HOLDING).order_by()
    holding = set(held.values_list("file_id", flat=True).distinct())
    SourceFile.objects.filter(pk__in=holding).update(is_current=True)
    SourceFile.objects.filter(pk__in=touched - holding).update(is_current=False)


def _some(ids: Iterable[UUID], size: int = 500) -> Iterable[list[UUID]]:
    every = sorted(ids)
    for at in range(0, len(every), size):
        yield every[at : at + size]
