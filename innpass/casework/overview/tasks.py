"""What the worker does for the grid."""

from typing import Any

from innpass.casework.jobs.registry import Progress, every, job
from innpass.casework.overview.services import REFRESH, judge_anew, refresh_due
from innpass.casework.programme.standings import JUDGE_ANEW


@every(minutes=60)
@job(REFRESH)
def refresh(job: Any, progress: Progress) -> None:
    """Write anew the rows that the passing of days has changed; soon after midnight, the most."""
    refresh_due(municipality=job.municipality, progress=lambda done: progress(done, 0))


@job(JUDGE_ANEW)
def judge(job: Any, progress: Progress) -> None:
    """Judge everybody anew, in the grid too, after the law is read otherwise."""
    judge_anew(municipality=job.municipality, progress=progress)
