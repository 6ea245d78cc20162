"""What the overview shows: one row per participant, cut to what the viewer may read."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from innpass.web.design.pages import Paging

# Every column in the order of the table: its key, which is its name in ``Columns``, and its words.
LABELS = {
    "name": _("Deltaker"),
    "step": _("Steg"),
    "status": _("Status denne uken"),
    "hours": _("Timer denne uken"),
    "average": _("Snitt / minstekrav"),
    "placement": _("Praksis og enhet"),
    "next_step": _("Neste steg"),
    "last_contact": _("Siste kontakt"),
    "term": _("Termin"),
    "programme": _("Program"),
    "programme_until": _("Programmet kan vare til"),
    "norwegian_until": _("Rett til norsk til"),
    "track": _("Spor og klasse"),
    "level": _("Lytte, lese, skrive, snakke"),
    "test": _("Norskprøve"),
    "adviser": _("Programrådgiver"),
    "supervisor": _("Praksisveileder"),
    "nav_adviser": _("Nav-kontakt"),
    "teacher": _("Lærer"),
    "visma_refugee": _("Visma flyktning"),
    "visma_learning": _("Visma læringssenter"),
    "socio": _("Socionummer"),
    "handover": _("Overføring til Nav"),
}


@dataclass(frozen=True, slots=True)
class Counter:
    """A number above the list, made by the query of the list it opens.

    Attributes:
        label: what is counted, such as ``Under kravet``.
        explanation: the definition in a few words.
        count: how many, of those the viewer may see.
        href: the list; when ``is_current``, the address without this counter.
        colour: ``data-color`` of Designsystemet: danger, warning, brand1, brand2, info or accent.
        icon: a name in ``design/icons.txt``.
        is_current: whether the list below is this one.
    """

    label: str
    explanation: str
    count: int
    href: str
    colour: str
    icon: str
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a filter."""

    value: str
    label: str
    is_selected: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """A select above the table. ``any_label`` is the option that filters nothing."""

    name: str
    label: str
    any_label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Chip:
    """An active filter, in words, and the address without it."""

    label: str
    value: str
    remove_href: str


@dataclass(frozen=True, slots=True)
class Hidden:
    """A part of the address that a change of filter keeps, such as the sort order."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A column heading that sorts. ``direction`` is ``ascending``, ``descending`` or empty.

    ``key`` is the column's name in ``Columns``; headings come in the order of the table and leave
    out the columns that the viewer may not read. ``fields`` describes what can be edited in the
    column, as JSON; empty where nothing can. ``lacking`` is what a cell says in which it cannot be
    told what is meant, as JSON.
    """

    key: str
    label: str
    fields: str = ""
    lacking: str = ""
    sort_href: str = ""
    direction: str = ""


@dataclass(frozen=True, slots=True)
class ViewLink:
    """A saved view above the list. ``is_shared`` is whether the viewer's body has it."""

    name: str
    href: str
    is_current: bool = False
    is_shared: bool = False


@dataclass(frozen=True, slots=True)
class OpenedView:
    """The saved view that was opened.

    Attributes:
        update_href: where it is made to hold what is shown now; empty where it does, or where the
            viewer may not change it.
        restore_href: the view as it was saved; empty where it is.
    """

    name: str
    update_href: str = ""
    restore_href: str = ""


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns are shown. The name is always there."""

    step: bool = True
    status: bool = True
    hours: bool = True
    average: bool = True
    placement: bool = True
    next_step: bool = True
    last_contact: bool = True
    term: bool = True
    programme: bool = True
    track: bool = True
    level: bool = True
    test: bool = True
    adviser: bool = True
    supervisor: bool = True
    nav_adviser: bool = True
    teacher: bool = True
    visma_refugee: bool = True
    visma_learning: bool = True
    socio: bool = True
    handover: bool = True


@dataclass(frozen=True, slots=True)
class OverviewRow:
    """One participant. Unknown values are ``None`` or empty, and show as an empty cell.

    Attributes:
        href: the participant's page; ``pk`` the participant's id; ``edit_href`` the page on which
            the row is edited without a script.
        cells: what stands in the cells that the viewer may edit, as JSON; empty where none may be.
        is_new: whether the person came into the list less than a week ago.
        changed: the columns that others have changed since the viewer's last visit, as words apart;
            ``changed_words`` are their names.
        is_protected: whether the address is protected; only those who may see the person get a row.
        attention: why the row stands high in the list, in a few words; empty when it needs nothing.
        step: where the person is among the guide's eight steps, 1 to 8.
        verdict: met, below, not_yet, excluded, no_requirement or unknown, for this week.
        hours: work-oriented hours this week.
        average: the mean over the weeks counted so far; ``minimum`` is what the law asks for, and
            ``None`` when it asks for nothing (yet).
        unit: the unit or enterprise of the present placement; ``area`` is its area, or ``Privat``.
        programme_month, programme_months: month n of m, counted from 1.
        programme_until, norwegian_until: the last day that the law gives.
        listening, reading, writing, speaking: levels such as ``A2``.
        test: day of the last test; ``test_goal`` its goal; ``test_reached`` whether it was reached.
        handover: day of the handover meeting with Nav.
    """

    href: str
    name: str
    pk: str = ""
    edit_href: str = ""
    cells: str = ""
    is_new: bool = False
    changed: str = ""
    changed_words: str = ""
    birth_year: int | None = None
    country: str = ""
    is_protected: bool = False
    attention: str = ""
    step: int | None = None
    verdict: str = "unknown"
    hours: float | None = None
    average: float | None = None
    minimum: float | None = None
    unit: str = ""
    area: str = ""
    next_step: str = ""
    next_step_owner: str = ""
    next_step_due: date | None = None
    is_overdue: bool = False
    last_contact: date | None = None
    term: date | None = None
    programme_month: int | None = None
    programme_months: int | None = None
    programme_end: date | None = None
    programme_until: date | None = None
    norwegian_until: date | None = None
    track: int | None = None
    class_name: str = ""
    listening: str = ""
    reading: str = ""
    writing: str = ""
    speaking: str = ""
    test: date | None = None
    test_goal: str = ""
    test_reached: bool | None = None
    adviser: str = ""
    supervisor: str = ""
    nav_adviser: str = ""
    teacher: str = ""
    visma_refugee: str = ""
    visma_learning: str = ""
    socio: str = ""
    handover: date | None = None

    @property
    def about(self) -> str:
        """Return birth year and country, such as ``1991 · Ukraina``."""
        return " · ".join(str(part) for part in (self.birth_year, self.country) if part)

    @property
    def programme(self) -> str:
        """Return how far the programme has come, such as ``måned 7 av 12``."""
        if self.programme_month is None:
            return ""
        values = {"month": self.programme_month, "months": self.programme_months}
        return gettext("måned %(month)s av %(months)s") % values

    @property
    def track_and_class(self) -> str:
        """Return the track and the class, such as ``2 · Dag 2B``."""
        return " · ".join(str(part) for part in (self.track, self.class_name) if part)

    @property
    def test_outcome(self) -> str:
        """Return the code of the last test's outcome."""
        return {True: "reached", False: "not_reached", None: "unknown"}[self.test_reached]


@dataclass(frozen=True, slots=True)
class OverviewPage:
    """The page ``overview/overview.html`` and its fragment ``table``.

    Attributes:
        week: the ISO week that the status is about.
        order: the columns after the name, as they stand.
        visible: how many participants the viewer may see in all.
        counters: numbers that open a list; same query as the list.
        search: the words searched for, kept in the session, never in an address.
        filters, kept, chips: the selects, what else the address carries, and the active filters.
        here_href: the first page of this list, to which a search returns.
        clear_href: everybody in the programme (the search is cleared by posting an empty one).
        elsewhere, elsewhere_href: when nobody here is let through, how many in the other groups
            are, in words; the list with them.
        paging: ``paging.total`` is what the filters let through.
        export_href: the export of exactly this list.
        may_export: whether the viewer may take the list out.
        is_empty: whether nothing has been imported yet.
        may_edit: whether the viewer may edit any column.
        bulk_href, paste_href: where many are changed at once: with this list's address, and page.
        save_href, undo_href: where edits in place are saved and taken back, likewise.
        views, opened: the saved views, the whole list first; and the one that was opened.
        columns_href, new_view_href: where columns are chosen, and this list is saved as a view.
        has_changed: whether others have changed something since the viewer's last visit.
    """

    week: int
    visible: int
    columns: Columns
    order: tuple[str, ...]
    headings: tuple[Heading, ...]
    rows: tuple[OverviewRow, ...]
    paging: Paging
    counters: tuple[Counter, ...] = ()
    search: str = ""
    filters: tuple[Filter, ...] = ()
    kept: tuple[Hidden, ...] = ()
    chips: tuple[Chip, ...] = ()
    here_href: str = ""
    clear_href: str = ""
    elsewhere: str = ""
    elsewhere_href: str = ""
    export_href: str = ""
    is_empty: bool = False
    may_import: bool = True
    may_export: bool = True
    may_edit: bool = False
    bulk_href: str = ""
    paste_href: str = ""
    save_href: str = ""
    undo_href: str = ""
    views: tuple[ViewLink, ...] = ()
    opened: OpenedView | None = None
    columns_href: str = ""
    new_view_href: str = ""
    has_changed: bool = False


@dataclass(frozen=True, slots=True)
class Rows:
    """Some rows alone, as the fragment ``rows`` shows them."""

    columns: Columns
    order: tuple[str, ...]
    rows: tuple[OverviewRow, ...]
    may_edit: bool
