"""What the staff do with an employer's way in: make a link, hand a code over, withdraw."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from innpass.casework.agreements.queries import PlacementCase
from innpass.casework.doors import services
from innpass.casework.doors.codes import Holder
from innpass.casework.doors.queries import LINK, find_case
from innpass.casework.doors.sending import NoSuchNumber, phone_number, send_code, takes_numbers
from innpass.casework.doors.services import NoWayIn
from innpass.casework.participants.queries import owner_of
from innpass.casework.participants.services import note_reading
from innpass.domain.access.policy import check_may_read, check_may_write
from innpass.domain.access.roles import Actor
from innpass.exchange.clock import today
from innpass.web.design.gate import actor_of
from innpass.web.design.way_back import list_href
from innpass.web.doors.case_page import case_page

TEMPLATE = "doors/case.html"


def asked(request: HttpRequest, pk: UUID, *, writes: bool = False) -> tuple[Actor, PlacementCase]:
    """Return who asks and the placement asked about, which must be one that the actor may see."""
    actor = actor_of(request)
    (check_may_write if writes else check_may_read)(actor, LINK)
    found = find_case(pk, actor=actor)
    if found is None:
        raise Http404
    return actor, found


def _shown(request: HttpRequest, actor: Actor, of: PlacementCase, **told: Any) -> HttpResponse:
    page = case_page(of, actor=actor, on=today(), list_href=list_href(request), **told)
    return render(request, TEMPLATE, {"page": page}, status=422 if told.get("problem") else 200)


@require_GET
def case(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the ways in to a placement, and what was confirmed through them."""
    actor, found = asked(request, pk)
    note_reading(participant=owner_of(found.participant), page="employer_door", by=actor)
    return _shown(request, actor, found)


@require_POST
def make(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Make a link, and show it this once."""
    actor, found = asked(request, pk, writes=True)
    holder = request.POST.get("for", "")
    if holder not in Holder.values:
        return _shown(request, actor, found, problem=_("Velg hvem lenken er til."))
    try:
        secret = services.make_door(found, holder=Holder(holder), by=actor, on=today())
    except NoWayIn as why:
        return _shown(request, actor, found, problem=str(why))
    made = request.build_absolute_uri(reverse("doors:invitation", args=[secret]))
    return _shown(request, actor, found, made=made)


@require_POST
def withdraw(request: HttpRequest, pk: UUID, door: UUID) -> HttpResponse:
    """Let a way in lead nowhere from now on."""
    actor, found = asked(request, pk, writes=True)
    if services.withdraw_door(door, found, by=actor):
        messages.success(request, _("Lenken er trukket tilbake, og siden er stengt."))
    else:
        messages.info(request, _("Lenken virket ikke lenger."))
    return HttpResponseRedirect(reverse("doors:case", args=[pk]))


@require_POST
def code(request: HttpRequest, pk: UUID, door: UUID) -> HttpResponse:
    """Make six digits to hand over, and show them this once, or send them to a phone."""
    actor, found = asked(request, pk, writes=True)
    number = request.POST.get("nummer", "") if takes_numbers() else ""
    try:
        to = phone_number(number) if number.strip() else ""
        digits = services.make_code(door, found, by=actor, on=today())
    except NoSuchNumber:
        return _shown(
            request,
            actor,
            found,
            problem=_("Skriv mobilnummeret med åtte sifre, eller med + og landkode."),
        )
    except NoWayIn as why:
        return _shown(request, actor, found, problem=str(why))
    told: Mapping[str, Any] = {"code": digits, "code_for": door}
    if to and send_code(digits, to=to):
        told = {"sent_to": to, "code_for": door}
    elif to:
        told = {**told, "problem": _("Meldingen ble ikke sendt. Les koden opp på telefon.")}
    return _shown(request, actor, found, **told)
