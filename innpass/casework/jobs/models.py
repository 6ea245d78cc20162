"""Long work as rows: what is to be done, who does it now, how far it has come."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from innpass.casework.organisations.models import MunicipalityModel


class JobStatus(models.TextChoices):
    """Where a job stands."""

    WAITING = "waiting", _("Venter")
    RUNNING = "running", _("Pågår")
    DONE = "done", _("Ferdig")
    FAILED = "failed", _("Feilet")
    CANCELLED = "cancelled", _("Avbrutt")

    @property
    def is_final(self) -> bool:
        """Tell whether nothing more will happen to the job."""
        return self in (JobStatus.DONE, JobStatus.FAILED, JobStatus.CANCELLED)


class Job(MunicipalityModel):
    """One piece of long work.

    A running job is its worker's until ``lease_until``; the worker renews that while it lives. A
    waiting job is not taken before ``lease_until``. ``attempts`` counts how often it was taken and
    tells one taking from the next. ``arguments`` holds ids and switches only; ``message`` and
    ``error`` are Norwegian, shown to users, and hold nothing personal.
    """

    kind = models.CharField(max_length=60)
    arguments = models.JSONField(default=dict)
    status = models.CharField(max_length=10, choices=JobStatus.choices, default=JobStatus.WAITING)
    progress_done = models.PositiveIntegerField(default=0)
    progress_total = models.PositiveIntegerField(default=0)
    message = models.CharField(max_length=200, blank=True)
    error = models.CharField(max_length=500, blank=True)
    requested_by = models.UUIDField(null=True)  # None: the operator, or the clock
    slot = models.DateTimeField(null=True)  # periodic jobs: the beginning of the turn they are for
    created_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    worker = models.CharField(max_length=100, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "jobb"
        verbose_name_plural = "jobber"
        indexes = [
            models.Index(fields=["status", "created_at"], name="job_status_created"),
            models.Index(fields=["municipality", "created_at"], name="job_municipality_created"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "kind", "slot"], name="job_once_per_slot"
            ),
            models.CheckConstraint(
                condition=Q(status__in=JobStatus.values), name="job_status_known"
            ),
            models.CheckConstraint(
                condition=~Q(status=JobStatus.RUNNING)
                | (Q(lease_until__isnull=False) & ~Q(worker="")),
                name="job_running_has_lease",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"
