"""Reading imports: the rows that hold, the files that hold, the batches."""

from collections import defaultdict
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from innpass.casework.imports.models import ImportBatch, RowState, SourceFile, SourceRow
from innpass.casework.imports.rows import known_row
from innpass.domain.deriving.state import KnownRow


def rows_that_hold() -> dict[UUID, list[KnownRow]]:
    """Return the municipality's current and gone rows, by file."""
    names = dict(SourceFile.objects.filter(is_current=True).values_list("id", "name"))
    rows: dict[UUID, list[KnownRow]] = defaultdict(list)
    stored = (
        SourceRow.objects.exclude(state=RowState.REPLACED)
        .filter(file_id__in=list(names))
        .defer("identity")
        .iterator(chunk_size=2000)
    )
    for row in stored:
        rows[row.file_id].append(known_row(row, names[row.file_id]))
    return dict(rows)


def file_imported_before(digest: str, *, uses_hidden: bool) -> SourceFile | None:
    """Return the file with this content, read this way, that holds now, if there is one."""
    holding = SourceFile.objects.filter(is_current=True, uses_hidden=uses_hidden)
    found: SourceFile | None = holding.filter(digest=digest).first()
    return found


def batches() -> "QuerySet[ImportBatch]":
    """Return the municipality's batches, newest first, with their files but not what is in them."""
    found: QuerySet[ImportBatch] = (
        ImportBatch.objects.select_related("created_by")
        .prefetch_related(
            Prefetch("files", SourceFile.objects.defer("content").order_by("name", "digest"))
        )
        .order_by("-created_at", "pk")
    )
    return found


def find_batch(pk: UUID) -> ImportBatch | None:
    """Return one batch of the municipality."""
    return batches().filter(pk=pk).first()
