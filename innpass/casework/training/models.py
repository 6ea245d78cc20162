"""Class, track, levels and tests at the adult-learning centre."""

from django.db import models

from innpass.casework.organisations.models import MunicipalityModel
from innpass.casework.participants.models import Participant


class Schooling(MunicipalityModel):
    """Where a person is at the learning centre, and the level in each skill (CEFR)."""

    participant = models.OneToOneField(
        Participant, on_delete=models.PROTECT, related_name="schooling"
    )
    class_name = models.CharField("klasse", max_length=60, blank=True)
    track = models.PositiveSmallIntegerField("spor", null=True)
    listening = models.CharField("lytte", max_length=6, blank=True)
    reading = models.CharField("lese", max_length=6, blank=True)
    writing = models.CharField("skrive", max_length=6, blank=True)
    speaking = models.CharField("snakke", max_length=6, blank=True)
    norwegian_offered_on = models.DateField("norskopplæring tilbudt fra", null=True)
    social_studies_hours = models.PositiveSmallIntegerField("samfunnskunnskap, timer", null=True)

    class Meta:
        verbose_name = "skolegang"
        verbose_name_plural = "skolegang"

    def __str__(self) -> str:
        return str(self.pk)


class LanguageTest(MunicipalityModel):
    """One sitting of the Norwegian test (norskprøve) with its goal and result per skill."""

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="tests")
    day = models.DateField("prøvedato")
    goal = models.CharField("mål", max_length=6, blank=True)
    reached = models.BooleanField("mål nådd", null=True)
    listening = models.CharField("lytte", max_length=6, blank=True)
    reading = models.CharField("lese", max_length=6, blank=True)
    writing = models.CharField("skrive", max_length=6, blank=True)
    speaking = models.CharField("snakke", max_length=6, blank=True)
    row_id = models.UUIDField(null=True)

    class Meta:
        verbose_name = "norskprøve"
        verbose_name_plural = "norskprøver"

    def __str__(self) -> str:
        return str(self.pk)
