"""Reading jobs: one of them, and whether anybody is there to do it."""

from datetime import timedelta
from uuid import UUID

from django.db.models.functions import Now
from django.utils import timezone
from django_scopes import scopes_disabled

from innpass.casework.jobs.models import Job, JobStatus

PATIENCE = timedelta(seconds=15)


def find_job(pk: UUID | None) -> Job | None:
    """Return a job of the municipality."""
    found: Job | None = Job.objects.filter(pk=pk).first() if pk else None
    return found


def has_ended(job: Job) -> bool:
    """Tell whether nothing more will happen to a job."""
    return JobStatus(job.status).is_final


def waits_in_vain(job: Job) -> bool:
    """Tell whether a job has waited longer than 15 seconds while no worker is at work anywhere.

    A worker does one job at a time, so a job that waits behind another does not wait in vain. A
    running job whose lease has run out has lost its worker.
    """
    with scopes_disabled():
        held = Job.objects.filter(status=JobStatus.RUNNING, lease_until__gte=Now())
        if job.status == JobStatus.WAITING:
            return timezone.now() - job.created_at > PATIENCE and not held.exists()
        return job.status == JobStatus.RUNNING and not held.filter(pk=job.pk).exists()
