"""What the results page shows: figures computed from events, each with its definition."""

from dataclasses import dataclass
from datetime import date

from innpass.web.design.pages import Paging


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure.

    Attributes:
        label: what is counted; ``definition`` says it in full, next to the number.
        count: the number; ``denominator`` is of how many, where the figure is a share, and
            ``denominator_label`` says of whom.
        percent: ``count`` in hundredths of the denominator, for the picture; ``None`` draws none.
        people_href: the people behind the number; empty when there are none.
    """

    label: str
    definition: str
    count: int
    denominator: int | None = None
    denominator_label: str = ""
    percent: float | None = None
    people_href: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a picture. ``percent`` is its length, the longest being 100."""

    label: str
    value: int
    percent: float


@dataclass(frozen=True, slots=True)
class Picture:
    """A ranked picture: a table with a bar in every row, so that it needs no other text."""

    title: str
    summary: str
    label_heading: str
    value_heading: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class DayAsked:
    """The field for the day that a page is as of.

    Attributes:
        on: the day shown.
        href: where another day is asked about.
        typed: what was written and is no date; ``error`` says so. Both empty otherwise.
    """

    on: date
    href: str
    typed: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """The page ``results/results.html``.

    Attributes:
        beside: how many have a contract that no figure counts; 0 for who may not read contracts.
    """

    day: DayAsked
    figures: tuple[Figure, ...]
    pictures: tuple[Picture, ...] = ()
    visible: int = 0
    beside: int = 0


@dataclass(frozen=True, slots=True)
class PersonBehind:
    """Someone who is counted in a figure, and by which event."""

    name: str
    href: str
    event: str
    day: date | None = None


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """The page ``results/people.html``: the people behind one figure, of those one may see."""

    day: DayAsked
    label: str
    definition: str
    people: tuple[PersonBehind, ...]
    paging: Paging
    results_href: str
