"""Employers and practice periods, as far as the sheets carry them."""

from django.conf import settings
from django.db import models

from innpass.casework.organisations.models import MunicipalityModel
from innpass.casework.participants.models import Participant
from innpass.domain.following.visits import Rhythm
from innpass.domain.sheets.fields import PlacementKind


class Employer(MunicipalityModel):
    """A municipal unit (with its service area) or a private firm.

    ``area`` is the one that most of the placements there state.
    """

    kind = models.CharField(max_length=20, choices=[(k.value, k.value) for k in PlacementKind])
    area = models.CharField("tjenesteområde", max_length=120, blank=True)
    name = models.CharField("navn", max_length=200)

    class Meta:
        verbose_name = "arbeidsgiver"
        verbose_name_plural = "arbeidsgivere"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "kind", "name"], name="employer_name_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Placement(MunicipalityModel):
    """One person's practice period at one employer (praksisperiode). Days are inclusive.

    ``area`` is as its own row states it, which may differ from what another row says of the unit.
    ``has_contract`` may be known though the day of ``contract`` is not.
    """

    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="placements"
    )
    kind = models.CharField(max_length=20, choices=[(k.value, k.value) for k in PlacementKind])
    employer = models.ForeignKey(
        Employer, null=True, on_delete=models.PROTECT, related_name="placements"
    )
    area = models.CharField("tjenesteområde", max_length=120, blank=True)
    first_day = models.DateField("fra", null=True)
    last_day = models.DateField("til", null=True)
    extended = models.BooleanField("forlenget", null=True)
    hours_per_week = models.FloatField("timer per uke", null=True)
    evaluation_visit = models.DateField("evalueringsbesøk", null=True)
    contract = models.DateField("arbeidskontrakt fra", null=True)
    has_contract = models.BooleanField("har arbeidskontrakt", default=False)
    row_id = models.UUIDField(null=True)

    class Meta:
        verbose_name = "praksisperiode"
        verbose_name_plural = "praksisperioder"

    def __str__(self) -> str:
        return str(self.pk)


class VisitRhythm(MunicipalityModel):
    """How often the municipality visits and is in touch, from a day until the next such row.

    The numbers are of ``domain.following.visits.Rhythm``, in days.
    """

    holds_from = models.DateField("gjelder fra")
    first_after = models.PositiveSmallIntegerField("første besøk etter")
    window = models.PositiveSmallIntegerField("vindu")
    interval = models.PositiveSmallIntegerField("mellom besøk")
    language_after = models.PositiveSmallIntegerField("språkbesøk etter", null=True)
    without_contact = models.PositiveSmallIntegerField("uten kontakt")
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "besøksrytme"
        verbose_name_plural = "besøksrytmer"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "holds_from"], name="visit_rhythm_day_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def rhythm(self) -> Rhythm:
        """The numbers."""
        return Rhythm(
            first_after=self.first_after,
            window=self.window,
            interval=self.interval,
            language_after=self.language_after,
            without_contact=self.without_contact,
        )
