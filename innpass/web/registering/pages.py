"""What the screens of the registration show."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from innpass.web.design.pages import Paging


@dataclass(frozen=True, slots=True)
class Tab:
    """A way into the list with how many it holds, where that is counted."""

    label: str
    href: str
    count: int | None
    is_current: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a filter."""

    value: str
    label: str
    is_selected: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """A value that a form carries on."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class DutyRow:
    """One event.

    Attributes:
        left: days left, in words; ``is_late`` and ``is_soon`` say how it is coloured.
        by: who said it is registered; empty where nobody did.
    """

    pk: UUID
    name: str
    href: str
    adviser: str
    what: str
    code: str
    day: date
    age: str
    last_day: date
    left: str
    is_late: bool
    is_soon: bool
    registered_at: datetime | None
    by: str


@dataclass(frozen=True, slots=True)
class DutiesPage:
    """The page ``registering/duties.html``.

    Attributes:
        whose: the switch between one's own cases and all; empty for one who has none.
        any_adviser: what asks for everybody's cases.
    """

    tabs: tuple[Tab, ...]
    whose: tuple[Tab, ...]
    kinds: tuple[Choice, ...]
    advisers: tuple[Choice, ...]
    any_adviser: str
    until: str
    until_error: str
    kept: tuple[Kept, ...]
    rows: tuple[DutyRow, ...]
    paging: Paging
    state: str
    is_filtered: bool
    may_register: bool
    months_sentence: str


@dataclass(frozen=True, slots=True)
class Leaver:
    """Somebody whose programme ends soon, and what is missing by then."""

    name: str
    href: str
    adviser: str
    last_day: date | None
    days: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LeavingPage:
    """The page ``registering/leaving.html``."""

    people: tuple[Leaver, ...]
    paging: Paging
    days: int


@dataclass(frozen=True, slots=True)
class CodeRow:
    """One kind of event with the municipality's own note of its code."""

    kind: str
    label: str
    code: str


@dataclass(frozen=True, slots=True)
class CodesPage:
    """The page ``registering/codes.html``; ``longest`` is the most characters of a code."""

    rows: tuple[CodeRow, ...]
    longest: int
    may_see_duties: bool
