"""Filling the list of everybody's weeks."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from innpass.casework.overview.queries import offered_choices
from innpass.casework.timetable.caseload import Line, Standing, look_at
from innpass.casework.timetable.offered import names_of_groups
from innpass.casework.timetable.seeing import BUSY
from innpass.domain.access.policy import may_read, may_write
from innpass.domain.access.roles import Actor
from innpass.domain.planning.sentences import hours_text
from innpass.domain.planning.solution import Part
from innpass.web.design.pages import Link, paging
from innpass.web.timetable.asking import WORD_OF, Asked
from innpass.web.timetable.assembling import week_nav
from innpass.web.timetable.caseload_pages import Amount, CaseloadLine, CaseloadPage
from innpass.web.timetable.pages import Choice, StandingLink

PAGE_SIZE = 50
_WIDTH = 64
_NEARLY = 1e-6
STANDINGS: dict[Standing, tuple[Any, Any, str, str]] = {
    Standing.WITHOUT: (
        gettext_lazy("Uten timeplan"),
        gettext_lazy("Timene i arkene gjelder"),
        "brand1",
        "Calendar",
    ),
    Standing.SHORT: (
        gettext_lazy("Mangler timer"),
        gettext_lazy("Til full uke eller kravet"),
        "warning",
        "ExclamationmarkTriangle",
    ),
    Standing.FULL: (
        gettext_lazy("Full uke"),
        gettext_lazy("Begge kravene er oppfylt"),
        "success",
        "CheckmarkCircle",
    ),
}
_HEADINGS = {
    None: gettext_lazy("Alle i programmet denne uka"),
    Standing.WITHOUT: gettext_lazy("Uten timeplan denne uka"),
    Standing.SHORT: gettext_lazy("Uker som mangler timer"),
    Standing.FULL: gettext_lazy("Fulle uker"),
}


def caseload_page(
    query: Mapping[str, str], *, actor: Actor, on: date, search: str, number: int
) -> CaseloadPage:
    """Return the list that an address asks for. A fixed number of queries."""
    may_adviser = may_read(actor, "programme.adviser")
    advisers = offered_choices(actor=actor)["adviser"] if may_adviser else []
    asked = Asked.read(
        query, on=on, advisers=advisers, search=search, municipality=actor.municipality_id
    )
    wanted = asked.wanted
    groups = names_of_groups(wanted.week)
    if wanted.group not in groups:
        asked = asked.but(group=None)
        wanted = asked.wanted
    start = PAGE_SIZE * (number - 1)
    found = look_at(wanted, actor=actor, start=start, size=PAGE_SIZE)
    counts = found.counts
    pages = paging(
        number=number,
        size=PAGE_SIZE,
        total=counts[wanted.standing],
        href=lambda n: asked.href(page=n),
    )
    if start >= counts[wanted.standing] > 0:  # a page that is not there is the last one
        found = look_at(wanted, actor=actor, start=pages.first - 1, size=PAGE_SIZE)
    may_appointment = may_read(actor, "timetable.appointment")
    return CaseloadPage(
        nav=week_nav(wanted.week, on=on, href=lambda week: asked.but(week=week).href()),
        href=asked.href(),
        standings=_standings(asked, counts),
        all_href=asked.but(standing=None, adviser="", group=None).href(),
        lines=tuple(_line(each, asked, may_appointment=may_appointment) for each in found.lines),
        paging=pages,
        groups=tuple(Choice(str(pk), name, pk == wanted.group) for pk, name in groups.items()),
        advisers=tuple(Choice(asked.token(who), who, who == wanted.adviser) for who in advisers),
        search=search,
        kept=tuple((name, value) for name, value in asked.said.items() if name in ("uke", "liste")),
        is_narrowed=bool(wanted.adviser or wanted.group or search),
        heading=str(_HEADINGS[wanted.standing]),
        total=counts[None],
        propose=_propose(asked) if may_write(actor, "timetable.week") else None,
    )


def _propose(asked: Asked) -> Link:
    said = {name: value for name, value in asked.said.items() if name in ("uke", "gruppe")}
    label = _("Foreslå uker for gruppa") if "gruppe" in said else _("Foreslå uker for alle")
    return Link(label, f"{reverse('timetable:propose_all')}?{urlencode(said)}")


def _standings(asked: Asked, counts: Mapping[Standing | None, int]) -> tuple[StandingLink, ...]:
    now = asked.wanted.standing
    return tuple(
        StandingLink(
            label=str(label),
            explanation=str(explanation),
            href=asked.but(standing=None if each is now else each).href(),
            count=counts[each],
            is_current=each is now,
            colour=colour,
            icon=icon,
        )
        for each, (label, explanation, colour, icon) in STANDINGS.items()
    )


def _line(line: Line, asked: Asked, *, may_appointment: bool) -> CaseloadLine:
    href = reverse("timetable:week", args=[line.participant])
    blocks = line.week.blocks if line.week else ()
    names = dict.fromkeys(
        each.name if each.part is not Part.APPOINTMENT or may_appointment else BUSY
        for each in blocks
    )
    return CaseloadLine(
        name=line.name,
        href=f"{href}?uke={asked.wanted.week}",
        standing=WORD_OF[line.standing],
        total=_amount(line.planned, line.asked),
        oriented=_amount(line.oriented, line.minimum),
        places=", ".join(names),
        stated=_("%(hours)s i arkene") % {"hours": hours_text(round(60 * line.stated))}
        if line.week is None and line.stated is not None
        else "",
        is_proposed=bool(line.week and line.week.is_proposed),
    )


def _amount(hours: float | None, asked: float) -> Amount | None:
    if hours is None:
        return None
    top = max(asked, hours, 1.0) if asked >= 30 else max(2 * asked, hours, 1.0)
    return Amount(
        words=hours_text(round(60 * hours)),
        asked=hours_text(round(60 * asked)) if asked else "",
        width=f"{min(_WIDTH, hours * _WIDTH / top):.1f}",
        mark=f"{min(_WIDTH - 2, asked * _WIDTH / top - 1):.1f}" if asked else "",
        is_met=hours >= asked - _NEARLY,
    )
