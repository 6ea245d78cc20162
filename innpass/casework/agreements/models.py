"""One participant at one employer, from proposed to ended. Days are inclusive."""

from typing import Any

from django.conf import settings
from django.db import models

from innpass.casework.employers.models import PracticePlace
from innpass.casework.organisations.models import MunicipalityModel
from innpass.casework.participants.models import Participant
from innpass.casework.placements.models import Employer
from innpass.domain.placing.states import CaseKind, Initiative, Outcome, Step

_STAFF: dict[str, Any] = {"null": True, "on_delete": models.PROTECT, "related_name": "+"}


def _choices(enum: type) -> list[tuple[str, str]]:
    return [(member.value, member.value) for member in enum]  # type: ignore[attr-defined]


class PlacementCase(MunicipalityModel):
    """A participant and an employer: proposed, agreed, running, ended (``domain.placing``).

    Attributes:
        supervisor: the municipality's one contact person for this placement.
        row: the row that tells of the placement among the rows (ADR 0009): of a sheet, or the one
            laid over them when the agreement was signed by all.
    """

    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="placement_cases"
    )
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="cases")
    place = models.ForeignKey(
        PracticePlace, null=True, on_delete=models.PROTECT, related_name="cases"
    )
    kind = models.CharField("ordning", max_length=30, choices=_choices(CaseKind))
    proposed_on = models.DateField("foreslått")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, **_STAFF)
    supervisor = models.ForeignKey(settings.AUTH_USER_MODEL, **_STAFF)
    row = models.UUIDField(null=True)

    class Meta:
        verbose_name = "praksisløp"
        verbose_name_plural = "praksisløp"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "row"],
                condition=models.Q(row__isnull=False),
                name="placement_case_row_once",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class CaseStep(MunicipalityModel):
    """Something that was done on the way to an agreement: presented, prepared, met."""

    case = models.ForeignKey(PlacementCase, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField("steg", max_length=30, choices=_choices(Step))
    on = models.DateField("dag")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, **_STAFF)
    text = models.TextField("hva ble sagt", blank=True)

    class Meta:
        verbose_name = "steg mot avtale"
        verbose_name_plural = "steg mot avtale"
        constraints = [
            models.UniqueConstraint(fields=["case", "kind"], name="case_step_once"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class CaseEnding(MunicipalityModel):
    """How a case ended: whose initiative, why, and what the participant is told of it.

    Attributes:
        last_day: the last day at the employer, inclusive; of one that came to nothing the day on
            which that was clear.
        reason: a code of ``domain.placing``.
        text: for those who follow the case; never shown to the participant or the employer.
        told: what the participant is told.
    """

    case = models.OneToOneField(PlacementCase, on_delete=models.PROTECT, related_name="ending")
    outcome = models.CharField("utfall", max_length=20, choices=_choices(Outcome))
    initiative = models.CharField("på initiativ fra", max_length=20, choices=_choices(Initiative))
    reason = models.CharField("årsak", max_length=40)
    text = models.TextField("internt", blank=True)
    told = models.TextField("til deltakeren", blank=True)
    last_day = models.DateField("siste dag")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, **_STAFF)

    class Meta:
        verbose_name = "avslutning av praksisløp"
        verbose_name_plural = "avslutninger av praksisløp"

    def __str__(self) -> str:
        return str(self.pk)
