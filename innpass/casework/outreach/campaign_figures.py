"""Reading campaigns: who is asked, who answered what, who is to be reminded, what came of it."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Max, Min, QuerySet, Sum

from innpass.casework.outreach.codes import Answer
from innpass.casework.outreach.models import (
    Campaign,
    CampaignLetter,
    CampaignRecipient,
    CampaignSending,
    PlaceOrigin,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A recipient with when it was asked.

    Attributes:
        first, last: when a letter went to it for the first and for the last time.
        letters: how many.
        seats: of the places that came of the answer.
    """

    recipient: CampaignRecipient
    first: date | None
    last: date | None
    letters: int
    seats: int

    @property
    def is_asked(self) -> bool:
        """Whether a letter went to it, or it has answered by itself."""
        return self.first is not None or bool(self.recipient.answer)

    def days_waiting(self, on: date) -> int | None:
        """Days since it was last asked, of one that has not answered; ``None`` of others."""
        return None if self.recipient.answer or self.last is None else (on - self.last).days

    def is_due(self, on: date) -> bool:
        """Whether it is to be reminded: asked, not answered in the days the campaign waits."""
        campaign, days = self.recipient.campaign, self.days_waiting(on)
        return days is not None and days >= campaign.remind_after_days and not campaign.closed_on


@dataclass(frozen=True, slots=True)
class CampaignFigures:
    """What came of a campaign.

    ``asked`` are those a letter went to or that answered; ``recipients`` includes those to come.
    ``due`` are to be reminded. ``seats`` are of the places offered.
    """

    campaign: Campaign
    recipients: int
    asked: int
    yes: int
    later: int
    no: int
    due: int
    places: int
    seats: int
    first_sent: date | None

    @property
    def answered(self) -> int:
        """How many have answered, whatever they said."""
        return self.yes + self.later + self.no

    @property
    def silent(self) -> int:
        """How many were asked and have not answered."""
        return self.asked - self.answered

    @property
    def reply_rate(self) -> int | None:
        """Whole percent of those asked that have answered; ``None`` where nobody was asked."""
        return round(100 * self.answered / self.asked) if self.asked else None


def campaigns() -> "QuerySet[Campaign]":
    """Return every campaign."""
    found: QuerySet[Campaign] = Campaign.objects.all()
    return found


def find_campaign(pk: UUID) -> Campaign | None:
    """Return a campaign, or ``None``."""
    return campaigns().filter(pk=pk).first()


def find_recipient(pk: UUID) -> CampaignRecipient | None:
    """Return a recipient with its campaign and employer, or ``None``."""
    rows: QuerySet[CampaignRecipient] = CampaignRecipient.objects.filter(pk=pk)
    return rows.select_related("campaign", "employer", "noted_by").first()


def place_name_of(recipient: CampaignRecipient) -> str:
    """Return the name of the place that came of an answer; nothing where none did."""
    origin = recipient.origins.select_related("place").order_by("pk").first()
    return str(origin.place.name) if origin else ""


def asked(campaign: Campaign | None = None) -> list[Asked]:
    """Return the recipients of a campaign, or of all, by the employer's name. Three queries."""
    rows = CampaignRecipient.objects.select_related("campaign", "employer", "noted_by")
    if campaign is not None:
        rows = rows.filter(campaign=campaign)
    letters = {
        pk: (first, last, count)
        for pk, first, last, count in CampaignLetter.objects.filter(recipient__in=rows)
        .order_by()
        .values_list("recipient")
        .annotate(Min("sending__sent_on"), Max("sending__sent_on"), Count("pk"))
    }
    seats = dict(
        PlaceOrigin.objects.filter(recipient__in=rows)
        .order_by()
        .values_list("recipient")
        .annotate(Sum("place__seats"))
    )
    return [
        Asked(row, *letters.get(row.pk, (None, None, 0)), seats=seats.get(row.pk, 0))
        for row in rows.order_by("employer__name", "pk")
    ]


def figures(
    found: Collection[Asked], of: Collection[Campaign], *, on: date
) -> list[CampaignFigures]:
    """Count what came of campaigns; the newest first sent first, those not sent before them."""
    by_campaign: dict[UUID, list[Asked]] = defaultdict(list)
    for one in found:
        by_campaign[one.recipient.campaign_id].append(one)
    counted = [_count(each, by_campaign[each.pk], on) for each in of]
    return sorted(counted, key=lambda one: one.first_sent or date.max, reverse=True)


def _count(campaign: Campaign, found: list[Asked], on: date) -> CampaignFigures:
    answers = Counter(one.recipient.answer for one in found)
    return CampaignFigures(
        campaign=campaign,
        recipients=len(found),
        asked=sum(one.is_asked for one in found),
        yes=answers[Answer.YES],
        later=answers[Answer.LATER],
        no=answers[Answer.NO],
        due=sum(one.is_due(on) for one in found),
        places=sum(bool(one.seats) for one in found),
        seats=sum(one.seats for one in found),
        first_sent=min((one.first for one in found if one.first), default=None),
    )


def sendings(campaign: Campaign) -> list[tuple[CampaignSending, int]]:
    """Return what was sent of a campaign, the newest first, with to how many."""
    rows = CampaignSending.objects.filter(campaign=campaign).select_related("marked_by")
    counted = rows.annotate(got=Count("letters")).order_by("-sent_on", "pk")
    return [(row, row.got) for row in counted]


def find_sending(pk: UUID) -> CampaignSending | None:
    """Return a sending with its campaign, or ``None``."""
    rows: QuerySet[CampaignSending] = CampaignSending.objects.filter(pk=pk)
    return rows.select_related("campaign", "marked_by").first()


def letters_of(sending: CampaignSending) -> "QuerySet[CampaignLetter]":
    """Return the letters of a sending, by the employer's name."""
    found: QuerySet[CampaignLetter] = CampaignLetter.objects.filter(sending=sending)
    return found.select_related("recipient__employer").order_by("recipient__employer__name", "pk")
