"""The law as Innpass holds it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from innpass.domain.law.law import THE_LAW
from innpass.exchange.clock import today
from innpass.web.design.gate import actor_of
from innpass.web.regulations.assembling import register_page, topic_page


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
