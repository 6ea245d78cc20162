"""Filling the page of deadlines."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from innpass.casework.programme import deadlines as queries
from innpass.casework.programme.deadlines import Clock, Of, Within
from innpass.domain.access.policy import readable
from innpass.domain.access.roles import Actor
from innpass.web.deadlines.asking import WORD_OF_ADVISER, Asked
from innpass.web.deadlines.pages import Choice, DeadlinesPage, Filter, Hidden, ListLink, Person
from innpass.web.design.lengths import days_away, months_or_days
from innpass.web.design.pages import paging
from innpass.web.design.words import capitalised, field_label

PAGE_SIZE = 50

_CLOCKS = {
    Of.PROGRAMME: gettext_lazy("Programmet"),
    Of.NORWEGIAN: gettext_lazy("Retten til norskopplæring"),
}
_LISTS: dict[Within, tuple[Any, Any, str, str]] = {
    Within.OUT: (
        gettext_lazy("Har gått ut"),
        gettext_lazy("Siste dag er passert"),
        "danger",
        "ExclamationmarkTriangle",
    ),
    Within.DAYS_30: (
        gettext_lazy("Innen 30 dager"),
        gettext_lazy("Går ut nå"),
        "warning",
        "Hourglass",
    ),
    Within.DAYS_60: (
        gettext_lazy("Innen 60 dager"),
        gettext_lazy("De innen 30 er med"),
        "brand1",
        "Clock",
    ),
    Within.DAYS_90: (
        gettext_lazy("Innen 90 dager"),
        gettext_lazy("De innen 60 er med"),
        "accent",
        "Calendar",
    ),
    Within.MISSING: (
        gettext_lazy("Mangler opplysninger"),
        gettext_lazy("Siste dag kan ikke regnes ut"),
        "neutral",
        "QuestionmarkCircle",
    ),
}
_MEANS = {
    (Of.PROGRAMME, Within.OUT): gettext_lazy(
        "Programmet er ikke avsluttet, men tiden loven gir, er ute."
    ),
    (Of.NORWEGIAN, Within.OUT): gettext_lazy(
        "Retten til norskopplæring er ute for deltakere som fortsatt er i programmet."
    ),
    (Of.PROGRAMME, Within.MISSING): gettext_lazy(
        "Vi kan ikke si når programmet går ut før dette er ført."
    ),
    (Of.NORWEGIAN, Within.MISSING): gettext_lazy(
        "Vi kan ikke si når retten går ut før dette er ført."
    ),
}
_SOON = {
    Of.PROGRAMME: gettext_lazy(
        "Siste dag loven gir, med vedtak om forlengelse, permisjon og fravær lagt til. Avsluttede "
        "programmer er ikke med."
    ),
    Of.NORWEGIAN: gettext_lazy(
        "Siste dag for retten, med permisjon lagt til. Retten løper videre når programmet er "
        "avsluttet, og de som er avsluttet, er med så lenge de ikke har flyttet."
    ),
}
_FILTERS = {
    "adviser": (gettext_lazy("Programrådgiver"), gettext_lazy("Alle rådgivere")),
    "nav_adviser": (gettext_lazy("Nav-veileder"), gettext_lazy("Alle i Nav")),
}
_NOT_HELD = {
    "not_held.year_of_higher_education": gettext_lazy("ett år høyere utdanning fra før"),
}


def assemble(query: Mapping[str, str], *, actor: Actor, on: date, number: int) -> DeadlinesPage:
    """Return the page that an address asks for.

    Raises:
        MayNot: the actor may not read the clocks.
    """
    may = readable(actor)
    offered = {
        name: names
        for name, names in queries.advisers(actor=actor).items()
        if queries.ADVISERS[name] in may
    }
    asked = Asked.read(query, advisers=offered, municipality=actor.municipality_id)
    selection = asked.selection
    counts = queries.counts(selection, actor=actor, on=on)
    within = selection.within or queries.first_list(selection.of, counts)
    asked = asked.but(within=within)
    is_missing = within is Within.MISSING
    facts = queries.facts_missing(asked.selection, actor=actor, on=on) if is_missing else {}
    if asked.selection.fact not in facts:
        asked = asked.but(fact="")
    selection = asked.selection
    total = facts.get(selection.fact, counts[selection.of, within])
    pages = paging(number=number, size=PAGE_SIZE, total=total, href=lambda n: asked.href(page=n))
    start = max(pages.first - 1, 0)
    found = queries.clocks_on(selection, actor=actor, on=on)[start : start + PAGE_SIZE]
    heading = f"{_CLOCKS[selection.of]}: {str(_LISTS[within][0]).lower()}"
    return DeadlinesPage(
        on=on,
        heading=heading,
        means=str(_MEANS.get((selection.of, within), _SOON[selection.of])),
        is_missing=is_missing,
        clocks=tuple(
            ListLink(
                str(label),
                asked.but(of=of, fact="").href(),
                counts[of, within],
                of is selection.of,
            )
            for of, label in _CLOCKS.items()
        ),
        lists=_lists(asked, counts),
        facts=_facts(asked, facts, counts[selection.of, Within.MISSING]),
        filters=_filters(asked, offered),
        kept=tuple(
            Hidden(name, value)
            for name, value in asked.said.items()
            if name in ("klokke", "liste", "mangel")
        ),
        all_href=asked.but(adviser="", nav_adviser="").href(),
        is_narrowed=bool(selection.adviser or selection.nav_adviser),
        people=tuple(_person(row, selection.of, on, may) for row in found),
        paging=pages,
    )


def _lists(asked: Asked, counts: Mapping[tuple[Of, Within], int]) -> tuple[ListLink, ...]:
    selection = asked.selection
    return tuple(
        ListLink(
            label=str(label),
            explanation=str(explanation),
            href=asked.but(within=within, fact="").href(),
            count=counts[selection.of, within],
            is_current=within is selection.within,
            colour=colour,
            icon=icon,
        )
        for within, (label, explanation, colour, icon) in _LISTS.items()
    )


def _facts(asked: Asked, facts: Mapping[str, int], total: int) -> tuple[ListLink, ...]:
    if not facts:
        return ()
    everything = ListLink(
        _("Alle"), asked.but(fact="").href(), total, is_current=not asked.selection.fact
    )
    return (
        everything,
        *(
            ListLink(
                capitalised(_fact_in_words(fact)),
                asked.but(fact=fact).href(),
                count,
                is_current=fact == asked.selection.fact,
            )
            for fact, count in facts.items()
        ),
    )


def _fact_in_words(fact: str) -> str:
    return str(_NOT_HELD.get(fact) or field_label(fact))


def _filters(asked: Asked, offered: Mapping[str, Sequence[str]]) -> tuple[Filter, ...]:
    return tuple(
        Filter(
            name=WORD_OF_ADVISER[name],
            label=str(label),
            any_label=str(any_label),
            choices=tuple(
                Choice(asked.token(who), who, who == getattr(asked.selection, name))
                for who in offered[name]
            ),
        )
        for name, (label, any_label) in _FILTERS.items()
        if offered.get(name)
    )


def _person(row: Clock, of: Of, on: date, may: frozenset[str]) -> Person:
    clock = queries.clock_of(row, of)
    enrolment = row.participant.enrolment
    used, total = clock.used_days(on=on), clock.total_days
    possible = clock.last_possible_day
    return Person(
        name=row.participant.name,
        href=reverse("participant:participant", args=[row.participant_id]),
        first_day=clock.first_day,
        last_day=clock.last_day,
        possible_until=possible if clock.last_day and possible != clock.last_day else None,
        when=days_away(clock.last_day, on=on),
        months=months_or_days(clock.used_months(on=on), used),
        percent=100 * used / total if used is not None and total else None,
        left=months_or_days(clock.left_months(on=on), clock.left_days(on=on)),
        advisers=tuple(
            getattr(enrolment, name)
            for name, field in queries.ADVISERS.items()
            if field in may and getattr(enrolment, name)
        ),
        missing=tuple(_fact_in_words(fact) for fact in row.missing.get(of.value, ())),
    )
