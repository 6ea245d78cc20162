"""What joining and parting participants shows."""

from dataclasses import dataclass
from uuid import UUID

from django.forms import Form


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody the search found. ``note`` tells people of one name apart."""

    name: str
    href: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A field of both. Each side's values come with their sources; ``likeness`` is same or differs.

    It is empty where one side says nothing. ``held`` is the value that would hold once they are
    one, and ``why`` says whose it is and why.
    """

    field: str
    one: tuple[tuple[str, str], ...]
    other: tuple[tuple[str, str], ...]
    likeness: str = ""
    held: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class JoinPage:
    """The page ``joining/join.html``: first the search, then the two side by side.

    ``differences`` says how they are plainly different people; then one must say to be sure.
    """

    href: str
    person_href: str
    name: str
    search: Form
    found: tuple[Candidate, ...] | None = None
    other: UUID | None = None
    other_name: str = ""
    other_href: str = ""
    comparisons: tuple[Comparison, ...] = ()
    differences: tuple[str, ...] = ()
    form: Form | None = None
    obstacle: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """An imported row about the person, and what it says of who that is."""

    id: UUID
    place: str
    body: str
    kind: str
    says: tuple[str, ...]
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class SharedNumber:
    """A number that rows on both sides state: whose is it? ``answer`` is stay, leave or empty."""

    field: str
    label: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class PartPage:
    """The page ``joining/part.html``."""

    href: str
    person_href: str
    name: str
    rows: tuple[Row, ...]
    form: Form
    shared: tuple[SharedNumber, ...] = ()
    obstacle: str = ""
