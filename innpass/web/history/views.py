"""A participant's history, taking something back, and who has read."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from innpass.casework.participants import services
from innpass.casework.participants.history import history_of
from innpass.casework.participants.queries import find_participant
from innpass.casework.reconciliation import taking_back
from innpass.domain.access.policy import (
    MayNot,
    check_may_read,
    check_may_see_access_log,
    readable,
)
from innpass.domain.sheets.typed import as_text
from innpass.exchange.clock import today
from innpass.web.design.gate import actor_of
from innpass.web.design.way_back import list_href
from innpass.web.history import assembling


def _number(request: HttpRequest) -> int:
    number = request.GET.get("side", "1")
    return int(number) if number.isdecimal() and len(number) < 7 else 1


@require_GET
def history(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show who changed what about a person, when and why; the opening is noted."""
    actor = actor_of(request)
    person = find_participant(pk, actor=actor)
    if person is None:
        raise Http404
    check_may_read(actor, "history")
    services.note_reading(participant=person, page="history", by=actor)
    page = assembling.history_page(
        person,
        actor=actor,
        field=request.GET.get("felt", ""),
        number=_number(request),
        list_href=list_href(request),
    )
    return render(request, "history/history.html", {"page": page})


@require_POST
def take_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take back what somebody entered or decided about a person."""
    actor = actor_of(request)
    person = find_participant(pk, actor=actor)
    if person is None:
        raise Http404
    check_may_read(actor, "history")
    asked = request.POST.get("act", "")
    events = history_of(person, readable=readable(actor))
    event = next((each for each in events if each.act and str(each.act) == asked), None)
    if event is None or event.act is None:
        raise Http404
    here = HttpResponseRedirect(reverse("history:history", args=[pk]))
    if not assembling.may_be_taken_back(event, actor=actor):
        messages.warning(request, _("Du kan ikke ta dette tilbake, eller det er tatt tilbake alt."))
        return here
    try:
        taking_back.take_back(
            event.act,
            municipality_id=person.municipality_id,
            by=actor,
            reason=as_text(request.POST.get("reason", "")).strip()[:1000],
        )
    except (MayNot, taking_back.CannotTakeBack) as no:
        messages.warning(request, str(no))
    else:
        messages.success(request, _("Det er tatt tilbake. Det som gjaldt før, gjelder igjen."))
    if find_participant(pk, actor=actor) is None:
        return HttpResponseRedirect(list_href(request))
    return here


@require_GET
def readings(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show who has opened a person's pages; this opening is noted, too."""
    actor = actor_of(request)
    check_may_see_access_log(actor)
    person = find_participant(pk, actor=actor)
    if person is None:
        raise Http404
    services.note_reading(participant=person, page="readings", by=actor)
    page = assembling.readings_page(
        person, number=_number(request), list_href=list_href(request), on=today()
    )
    return render(request, "history/readings.html", {"page": page})
