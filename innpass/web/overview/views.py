"""The overview: the list, the search kept in the session, the export of what is seen."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST
from django.views.decorators.vary import vary_on_headers

from innpass.casework.exports.services import export_overview
from innpass.casework.overview.columns import readable_columns
from innpass.casework.overview.saved_views import shown_columns
from innpass.casework.overview.visits import note_visit
from innpass.domain.access.roles import Actor
from innpass.exchange.clock import today
from innpass.web.design.gate import actor_of
from innpass.web.design.way_back import remember
from innpass.web.overview.addresses import SESSION_SEARCH, Address, plain
from innpass.web.overview.assembling import assemble, in_words
from innpass.web.overview.editing import SESSION_SAVED
from innpass.web.overview.marking import asked_for


@require_GET
@vary_on_headers("HX-Request", "HX-History-Restore-Request")
def overview(request: HttpRequest) -> HttpResponse:
    """Show the list, or its table and counters alone when a part of the page asks for it."""
    actor = actor_of(request)
    address, offered = asked_for(request, actor)
    if not request.GET and address.views.start and request.headers.get("HX-Request") != "true":
        return HttpResponseRedirect(_start_of(address, actor))
    since = note_visit(address.views.visit, actor=actor, now=timezone.now())
    page = assemble(address, offered=offered, actor=actor, on=today(), since=since)
    is_part = (
        request.headers.get("HX-Request") == "true"
        and request.headers.get("HX-History-Restore-Request") != "true"
    )
    template = "overview/overview.html#parts" if is_part else "overview/overview.html"
    saved = None if is_part else request.session.pop(SESSION_SAVED, None)
    answer = render(request, template, {"page": page, "saved": saved})
    return remember(answer, list_href=address.href())


def _start_of(address: Address, actor: Actor) -> str:
    """Return where the viewer starts: the view chosen for it."""
    return address.opening(address.views.start, readable_columns(actor)).href()


@require_POST
def search(request: HttpRequest) -> HttpResponse:
    """Keep what is searched for in the session, since names belong in no address."""
    actor_of(request)
    request.session[SESSION_SEARCH] = plain(request.POST.get("search", "")).strip()[:100]
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = reverse("overview:overview")
    return HttpResponseRedirect(back)


@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """Hand out the list as seen, as a workbook."""
    actor = actor_of(request)
    address, _offered = asked_for(request, actor)
    shown = address.columns(readable_columns(actor))
    content = export_overview(
        selection=address.selection,
        filters_in_words=in_words(address),
        chosen_columns=None if shown == shown_columns(readable_columns(actor)) else shown,
        on=today(),
        by=actor,
    )
    response = HttpResponse(
        content,
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    response["Content-Disposition"] = f'attachment; filename="deltakere-{today():%Y-%m-%d}.xlsx"'
    return response
