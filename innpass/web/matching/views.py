"""The places for one participant, the people for one place, and choosing."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from innpass.casework.employers.queries import PracticePlace, find_place
from innpass.casework.matching.apart import reasons
from innpass.casework.matching.choosing import NotChosen, choose
from innpass.casework.matching.locks import NotLocked, lock, unlock
from innpass.casework.matching.looking import people_for, places_for
from innpass.casework.matching.profiles import refuse_place, take_back_refusal
from innpass.casework.organisations.queries import ChangedMeanwhile
from innpass.casework.participants.queries import Participant, find_participant
from innpass.casework.participants.services import note_reading
from innpass.domain.access.policy import check_may_read, check_may_write
from innpass.domain.access.roles import Actor
from innpass.exchange.clock import today
from innpass.web.design.gate import actor_of
from innpass.web.design.pages import page_number
from innpass.web.matching.asking import monday_asked, said
from innpass.web.matching.assembling import FIT_PAGE, OUT_PAGE, person_page, place_page


@require_GET
def person(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the places for one participant; the opening is noted."""
    actor = actor_of(request)
    check_may_read(actor, "match.advice")
    participant = _participant(pk, actor)
    note_reading(participant=participant, page="matching", by=actor)
    return _show(request, participant, actor=actor)


@require_GET
def place(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the people for one place."""
    actor = actor_of(request)
    check_may_read(actor, "match.advice")
    on = today()
    shows_all = request.GET.get("vis") == "alle"
    monday = monday_asked(request.GET, on=on)
    advice = people_for(_place(pk), monday=monday, actor=actor)
    numbers = {name: page_number(request.GET.get(name, "")) for name in (FIT_PAGE, OUT_PAGE)}
    page = place_page(advice, actor=actor, on=on, shows_all=shows_all, numbers=numbers)
    return render(request, "matching/place.html", {"page": page})


@require_POST
def choose_place(request: HttpRequest, pk: UUID, place: UUID) -> HttpResponse:
    """Propose a place for somebody; where it is not what was advised, a reason is asked for."""
    actor = actor_of(request)
    check_may_write(actor, "match.advice")
    participant, wanted, on = _participant(pk, actor), _place(place), today()
    typed = request.POST.get("reason", "")
    try:
        case = choose(
            participant=participant,
            place=wanted,
            monday=monday_asked(request.GET, on=on),
            on=on,
            reason=typed,
            by=actor,
        )
    except NotChosen as no:
        return _show(request, participant, actor=actor, problems={place: (str(no), typed)})
    told = _("%(place)s hos %(employer)s er foreslått for %(name)s.")
    words = {"place": wanted.name, "employer": wanted.employer.name, "name": participant.name}
    messages.success(request, told % words)
    return HttpResponseRedirect(reverse("agreements:case", args=[case.pk]))


@require_POST
def lock_place(request: HttpRequest, pk: UUID, place: UUID) -> HttpResponse:
    """Keep a place for somebody in every match to come."""
    actor = actor_of(request)
    check_may_write(actor, "match.advice")
    participant, wanted = _participant(pk, actor), _place(place)
    monday = monday_asked(request.GET, on=today())
    try:
        lock(participant=participant, place=wanted, monday=monday, by=actor)
    except NotLocked as no:
        messages.warning(request, str(no))
    else:
        told = _("%(name)s er låst til %(place)s til noen tar bort låsen eller foreslår en plass.")
        messages.success(request, told % {"name": participant.name, "place": wanted.name})
    return _back(request, participant)


@require_POST
def unlock_place(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let a locked pair go."""
    actor = actor_of(request)
    check_may_write(actor, "match.advice")
    participant = _participant(pk, actor)
    unlock(participant=participant, by=actor)
    messages.success(request, _("Låsen er tatt bort."))
    return _back(request, participant)


@require_POST
def refuse(request: HttpRequest, pk: UUID, place: UUID) -> HttpResponse:
    """Keep that the participant has said no to a place, or take the no back."""
    actor = actor_of(request)
    check_may_write(actor, "work.refusals")
    participant, wanted = _participant(pk, actor), _place(place)
    is_undoing = request.POST.get("act") == "undo"
    try:
        act = take_back_refusal if is_undoing else refuse_place
        act(participant=participant, place=wanted.pk, by=actor)
    except ChangedMeanwhile:
        messages.warning(request, _("Noen andre endret yrkesprofilen samtidig. Prøv igjen."))
    else:
        told = (
            _("Det står ikke lenger at %(name)s har sagt nei til %(place)s.")
            if is_undoing
            else _(
                "Det er ført at %(name)s har sagt nei til %(place)s. Angre på kortet til plassen."
            )
        )
        messages.success(request, told % {"name": participant.name, "place": wanted.name})
    return _back(request, participant)


def _show(
    request: HttpRequest,
    participant: Participant,
    *,
    actor: Actor,
    problems: Mapping[UUID, tuple[str, str]] | None = None,
) -> HttpResponse:
    on = today()
    shows_all = request.GET.get("vis") == "alle"
    advice = places_for(
        participant,
        monday=monday_asked(request.GET, on=on),
        actor=actor,
        about=next(iter(problems or ()), None),
        is_whole=shows_all,
    )
    page = person_page(
        advice,
        actor=actor,
        on=on,
        shows_all=shows_all,
        problems=problems,
        apart=reasons([participant.pk], monday=advice.monday).get(participant.pk, ""),
    )
    status = 422 if problems else 200
    return render(request, "matching/person.html", {"page": page}, status=status)


def _back(request: HttpRequest, participant: Participant) -> HttpResponse:
    run = request.GET.get("fra_alle", "")
    if run:
        try:
            return HttpResponseRedirect(reverse("matching:run", args=[UUID(run)]))
        except ValueError:
            pass
    monday = monday_asked(request.GET, on=today())
    return HttpResponseRedirect(reverse("matching:person", args=[participant.pk]) + said(monday))


def _participant(pk: UUID, actor: Actor) -> Participant:
    found = find_participant(pk, actor=actor)
    if found is None:
        raise Http404
    return found


def _place(pk: UUID) -> PracticePlace:
    found = find_place(pk)
    if found is None:
        raise Http404
    return found
