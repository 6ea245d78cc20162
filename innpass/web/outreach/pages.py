"""What the pages of asking employers show, already cut to what the viewer may see."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from innpass.web.design.pages import Link, Paging
from innpass.web.outreach.words import Look


@dataclass(frozen=True, slots=True)
class Tab:
    """A page beside others."""

    name: str
    href: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose; ``count`` is shown beside it where it is not ``None``."""

    value: str
    label: str
    is_selected: bool = False
    count: int | None = None
    href: str = ""


@dataclass(frozen=True, slots=True)
class CampaignLine:
    """A campaign in a list, with what came of it."""

    name: str
    href: str
    sender: str
    sent_on: date | None
    is_closed: bool
    asked: int
    answered: int
    reply_rate: int | None
    yes: int
    later: int
    no: int
    silent: int
    due: int
    seats: int


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A meeting in a list."""

    name: str
    href: str
    when: str
    kind: str
    place: str
    invited: int
    people: int
    came: int
    unmarked: int
    seats: int
    is_past: bool
    is_cancelled: bool


@dataclass(frozen=True, slots=True)
class EventLine:
    """Something that was between the municipality and an employer.

    Attributes:
        employer: where the list is of several.
        edit_href: where the one who wrote it changes it.
    """

    on: date
    what: str
    icon: str
    text: str
    about: Link
    by: str
    employer: Link | None = None
    edit_href: str = ""


@dataclass(frozen=True, slots=True)
class QuickBox:
    """The form for one line of dialogue.

    Attributes:
        names: of the employers to choose among; empty on an employer's own page.
        candidates: those the typed name may mean, to choose one of.
    """

    form: Any
    action: str
    names: tuple[str, ...] = ()
    typed: str = ""
    candidates: tuple[Choice, ...] = ()
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class BoardPage:
    """The page ``outreach/board.html``; ``None`` is what the viewer may not see."""

    tabs: tuple[Tab, ...]
    counters: tuple["Counter", ...]
    campaigns: tuple[CampaignLine, ...] | None
    coming: tuple[MeetingLine, ...]
    past: tuple[MeetingLine, ...]
    lines: tuple[EventLine, ...] | None
    quick: QuickBox | None
    may_keep: bool


@dataclass(frozen=True, slots=True)
class Counter:
    """A number with what it counts, and where its list is."""

    number: str
    label: str
    about: str
    icon: str
    href: str = ""
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class RecipientLine:
    """A recipient of a campaign.

    ``asked`` says when it was asked; ``answer`` what came: who, when, how, why.
    """

    id: str
    name: str
    href: str
    area: str
    asked: str
    look: Look
    is_due: bool
    detail: str
    answer: str
    seats: int
    reply_href: str


@dataclass(frozen=True, slots=True)
class AreaLine:
    """How a service area answered."""

    name: str
    asked: int
    answered: int
    reply_rate: int
    seats: int


@dataclass(frozen=True, slots=True)
class SendingLine:
    """Something sent, to so many."""

    href: str
    on: date
    what: str
    channel: str
    count: int
    by: str


@dataclass(frozen=True, slots=True)
class CampaignPage:
    """The page ``outreach/campaign.html``."""

    id: str
    line: CampaignLine
    text: str
    reply_by: date | None
    remind_after: str
    counters: tuple[Counter, ...]
    recipients: tuple[RecipientLine, ...]
    paging: Paging
    chosen: str
    areas: tuple[AreaLine, ...]
    sendings: tuple[SendingLine, ...]
    unsent: int
    may_keep: bool


@dataclass(frozen=True, slots=True)
class CandidateLine:
    """An employer that may be chosen; ``notes`` say that it is new or untouched."""

    id: str
    name: str
    area: str
    kind: str
    touch: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChoosePage:
    """The page ``outreach/choose.html``: employers are chosen for a campaign or a meeting.

    ``taken`` are those that are in and can still be taken out, under the id of the row.
    """

    heading: str
    intro: str
    back_href: str
    back_label: str
    save: str
    areas: tuple[Choice, ...]
    kinds: tuple[Choice, ...]
    shows: tuple[Choice, ...]
    typed: str
    is_filtered: bool
    candidates: tuple[CandidateLine, ...]
    taken: tuple[tuple[str, CandidateLine], ...]
    there: int
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class LetterGroup:
    """Those who get the same letter: with the same contact person on it.

    ``to_call`` have no e-mail address; ``is_too_long`` where the letter does not go into the links.
    """

    contact: str
    is_own: bool
    recipients: tuple[Choice, ...]
    to_call: tuple[Choice, ...]
    addresses: str
    mail_hrefs: tuple[str, ...]
    is_too_long: bool
    text: str

    @property
    def count(self) -> int:
        """How many get the letter."""
        return len(self.recipients) + len(self.to_call)


@dataclass(frozen=True, slots=True)
class SendPage:
    """The page ``outreach/send.html``."""

    heading: str
    campaign: str
    campaign_href: str
    addresses_href: str
    is_reminder: bool
    form: Any
    groups: tuple[LetterGroup, ...]
    count: int
    to_wait: str = ""
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class SentPage:
    """The page ``outreach/sent.html``: a letter as it was sent, and to whom."""

    heading: str
    campaign: str
    campaign_href: str
    line: SendingLine
    text: str
    letters: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class InvitedLine:
    """An employer invited to a meeting; ``came`` is ``yes``, ``no`` or empty."""

    id: str
    name: str
    href: str
    area: str
    look: Look
    people: int | None
    who: str
    came: str
    came_look: Look
    feedback: str
    seats: int
    edit_href: str


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """The page ``outreach/meeting.html``, and the list to be printed."""

    id: str
    line: MeetingLine
    text: str
    counters: tuple[Counter, ...]
    invited: tuple[InvitedLine, ...]
    may_keep: bool
    may_mark: bool
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class InvitationPage:
    """The page ``outreach/invitation.html``: what one employer answered and thought."""

    name: str
    meeting: str
    meeting_href: str
    coming: Any
    feedback: Any
    version: int
    seats: int
    is_held: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class TouchLine:
    """An employer with when somebody was last in touch."""

    name: str
    href: str
    area: str
    kind: str
    since: str
    days: int | None
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DialoguePage:
    """The page ``outreach/dialogue.html``."""

    tabs: tuple[Tab, ...]
    quick: QuickBox | None
    areas: tuple[Choice, ...]
    shows: tuple[Choice, ...]
    typed: str
    employers: tuple[TouchLine, ...]
    paging: Paging
    lines: tuple[EventLine, ...]


@dataclass(frozen=True, slots=True)
class EmployerPage:
    """The page ``outreach/employer.html``, and its part on the page of an employer."""

    id: str
    name: str
    area: str
    kind: str
    since: str
    notes: tuple[str, ...]
    card_href: str
    events: tuple[EventLine, ...]
    more: int
    quick: QuickBox | None
    told: str = ""


@dataclass(frozen=True, slots=True)
class OfferLine:
    """A bulk offer."""

    name: str
    text: str
    on: date
    by: str
    employers: str
    seats: int


@dataclass(frozen=True, slots=True)
class OffersPage:
    """The page ``outreach/offers.html``."""

    tabs: tuple[Tab, ...]
    offers: tuple[OfferLine, ...]
    may_keep: bool
