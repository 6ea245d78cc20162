"""The map of employers: service areas and the practice places of units and firms.

Days are inclusive; days of the week are numbers with Monday 0; times of day are minutes after
midnight, the end not included.
"""

from django.db import models
from django.db.models import F, Q

from innpass.casework.organisations.models import MunicipalityModel
from innpass.casework.placements.models import Employer


class ServiceArea(MunicipalityModel):
    """A part of the municipality's services (tjenesteområde), as long as it is organised so.

    ``employees`` is how many work there; places are counted for every thousand of them.
    """

    name = models.CharField("tjenesteområde", max_length=120)
    employees = models.PositiveIntegerField("ansatte", null=True)
    first_day = models.DateField("fra", null=True)
    last_day = models.DateField("til", null=True)

    class Meta:
        verbose_name = "tjenesteområde"
        verbose_name_plural = "tjenesteområder"
        constraints = [
            models.UniqueConstraint(fields=["municipality", "name"], name="service_area_name_once"),
            models.CheckConstraint(
                condition=Q(first_day__isnull=True)
                | Q(last_day__isnull=True)
                | Q(last_day__gte=F("first_day")),
                name="service_area_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PracticePlace(MunicipalityModel):
    """A standing offer at an employer (praksisplass): so many may do these tasks there.

    Attributes:
        occupation: STYRK-08 code of what one does there; empty where nobody said.
        seats: how many may be there on one day.
        weekdays: on which it takes participants; start and end say when.
        days_a_week: how many days a week somebody is wanted there, at least; empty for any number.
        language_at_start: CEFR level of Norwegian needed to begin; empty where none is.
        can_learn: what one can learn there, in words.
        demands: what somebody must bring, names of ``domain.matching`` (police certificate …).
        offered_until: the last day on which the offer stands; empty is open.
        confirmed_on: when the employer last said that the offer stands.
    """

    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="places")
    name = models.CharField("praksisplass", max_length=120)
    tasks = models.TextField("arbeidsoppgaver", blank=True)
    occupation = models.CharField("yrke", max_length=7, blank=True)
    seats = models.PositiveSmallIntegerField("plasser", default=1)
    weekdays = models.JSONField("dager", default=list)
    start = models.PositiveSmallIntegerField("fra", default=8 * 60)
    end = models.PositiveSmallIntegerField("til", default=15 * 60 + 30)
    days_a_week = models.PositiveSmallIntegerField("dager i uka", null=True)
    language_at_start = models.CharField("norsk ved start", max_length=6, blank=True)
    can_learn = models.TextField("kan læres der", blank=True)
    demands = models.JSONField("krav", default=list)
    accessibility = models.TextField("tilgjengelighet", blank=True)
    offered_from = models.DateField("tilbudt fra")
    offered_until = models.DateField("tilbudt til", null=True)
    confirmed_on = models.DateField("bekreftet", null=True)

    class Meta:
        verbose_name = "praksisplass"
        verbose_name_plural = "praksisplasser"
        constraints = [
            models.CheckConstraint(
                condition=Q(offered_until__isnull=True) | Q(offered_until__gte=F("offered_from")),
                name="practice_place_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(end__gt=F("start")) & Q(end__lte=24 * 60), name="practice_place_hours"
            ),
            models.CheckConstraint(condition=Q(seats__gte=1), name="practice_place_seats"),
        ]

    def __str__(self) -> str:
        return self.name
