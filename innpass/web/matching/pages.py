"""What the pages of matching show."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from innpass.casework.matching.looking import Told
from innpass.web.design.pages import Paging


@dataclass(frozen=True, slots=True)
class WeekChoice:
    """From when a place would begin, and the way to choose another day.

    Attributes:
        sooner: other days to look from, each with what it is called.
    """

    monday: date
    words: str
    sooner: tuple[tuple[str, str, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """A thing that counts, what is known of it, and where it is kept."""

    label: str
    value: str
    href: str = ""
    is_missing: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """A place for somebody, or somebody for a place, with why.

    Attributes:
        key: of the place, or of the person on a place's page.
        number: where it stands on the list, from 1; 0 where it fell out.
        asks_why: choosing it needs a reason: another is better, or it falls out.
        locked_for: others for whom the place is locked, by name, of those whom the viewer may see.
        is_refused: the participant has said no to this very place.
        alike: the addresses of the places that are told of by this card, where there may be
            several; the first of them is chosen.
        problem: why it could not be chosen; ``typed`` is what was written as the reason.
    """

    key: UUID
    name: str
    href: str
    about: str
    number: int
    told: Told
    choose_href: str = ""
    lock_href: str = ""
    unlock_href: str = ""
    refuse_href: str = ""
    asks_why: bool = False
    is_locked: bool = False
    locked_for: tuple[str, ...] = ()
    is_refused: bool = False
    is_grey: bool = False
    alike: tuple[str, ...] = ()
    problem: str = ""
    typed: str = ""


@dataclass(frozen=True, slots=True)
class PersonPage:
    """The places for one participant.

    Attributes:
        count_fit, count_out: how many there are; ``None`` where nobody has counted.
        more_href: shows all; empty where all are shown.
        note: why a page of no places is so.
        apart: why the participant looks for no place; empty where she or he does.
        idle_lock: what the place is called of a lock that keeps no seat now; empty for none.
    """

    name: str
    back_href: str
    week: WeekChoice
    known: tuple[Known, ...]
    fit: tuple[Card, ...]
    out: tuple[Card, ...]
    count_fit: int | None
    count_out: int | None
    more_href: str = ""
    note: str = ""
    apart: str = ""
    profile_href: str = ""
    cv_href: str = ""
    everybody_href: str = ""
    idle_lock: str = ""
    unlock_href: str = ""
    may_write: bool = False


@dataclass(frozen=True, slots=True)
class PlacePage:
    """The people for one place; pagings are ``None`` where the first of the lists are shown."""

    name: str
    employer: str
    employer_href: str
    facts: tuple[Known, ...]
    week: WeekChoice
    fit: tuple[Card, ...]
    out: tuple[Card, ...]
    count_fit: int
    count_out: int
    more_href: str = ""
    fit_paging: Paging | None = None
    out_paging: Paging | None = None
    note: str = ""
    may_write: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who looks for a place, with what is missing for good advice."""

    name: str
    href: str
    lacks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PastRun:
    """A match that was made before."""

    href: str
    when: str
    words: str


@dataclass(frozen=True, slots=True)
class StartPage:
    """Everybody who looks for a place, what is free, and the matches made before.

    Attributes:
        idle: locks that keep no seat from that day on: what is locked, address and why.
        apart: of those without practice who are not matched: name, address and why.
        count_apart: how many they are; more than are shown where they are very many.
    """

    week: WeekChoice
    people: tuple[Waiting, ...]
    count_people: int
    count_places: int
    locked: tuple[tuple[str, str], ...]
    runs: tuple[PastRun, ...]
    ask_href: str
    may_write: bool
    paging: Paging
    idle: tuple[tuple[str, str, str], ...] = ()
    apart: tuple[tuple[str, str, str], ...] = ()
    count_apart: int = 0
    travel_href: str = ""


@dataclass(frozen=True, slots=True)
class ProgressPage:
    """How far a match has come."""

    now: str
    percent: int
    href: str
    stop_href: str
    back_href: str
    obstacle: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A proposal of a match: somebody and a place.

    Attributes:
        why_left: why it could not be taken.
    """

    pk: UUID
    name: str
    href: str
    place: str
    place_href: str
    told: Told
    is_locked: bool
    lock_href: str
    unlock_href: str
    case_href: str = ""
    is_taken: bool = False
    why_left: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Somebody who is left without, and why.

    Attributes:
        nearest: places that nearly fit, each with what would have to change.
    """

    name: str
    href: str
    why: str
    nearest: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Load:
    """How many somebody follows, or an employer has: now, and with the match."""

    name: str
    running: int
    added: int
    width: str = "0"
    added_width: str = "0"
    added_from: str = "0"

    @property
    def total(self) -> int:
        """How many with the match."""
        return self.running + self.added


@dataclass(frozen=True, slots=True)
class RunPage:
    """What a match of everybody found."""

    title: str
    gain: str
    counts: str
    back_href: str
    take_href: str
    lines: tuple[Line, ...]
    left_out: tuple[LeftOut, ...]
    supervisors: tuple[Load, ...]
    employers: tuple[Load, ...]
    placed: int
    people: int
    takeable: int
    may_write: bool
    problem: str = ""
    marked: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Sending:
    """That a version went to somebody."""

    to: str
    on: date
    by: str
    with_cv: bool
    href: str


@dataclass(frozen=True, slots=True)
class VersionShown:
    """A version of the text."""

    number: int
    text: str
    by: str
    when: object
    sendings: tuple[Sending, ...]


@dataclass(frozen=True, slots=True)
class AdvicePage:
    """What was advised and chosen when a case was made."""

    person: str
    place: str
    case_href: str
    advised: str
    is_advice: bool
    rank: int | None
    told: Told
    reason: str
    by: str
    on: date | None
    has_choice: bool = True
