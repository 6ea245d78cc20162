"""What a match is computed from, what was advised, what people chose, and what employers were sent.

Days are inclusive; occupations are STYRK-08 codes; areas and employers are ids as text.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from innpass.casework.agreements.models import PlacementCase
from innpass.casework.employers.models import PracticePlace
from innpass.casework.organisations.models import MunicipalityModel
from innpass.casework.participants.models import Participant

_STAFF: dict[str, Any] = {"null": True, "on_delete": models.PROTECT, "related_name": "+"}


class WorkProfile(MunicipalityModel):
    """What a participant wants to work with, has done, and brings; one for each, made when kept.

    ``participant`` is whom it was written for, and stays so where that one turns out to be
    somebody's second (``profiles.profiles_of``).

    Attributes:
        goal: the occupation somebody aims at; empty where nobody chose one.
        experience: occupations somebody has worked in, from anywhere in the world.
        wished_occupations, wished_areas, wished_employers: what somebody would like.
        refused_employers, refused_places, refused_localities, refused_occupations: the
            participant's own no; nobody asks why.
        demands: what somebody can show, by name of ``domain.placing.demands``: the day on which it
            was seen, or "no" where it is known to be lacking. What is not there is not known.
        hours_wanted: hours a week of practice that are still to be filled; ``None`` where the week
            says so.
        cv: text by section (``presenting.SECTIONS``).
        consented_on: when the participant agreed that the CV is shown to employers.
        withdrawn_on: when that was taken back; nothing goes out from then on.
    """

    keeps_person = "yrkesprofil"

    participant = models.OneToOneField(
        Participant, on_delete=models.PROTECT, related_name="work_profile"
    )
    goal = models.CharField("yrkesmål", max_length=7, blank=True)
    experience = models.JSONField("erfaring", default=list)
    wished_occupations = models.JSONField("ønskede yrker", default=list)
    wished_areas = models.JSONField("ønskede tjenesteområder", default=list)
    wished_employers = models.JSONField("ønskede arbeidsgivere", default=list)
    refused_employers = models.JSONField("nei til arbeidsgivere", default=list)
    refused_places = models.JSONField("nei til praksisplasser", default=list)
    refused_localities = models.JSONField("nei til steder", default=list)
    refused_occupations = models.JSONField("nei til yrker", default=list)
    demands = models.JSONField("krav som er møtt", default=dict)
    hours_wanted = models.FloatField("praksistimer per uke", null=True)
    cv = models.JSONField("CV", default=dict)
    consented_on = models.DateField("samtykke til CV gitt", null=True)
    withdrawn_on = models.DateField("samtykke til CV trukket", null=True)

    class Meta:
        verbose_name = "yrkesprofil"
        verbose_name_plural = "yrkesprofiler"
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_on=None) | Q(consented_on__isnull=False),
                name="profile_consent_before_withdrawal",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class MatchRun(MunicipalityModel):
    """A match of everybody who looks for a place, asked for by somebody; the worker answers.

    ``answer`` holds figures of the whole: how many are placed, how many would be if places were
    given out in turn, the load of supervisors and units. About nobody in particular.
    """

    first_monday = models.DateField("fra mandag")
    asked_at = models.DateTimeField(auto_now_add=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, **_STAFF)
    job = models.UUIDField(null=True)
    answer = models.JSONField(null=True)

    class Meta:
        verbose_name = "matching av alle"
        verbose_name_plural = "matchinger av alle"

    def __str__(self) -> str:
        return str(self.pk)


class MatchRules(MunicipalityModel):
    """What the matching goes by from a day on; the latest begun holds.

    ``longest_travel``: minutes each way; a place that is further off falls out.
    """

    first_day = models.DateField("fra")
    longest_travel = models.PositiveSmallIntegerField("lengste reisetid i minutter", default=60)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, **_STAFF)

    class Meta:
        verbose_name = "regler for matchingen"
        verbose_name_plural = "regler for matchingen"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "first_day"], name="match_rules_once_a_day"
            ),
            models.CheckConstraint(condition=Q(longest_travel__gte=1), name="match_rules_minutes"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class MatchProposal(MunicipalityModel):
    """What a match of everybody says of one participant: a place, or none and why.

    Attributes:
        told: the reasons in words: ``for``, ``against``, ``open`` and, where there is no place,
            ``why`` it is none.
        points: the weight of the pair; 0 where there is no place.
    """

    run = models.ForeignKey(MatchRun, on_delete=models.CASCADE, related_name="proposals")
    # What is computed goes with whoever it is about; what is chosen is a case, and keeps a person.
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    place = models.ForeignKey(PracticePlace, null=True, on_delete=models.PROTECT, related_name="+")
    told = models.JSONField(default=dict)
    points = models.IntegerField(default=0)
    was_locked = models.BooleanField(default=False)
    taken = models.ForeignKey(PlacementCase, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "forslag i en matching"
        verbose_name_plural = "forslag i en matching"
        constraints = [
            models.UniqueConstraint(fields=["run", "participant"], name="matched_once_in_a_run")
        ]

    def __str__(self) -> str:
        return str(self.pk)


class MatchLock(MunicipalityModel):
    """That a participant is to have a place, whatever else a match finds, until it is lifted."""

    keeps_person = "lås i matchingen"

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="locks")
    place = models.ForeignKey(PracticePlace, on_delete=models.PROTECT, related_name="locks")
    locked_at = models.DateTimeField(auto_now_add=True)
    locked_by = models.ForeignKey(settings.AUTH_USER_MODEL, **_STAFF)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, **_STAFF)

    class Meta:
        verbose_name = "låst par"
        verbose_name_plural = "låste par"
        constraints = [
            models.UniqueConstraint(
                fields=["participant"], condition=Q(lifted_at=None), name="match_lock_one_open"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class MatchChoice(MunicipalityModel):
    """What was advised when somebody chose a place, and what was chosen; never changed.

    Attributes:
        advised: the place that came first then; ``None`` where none fitted.
        rank: of the chosen place among those that fitted, from 1; ``None`` where it fell out.
        told: the reasons in words as they stood: ``for``, ``against``, ``open``, ``out``; and
            ``from``, the Monday that the advice was made for.
        reason: why it was chosen against the advice; empty where it was the advice.
    """

    case = models.OneToOneField(PlacementCase, on_delete=models.PROTECT, related_name="choice")
    run = models.ForeignKey(MatchRun, null=True, on_delete=models.SET_NULL, related_name="+")
    advised = models.ForeignKey(
        PracticePlace, null=True, on_delete=models.PROTECT, related_name="+"
    )
    rank = models.PositiveIntegerField("plass i rekka", null=True)
    told = models.JSONField(default=dict)
    reason = models.TextField("begrunnelse", blank=True)
    chosen_at = models.DateTimeField(auto_now_add=True)
    chosen_by = models.ForeignKey(settings.AUTH_USER_MODEL, **_STAFF)

    class Meta:
        verbose_name = "valg av praksisplass"
        verbose_name_plural = "valg av praksisplass"

    def __str__(self) -> str:
        return str(self.pk)


class Presentation(MunicipalityModel):
    """A version of the text that presents a participant to an employer; never changed."""

    case = models.ForeignKey(PlacementCase, on_delete=models.PROTECT, related_name="presentations")
    number = models.PositiveSmallIntegerField("versjon")
    text = models.TextField("presentasjon")
    written_at = models.DateTimeField(auto_now_add=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, **_STAFF)

    class Meta:
        verbose_name = "presentasjon"
        verbose_name_plural = "presentasjoner"
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="presentation_number_once")
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Presented(MunicipalityModel):
    """That a version was sent to somebody at the employer, with what stood in the CV then.

    ``cv`` is empty where none was attached; it is only where the participant agreed.
    """

    presentation = models.ForeignKey(
        Presentation, on_delete=models.PROTECT, related_name="sendings"
    )
    recipient = models.CharField("sendt til", max_length=200)
    sent_on = models.DateField("sendt")
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, **_STAFF)
    with_cv = models.BooleanField("med CV", default=False)
    cv = models.JSONField("CV som ble sendt", default=dict)

    class Meta:
        verbose_name = "sendt presentasjon"
        verbose_name_plural = "sendte presentasjoner"

    def __str__(self) -> str:
        return str(self.pk)
