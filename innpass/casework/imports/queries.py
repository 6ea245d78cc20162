"""Reading imports: the rows that hold, the files that hold, the batches and where they stand."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, Min, OuterRef, Prefetch, QuerySet
from django.utils import timezone

from innpass.casework.imports.edits import Entries, with_edits
from innpass.casework.imports.models import (
    HOLDING,
    BatchStatus,
    ImportBatch,
    RowState,
    SourceFile,
    SourceRow,
    Undoing,
)
from innpass.casework.imports.rows import known_row
from innpass.casework.jobs.models import Job, JobStatus
from innpass.casework.jobs.queries import find_job, has_ended
from innpass.domain.deriving.state import KnownRow

_LONGEST_AT_THE_COMMAND_LINE = timedelta(minutes=15)
NEVER_READ = "Filene ble aldri lest. Importer dem på nytt."


@dataclass(frozen=True, slots=True)
class ByHand:
    """What is about to be entered by hand, and is not stored yet.

    Attributes:
        rows: entered by hand, that are about to be made.
        entries: what is about to be said of these rows, and of stored ones.
        about: the participant whom each row in ``entries`` is about.
    """

    rows: tuple[SourceRow, ...] = ()
    entries: Mapping[UUID, Entries] = field(default_factory=dict)
    about: Mapping[UUID, UUID] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Turn:
    """Rows that change sides when an import is undone.

    Attributes:
        leaving: hold no longer.
        returning: hold again, each with the version it is gone from, if it is.
        ended_by: the import's files, by which the latter were ended.
        by_hand: what is entered at the same time.
    """

    leaving: frozenset[UUID]
    returning: Mapping[UUID, UUID | None]
    ended_by: tuple[UUID, ...]
    by_hand: ByHand = ByHand()


def rows_that_hold(
    edits: Mapping[UUID, Entries], *, turn: Turn | None = None
) -> dict[UUID, list[KnownRow]]:
    """Return the municipality's current and gone rows as humans say they are, by file.

    Args:
        edits: what humans have said (``edits.edits_that_hold``).
        turn: rows to take as if they had changed sides. What is entered with it is not laid over
            them: ``edits`` tell that too.
    """
    names = dict(SourceFile.objects.filter(is_current=True).values_list("id", "name"))
    rows: dict[UUID, list[KnownRow]] = defaultdict(list)
    stored = SourceRow.objects.filter(state__in=HOLDING, file_id__in=list(names)).defer("identity")
    for row in stored.iterator(chunk_size=2000):
        if turn and (row.pk in turn.leaving or row.pk in turn.returning):
            continue
        _hold(rows, known_row(row, names[row.file_id]), row, edits)
    if turn:
        ended = SourceRow.objects.filter(ended_by__in=turn.ended_by).select_related("file")
        for row in ended.defer("identity", "file__content", "file__layout").iterator(2000):
            if row.pk in turn.returning:
                is_gone = turn.returning[row.pk] is not None
                _hold(rows, replace(known_row(row, row.file.name), is_gone=is_gone), row, edits)
        for row in turn.by_hand.rows:
            _hold(rows, known_row(row, row.file.name), row, edits)
    return dict(rows)


def _hold(
    rows: dict[UUID, list[KnownRow]],
    known: KnownRow,
    row: SourceRow,
    edits: Mapping[UUID, Entries],
) -> None:
    entries = edits.get(row.pk)
    rows[row.file_id].append(with_edits(known, entries) if entries else known)


def file_imported_before(digest: str, *, uses_hidden: bool) -> SourceFile | None:
    """Return the file with this content, read this way, that holds as a whole, if there is one.

    One of which another file has replaced some rows, or has no longer, changes something again.
    """
    outdated = SourceRow.objects.filter(file=OuterRef("pk")).exclude(state=RowState.CURRENT)
    holding = SourceFile.objects.filter(is_current=True, uses_hidden=uses_hidden, digest=digest)
    found: SourceFile | None = holding.exclude(Exists(outdated)).first()
    return found


def batches() -> "QuerySet[ImportBatch]":
    """Return the municipality's batches, newest first, with their files but not what is in them."""
    found: QuerySet[ImportBatch] = (
        ImportBatch.objects.select_related("created_by")
        .defer("undo_preview")
        .prefetch_related(
            Prefetch("files", SourceFile.objects.defer("content").order_by("name", "digest"))
        )
        .order_by("-created_at", "pk")
    )
    return found


def first_import_day() -> date | None:
    """Return the day (UTC) on which the first import was applied; ``None`` before there is one."""
    found: datetime | None = ImportBatch.objects.aggregate(first=Min("applied_at"))["first"]
    return found.date() if found else None


def undoings_of(batch: ImportBatch) -> list[Undoing]:
    """Return how an import was undone, wholly or in part, the latest first."""
    found = Undoing.objects.filter(batch=batch).select_related("undone_by")
    return list(found.order_by("-undone_at", "pk"))


def find_file(pk: UUID) -> SourceFile | None:
    """Return a file that somebody handed in; what is in it is read when it is asked for."""
    files = SourceFile.objects.filter(pk=pk, batch__isnull=False).defer("content")
    found: SourceFile | None = files.select_related("batch").first()
    return found


def find_batch(pk: UUID) -> ImportBatch | None:
    """Return one batch of the municipality."""
    return batches().filter(pk=pk).first()


@dataclass(frozen=True, slots=True)
class State:
    """Where a batch stands.

    Attributes:
        code: waiting, reading, ready, applying, applied, undoing, undone, cancelled or failed;
            foreseeing where it is being found out what undoing it would change.
        problem: a Norwegian sentence where something went wrong.
        job: the job at work on it, where there is one.
    """

    code: str
    problem: str = ""
    job: Job | None = None

    @property
    def is_at_work(self) -> bool:
        """Tell whether it will move on by itself."""
        return self.code in ("waiting", "reading", "applying", "undoing", "foreseeing")


def state_of(batch: ImportBatch) -> State:
    """Return where a batch stands, from its own status and that of its job."""
    if batch.undo_asked is not None:
        return _undoing(batch)
    if batch.status not in (BatchStatus.RECEIVED, BatchStatus.READING, BatchStatus.APPLYING):
        return State(batch.status, batch.problem)
    job = find_job(batch.job_id)
    is_applying = batch.status == BatchStatus.APPLYING
    if job is None:
        if timezone.now() - batch.created_at > _LONGEST_AT_THE_COMMAND_LINE:
            return State("failed", NEVER_READ)
        return State("applying" if is_applying else "reading")
    if has_ended(job) and job.status != JobStatus.DONE:
        problem = job.error or "Arbeidet ble avbrutt."
        return State("ready" if is_applying else "failed", problem, job)
    if is_applying:
        return State("applying", job=job)
    return State("waiting" if job.status == JobStatus.WAITING else "reading", job=job)


def _undoing(batch: ImportBatch) -> State:
    """Return where a batch stands that somebody has asked to undo; if that failed, it says why."""
    job = find_job(batch.job_id)
    if job is None or has_ended(job):
        return State(batch.status, job.error if job else "", job)
    return State("undoing", job=job)
