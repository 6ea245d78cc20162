"""What the screens of placement cases show, already cut to what the viewer may read."""

from dataclasses import dataclass
from datetime import date

from innpass.web.design.pages import Link


@dataclass(frozen=True, slots=True)
class Count:
    """A figure that leads to the list it counts."""

    number: int
    label: str
    explanation: str
    href: str
    is_current: bool
    colour: str
    icon: str


@dataclass(frozen=True, slots=True)
class Card:
    """A case in the list."""

    name: str
    href: str
    employer: str
    place: str
    kind: str
    supervisor: str
    days: str
    says: str
    is_warning: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """The cases that stand at one state; those left out are in ``href``."""

    name: str
    count: int
    href: str
    cards: tuple[Card, ...]

    @property
    def left_out(self) -> int:
        """How many more there are."""
        return self.count - len(self.cards)


@dataclass(frozen=True, slots=True)
class Sides:
    """Which part of a list is shown, and the way to those beside it; empty where there is none."""

    text: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class BoardPage:
    """The cases by state.

    Attributes:
        is_cut: a filter is chosen; then ``all_href`` takes it away.
        adopt: placements of the sheets that have no case.
    """

    counts: tuple[Count, ...]
    whose: tuple[Link, ...]
    columns: tuple[Column, ...]
    total: int
    chosen: str
    all_href: str
    may_propose: bool
    adopt: int
    ended_href: str
    terms_href: str = ""
    sides: Sides | None = None


@dataclass(frozen=True, slots=True)
class Stop:
    """A stop on the way from proposed to ended; ``state`` is done, now or later."""

    name: str
    state: str
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """Something that can be done: ``href`` where it leads; or why it cannot."""

    label: str
    href: str = ""
    why_not: str = ""
    is_first: bool = False


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """A party of the agreement that waits."""

    party: str
    is_signed: bool
    says: str
    href: str = ""
    why_not: str = ""
    scan_href: str = ""
    ways: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """What is new in a version, in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class VersionCard:
    """A version with what is new in it and who signed."""

    number: int
    title: str
    state: str
    colour: str
    made: str
    reason: str
    facts: tuple[tuple[str, str], ...]
    changes: tuple[Change, ...]
    signatures: tuple[SignatureLine, ...]
    liftings: tuple[str, ...]
    paper_href: str
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A step that was taken, with what was said where the viewer may read it."""

    name: str
    day: date
    by: str
    text: str


@dataclass(frozen=True, slots=True)
class DemandLine:
    """Something that the place demands, and when it was seen."""

    name: str
    code: str
    seen: str


@dataclass(frozen=True, slots=True)
class TermsHeld:
    """Standard terms that were kept, in Norwegian; ``href`` to change those to come."""

    title: str
    letterhead: str
    clauses: tuple[tuple[str, str], ...]
    href: str = ""


@dataclass(frozen=True, slots=True)
class FormerCard:
    """What was said of an ending before somebody put it right, and why where one may read it."""

    title: str
    facts: tuple[tuple[str, str], ...]
    why: str


@dataclass(frozen=True, slots=True)
class CasePage:
    """One case: where it stands, what is next and whose, what was agreed and done."""

    title: str
    person: Link
    employer: Link
    state: str
    colour: str
    kind: str
    days: str
    supervisor: str
    stops: tuple[Stop, ...]
    next_text: str
    next_action: Action | None
    actions: tuple[Action, ...]
    refused: tuple[Action, ...]
    waiting: VersionCard | None
    in_force: VersionCard | None
    older: tuple[VersionCard, ...]
    contacts: tuple[tuple[str, str], ...]
    notes: tuple[NoteLine, ...]
    demands: tuple[DemandLine, ...]
    no_agreement: str
    demand_form: object | None
    expectations: str
    ending: tuple[tuple[str, str], ...]
    former_endings: tuple[FormerCard, ...]
    course: str
    course_href: str
    notices: tuple[str, ...]
    told: tuple[str, ...]
    links: tuple[Link, ...]
    advice_href: str
    case_id: str
    version: int
    discard_href: str


@dataclass(frozen=True, slots=True)
class Found:
    """A person that a search found."""

    name: str
    note: str
    href: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Whom to propose a place for."""

    query: str
    found: tuple[Found, ...]
