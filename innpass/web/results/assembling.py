"""Filling the results: figures, pictures, and the people behind a figure."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from innpass.casework.follow_up.hired import hired_beside_placements
from innpass.casework.results import queries
from innpass.domain.access.policy import may_read, readable
from innpass.domain.access.roles import Actor
from innpass.web.design.pages import paging
from innpass.web.design.words import capitalised, in_words
from innpass.web.results.pages import (
    Bar,
    DayAsked,
    Figure,
    PeoplePage,
    PersonBehind,
    Picture,
    ResultsPage,
)

PAGE_SIZE = 50

NOT_A_DAY = gettext_lazy(
    "Vi forstår ikke «%(typed)s» som en dato. Skriv den som 30.06.2026. Siden viser dagen i dag."
)
_PICTURES = {
    "areas": (
        gettext_lazy("Praksis etter tjenesteområde"),
        gettext_lazy("Praksisperioder som har begynt, flest først."),
        gettext_lazy("Tjenesteområde"),
        gettext_lazy("Praksisperioder"),
    ),
    "contracts": (
        gettext_lazy("Arbeidskontrakter"),
        gettext_lazy("Personer med arbeidskontrakt etter praksis."),
        gettext_lazy("Arbeidsgiver"),
        gettext_lazy("Personer"),
    ),
    "goals": (
        gettext_lazy("Norskprøver etter mål"),
        gettext_lazy("Personer som har tatt prøven, etter målet de hadde."),
        gettext_lazy("Mål"),
        gettext_lazy("Personer"),
    ),
    "ends": (
        gettext_lazy("Hvorfor programmet ble avsluttet"),
        gettext_lazy("Personer med faktisk slutt på eller før datoen."),
        gettext_lazy("Sluttårsak"),
        gettext_lazy("Personer"),
    ),
}
_UNKNOWN = {
    "areas": gettext_lazy("Ikke oppgitt"),
    "goals": gettext_lazy("Uten mål"),
    "ends": gettext_lazy("Ikke oppgitt"),
}
_CONTRACTS = {
    "municipal": gettext_lazy("Kommunen"),
    "private": gettext_lazy("Privat bedrift"),
}


def _at(view: str, *args: str, on: date, page: int = 1) -> str:
    side = f"&side={page}" if page > 1 else ""
    return f"{reverse(view, args=args)}?dato={on:%Y-%m-%d}{side}"


def _day(view: str, *args: str, on: date, typed: str) -> DayAsked:
    return DayAsked(
        on=on,
        href=reverse(view, args=args),
        typed=typed,
        error=NOT_A_DAY % {"typed": typed} if typed else "",
    )


def results_page(*, actor: Actor, on: date, typed: str) -> ResultsPage:
    """Return the figures and pictures; ``typed`` is a date that was not understood."""
    figures = queries.figures(actor=actor, on=on)
    return ResultsPage(
        day=_day("results:results", on=on, typed=typed),
        figures=tuple(_figure(figure, on) for figure in figures),
        pictures=tuple(
            _picture(breakdown)
            for breakdown in queries.breakdowns(actor=actor, on=on)
            if breakdown.counts
        ),
        visible=next(f.count for f in figures if f.definition.key == "participants"),
        beside=hired_beside_placements(actor, on=on) if may_read(actor, "contract.terms") else 0,
    )


def _figure(figure: queries.Figure, on: date) -> Figure:
    definition = figure.definition
    return Figure(
        label=str(definition.name),
        definition=str(definition.means),
        count=figure.count,
        denominator=figure.whole,
        denominator_label=str(queries.definition_of(definition.share_of).name)
        if definition.share_of
        else "",
        percent=100 * figure.count / figure.whole if figure.whole else None,
        people_href=_at("results:people", definition.key, on=on) if figure.people else "",
    )


def _picture(breakdown: queries.Breakdown) -> Picture:
    title, summary, label_heading, value_heading = map(str, _PICTURES[breakdown.key])
    longest = max(breakdown.counts.values())
    return Picture(
        title=title,
        summary=summary,
        label_heading=label_heading,
        value_heading=value_heading,
        bars=tuple(
            Bar(label=_label(breakdown.key, value), value=count, percent=100 * count / longest)
            for value, count in breakdown.counts.items()
        ),
    )


def _label(key: str, value: str) -> str:
    if not value:
        return str(_UNKNOWN[key])
    if key == "contracts":
        return str(_CONTRACTS[value])
    if key == "areas" and value == queries.PRIVATE_AREA:
        return _("Privat bedrift")
    return capitalised(in_words("programme.end_reason", value)) if key == "ends" else value


def people_page(
    definition: queries.Definition, *, actor: Actor, on: date, typed: str, number: int
) -> PeoplePage:
    """Return one page of the people behind a figure; ``typed`` as for the results."""
    people = queries.people_behind(definition.key, actor=actor, on=on)
    pages = paging(
        number=number,
        size=PAGE_SIZE,
        total=people.count(),
        href=lambda n: _at("results:people", definition.key, on=on, page=n),
    )
    start = max(pages.first - 1, 0)
    some = list(people[start : start + PAGE_SIZE])
    events = queries.events_behind(definition.key, people=[p.pk for p in some], on=on)
    return PeoplePage(
        day=_day("results:people", definition.key, on=on, typed=typed),
        label=str(definition.name),
        definition=str(definition.means),
        people=tuple(
            PersonBehind(
                name=person.name,
                href=reverse("participant:participant", args=[person.pk]),
                event=_event(definition.key, event, readable(actor)),
                day=event.day if may_read(actor, _DAY_FIELD[event.kind]) else None,
            )
            for person in some
            for event in (events[person.pk],)
        ),
        paging=pages,
        results_href=_at("results:results", on=on),
    )


_DAY_FIELD = {
    "start": "programme.start",
    "placement": "placement.first_day",
    "contract": "placement.contract",
    "test": "test.date",
}
_WHAT_FIELD = {"placement": "placement.unit", "contract": "placement.unit", "test": "test.goal"}


def _event(key: str, event: queries.Event, may: frozenset[str]) -> str:
    """Say by which event somebody is counted, as far as the viewer may read it."""
    what = event.what if _WHAT_FIELD.get(event.kind, "") in may else ""
    if event.kind == "start":
        return _("Startet i programmet")
    if event.kind == "placement":
        return _("Begynte i praksis: %(unit)s") % {"unit": what} if what else _("Begynte i praksis")
    if event.kind == "contract":
        return (
            _("Arbeidskontrakt: %(unit)s") % {"unit": what} if what else _("Fikk arbeidskontrakt")
        )
    said = _("Nådde målet") if key == "tests_reached" else _("Tok norskprøven")
    return f"{said}, {what}" if what else said
