"""Terms, who starts in them, groups, sessions, invitations, interpreters and questions.

Times of day are minutes after midnight; days are inclusive.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from innpass.casework.organisations.models import MunicipalityModel
from innpass.casework.participants.models import Participant
from innpass.casework.timetable.models import TeachingGroup
from innpass.domain.intake.problem import ChildCare

_STAFF: dict[str, Any] = {"null": True, "on_delete": models.PROTECT, "related_name": "+"}


class IntakeTerm(MunicipalityModel):
    """Those who start together. ``cut_off`` is the last day on which somebody is taken in.

    ``agreed_at`` is when its groups were agreed, after which those in them are invited. Keeping who
    was in it is to be reviewed on ``keep_until`` (integreringsforskriften § 60); ``erased_at`` is
    when that led to erasing it.
    """

    name = models.CharField("termin", max_length=60)
    first_day = models.DateField("første dag")
    cut_off = models.DateField("siste dag for å bli med")
    smallest_group = models.PositiveSmallIntegerField("færrest i en gruppe")
    largest_group = models.PositiveSmallIntegerField("flest i en gruppe")
    session_minutes = models.PositiveSmallIntegerField("samtalen varer, minutter")
    agreed_at = models.DateTimeField("gruppene avtalt", null=True)
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, **_STAFF)
    keep_until = models.DateField("vurderes", null=True)
    erased_at = models.DateTimeField("deltakerne slettet", null=True)

    class Meta:
        verbose_name = "inntakstermin"
        verbose_name_plural = "inntaksterminer"
        constraints = [
            models.UniqueConstraint(fields=["municipality", "name"], name="intake_term_name_once"),
            models.CheckConstraint(
                condition=Q(cut_off__lte=F("first_day")), name="intake_term_cut_off_before"
            ),
            models.CheckConstraint(
                condition=Q(largest_group__gte=F("smallest_group")) & Q(smallest_group__gte=1),
                name="intake_term_sizes",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class IntakeSession(MunicipalityModel):
    """An intake talk: of a group, or of one person (``is_individual``).

    One person's is ``intake``'s, whoever is invited: it is seen by those who may see that person.
    """

    term = models.ForeignKey(IntakeTerm, on_delete=models.PROTECT, related_name="sessions")
    day = models.DateField("dag")
    start = models.PositiveSmallIntegerField("fra")
    minutes = models.PositiveSmallIntegerField("minutter")
    place = models.CharField("sted og rom", max_length=120, blank=True)
    capacity = models.PositiveSmallIntegerField("plasser", null=True)
    leader = models.ForeignKey(settings.AUTH_USER_MODEL, **_STAFF)
    supervisor = models.ForeignKey(settings.AUTH_USER_MODEL, **_STAFF)
    is_individual = models.BooleanField("egen samtale for én", default=False)
    intake = models.ForeignKey(
        "Intake", null=True, on_delete=models.PROTECT, related_name="own_sessions"
    )

    class Meta:
        verbose_name = "inntakssamtale"
        verbose_name_plural = "inntakssamtaler"
        indexes = [models.Index(fields=["municipality", "day"], name="intake_session_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gte=1) & Q(start__lte=24 * 60 - F("minutes")),
                name="intake_session_ends_that_day",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def end(self) -> int:
        """When it is over."""
        return int(self.start + self.minutes)


class IntakeGroup(MunicipalityModel):
    """Those of a term who are invited to the same session."""

    term = models.ForeignKey(IntakeTerm, on_delete=models.PROTECT, related_name="groups")
    name = models.CharField("inntaksgruppe", max_length=60)
    session = models.OneToOneField(
        IntakeSession, null=True, on_delete=models.PROTECT, related_name="group"
    )

    class Meta:
        verbose_name = "inntaksgruppe"
        verbose_name_plural = "inntaksgrupper"
        constraints = [
            models.UniqueConstraint(fields=["term", "name"], name="intake_group_name_once")
        ]

    def __str__(self) -> str:
        return self.name


class Intake(MunicipalityModel):
    """One person's way into a term. ``left_on`` is set where he or she is in it no more.

    ``participant`` is whom it was written for, and stays so where that one turns out to be
    somebody's second (``queries.owner_of``).
    """

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="intakes")
    term = models.ForeignKey(IntakeTerm, on_delete=models.PROTECT, related_name="intakes")
    taken_in_on = models.DateField("tatt inn")
    reason = models.CharField("hvorfor i terminen", max_length=300, blank=True)
    moved_from = models.ForeignKey(
        IntakeTerm, null=True, on_delete=models.PROTECT, related_name="moved_on"
    )
    left_on = models.DateField("ute av terminen", null=True)
    left_reason = models.CharField("hvorfor ute av terminen", max_length=300, blank=True)
    language = models.CharField("språk", max_length=60, blank=True)
    needs_interpreter = models.BooleanField("trenger tolk", null=True)
    child_care = models.CharField(
        "barnepass", max_length=20, blank=True, choices=[(c.value, c.value) for c in ChildCare if c]
    )
    group = models.ForeignKey(
        IntakeGroup, null=True, on_delete=models.PROTECT, related_name="intakes"
    )
    is_pinned = models.BooleanField("satt i gruppa for hånd", default=False)
    track = models.PositiveSmallIntegerField("spor", null=True)
    level = models.CharField("nivå", max_length=6, blank=True)
    teaching_group = models.ForeignKey(
        TeachingGroup, null=True, on_delete=models.PROTECT, related_name="intakes"
    )
    placement_reason = models.CharField("hvorfor denne plassen", max_length=300, blank=True)
    placed_at = models.DateTimeField("plassert", null=True)
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, **_STAFF)

    class Meta:
        verbose_name = "inntak"
        verbose_name_plural = "inntak"
        constraints = [
            models.UniqueConstraint(fields=["term", "participant"], name="intake_once_in_a_term")
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Came(models.TextChoices):
    """What became of an invitation."""

    INVITED = "invited", "invitert"
    CAME = "came", "møtte"
    STAYED_AWAY = "stayed_away", "møtte ikke"
    EXCUSED = "excused", "meldte fra"


class Invitation(MunicipalityModel):
    """Somebody is invited to a session, and came or not.

    Who did not come goes on to ``moved_to``, where there is a later session that suits, and stays
    visible until somebody has seen it (``seen_at``). ``is_moved_on`` is an invitation that was made
    so, and goes again where the absence was noted by mistake.
    """

    session = models.ForeignKey(IntakeSession, on_delete=models.PROTECT, related_name="invitations")
    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, related_name="invitations")
    state = models.CharField("oppmøte", max_length=12, choices=Came.choices, default=Came.INVITED)
    moved_to = models.ForeignKey(
        "self", null=True, on_delete=models.SET_NULL, related_name="moved_from"
    )
    is_moved_on = models.BooleanField("flyttet hit", default=False)
    seen_at = models.DateTimeField("sett", null=True)
    seen_by = models.ForeignKey(settings.AUTH_USER_MODEL, **_STAFF)

    class Meta:
        verbose_name = "invitasjon"
        verbose_name_plural = "invitasjoner"
        constraints = [
            models.UniqueConstraint(fields=["session", "intake"], name="invited_once_to_a_session")
        ]
        indexes = [models.Index(fields=["municipality", "state", "seen_at"], name="invited_state")]

    def __str__(self) -> str:
        return str(self.pk)


class SessionPoint(MunicipalityModel):
    """Something to be told in a session; ``code`` is of the shipped agenda, empty of an own one."""

    session = models.ForeignKey(IntakeSession, on_delete=models.CASCADE, related_name="points")
    place = models.PositiveSmallIntegerField()  # in the order they are told, from 1
    code = models.CharField(max_length=30, blank=True)
    text = models.CharField("punkt", max_length=200)
    is_told = models.BooleanField("fortalt", default=False)

    class Meta:
        verbose_name = "punkt på agendaen"
        verbose_name_plural = "punkter på agendaen"
        constraints = [
            models.UniqueConstraint(fields=["session", "place"], name="session_point_place_once")
        ]

    def __str__(self) -> str:
        return self.text


class BookingState(models.TextChoices):
    """How far the booking of an interpreter is. Needed, and not ordered, is no booking.

    ``MOVED`` was ordered for another time: the session has been moved since.
    """

    ORDERED = "ordered", "bestilt"
    CONFIRMED = "confirmed", "bekreftet"
    CANCELLED = "cancelled", "avbestilt"
    MOVED = "moved", "må bestilles på nytt"


class InterpreterBooking(MunicipalityModel):
    """An interpreter ordered for a session in one language."""

    session = models.ForeignKey(IntakeSession, on_delete=models.CASCADE, related_name="bookings")
    language = models.CharField("språk", max_length=60)
    state = models.CharField("bestilling", max_length=12, choices=BookingState.choices)
    reference = models.CharField("tolk eller bestillingsnummer", max_length=60, blank=True)

    class Meta:
        verbose_name = "tolkebestilling"
        verbose_name_plural = "tolkebestillinger"
        constraints = [
            models.UniqueConstraint(
                fields=["session", "language"], name="interpreter_once_a_language"
            )
        ]

    def __str__(self) -> str:
        return self.language


class SessionQuestion(MunicipalityModel):
    """A question asked in a session, without names: what people want to know."""

    session = models.ForeignKey(IntakeSession, on_delete=models.CASCADE, related_name="questions")
    text = models.CharField("spørsmål", max_length=500)
    noted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "spørsmål i inntakssamtale"
        verbose_name_plural = "spørsmål i inntakssamtaler"

    def __str__(self) -> str:
        return str(self.pk)
