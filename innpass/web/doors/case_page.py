"""Filling the staff's page of an employer's ways in."""

from datetime import date, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from innpass.casework.agreements.queries import PlacementCase
from innpass.casework.doors.codes import Came, ClosedWhy, Holder
from innpass.casework.doors.comparing import ComparedDay, compared_days
from innpass.casework.doors.queries import (
    LINK,
    WRONG_TRIES,
    DoorState,
    KnownDoor,
    doors_of,
)
from innpass.casework.doors.sending import takes_numbers
from innpass.casework.doors.services import CODE_HOLDS, why_no_door
from innpass.casework.doors.showing import Contact, shown_of, told_about
from innpass.casework.participants.queries import owner_of
from innpass.domain.access.policy import may_write
from innpass.domain.access.roles import Actor
from innpass.web.design.pages import Link
from innpass.web.design.templatetags.design import moment
from innpass.web.doors.assembling import times
from innpass.web.doors.pages import CasePage, Choice, ComparedLine, DoorRow

_HOUR = 60


def case_page(
    case: PlacementCase,
    *,
    actor: Actor,
    on: date,
    list_href: str,
    made: str = "",
    code: str = "",
    code_for: UUID | None = None,
    sent_to: str = "",
    problem: str = "",
) -> CasePage:
    """Return the page of a placement's ways in; ``made`` and ``code`` are shown this once.

    Raises:
        MayNot: they are not theirs to read.
    """
    person, told = owner_of(case.participant), told_about(case)
    writes = may_write(actor, LINK)
    refused = why_no_door(case, told, on=on)
    contact = shown_of(case, told).contact
    return CasePage(
        pk=case.pk,
        name=person.name,
        employer=case.employer.name,
        trail=(
            Link(_("Deltakere"), list_href),
            Link(person.name, reverse("participant:participant", args=[person.pk])),
            Link(_("Praksisløpet"), reverse("agreements:case", args=[case.pk])),
            Link(_("Arbeidsgiverens side")),
        ),
        rows=tuple(_row(each, writes=writes) for each in doors_of(case, on=on, actor=actor)),
        holders=tuple(Choice(each.value, str(each.label)) for each in Holder),
        may_make=writes and not refused,
        refused=refused,
        takes_numbers=takes_numbers(),
        lines=tuple(_line(each) for each in compared_days(case, told, on=on, actor=actor)),
        papers=(Link(_("Papirer til arbeidsgiveren"), reverse("doors:papers", args=[case.pk])),),
        no_number=_no_number(contact),
        made=made,
        code=f"{code[:3]} {code[3:]}" if code else "",
        code_for=code_for,
        code_until=timezone.now() + CODE_HOLDS if code or sent_to else None,
        sent_to=sent_to,
        problem=problem,
    )


def _no_number(contact: Contact) -> str:
    if not contact.name:
        return _("Praksisen har ingen kontaktperson. Arbeidsgiveren ser ikke hvem de kan ringe.")
    if contact.phone:
        return ""
    return _(
        "%(name)s har ingen arbeidstelefon i Innpass. Arbeidsgiveren får ikke noe nummer å ringe. "
        "Be den som drifter Innpass legge det inn, eller skriv det i avtalen."
    ) % {"name": contact.name}


def _row(door: KnownDoor, *, writes: bool) -> DoorRow:
    state, colour, told = _state(door)
    at, by = moment(door.made_at), door.made_by
    return DoorRow(
        pk=door.pk,
        holder=str(door.holder.label),
        state=state,
        colour=colour,
        made=_("Laget %(at)s av %(by)s.") % {"at": at, "by": by}
        if by
        else _("Laget %(at)s.") % {"at": at},
        told=told,
        may_make_code=writes and door.state is DoorState.OPEN,
        may_withdraw=writes and door.state in (DoorState.OPEN, DoorState.SENT),
        code_until=door.code_until,
    )


def _state(door: KnownDoor) -> tuple[str, str, str]:
    """Return the state in a word, its colour, and what there is to say of it."""
    opened = _("Åpnet %(at)s.") % {"at": moment(door.opened_at)} if door.opened_at else ""
    if door.state is DoorState.SENT:
        until = moment(door.opens_until)
        return _("Laget, ikke åpnet"), "info", _("Kan åpnes til %(until)s.") % {"until": until}
    if door.state is DoorState.NOT_USED:
        return _("Ikke brukt"), "neutral", _("Ingen åpnet den i tide. Lag en ny.")
    if door.state is DoorState.OPEN:
        used = _("Sist brukt %(at)s.") % {"at": moment(door.last_used_at)}
        wrong = ""
        if door.wrong_tries:
            wrong = ngettext(
                "Feil kode én gang. Siden stenges etter %(most)s.",
                "Feil kode %(count)s ganger. Siden stenges etter %(most)s.",
                door.wrong_tries,
            ) % {"count": door.wrong_tries, "most": WRONG_TRIES}
        return _("Åpen"), "success", " ".join(filter(None, (opened, used, wrong)))
    if door.state is DoorState.ENDED:
        return _("Slutt"), "neutral", " ".join((opened, _("Praksisen er slutt."))).strip()
    why = str((door.closed_why or ClosedWhy.WITHDRAWN).label)
    colour = "danger" if door.closed_why is ClosedWhy.WRONG_CODES else "neutral"
    at = _("%(why)s %(at)s.") % {"why": why, "at": moment(door.closed_at)}
    if door.closed_by:
        at = _("%(why)s %(at)s av %(by)s.") % {
            "why": why,
            "at": moment(door.closed_at),
            "by": door.closed_by,
        }
    return _("Stengt"), colour, f"{opened} {at}".strip()


def _line(day: ComparedDay) -> ComparedLine:
    absent = day.absent_minutes
    if absent is None:
        noted = ""
    elif absent == 0:
        noted = _("Var der")
    elif absent >= day.end - day.start:
        noted = _("Borte")
    else:
        noted = _("Borte %(time)s") % {"time": _length(absent)}
    confirmed = str(Came(day.came).label) if day.came else ""
    return ComparedLine(day.on, times(day.start, day.end), noted, confirmed, day.differs)


def _length(minutes: int) -> str:
    span = timedelta(minutes=minutes)
    hours, rest = divmod(int(span.total_seconds()) // _HOUR, _HOUR)
    words = [f"{hours} t" if hours else "", f"{rest} min" if rest else ""]
    return " ".join(filter(None, words))
