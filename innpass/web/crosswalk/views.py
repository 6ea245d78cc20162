"""Persons across the bodies' systems."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from innpass.domain.access.policy import check_may_see_questions
from innpass.web.crosswalk.assembling import assemble, read_selection
from innpass.web.design.gate import actor_of


@require_GET
def crosswalk(request: HttpRequest) -> HttpResponse:
    """Show who is where under which number, and what is amiss, as work for somebody."""
    actor = actor_of(request)
    check_may_see_questions(actor)
    number = request.GET.get("side", "1")
    page = assemble(
        read_selection(request.GET),
        actor=actor,
        number=int(number) if number.isdecimal() and len(number) < 7 else 1,
    )
    return render(request, "crosswalk/crosswalk.html", {"page": page})
