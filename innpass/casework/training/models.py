"""Class, track, levels and tests at the learning centre; course models and who is on which."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

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


class CourseModelVersion(MunicipalityModel):
    """A course model as the municipality has made it, from a day. A version is never changed.

    ``number`` counts the versions of a ``key`` from 1; the model as Innpass ships it has no row.
    """

    key = models.CharField(max_length=60)
    number = models.PositiveSmallIntegerField("versjon")
    name = models.CharField("navn", max_length=120)
    first_day = models.DateField("gjelder dem som begynner fra")
    last_day = models.DateField("gjelder dem som begynner til", null=True)
    content = models.JSONField()  # as ``domain.courses.reading.plain_model`` writes it
    made_on = models.DateField("laget")
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField("hvorfor", max_length=500)

    class Meta:
        verbose_name = "versjon av norskmodell"
        verbose_name_plural = "versjoner av norskmodeller"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "key", "number"], name="course_model_version_once"
            ),
            models.CheckConstraint(
                condition=Q(last_day=None) | Q(last_day__gte=F("first_day")),
                name="course_model_intake_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.number})"


class _Decided(MunicipalityModel):
    """What somebody decided for a person. It is taken back, never deleted.

    ``participant`` is whom it was decided for, and stays so: where that one turned out to be
    somebody's second, it is read at that somebody (``courses.lives``).
    """

    first_day = models.DateField("fra")
    reason = models.TextField("begrunnelse", blank=True)
    act_id = models.UUIDField(default=uuid.uuid4, db_index=True)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.pk)


class CourseChoice(_Decided):
    """The version of a course model, and the track, that a person follows until the next choice."""

    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="course_choices"
    )
    key = models.CharField(max_length=60)
    number = models.PositiveSmallIntegerField("versjon")
    track = models.CharField("spor", max_length=20)

    class Meta:
        verbose_name = "valg av norskmodell"
        verbose_name_plural = "valg av norskmodell"
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "first_day"],
                condition=Q(withdrawn_at=None),
                name="course_choice_one_a_day",
            )
        ]


class CourseDeviation(_Decided):
    """Days on which a person has another week than the model's ordinary one."""

    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="course_deviations"
    )
    last_day = models.DateField("til", null=True)
    alternative = models.CharField("uke", max_length=60, blank=True)
    template = models.JSONField("egen uke", null=True)  # as ``plain_week`` writes it

    class Meta:
        verbose_name = "avvik fra norskmodell"
        verbose_name_plural = "avvik fra norskmodell"
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day=None) | Q(last_day__gte=F("first_day")),
                name="course_deviation_ends_after_start",
            ),
            # An alternative of the cell, or a week of its own: one of the two.
            models.CheckConstraint(
                condition=(Q(alternative="") & Q(template__isnull=False))
                | (~Q(alternative="") & Q(template__isnull=True)),
                name="course_deviation_says_a_week",
            ),
        ]
