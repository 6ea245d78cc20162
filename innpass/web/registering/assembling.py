"""Filling the screens of the registration."""

from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from innpass.casework.programme import register_duties as queries
from innpass.casework.programme.registering import LONGEST_CODE
from innpass.domain.access.policy import Act, may, may_read
from innpass.domain.access.roles import Actor
from innpass.domain.law.events import Registered
from innpass.web.design.pages import paging
from innpass.web.design.tokens import token_of
from innpass.web.registering.asking import EVERYBODY, Asked
from innpass.web.registering.pages import (
    Choice,
    CodeRow,
    CodesPage,
    DutiesPage,
    DutyRow,
    Kept,
    Leaver,
    LeavingPage,
    Tab,
)
from innpass.web.registering.words import KINDS, MISSING

PAGE_SIZE = 50
LEAVERS_SIZE = 25


def days_in_words(count: int) -> str:
    """Write a number of days."""
    return ngettext("%(count)s dag", "%(count)s dager", count) % {"count": count}


def _left(days: int) -> str:
    if days < 0:
        return _("%(days)s for sent") % {"days": days_in_words(-days)}
    return _("i dag") if days == 0 else _("%(days)s igjen") % {"days": days_in_words(days)}


def duties_page(asked: Asked, *, actor: Actor, on: date, advisers: list[str]) -> DutiesPage:
    """Return one page of the events that somebody asks for."""
    rows = queries.wanted_rows(asked.wanted, actor=actor, on=on)
    counts = queries.totals(actor, on=on, adviser=asked.wanted.adviser)
    codes = queries.register_codes()
    pages = paging(
        number=asked.page,
        size=PAGE_SIZE,
        total=_total(rows, asked, counts),
        href=lambda number: asked.href(page=number),
    )
    start = max(pages.first - 1, 0)
    reads_adviser = may_read(actor, "programme.adviser")
    state, until = asked.wanted.state, asked.wanted.until
    tabs = (
        (_("Ikke registrert"), "open", counts.open),
        (_("For sent"), "late", counts.late),
        (_("Frist innen %(days)s dager") % {"days": queries.SOON_DAYS}, "soon", counts.soon),
        (_("Registrert"), "done", counts.done),
    )
    return DutiesPage(
        tabs=tuple(Tab(label, asked.href(state=c), n, state == c) for label, c, n in tabs),
        kinds=tuple(
            Choice(kind, str(KINDS[kind]), asked.wanted.kind is kind)
            for kind in queries.kinds_for(actor)
        ),
        advisers=tuple(
            Choice(token, name, asked.adviser == token)
            for name in advisers
            for token in (token_of(name, municipality=actor.municipality_id),)
        ),
        until=asked.typed or (f"{until:%d.%m.%Y}" if until else ""),
        until_error=_(
            "Vi forstår ikke «%(typed)s» som en dato. Skriv den som 30.06.2026. "
            "Listen viser hendelser fra alle dager."
        )
        % {"typed": asked.typed}
        if asked.typed
        else "",
        any_adviser=EVERYBODY if asked.mine else "",
        kept=tuple(Kept(name, value) for name, value in asked.kept.items()),
        rows=tuple(
            _row(row, on=on, codes=codes, reads_adviser=reads_adviser)
            for row in queries.some_of(rows, start, start + PAGE_SIZE)
        ),
        paging=pages,
        state=state,
        whose=_whose(asked),
        is_filtered=asked.is_narrowed,
        may_register=may(actor, Act.REGISTER),
        months_sentence=_months(queries.months_to_register()),
    )


def _total(rows: "QuerySet[queries.Registration]", asked: Asked, counts: queries.Totals) -> int:
    """Count the rows asked for, of which most lists have been counted for their tab."""
    known = {"open": counts.open, "late": counts.late, "soon": counts.soon}
    if asked.wanted.kind is None and asked.wanted.until is None and asked.wanted.state in known:
        return known[asked.wanted.state]
    return rows.count()


def _whose(asked: Asked) -> tuple[Tab, ...]:
    """Return the switch between one's own cases and everybody's, for one who has some."""
    if not asked.mine:
        return ()
    return (
        Tab(_("Dine deltakere"), asked.href(adviser=asked.mine), None, asked.adviser == asked.mine),
        Tab(_("Alle"), asked.href(adviser=EVERYBODY), None, not asked.adviser),
    )


def _months(months: int) -> str:
    return ngettext(
        "Fristen er %(months)s måned etter at opplysningen finnes.",
        "Fristen er %(months)s måneder etter at opplysningen finnes.",
        months,
    ) % {"months": months}


def _row(
    row: "queries.Registration", *, on: date, codes: dict[Registered, str], reads_adviser: bool
) -> DutyRow:
    left = (row.last_day - on).days
    kind = Registered(row.kind)
    is_open = row.registered_at is None
    enrolment = getattr(row.participant, "enrolment", None)
    return DutyRow(
        pk=row.pk,
        name=row.participant.name,
        href=reverse("participant:participant", args=[row.participant_id]),
        adviser=enrolment.adviser if enrolment and reads_adviser else "",
        what=str(KINDS[kind]),
        code=codes.get(kind, ""),
        day=row.day,
        age=days_in_words((on - row.day).days),
        last_day=row.last_day,
        left=_left(left),
        is_late=is_open and left < 0,
        is_soon=is_open and 0 <= left <= queries.SOON_DAYS,
        registered_at=row.registered_at,
        by=str(row.registered_by) if row.registered_by else "",
    )


def leaving_page(*, actor: Actor, on: date, number: int) -> LeavingPage:
    """Return one page of those whose programme ends soon, with what is missing."""
    people = queries.leaving_soon(actor, on=on)
    pages = paging(
        number=number,
        size=LEAVERS_SIZE,
        total=people.count(),
        href=lambda n: f"{reverse('registering:leaving')}?side={n}",
    )
    start = max(pages.first - 1, 0)
    some = list(people[start : start + LEAVERS_SIZE])
    missing = queries.missing_of([person.pk for person in some], actor=actor)
    reads_adviser = may_read(actor, "programme.adviser")
    leavers = []
    for person in some:
        ends = person.enrolment.actual_last_day or person.enrolment.planned_last_day
        leavers.append(
            Leaver(
                name=person.name,
                href=reverse("participant:participant", args=[person.pk]),
                adviser=person.enrolment.adviser if reads_adviser else "",
                last_day=ends,
                days=_left((ends - on).days) if ends else "",
                missing=tuple(str(MISSING[each]) for each in missing.get(person.pk, ())),
            )
        )
    return LeavingPage(people=tuple(leavers), paging=pages, days=queries.DAYS_BEFORE_EXIT)


def codes_page(*, actor: Actor) -> CodesPage:
    """Return every kind of event with the code that the municipality has noted."""
    known = queries.register_codes()
    return CodesPage(
        rows=tuple(CodeRow(kind, str(KINDS[kind]), known.get(kind, "")) for kind in KINDS),
        longest=LONGEST_CODE,
        may_see_duties=may(actor, Act.SEE_REGISTRATION),
    )
