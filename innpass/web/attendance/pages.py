"""What the screens of attendance show, already cut to what the viewer may read."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from innpass.web.design.pages import Link


@dataclass(frozen=True, slots=True)
class Line:
    """One occasion of a day.

    Attributes:
        when: its times; ``where`` the room or the place.
        state: how far it is noted, in words, and ``colour`` its tag's.
        href: empty where nothing can be noted yet.
    """

    name: str
    teacher: str
    when: str
    where: str
    people: int
    state: str
    colour: str
    href: str


@dataclass(frozen=True, slots=True)
class Part:
    """Some occasions under a heading."""

    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class DayPage:
    """The page ``attendance/day.html``."""

    on: date
    weekday: str
    is_today: bool
    is_future: bool
    closed: str
    before: str
    after: str
    today: str
    parts: tuple[Part, ...]
    may_follow_up: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to tap or choose."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One person of an occasion.

    Attributes:
        when: the own times, where they differ from the others'.
        minutes: as typed; ``most`` is how many there can be.
        seen: the version of what was noted when this was drawn.
        said: what is noted, in words; empty where nothing is.
        problem: what must be put right, or who noted something else meanwhile.
    """

    pk: UUID
    name: str
    href: str
    when: str
    states: tuple[Choice, ...]
    kinds: tuple[Choice, ...]
    minutes: str
    most: int
    seen: int
    said: str
    problem: str
    is_warning: bool


@dataclass(frozen=True, slots=True)
class SheetPage:
    """The page ``attendance/sheet.html``.

    Attributes:
        rest: the word on the button that notes everybody nobody has said anything about.
        tally: how many were there and how many not, in words.
        unsaid: what is said of whom nobody has noted.
    """

    name: str
    on: date
    weekday: str
    when: str
    where: str
    teacher: str
    day_href: str
    people: tuple[SheetLine, ...]
    tally: str
    unsaid: str
    rest: str
    is_future: bool
    may_note: bool
    may_kind: bool
    problems: int


@dataclass(frozen=True, slots=True)
class WeekLine:
    """One week, or one activity of it, in hours; ``unnoted`` is what nobody has noted."""

    label: str
    planned: float
    attended: float
    absent: float
    unnoted: float
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class MissedLine:
    """A session that somebody missed something of."""

    on: date
    when: str
    name: str
    said: str
    href: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Whole days missed without a reason, that could be entered as an absence."""

    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True)
class PersonPage:
    """The page ``attendance/person.html``; ``percent`` is ``None`` where nothing is noted."""

    pk: UUID
    name: str
    trail: tuple[Link, ...]
    first_day: date
    last_day: date
    percent: int | None
    total: WeekLine
    weeks: tuple[WeekLine, ...]
    missed: tuple[MissedLine, ...]
    suggestions: tuple[Suggestion, ...]
    may_enter: bool


@dataclass(frozen=True, slots=True)
class FollowUpLine:
    """Somebody to follow up, and why."""

    name: str
    href: str
    adviser: str
    percent: int
    attended: float
    noted: float
    in_a_row: int
    is_low: bool
    is_silent: bool


@dataclass(frozen=True, slots=True)
class Typed:
    """What is typed of limits."""

    percent: str
    in_a_row: str
    holds_from: str


@dataclass(frozen=True, slots=True)
class LimitsLine:
    """Limits that were set; ``holds`` tells those that hold today."""

    percent: int
    in_a_row: int
    holds_from: date
    by: str
    holds: bool


@dataclass(frozen=True, slots=True)
class FollowUpPage:
    """The page ``attendance/follow_up.html``."""

    first_day: date
    last_day: date
    percent: int
    in_a_row: int
    typed: Typed
    limits: tuple[LimitsLine, ...]
    problem: str
    may_change: bool
    mine: bool
    has_mine: bool
    people: tuple[FollowUpLine, ...]
