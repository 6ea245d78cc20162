"""The guide's own table of results, for any day, and the people behind each figure."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from innpass.casework.results.queries import DEFINITIONS
from innpass.domain.access.policy import check_may_see_results
from innpass.domain.sheets.dates import read_date
from innpass.exchange.clock import today
from innpass.web.design.gate import actor_of
from innpass.web.results.assembling import people_page, results_page


def _day(request: HttpRequest) -> tuple[date, str]:
    """Return the day asked about, in any usual way of writing it.

    Today where none was understood; then the text that was typed comes along.
    """
    typed = request.GET.get("dato", "").strip()[:40]
    found = read_date(typed) if typed else None
    if found and isinstance(found.value, date):
        return found.value, ""
    return today(), typed


@require_GET
def results(request: HttpRequest) -> HttpResponse:
    """Show the figures as of a day; where none was understood, today's with a sentence."""
    actor = actor_of(request)
    check_may_see_results(actor)
    day, typed = _day(request)
    page = results_page(actor=actor, on=day, typed=typed)
    return render(request, "results/results.html", {"page": page})


@require_GET
def people(request: HttpRequest, key: str) -> HttpResponse:
    """Show the people behind one figure; the day as for the figures."""
    actor = actor_of(request)
    check_may_see_results(actor)
    definition = next((each for each in DEFINITIONS if each.key == key), None)
    if definition is None:
        raise Http404
    day, typed = _day(request)
    number = request.GET.get("side", "1")
    page = people_page(
        definition,
        actor=actor,
        on=day,
        typed=typed,
        number=int(number) if number.isdecimal() and len(number) < 7 else 1,
    )
    return render(request, "results/people.html", {"page": page})
