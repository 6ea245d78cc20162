"""What the pages of the intake show, already cut to what the viewer may read."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol


class HasTime(Protocol):
    """A session, as far as its day and time are told."""

    day: date
    start: int

    @property
    def end(self) -> int:
        """When it is over."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose in a list."""

    value: str
    label: str
    is_selected: bool = False


@dataclass(frozen=True, slots=True)
class Absence:
    """Somebody who did not come; ``onward`` says what he or she is invited to now."""

    id: str
    name: str
    href: str
    session: str
    session_href: str
    state: str
    onward: str
    is_stuck: bool


@dataclass(frozen=True, slots=True)
class TermCard:
    """A term on the board. ``members`` are in it; ``sure`` and ``possible`` may come beside."""

    name: str
    href: str
    first_day: date
    cut_off: date
    when: str
    members: int
    sure: int
    possible: int
    groups: int
    sessions: int
    held: int
    is_agreed: bool
    missing: tuple[str, ...]
    is_erased: bool = False

    @property
    def least(self) -> int:
        """How many start at least, by what is decided."""
        return self.members + self.sure

    @property
    def most(self) -> int:
        """How many start if everybody who may come does."""
        return self.least + self.possible


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A session in a list."""

    href: str
    label: str
    place: str
    leader: str
    supervisor: str
    invited: int
    group: str
    is_individual: bool
    is_past: bool
    interpreters: tuple[tuple[str, str, str], ...]  # language, state in words, colour


@dataclass(frozen=True, slots=True)
class BoardPage:
    """The page ``intake/board.html``."""

    terms: tuple[TermCard, ...]
    past: tuple[TermCard, ...]
    absences: tuple[Absence, ...]
    next_sessions: tuple[SessionLine, ...]
    to_order: int
    may_plan: bool
    may_note: bool


@dataclass(frozen=True, slots=True)
class LikelyLine:
    """Somebody who may start in a term, and why."""

    id: str
    name: str
    href: str
    is_sure: bool
    reason: str


@dataclass(frozen=True, slots=True)
class MemberLine:
    """Somebody in a term."""

    id: str
    name: str
    href: str
    language: str
    child_care: str
    level: str
    group: str
    reason: str
    is_protected: bool
    lacks: str


@dataclass(frozen=True, slots=True)
class TermPage:
    """The page ``intake/term.html``."""

    id: str
    card: TermCard
    likely: tuple[LikelyLine, ...]
    members: tuple[MemberLine, ...]
    sessions: tuple[SessionLine, ...]
    is_open: bool
    may_plan: bool
    may_see_reason: bool


@dataclass(frozen=True, slots=True)
class FormPage:
    """The page ``intake/form.html``: one form with a heading and a way back."""

    heading: str
    form: Any
    save: str
    back_href: str
    back_label: str
    intro: str = ""
    refusals: tuple[str, ...] = ()
    candidates: tuple[Choice, ...] = ()
    version: int = 0


@dataclass(frozen=True, slots=True)
class Placed:
    """Somebody in a group on the page of groups."""

    id: str
    name: str
    href: str
    language: str
    child_care: str
    level: str
    why: tuple[str, ...]
    is_pinned: bool
    choices: tuple[Choice, ...]
    is_moved: bool


@dataclass(frozen=True, slots=True)
class GroupCard:
    """A group with its people, its session, and what is wrong with it."""

    id: str
    name: str
    people: tuple[Placed, ...]
    session: str
    session_href: str
    sessions: tuple[Choice, ...]
    broken: tuple[str, ...]
    short: tuple[str, ...]
    languages: str
    is_held: bool


@dataclass(frozen=True, slots=True)
class Ask:
    """A question before something is done; ``sent`` is what doing it takes, by name."""

    heading: str
    reasons: tuple[str, ...]
    yes: str
    sent: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class GroupsPage:
    """The page ``intake/groups.html``. ``told`` says what was just done, ``ask`` what is asked."""

    id: str
    term: str
    groups: tuple[GroupCard, ...]
    without: tuple[Placed, ...]
    alone: tuple[MemberLine, ...]
    clash: tuple[str, ...]
    told: tuple[str, ...]
    refusals: tuple[str, ...]
    ask: Ask | None
    is_agreed: bool
    is_open: bool
    may_plan: bool
    size: str


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody invited to a session; ``was`` is the state as it is sent, ``state`` in words."""

    id: str
    name: str
    href: str
    language: str
    state: str
    was: str
    states: tuple[Choice, ...]
    onward: str


@dataclass(frozen=True, slots=True)
class PointLine:
    """A point of the agenda."""

    id: str
    text: str
    is_told: bool


@dataclass(frozen=True, slots=True)
class SessionPage:
    """The page ``intake/session.html``."""

    id: str
    heading: str
    term: str
    term_href: str
    line: SessionLine
    people: tuple[Invited, ...]
    points: tuple[PointLine, ...]
    questions: tuple[str, ...]
    typed: str
    refusals: tuple[str, ...]
    ask_to_confirm: bool
    may_plan: bool
    may_note: bool
    may_cancel: bool
    ask: Ask | None
    is_held: bool
    came: int


@dataclass(frozen=True, slots=True)
class NeedLine:
    """An interpreter that a session needs. ``people`` 0: needed no more."""

    session_id: str
    session: str
    session_href: str
    term: str
    language: str
    people: int
    state: str
    colour: str
    reference: str
    states: tuple[Choice, ...]
    typed: str
    seen: str


@dataclass(frozen=True, slots=True)
class WeekOfNeeds:
    """The interpreters of a week."""

    label: str
    lines: tuple[NeedLine, ...]


@dataclass(frozen=True, slots=True)
class InterpretersPage:
    """The page ``intake/interpreters.html``."""

    weeks: tuple[WeekOfNeeds, ...]
    by_language: tuple[tuple[str, int], ...]
    refusals: tuple[str, ...]
    may_plan: bool


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What another group would bring."""

    group: str
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonPage:
    """The page ``intake/person.html``."""

    id: str
    name: str
    href: str
    term: str
    term_href: str
    taken_in_on: date
    moved_from: str
    reason: str
    group: str
    why: tuple[str, ...]
    elsewhere: tuple[Elsewhere, ...]
    invitations: tuple[tuple[str, str, str], ...]  # session, address, what became of it
    told: tuple[tuple[date, str], ...]
    form: Any
    shown: tuple[tuple[str, str], ...]  # the needs as they stand, by the names of the form
    move_form: Any
    refusals: tuple[str, ...]
    needs: tuple[tuple[str, str], ...]
    languages: tuple[str, ...]
    may_describe: bool
    may_plan: bool
    alone_href: str


@dataclass(frozen=True, slots=True)
class ClassLine:
    """Somebody to be placed in a class, with what is suggested."""

    id: str
    name: str
    href: str
    suggested: str
    why: tuple[str, ...]
    child_care: str
    track: tuple[Choice, ...]
    level: tuple[Choice, ...]
    classes: tuple[Choice, ...]
    reason: str
    seen: str
    is_placed: bool
    decided: str
    refusals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClassesPage:
    """The page ``intake/classes.html``."""

    term: str
    term_href: str
    people: tuple[ClassLine, ...]
    classes: tuple[tuple[str, str, int, int], ...]  # name, level, taken, places
    placed: int
    may_place: bool


@dataclass(frozen=True, slots=True)
class Letter:
    """An invitation to one person, as it is printed."""

    name: str
    interpreter: str


@dataclass(frozen=True, slots=True)
class PrintPage:
    """The pages ``intake/list.html`` and ``intake/letters.html``."""

    heading: str
    back_href: str
    municipality: str
    day: str
    time: str
    place: str
    leader: str
    supervisor: str
    first_day: date
    people: tuple[Invited, ...]
    letters: tuple[Letter, ...]
    points: tuple[PointLine, ...]


@dataclass(frozen=True, slots=True)
class QuestionsPage:
    """The page ``intake/questions.html``: questions by session, the latest first."""

    sessions: tuple[tuple[str, tuple[str, ...]], ...]
