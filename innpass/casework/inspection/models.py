"""Reports for the state supervisor, each asked for once and kept for some days."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from innpass.casework.organisations.models import MunicipalityModel
from innpass.casework.sealing.fields import SealedBinaryField


class Whom(models.TextChoices):
    """Whose cases a report holds."""

    ALL = "all", "alle"
    SAMPLE = "sample", "tilfeldig utvalg"
    PERSON = "person", "en deltaker"


class InspectionReport(MunicipalityModel):
    """One report. What is in it goes on the day after ``keep_until``."""

    asked_at = models.DateTimeField(auto_now_add=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    whom = models.CharField("hvem", max_length=10, choices=Whom.choices)
    size = models.PositiveIntegerField("antall i utvalget", null=True)
    seed = models.PositiveIntegerField("frø", null=True)
    person = models.UUIDField(null=True)
    first_day = models.DateField("fra")
    last_day = models.DateField("til")
    job_id = models.UUIDField()
    made_at = models.DateTimeField("laget", null=True)
    people = models.PositiveIntegerField("antall deltakere", null=True)
    # The ids of those in it: it is not handed out when one of them is hidden since.
    holds = models.JSONField(null=True)
    pdf = SealedBinaryField(null=True)
    sheet = SealedBinaryField(null=True)
    keep_until = models.DateField("beholdes til")

    class Meta:
        verbose_name = "tilsynsrapport"
        verbose_name_plural = "tilsynsrapporter"
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="report_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
