"""What the crosswalk's pages show, already cut to what the viewer may read."""

from dataclasses import dataclass

from innpass.web.design.pages import Link, Paging


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter with how many persons it would show; ``explanation`` is for the counters."""

    label: str
    href: str
    count: int
    is_current: bool
    explanation: str = ""
    colour: str = "neutral"
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One person in one system.

    Attributes:
        number: as shown; identity numbers as dots.
        places: the rows of the system's list that are about the person.
        missing: what is missing, in words; empty when nothing is.
    """

    number: str = ""
    places: tuple[str, ...] = ()
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """One thing to put right: what, whose work it is, and where it is done."""

    sentence: str
    body: str
    who: str
    action: Link
    colour: str


@dataclass(frozen=True, slots=True)
class Person:
    """A line of the table; the cells in the order of the headings."""

    name: str
    href: str
    cells: tuple[Cell, ...]
    work: tuple[Work, ...]


@dataclass(frozen=True, slots=True)
class CrosswalkPage:
    """The page ``crosswalk/crosswalk.html``. ``groups`` chooses between those amiss and all."""

    headings: tuple[str, ...]
    kinds: tuple[Filter, ...]
    bodies: tuple[Filter, ...]
    groups: tuple[Filter, ...]
    people: tuple[Person, ...]
    paging: Paging
    total: int
