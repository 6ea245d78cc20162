"""Who came, from when on somebody is to be followed up, and the calendars one subscribes to.

Times of day are minutes after midnight, the end not included; days are inclusive.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from innpass.casework.organisations.models import MunicipalityModel
from innpass.casework.participants.models import Participant
from innpass.casework.placements.models import Employer
from innpass.casework.timetable.columns import choices, ends_after_start
from innpass.domain.planning.solution import Part
from innpass.domain.sheets.fields import AbsenceKind, Activity


class Missed(models.TextChoices):
    """Which end of a session somebody missed."""

    BEGINNING = "late", _("kom sent")
    END = "early", _("gikk tidlig")


class Attendance(MunicipalityModel):
    """What happened in one block on one day, kept apart from what was planned.

    ``absent_minutes`` is what was missed of the block, 0 where the person was there all the time;
    ``missed`` is which end of it, where it was not all.
    ``kind`` says why, where anybody knows. What was planned is copied, since plans change.
    """

    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="attendances"
    )
    on = models.DateField("dato")
    start = models.PositiveSmallIntegerField("fra")
    end = models.PositiveSmallIntegerField("til")
    part = models.CharField("slag", max_length=12, choices=choices(Part))
    activity = models.CharField("aktivitet", max_length=30, blank=True, choices=choices(Activity))
    name = models.CharField("navn", max_length=200)
    group = models.ForeignKey(
        "timetable.TeachingGroup", null=True, on_delete=models.PROTECT, related_name="+"
    )
    employer = models.ForeignKey(Employer, null=True, on_delete=models.PROTECT, related_name="+")
    counted_minutes = models.PositiveSmallIntegerField("regnes som minutter")
    absent_minutes = models.PositiveSmallIntegerField("borte i minutter", default=0)
    missed = models.CharField(
        "kom sent eller gikk tidlig", max_length=5, blank=True, choices=Missed.choices
    )
    kind = models.CharField(
        "grunn til fravær", max_length=20, blank=True, choices=choices(AbsenceKind)
    )
    noted_at = models.DateTimeField(auto_now=True)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "oppmøte"
        verbose_name_plural = "oppmøte"
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "on", "start"], name="attendance_block_once"
            ),
            ends_after_start("attendance_ends_after_start"),
            models.CheckConstraint(
                condition=Q(absent_minutes__lte=F("end") - F("start")),
                name="attendance_absent_within",
            ),
        ]
        indexes = [
            models.Index(fields=["group", "on"], name="attendance_of_group"),
            models.Index(fields=["municipality", "on"], name="attendance_of_day"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class CalendarAddress(MunicipalityModel):
    """A secret address at which a calendar program reads one week after another; revocable.

    Only the digest of the secret is kept, so nobody can read the address out of the database. It
    is of a person, a group or an employer; of exactly one.
    """

    participant = models.ForeignKey(
        Participant, null=True, on_delete=models.PROTECT, related_name="+"
    )
    group = models.ForeignKey(
        "timetable.TeachingGroup", null=True, on_delete=models.PROTECT, related_name="+"
    )
    employer = models.ForeignKey(Employer, null=True, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    language = models.CharField("språk", max_length=8, default="nb")
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    last_read_on = models.DateField("sist hentet", null=True)

    class Meta:
        verbose_name = "kalenderadresse"
        verbose_name_plural = "kalenderadresser"
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(participant__isnull=False, group__isnull=True, employer__isnull=True)
                    | Q(participant__isnull=True, group__isnull=False, employer__isnull=True)
                    | Q(participant__isnull=True, group__isnull=True, employer__isnull=False)
                ),
                name="calendar_address_of_one",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class FollowUpLimits(MunicipalityModel):
    """From when on somebody is to be followed up, from a day until a later row holds.

    Attributes:
        holds_from: the first day; of two rows of the same day the one made last holds.
        attended_percent: whoever was there for less of four weeks is to be followed up.
        unexplained_in_a_row: so many sessions missed without a reason, one after the other,
            likewise.
    """

    holds_from = models.DateField("gjelder fra")
    attended_percent = models.PositiveSmallIntegerField("oppmøte i prosent", default=80)
    unexplained_in_a_row = models.PositiveSmallIntegerField("uforklarte på rad", default=3)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "grenser for oppfølging"
        verbose_name_plural = "grenser for oppfølging"
        constraints = [
            models.CheckConstraint(
                condition=Q(attended_percent__lte=100) & Q(unexplained_in_a_row__gt=0),
                name="follow_up_limits_possible",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
