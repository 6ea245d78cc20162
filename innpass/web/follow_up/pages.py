"""What the screens of following up show, already cut to what the viewer may read."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from innpass.web.design.drafting import Draft
from innpass.web.design.pages import Link, Paging


@dataclass(frozen=True, slots=True)
class Box:
    """A counter; a click leads to its list."""

    label: str
    explanation: str
    count: int
    href: str
    icon: str
    colour: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody in a list.

    Attributes:
        tag, colour: how pressing it is, in a word.
        said: why the line is here; ``more`` says it in detail.
        act: what is done about it, where the viewer may.
        may_note: whether contact can be noted from the line.
    """

    pk: UUID
    name: str
    href: str
    unit: str
    tag: str
    colour: str
    said: str
    more: str = ""
    act: Link | None = None
    may_note: bool = False


@dataclass(frozen=True, slots=True)
class Today:
    """Something of today."""

    what: str
    name: str
    href: str
    unit: str


@dataclass(frozen=True, slots=True)
class BoardPage:
    """The page ``follow_up/board.html``; ``contact`` is what stands in the form of each line."""

    heading: str
    on: date
    scopes: tuple[Link, ...]
    scope: str
    boxes: tuple[Box, ...]
    which: str
    today: tuple[Today, ...]
    lines: tuple[Line, ...]
    empty: str
    paging: Paging
    links: tuple[Link, ...]
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Tag:
    """A word with a colour."""

    label: str
    colour: str


@dataclass(frozen=True, slots=True)
class MissingLine:
    """Something that is or was missing to be hired."""

    pk: UUID
    what: str
    text: str
    who: str
    due: date | None
    is_late: bool
    since: str
    carried: str
    closed: str
    href: str


@dataclass(frozen=True, slots=True)
class VoiceLine:
    """What one party said."""

    who: str
    how: str
    answers: tuple[tuple[str, str], ...]
    norwegian: str
    norwegian_text: str
    text: str


@dataclass(frozen=True, slots=True)
class VisitLine:
    """A visit that is booked or was held."""

    kind: str
    day: date | None
    is_held: bool
    by: str
    href: str
    missing: str
    voices: tuple[VoiceLine, ...]
    told: str
    internal: str
    present: str
    schemes: str


@dataclass(frozen=True, slots=True)
class StayCard:
    """One placement with its visits."""

    heading: str
    days: str
    case_href: str
    tags: tuple[Tag, ...]
    next_visits: tuple[str, ...]
    visits: tuple[VisitLine, ...]
    acts: tuple[Link, ...]
    is_running: bool


@dataclass(frozen=True, slots=True)
class PastLine:
    """One line of a log.

    Attributes:
        href: where it can be answered; empty where nothing is to be.
    """

    day: date
    what: str
    text: str
    by: str
    reply: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class CheckLine:
    """Whether somebody is still there after some months."""

    label: str
    said: str
    months: int
    is_due: bool


@dataclass(frozen=True, slots=True)
class ContractCard:
    """A contract; ``take_back_href`` for whoever may say that it was noted by mistake."""

    pk: UUID
    name: str
    href: str
    employer: str
    terms: str
    days: str
    checks: tuple[CheckLine, ...]
    take_back_href: str = ""


@dataclass(frozen=True, slots=True)
class AttestLine:
    """A version of an attest."""

    label: str
    said: str
    href: str
    pdf_href: str


@dataclass(frozen=True, slots=True)
class PersonPage:
    """The page ``follow_up/person.html``; parts the viewer may not read are empty."""

    pk: UUID
    name: str
    trail: tuple[Link, ...]
    summary: tuple[str, ...]
    acts: tuple[Link, ...]
    missing: tuple[MissingLine, ...]
    closed: tuple[MissingLine, ...]
    stays: tuple[StayCard, ...]
    contact: tuple[PastLine, ...]
    weeks: tuple[tuple[str, int], ...]
    job_seeking: tuple[PastLine, ...]
    contracts: tuple[ContractCard, ...]
    taken_back: tuple[str, ...]
    attests: tuple[AttestLine, ...]
    shows: frozenset[str]
    absent: tuple[Link, ...] = ()
    forms: dict[str, Any] = field(default_factory=dict)
    problem_in: str = ""
    may_answer: bool = False

    @property
    def troubled(self) -> tuple[Any, ...]:
        """The form in which something is in the way."""
        return (self.forms[self.problem_in],) if self.problem_in else ()


@dataclass(frozen=True, slots=True)
class PanelPage:
    """The part ``follow_up/panel.html`` of the participant's page and of a case's."""

    pk: UUID
    href: str
    lines: tuple[str, ...]
    tags: tuple[Tag, ...]
    missing: tuple[MissingLine, ...]


@dataclass(frozen=True, slots=True)
class FormPage:
    """A page with one form: what it is about, the form, and what is in the way.

    Attributes:
        note: that somebody else saved meanwhile.
        version: of what is changed, as it is on the screen.
        draft: where what is typed is kept.
        parts: the forms that may tell what is in the way.
    """

    title: str
    name: str
    trail: tuple[Link, ...]
    lead: str
    form: Any
    submit: str
    back_href: str
    version: int = 0
    note: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    draft: Draft | None = None
    was_posted: bool = False
    extra: Any = None
    parts: tuple[Any, ...] = ()

    @property
    def troubled(self) -> tuple[Any, ...]:
        """The forms in which something is in the way."""
        return tuple(each for each in self.parts or (self.form,) if each and each.errors)


@dataclass(frozen=True, slots=True)
class VisitForms:
    """The parts of a visit's form.

    Attributes:
        voices: the parties that are asked, in their order, with how each came to be heard.
        closing: what is missing, each with the form that closes it.
        missing: spare rows for what else is missing.
        tongues: code and name of the participants' languages that the questions are shown in.
    """

    held: Any
    voices: tuple[Any, ...]
    closing: tuple[tuple[MissingLine, Any], ...]
    missing: tuple[Any, ...]
    tongues: tuple[tuple[str, str], ...]

    @property
    def parts(self) -> tuple[Any, ...]:
        """All the forms, in the order of the page."""
        return (self.held, *self.voices, *(form for _line, form in self.closing), *self.missing)


@dataclass(frozen=True, slots=True)
class ContractsPage:
    """The page ``follow_up/contracts.html``."""

    counts: tuple[tuple[str, int], ...]
    due: tuple[ContractCard, ...]
    contracts: tuple[ContractCard, ...]
    paging: Paging
    may_answer: bool
