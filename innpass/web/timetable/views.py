"""A person's week, looked at."""

from collections.abc import Collection
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from innpass.casework.participants.queries import Participant, find_participant
from innpass.casework.participants.services import note_reading
from innpass.domain.access.policy import check_may_read
from innpass.domain.access.roles import Actor
from innpass.exchange.clock import today
from innpass.web.design.gate import actor_of
from innpass.web.timetable.assembling import Known, known, week_page
from innpass.web.timetable.weeks import week_asked


@require_GET
def week(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a person's week with its meter; the opening is noted."""
    actor = actor_of(request)
    check_may_read(actor, "timetable.week")
    about = open_week(request, pk, actor=actor)
    if about is None:
        return not_found(request)
    return render(request, "timetable/week.html", {"page": week_page(about)})


def open_week(
    request: HttpRequest,
    pk: UUID,
    *,
    actor: Actor,
    chosen: Collection[UUID] = (),
    every_group: bool = False,
) -> Known | None:
    """Find the person and the week that an address names, and note the reading.

    ``chosen`` and ``every_group`` are those of ``known``. ``None`` where there is no such person
    that the actor may see.
    """
    person: Participant | None = find_participant(pk, actor=actor)
    if person is None:
        return None
    on = today()
    week_shown = week_asked(request.GET, on=on)
    about = known(
        person, week=week_shown, actor=actor, on=on, chosen=chosen, every_group=every_group
    )
    if request.method == "GET":  # what is posted comes from a page whose opening was noted
        note_reading(participant=person, page="timetable", by=actor)
    return about


def not_found(request: HttpRequest) -> HttpResponse:
    """Say that there is nobody, or nothing, here that one may see."""
    href = reverse("timetable:caseload")
    return render(request, "timetable/not_found.html", {"href": href}, status=404)
