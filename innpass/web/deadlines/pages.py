"""What the page of deadlines shows, already cut to what the viewer may read."""

from dataclasses import dataclass
from datetime import date

from innpass.web.design.pages import Paging


@dataclass(frozen=True, slots=True)
class ListLink:
    """A list, or a clock, with how many stand on it; ``explanation`` is for the lists."""

    label: str
    href: str
    count: int
    is_current: bool
    explanation: str = ""
    colour: str = "neutral"
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One adviser to choose; ``value`` is the token that stands for the name."""

    value: str
    label: str
    is_selected: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """A list of advisers of one body. ``name`` is that of the field."""

    name: str
    label: str
    any_label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Hidden:
    """What a filter keeps of the address."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Person:
    """A line of the list.

    Attributes:
        first_day: from when the clock runs; ``None`` where it is not known.
        last_day: the last day; ``None`` where it cannot be said.
        possible_until: the last day if all that may be decided is; ``None`` where that is no later.
        when: how long ago or ahead the last day is, in words.
        months: months used, of how many, in words; ``percent`` is the share used.
        left: what is left, in words.
        advisers: who has the case.
        missing: the facts that would tell, in words.
        plan: which plan is to be assessed again, agreed on ``first_day``; empty for the clocks.
    """

    name: str
    href: str
    first_day: date | None
    last_day: date | None
    when: str
    advisers: tuple[str, ...]
    missing: tuple[str, ...]
    possible_until: date | None = None
    months: str = ""
    percent: float | None = None
    left: str = ""
    plan: str = ""
    plan_href: str = ""


@dataclass(frozen=True, slots=True)
class DeadlinesPage:
    """The page ``deadlines/deadlines.html``.

    Attributes:
        is_of_plans: when plans are assessed again is shown, no clock.
        clocks: the clocks; ``lists`` those of the chosen one.
        facts: what is missing, with how many, on the list of those of whom something is.
        means: what the chosen list holds, in a sentence.
        kept: what the filter keeps of the address.
    """

    on: date
    heading: str
    means: str
    is_missing: bool
    is_of_plans: bool
    clocks: tuple[ListLink, ...]
    lists: tuple[ListLink, ...]
    facts: tuple[ListLink, ...]
    filters: tuple[Filter, ...]
    kept: tuple[Hidden, ...]
    all_href: str
    is_narrowed: bool
    people: tuple[Person, ...]
    paging: Paging
