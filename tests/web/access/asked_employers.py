"""What the town asks employers: a campaign that was sent, a meeting held, a line of dialogue."""

from datetime import date
from uuid import UUID

from innpass.casework.outreach.campaigns import add_recipients, mark_sent, save_campaign
from innpass.casework.outreach.dialogue import note_dialogue
from innpass.casework.outreach.meetings import invite, save_meeting
from innpass.domain.access.roles import Actor

TODAY, SENT, HELD = date(2026, 6, 30), date(2026, 6, 4), date(2026, 6, 11)
CAMPAIGN = {
    "name": "Juni 2026",
    "sender": "Kommunedirektøren",
    "text": "Kan dere ta imot noen?",
    "reply_by": None,
    "remind_after_days": 10,
}
MEETING = {
    "name": "Lunsj",
    "kind": "lunch",
    "day": HELD,
    "start": 660,
    "end": 720,
    "place": "",
    "text": "",
}


def ask_employers(employer: UUID, *, by: Actor) -> dict[str, UUID]:
    """Ask an employer, invite it, and talk with it; return the rows by name."""
    campaign = save_campaign(values=CAMPAIGN, by=by)
    add_recipients(campaign, [employer], by=by, on=SENT)
    recipient = campaign.recipients.get()
    sending = mark_sent(
        campaign,
        [recipient.pk],
        text=campaign.text,
        channel="letter",
        on=SENT,
        is_reminder=False,
        by=by,
        today=TODAY,
    )
    meeting = save_meeting(values=MEETING, by=by)
    invite(meeting, [employer], by=by, on=SENT)
    line = note_dialogue(employer_id=employer, kind="call", text="Ringte", by=by, today=TODAY)
    return {
        "campaign": campaign.pk,
        "recipient": recipient.pk,
        "sending": sending.pk,
        "meeting": meeting.pk,
        "invitation": meeting.invitations.get().pk,
        "line": line.pk,
        "employer": employer,
    }
