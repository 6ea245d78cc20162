"""What the worker does for imports."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from innpass.casework.accounts.models import User
from innpass.casework.imports.models import BatchStatus, ImportBatch
from innpass.casework.imports.services import TooLate
from innpass.casework.jobs.registry import JobProblem, Progress, job
from innpass.casework.organisations.queries import actor_for, operator
from innpass.casework.reconciliation.services import apply_import, preview_import
from innpass.domain.access.policy import MayNot
from innpass.domain.access.roles import Actor
from innpass.exchange.clock import today


def _actor(job: Any) -> Actor:
    """Return the eyes of whoever asked, as they are now."""
    if job.requested_by is None:
        return operator(job.municipality)
    user = User.objects.filter(pk=job.requested_by, is_active=True).first()
    found = actor_for(user, on=today()) if user else None
    if found is None or found[0].municipality_id != job.municipality_id:
        raise JobProblem("Den som ba om dette, arbeider ikke lenger i kommunen.")
    return found[0]


def _batch(job: Any) -> ImportBatch:
    batch: ImportBatch = ImportBatch.objects.get(pk=UUID(job.arguments["batch"]))
    return batch


@contextmanager
def _refusals_said() -> Iterator[None]:
    """Let whoever asked read why an act was refused."""
    try:
        yield
    except (MayNot, TooLate) as refusal:
        raise JobProblem(str(refusal)) from None


@job("import.preview")
def preview(job: Any, progress: Progress) -> None:
    """Read a batch's files and keep what they would change."""
    batch = _batch(job)
    if batch.status in (BatchStatus.RECEIVED, BatchStatus.READING):
        with _refusals_said():
            preview_import(batch=batch, by=_actor(job), progress=progress, finish=progress.finish)


@job("import.apply")
def apply(job: Any, progress: Progress) -> None:
    """Apply a batch. Taken up again after a crash it finds the batch applied, or starts over."""
    batch = _batch(job)
    if batch.status == BatchStatus.APPLYING:
        with _refusals_said():
            apply_import(batch=batch, by=_actor(job), progress=progress, finish=progress.finish)
