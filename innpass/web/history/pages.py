"""What the history of a participant shows."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from innpass.web.design.pages import Link, Paging


@dataclass(frozen=True, slots=True)
class Change:
    """A value before and after; an empty one is no value. ``note`` says it where words must."""

    field: str
    before: str = ""
    after: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """One act.

    Attributes:
        heading: what kind of act, such as ``Endret i oversikten``.
        by: who did it; empty where nobody noted it.
        is_day: nobody noted the time of the day.
        source: of an import, its files; ``href`` leads to it for those who may see it.
        said: what was said of whom rows are about, one sentence each.
        first_values: values of which the source said nothing before, apart, since they are many.
        undone: who undid it, when and why, in one sentence; empty where it holds.
        act: by which it can be taken back; ``None`` where the viewer may not.
    """

    at: datetime
    heading: str
    by: str
    is_day: bool = False
    source: str = ""
    href: str = ""
    reason: str = ""
    changes: tuple[Change, ...] = ()
    first_values: tuple[Change, ...] = ()
    said: tuple[str, ...] = ()
    undone: str = ""
    act: UUID | None = None


@dataclass(frozen=True, slots=True)
class FieldChoice:
    """A field one may look at alone. ``key`` is as in the address."""

    key: str
    label: str
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """The page ``history/history.html``, newest first. ``field`` is the chosen field's label."""

    id: UUID
    name: str
    href: str
    list_href: str
    events: tuple[Event, ...]
    fields: tuple[FieldChoice, ...]
    paging: Paging
    field: str = ""
    readings_href: str = ""
    acts: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """One opening of the person's pages."""

    at: datetime
    by: str
    page: str
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class ReadingsPage:
    """The page ``history/readings.html``, newest first."""

    name: str
    href: str
    list_href: str
    readings: tuple[Reading, ...]
    paging: Paging
