"""What the worker does for timetables."""

from typing import Any
from uuid import UUID

from innpass.casework.jobs.asking import asker_of
from innpass.casework.jobs.registry import Progress, job
from innpass.casework.timetable.models import TimetableProposal
from innpass.casework.timetable.proposing import PLAN, answer


@job(PLAN)
def plan(job: Any, progress: Progress) -> None:
    """Plan the weeks that somebody asked for."""
    asked = TimetableProposal.objects.filter(pk=UUID(job.arguments["proposal"])).first()
    if asked is not None:
        answer(asked, by=asker_of(job), progress=progress)
