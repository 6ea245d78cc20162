"""Asking employers for places, meeting them, and what was said: about employers, not participants.

Days are inclusive; times of day are minutes after midnight.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from innpass.casework.employers.models import PracticePlace
from innpass.casework.organisations.models import MunicipalityModel
from innpass.casework.outreach.codes import (
    Answer,
    Channel,
    Coming,
    DialogueKind,
    MeetingKind,
    NoReason,
    Usefulness,
    Wish,
)
from innpass.casework.placements.models import Employer

_STAFF: dict[str, Any] = {"null": True, "on_delete": models.PROTECT, "related_name": "+"}
REMIND_AFTER_DAYS = 10  # what a new campaign begins with; each says its own


class Campaign(MunicipalityModel):
    """A call to many employers at once (kampanje), such as the chief executive's of June 2023.

    Attributes:
        sender: in whose name it goes out.
        text: as it is now; what was sent is kept with each sending.
        reply_by: until when answers are asked for, inclusive.
        remind_after_days: who has not answered this many days after being asked is to be reminded.
        closed_on: since when no answers are waited for.
    """

    name = models.CharField("kampanje", max_length=120)
    sender = models.CharField("fra hvem", max_length=120)
    text = models.TextField("tekst", max_length=6000)
    reply_by = models.DateField("svar innen", null=True)
    remind_after_days = models.PositiveSmallIntegerField(
        "purres etter, dager", default=REMIND_AFTER_DAYS
    )
    closed_on = models.DateField("avsluttet", null=True)

    class Meta:
        verbose_name = "kampanje"
        verbose_name_plural = "kampanjer"
        constraints = [
            models.UniqueConstraint(fields=["municipality", "name"], name="campaign_name_once"),
            models.CheckConstraint(
                condition=Q(remind_after_days__gte=1), name="campaign_reminds_later"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CampaignRecipient(MunicipalityModel):
    """An employer that a campaign asks, and what it answered; ``answer`` is empty until it does.

    Attributes:
        seats: how many places, where it answered yes.
        reason: why not, where it answered no.
        answered_by: who at the employer; ``channel``: how; ``noted_by``: who wrote it down.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="recipients")
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="asked")
    answer = models.CharField("svar", max_length=10, blank=True, choices=Answer.choices)
    seats = models.PositiveSmallIntegerField("plasser", null=True)
    reason = models.CharField("årsak", max_length=20, blank=True, choices=NoReason.choices)
    text = models.CharField("hva de svarte", max_length=1000, blank=True)
    answered_by = models.CharField("hvem svarte", max_length=120, blank=True)
    answered_on = models.DateField("svarte", null=True)
    channel = models.CharField("hvordan", max_length=10, blank=True, choices=Channel.choices)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, **_STAFF)

    class Meta:
        verbose_name = "mottaker av kampanje"
        verbose_name_plural = "mottakere av kampanje"
        constraints = [
            models.UniqueConstraint(fields=["campaign", "employer"], name="asked_once_in_campaign"),
            models.CheckConstraint(
                condition=Q(answer="", answered_on__isnull=True)
                | (~Q(answer="") & Q(answered_on__isnull=False)),
                name="campaign_answer_has_day",
            ),
            models.CheckConstraint(
                condition=Q(answer=Answer.YES, seats__isnull=False, seats__gte=1)
                | (~Q(answer=Answer.YES) & Q(seats__isnull=True)),
                name="campaign_yes_has_seats",
            ),
            models.CheckConstraint(
                condition=~Q(answer=Answer.NO) | ~Q(reason=""), name="campaign_no_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class CampaignSending(MunicipalityModel):
    """A campaign's text as it was sent on a day, to some or all of its recipients. Never changed.

    Attributes:
        reply_by: the day that was asked for then.
        is_reminder: it went to those who had been asked before.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="sendings")
    sent_on = models.DateField("sendt")
    is_reminder = models.BooleanField("purring", default=False)
    sender = models.CharField("fra hvem", max_length=120)
    text = models.TextField("tekst", max_length=6000)
    reply_by = models.DateField("svar innen", null=True)
    channel = models.CharField("hvordan", max_length=10, choices=Channel.choices)
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, **_STAFF)

    class Meta:
        verbose_name = "utsending"
        verbose_name_plural = "utsendinger"

    def __str__(self) -> str:
        return str(self.pk)


class CampaignLetter(MunicipalityModel):
    """What one recipient got of a sending: to whom, and which contact person stood on it."""

    sending = models.ForeignKey(CampaignSending, on_delete=models.PROTECT, related_name="letters")
    recipient = models.ForeignKey(
        CampaignRecipient, on_delete=models.PROTECT, related_name="letters"
    )
    to_name = models.CharField("til", max_length=120, blank=True)
    to_address = models.CharField("e-post", max_length=254, blank=True)
    contact = models.CharField("kontaktperson i kommunen", max_length=300, blank=True)

    class Meta:
        verbose_name = "brev i kampanje"
        verbose_name_plural = "brev i kampanje"
        constraints = [
            models.UniqueConstraint(fields=["sending", "recipient"], name="letter_once_a_sending")
        ]

    def __str__(self) -> str:
        return str(self.pk)


class EmployerMeeting(MunicipalityModel):
    """A meeting that employers are invited to, such as a lunch (samhandlingsmøte)."""

    name = models.CharField("møte", max_length=120)
    kind = models.CharField("slags møte", max_length=12, choices=MeetingKind.choices)
    day = models.DateField("dag")
    start = models.PositiveSmallIntegerField("fra")
    end = models.PositiveSmallIntegerField("til")
    place = models.CharField("sted", max_length=120, blank=True)
    text = models.TextField("hva det handler om", max_length=2000, blank=True)
    cancelled_on = models.DateField("avlyst", null=True)

    class Meta:
        verbose_name = "arbeidsgivermøte"
        verbose_name_plural = "arbeidsgivermøter"
        constraints = [
            models.CheckConstraint(
                condition=Q(end__gt=F("start")) & Q(end__lte=24 * 60), name="employer_meeting_hours"
            )
        ]

    def __str__(self) -> str:
        return self.name


class MeetingInvitation(MunicipalityModel):
    """An employer is invited to a meeting, answers, comes or not, and says what it thought.

    Attributes:
        coming: how many come; ``who``: their names, where they are known.
        came: ``None`` until somebody has noted it.
    """

    meeting = models.ForeignKey(
        EmployerMeeting, on_delete=models.PROTECT, related_name="invitations"
    )
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="invitations")
    invited_on = models.DateField("invitert")
    answer = models.CharField("svar", max_length=6, blank=True, choices=Coming.choices)
    coming = models.PositiveSmallIntegerField("antall", null=True)
    who = models.CharField("hvem", max_length=200, blank=True)
    came = models.BooleanField("møtte", null=True)
    usefulness = models.CharField("nytte", max_length=10, blank=True, choices=Usefulness.choices)
    wish = models.CharField("ønsker", max_length=10, blank=True, choices=Wish.choices)
    feedback = models.CharField("tilbakemelding", max_length=1000, blank=True)

    class Meta:
        verbose_name = "invitasjon til arbeidsgivermøte"
        verbose_name_plural = "invitasjoner til arbeidsgivermøter"
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "employer"], name="employer_invited_once_to_a_meeting"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class DialogueLine(MunicipalityModel):
    """One line about being in touch with an employer: when, who, how and what was said."""

    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="dialogue")
    kind = models.CharField("hvordan", max_length=10, choices=DialogueKind.choices)
    on = models.DateField("dag")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, **_STAFF)
    text = models.CharField("hva ble sagt", max_length=500)
    noted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "linje i dialogen"
        verbose_name_plural = "linjer i dialogen"
        indexes = [models.Index(fields=["municipality", "employer", "on"], name="dialogue_touch")]

    def __str__(self) -> str:
        return str(self.pk)


class BulkOffer(MunicipalityModel):
    """Several places of one kind offered at once, such as ten at the cleaning department."""

    name = models.CharField("samletilbud", max_length=120)
    text = models.CharField("hva er avtalt", max_length=1000, blank=True)
    offered_on = models.DateField("tilbudt")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, **_STAFF)

    class Meta:
        verbose_name = "samletilbud"
        verbose_name_plural = "samletilbud"

    def __str__(self) -> str:
        return self.name


class PlaceOrigin(MunicipalityModel):
    """What a practice place came of: an answer to a campaign, a meeting, or a bulk offer."""

    place = models.OneToOneField(PracticePlace, on_delete=models.CASCADE, related_name="origin")
    recipient = models.ForeignKey(
        CampaignRecipient, null=True, on_delete=models.PROTECT, related_name="origins"
    )
    invitation = models.ForeignKey(
        MeetingInvitation, null=True, on_delete=models.PROTECT, related_name="origins"
    )
    bulk_offer = models.ForeignKey(
        BulkOffer, null=True, on_delete=models.PROTECT, related_name="origins"
    )

    class Meta:
        verbose_name = "opphav til praksisplass"
        verbose_name_plural = "opphav til praksisplasser"
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    recipient__isnull=False, invitation__isnull=True, bulk_offer__isnull=True
                )
                | Q(recipient__isnull=True, invitation__isnull=False, bulk_offer__isnull=True)
                | Q(recipient__isnull=True, invitation__isnull=True, bulk_offer__isnull=False),
                name="place_has_one_origin",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)
