"""What the pages of groups and workplaces show, already cut to what the viewer may read."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from innpass.web.timetable.calendars import Calendar
from innpass.web.timetable.pages import WeekNav


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in a group, or at a workplace."""

    pk: UUID
    name: str
    href: str


@dataclass(frozen=True, slots=True)
class GroupPage:
    """The page ``timetable/group.html``.

    Attributes:
        about: what the group is, as label and value.
        members: those whom the viewer may see.
        count, seats: seats taken of how many, and how many are free, whoever has them.
        is_empty: nobody has a seat.
        meets: why it does not meet that week; empty where it does.
    """

    name: str
    about: tuple[tuple[str, str], ...]
    nav: WeekNav
    calendar: Calendar
    members: tuple[Member, ...]
    count: str
    seats: str
    is_full: bool
    is_empty: bool
    caseload_href: str
    all_href: str
    setup_href: str
    gone: tuple[str, ...]
    meets: str


@dataclass(frozen=True, slots=True)
class DayHead:
    """A day of a workplace: its hours, and seats taken of how many.

    Attributes:
        off: why nobody is there.
    """

    name: str
    on: date
    hours: str
    seats: str
    is_over: bool
    off: str


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """Somebody at a workplace: the times of each day, empty where not there."""

    name: str
    href: str
    times: tuple[str, ...]
    total: str


@dataclass(frozen=True, slots=True)
class PlacePage:
    """The page ``timetable/workplace.html``.

    Attributes:
        is_stated: it has said when it takes participants.
        setup_href: where that is changed; empty for those who may not.
    """

    name: str
    where: str
    nav: WeekNav
    days: tuple[DayHead, ...]
    rows: tuple[PlaceRow, ...]
    all_href: str
    setup_href: str
    is_stated: bool
    gone: tuple[str, ...]
