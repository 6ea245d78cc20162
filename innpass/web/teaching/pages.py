"""What the pages show."""

from dataclasses import dataclass
from datetime import date

from innpass.web.design.pages import Tab


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several views of a page."""

    name: str
    href: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group in the list.

    Attributes:
        href: where it is kept; empty where it cannot be.
        sessions: day and time of each, in words.
        taken: the seats that are taken, by whomever.
    """

    name: str
    href: str
    course: str
    level: str
    sessions: tuple[str, ...]
    rooms: str
    teacher: str
    taken: int
    capacity: int
    first_day: date
    last_day: date | None

    @property
    def is_full(self) -> bool:
        """Whether there is no seat left."""
        return self.taken >= self.capacity


@dataclass(frozen=True, slots=True)
class GroupsPage:
    """The page ``teaching/groups.html``; seats are counted in ``week``."""

    tabs: tuple[Tab, ...]
    terms: tuple[Choice, ...]
    week: int
    groups: tuple[GroupLine, ...]
    may_keep: bool
    new_href: str


@dataclass(frozen=True, slots=True)
class Left:
    """Somebody whose week does not follow the group any more."""

    name: str
    href: str
    week: int


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """Beside the form of a group; ``taken`` are seats."""

    taken: int
    week: int
    left_behind: tuple[Left, ...]
    caseload_href: str
    end_href: str


@dataclass(frozen=True, slots=True)
class WorkplaceLine:
    """An employer in the list; ``hours`` is empty where nobody has said when it is open."""

    name: str
    href: str
    place: str
    hours: tuple[str, ...]
    people: int | None


@dataclass(frozen=True, slots=True)
class WorkplacesPage:
    """The page ``teaching/workplaces.html``."""

    tabs: tuple[Tab, ...]
    known: tuple[WorkplaceLine, ...]
    others: tuple[WorkplaceLine, ...]
    may_keep: bool
    usual: str


@dataclass(frozen=True, slots=True)
class WayRow:
    """From one place to each before it."""

    name: str
    cells: tuple[object | None, ...]
