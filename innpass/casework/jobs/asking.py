"""In whose name a job is done."""

from innpass.casework.accounts.models import User
from innpass.casework.jobs.models import Job
from innpass.casework.jobs.registry import JobProblem
from innpass.casework.organisations.queries import actor_for, operator
from innpass.domain.access.roles import Actor
from innpass.exchange.clock import today


def asker_of(job: Job) -> Actor:
    """Return the eyes of whoever asked, as they are now.

    Raises:
        JobProblem: that somebody no longer works in the municipality.
    """
    if job.requested_by is None:
        return operator(job.municipality)
    user = User.objects.filter(pk=job.requested_by, is_active=True).first()
    found = actor_for(user, on=today()) if user else None
    if found is None or found[0].municipality_id != job.municipality_id:
        raise JobProblem("Den som ba om dette, arbeider ikke lenger i kommunen.")
    return found[0]
