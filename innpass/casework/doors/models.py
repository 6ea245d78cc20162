"""Ways in for employers, what they confirmed there, and what they were handed."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from innpass.casework.agreements.models import PlacementCase
from innpass.casework.doors.codes import Came, ClosedWhy, Holder, PackWay
from innpass.casework.organisations.models import MunicipalityModel

_STAFF: dict[str, Any] = {"on_delete": models.PROTECT, "related_name": "+"}


def _choices(codes: type[models.TextChoices]) -> list[tuple[str, str]]:
    """Give a column its codes alone: how they are called is no matter of the database."""
    return [(value, value) for value in codes.values]


class Door(MunicipalityModel):
    """An employer's way in to one placement: a link that opens once, then a key in one browser.

    Only digests of the two secrets are kept, so nobody can read a way in out of the database.
    Whether it leads anywhere follows from this row, the placement and the person
    (``doors.queries``).

    Attributes:
        digest: of the secret in the link.
        opens_until: after which moment the link opens nothing.
        key_digest: of the secret that the browser got when the link was used; empty until then.
        confirms_until: how long what is sent from there is believed, since a right code came.
        wrong_tries: wrong codes since the last right one.
    """

    case = models.ForeignKey(PlacementCase, on_delete=models.PROTECT, related_name="doors")
    holder = models.CharField("laget for", max_length=10, choices=_choices(Holder))
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, **_STAFF)
    opens_until = models.DateTimeField()
    key_digest = models.CharField(max_length=64, blank=True)
    opened_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)
    confirms_until = models.DateTimeField(null=True)
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, **_STAFF)
    closed_why = models.CharField(max_length=12, blank=True, choices=_choices(ClosedWhy))

    class Meta:
        verbose_name = "arbeidsgiverlenke"
        verbose_name_plural = "arbeidsgiverlenker"
        constraints = [
            models.UniqueConstraint(
                fields=["key_digest"], condition=~Q(key_digest=""), name="door_key_once"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_why="")
                | (Q(closed_at__isnull=False) & ~Q(closed_why="")),
                name="door_closed_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(opens_until__gt=F("made_at")), name="door_opens_for_a_while"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class DoorCode(MunicipalityModel):
    """Six digits that the supervisor hands over by another way than the link. Kept as a digest.

    The last one made for a door is the one that holds, until it is used or too old.
    """

    door = models.ForeignKey(Door, on_delete=models.PROTECT, related_name="codes")
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, **_STAFF)
    usable_until = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "engangskode"
        verbose_name_plural = "engangskoder"

    def __str__(self) -> str:
        return str(self.pk)


class ConfirmedDay(MunicipalityModel):
    """What the employer says of one day; beside what is noted as attended, never in its place."""

    case = models.ForeignKey(PlacementCase, on_delete=models.PROTECT, related_name="confirmed_days")
    on = models.DateField("dato")
    came = models.CharField("kom", max_length=4, choices=_choices(Came))
    door = models.ForeignKey(Door, on_delete=models.PROTECT, related_name="confirmed_days")
    said_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "bekreftet dag"
        verbose_name_plural = "bekreftede dager"
        constraints = [models.UniqueConstraint(fields=["case", "on"], name="confirmed_day_once")]

    def __str__(self) -> str:
        return str(self.pk)


class PackGiven(MunicipalityModel):
    """That the employer of a placement got the employer pack, when and how."""

    case = models.ForeignKey(PlacementCase, on_delete=models.PROTECT, related_name="packs")
    on = models.DateField("gitt")
    way = models.CharField("måte", max_length=10, choices=_choices(PackWay))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, **_STAFF)
    noted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "utlevert arbeidsgiverpakke"
        verbose_name_plural = "utleverte arbeidsgiverpakker"

    def __str__(self) -> str:
        return str(self.pk)
