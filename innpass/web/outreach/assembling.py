"""Filling lines that several pages show."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse

from innpass.casework.outreach import queries
from innpass.casework.outreach.campaign_figures import CampaignFigures
from innpass.casework.outreach.codes import DialogueKind, MeetingKind
from innpass.casework.outreach.meeting_figures import MeetingFigures
from innpass.casework.outreach.queries import Event
from innpass.domain.access.policy import Act, may
from innpass.domain.access.roles import Actor
from innpass.web.design.pages import Link
from innpass.web.outreach.forms import LineForm
from innpass.web.outreach.pages import CampaignLine, EventLine, MeetingLine, QuickBox
from innpass.web.outreach.words import ANSWERS, EVENTS, feedback_words, seats_text, when

_ABOUT = {
    **dict.fromkeys(("letter", "reminder", "reply"), "outreach:reply"),
    **dict.fromkeys(("invited", "came", "stayed_away"), "outreach:meeting"),
}


def campaign_line(one: CampaignFigures) -> CampaignLine:
    """Write a campaign as a line."""
    return CampaignLine(
        name=one.campaign.name,
        href=reverse("outreach:campaign", args=[one.campaign.pk]),
        sender=one.campaign.sender,
        sent_on=one.first_sent,
        is_closed=one.campaign.closed_on is not None,
        asked=one.asked,
        answered=one.answered,
        reply_rate=one.reply_rate,
        yes=one.yes,
        later=one.later,
        no=one.no,
        silent=one.silent,
        due=one.due,
        seats=one.seats,
    )


def meeting_line(one: MeetingFigures, *, on: date) -> MeetingLine:
    """Write a meeting as a line."""
    meeting = one.meeting
    kind = str(MeetingKind(meeting.kind).label)
    return MeetingLine(
        name=meeting.name,
        href=reverse("outreach:meeting", args=[meeting.pk]),
        when=when(meeting.day, meeting.start, meeting.end),
        kind=kind[:1].upper() + kind[1:],
        place=meeting.place,
        invited=one.invited,
        people=one.people,
        came=one.came,
        unmarked=one.unmarked,
        seats=one.seats,
        is_past=meeting.day < on,
        is_cancelled=meeting.cancelled_on is not None,
    )


def quick_box(
    actor: Actor,
    *,
    on: date,
    names: Iterable[str] | None = None,
    form: Any = None,
    **more: Any,
) -> QuickBox | None:
    """Make the form for one line of dialogue; ``None`` for those who may not write it.

    ``names`` are of the employers to choose among; ``None`` for all that can be asked.
    """
    if not may(actor, Act.NOTE_DIALOGUE):
        return None
    if names is None:
        known = queries.known_employers(actor, on=on).order_by("name", "pk")
        names = known.values_list("name", flat=True)
    return QuickBox(
        form=form or line_form(on),
        action=reverse("outreach:dialogue"),
        names=tuple(dict.fromkeys(names)),
        **more,
    )


def line_form(on: date) -> LineForm:
    """Make an empty form for a line: a call, today."""
    return LineForm(initial={"kind": DialogueKind.CALL, "on": on})


def spoken_lines(rows: Iterable[Any], *, actor: Actor) -> tuple[EventLine, ...]:
    """Write lines of the dialogue with several employers."""
    return tuple(
        EventLine(
            on=row.on,
            what=str(EVENTS[row.kind][0]),
            icon=EVENTS[row.kind][1],
            text=row.text,
            about=Link(""),
            by=str(row.by or ""),
            employer=Link(row.employer.name, reverse("outreach:employer", args=[row.employer_id])),
            edit_href=reverse("outreach:line", args=[row.pk]) if row.by_id == actor.user_id else "",
        )
        for row in rows
    )


def event_lines(events: Iterable[Event], *, actor: Actor) -> tuple[EventLine, ...]:
    """Write the history of an employer."""
    keeps = may(actor, Act.KEEP_OUTREACH)
    return tuple(_event(each, keeps=keeps, actor=actor) for each in events)


def _event(each: Event, *, keeps: bool, actor: Actor) -> EventLine:
    what, icon = EVENTS[each.kind]
    href = ""
    if each.kind in _ABOUT and (keeps or _ABOUT[each.kind] != "outreach:reply"):
        href = reverse(_ABOUT[each.kind], args=[each.pk])
    is_line = each.kind in DialogueKind.values
    is_own = is_line and each.by_id is not None and each.by_id == actor.user_id
    return EventLine(
        on=each.on,
        what=str(what),
        icon=ANSWERS[each.code].icon if each.kind == "reply" else icon,
        text=_words(each),
        about=Link(each.about, href),
        by="" if each.kind in ("letter", "reminder") else each.by,
        edit_href=reverse("outreach:line", args=[each.pk]) if is_own else "",
    )


def _words(each: Event) -> str:
    if each.kind == "reply":
        said = [str(ANSWERS[each.code].label)]
        said += [seats_text(each.seats)] if each.seats else []
        return ". ".join(filter(None, (", ".join(said), each.text)))
    if each.kind in ("came", "stayed_away", "invited"):
        return feedback_words(each.code, "", each.text)
    if each.kind == "place" and each.seats:
        return f"{each.text}, {seats_text(each.seats)}"
    return each.text
