"""What weeks are made of, and the weeks as planned; who came is in ``attended``.

Times of day are minutes after midnight, the end not included; days of the week are numbers with
Monday 0; days are inclusive; a timetable runs from a Monday to a Sunday.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from innpass.casework.organisations.models import MunicipalityModel
from innpass.casework.participants.models import Participant
from innpass.casework.placements.models import Employer
from innpass.casework.timetable.attended import (  # noqa: F401  (models, too)
    Attendance,
    CalendarAddress,
    FollowUpLimits,
)
from innpass.casework.timetable.columns import choices, ends_after_start, is_weekday
from innpass.domain.planning.solution import Part
from innpass.domain.sheets.fields import Activity

# Where.


class Locality(MunicipalityModel):
    """A part of town or a building that one travels to and from; never an address."""

    name = models.CharField("sted", max_length=80)

    class Meta:
        verbose_name = "sted"
        verbose_name_plural = "steder"
        constraints = [
            models.UniqueConstraint(fields=["municipality", "name"], name="locality_name_once")
        ]

    def __str__(self) -> str:
        return self.name


class Way(MunicipalityModel):
    """How long it takes from one place to the other, in either direction."""

    one = models.ForeignKey(Locality, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Locality, on_delete=models.PROTECT, related_name="+")
    minutes = models.PositiveSmallIntegerField("reisetid i minutter")

    class Meta:
        verbose_name = "reisevei"
        verbose_name_plural = "reiseveier"
        constraints = [
            models.UniqueConstraint(fields=["municipality", "one", "other"], name="way_once")
        ]

    def __str__(self) -> str:
        return f"{self.minutes} min"


class PlanningRules(MunicipalityModel):
    """What the municipality plans by where nobody says otherwise; one row, made when first kept.

    Attributes:
        rest_minutes: from the last block of a day to the first of the next.
        way_minutes: between two places that no ``Way`` names.
        opening_start, opening_end: a workplace that has stated no hours is taken to be open so.
        shortest_stay, longest_stay: how long a day at a workplace may be, both included.
    """

    rest_minutes = models.PositiveSmallIntegerField("hviletid i minutter", default=11 * 60)
    way_minutes = models.PositiveSmallIntegerField("reisetid i minutter", default=20)
    opening_start = models.PositiveSmallIntegerField("åpner", default=8 * 60)
    opening_end = models.PositiveSmallIntegerField("stenger", default=16 * 60)
    shortest_stay = models.PositiveSmallIntegerField("korteste dag", default=3 * 60)
    longest_stay = models.PositiveSmallIntegerField("lengste dag", default=7 * 60 + 30)

    class Meta:
        verbose_name = "planleggingsregler"
        verbose_name_plural = "planleggingsregler"
        constraints = [
            models.UniqueConstraint(fields=["municipality"], name="planning_rules_once"),
            models.CheckConstraint(
                condition=Q(opening_end__gt=F("opening_start")) & Q(opening_end__lte=24 * 60),
                name="planning_rules_opening",
            ),
            models.CheckConstraint(
                condition=Q(longest_stay__gte=F("shortest_stay")) & Q(shortest_stay__gt=0),
                name="planning_rules_stay",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


# What the learning centre offers.


class Room(MunicipalityModel):
    """A room and how many participants it holds."""

    name = models.CharField("rom", max_length=60)
    capacity = models.PositiveSmallIntegerField("plasser")
    locality = models.ForeignKey(Locality, on_delete=models.PROTECT, related_name="rooms")

    class Meta:
        verbose_name = "rom"
        verbose_name_plural = "rom"
        constraints = [
            models.UniqueConstraint(fields=["municipality", "name"], name="room_name_once")
        ]

    def __str__(self) -> str:
        return self.name


class TeachingGroup(MunicipalityModel):
    """A class of one course; whoever is in it attends all its sessions.

    ``level`` is what it is for (CEFR), and ``trade`` which line of work; empty where it is for all.
    ``class_name`` is what the sheets
    call it, where they do: whoever stands there with that class is meant for this group.
    A lesson lasts ``lesson_minutes`` and counts as ``counted_minutes`` of programme time.
    """

    name = models.CharField("gruppe", max_length=80)
    activity = models.CharField("aktivitet", max_length=30, choices=choices(Activity))
    level = models.CharField("nivå", max_length=6, blank=True)
    trade = models.CharField("bransje", max_length=60, blank=True)
    class_name = models.CharField("klasse i arkene", max_length=60, blank=True)
    locality = models.ForeignKey(Locality, on_delete=models.PROTECT, related_name="groups")
    capacity = models.PositiveSmallIntegerField("plasser")
    lesson_minutes = models.PositiveSmallIntegerField("undervisningstime i minutter", default=45)
    counted_minutes = models.PositiveSmallIntegerField("regnes som minutter", default=75)
    teacher = models.CharField("lærer", max_length=120, blank=True)
    first_day = models.DateField("fra")
    last_day = models.DateField("til", null=True)

    class Meta:
        verbose_name = "undervisningsgruppe"
        verbose_name_plural = "undervisningsgrupper"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "name", "first_day"], name="group_name_once"
            ),
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")),
                name="group_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(lesson_minutes__gt=0) & Q(counted_minutes__gte=F("lesson_minutes")),
                name="group_lesson_possible",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class GroupSession(MunicipalityModel):
    """A fixed meeting of a group, every week; the lessons may be fewer than fill it (breaks)."""

    group = models.ForeignKey(TeachingGroup, on_delete=models.CASCADE, related_name="sessions")
    day = models.PositiveSmallIntegerField("dag")
    start = models.PositiveSmallIntegerField("fra")
    end = models.PositiveSmallIntegerField("til")
    lessons = models.PositiveSmallIntegerField("undervisningstimer")
    room = models.ForeignKey(Room, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "gruppeøkt"
        verbose_name_plural = "gruppeøkter"
        constraints = [
            is_weekday("group_session_day"),
            ends_after_start("group_session_ends_after_start"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class SchoolBreak(MunicipalityModel):
    """Days on which no group meets (skoleferie); practice goes on. Public holidays are law."""

    name = models.CharField("ferie", max_length=60)
    first_day = models.DateField("fra")
    last_day = models.DateField("til")

    class Meta:
        verbose_name = "skoleferie"
        verbose_name_plural = "skoleferier"
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="school_break_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return self.name


# What workplaces offer, and what ties people.


class Workplace(MunicipalityModel):
    """Where an employer takes participants; when, its openings say."""

    employer = models.OneToOneField(Employer, on_delete=models.PROTECT, related_name="workplace")
    locality = models.ForeignKey(Locality, on_delete=models.PROTECT, related_name="workplaces")

    class Meta:
        verbose_name = "arbeidssted"
        verbose_name_plural = "arbeidssteder"

    def __str__(self) -> str:
        return str(self.pk)


class Opening(MunicipalityModel):
    """When a workplace takes participants on a day of the week, and how many."""

    workplace = models.ForeignKey(Workplace, on_delete=models.CASCADE, related_name="openings")
    day = models.PositiveSmallIntegerField("dag")
    start = models.PositiveSmallIntegerField("fra")
    end = models.PositiveSmallIntegerField("til")
    seats = models.PositiveSmallIntegerField("plasser")

    class Meta:
        verbose_name = "åpningstid"
        verbose_name_plural = "åpningstider"
        constraints = [
            models.UniqueConstraint(fields=["workplace", "day"], name="opening_day_once"),
            is_weekday("opening_day"),
            ends_after_start("opening_ends_after_start"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Availability(MunicipalityModel):
    """When and from where a person can: home, child care, and the days agreed with the workplace.

    ``care_days`` and ``stay_days`` are numbers of weekdays; ``stay_days`` is ``None`` where any day
    that the workplace is open will do.
    """

    participant = models.OneToOneField(
        Participant, on_delete=models.PROTECT, related_name="availability"
    )
    home = models.ForeignKey(Locality, null=True, on_delete=models.PROTECT, related_name="+")
    care = models.ForeignKey(Locality, null=True, on_delete=models.PROTECT, related_name="+")
    care_start = models.PositiveSmallIntegerField("barnepass fra", null=True)
    care_end = models.PositiveSmallIntegerField("barnepass til", null=True)
    care_days = models.JSONField("dager med barnepass", default=list)
    stay_days = models.JSONField("dager på arbeidsplassen", null=True)
    shortest_stay = models.PositiveSmallIntegerField("korteste dag", null=True)
    longest_stay = models.PositiveSmallIntegerField("lengste dag", null=True)

    class Meta:
        verbose_name = "tilgjengelighet"
        verbose_name_plural = "tilgjengelighet"
        constraints = [
            models.CheckConstraint(
                condition=Q(care__isnull=True, care_start__isnull=True, care_end__isnull=True)
                | Q(
                    care__isnull=False,
                    care_start__isnull=False,
                    care_end__gt=F("care_start"),
                    care_end__lte=24 * 60,
                ),
                name="availability_care_whole",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Appointment(MunicipalityModel):
    """Something of a person's own at a fixed time every week that the plan goes around.

    ``activity`` is set where it is part of the programme; all its minutes count then.
    """

    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="appointments"
    )
    name = models.CharField("avtale", max_length=80)
    day = models.PositiveSmallIntegerField("dag")
    start = models.PositiveSmallIntegerField("fra")
    end = models.PositiveSmallIntegerField("til")
    locality = models.ForeignKey(Locality, null=True, on_delete=models.PROTECT, related_name="+")
    activity = models.CharField("aktivitet", max_length=30, blank=True, choices=choices(Activity))
    first_day = models.DateField("fra dag")
    last_day = models.DateField("til dag", null=True)

    class Meta:
        verbose_name = "egen avtale"
        verbose_name_plural = "egne avtaler"
        constraints = [
            is_weekday("appointment_day"),
            ends_after_start("appointment_ends_after_start"),
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")),
                name="appointment_last_day",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


# The weeks as planned.


class Timetable(MunicipalityModel):
    """A person's week as it is from a Monday on; of those that cover a week, the last begun holds.

    So a week apart, or one that is planned ahead, stands though an earlier week is made anew. Rows
    are never changed but to withdraw them. ``participant`` is whom it was made for, and stays so
    where that one turns out to be somebody's second (``OWNER``).

    Attributes:
        last_sunday: ``None`` where it holds until another takes its place.
        withdrawn_from: the Monday from which it holds no more; its first where it never shall.
    """

    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="timetables"
    )
    first_monday = models.DateField("fra mandag")
    last_sunday = models.DateField("til søndag", null=True)
    reason = models.CharField("grunn", max_length=300, blank=True)
    is_proposed = models.BooleanField("foreslått av planleggeren", default=False)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_from = models.DateField("trukket fra mandag", null=True)
    withdrawn_because = models.CharField("grunn til at den ble trukket", max_length=300, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "timeplan"
        verbose_name_plural = "timeplaner"
        constraints = [
            models.CheckConstraint(
                condition=Q(last_sunday__isnull=True) | Q(last_sunday__gt=F("first_monday")),
                name="timetable_ends_after_start",
            )
        ]
        indexes = [
            models.Index(fields=["municipality", "first_monday"], name="timetable_from"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Block(MunicipalityModel):
    """A stretch of a day in a timetable, with its name and what it counted as when it was made."""

    timetable = models.ForeignKey(Timetable, on_delete=models.CASCADE, related_name="blocks")
    day = models.PositiveSmallIntegerField("dag")
    start = models.PositiveSmallIntegerField("fra")
    end = models.PositiveSmallIntegerField("til")
    part = models.CharField("slag", max_length=12, choices=choices(Part))
    activity = models.CharField("aktivitet", max_length=30, blank=True, choices=choices(Activity))
    name = models.CharField("navn", max_length=200)
    where = models.CharField("sted", max_length=80, blank=True)
    room = models.CharField("rom", max_length=60, blank=True)
    lessons = models.PositiveSmallIntegerField("undervisningstimer", null=True)
    counted_minutes = models.PositiveSmallIntegerField("regnes som minutter")
    group = models.ForeignKey(
        TeachingGroup, null=True, on_delete=models.PROTECT, related_name="blocks"
    )
    employer = models.ForeignKey(
        Employer, null=True, on_delete=models.PROTECT, related_name="blocks"
    )
    appointment = models.ForeignKey(
        Appointment, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = "økt"
        verbose_name_plural = "økter"
        indexes = [
            models.Index(fields=["municipality", "group"], name="block_of_group"),
            models.Index(fields=["municipality", "employer"], name="block_of_employer"),
        ]
        constraints = [is_weekday("block_day"), ends_after_start("block_ends_after_start")]

    def __str__(self) -> str:
        return str(self.pk)


class TimetableProposal(MunicipalityModel):
    """The planner's answer for a week: of one person, of a group or of all, not in force.

    Attributes:
        group: those who are in it that week are planned; ``None`` where all are, or one alone.
        job: the work that answers; ``None`` where the answer came at once.
        enough_at: when somebody said that the best so far will do.
        answer: how it came about (``Status``), what it costs and the proved bound, ``None`` before
            there is one.
    """

    first_monday = models.DateField("fra mandag")
    asked_at = models.DateTimeField(auto_now_add=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    group = models.ForeignKey(TeachingGroup, null=True, on_delete=models.PROTECT, related_name="+")
    job = models.UUIDField(null=True)
    enough_at = models.DateTimeField("nok kl.", null=True)
    answer = models.JSONField(null=True)

    class Meta:
        verbose_name = "timeplanforslag"
        verbose_name_plural = "timeplanforslag"

    def __str__(self) -> str:
        return str(self.pk)


class ProposedWeek(MunicipalityModel):
    """One person's week in a proposal.

    Attributes:
        blocks: of ``solution.Block``, as lists; ``None`` where the fixed demands clash.
        told: sentences: what changed, why, why it is short, or which demands clash.
        before: the timetable it was compared with; ``None`` where there was none.
        taken: the timetable that it became.
    """

    proposal = models.ForeignKey(TimetableProposal, on_delete=models.CASCADE, related_name="weeks")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    blocks = models.JSONField(null=True)
    told = models.JSONField(default=dict)
    before = models.ForeignKey(Timetable, null=True, on_delete=models.PROTECT, related_name="+")
    taken = models.ForeignKey(Timetable, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "foreslått uke"
        verbose_name_plural = "foreslåtte uker"
        constraints = [
            models.UniqueConstraint(fields=["proposal", "participant"], name="proposed_week_once")
        ]

    def __str__(self) -> str:
        return str(self.pk)
