"""The map, an employer's page, and the lists that lead to them."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from innpass.casework.agreements.mapped import WITHIN_DAYS
from innpass.casework.employers import cards, offers, queries
from innpass.domain.access.policy import Act, check_may
from innpass.exchange.clock import today
from innpass.web.design.gate import actor_of
from innpass.web.design.pages import page_number
from innpass.web.employers.asking import Asked
from innpass.web.employers.lists import ask_page, endings_page
from innpass.web.employers.map_page import map_page
from innpass.web.employers.one_page import employer_page


@require_GET
def the_map(request: HttpRequest) -> HttpResponse:
    """Show the map; as a fragment where only the list is asked for."""
    actor = actor_of(request)
    check_may(actor, Act.SEE_EMPLOYERS)
    page = map_page(
        Asked.read(request.GET),
        actor=actor,
        on=today(),
        number_of_page=page_number(request.GET.get("side", "")),
    )
    is_part = request.headers.get("HX-Target") == "employers"
    template = "employers/map.html#employers" if is_part else "employers/map.html"
    response = render(request, template, {"page": page})
    response["Vary"] = "HX-Request, HX-Target"
    return response


@require_GET
def employer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one employer."""
    actor = actor_of(request)
    check_may(actor, Act.SEE_EMPLOYERS)
    found = queries.find_employer(pk, actor=actor)
    if found is None:
        raise Http404
    page = employer_page(found, actor=actor, on=today())
    return render(request, "employers/employer.html", {"page": page})


@require_GET
def endings(request: HttpRequest) -> HttpResponse:
    """Show who leaves an employer soon, and so where a seat becomes free."""
    actor = actor_of(request)
    check_may(actor, Act.SEE_EMPLOYERS)
    asked = request.GET.get("innen", "")
    within = next((days for days in WITHIN_DAYS if str(days) == asked), WITHIN_DAYS[0])
    page = endings_page(
        within=within,
        actor=actor,
        on=today(),
        number=page_number(request.GET.get("side", "")),
    )
    return render(request, "employers/endings.html", {"page": page})


@require_GET
def ask_again(request: HttpRequest) -> HttpResponse:
    """Show the places that nobody confirmed for long."""
    actor = actor_of(request)
    check_may(actor, Act.SEE_EMPLOYERS)
    page = ask_page(
        is_mine=request.GET.get("hvem") == "mine",
        actor=actor,
        on=today(),
        number=page_number(request.GET.get("side", "")),
    )
    return render(request, "employers/ask_again.html", {"page": page})


@require_POST
def confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note that the employer says that its offers stand."""
    actor = actor_of(request)
    check_may(actor, Act.KEEP_EMPLOYERS)
    found = queries.find_employer(pk, actor=actor)
    if found is None:
        raise Http404
    count = offers.confirm(queries.names_of(found), on=today(), by=actor)
    if count:
        text = ngettext(
            "%(count)s plass hos %(name)s er bekreftet i dag.",
            "%(count)s plasser hos %(name)s er bekreftet i dag.",
            count,
        )
        messages.success(request, text % {"count": count, "name": found.name})
    else:
        text = _("%(name)s har ingen plasser som venter på å bli bekreftet.")
        messages.info(request, text % {"name": found.name})
    if request.POST.get("fra") == "spor":
        mine = "?hvem=mine" if request.POST.get("hvem") == "mine" else ""
        return HttpResponseRedirect(reverse("employers:ask_again") + mine)
    return HttpResponseRedirect(reverse("employers:employer", args=[pk]))


@require_POST
def part(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take back that an employer is another spelling of one."""
    actor = actor_of(request)
    check_may(actor, Act.KEEP_EMPLOYERS)
    found = queries.find_employer(pk, actor=actor)
    if found is None:
        raise Http404
    cards.part_names(alias=found, by=actor)
    text = _("%(name)s er sin egen arbeidsgiver igjen.")
    messages.success(request, text % {"name": found.name})
    return HttpResponseRedirect(reverse("employers:employer", args=[pk]))
