"""What the worker does for imports."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from innpass.casework.imports.models import BatchStatus, ImportBatch
from innpass.casework.imports.services import TooLate
from innpass.casework.jobs.asking import asker_of
from innpass.casework.jobs.registry import JobProblem, Progress, job
from innpass.casework.programme.standings import ask_for_judging
from innpass.casework.reconciliation.reaching import CannotUndo
from innpass.casework.reconciliation.services import apply_import, preview_import
from innpass.casework.reconciliation.undo_preview import preview_undo
from innpass.casework.reconciliation.undoing import undo_import
from innpass.domain.access.policy import MayNot


def _batch(job: Any) -> ImportBatch:
    batch: ImportBatch = ImportBatch.objects.get(pk=UUID(job.arguments["batch"]))
    return batch


@contextmanager
def _refusals_said() -> Iterator[None]:
    """Let whoever asked read why an act was refused."""
    try:
        yield
    except (MayNot, TooLate, CannotUndo) as refusal:
        raise JobProblem(str(refusal)) from None


@job("import.preview")
def preview(job: Any, progress: Progress) -> None:
    """Read a batch's files and keep what they would change."""
    batch = _batch(job)
    if batch.status in (BatchStatus.RECEIVED, BatchStatus.READING):
        with _refusals_said():
            preview_import(batch=batch, by=asker_of(job), progress=progress, finish=progress.finish)


@job("import.apply")
def apply(job: Any, progress: Progress) -> None:
    """Apply a batch. Taken up again after a crash it finds the batch applied, or starts over."""
    batch = _batch(job)
    if batch.status == BatchStatus.APPLYING:
        with _refusals_said():
            by = asker_of(job)
            apply_import(batch=batch, by=by, progress=progress, finish=progress.finish)
        ask_for_judging(by=by)


@job("import.preview_undo")
def preview_of_undo(job: Any, progress: Progress) -> None:
    """Find out what undoing a batch would do, and keep it."""
    with _refusals_said():
        preview_undo(batch=_batch(job), by=asker_of(job), progress=progress, finish=progress.finish)


@job("import.undo")
def undo(job: Any, progress: Progress) -> None:
    """Undo a batch as it was asked for. Taken up again after a crash it finds it undone."""
    batch = _batch(job)
    asked = batch.undo_asked
    if asked is not None:
        people = asked["people"]
        with _refusals_said():
            by = asker_of(job)
            undo_import(
                batch=batch,
                by=by,
                reason=asked["reason"],
                people=None if people is None else [UUID(pk) for pk in people],
                progress=progress,
                finish=progress.finish,
            )
        ask_for_judging(by=by)
