"""The law as Innpass holds it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from innpass.casework.programme.readings import law_here
from innpass.casework.programme.standings import read_otherwise
from innpass.domain.access.policy import Act, check_may
from innpass.domain.law.law import THE_LAW
from innpass.exchange.clock import today
from innpass.web.design.gate import actor_of
from innpass.web.regulations.assembling import (
    reading_page,
    readings_page,
    register_page,
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


@require_http_methods(["GET", "HEAD", "POST"])
def reading(request: HttpRequest, name: str) -> HttpResponse:
    """Choose how a silent text is read; everybody is judged anew. Never a number of the law."""
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
    read_otherwise(
        municipality=request.municipality,  # type: ignore[attr-defined]
        name=name,
        value=form.value,
        reason=form.cleaned_data["reason"],
        by=actor,
    )
    messages.success(request, _("Lagret. Alle deltakerne blir vurdert på nytt."))
    return HttpResponseRedirect(reverse("regulations:readings"))
