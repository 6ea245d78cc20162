"""The cases by state: columns where there is room, a list on a phone."""

from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from innpass.casework.agreements.listing import (
    Filters,
    Line,
    Totals,
    ids_without_case,
    is_ending,
    lines,
    totals,
)
from innpass.domain.access.policy import Act, check_may_read, may, may_read, may_write
from innpass.domain.access.roles import Actor, Role
from innpass.domain.placing.agreement import Party
from innpass.domain.placing.sentences import choice, say
from innpass.domain.placing.states import State
from innpass.exchange.clock import today
from innpass.web.agreements.pages import BoardPage, Card, Column, Count
from innpass.web.agreements.words import days_text, kind_text, state_name
from innpass.web.design.gate import actor_of
from innpass.web.design.pages import Link
from innpass.web.design.words import capitalised

_IN_COLUMN = 8  # cards shown of one state before the rest is left to the list
_SHOWN = tuple(each for each in State if each is not State.ENDED)
_MINE, _ALL = "mine", "alle"


@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """Show where the placements stand, and whom each waits for."""
    actor = actor_of(request)
    check_may_read(actor, "agreement.state")
    page = board_page(request.GET, actor=actor, on=today())
    return render(request, "agreements/board.html", {"page": page})


def read_filters(query: QueryDict, *, actor: Actor) -> Filters:
    """Read what an address asks for; what it does not know cuts nothing."""
    whose = query.get("hvem", "")
    is_own = whose == _MINE or (whose != _ALL and Role.PRACTICE_SUPERVISOR in actor.roles)
    state, waits = query.get("steg", ""), query.get("venter", "")
    return Filters(
        is_own=is_own,
        state=State(state) if state in set(State) else None,
        is_ending=query.get("slutter") == "snart",
        waits_for=Party(waits) if waits in set(Party) and _reads_waiting(actor) else None,
    )


def _reads_waiting(actor: Actor) -> bool:
    return may_read(actor, "agreement.signature")


def board_page(query: QueryDict, *, actor: Actor, on: date) -> BoardPage:
    """Put the page together. A fixed number of queries."""
    filters = read_filters(query, actor=actor)
    mine = lines(actor, on=on, is_own=filters.is_own)
    shown = [line for line in mine if filters.holds(line, on=on)]
    states = (filters.state,) if filters.state else (State.ENDED, *_SHOWN)[1:]
    if filters.waits_for or filters.is_ending:
        states = tuple(State)
    columns = tuple(
        _column(state, [line for line in shown if line.state is state], filters, on=on)
        for state in states
    )
    is_cut = bool(filters.state or filters.is_ending or filters.waits_for)
    may_propose = may_write(actor, "agreement.state")
    return BoardPage(
        counts=tuple(_counts(mine, filters, on=on, reads_waiting=_reads_waiting(actor))),
        whose=tuple(_whose(filters, totals(actor))),
        columns=tuple(column for column in columns if column.cards or not is_cut),
        total=len(shown),
        chosen=_chosen(filters),
        all_href=_href(filters.is_own),
        may_propose=may_propose,
        adopt=len(ids_without_case(actor, on=on)) if may_propose else 0,
        ended_href=_href(filters.is_own, steg=State.ENDED),
        terms_href=reverse("agreements:terms") if may(actor, Act.KEEP_TERMS) else "",
    )


def _href(is_own: bool, **asked: str) -> str:
    return "?" + urlencode({"hvem": _MINE if is_own else _ALL, **asked})


def _whose(filters: Filters, counted: Totals) -> list[Link]:
    mine = _("Mine (%(n)s)") % {"n": counted.own}
    rest = _("Alle (%(n)s)") % {"n": counted.everybody}
    return [
        Link(mine, "" if filters.is_own else _href(True)),
        Link(rest, _href(False) if filters.is_own else ""),
    ]


def _counts(mine: list[Line], filters: Filters, *, on: date, reads_waiting: bool) -> list[Count]:
    # Who may not read signatures gets no tile for them: a zero would be false.
    parties = (Party.SUPERVISOR, Party.EMPLOYER, Party.PARTICIPANT) if reads_waiting else ()
    waiting = {party: sum(party in line.waits_for for line in mine) for party in parties}
    ending = sum(1 for line in mine if is_ending(line, on=on))
    icons = {
        Party.SUPERVISOR: ("PersonSuit", "warning"),
        Party.EMPLOYER: ("Buildings3", "info"),
        Party.PARTICIPANT: ("Person", "info"),
    }
    found = [
        Count(
            number=number,
            label=_("Venter på %(who)s") % {"who": say(f"party.{party}")},
            explanation=_("underskrift mangler"),
            href=_href(filters.is_own, venter=party),
            is_current=filters.waits_for is party,
            colour=icons[party][1],
            icon=icons[party][0],
        )
        for party, number in waiting.items()
    ]
    found.append(
        Count(
            number=ending,
            label=_("Slutter snart"),
            explanation=_("innen 30 dager"),
            href=_href(filters.is_own, slutter="snart"),
            is_current=filters.is_ending,
            colour="warning",
            icon="Hourglass",
        )
    )
    return found


def _chosen(filters: Filters) -> str:
    parts = []
    if filters.state:
        parts.append(say(f"state.{filters.state}"))
    if filters.waits_for:
        parts.append(_("venter på %(who)s") % {"who": say(f"party.{filters.waits_for}")})
    if filters.is_ending:
        parts.append(_("slutter innen 30 dager"))
    return capitalised(choice(parts, last="og"))


def _column(state: State, found: list[Line], filters: Filters, *, on: date) -> Column:
    ordered = sorted(found, key=_first_due)
    most = len(ordered) if filters.state else _IN_COLUMN
    return Column(
        name=state_name(state),
        count=len(ordered),
        href=_href(filters.is_own, steg=state),
        cards=tuple(
            card_of(line, on=on, names_supervisor=not filters.is_own) for line in ordered[:most]
        ),
    )


def _first_due(line: Line) -> tuple[bool, int, str]:
    days = line.days_left if line.days_left is not None else 10_000
    return not line.waits_for, days, line.case.participant.name


def card_of(line: Line, *, on: date, names_supervisor: bool = True) -> Card:
    """Return a case as a card of the list."""
    case = line.case
    person = case.participant.turned_out_to_be or case.participant
    says, is_warning = _says(line, on=on)
    return Card(
        name=person.name,
        href=reverse("agreements:case", args=[case.pk]),
        employer=case.employer.name,
        place=case.place.name if case.place else "",
        kind=kind_text(case),
        supervisor=str(case.supervisor) if case.supervisor and names_supervisor else "",
        days=days_text(line.told.first_day, line.told.last_day),
        says=says,
        is_warning=is_warning,
    )


def _says(line: Line, *, on: date) -> tuple[str, bool]:
    if line.waits_for:
        who = choice((say(f"party.{party}") for party in line.waits_for), last="og")
        return _("Venter på %(who)s") % {"who": who}, True
    if line.state is State.ENDED:
        if line.told.ending is None:
            return _("Ingen har ført hvordan det gikk"), True
        return capitalised(say(f"outcome.{line.told.ending.outcome}")), False
    if is_ending(line, on=on):
        n = line.days_left or 0
        return ngettext("Slutter om %(n)s dag", "Slutter om %(n)s dager", n) % {"n": n}, True
    if line.state is State.FIRST_MEETING_HELD and line.told.waiting is None:
        return _("Avtalen kan skrives"), False
    return "", False
