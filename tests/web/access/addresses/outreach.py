"""Campaigns, meetings, dialogue and bulk offers: about employers, and shown as they are known."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from tests.web.access.address import (
    ADVISER,
    BUT_ADMIN,
    COORDINATOR,
    LEADERS,
    NAV,
    SUPERVISOR,
    Address,
)
from tests.web.access.town import Town

KEEP = {SUPERVISOR, ADVISER, COORDINATOR}
CAMPAIGNS = KEEP | LEADERS
NOTE = KEEP | {NAV}
DIALOGUE = NOTE | LEADERS
NOBODY = UUID(int=7)
NEW_CAMPAIGN = {"name": "Ny", "sender": "Oss", "text": "Hei", "remind_after_days": "10"}
NEW_MEETING = {
    "name": "Frokost",
    "kind": "breakfast",
    "day": "3.9.2026",
    "start": "8",
    "end": "09.30",
}
LINE = {"text": "Ringte igjen", "kind": "call", "on": "30.06.2026"}
YES = {"answer": "yes", "seats": "2", "answered_on": "30.06.2026", "version": "1"}


def of(name: str) -> Callable[[Town], list[Any]]:
    """Name a row of what the town asks employers."""
    return lambda town: [town.outreach[name]]


def hidden(town: Town) -> list[Any]:
    """Name the employer where only the hidden person is."""
    return [town.weeks["hidden_employer"]]


def post(name: str, may: Any, where: str, about: str, data: Any = None, **more: Any) -> Address:
    return Address(
        f"outreach:{name}", may, of(where), method="post", data=data or {}, about=about, **more
    )


def chosen(name: str, key: str) -> Callable[[Town], dict[str, str]]:
    return lambda town: {name: str(town.outreach[key])}


def at_hidden(data: dict[str, str], name: str = "employer") -> Callable[[Town], dict[str, str]]:
    return lambda town: {**data, name: str(town.weeks["hidden_employer"])}


ADDRESSES = [
    Address("outreach:board", BUT_ADMIN),
    # Campaigns
    Address("outreach:new_campaign", KEEP),
    Address("outreach:new_campaign", KEEP, method="post", status=422, about="empty"),
    Address("outreach:new_campaign", KEEP, method="post", data=NEW_CAMPAIGN, status=302),
    Address("outreach:campaign", CAMPAIGNS, of("campaign")),
    Address(
        "outreach:campaign", CAMPAIGNS, of("campaign"), query="?vis=purres&side=9", about="asked"
    ),
    Address("outreach:campaign", CAMPAIGNS, lambda _: [NOBODY], status=404, about="unknown"),
    post("campaign", KEEP, "campaign", "close", {"act": "close"}, status=302),
    Address("outreach:edit_campaign", KEEP, of("campaign")),
    post("edit_campaign", KEEP, "campaign", "stale", NEW_CAMPAIGN, status=409),
    Address("outreach:recipients", KEEP, of("campaign")),
    Address(
        "outreach:recipients", KEEP, of("campaign"), query="?omrade=x&vis=ny&q=z", about="asked"
    ),
    post("recipients", KEEP, "campaign", "nobody", status=422),
    post("recipients", KEEP, "campaign", "odd", {"act": "remove", "taken": "x"}, status=422),
    Address(
        "outreach:recipients",
        KEEP,
        of("campaign"),
        method="post",
        data=at_hidden({}),
        status=422,
        for_named=302,
        about="hidden",
    ),
    Address("outreach:send", KEEP, of("campaign")),
    Address("outreach:send", KEEP, of("campaign"), query="?purring=1", about="again"),
    post("send", KEEP, "campaign", "nobody", {**LINE, "channel": "email"}, status=422),
    Address("outreach:addresses", KEEP, of("campaign"), query="?purring=1"),
    Address("outreach:sent", CAMPAIGNS, of("sending")),
    Address("outreach:reply", KEEP, of("recipient")),
    post("reply", KEEP, "recipient", "empty", status=422),
    post("reply", KEEP, "recipient", "stale", {**YES, "version": "7"}, status=409),
    post("reply", KEEP, "recipient", "yes", YES, status=302),
    post("reply", KEEP, "recipient", "taken back", {"act": "take_back"}, status=302),
    # Meetings
    Address("outreach:new_meeting", KEEP),
    Address("outreach:new_meeting", KEEP, method="post", status=422, about="empty"),
    Address("outreach:new_meeting", KEEP, method="post", data=NEW_MEETING, status=302),
    Address("outreach:meeting", BUT_ADMIN, of("meeting")),
    Address("outreach:meeting", BUT_ADMIN, lambda _: [NOBODY], status=404, about="unknown"),
    post("meeting", KEEP, "meeting", "came", {"came-x": "yes"}, status=302),
    post("meeting", KEEP, "meeting", "cancel", {"act": "cancel"}, status=302),
    Address("outreach:edit_meeting", KEEP, of("meeting")),
    post("edit_meeting", KEEP, "meeting", "stale", NEW_MEETING, status=409),
    Address("outreach:invite", KEEP, of("meeting"), query="?slag=private"),
    post("invite", KEEP, "meeting", "nobody", status=422),
    Address("outreach:list", BUT_ADMIN, of("meeting")),
    Address("outreach:invitation", KEEP, of("invitation")),
    post("invitation", KEEP, "invitation", "stale", {"c-answer": "yes"}, status=409),
    post("invitation", KEEP, "invitation", "nothing", {"act": "feedback"}, status=422),
    # Dialogue
    Address("outreach:dialogue", DIALOGUE),
    Address("outreach:dialogue", DIALOGUE, query="?vis=lenge&omrade=x&side=9", about="asked"),
    Address("outreach:dialogue", NOTE, method="post", data=LINE, status=422, about="nobody"),
    Address(
        "outreach:dialogue",
        NOTE,
        method="post",
        data=at_hidden(LINE, "chosen"),
        status=422,
        for_named=302,
        about="hidden",
    ),
    Address(
        "outreach:dialogue",
        NOTE,
        method="post",
        data=lambda town: {**LINE, "chosen": str(town.outreach["employer"])},
        status=302,
    ),
    Address("outreach:line", {ADVISER}, of("line"), for_named=403),
    post("line", {ADVISER}, "line", "stale", LINE, status=409, for_named=403),
    post("line", {ADVISER}, "line", "delete", {"act": "delete"}, status=302, for_named=403),
    Address("outreach:employer", BUT_ADMIN, of("employer")),
    post("employer", NOTE, "employer", "empty", status=422),
    post("employer", NOTE, "employer", "said", LINE, status=302),
    Address("outreach:employer", BUT_ADMIN, hidden, status=404, for_named=200, about="hidden"),
    # Bulk offers
    Address("outreach:offers", CAMPAIGNS),
    Address("outreach:new_offer", KEEP),
    Address("outreach:new_offer", KEEP, method="post", status=422, about="empty"),
]
