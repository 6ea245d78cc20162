"""Campaigns: whom they ask, what was sent, what was answered, and the places that came of it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from innpass.casework.employers.offers import MOST_SEATS
from innpass.casework.outreach.codes import Answer, Channel, NoReason
from innpass.casework.outreach.letters import contact_texts, readers_of
from innpass.casework.outreach.models import (
    Campaign,
    CampaignLetter,
    CampaignRecipient,
    CampaignSending,
    PlaceOrigin,
)
from innpass.casework.outreach.noting import note
from innpass.casework.outreach.offering import PlaceTemplate, offer_place
from innpass.casework.outreach.queries import known_employers
from innpass.casework.outreach.refusing import Refused, one_line, refuse_names, several_lines
from innpass.casework.timetable.keeping import one_at_a_time
from innpass.domain.access.policy import Act, check_may
from innpass.domain.access.roles import Actor

_VALUES = ("name", "sender", "text", "reply_by", "remind_after_days")
LONGEST_TEXT = 6000


@transaction.atomic
def save_campaign(
    *, values: Mapping[str, Any], by: Actor, campaign: Campaign | None = None, expected: int = 0
) -> Campaign:
    """Make a campaign, or change one. What has been sent of it stays as it was sent.

    Args:
        values: name, sender, text, reply_by, remind_after_days.
        expected: the version on the screen of one that is changed.

    Raises:
        MayNot: campaigns are not theirs to keep.
        Refused: the name is taken, something is missing, or a text holds an identity number.
        ChangedMeanwhile: it is not as it was on the screen.
    """
    check_may(by, Act.KEEP_OUTREACH)
    one_at_a_time(by)
    said = {name: values[name] for name in _VALUES}
    said["name"] = one_line(said["name"], "name", most=120)
    said["sender"] = one_line(said["sender"], "sender", most=120)
    said["text"] = several_lines(said["text"], "text", most=LONGEST_TEXT)
    refuse_names({name: said[name] for name in ("name", "sender", "text")}, by=by)
    for name in ("name", "sender", "text"):
        if not said[name]:
            raise Refused(_("Feltet kan ikke være tomt."), field=name)
    same = Campaign.objects.filter(name__iexact=said["name"])
    if same.exclude(pk=campaign.pk if campaign else None).exists():
        told = _("Det finnes en kampanje som heter %(name)s fra før. Velg et annet navn.")
        raise Refused(told % {"name": said["name"]}, field="name")
    if campaign is None:
        campaign = Campaign.objects.create(municipality_id=by.municipality_id, **said)
    else:
        for name, value in said.items():
            setattr(campaign, name, value)
        campaign.save_version(expected=expected, fields=_VALUES)
    _note(campaign, by, "save_campaign", {})
    return campaign


@transaction.atomic
def close_campaign(campaign: Campaign, *, by: Actor, on: date | None) -> None:
    """Wait for no more answers from a day on; ``None`` opens it again.

    Raises:
        MayNot: campaigns are not theirs to keep.
    """
    check_may(by, Act.KEEP_OUTREACH)
    Campaign.objects.filter(pk=campaign.pk).update(closed_on=on, version=F("version") + 1)
    _note(campaign, by, "close_campaign", {"closed_on": [None, on.isoformat() if on else None]})


@transaction.atomic
def add_recipients(campaign: Campaign, employers: Collection[UUID], *, by: Actor, on: date) -> int:
    """Let a campaign ask more employers; returns how many were added.

    Raises:
        MayNot: campaigns are not theirs to keep.
        Refused: nobody new is chosen, or the campaign is closed.
    """
    check_may(by, Act.KEEP_OUTREACH)
    one_at_a_time(by)
    campaign.refresh_from_db()
    if campaign.closed_on is not None:
        raise Refused(_("Kampanjen er avsluttet. Åpne den igjen for å legge til mottakere."))
    there = set(campaign.recipients.values_list("employer", flat=True))
    wanted = known_employers(by, on=on).filter(pk__in=employers).exclude(pk__in=there)
    made = CampaignRecipient.objects.bulk_create(
        CampaignRecipient(municipality_id=by.municipality_id, campaign=campaign, employer=each)
        for each in wanted
    )
    if not made:
        raise Refused(_("Velg minst én arbeidsgiver som ikke er mottaker fra før."))
    _note(campaign, by, "add_recipients", {"recipients": [None, len(made)]})
    return len(made)


@transaction.atomic
def remove_recipients(campaign: Campaign, recipients: Collection[UUID], *, by: Actor) -> int:
    """Take out recipients that nothing was sent to and that have not answered; returns how many.

    Raises:
        MayNot: campaigns are not theirs to keep.
    """
    check_may(by, Act.KEEP_OUTREACH)
    one_at_a_time(by)
    rows = campaign.recipients.filter(pk__in=recipients, letters=None, answer="", origins=None)
    gone = list(rows.values_list("pk", flat=True))
    CampaignRecipient.objects.filter(pk__in=gone).delete()
    if gone:
        _note(campaign, by, "remove_recipients", {"recipients": [len(gone), None]})
    return len(gone)


@transaction.atomic
def mark_sent(
    campaign: Campaign,
    recipients: Collection[UUID],
    *,
    text: str,
    channel: str,
    on: date,
    is_reminder: bool,
    by: Actor,
    today: date,
) -> CampaignSending:
    """Keep what was sent to whom, with the text and the contact persons as they stood then.

    Innpass sends nothing itself: whoever sent it says so.

    Args:
        recipients: ids of those who got it.
        on: when it was sent.

    Raises:
        MayNot: campaigns are not theirs to keep.
        Refused: nobody got it, the day is to come, the text is empty or holds an identity number,
            or a reminder goes to somebody who was never asked or has answered.

    What went by e-mail went to nobody without an address: they are left to be called.
    """
    check_may(by, Act.KEEP_OUTREACH)
    one_at_a_time(by)
    campaign.refresh_from_db()
    if campaign.closed_on is not None:
        raise Refused(_("Kampanjen er avsluttet. Åpne den igjen for å sende mer."))
    if on > today:
        raise Refused(_("Dagen er ikke kommet ennå. Merk som sendt når det er sendt."), field="on")
    if channel not in Channel.values:
        raise Refused(_("Velg hvordan det ble sendt."), field="channel")
    said = several_lines(text, "text", most=LONGEST_TEXT)
    refuse_names({"text": said}, by=by)
    if not said:
        raise Refused(_("Teksten kan ikke være tom."), field="text")
    rows = list(
        campaign.recipients.filter(pk__in=recipients, answer="")
        .select_related("employer")
        .order_by("employer__name", "pk")
    )
    asked = set(
        CampaignLetter.objects.filter(recipient__in=rows).values_list("recipient", flat=True)
    )
    rows = [row for row in rows if (row.pk in asked) == is_reminder]
    if not rows:
        raise Refused(_("Velg minst én mottaker."), field="recipient")
    keys = [row.employer_id for row in rows]
    then, now = readers_of(keys, on=on), readers_of(keys, on=today)
    # An address noted after the day of the letter is where the letter went, too.
    readers = {**now, **{key: one for key, one in then.items() if one.address or key not in now}}
    if channel == Channel.EMAIL:
        rows = [row for row in rows if (one := readers.get(row.employer_id)) and one.address]
    if not rows:
        told = _("Ingen av de valgte har e-postadresse. Ring dem, og velg «Telefon» her.")
        raise Refused(told, field="channel")
    sending: CampaignSending = CampaignSending.objects.create(
        municipality_id=by.municipality_id,
        campaign=campaign,
        sent_on=on,
        is_reminder=is_reminder,
        sender=campaign.sender,
        text=said,
        reply_by=campaign.reply_by,
        channel=channel,
        marked_by_id=by.user_id,
    )
    contacts = contact_texts([row.employer_id for row in rows], on=on, by=by)
    CampaignLetter.objects.bulk_create(
        CampaignLetter(
            municipality_id=by.municipality_id,
            sending=sending,
            recipient=row,
            to_name=reader.name if (reader := readers.get(row.employer_id)) else "",
            to_address=reader.address if reader else "",
            contact=contacts[row.employer_id],
        )
        for row in rows
    )
    _note(campaign, by, "mark_campaign_sent", {"recipients": [None, len(rows)]})
    return sending


def note_addresses_taken(campaign: Campaign, *, by: Actor, count: int) -> None:
    """Log that somebody took out the addresses of so many recipients.

    Raises:
        MayNot: campaigns are not theirs to keep.
    """
    check_may(by, Act.KEEP_OUTREACH)
    _note(campaign, by, "take_campaign_addresses", {"recipients": [None, count]})


@dataclass(frozen=True, slots=True)
class Reply:
    """What an employer answered, as typed. ``seats`` with yes, ``reason`` with no."""

    answer: str
    answered_on: date
    channel: str = ""
    answered_by: str = ""
    text: str = ""
    seats: int | None = None
    reason: str = ""
    place_name: str = ""


@transaction.atomic
def note_reply(
    recipient: CampaignRecipient, reply: Reply, *, by: Actor, today: date, expected: int
) -> None:
    """Note what an employer answered. A yes makes its places in the same act.

    An answer that is changed from yes to another ends the offer that it made; one that stays yes
    with other seats changes them.

    Raises:
        MayNot: campaigns are not theirs to keep.
        Refused: something is missing or cannot be, or a text holds an identity number.
        ChangedMeanwhile: it is not as it was on the screen.
    """
    check_may(by, Act.KEEP_OUTREACH)
    one_at_a_time(by)
    _check(reply, today)
    is_yes = reply.answer == Answer.YES
    before = recipient.answer
    values: dict[str, Any] = {
        "answer": reply.answer,
        "answered_on": reply.answered_on,
        "channel": reply.channel,
        "answered_by": one_line(reply.answered_by, "answered_by", most=120),
        "text": one_line(reply.text, "text", most=1000),
        "seats": reply.seats if is_yes else None,
        "reason": reply.reason if reply.answer == Answer.NO else "",
        "noted_by_id": by.user_id,
    }
    refuse_names({name: values[name] for name in ("answered_by", "text")}, by=by)
    for name, value in values.items():
        setattr(recipient, name, value)
    recipient.save_version(expected=expected, fields=tuple(values))
    _make_places(recipient, reply, by)
    note(
        by,
        action="note_campaign_reply",
        kind="employer",
        subject=recipient.employer_id,
        changes={"answer": [before, reply.answer]},
    )


@transaction.atomic
def take_reply_back(recipient: CampaignRecipient, *, by: Actor, today: date, expected: int) -> None:
    """Take an answer back that was noted by mistake; the offer that it made ends.

    Raises:
        MayNot: campaigns are not theirs to keep.
        ChangedMeanwhile: it is not as it was on the screen.
    """
    check_may(by, Act.KEEP_OUTREACH)
    one_at_a_time(by)
    before = recipient.answer
    empty: dict[str, Any] = {
        **dict.fromkeys(("answer", "channel", "answered_by", "text", "reason"), ""),
        **dict.fromkeys(("answered_on", "seats"), None),
    }
    for name, value in empty.items():
        setattr(recipient, name, value)
    recipient.save_version(expected=expected, fields=tuple(empty))
    _end_places(recipient, today)
    note(
        by,
        action="take_campaign_reply_back",
        kind="employer",
        subject=recipient.employer_id,
        changes={"answer": [before, ""]},
    )


def _check(reply: Reply, today: date) -> None:
    if reply.answer not in Answer.values:
        raise Refused(_("Velg hva arbeidsgiveren svarte."), field="answer")
    if reply.answered_on > today:
        told = _("Dagen er ikke kommet ennå. Skriv dagen de svarte.")
        raise Refused(told, field="answered_on")
    if reply.channel and reply.channel not in Channel.values:
        raise Refused(_("Velg hvordan de svarte."), field="channel")
    if reply.answer == Answer.YES and not 1 <= (reply.seats or 0) <= MOST_SEATS:
        told = _("Skriv hvor mange plasser de tilbyr, fra 1 til %(most)s.") % {"most": MOST_SEATS}
        raise Refused(told, field="seats")
    if reply.answer == Answer.NO and reply.reason not in NoReason.values:
        raise Refused(_("Velg hvorfor de sa nei."), field="reason")


def _make_places(recipient: CampaignRecipient, reply: Reply, by: Actor) -> None:
    origin = (
        PlaceOrigin.objects.filter(recipient=recipient)
        .select_related("place")
        .order_by("pk")
        .first()
    )
    if reply.answer != Answer.YES:
        _end_places(recipient, reply.answered_on)
    elif origin is None:
        offer_place(
            employer_id=recipient.employer_id,
            template=PlaceTemplate(seats=recipient.seats or 1, name=reply.place_name),
            on=reply.answered_on,
            by=by,
            recipient=recipient,
        )
    else:
        place = origin.place
        place.seats, place.offered_until = recipient.seats, None
        place.name = one_line(reply.place_name, "place_name", most=120) or place.name
        place.confirmed_on = max(reply.answered_on, place.confirmed_on or reply.answered_on)
        place.save_version(
            expected=place.version, fields=("name", "seats", "offered_until", "confirmed_on")
        )


def _end_places(recipient: CampaignRecipient, on: date) -> None:
    for origin in PlaceOrigin.objects.filter(recipient=recipient).select_related("place"):
        place = origin.place
        if place.offered_until is None or place.offered_until > on:
            place.offered_until = max(on, place.offered_from)
            place.save_version(expected=place.version, fields=("offered_until",))


def _note(campaign: Campaign, by: Actor, action: str, changes: dict[str, Any]) -> None:
    note(by, action=action, kind="campaign", subject=campaign.pk, changes=changes)
