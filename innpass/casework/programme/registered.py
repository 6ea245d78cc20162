"""What must be registered in the national register, and that somebody says it is done."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from innpass.casework.organisations.models import MunicipalityModel
from innpass.casework.participants.models import Participant


class Registration(MunicipalityModel):
    """One event of a person that must be registered; one of each kind on a day.

    Rows follow the person's facts (``registering.note_events``). That an event is registered is
    said by people alone, and stays when the event disappears: with the event it is there again.
    """

    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, related_name="registrations"
    )
    kind = models.CharField("hendelse", max_length=30)  # ``domain.law.events.Registered``
    day = models.DateField("dato")
    last_day = models.DateField("siste dag")  # in time, inclusive
    is_current = models.BooleanField(default=True)  # the facts hold the event
    registered_at = models.DateTimeField("registrert", null=True)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    # The person with whom it was said, where that one has become part of this one.
    copied_from = models.UUIDField(null=True)

    class Meta:
        verbose_name = "registrering"
        verbose_name_plural = "registreringer"
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "kind", "day"], name="registration_once"
            ),
            models.CheckConstraint(
                condition=Q(is_current=True) | Q(registered_at__isnull=False),
                name="registration_there_or_done",
            ),
        ]
        indexes = [
            models.Index(
                fields=["municipality", "is_current", "last_day"], name="registration_in_time"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class RegisterCode(MunicipalityModel):
    """The municipality's own note of what a kind of event is called in the national register."""

    kind = models.CharField("hendelse", max_length=30)
    code = models.CharField("kode i NIR", max_length=60)

    class Meta:
        verbose_name = "kode i NIR"
        verbose_name_plural = "koder i NIR"
        constraints = [
            models.UniqueConstraint(fields=["municipality", "kind"], name="register_code_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"
