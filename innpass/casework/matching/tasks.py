"""What the worker does for matching."""

from typing import Any
from uuid import UUID

from innpass.casework.jobs.asking import asker_of
from innpass.casework.jobs.registry import Progress, job
from innpass.casework.matching.models import MatchRun
from innpass.casework.matching.running import MATCH, answer


@job(MATCH)
def match(job: Any, progress: Progress) -> None:
    """Match everybody whom the one who asked may see."""
    asked = MatchRun.objects.filter(pk=UUID(job.arguments["run"])).first()
    if asked is not None:
        answer(asked, by=asker_of(job), progress=progress)
