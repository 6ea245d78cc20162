"""Acts on imports below the people: receiving files."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from innpass.casework.audit import services as audit
from innpass.casework.imports.models import BatchStatus, ImportBatch, SourceFile
from innpass.casework.imports.queries import state_of
from innpass.casework.jobs import services as jobs
from innpass.casework.jobs.queries import find_job
from innpass.casework.organisations.models import Municipality
from innpass.domain.access.policy import OVERVIEW, MayNot, check_may_import, may_apply_import
from innpass.domain.access.roles import Actor
from innpass.domain.periods import add_months
from innpass.domain.sheets.file_names import safe_file_name

_MONTHS_KEPT = 24  # reviewed then; the rows live on under their own rule


class TooLate(Exception):
    """The batch has moved on. The message is a Norwegian sentence for the user."""


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A file as somebody hands it over.

    Attributes:
        body: whose it is, where its columns do not tell.
        uses_hidden: that the values of hidden sheets count too; as a rule they never do.
    """

    name: str
    content: bytes
    body: str = ""
    uses_hidden: bool = False


def unstored_files(
    *, files: Sequence[HandedOver], municipality: Municipality, on: date
) -> list[SourceFile]:
    """Make, and do not store, the files that are handed over, in the order they are read in."""
    made = [
        SourceFile(
            municipality=municipality,
            name=safe_file_name(file.name)[:255],
            digest=hashlib.sha256(file.content).hexdigest(),
            size=len(file.content),
            content=file.content,
            body=file.body,
            uses_hidden=file.uses_hidden,
            keep_until=add_months(on, _MONTHS_KEPT),
        )
        for file in files
    ]
    return sorted(made, key=lambda file: (file.name, file.digest))


@transaction.atomic
def receive_files(
    *, files: Sequence[HandedOver], municipality: Municipality, by: Actor, on: date
) -> ImportBatch:
    """Keep files sealed in a new batch, not yet read.

    Raises:
        MayNot: the actor's role does not import.
    """
    check_may_import(by)
    batch = ImportBatch.objects.create(municipality=municipality, created_by_id=by.user_id)
    for file in unstored_files(files=files, municipality=municipality, on=on):
        file.batch = batch
        file.save(force_insert=True)
    audit.record(
        municipality_id=municipality.id,
        actor_id=by.user_id,
        action="receive_files",
        subject_kind="import",
        subject_id=batch.id,
        changes={"files": [None, len(files)]},
    )
    return batch


def may_cancel(actor: Actor, batch: ImportBatch) -> bool:
    """Say whether the actor may put a batch aside: who handed it in, and who may apply it.

    As long as nobody knows whose files they are, they count as the shared sheet does.
    """
    files = (batch.preview or {}).get("files", [])
    owners = {file["owner"] for file in files if file["rows"]} or {OVERVIEW}
    return batch.created_by_id == actor.user_id or may_apply_import(actor, owners=owners)


@transaction.atomic
def cancel_import(*, batch: ImportBatch, by: Actor) -> None:
    """Put a batch aside that has not been applied. Its files stay sealed until their date.

    One that is being applied is stopped instead, changes nothing, and is ready to be applied again;
    so is the undoing of one, which goes on holding.

    Raises:
        MayNot: the actor's role does not import, or the files are another body's.
        TooLate: it has been applied, or was put aside before.
        ChangedMeanwhile: it changed after it was read.
    """
    check_may_import(by)
    if not may_cancel(by, batch):
        raise MayNot(
            "Du kan bare forkaste filer som du har levert selv, eller som er fra din egen tjeneste."
        )
    code = state_of(batch).code
    if code == "undoing":
        _stop_undoing(batch, by)
        return
    if code == "applied":
        raise TooLate("Importen er alt tatt i bruk, og kan ikke forkastes.")
    if batch.status == BatchStatus.CANCELLED:
        raise TooLate("Importen er alt forkastet.")
    batch.status = BatchStatus.READY if code == "applying" else BatchStatus.CANCELLED
    batch.save_version(expected=batch.version, fields=("status",))
    if job := find_job(batch.job_id):
        jobs.cancel(job=job, by=by)
    audit.record(
        municipality_id=batch.municipality_id,
        actor_id=by.user_id,
        action="cancel_import",
        subject_kind="import",
        subject_id=batch.id,
    )


def _stop_undoing(batch: ImportBatch, by: Actor) -> None:
    batch.undo_asked = None
    batch.save_version(expected=batch.version, fields=("undo_asked",))
    if job := find_job(batch.job_id):
        jobs.cancel(job=job, by=by)
