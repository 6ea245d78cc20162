"""The law as Innpass holds it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from innpass.casework.programme.readings import law_here
from innpass.casework.programme.standings import figures_for, read_otherwise
from innpass.casework.programme.what_if import ask
from innpass.domain.access.policy import Act, check_may, check_may_read, may_see_results
from innpass.domain.law.law import THE_LAW
from innpass.domain.law.supposing import Supposition
from innpass.exchange.clock import today
from innpass.web.design.gate import actor_of
from innpass.web.design.pages import page_number
from innpass.web.regulations.assembling import (
    reading_page,
    readings_page,
    register_page,
    standings_page,
    topic_page,
)
from innpass.web.regulations.forms import ReadingForm


@require_GET
def register(request: HttpRequest) -> HttpResponse:
    """List every topic with its figures: the law is no secret, the figures are for some."""
    page = register_page(actor=actor_of(request), on=today())
    return render(request, "regulations/register.html", {"page": page})


@require_GET
def topic(request: HttpRequest, name: str) -> HttpResponse:
    """Show one topic: its texts in time, their numbers, and how they are read here."""
    actor = actor_of(request)
    if name not in THE_LAW.topics:
        raise Http404
    page = topic_page(name, actor=actor, on=today())
    return render(request, "regulations/topic.html", {"page": page})


@require_GET
def readings(request: HttpRequest) -> HttpResponse:
    """List how silent texts are read here, and every choice that was made."""
    page = readings_page(actor=actor_of(request))
    return render(request, "regulations/readings.html", {"page": page})


@require_GET
def standings(request: HttpRequest, name: str) -> HttpResponse:
    """List those whom a figure of a topic counts."""
    actor = actor_of(request)
    check_may_read(actor, "status.explanation")
    if name not in THE_LAW.topics:
        raise Http404
    page = standings_page(
        name,
        actor=actor,
        state=request.GET.get("stilling", ""),
        shown=page_number(request.GET.get("side", "1")),
        figures=figures_for(actor) if may_see_results(actor) else None,
    )
    return render(request, "regulations/standings.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def reading(request: HttpRequest, name: str) -> HttpResponse:
    """See what another reading would change, and choose it. Never a number of the law."""
    actor = actor_of(request)
    check_may(actor, Act.CHANGE_SETTINGS)
    law = law_here()
    if name not in law.readings():
        raise Http404
    form = ReadingForm(request.POST if request.method == "POST" else None, name=name, law=law)
    if not form.is_valid():
        page = reading_page(name, form)
        status = 422 if form.is_bound else 200
        return render(request, "regulations/reading_choice.html", {"page": page}, status=status)
    reason = form.cleaned_data["reason"]
    if request.POST.get("act") == "look":
        answer = form.answers[form.cleaned_data["answer"]]
        what = Supposition(reading=name, answer=answer)
        asked = ask(what, on=today(), by=actor, reason=reason)
        return HttpResponseRedirect(reverse("regulations:outcome", args=[asked.pk]))
    read_otherwise(
        municipality=request.municipality,  # type: ignore[attr-defined]
        name=name,
        value=form.value,
        reason=reason,
        by=actor,
    )
    messages.success(
        request,
        _(
            "Lagret. Alle deltakerne blir vurdert på nytt. Hva det endret, står nederst når det er "
            "gjort."
        ),
    )
    return HttpResponseRedirect(reverse("regulations:readings"))
