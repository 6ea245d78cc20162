"""The integration plan (integreringsloven § 15) and its elements, version by version."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django_scopes import ScopedManager

from innpass.casework.organisations.models import MunicipalityModel
from innpass.casework.participants.models import Participant
from innpass.domain.law.plan import ElementKind, LessonUnit
from innpass.domain.sheets.fields import EndGoal


def _choices(enum: type) -> list[tuple[str, str]]:
    return [(member.value, member.value) for member in enum]  # type: ignore[attr-defined]


class Frozen(Exception):
    """Somebody tried to change or take away a version that is agreed."""


class _PlanRows(models.QuerySet[Any]):
    """Rows that are not changed once the plan they belong to is agreed."""

    def _check(self) -> None:
        to_plan = "" if self.model is IntegrationPlan else "plan__"
        if self.filter(**{f"{to_plan}status": Status.AGREED}).exists():
            raise Frozen

    def update(self, **values: Any) -> int:
        """Change rows of drafts.

        Raises:
            Frozen: one of them belongs to an agreed version.
        """
        self._check()
        return super().update(**values)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Take away rows of drafts.

        Raises:
            Frozen: one of them belongs to an agreed version.
        """
        self._check()
        return super().delete()

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> list[Any]:
        """Store rows.

        Raises:
            Frozen: one is an element of a version that is agreed.
        """
        rows = list(objs)
        for row in rows:
            row.check_open()
        return super().bulk_create(rows, *args, **kwargs)


_Rows = models.Manager.from_queryset(_PlanRows)


class Status(models.TextChoices):
    """How far a version is. That a later one took its place follows from the later one."""

    DRAFT = "draft", "kladd"
    AGREED = "agreed", "avtalt"


class FrozenModel(MunicipalityModel):
    """Base of what is not changed once a version is agreed."""

    objects: ClassVar[Any] = ScopedManager(municipality="municipality", _manager_class=_Rows)

    class Meta:
        abstract = True

    def check_open(self) -> None:
        """Raise ``Frozen`` where the stored row belongs to an agreed version."""
        raise NotImplementedError

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the row; see ``check_open``."""
        self.check_open()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Take the row away; see ``check_open``."""
        self.check_open()
        return super().delete(*args, **kwargs)


class IntegrationPlan(FrozenModel):
    """A version of a person's plan. ``participant`` is whom it was written for, and stays so.

    Where that one turned out to be somebody's second, the version is shown at that somebody
    (``queries.versions_of``), and is back with its own person when the two are parted.
    """

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="plans")
    number = models.PositiveSmallIntegerField("versjon")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    made_on = models.DateField("laget")
    begun_at = models.DateTimeField(auto_now_add=True)
    made_with_participant = models.BooleanField("laget sammen med deltakeren", null=True)
    interpreter_used = models.BooleanField("tolk brukt", null=True)
    end_goal = models.CharField("sluttmål", max_length=20, blank=True, choices=_choices(EndGoal))
    occupation = models.CharField("yrke", max_length=200, blank=True)
    long_term_goal = models.TextField("langsiktig mål", blank=True)
    goal_listening = models.CharField("norskmål, lytte", max_length=10, blank=True)
    goal_reading = models.CharField("norskmål, lese", max_length=10, blank=True)
    goal_writing = models.CharField("norskmål, skrive", max_length=10, blank=True)
    goal_speaking = models.CharField("norskmål, snakke", max_length=10, blank=True)
    norwegian_hours = models.PositiveSmallIntegerField("norsk, timer", null=True)
    social_studies_hours = models.PositiveSmallIntegerField("samfunnskunnskap, timer", null=True)
    length_months = models.PositiveSmallIntegerField("varighet i måneder", null=True)
    first_day = models.DateField("program fra", null=True)
    last_day = models.DateField("program til", null=True)
    complaint_informed = models.BooleanField("informert om klage", null=True)
    review_on = models.DateField("vurderes igjen", null=True)
    reason = models.TextField("grunn til endringen", blank=True)
    agreed_on = models.DateField("avtalt", null=True)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "integreringsplan"
        verbose_name_plural = "integreringsplaner"
        constraints = [
            models.UniqueConstraint(fields=["participant", "number"], name="plan_number_once"),
            models.UniqueConstraint(
                fields=["participant"], condition=Q(status="draft"), name="plan_one_draft"
            ),
            models.CheckConstraint(
                condition=Q(first_day=None) | Q(last_day=None) | Q(last_day__gte=F("first_day")),
                name="plan_ends_after_start",
            ),
            # What the law asks a plan to hold; the elements are rows of their own.
            models.CheckConstraint(
                condition=Q(status="draft", agreed_on=None)
                | Q(
                    ~Q(end_goal=""),
                    ~Q(long_term_goal=""),
                    ~Q(goal_listening=""),
                    ~Q(goal_reading=""),
                    ~Q(goal_writing=""),
                    ~Q(goal_speaking=""),
                    status="agreed",
                    agreed_on__isnull=False,
                    norwegian_hours__isnull=False,
                    social_studies_hours__isnull=False,
                    length_months__isnull=False,
                    complaint_informed=True,
                ),
                name="plan_agreed_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def check_open(self) -> None:
        """Raise ``Frozen`` where the version is agreed as it is stored."""
        if IntegrationPlan.objects.filter(pk=self.pk, status=Status.AGREED).exists():
            raise Frozen


class PlanElement(FrozenModel):
    """An element of a version, such as practice, with why it is chosen."""

    plan = models.ForeignKey(IntegrationPlan, on_delete=models.PROTECT, related_name="elements")
    place = models.PositiveSmallIntegerField()  # in the order as typed, from 1
    kind = models.CharField("slag", max_length=30, choices=_choices(ElementKind))
    text = models.CharField("hva", max_length=300, blank=True)
    hours_per_week = models.FloatField("timer per uke", null=True)
    unit = models.CharField(
        "enhet", max_length=12, choices=_choices(LessonUnit), default=LessonUnit.CLOCK_HOUR
    )
    first_day = models.DateField("fra", null=True)
    last_day = models.DateField("til", null=True)
    reason = models.TextField("begrunnelse", blank=True)

    class Meta:
        verbose_name = "planelement"
        verbose_name_plural = "planelementer"
        constraints = [
            models.UniqueConstraint(fields=["plan", "place"], name="plan_element_place_once"),
            models.CheckConstraint(
                condition=Q(hours_per_week=None)
                | (Q(hours_per_week__gte=0) & Q(hours_per_week__lte=168)),
                name="plan_element_hours_possible",
            ),
            models.CheckConstraint(
                condition=Q(first_day=None) | Q(last_day=None) | Q(last_day__gte=F("first_day")),
                name="plan_element_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def check_open(self) -> None:
        """Raise ``Frozen`` where the version it belongs to is agreed as it is stored."""
        if IntegrationPlan.objects.filter(pk=self.plan_id, status=Status.AGREED).exists():
            raise Frozen
