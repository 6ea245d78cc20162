"""Everybody's weeks: the list, and its search, which is kept in the session."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from innpass.domain.access.policy import check_may_read
from innpass.exchange.clock import today
from innpass.web.design.gate import actor_of
from innpass.web.timetable.asking import page_number
from innpass.web.timetable.listing import caseload_page

_SESSION_SEARCH = "timetable_search"
_LONGEST = 100


@require_GET
def caseload(request: HttpRequest) -> HttpResponse:
    """Show everybody's week in hours."""
    actor = actor_of(request)
    check_may_read(actor, "timetable.week")
    page = caseload_page(
        request.GET,
        actor=actor,
        on=today(),
        search=request.session.get(_SESSION_SEARCH, ""),
        number=page_number(request.GET),
    )
    return render(request, "timetable/caseload.html", {"page": page})


@require_POST
def search(request: HttpRequest) -> HttpResponse:
    """Keep what is searched for in the session, since names belong in no address."""
    check_may_read(actor_of(request), "timetable.week")
    typed = request.POST.get("search", "").replace("\x00", "").strip()
    request.session[_SESSION_SEARCH] = typed[:_LONGEST]
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = reverse("timetable:caseload")
    return HttpResponseRedirect(back)
