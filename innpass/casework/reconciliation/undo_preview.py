"""What undoing an import would change, as plain values for the screen.

Found out at once where the municipality has few rows, by the worker where it has many: who all rows
are about is found out anew, which takes seconds at 10 000 participants. What the worker found is
kept, sealed, with the import until that is undone, with the version of casework it was found on.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from innpass.casework.imports.models import HOLDING, BatchStatus, ImportBatch, SourceRow
from innpass.casework.imports.queries import State
from innpass.casework.jobs import services as jobs
from innpass.casework.jobs.models import JobStatus
from innpass.casework.jobs.queries import find_job, has_ended
from innpass.casework.organisations.bulk import uncollected
from innpass.casework.reconciliation.planning import (
    Finish,
    Progress,
    casework_version,
    nobody_waits,
    silent,
)
from innpass.casework.reconciliation.queries import owners_of
from innpass.casework.reconciliation.reaching import Undo, plan_undo, reach_of
from innpass.domain.access.policy import check_may_apply_import
from innpass.domain.access.roles import Actor

MOST_AT_ONCE = 2500  # rows, of which it is found out within a request: some 0.7 s
LISTED = 200  # people whose changes are kept; all who change are counted
STOPPED = "Arbeidet ble avbrutt."


@dataclass(frozen=True, slots=True)
class UndoPreview:
    """What undoing an import for everybody about whom nobody changed anything would do.

    Attributes:
        changed: those who would change.
        differences: the fields of the first of them as before and after (``preview.Change``).
        erased, kept: as ``undoing.Undo``.
        found_at: when the worker found it out; ``None`` of what was found out just now.
        is_outdated: somebody has changed casework since.
    """

    changed: tuple[UUID, ...]
    differences: Mapping[UUID, Mapping[str, Any]]
    erased: frozenset[UUID]
    kept: frozenset[UUID]
    found_at: datetime | None = None
    is_outdated: bool = False

    @property
    def people(self) -> set[UUID]:
        """All it is about."""
        return {*self.changed, *self.erased, *self.kept}


def find_undo_preview(batch: ImportBatch, *, by: Actor) -> UndoPreview | None:
    """Return what undoing would do; ``None`` where the worker has to find that out.

    What it holds of people is to be cut to what the viewer may read.

    Raises:
        CannotUndo: see ``undoing.plan_undo``.
    """
    rows = SourceRow.objects.filter(state__in=HOLDING)
    if rows[MOST_AT_ONCE : MOST_AT_ONCE + 1].exists():
        return _kept(batch)
    return _of(plan_undo(batch, by=by))


def _of(undo: Undo) -> UndoPreview:
    changed = [c for c in undo.changes if c.participant and c.changes]
    return UndoPreview(
        changed=tuple(c.participant.pk for c in changed if c.participant),
        differences={c.participant.pk: c.changes for c in changed[:LISTED] if c.participant},
        erased=frozenset(undo.erased),
        kept=frozenset(undo.kept),
    )


def _kept(batch: ImportBatch) -> UndoPreview | None:
    kept = batch.undo_preview
    if not kept:
        return None
    return UndoPreview(
        changed=tuple(UUID(pk) for pk in kept["changed"]),
        differences={UUID(pk): changes for pk, changes in kept["differences"].items()},
        erased=frozenset(UUID(pk) for pk in kept["erased"]),
        kept=frozenset(UUID(pk) for pk in kept["kept"]),
        found_at=datetime.fromisoformat(kept["found_at"]),
        is_outdated=kept["on_version"] != casework_version(batch.municipality_id),
    )


def undo_preview_state(batch: ImportBatch) -> State | None:
    """Return how far the worker is; ``None`` where it is done, or was never asked.

    Its code is "foreseeing" while it is at work, "failed" where it came to nothing.
    """
    job = find_job(batch.undo_preview_job_id)
    if job is None or job.status == JobStatus.DONE:
        return None
    if has_ended(job):
        return State("failed", job.error or STOPPED, job)
    return State("foreseeing", job=job)


@transaction.atomic
def start_undo_preview(*, batch: ImportBatch, by: Actor) -> None:
    """Have the worker find out what undoing would do; nothing where it does so already.

    Raises:
        MayNot: the actor may not apply files of these bodies.
        CannotUndo: see ``undoing.reach_of``.
        ChangedMeanwhile: it changed after it was read.
    """
    check_may_apply_import(by, owners=owners_of(batch))
    reach_of(batch)
    state = undo_preview_state(batch)
    if state is not None and state.code == "foreseeing":
        return
    job = jobs.enqueue(kind="import.preview_undo", arguments={"batch": batch.pk}, by=by)
    batch.undo_preview_job_id = job.pk
    batch.save_version(expected=batch.version, fields=("undo_preview_job_id",))


@uncollected()
def preview_undo(
    *,
    batch: ImportBatch,
    by: Actor,
    progress: Progress = silent,
    finish: Finish = nobody_waits,
) -> None:
    """Find out what undoing an import would do, and keep it with the import.

    Args:
        finish: called in the transaction that keeps it (``jobs.registry.Progress``).

    Raises:
        MayNot: the actor may not apply files of these bodies.
        CannotUndo: see ``undoing.plan_undo``.
    """
    check_may_apply_import(by, owners=owners_of(batch))
    undo = plan_undo(batch, by=by, progress=progress)
    found = _of(undo)
    with transaction.atomic():
        stored = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        if stored.status == BatchStatus.APPLIED:
            stored.undo_preview = {
                "on_version": undo.on_version,
                "found_at": timezone.now().isoformat(),
                "changed": [str(pk) for pk in found.changed],
                "differences": {str(pk): said for pk, said in found.differences.items()},
                "erased": sorted(str(pk) for pk in found.erased),
                "kept": sorted(str(pk) for pk in found.kept),
            }
            stored.save_version(expected=stored.version, fields=("undo_preview",))
        finish()
