"""A participant's page, and showing a number in full."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from innpass.casework.overview.queries import case_of
from innpass.casework.participants import services
from innpass.casework.participants.queries import find_participant, numbers_of
from innpass.domain.access.policy import check_may_read
from innpass.domain.access.roles import Actor
from innpass.exchange.clock import today
from innpass.web.design.gate import actor_of
from innpass.web.design.way_back import list_href
from innpass.web.participant.assembling import assemble
from innpass.web.participant.pages import ParticipantPage, PersonNotFoundPage
from innpass.web.participant.rules import read_day, rules_page


def _not_found(request: HttpRequest) -> HttpResponse:
    page = PersonNotFoundPage(list_href=list_href(request))
    return render(request, "participant/person_not_found.html", {"page": page}, status=404)


@require_GET
def participant(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a person's case, cut to what the viewer may read; the opening is noted."""
    actor: Actor = actor_of(request)
    person = find_participant(pk, actor=actor)
    if person is None:
        return _not_found(request)
    on = today()
    services.note_reading(participant=person, page="participant", by=actor)
    page: ParticipantPage = assemble(
        case_of(person, on=on), actor=actor, on=on, list_href=list_href(request)
    )
    return render(request, "participant/participant.html", {"page": page})


@require_GET
def rules(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the law of one person on any day, cut to what the viewer may read; it is noted."""
    actor = actor_of(request)
    check_may_read(actor, "status.verdict")
    person = find_participant(pk, actor=actor)
    if person is None:
        return _not_found(request)
    services.note_reading(participant=person, page="rules", by=actor)
    day, typed = read_day(request.GET)
    page = rules_page(person, actor=actor, on=day, typed=typed, list_href=list_href(request))
    return render(request, "participant/rules.html", {"page": page})


@require_POST
def reveal_identifier(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one number in full, as an act of its own in the log."""
    actor = actor_of(request)
    person = find_participant(pk, actor=actor)
    if person is None:
        return _not_found(request)
    key = request.POST.get("identifier", "")
    identifier = next((row for row in numbers_of(person) if row.kind == key), None)
    if identifier is None:
        return _not_found(request)
    digits = services.reveal_identifier(identifier=identifier, by=actor)
    on = today()
    is_part = request.headers.get("HX-Request") == "true"
    services.note_reading(participant=person, page="reveal_identifier", by=actor)
    page = assemble(
        case_of(person, on=on),
        actor=actor,
        on=on,
        list_href=list_href(request),
        revealed={key: digits},
    )
    template = "participant/participant.html"
    return render(request, f"{template}#identifiers" if is_part else template, {"page": page})
