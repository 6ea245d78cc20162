"""Filling the overview page from the grid's rows, cut to what the viewer may read."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from innpass.casework.overview import queries
from innpass.casework.overview.columns import (
    COUNTER_FIELDS,
    FILTER_FIELDS,
    editable_columns,
    readable_columns,
    shows_next_step,
)
from innpass.casework.overview.visits import changed_columns
from innpass.domain.access.policy import may_export, may_import, may_read
from innpass.domain.access.roles import Actor
from innpass.domain.periods import IsoWeek
from innpass.web.design.pages import paging
from innpass.web.design.status import STATUSES, STEP_NAMES
from innpass.web.design.words import listed
from innpass.web.overview.addresses import VIEW_WORD, WORD_OF_SORT, Address
from innpass.web.overview.cells import fields_as_json, texts_of
from innpass.web.overview.elsewhere import SOMEBODY, lacking_as_json
from innpass.web.overview.opening import links_to_views, opened_view
from innpass.web.overview.pages import (
    LABELS,
    Chip,
    Choice,
    Columns,
    Counter,
    Filter,
    Heading,
    Hidden,
    OverviewPage,
    OverviewRow,
    Rows,
)

PAGE_SIZE = 50

_COUNTERS = {
    "below": (
        gettext_lazy("Under kravet"),
        gettext_lazy("Snitt under lovens timer"),
        "danger",
        "ExclamationmarkTriangle",
    ),
    "overdue": (
        gettext_lazy("Over fristen"),
        gettext_lazy("Neste steg skulle vært gjort"),
        "warning",
        "Clock",
    ),
    "visits": (
        gettext_lazy("Besøk nå"),
        gettext_lazy("Innen 14 dager"),
        "brand1",
        "Calendar",
    ),
    "placement_ends": (
        gettext_lazy("Praksis slutter"),
        gettext_lazy("Innen 30 dager"),
        "brand2",
        "Briefcase",
    ),
    "ending": (
        gettext_lazy("Program slutter"),
        gettext_lazy("Planlagt innen 60 dager"),
        "info",
        "FlagCross",
    ),
    "running_out": (
        gettext_lazy("Tiden går ut"),
        gettext_lazy("Ute, eller innen 90 dager"),
        "danger",
        "Hourglass",
    ),
    "without_placement": (
        gettext_lazy("Uten praksis"),
        gettext_lazy("Mål om arbeid, ingen plass nå"),
        "accent",
        "MagnifyingGlass",
    ),
}
COUNTER_NAMES = {key: words[0] for key, words in _COUNTERS.items()}
_FILTERS = {
    "status": (gettext_lazy("Status"), gettext_lazy("Alle statuser")),
    "step": (gettext_lazy("Steg"), gettext_lazy("Alle steg")),
    "supervisor": (gettext_lazy("Praksisveileder"), gettext_lazy("Alle praksisveiledere")),
    "adviser": (gettext_lazy("Programrådgiver"), gettext_lazy("Alle programrådgivere")),
    "term": (gettext_lazy("Termin"), gettext_lazy("Alle terminer")),
    "class_name": (gettext_lazy("Klasse"), gettext_lazy("Alle klasser")),
    "track": (gettext_lazy("Spor"), gettext_lazy("Alle spor")),
}
_WORDS = {
    "status": "status",
    "step": "steg",
    "supervisor": "praksisveileder",
    "adviser": "programradgiver",
    "term": "termin",
    "class_name": "klasse",
    "track": "spor",
}
_GROUPS = (
    ("active", gettext_lazy("I programmet")),
    ("ended", gettext_lazy("Avsluttet")),
    ("all", gettext_lazy("Alle")),
)
VERDICTS = ("below", "met", "unknown", "not_yet", "excluded", "no_requirement")


def assemble(
    address: Address,
    *,
    offered: Mapping[str, list[str]],
    actor: Actor,
    on: date,
    since: datetime | None = None,
) -> OverviewPage:
    """Return the page of an address. At most four queries whatever the number of rows.

    Args:
        offered: the values that filters offer (``queries.offered_choices``).
        since: when the viewer's last visit ended; what others changed after it is marked.
    """
    selection = address.selection
    may = readable_columns(actor)
    counts = queries.count(selection, actor=actor, on=on)
    total = queries.total_of(selection, counts)
    pages = paging(
        number=address.page, size=PAGE_SIZE, total=total, href=lambda n: address.at(n).href()
    )
    shown = queries.page_of(
        selection,
        actor=actor,
        on=on,
        start=max(pages.first - 1, 0),
        size=PAGE_SIZE,
        since=since,
    )
    rows = _rows(shown, may=may, actor=actor, on=on, since=since)
    order = address.columns(may)
    return OverviewPage(
        week=IsoWeek.of(on).number,
        visible=counts.visible,
        columns=_columns(order),
        order=order,
        headings=_headings(address, may, actor),
        rows=rows,
        paging=pages,
        counters=_counters(address, counts, may),
        search=selection.search,
        filters=_filters(address, offered, may, counts),
        kept=_kept(address),
        chips=_chips(address, may),
        here_href=address.at(1).href(),
        elsewhere="" if total else _elsewhere(selection, counts),
        elsewhere_href=address.with_(group="all").href(),
        clear_href=address.closed().href(),
        export_href=address.at(1).href("overview:export"),
        is_empty=counts.visible == 0 and not selection.search,
        may_import=may_import(actor),
        may_export=may_export(actor),
        may_edit=bool(editable_columns(actor)),
        bulk_href=address.href("overview:bulk"),
        paste_href=address.href("overview:paste"),
        save_href=address.href("overview:save_cells"),
        undo_href=address.href("overview:undo"),
        views=links_to_views(address, may),
        opened=opened_view(address, may, actor),
        columns_href=address.at(1).href("overview:columns") if order else "",
        new_view_href=address.at(1).href("overview:new_view"),
        has_changed=any(row.changed for row in rows),
    )


def rows_of(participants: Collection[UUID], *, address: Address, actor: Actor, on: date) -> Rows:
    """Return the rows of some people whom the actor may see, as they are now, for a list."""
    may = readable_columns(actor)
    order = address.columns(may)
    found = queries.rows_for(actor).filter(participant__in=list(participants))
    found = found.select_related("participant__enrolment")
    return Rows(
        columns=_columns(order),
        order=order,
        rows=_rows(
            list(found.select_related("participant__enrolment")), may=may, actor=actor, on=on
        ),
        may_edit=bool(editable_columns(actor)),
    )


def _columns(shown: Collection[str]) -> Columns:
    return Columns(**{f.name: f.name in shown for f in fields(Columns)})


def _rows(
    shown: Sequence[queries.OverviewRow],
    *,
    may: frozenset[str],
    actor: Actor,
    on: date,
    since: datetime | None = None,
) -> tuple[OverviewRow, ...]:
    # Found once: to look an address up for every row takes longer than to read the rows.
    case_at = reverse("participant:participant", args=[SOMEBODY])
    edit_at = reverse("overview:row", args=[SOMEBODY])
    texts = texts_of(shown, actor=actor)
    marked = [row.participant_id for row in shown if row.has_changed]
    changed = changed_columns(marked, since=since, actor=actor)
    return tuple(
        _row(
            row,
            case_at=case_at,
            edit_at=edit_at,
            may=may,
            actor=actor,
            on=on,
            texts=texts.get(row.participant_id, ""),
            changed=changed.get(row.participant_id, frozenset()),
        )
        for row in shown
    )


def _elsewhere(selection: queries.Selection, counts: queries.Counts) -> str:
    """Say how many the other groups hold when the shown one holds nobody."""
    said = {
        "active": _("Ingen i programmet passer. %(count)s passer blant avsluttede."),
        "ended": _("Ingen avsluttede passer. %(count)s passer blant dem i programmet."),
    }.get(selection.group)
    return said % {"count": counts.anywhere} if said and counts.anywhere else ""


def _headings(address: Address, may: frozenset[str], actor: Actor) -> tuple[Heading, ...]:
    selection = address.selection
    mine = editable_columns(actor)
    headings = []
    for key in ("name", *address.columns(may)):
        is_sorted = selection.sort == key
        down = is_sorted and not selection.descending
        sortable = key in WORD_OF_SORT and key in may
        headings.append(
            Heading(
                key=key,
                label=str(LABELS[key]),
                fields=fields_as_json(mine[key]) if key in mine else "",
                lacking=lacking_as_json(mine.get(key, ()), actor=actor),
                sort_href=address.with_(sort=key, descending=down).href() if sortable else "",
                direction=("descending" if selection.descending else "ascending")
                if is_sorted
                else "",
            )
        )
    return tuple(headings)


def _counters(address: Address, counts: queries.Counts, may: frozenset[str]) -> tuple[Counter, ...]:
    result = []
    for key, (label, explanation, colour, icon) in _COUNTERS.items():
        if not may.issuperset(COUNTER_FIELDS[key]):
            continue
        is_current = address.selection.counter == key
        target = address.with_(counter="" if is_current else key)
        result.append(
            Counter(
                label=str(label),
                explanation=str(explanation),
                count=counts.counters[key],
                href=target.href(),
                colour=colour,
                icon=icon,
                is_current=is_current,
            )
        )
    return tuple(result)


def filter_values(name: str, offered: Mapping[str, list[str]]) -> list[tuple[str, str]]:
    """Return the options of a filter as value and words."""
    if name == "status":
        return [(verdict, str(STATUSES[verdict].label)) for verdict in VERDICTS]
    if name == "step":
        return [(str(n), f"{n} {step}") for n, step in enumerate(STEP_NAMES, start=1)]
    return [(value, value) for value in offered.get(name, [])]


def _filters(
    address: Address,
    offered: Mapping[str, list[str]],
    may: frozenset[str],
    counts: queries.Counts,
) -> tuple[Filter, ...]:
    chosen = address.selection.filters
    result: list[Filter] = []
    if "programme" in may:  # who has ended is told by the programme's days
        result.append(_group_filter(address, counts))
    for name, (label, any_label) in _FILTERS.items():
        if FILTER_FIELDS[name] not in may:
            continue
        values = filter_values(name, offered)
        result.append(
            Filter(
                name=_WORDS[name],
                label=str(label),
                any_label=str(any_label),
                choices=tuple(
                    Choice(address.value(name, value), words, chosen.get(name) == value)
                    for value, words in values
                ),
            )
        )
    return tuple(result)


def _group_filter(address: Address, counts: queries.Counts) -> Filter:
    group = address.selection.group
    return Filter(
        name="vis",
        label=_("Vis"),
        any_label=f"{_('I programmet')} ({counts.groups['active']})",
        choices=(
            Choice("avsluttet", f"{_('Avsluttet')} ({counts.groups['ended']})", group == "ended"),
            Choice("alle", f"{_('Alle')} ({counts.groups['all']})", group == "all"),
        ),
    )


def _kept(address: Address) -> tuple[Hidden, ...]:
    """Return what a change of filter keeps: the opened view, the counter and the order."""
    words = address.words()
    kept = (VIEW_WORD, "utvalg", "sorter")
    return tuple(Hidden(word, words[word]) for word in kept if word in words)


def in_words(address: Address, *, with_search: bool = True) -> list[tuple[str, str]]:
    """Say what is filtered, as label and value: the view's name first, the search last."""
    selection = address.selection
    said = [(_("Visning"), address.opened.name)] if address.opened and with_search else []
    if selection.counter:
        said.append((_("Utvalg"), str(_COUNTERS[selection.counter][0])))
    for name, value in selection.filters.items():
        words = dict(filter_values(name, {})).get(value, value)
        said.append((str(_FILTERS[name][0]), words))
    said.append((_("Vis"), str(dict(_GROUPS)[selection.group])))
    if selection.search and with_search:
        said.append((_("Søk"), selection.search))
    return said


def _chips(address: Address, may: frozenset[str]) -> tuple[Chip, ...]:
    selection = address.selection
    chips = []
    if selection.counter:
        label = str(_COUNTERS[selection.counter][0])
        chips.append(Chip(_("Utvalg"), label, address.with_(counter="").href()))
    for name, value in selection.filters.items():
        rest = {key: v for key, v in selection.filters.items() if key != name}
        words = dict(filter_values(name, {})).get(value, value)
        chips.append(Chip(str(_FILTERS[name][0]), words, address.with_(filters=rest).href()))
    if selection.group != "active" and "programme" in may:
        words = str(dict(_GROUPS)[selection.group])
        chips.append(Chip(_("Vis"), words, address.with_(group="active").href()))
    return tuple(chips)


def _changed_words(changed: frozenset[str]) -> str:
    """Name the columns that were changed; the first three of many."""
    words = [str(label) for key, label in LABELS.items() if key in changed]
    if len(words) > 4:
        words = [*words[:3], _("%(count)s andre") % {"count": len(words) - 3}]
    return listed(words)


def _month(term: str) -> date | None:
    return date.fromisoformat(f"{term}-01") if term else None


def _row(
    row: queries.OverviewRow,
    *,
    case_at: str,
    edit_at: str,
    may: frozenset[str],
    actor: Actor,
    on: date,
    texts: str,
    changed: frozenset[str],
) -> OverviewRow:
    shows_step = shows_next_step(row.next_code, actor=actor)
    placed, taught, tested = "placement" in may, "track" in may, "test" in may
    level, clock = "level" in may, "programme" in may
    return OverviewRow(
        href=case_at.replace(str(SOMEBODY), str(row.participant_id)),
        name=row.name,
        pk=str(row.participant_id),
        is_new=row.is_new,
        edit_href=edit_at.replace(str(SOMEBODY), str(row.participant_id)),
        cells=texts,
        changed=" ".join(sorted(changed)) if changed else "",
        changed_words=_changed_words(changed) if changed else "",
        birth_year=row.birth_year if "birth_year" in may else None,
        country=row.country if "country" in may else "",
        is_protected=row.participant.is_protected and may_read(actor, "protection_mark"),
        step=row.step if "step" in may else None,
        verdict=row.verdict if "status" in may else "",
        hours=row.hours if "hours" in may else None,
        average=row.average if "average" in may else None,
        minimum=row.minimum if "average" in may else None,
        unit=row.unit if placed else "",
        area=(row.area or (_("Privat") if row.placement_kind == "private" else ""))
        if placed
        else "",
        next_step=row.next_text if shows_step else "",
        next_step_owner=row.next_owner if shows_step else "",
        next_step_due=row.next_due if shows_step else None,
        is_overdue=bool(shows_step and row.next_due and row.next_due < on),
        last_contact=row.last_contact if "last_contact" in may else None,
        term=_month(row.term) if "term" in may else None,
        programme_month=row.month if clock else None,
        programme_months=row.months if clock else None,
        programme_end=(row.actual_last_day or row.planned_last_day) if clock else None,
        programme_until=row.programme_until if "programme_until" in may else None,
        norwegian_until=row.norwegian_until if "norwegian_until" in may else None,
        track=row.track if taught else None,
        class_name=row.class_name if taught else "",
        listening=row.listening if level else "",
        reading=row.reading if level else "",
        writing=row.writing if level else "",
        speaking=row.speaking if level else "",
        test=row.test_day if tested else None,
        test_goal=row.test_goal if tested else "",
        test_reached=row.test_reached if tested else None,
        adviser=row.adviser if "adviser" in may else "",
        supervisor=row.supervisor if "supervisor" in may else "",
        nav_adviser=row.nav_adviser if "nav_adviser" in may else "",
        teacher=row.teacher if "teacher" in may else "",
        visma_refugee=row.visma_refugee if "visma_refugee" in may else "",
        visma_learning=row.visma_learning if "visma_learning" in may else "",
        socio=row.socio if "socio" in may else "",
        handover=row.handover if "handover" in may else None,
    )
