"""Reviewing how long files are kept: which are due, deleting what is in them, keeping them longer.

The rows that were read stay: they are the data of the cases, and follow the rules for those.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils import timezone

from innpass.casework.audit import services as audit
from innpass.casework.imports.models import BatchStatus, ImportBatch, SourceFile
from innpass.casework.imports.queries import state_of
from innpass.domain.access.policy import check_may_review_files
from innpass.domain.access.roles import Actor

_NOT_APPLIED = (BatchStatus.RECEIVED, BatchStatus.READY, BatchStatus.FAILED)


def files_to_review(*, until: date) -> "QuerySet[SourceFile]":
    """Return the files whose day of review is ``until`` or before, the first to come first.

    Without what is in them; with ``read_rows``, the number of rows that were stored.
    """
    found: QuerySet[SourceFile] = (
        SourceFile.objects.filter(
            keep_until__lte=until, content_deleted_at=None, batch__isnull=False
        )
        .select_related("batch__created_by")
        .defer("content", "layout", "batch__preview")
        .annotate(read_rows=Count("rows"))
        .order_by("keep_until", "batch__created_at", "pk")
    )
    return found


def count_due(*, on: date) -> int:
    """Count the files whose day of review has come on ``on``."""
    return SourceFile.objects.filter(
        keep_until__lte=on, content_deleted_at=None, batch__isnull=False
    ).count()


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What came of a review.

    Attributes:
        done: files that were decided.
        at_work: files left as they are, since an import is at work on them now.
    """

    done: int
    at_work: int


@transaction.atomic
def delete_contents(*, files: Collection[UUID], until: date, reason: str, by: Actor) -> Reviewed:
    """Delete for good what is in some of ``files_to_review``; rows and names stay.

    An import that was never applied cannot be any more: it is put aside. Files that are no longer
    to be reviewed are passed over.

    Raises:
        MayNot: the actor's role does not review files.
        ChangedMeanwhile: a file changed after it was read; nothing is deleted.
    """
    check_may_review_files(by)
    now = timezone.now()
    at_work = 0
    events = []
    for file in files_to_review(until=until).filter(pk__in=files):
        if file.batch and state_of(file.batch).is_at_work:
            at_work += 1
            continue
        file.content, file.content_deleted_at = b"", now
        file.save_version(expected=file.version, fields=("content", "content_deleted_at"))
        events.append(_event(file, by, "delete_file_content", reason, {"content": ["kept", None]}))
    _put_aside({event.subject_id for event in events}, by=by)
    audit.record_many(events)
    return Reviewed(len(events), at_work)


def _put_aside(files: Collection[UUID | None], *, by: Actor) -> None:
    batches = ImportBatch.objects.filter(files__in=files, status__in=_NOT_APPLIED).distinct()
    for batch in batches.defer("preview", "undo_preview"):
        batch.status = BatchStatus.CANCELLED
        batch.save_version(expected=batch.version, fields=("status",))
        audit.record(
            municipality_id=batch.municipality_id,
            actor_id=by.user_id,
            action="cancel_import",
            subject_kind="import",
            subject_id=batch.pk,
        )


@transaction.atomic
def keep_longer(
    *, files: Collection[UUID], until: date, new_day: date, reason: str, by: Actor
) -> Reviewed:
    """Keep some of ``files_to_review``; they are reviewed again on ``new_day``.

    Raises:
        MayNot: the actor's role does not review files.
        ChangedMeanwhile: a file changed after it was read; nothing is changed.
    """
    check_may_review_files(by)
    events = []
    for file in files_to_review(until=until).filter(pk__in=files):
        changes = {"keep_until": [str(file.keep_until), str(new_day)]}
        file.keep_until = new_day
        file.save_version(expected=file.version, fields=("keep_until",))
        events.append(_event(file, by, "keep_file", reason, changes))
    audit.record_many(events)
    return Reviewed(len(events), 0)


def _event(
    file: SourceFile, by: Actor, action: str, reason: str, changes: Mapping[str, object]
) -> audit.AuditEvent:
    return audit.event(
        municipality_id=file.municipality_id,
        actor_id=by.user_id,
        action=action,
        subject_kind="file",
        subject_id=file.pk,
        changes=changes,
        reason=reason,
    )
