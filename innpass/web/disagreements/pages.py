"""What the pages about disagreements show, already cut to what the viewer may read."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from innpass.web.design.pages import Paging


@dataclass(frozen=True, slots=True)
class Tab:
    """A way to a part of the list. ``count`` is what it leads to."""

    label: str
    href: str
    count: int
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """Who says it and where; ``place`` is file, sheet and cell, or who entered it by hand."""

    body: str
    place: str
    at: datetime
    reason: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Stand:
    """One of the values. ``choice`` is what the form sends for it."""

    choice: str
    value: str
    sources: tuple[Source, ...]
    holds: bool
    is_proposed: bool
    is_new: bool


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One disagreement.

    Attributes:
        proposal: why a value is proposed, or that none can be.
        accepts: what the form sends to follow the proposal; empty where there is none.
        may_decide: the viewer may write the field; ``who_may`` says who could otherwise.
        has_news: a source has come to say something else since a human decided.
    """

    id: UUID
    version: int
    name: str
    person_href: str
    field: str
    owner: str
    stands: tuple[Stand, ...]
    proposal: str
    accepts: str
    may_decide: bool
    who_may: str
    has_news: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The disagreements about one body's fields; ``total`` counts those on other pages too."""

    key: str
    label: str
    is_mine: bool
    disagreements: tuple[Disagreement, ...]
    total: int


@dataclass(frozen=True, slots=True)
class DisagreementsPage:
    """The page ``disagreements/disagreements.html``."""

    tabs: tuple[Tab, ...]
    groups: tuple[Group, ...]
    paging: Paging
    total: int


@dataclass(frozen=True, slots=True)
class DisagreementPage:
    """The page ``disagreements/disagreement.html``: one to decide, with what was chosen so far.

    ``problems`` maps the form's fields to what is wrong with them.
    """

    disagreement: Disagreement
    list_href: str
    choice: str = ""
    typed: str = ""
    reason: str = ""
    value_problem: str = ""
    choice_problem: str = ""
    reason_problem: str = ""
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided. ``others`` are the values set aside, each with whose it was."""

    act: UUID
    name: str
    person_href: str
    field: str
    value: str
    others: tuple[str, ...]
    by: str
    at: datetime
    reason: str
    may_reopen: bool


@dataclass(frozen=True, slots=True)
class DecidedPage:
    """The page ``disagreements/decided.html``."""

    tabs: tuple[Tab, ...]
    decisions: tuple[Decision, ...]
    paging: Paging


@dataclass(frozen=True, slots=True)
class NoDisagreementPage:
    """The page ``disagreements/no_disagreement.html``, where nothing waits any more."""

    list_href: str
