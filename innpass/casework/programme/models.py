"""Enrolment, hours, leave, absence, decisions, and the stored statutory status of every week."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from innpass.casework.organisations.models import MunicipalityModel
from innpass.casework.participants.models import Participant
from innpass.casework.programme.registered import Registration  # noqa: F401  (a model, too)
from innpass.domain.law.assessment import Verdict
from innpass.domain.sheets.fields import (
    AbsenceKind,
    Activity,
    DecisionKind,
    EndGoal,
    EndReason,
    LeaveKind,
    Protection,
)


def _choices(enum: type) -> list[tuple[str, str]]:
    return [(member.value, member.value) for member in enum]  # type: ignore[attr-defined]


class Enrolment(MunicipalityModel):
    """One person's introduction programme. Days are inclusive."""

    participant = models.OneToOneField(
        Participant, on_delete=models.PROTECT, related_name="enrolment"
    )
    first_day = models.DateField("programstart", null=True)
    planned_last_day = models.DateField("planlagt slutt", null=True)
    actual_last_day = models.DateField("faktisk slutt", null=True)
    end_reason = models.CharField(
        "sluttårsak", max_length=20, blank=True, choices=_choices(EndReason)
    )
    protection = models.CharField(
        "oppholdsgrunnlag", max_length=20, blank=True, choices=_choices(Protection)
    )
    upper_secondary = models.BooleanField("fullført videregående", null=True)
    end_goal = models.CharField("sluttmål", max_length=20, blank=True, choices=_choices(EndGoal))
    extent_percent = models.PositiveSmallIntegerField("omfang i prosent", null=True)
    adviser = models.CharField("programrådgiver", max_length=120, blank=True)
    supervisor = models.CharField("praksisveileder", max_length=120, blank=True)
    nav_adviser = models.CharField("Nav-kontakt", max_length=120, blank=True)
    teacher = models.CharField("lærer", max_length=120, blank=True)
    info_meeting = models.DateField("informasjonsmøte om Nav", null=True)
    handover = models.DateField("overføringsmøte", null=True)
    last_contact = models.DateField("siste kontakt", null=True)
    next_step = models.CharField("neste steg", max_length=300, blank=True)
    next_step_due = models.DateField("frist for neste steg", null=True)
    next_step_owner = models.CharField("hvem har neste steg", max_length=120, blank=True)
    remark = models.TextField("merknad", blank=True)
    settled_on = models.DateField("bosatt", null=True)
    permit_on = models.DateField("oppholdstillatelse gitt", null=True)
    offered_on = models.DateField("programstart tilbudt", null=True)
    has_children = models.BooleanField("barn under 18 år", null=True)
    mapping_on = models.DateField("kompetansekartlegging", null=True)
    career_guidance_on = models.DateField("karriereveiledning", null=True)
    contract_on = models.DateField("integreringskontrakt", null=True)
    certificate_on = models.DateField("deltakerbevis", null=True)
    health_hours = models.PositiveSmallIntegerField("livsmestring, helse, timer", null=True)
    career_hours = models.PositiveSmallIntegerField("livsmestring, karriere, timer", null=True)
    group_meetings = models.PositiveSmallIntegerField("foreldreveiledning, gruppe", null=True)
    individual_meetings = models.PositiveSmallIntegerField("foreldreveiledning, alene", null=True)

    class Meta:
        verbose_name = "programdeltakelse"
        verbose_name_plural = "programdeltakelser"

    def __str__(self) -> str:
        return str(self.pk)


class ReadingChoice(MunicipalityModel):
    """How a municipality reads a silent text of the law. The latest of a name holds.

    ``value`` is one that the engine knows (``domain.law.law.Law.with_reading``); ``None`` goes back
    to the reading that Innpass ships. ``changed`` holds how many people it gave another state:
    ``None`` until everybody has been judged by it, empty where that was not counted.
    """

    name = models.CharField("fortolkning", max_length=80)
    value = models.JSONField("valg", null=True)
    reason = models.TextField("begrunnelse")
    chosen_at = models.DateTimeField(auto_now_add=True)
    chosen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    changed = models.JSONField("hva det endret", null=True)

    class Meta:
        verbose_name = "fortolkning"
        verbose_name_plural = "fortolkninger"

    def __str__(self) -> str:
        return self.name


class Element(MunicipalityModel):
    """Hours a week of one activity over a period, as the owning body states them."""

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="elements")
    kind = models.CharField("aktivitet", max_length=30, choices=_choices(Activity))
    first_day = models.DateField("fra")
    last_day = models.DateField("til", null=True)
    hours_per_week = models.FloatField("timer per uke")
    owner = models.CharField("kilde", max_length=20)
    row_id = models.UUIDField(null=True)  # the source row

    class Meta:
        verbose_name = "element"
        verbose_name_plural = "elementer"
        constraints = [
            models.CheckConstraint(
                condition=Q(hours_per_week__gte=0) & Q(hours_per_week__lte=168),
                name="element_hours_possible",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class PlannedHours(MunicipalityModel):
    """Hours a week of one activity by the timetables in force, written by ``casework.timetable``.

    For the weeks that a person's timetables cover they stand in place of the hours that the sheets
    state (``queries.facts_of``). A week without any activity has one row of no activity.
    """

    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="planned_hours"
    )
    kind = models.CharField("aktivitet", max_length=30, blank=True, choices=_choices(Activity))
    first_day = models.DateField("fra")
    last_day = models.DateField("til", null=True)
    hours_per_week = models.FloatField("timer per uke")

    class Meta:
        verbose_name = "planlagte timer"
        verbose_name_plural = "planlagte timer"

    def __str__(self) -> str:
        return str(self.pk)


class Leave(MunicipalityModel):
    """A period of leave from the programme."""

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="leaves")
    first_day = models.DateField("fra")
    last_day = models.DateField("til")
    kind = models.CharField("slag", max_length=20, blank=True, choices=_choices(LeaveKind))
    reason = models.CharField("årsak", max_length=200, blank=True)
    row_id = models.UUIDField(null=True)

    class Meta:
        verbose_name = "permisjon"
        verbose_name_plural = "permisjoner"
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="leave_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Absence(MunicipalityModel):
    """Days away from the programme without leave (fravær). Days are inclusive."""

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="absences")
    first_day = models.DateField("fra")
    last_day = models.DateField("til")
    kind = models.CharField("slag", max_length=20, blank=True, choices=_choices(AbsenceKind))
    row_id = models.UUIDField(null=True)

    class Meta:
        verbose_name = "fravær"
        verbose_name_plural = "fravær"
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="absence_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Decision(MunicipalityModel):
    """An individual decision (vedtak), with the period it is about where it names one."""

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField("hva det gjelder", max_length=30, choices=_choices(DecisionKind))
    day = models.DateField("vedtaksdato", null=True)
    first_day = models.DateField("gjelder fra", null=True)
    last_day = models.DateField("gjelder til", null=True)
    reason = models.TextField("begrunnelse", blank=True)
    row_id = models.UUIDField(null=True)

    class Meta:
        verbose_name = "vedtak"
        verbose_name_plural = "vedtak"
        constraints = [
            models.CheckConstraint(
                condition=Q(first_day=None) | Q(last_day=None) | Q(last_day__gte=F("first_day")),
                name="decision_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class StatusSpan(MunicipalityModel):
    """Consecutive weeks with the same verdict and hours, as the law engine found them.

    Recomputed in the transaction that changes the person's facts (``services.reassess``).
    ``first_monday`` and ``last_monday`` are both inclusive.
    """

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="spans")
    first_monday = models.DateField()
    last_monday = models.DateField()
    verdict = models.CharField(max_length=20, choices=_choices(Verdict))
    hours = models.FloatField()  # work-oriented, this week
    total_hours = models.FloatField()  # all activities

    class Meta:
        verbose_name = "ukestatus"
        verbose_name_plural = "ukestatuser"
        constraints = [
            models.UniqueConstraint(fields=["participant", "first_monday"], name="span_once"),
            models.CheckConstraint(
                condition=Q(last_monday__gte=F("first_monday")), name="span_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Clock(MunicipalityModel):
    """How long a person's programme, and right to Norwegian tuition, last, as the law stands here.

    Days are inclusive; ``None`` where it cannot be said. Recomputed with ``StatusSpan``; nothing in
    it depends on the day. ``missing`` holds by clock (``programme``, ``norwegian``) the facts that
    would tell (``domain.law.facts.Fact``), and codes of what Innpass does not hold.
    """

    participant = models.OneToOneField(Participant, on_delete=models.PROTECT, related_name="clock")
    programme_until = models.DateField("programmet kan vare til", null=True)
    programme_possible_until = models.DateField("programmet kan forlenges til", null=True)
    norwegian_possible_until = models.DateField("retten kan utvides til", null=True)
    norwegian_until = models.DateField("retten til norskopplæring varer til", null=True)
    missing = models.JSONField(default=dict)

    class Meta:
        verbose_name = "klokke"
        verbose_name_plural = "klokker"
        indexes = [
            models.Index(fields=["municipality", "programme_until"], name="clock_programme"),
            models.Index(fields=["municipality", "norwegian_until"], name="clock_norwegian"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Standing(MunicipalityModel):
    """How every topic of the law stood for one person, the last time everybody was judged.

    ``states`` holds, by topic, the state (``domain.law.duty.State``), the text that binds (empty
    where it is not known which) and the last day in time (ISO, or ``None``); a topic that does not
    reach the person is left out.
    """

    participant = models.OneToOneField(
        Participant, on_delete=models.CASCADE, related_name="standing"
    )
    states = models.JSONField(default=dict)
    is_current = models.BooleanField()  # the programme had not ended
    is_counted = models.BooleanField()  # is in the figures of ``RuleCount``

    class Meta:
        verbose_name = "stilling"
        verbose_name_plural = "stillinger"

    def __str__(self) -> str:
        return str(self.pk)


class RuleCount(MunicipalityModel):
    """For how many of those in the programme a text stands in a state; nobody protected is counted.

    A row without a topic says of how many, and that everybody was judged.
    """

    topic = models.CharField("tema", max_length=80, blank=True)
    text = models.CharField("tekst", max_length=80, blank=True)
    state = models.CharField("stilling", max_length=20, blank=True)
    number = models.PositiveIntegerField("antall")
    as_of = models.DateField("per")
    computed_at = models.DateTimeField("regnet ut")

    class Meta:
        verbose_name = "tall for en regel"
        verbose_name_plural = "tall for reglene"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "topic", "text", "state"], name="rule_counted_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.text} {self.state}"


class WhatIf(MunicipalityModel):
    """A question that somebody asked of another law, kept as long as its page is needed.

    ``outcome`` holds, by participant and topic, the state now and the state then, of those who fall
    short now or would (``None`` until the job has answered); of another reading, of those whose
    state would be another. Nothing else in Innpass reads it.
    """

    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+"
    )
    asked_at = models.DateTimeField("spurt", auto_now_add=True)
    supposed = models.JSONField("hva om")
    as_of = models.DateField("per")
    people = models.PositiveIntegerField("deltakere", null=True)
    outcome = models.JSONField("svar", null=True)
    job = models.UUIDField(null=True)

    class Meta:
        verbose_name = "hva om"
        verbose_name_plural = "hva om"

    def __str__(self) -> str:
        return str(self.pk)
