"""What the worker does for sheets that came back."""

from typing import Any
from uuid import UUID

from innpass.casework.jobs.asking import asker_of
from innpass.casework.jobs.registry import JobProblem, Progress, job
from innpass.casework.reconciliation.entering import CannotAdd
from innpass.casework.reconciliation.entering_rows import RowOutdated
from innpass.casework.round_trip.models import SheetOrder
from innpass.casework.round_trip.queries import NotReadable
from innpass.casework.round_trip.services import enter_ordered
from innpass.domain.access.policy import MayNot
from innpass.exchange.clock import today


@job("sheet.apply")
def apply(job: Any, progress: Progress) -> None:
    """Enter what was edited in a sheet. Taken up again after a crash it starts over."""
    order = SheetOrder.objects.select_related("file").get(file=UUID(job.arguments["file"]))
    if order.job_id != job.pk or order.chosen is None:
        return
    try:
        enter_ordered(order, by=asker_of(job), on=today(), progress=progress)
    except (NotReadable, MayNot, CannotAdd, RowOutdated) as refusal:
        raise JobProblem(str(refusal)) from None
