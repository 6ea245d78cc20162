"""What undoing an import shows before it is done."""

from dataclasses import dataclass
from datetime import datetime

from django.forms import Form


@dataclass(frozen=True, slots=True)
class Difference:
    """A field as it stands, and as it would."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody for whom something would change. ``note`` says it where there are no fields."""

    name: str
    href: str
    note: str = ""
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Since:
    """What somebody has changed about a person since the import."""

    name: str
    href: str
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UndoPage:
    """The page ``undoing/undo.html``.

    The tuples hold the first of each kind; the totals count all whom the viewer may see.
    ``is_found`` says whether it is known what would change; where the worker found that out,
    ``found_at`` is when, and ``is_outdated`` that something has changed since. ``trouble`` says why
    it did not. ``obstacle`` says why it cannot be undone; ``first_href`` leads to what must be
    undone first.
    """

    href: str
    batch_href: str
    files: tuple[str, ...]
    at: datetime | None
    is_found: bool = False
    found_at: datetime | None = None
    is_outdated: bool = False
    trouble: str = ""
    obstacle: str = ""
    first_href: str = ""
    changed_total: int = 0
    erased_total: int = 0
    kept_total: int = 0
    changed: tuple[Person, ...] = ()
    erased: tuple[Person, ...] = ()
    kept: tuple[Person, ...] = ()
    since: tuple[Since, ...] = ()
    form: Form | None = None
