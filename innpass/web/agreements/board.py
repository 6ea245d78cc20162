"""The cases by state: columns where there is room, a list on a phone."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from innpass.casework.agreements.judging import Judged, Stand, cases_named, judge
from innpass.casework.agreements.listing import Filters, is_ending
from innpass.casework.agreements.queries import PlacementCase
from innpass.domain.access.policy import Act, check_may_read, may, may_read, may_write
from innpass.domain.access.roles import Actor, Role
from innpass.domain.placing.agreement import Party
from innpass.domain.placing.sentences import choice, say
from innpass.domain.placing.states import State
from innpass.exchange.clock import today
from innpass.web.agreements.pages import BoardPage, Card, Column, Count, Sides
from innpass.web.agreements.words import days_text, kind_text, state_name
from innpass.web.design.gate import actor_of
from innpass.web.design.pages import Link
from innpass.web.design.words import capitalised

_IN_COLUMN = 8  # cards shown of one state before the rest is left to the list
_ON_SIDE = 60  # cards on one side of that list
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
    judged = judge(actor, on=on, is_own=filters.is_own)
    mine = judged.stands
    shown = [stand for stand in mine if filters.holds(stand, on=on)]
    states = (filters.state,) if filters.state else (State.ENDED, *_SHOWN)[1:]
    if filters.waits_for or filters.is_ending:
        states = tuple(State)
    of_state: dict[State, list[Stand]] = {state: [] for state in states}
    for stand in sorted(shown, key=_first_due):
        if stand.state in of_state:
            of_state[stand.state].append(stand)
    side = _side(query, len(shown)) if filters.state else 1
    cut = {
        state: found[(side - 1) * _ON_SIDE : side * _ON_SIDE]
        if filters.state
        else found[:_IN_COLUMN]
        for state, found in of_state.items()
    }
    cases = cases_named(stand.case for found in cut.values() for stand in found)
    columns = tuple(
        Column(
            name=state_name(state),
            count=len(found),
            href=_href(filters.is_own, steg=state),
            cards=tuple(
                card_of(stand, cases[stand.case], on=on, names_supervisor=not filters.is_own)
                for stand in cut[state]
                if stand.case in cases  # it may have gone meanwhile
            ),
        )
        for state, found in of_state.items()
    )
    is_cut = bool(filters.state or filters.is_ending or filters.waits_for)
    may_propose = may_write(actor, "agreement.state")
    return BoardPage(
        counts=tuple(_counts(mine, filters, on=on, reads_waiting=_reads_waiting(actor))),
        whose=tuple(_whose(filters, judged)),
        columns=tuple(column for column in columns if column.cards or not is_cut),
        total=len(shown),
        chosen=_chosen(filters),
        all_href=_href(filters.is_own),
        may_propose=may_propose,
        adopt=judged.without_case if may_propose else 0,
        ended_href=_href(filters.is_own, steg=State.ENDED),
        sides=_sides(filters, side, len(shown)) if filters.state else None,
        terms_href=reverse("agreements:terms") if may(actor, Act.KEEP_TERMS) else "",
    )


def _href(is_own: bool, **asked: str) -> str:
    return "?" + urlencode({"hvem": _MINE if is_own else _ALL, **asked})


def _whose(filters: Filters, counted: Judged) -> list[Link]:
    mine = _("Mine (%(n)s)") % {"n": counted.own}
    rest = _("Alle (%(n)s)") % {"n": counted.everybody}
    return [
        Link(mine, "" if filters.is_own else _href(True)),
        Link(rest, _href(False) if filters.is_own else ""),
    ]


def _counts(
    mine: Sequence[Stand], filters: Filters, *, on: date, reads_waiting: bool
) -> list[Count]:
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


def _side(query: QueryDict, total: int) -> int:
    """Read which side of a list is asked for, from 1; what there is not is the nearest."""
    typed = query.get("side", "")
    wanted = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 6 else 1
    return max(1, min(wanted, -(-total // _ON_SIDE)))


def _sides(filters: Filters, side: int, total: int) -> Sides | None:
    """Return the way to the sides before and after; ``None`` where all is on one."""
    if total <= _ON_SIDE:
        return None
    asked = {"steg": str(filters.state)}
    if filters.waits_for:
        asked["venter"] = filters.waits_for
    if filters.is_ending:
        asked["slutter"] = "snart"

    def href(to: int) -> str:
        return _href(filters.is_own, **asked, side=str(to))

    last = -(-total // _ON_SIDE)
    return Sides(
        text=_("%(first)s–%(last)s av %(total)s")
        % {
            "first": (side - 1) * _ON_SIDE + 1,
            "last": min(total, side * _ON_SIDE),
            "total": total,
        },
        before=href(side - 1) if side > 1 else "",
        after=href(side + 1) if side < last else "",
    )


def _first_due(stand: Stand) -> tuple[bool, int, str]:
    days = stand.days_left if stand.days_left is not None else 10_000
    return not stand.waits_for, days, stand.name


def card_of(stand: Stand, case: PlacementCase, *, on: date, names_supervisor: bool = True) -> Card:
    """Return a case as a card of the list."""
    person = case.participant.turned_out_to_be or case.participant
    says, is_warning = _says(stand, on=on)
    return Card(
        name=person.name,
        href=reverse("agreements:case", args=[case.pk]),
        employer=case.employer.name,
        place=case.place.name if case.place else "",
        kind=kind_text(case),
        supervisor=str(case.supervisor) if case.supervisor and names_supervisor else "",
        days=days_text(stand.first_day, stand.last_day),
        says=says,
        is_warning=is_warning,
    )


def _says(stand: Stand, *, on: date) -> tuple[str, bool]:
    if stand.waits_for:
        who = choice((say(f"party.{party}") for party in stand.waits_for), last="og")
        return _("Venter på %(who)s") % {"who": who}, True
    if stand.state is State.ENDED:
        if not stand.outcome:
            return _("Ingen har ført hvordan det gikk"), True
        return capitalised(say(f"outcome.{stand.outcome}")), False
    if is_ending(stand, on=on):
        n = stand.days_left or 0
        if not n:
            return _("Siste dag i dag"), True
        return ngettext("Slutter om %(n)s dag", "Slutter om %(n)s dager", n) % {"n": n}, True
    if stand.state is State.FIRST_MEETING_HELD and not stand.is_waiting:
        return _("Avtalen kan skrives"), False
    return "", False
