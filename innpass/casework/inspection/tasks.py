"""What the worker does for the reports."""

from typing import Any
from uuid import UUID

from innpass.casework.inspection.models import InspectionReport
from innpass.casework.inspection.services import JOB, TooMany, let_go, make, this_day
from innpass.casework.jobs.asking import asker_of
from innpass.casework.jobs.registry import MINUTES_OF_A_DAY, JobProblem, Progress, every, job
from innpass.domain.access.policy import MayNot
from innpass.exchange.clock import today


@job(JOB)
def make_report(job: Any, progress: Progress) -> None:
    """Make a report. Taken up again after a crash it starts over."""
    report = InspectionReport.objects.get(pk=UUID(job.arguments["report"]))
    if report.made_at is not None:
        return
    try:
        make(report, by=asker_of(job), on=today(), progress=progress)
    except (MayNot, TooMany) as refusal:
        raise JobProblem(str(refusal)) from None


@every(minutes=MINUTES_OF_A_DAY)
@job("inspection.let_go")
def forget(job: Any, progress: Progress) -> None:
    """Delete what is in the reports whose time is up."""
    let_go(on=this_day())
