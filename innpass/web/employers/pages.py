"""What the templates of the map and of each employer get."""

from dataclasses import dataclass
from datetime import date

from innpass.web.design.pages import Paging, Tab


@dataclass(frozen=True, slots=True)
class Counter:
    """A number that leads to the list behind it."""

    label: str
    explanation: str
    href: str
    count: int
    colour: str
    icon: str
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Marks:
    """The employers in the picture that look alike (``state``), as one path."""

    state: str
    path: str


@dataclass(frozen=True, slots=True)
class AreaRow:
    """A service area: its picture and its numbers.

    Attributes:
        width, height: of the picture of its units.
        told: the picture in words.
        taken_width, free_width: of the bar, of 100.
        widest: every bar is drawn against the same number of seats.
    """

    name: str
    href: str
    marks: tuple[Marks, ...]
    width: int
    height: int
    told: str
    units: int
    closed: int
    untouched: int
    seats: int
    free: int
    free_unsure: int
    people: int
    ending: tuple[int, ...]
    grey: int
    employees: int | None
    per_thousand: str
    per_thousand_width: str
    is_current: bool = False
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class Legend:
    """A look of the picture and what it means, with how many look so."""

    state: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class EmployerLine:
    """An employer in the list.

    Attributes:
        seats: what it offers, in words.
        last_touch: when somebody was last in touch with it, in words.
        tags: what is out of the ordinary: words, colour and icon.
    """

    name: str
    href: str
    area: str
    seats: str
    people: int
    ending: str
    contact: str
    last_touch: str
    tags: tuple["Tag", ...]


@dataclass(frozen=True, slots=True)
class Tag:
    """Something worth a look, in a word."""

    label: str
    colour: str
    icon: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter."""

    value: str
    label: str
    is_selected: bool


@dataclass(frozen=True, slots=True)
class MapPage:
    """The page ``employers/map.html``."""

    on: date
    counters: tuple[Counter, ...]
    areas: tuple[AreaRow, ...]
    legend: tuple[Legend, ...]
    kinds: tuple[Tab, ...]
    is_of_firms: bool
    area_choices: tuple[Choice, ...]
    only_choices: tuple[Choice, ...]
    search: str
    heading: str
    lines: tuple[EmployerLine, ...]
    paging: Paging
    all_href: str
    is_narrowed: bool
    may_keep: bool
    shows_touch: bool
    links: tuple["Way", ...]


@dataclass(frozen=True, slots=True)
class Way:
    """A page that belongs to this one."""

    label: str
    href: str
    icon: str


@dataclass(frozen=True, slots=True)
class EndingLine:
    """Somebody's last day at an employer. ``who`` is empty where the viewer may not read it."""

    employer: str
    employer_href: str
    area: str
    place: str
    last_day: date
    when: str
    who: str
    who_href: str
    follow_href: str


@dataclass(frozen=True, slots=True)
class EndingsPage:
    """The page ``employers/endings.html``."""

    on: date
    tabs: tuple[Tab, ...]
    lines: tuple[EndingLine, ...]
    within: int
    paging: Paging


@dataclass(frozen=True, slots=True)
class AskLine:
    """A place that nobody confirmed for long."""

    pk: str
    place: str
    employer: str
    employer_href: str
    since: date
    when: str
    contact: str
    call: str
    phone: str
    phone_href: str


@dataclass(frozen=True, slots=True)
class AskPage:
    """The page ``employers/ask_again.html``."""

    days: int
    is_mine: bool
    tabs: tuple[Tab, ...]
    lines: tuple[AskLine, ...]
    paging: Paging
    may_keep: bool
    rules_href: str


@dataclass(frozen=True, slots=True)
class FreeDay:
    """How many seats are free on a day of the week."""

    name: str
    short: str
    free: int


@dataclass(frozen=True, slots=True)
class PlaceCard:
    """A practice place on the employer's page."""

    name: str
    href: str
    end_href: str
    occupation: str
    tasks: str
    seats: int
    free_days: tuple[FreeDay, ...]
    hours: str
    days_a_week: str
    language: str
    can_learn: str
    demands: tuple[str, ...]
    accessibility: str
    period: str
    confirmed: str
    is_grey: bool
    is_over: bool
    is_to_come: bool
    follow_href: str = ""


@dataclass(frozen=True, slots=True)
class ContactLine:
    """A contact person at the employer."""

    role: str
    name: str
    phone: str
    phone_href: str
    email: str
    period: str
    href: str
    has_stopped: bool


@dataclass(frozen=True, slots=True)
class StayLine:
    """Somebody who is, was or will be there."""

    name: str
    href: str
    period: str
    place: str
    state: str
    colour: str


@dataclass(frozen=True, slots=True)
class PastLine:
    """Something that held from a day to another."""

    what: str
    period: str


@dataclass(frozen=True, slots=True)
class EmployerPage:
    """The page ``employers/employer.html``.

    Attributes:
        people: how many are there now, to come and have been; ``stays`` is cut.
        cap: what protects it from overload, in a sentence; "" where there is none.
        history_href: where outreach tells of it; "" where the viewer may not see that.
    """

    pk: str
    name: str
    on: date
    kind: str
    facts: tuple[tuple[str, str], ...]
    tags: tuple[Tag, ...]
    cap: str
    is_over_cap: bool
    contact: str
    contact_since: str
    contact_href: str
    past_contacts: tuple[PastLine, ...]
    contacts: tuple[ContactLine, ...]
    stopped: tuple[ContactLine, ...]
    places: tuple[PlaceCard, ...]
    old_places: tuple[PlaceCard, ...]
    stays: tuple[StayLine, ...]
    now: int
    coming: int
    been: int
    areas: tuple[PastLine, ...]
    other_names: tuple["OtherName", ...]
    same_as: str
    same_as_href: str
    may_keep: bool
    has_grey: bool
    edit_href: str
    new_place_href: str
    new_contact_href: str
    move_href: str
    join_href: str
    hours_href: str
    has_locality: bool
    history_href: str = ""


@dataclass(frozen=True, slots=True)
class OtherName:
    """Another spelling of the employer, and where it is taken back."""

    pk: str
    name: str
    href: str
