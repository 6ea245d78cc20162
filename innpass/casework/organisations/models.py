"""The municipality as tenant, its three bodies, and who works where as what."""

import uuid
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from innpass.domain.access.roles import Role


class ChangedMeanwhile(Exception):
    """Somebody else saved the row after it was read. ``current`` is the row as it stands now."""

    def __init__(self, current: models.Model) -> None:
        super().__init__(f"{current._meta.label} {current.pk} was changed meanwhile")
        self.current = current


class Municipality(models.Model):
    """A tenant. Everything else belongs to exactly one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField("navn", max_length=100, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    # Counts acts that change casework as a whole (imports), so that an act computed on what stood
    # before notices that it must be computed again.
    casework_version = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "kommune"
        verbose_name_plural = "kommuner"

    def __str__(self) -> str:
        return self.name


class MunicipalityModel(models.Model):
    """Base of every row that belongs to a municipality.

    ``objects`` raises outside ``scope(municipality=...)``; see ``scoping.py``. ``version`` counts
    saves and is checked in one place, ``save_version``.

    Attributes:
        keeps_person: what it is in Norwegian, where rows of it about a participant keep that one
            from being erased when an import is undone; see ``reconciliation.records``.
    """

    keeps_person: ClassVar[str] = ""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey(
        "organisations.Municipality", on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar[Any] = ScopedManager(municipality="municipality")

    class Meta:
        abstract = True

    def save_version(self, *, expected: int, fields: tuple[str, ...]) -> Self:
        """Save ``fields`` if the stored row still has version ``expected``.

        Raises:
            ChangedMeanwhile: the stored row has another version; nothing is written.
        """
        rows = type(self).objects.filter(pk=self.pk, version=expected)
        # ``pre_save`` is where a sealed field seals; plain fields give their value.
        values = {
            field.attname: field.pre_save(self, add=False)
            for field in self._meta.concrete_fields
            if field.name in fields or field.attname in fields
        }
        if not rows.update(**values, version=F("version") + 1):
            raise ChangedMeanwhile(type(self).objects.get(pk=self.pk))
        self.version = expected + 1
        return self


class OrganisationKind(models.TextChoices):
    """The three cooperating bodies."""

    REFUGEE_DEPARTMENT = "refugee", _("Flyktningtjenesten")
    NAV_OFFICE = "nav", _("Nav")
    ADULT_LEARNING_CENTRE = "learning", _("Voksenopplæringen")


class Organisation(MunicipalityModel):
    """One of the three bodies in a municipality."""

    kind = models.CharField(max_length=20, choices=OrganisationKind.choices)
    name = models.CharField("navn", max_length=100)

    class Meta:
        verbose_name = "samarbeidspart"
        verbose_name_plural = "samarbeidsparter"
        constraints = [
            models.UniqueConstraint(fields=["municipality", "name"], name="organisation_name_once")
        ]

    def __str__(self) -> str:
        return self.name


class Unit(MunicipalityModel):
    """A department or team within a body."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="units")
    name = models.CharField("navn", max_length=100)

    class Meta:
        verbose_name = "enhet"
        verbose_name_plural = "enheter"

    def __str__(self) -> str:
        return self.name


class Membership(MunicipalityModel):
    """Who works where, as what, from when to when. ``last_day`` is inclusive; empty is open."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    role = models.CharField("rolle", max_length=30, choices=[(r.value, r.value) for r in Role])
    first_day = models.DateField("første dag")
    last_day = models.DateField("siste dag", null=True, blank=True)

    class Meta:
        verbose_name = "tilknytning"
        verbose_name_plural = "tilknytninger"
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")),
                name="membership_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.role})"
