"""A person's week: looked at, and taken out of force."""

from collections.abc import Collection
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from innpass.casework.participants.queries import Participant, find_participant
from innpass.casework.participants.services import note_reading
from innpass.casework.timetable.finding import find_timetable
from innpass.casework.timetable.services import Clashing, NoReason, Outdated, withdraw
from innpass.domain.access.policy import check_may_read, check_may_write
from innpass.domain.access.roles import Actor
from innpass.domain.periods import IsoWeek
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


@require_POST
def withdraw_timetable(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a timetable out of force; what held before it holds again."""
    actor = actor_of(request)
    check_may_write(actor, "timetable.week")
    found = find_timetable(pk, actor=actor)
    if found is None:
        return not_found(request)
    timetable, person = found
    back = reverse("timetable:week", args=[person.pk])
    try:
        since = IsoWeek.parse(request.POST.get("fra", ""))
    except ValueError:
        since = IsoWeek.of(timetable.first_monday)
    try:
        withdraw(timetable, from_week=since, reason=request.POST.get("grunn", ""), by=actor)
        messages.success(
            request, _("Timeplanen er trukket tilbake. Det som gjaldt før, gjelder igjen.")
        )
    except NoReason:
        messages.error(
            request, _("Skriv hvorfor når timeplanen trekkes fra en uke som har begynt.")
        )
    except Clashing as clash:
        messages.error(request, " ".join(clash.sentences))
    except Outdated:
        messages.warning(request, _("Timeplanen gjaldt ikke lenger fra den uka."))
    return HttpResponseRedirect(f"{back}?uke={week_asked(request.GET, on=since.monday)}")


def open_week(
    request: HttpRequest, pk: UUID, *, actor: Actor, chosen: Collection[UUID] = ()
) -> Known | None:
    """Find the person and the week that an address names, and note the reading.

    ``None`` where there is no such person that the actor may see.
    """
    person: Participant | None = find_participant(pk, actor=actor)
    if person is None:
        return None
    on = today()
    week_shown = week_asked(request.GET, on=on)
    about = known(person, week=week_shown, actor=actor, on=on, chosen=chosen)
    if request.method == "GET":  # what is posted comes from a page whose opening was noted
        note_reading(participant=person, page="timetable", by=actor)
    return about


def not_found(request: HttpRequest) -> HttpResponse:
    """Say that there is nobody, or nothing, here that one may see."""
    href = reverse("timetable:caseload")
    return render(request, "timetable/not_found.html", {"href": href}, status=404)
