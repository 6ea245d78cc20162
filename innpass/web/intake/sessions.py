"""Filling the pages of sessions, prints, interpreters and questions."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from innpass.casework.intake import queries
from innpass.casework.intake.holding import mark_of_booking
from innpass.casework.intake.queries import Need
from innpass.domain.access.policy import may_write
from innpass.domain.access.roles import Actor
from innpass.domain.periods import IsoWeek
from innpass.web.intake.gathering import COLOURS, gather, onward
from innpass.web.intake.pages import (
    Ask,
    Choice,
    InterpretersPage,
    Invited,
    Letter,
    NeedLine,
    PointLine,
    PrintPage,
    QuestionsPage,
    SessionPage,
    WeekOfNeeds,
)
from innpass.web.intake.words import (
    BOOKING,
    CAME,
    session_label,
    spoken,
    time_span,
    weekday_and_day,
)

CAME_STATES = {value: value for value in CAME}


@dataclass(frozen=True, slots=True)
class Said:
    """What came of an act in a session that was refused, with what was sent and is not kept.

    Attributes:
        typed: a question.
        shown, changed: states of attendance by the invitation, as they stood on the screen, and
            those that were set to something else.
    """

    refusals: tuple[str, ...] = ()
    typed: str = ""
    ask_to_confirm: bool = False
    shown: Mapping[str, str] = field(default_factory=dict)
    changed: Mapping[str, str] = field(default_factory=dict)

    def state_of(self, key: str, now: str) -> str:
        """Say what the form is to say: what was set, but where others set something meanwhile."""
        return self.changed.get(key, now) if self.shown.get(key) == now else now


_NOTHING_SAID = Said()


def session_page(
    session: Any, *, actor: Actor, on: date, said: Said, asks_to_cancel: bool = False
) -> SessionPage:
    """Fill the page of a session; it may ask before the session is called off."""
    found = gather([session.term], actor=actor, on=on)
    invited = queries.invitations(actor, session=session)
    points = _points(session)
    asked = tuple(one.text for one in queries.questions(actor, session=session))
    return SessionPage(
        id=str(session.pk),
        heading=session_label(session),
        term=session.term.name,
        term_href=reverse("intake:term", args=[session.term_id]),
        line=found.line(session),
        people=tuple(_invited(one, said) for one in invited),
        points=points,
        questions=asked,
        typed=said.typed,
        refusals=said.refusals,
        ask_to_confirm=said.ask_to_confirm,
        may_plan=may_write(actor, "intake.term"),
        may_note=may_write(actor, "intake.attendance"),
        may_cancel=may_write(actor, "intake.term") and not _is_noted(invited, points, asked),
        ask=_before_cancelling(session, invited) if asks_to_cancel else None,
        is_held=session.day <= on,
        came=sum(1 for one in invited if one.state == "came"),
    )


def _before_cancelling(session: Any, invited: list[Any]) -> Ask:
    """Ask whether a session is to be called off, and say what goes with it."""
    reasons = [_("Ingen er invitert, og ingenting annet går tapt.")]
    if invited:
        told = ngettext(
            "%(n)s invitasjon blir tatt tilbake. Innpass sier ikke fra til deltakeren.",
            "%(n)s invitasjoner blir tatt tilbake. Innpass sier ikke fra til deltakerne.",
            len(invited),
        )
        reasons = [told % {"n": len(invited)}]
    if not session.is_individual:
        reasons.append(_("Gruppa står uten samtale til du velger en ny."))
    heading = _("Skal inntakssamtalen %(when)s avlyses?") % {"when": session_label(session)}
    sent = ("act", "cancel"), ("confirmed", "yes")
    return Ask(heading, tuple(reasons), _("Ja, avlys samtalen"), sent)


def _is_noted(invited: list[Any], points: tuple[PointLine, ...], asked: tuple[str, ...]) -> bool:
    return (
        bool(asked)
        or any(one.is_told for one in points)
        or any(one.state != "invited" for one in invited)
    )


def _invited(one: Any, said: Said = _NOTHING_SAID) -> Invited:
    chosen = said.state_of(str(one.pk), one.state)
    return Invited(
        id=str(one.pk),
        name=queries.owner_of(one.intake).name,
        href=reverse("intake:person", args=[one.intake_id]),
        language=spoken(one.intake.language, one.intake.needs_interpreter),
        state=str(CAME[one.state]),
        was=one.state,
        states=tuple(Choice(key, str(label), key == chosen) for key, label in CAME.items()),
        onward=onward(one),
    )


def _points(session: Any) -> tuple[PointLine, ...]:
    return tuple(
        PointLine(str(point.pk), point.text, point.is_told) for point in queries.points_of(session)
    )


def print_page(session: Any, *, actor: Actor, municipality: str) -> tuple[PrintPage, list[UUID]]:
    """Fill the list and the letters; and tell whom they are about."""
    rows = [
        one
        for one in queries.invitations(actor, session=session)
        if one.state in ("invited", "came")
    ]
    page = PrintPage(
        heading=session_label(session),
        back_href=reverse("intake:session", args=[session.pk]),
        municipality=municipality,
        day=f"{weekday_and_day(session.day)} {session.day.year}",
        time=time_span(session.start, session.end),
        place=session.place,
        leader=str(session.leader or ""),
        supervisor=str(session.supervisor or ""),
        first_day=session.term.first_day,
        people=tuple(_invited(one) for one in rows),
        letters=tuple(
            Letter(
                queries.owner_of(one.intake).name,
                one.intake.language if one.intake.needs_interpreter else "",
            )
            for one in rows
        ),
        points=_points(session),
    )
    return page, [queries.owner_of(one.intake).pk for one in rows]


def interpreters_page(
    *, actor: Actor, on: date, refusals: tuple[str, ...], typed: Mapping[str, str]
) -> InterpretersPage:
    """Fill the list of interpreters needed from today on, by week; what was refused stays typed."""
    kept = typed if refusals else {}
    needs = queries.interpreter_needs(actor, day__gte=on)
    weeks: dict[IsoWeek, list[Need]] = defaultdict(list)
    for need in needs:
        weeks[IsoWeek.of(need.session.day)].append(need)
    to_order = Counter(need.language for need in needs if need.must_be_ordered)
    return InterpretersPage(
        weeks=tuple(
            WeekOfNeeds(
                _("Uke %(week)s, %(year)s") % {"week": week.number, "year": week.year},
                tuple(_need(need, kept) for need in of_week),
            )
            for week, of_week in sorted(weeks.items())
        ),
        by_language=tuple(sorted(to_order.items())),
        refusals=refusals,
        may_plan=may_write(actor, "intake.term"),
    )


def _need(need: Need, typed: Mapping[str, str]) -> NeedLine:
    state = need.booking.state if need.booking else ""
    reference = need.booking.reference if need.booking else ""
    chosen, written = state, reference
    if (typed.get("session"), typed.get("language")) == (str(need.session.pk), need.language):
        chosen, written = typed.get("state", ""), typed.get("reference", "")
    is_over = not need.people
    return NeedLine(
        session_id=str(need.session.pk),
        session=session_label(need.session),
        session_href=reverse("intake:session", args=[need.session.pk]),
        term=need.session.term.name,
        language=need.language,
        people=need.people,
        state=_("Trengs ikke lenger: avbestill")
        if is_over and state != "cancelled"
        else str(BOOKING[state]),
        colour="warning" if is_over and state != "cancelled" else COLOURS[state],
        reference=reference,
        states=tuple(Choice(key, str(label), key == chosen) for key, label in BOOKING.items()),
        typed=written,
        seen=mark_of_booking(need.booking),
    )


def questions_page(*, actor: Actor) -> QuestionsPage:
    """Fill the page of questions, by session."""
    by_session: dict[str, list[str]] = defaultdict(list)
    for one in queries.questions(actor):
        by_session[f"{one.session.term.name}, {session_label(one.session)}"].append(one.text)
    return QuestionsPage(tuple((label, tuple(texts)) for label, texts in by_session.items()))
