"""Calendar files, and the addresses that calendar programs read."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from innpass.casework.participants.services import note_reading
from innpass.casework.timetable import addresses
from innpass.casework.timetable.addresses import Of, ProtectedAddress
from innpass.casework.timetable.tongues import DEFAULT, NoSuchLanguage
from innpass.domain.access.policy import check_may_read, check_may_write
from innpass.domain.access.roles import Actor
from innpass.exchange.clock import today
from innpass.web.calendars.assembling import KINDS, calendar_page
from innpass.web.design import in_vain
from innpass.web.design.gate import actor_of

WEEK = "timetable.week"
CONTENT_TYPE = "text/calendar; charset=utf-8"
TEMPLATE = "calendars/calendar.html"


def _asked(request: HttpRequest, whose: str, pk: UUID, *, writes: bool = False) -> tuple[Actor, Of]:
    actor = actor_of(request)
    (check_may_write if writes else check_may_read)(actor, WEEK)
    of = addresses.find_whose(KINDS[whose], pk, actor=actor)
    if of is None:
        raise Http404
    return actor, of


def _note_reading(whose: str, of: Of, actor: Actor, page: str) -> None:
    if whose == "deltaker":
        note_reading(participant=of, page=page, by=actor)  # type: ignore[arg-type]


@require_GET
def calendar(request: HttpRequest, whose: str, pk: UUID) -> HttpResponse:
    """Show how a calendar is taken out, and which addresses it has."""
    actor, of = _asked(request, whose, pk)
    _note_reading(whose, of, actor, "calendar")
    return render(request, TEMPLATE, {"page": calendar_page(whose, of, actor=actor)})


@require_GET
def file(request: HttpRequest, whose: str, pk: UUID) -> HttpResponse:
    """Hand out the weeks ahead as a calendar file."""
    actor, of = _asked(request, whose, pk)
    language = request.GET.get("sprak", DEFAULT)
    try:
        content = addresses.calendar_of(of, on=today(), language=language, actor=actor)
    except NoSuchLanguage:
        raise Http404 from None
    _note_reading(whose, of, actor, "calendar_file")
    response = HttpResponse(content, content_type=CONTENT_TYPE)
    response["Content-Disposition"] = 'attachment; filename="timeplan.ics"'
    return response


@require_POST
def make(request: HttpRequest, whose: str, pk: UUID) -> HttpResponse:
    """Make an address, and show it this once."""
    actor, of = _asked(request, whose, pk, writes=True)
    problem, made = "", ""
    try:
        secret = addresses.make_address(of, language=request.POST.get("sprak", ""), by=actor)
    except NoSuchLanguage:
        problem = _("Velg et av språkene i lista.")
    except ProtectedAddress:
        problem = _("Adressen er beskyttet. Da kan ingen abonnere på timeplanen.")
    else:
        made = request.build_absolute_uri(reverse("calendars:subscription", args=[secret]))
    page = calendar_page(whose, of, actor=actor, made=made, problem=problem)
    return render(request, TEMPLATE, {"page": page}, status=422 if problem else 200)


@require_POST
def revoke(request: HttpRequest, whose: str, pk: UUID, address: UUID) -> HttpResponse:
    """Let an address lead nowhere from now on."""
    actor, of = _asked(request, whose, pk, writes=True)
    if addresses.revoke(address, of, by=actor):
        messages.success(request, _("Adressen er trukket tilbake. Den gir ikke lenger noe svar."))
    else:
        messages.info(request, _("Adressen var allerede trukket tilbake."))
    return HttpResponseRedirect(reverse("calendars:calendar", args=[whose, pk]))


@login_not_required
@require_safe
def subscription(request: HttpRequest, secret: str) -> HttpResponse:
    """Answer a calendar program; whoever has the address is let in.

    What leads nowhere, and what leads nowhere any more, get the same answer. Whoever asks too often
    for such addresses is told to wait; who has one that leads somewhere is always answered.
    """
    content = addresses.read_address(secret, on=today())
    if content is None:
        is_over = in_vain.is_over(request, door="calendars")
        in_vain.count(request, door="calendars")
        response = HttpResponse(
            status=429 if is_over else 404, content_type="text/plain; charset=utf-8"
        )
        if is_over:
            response["Retry-After"] = str(in_vain.SECONDS)
    else:
        response = HttpResponse(content, content_type=CONTENT_TYPE)
        response["Content-Disposition"] = 'inline; filename="timeplan.ics"'
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response
