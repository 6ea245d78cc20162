"""What the worker does for the law."""

from typing import Any
from uuid import UUID

from innpass.casework.jobs.asking import asker_of
from innpass.casework.jobs.registry import MINUTES_OF_A_DAY, Progress, every, job
from innpass.casework.programme.registering import note_everyone
from innpass.casework.programme.standings import JUDGE, judge_everyone
from innpass.casework.programme.what_if import WHAT_IF, WhatIf, answer, forget_old
from innpass.exchange.clock import today


@every(minutes=MINUTES_OF_A_DAY)
@job(JUDGE)
def judge(job: Any, progress: Progress) -> None:
    """Judge everybody by every topic of the law: each night, and after what concerns many."""
    forget_old()
    judge_everyone(municipality=job.municipality, on=today(), progress=progress)


@every(minutes=MINUTES_OF_A_DAY)
@job("programme.note_events")
def note(job: Any, progress: Progress) -> None:
    """Bring what must be registered in step with everybody's facts, where something was missed."""
    note_everyone(municipality=job.municipality)


@job(WHAT_IF)
def what_if(job: Any, progress: Progress) -> None:
    """Answer what somebody asked of another law; forgotten meanwhile, nothing is done."""
    asked = WhatIf.objects.filter(pk=UUID(job.arguments["what_if"])).first()
    if asked is not None:
        answer(asked, by=asker_of(job), progress=progress)
