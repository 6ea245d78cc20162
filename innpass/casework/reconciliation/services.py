"""Acts of an import that touch people: preview it, apply it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.utils import timezone

from innpass.casework.audit import services as audit
from innpass.casework.imports.models import BatchStatus, ImportBatch, SourceFile
from innpass.casework.imports.queries import state_of
from innpass.casework.imports.services import (
    HandedOver,
    TooLate,
    may_cancel,
    receive_files,
    unstored_files,
)
from innpass.casework.jobs import services as jobs
from innpass.casework.organisations.bulk import uncollected
from innpass.casework.organisations.models import Municipality
from innpass.casework.organisations.statistics import note_sizes
from innpass.casework.reconciliation import planning
from innpass.casework.reconciliation.planning import (
    MOST_PLANS,
    Finish,
    Progress,
    nobody_waits,
    plan_out_of_the_way,
    silent,
)
from innpass.casework.reconciliation.preview import Change, changes_of, preview_json
from innpass.casework.reconciliation.queries import owners_of
from innpass.casework.reconciliation.reading import ReadFile, basis_of, read_files
from innpass.casework.reconciliation.resolving import Resolution, resolve
from innpass.casework.reconciliation.rewriting import write_everybody
from innpass.casework.reconciliation.writing import write_carried, write_rows
from innpass.domain.access.policy import MayNot, check_may_apply_import, check_may_import
from innpass.domain.access.roles import Actor
from innpass.domain.sheets.records import Owner

NOT_YOURS = "Bare den som leverte filen, eller tjenesten den er fra, kan si hvem den kommer fra."


@dataclass
class Plan:
    """What a batch amounts to, computed on the municipality as it stood at ``on_version``."""

    files: list[ReadFile]
    resolution: Resolution
    changes: list[Change]
    on_version: int


def plan_import(
    batch: ImportBatch,
    *,
    progress: Progress = silent,
    read: Sequence[ReadFile] | None = None,
) -> Plan:
    """Read and resolve a batch without writing anything. Preview and apply share this path.

    Args:
        read: the batch's files where they are read already.
    """
    files = list(read) if read is not None else _read(batch, progress=progress)
    return _plan(files, municipality_id=batch.municipality_id, progress=progress)


def _files(batch: ImportBatch) -> list[SourceFile]:
    return list(batch.files.order_by("name", "digest"))


def _read(batch: ImportBatch, *, progress: Progress) -> list[ReadFile]:
    return read_files(_files(batch), municipality_id=batch.municipality_id, progress=progress)


def try_files(
    *,
    files: Sequence[HandedOver],
    municipality: Municipality,
    by: Actor,
    on: date,
    progress: Progress = silent,
) -> dict[str, Any]:
    """Return what importing files would do, and keep nothing; the municipality may be unstored.

    Raises:
        MayNot: the actor's role does not import.
    """
    check_may_import(by)
    unstored = unstored_files(files=files, municipality=municipality, on=on)
    read = read_files(unstored, municipality_id=municipality.pk, progress=progress)
    plan = _plan(read, municipality_id=municipality.pk, progress=progress)
    return preview_json(plan.files, plan.resolution, plan.changes)


def _plan(read: list[ReadFile], *, municipality_id: UUID, progress: Progress) -> Plan:
    version = planning.casework_version(municipality_id)
    resolution = resolve(read, progress=planning.begin(progress, files=len(read)))
    planning.compare(progress, files=len(read))
    changes = changes_of(resolution)
    planning.end(progress, files=len(read))
    return Plan(read, resolution, changes, version)


@transaction.atomic
def hand_over(
    *, files: Sequence[HandedOver], municipality: Municipality, by: Actor, on: date
) -> ImportBatch:
    """Receive files and have the worker read them.

    Raises:
        MayNot: the actor's role does not import.
    """
    batch = receive_files(files=files, municipality=municipality, by=by, on=on)
    start_preview(batch=batch, by=by)
    return batch


@transaction.atomic
def start_preview(*, batch: ImportBatch, by: Actor) -> None:
    """Have the worker find out what a batch would change.

    Raises:
        MayNot: the actor's role does not import.
    """
    check_may_import(by)
    job = jobs.enqueue(kind="import.preview", arguments={"batch": batch.pk}, by=by)
    batch.job_id = job.pk
    batch.save_version(expected=batch.version, fields=("job_id",))


@transaction.atomic
def read_again(*, batch: ImportBatch, by: Actor) -> None:
    """Have the worker read a batch anew, as if nothing had been found out about it.

    Raises:
        MayNot: the actor's role does not import.
        ChangedMeanwhile: it changed after it was read.
    """
    batch.status, batch.preview, batch.problem = BatchStatus.RECEIVED, None, ""
    batch.save_version(expected=batch.version, fields=("status", "preview", "problem"))
    start_preview(batch=batch, by=by)


@transaction.atomic
def tell_owner(*, file: SourceFile, body: Owner, by: Actor) -> None:
    """Say which body a file comes from whose columns do not tell, and read its batch anew.

    Raises:
        MayNot: the batch is somebody else's, from another body.
        TooLate: it is no longer waiting to be applied.
        ChangedMeanwhile: it changed after it was read.
    """
    check_may_import(by)
    batch = ImportBatch.objects.select_for_update().get(pk=file.batch_id)
    if not may_cancel(by, batch):
        raise MayNot(NOT_YOURS)
    if batch.status not in (BatchStatus.READY, BatchStatus.FAILED):
        raise TooLate("Importen er ikke lenger klar, så eieren av filen kan ikke velges her.")
    SourceFile.objects.filter(pk=file.pk).update(body=body)
    audit.record(
        municipality_id=batch.municipality_id,
        actor_id=by.user_id,
        action="tell_owner",
        subject_kind="import",
        subject_id=batch.pk,
        changes={"body": [file.body, str(body)]},
    )
    read_again(batch=batch, by=by)


@transaction.atomic
def start_apply(*, batch: ImportBatch, by: Actor) -> None:
    """Have the worker apply a batch that is ready.

    Raises:
        MayNot: the actor's role does not apply imports, or not files of these bodies.
        TooLate: it is not ready, or no longer.
        ChangedMeanwhile: it changed after it was read.
    """
    check_may_apply_import(by, owners=owners_of(batch))
    if state_of(batch).code != "ready":
        raise TooLate("Importen er ikke klar til å tas i bruk.")
    job = jobs.enqueue(kind="import.apply", arguments={"batch": batch.pk}, by=by)
    batch.status = BatchStatus.APPLYING
    batch.job_id = job.pk
    batch.save_version(expected=batch.version, fields=("status", "job_id"))


@uncollected()
def preview_import(
    *,
    batch: ImportBatch,
    by: Actor,
    progress: Progress = silent,
    finish: Finish = nobody_waits,
) -> dict[str, Any]:
    """Work out what a batch would do and keep it with the batch, ready to be applied.

    A batch that has moved on meanwhile (put aside, being applied, read by another worker) is left
    as it stands.

    Args:
        finish: called in the transaction that keeps the preview (``jobs.registry.Progress``).
    """
    plan = plan_import(batch, progress=progress)
    preview = preview_json(plan.files, plan.resolution, plan.changes)
    with transaction.atomic():
        stored = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        if stored.status in (BatchStatus.RECEIVED, BatchStatus.READING):
            usable = any(f.rows or f.is_known or f.came_back for f in plan.files)
            stored.preview = preview
            stored.status = BatchStatus.READY if usable else BatchStatus.FAILED
            stored.problem = "" if usable else "Ingen av filene kunne leses."
            stored.save_version(expected=stored.version, fields=("preview", "status", "problem"))
            audit.record(
                municipality_id=batch.municipality_id,
                actor_id=by.user_id,
                action="preview_import",
                subject_kind="import",
                subject_id=batch.id,
            )
        finish()
    batch.refresh_from_db()
    return preview


@uncollected()
def apply_import(
    *,
    batch: ImportBatch,
    by: Actor,
    progress: Progress = silent,
    finish: Finish = nobody_waits,
) -> dict[str, Any]:
    """Apply a batch in one transaction; returns its preview as it turned out.

    What it does is computed before the transaction (``planning``); the last time, while others
    wait, from files that were read before they had to. A batch already applied is left alone, so
    that a job which is taken up again after a crash does nothing twice.

    Args:
        finish: called in the transaction that writes (``jobs.registry.Progress``).

    Raises:
        MayNot: the actor may not apply files of these bodies.
        TooLate: it was put aside meanwhile.
    """
    preview = None
    for _ in range(MOST_PLANS):
        plan = plan_import(batch, progress=progress)
        preview = _apply(plan, batch=batch, by=by, finish=finish)
        if preview is not None:
            break
    if preview is None:
        basis = basis_of(_files(batch))
        read: list[ReadFile] | None = _read(batch, progress=progress)
        with transaction.atomic():
            Municipality.objects.select_for_update().get(pk=batch.municipality_id)
            if basis_of(_files(batch)) != basis:
                read = None
            plan = plan_import(batch, progress=progress, read=read)
            preview = _apply(plan, batch=batch, by=by, finish=finish)
    note_sizes()
    batch.refresh_from_db()
    return preview or {}


def _apply(plan: Plan, *, batch: ImportBatch, by: Actor, finish: Finish) -> dict[str, Any] | None:
    """Write a plan; ``None``, and nothing written, where it no longer fits what is stored."""
    with plan_out_of_the_way(), transaction.atomic():
        municipality = Municipality.objects.select_for_update().get(pk=batch.municipality_id)
        stored = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        if stored.status == BatchStatus.APPLIED:
            finish()
            return dict(stored.preview or {})
        if stored.status == BatchStatus.CANCELLED:
            raise TooLate("Importen er forkastet.")
        check_may_apply_import(by, owners={str(f.owner) for f in plan.files if f.rows})
        if municipality.casework_version != plan.on_version:
            return None
        _write(plan, municipality, by)
        preview = preview_json(plan.files, plan.resolution, plan.changes)
        stored.preview = preview
        stored.status = BatchStatus.APPLIED
        stored.applied_at = timezone.now()
        stored.problem = ""
        stored.save_version(
            expected=stored.version, fields=("preview", "status", "applied_at", "problem")
        )
        Municipality.objects.filter(pk=municipality.pk).update(
            casework_version=models.F("casework_version") + 1
        )
        audit.record(
            municipality_id=municipality.id,
            actor_id=by.user_id,
            action="apply_import",
            subject_kind="import",
            subject_id=batch.id,
            changes={
                "new_people": [None, preview["totals"]["new"]],
                "changed_people": [None, preview["totals"]["changed"]],
            },
        )
        finish()
    return preview


def _write(plan: Plan, municipality: Municipality, by: Actor) -> None:
    for read in plan.files:
        file = read.file
        SourceFile.objects.filter(pk=file.pk).update(
            owner=str(read.owner or ""),
            problem=read.problem,
            notices=read.notices,
            unread_columns=read.unread_columns,
            layout=read.layout,
            is_current=bool(read.rows),
        )
        file.owner = str(read.owner or "")
    if not any(read.rows for read in plan.files):
        return
    write_rows(plan.files, plan.resolution)
    write_carried(plan.resolution, municipality)
    SourceFile.objects.filter(pk__in=plan.resolution.old_files).update(is_current=False)
    write_everybody(
        plan.resolution,
        plan.changes,
        municipality=municipality,
        by=by,
        action="import_participant",
    )
