"""What the screens of calendars show."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from innpass.casework.timetable.paper import Paper
from innpass.web.design.pages import Link


@dataclass(frozen=True, slots=True)
class Language:
    """A language to choose, by its own name."""

    code: str
    name: str
    direction: str
    href: str = ""
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class AddressRow:
    """An address in use; ``read_on`` is ``None`` where no program has read it."""

    pk: UUID
    language: str
    made_at: datetime
    made_by: str
    read_on: date | None


@dataclass(frozen=True, slots=True)
class CalendarPage:
    """The page ``calendars/calendar.html``.

    Attributes:
        whose: the word in the address; ``told`` what the calendar holds, in a sentence.
        made: the new address, this once; ``webcal`` the same for the program on this machine.
        refused: why there can be no address.
        papers: the week on paper, by language; none for groups and workplaces.
    """

    whose: str
    pk: UUID
    name: str
    back: Link
    told: str
    languages: tuple[Language, ...]
    addresses: tuple[AddressRow, ...]
    may_make: bool
    refused: str
    made: str
    webcal: str
    papers: tuple[Language, ...]
    problem: str = ""


@dataclass(frozen=True, slots=True)
class PaperPage:
    """The page ``calendars/paper.html``: ``heading`` and links are ours, ``paper`` the person's."""

    name: str
    paper: Paper
    languages: tuple[Language, ...]
    week_label: str
    before: str
    after: str
    pdf_href: str
    back: Link
    calendar_href: str
    is_protected: bool
