"""Lists of those whose programme, or right to Norwegian tuition, runs out."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from innpass.domain.access.policy import check_may_read
from innpass.exchange.clock import today
from innpass.web.deadlines.assembling import assemble
from innpass.web.design.gate import actor_of


@require_GET
def deadlines(request: HttpRequest) -> HttpResponse:
    """Show one list of one clock, and how many stand on each."""
    actor = actor_of(request)
    check_may_read(actor, "clock.programme_until")
    number = request.GET.get("side", "1")
    page = assemble(
        request.GET,
        actor=actor,
        on=today(),
        number=int(number) if number.isdecimal() and len(number) < 7 else 1,
    )
    return render(request, "deadlines/deadlines.html", {"page": page})
