"""Filling the page of deadlines."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from innpass.casework.programme import deadlines as queries
from innpass.casework.programme.deadlines import Clock, Of, Within
from innpass.casework.programme.plan_reviews import (
    NO_DAY,
    NO_PLAN,
    Review,
    is_on,
    missing_of,
    numbers,
    reviews,
)
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
    Of.PLAN: gettext_lazy("Planen vurderes igjen"),
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
    (Of.PLAN, Within.OUT): gettext_lazy(
        "Planen skulle vært vurdert igjen, og ingen ny versjon er avtalt."
    ),
    (Of.PLAN, Within.MISSING): gettext_lazy(
        "Deltakeren er i programmet, og ingen plan i Innpass sier når den vurderes igjen."
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
    Of.PLAN: gettext_lazy(
        "Dagen planen som gjelder, skal vurderes igjen. Bare de som er i programmet, er med."
    ),
}
_FILTERS = {
    "adviser": (gettext_lazy("Programrådgiver"), gettext_lazy("Alle rådgivere")),
    "nav_adviser": (gettext_lazy("Nav-veileder"), gettext_lazy("Alle i Nav")),
}
_OF_PLANS = {
    Within.OUT: (gettext_lazy("Skulle vært vurdert"), gettext_lazy("Dagen er passert")),
    Within.DAYS_30: (gettext_lazy("Innen 30 dager"), gettext_lazy("Vurderes nå")),
    Within.MISSING: (
        gettext_lazy("Mangler plan eller dag"),
        gettext_lazy("Ingen dag for ny vurdering"),
    ),
}
_NOT_HELD = {
    NO_PLAN: gettext_lazy("ingen plan er avtalt i Innpass"),
    NO_DAY: gettext_lazy("dag for ny vurdering"),
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
    of = [each for each in Of if queries.READ_BY[each] in may]
    if asked.selection.of not in of:
        asked = asked.but(of=Of.PROGRAMME)
    is_of_plans = asked.selection.of is Of.PLAN
    plans = reviews(asked.selection, actor=actor, on=on) if is_of_plans else []
    of_plans = numbers(asked.selection, actor=actor, on=on) if Of.PLAN in of else {}
    counts = queries.counts(asked.selection, actor=actor, on=on) | {
        (Of.PLAN, within): found for within, found in of_plans.items()
    }
    selection = asked.selection
    within = selection.within or queries.first_list(selection.of, counts)
    asked = asked.but(within=within)
    is_missing = within is Within.MISSING
    facts: Mapping[str, int] = {}
    if is_missing and selection.of is Of.PLAN:
        facts = missing_of(plans)
    elif is_missing:
        facts = queries.facts_missing(asked.selection, actor=actor, on=on)
    if asked.selection.fact not in facts:
        asked = asked.but(fact="")
    selection = asked.selection
    total = facts.get(selection.fact, counts[selection.of, within])
    pages = paging(number=number, size=PAGE_SIZE, total=total, href=lambda n: asked.href(page=n))
    start = max(pages.first - 1, 0)
    shown = slice(start, start + PAGE_SIZE)
    if selection.of is Of.PLAN:
        stands = [
            one
            for one in plans
            if is_on(one, within, on=on) and selection.fact in ("", one.missing)
        ]
        people = tuple(_of_plan(one, on, may) for one in stands[shown])
    else:
        found = queries.clocks_on(selection, actor=actor, on=on)[shown]
        people = tuple(_person(row, selection.of, on, may) for row in found)
    return DeadlinesPage(
        on=on,
        heading=f"{_CLOCKS[selection.of]}: {_words(selection.of, within)[0].lower()}",
        means=str(_MEANS.get((selection.of, within), _SOON[selection.of])),
        is_missing=is_missing,
        is_of_plans=selection.of is Of.PLAN,
        clocks=tuple(
            ListLink(
                str(_CLOCKS[each]),
                asked.but(of=each, fact="").href(),
                total if each is selection.of else counts[each, within],
                each is selection.of,
            )
            for each in of
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
        people=people,
        paging=pages,
    )


def _words(of: Of, within: Within) -> tuple[str, str]:
    """Return what a list is called, and what it holds, in a few words."""
    label, explanation, *_look = _LISTS[within]
    label, explanation = (
        _OF_PLANS.get(within, (label, explanation))
        if of is Of.PLAN
        else (
            label,
            explanation,
        )
    )
    return str(label), str(explanation)


def _lists(asked: Asked, counts: Mapping[tuple[Of, Within], int]) -> tuple[ListLink, ...]:
    selection = asked.selection
    return tuple(
        ListLink(
            label=_words(selection.of, within)[0],
            explanation=_words(selection.of, within)[1],
            href=asked.but(within=within, fact="").href(),
            count=counts[selection.of, within],
            is_current=within is selection.within,
            colour=colour,
            icon=icon,
        )
        for within, (_label, _explanation, colour, icon) in _LISTS.items()
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


def _of_plan(one: Review, on: date, may: frozenset[str]) -> Person:
    plan = one.plan
    return Person(
        name=one.name,
        href=reverse("participant:participant", args=[one.participant]),
        first_day=plan.agreed_on if plan else None,
        last_day=one.due,
        when=days_away(one.due, on=on),
        advisers=tuple(
            getattr(one, name)
            for name, field in queries.ADVISERS.items()
            if field in may and getattr(one, name)
        ),
        missing=(_fact_in_words(one.missing),) if one.missing else (),
        plan=_("Plan %(number)s") % {"number": plan.number} if plan else "",
        plan_href=reverse("entering:plan", args=[one.participant]),
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
