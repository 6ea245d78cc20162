"""One person's follow-up: the page, its part on other pages, and what is noted in one line."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from innpass.casework.follow_up import services
from innpass.casework.follow_up.queries import find_contract, told_of_person
from innpass.casework.participants.queries import find_participant, owner_of
from innpass.casework.participants.services import note_reading
from innpass.domain.access.policy import check_may_read, check_may_write, may_write
from innpass.domain.access.roles import Actor
from innpass.domain.following.contact import ContactWay
from innpass.exchange.clock import today
from innpass.web.design.gate import actor_of
from innpass.web.follow_up.assembling import panel_page, person_page
from innpass.web.follow_up.board import SLUGS, board_href, person_href
from innpass.web.follow_up.forms import ContactForm, JobSeekingForm, MissingForm
from innpass.web.follow_up.saving import saved

if TYPE_CHECKING:
    from innpass.casework.participants.models import Participant

_READ = "follow_up.visit"


def person_or_404(pk: UUID, *, actor: Actor) -> "Participant":
    """Return somebody whom the actor may see.

    Raises:
        Http404: there is no such person that the actor may see.
    """
    found = find_participant(pk, actor=actor)
    if found is None:
        raise Http404
    return found


@require_GET
def person(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show somebody's visits, what is missing to be hired, contact, job seeking and contracts."""
    actor = actor_of(request)
    check_may_read(actor, _READ)
    someone = person_or_404(pk, actor=actor)
    note_reading(participant=someone, page="follow_up", by=actor)
    return _shown(request, someone, actor=actor)


@require_GET
def panel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the part that stands on the person's own page and on a case's."""
    actor, on = actor_of(request), today()
    check_may_read(actor, _READ)
    someone = person_or_404(pk, actor=actor)
    note_reading(participant=someone, page="follow_up_panel", by=actor)
    told = told_of_person(someone, actor=actor, on=on)
    page = panel_page(someone, told, actor=actor, on=on)
    return render(request, "follow_up/panel.html", {"page": page})


def _shown(
    request: HttpRequest,
    someone: "Participant",
    *,
    actor: Actor,
    bound: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Draw the page, with forms to note things in; ``bound`` are those with what was typed."""
    on = today()
    told = told_of_person(someone, actor=actor, on=on)
    first = {"day": f"{on:%d.%m.%Y}"}
    mine: dict[str, Callable[[], Any]] = {
        "follow_up.contact": lambda: ContactForm(auto_id="contact_%s", initial=first),
        "follow_up.job_seeking": lambda: JobSeekingForm(auto_id="job_%s", initial=first),
        "follow_up.missing": lambda: MissingForm(
            auto_id="missing_%s",
            initial={"owner": "practice_supervisor", "owner_name": actor.name},
        ),
    }
    forms = {
        name.partition(".")[2]: make() for name, make in mine.items() if may_write(actor, name)
    }
    page = replace(
        person_page(someone, told, actor=actor, on=on),
        forms=forms | (bound or {}),
        problem_in=next(iter(bound or ()), ""),
    )
    return render(request, "follow_up/person.html", {"page": page}, status=status)


@require_POST
def contact(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note that somebody was in touch, from a list or from the person's page."""
    actor = actor_of(request)
    check_may_write(actor, "follow_up.contact")
    someone = person_or_404(pk, actor=actor)
    form = ContactForm(request.POST, auto_id="contact_%s")

    def save() -> str:
        said = form.cleaned_data
        services.note_contact(
            someone,
            way=ContactWay(said["way"]),
            text=said["text"],
            day=said["day"],
            by=actor,
            on=today(),
        )
        if "liste" not in request.POST:
            return person_href(pk)
        which, own = SLUGS.get(request.POST["liste"]), request.POST.get("hvem") != "alle"
        return f"{board_href(which, own=own)}#d-{pk}"

    return saved(
        request,
        [form],
        save,
        said=_("Kontakt med %(name)s er ført.") % {"name": someone.name},
        again=lambda status, _note, _version: _shown(
            request, someone, actor=actor, bound={"contact": form}, status=status
        ),
    )


@require_POST
def job_seeking(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note what somebody did to find work."""
    actor = actor_of(request)
    check_may_write(actor, "follow_up.job_seeking")
    someone = person_or_404(pk, actor=actor)
    form = JobSeekingForm(request.POST, auto_id="job_%s")

    def save() -> str:
        services.note_job_seeking(someone, **form.values, by=actor, on=today())
        return f"{person_href(pk)}#jobb"

    return saved(
        request,
        [form],
        save,
        said=_("Ført."),
        again=lambda status, _note, _version: _shown(
            request, someone, actor=actor, bound={"job_seeking": form}, status=status
        ),
    )


@require_POST
def name_missing(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say that something is missing before somebody can be hired."""
    actor = actor_of(request)
    check_may_write(actor, "follow_up.missing")
    someone = person_or_404(pk, actor=actor)
    form = MissingForm(request.POST, auto_id="missing_%s")

    def save() -> str:
        services.name_missing(someone, form.lacking, by=actor, on=today())
        return f"{person_href(pk)}#mangler"

    return saved(
        request,
        [form],
        save,
        said=_("Ført. Den tas opp på hvert besøk til den er på plass."),
        again=lambda status, _note, _version: _shown(
            request, someone, actor=actor, bound={"missing": form}, status=status
        ),
    )


@require_POST
def check(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say whether somebody still works where a contract says."""
    actor = actor_of(request)
    check_may_write(actor, "contract.still_there")
    found = find_contract(pk, actor=actor)
    if found is None:
        raise Http404
    home = f"{person_href(owner_of(found.participant).pk)}#kontrakter"
    months, said = request.POST.get("months", ""), request.POST.get("is_there", "")
    if said not in ("ja", "nei"):
        messages.warning(request, _("Svar ja eller nei."))
        return HttpResponseRedirect(home)
    number = int(months) if months.isdecimal() and len(months) < 3 else 0
    try:
        services.answer_check(found, number, is_there=said == "ja", by=actor, on=today())
    except services.Refused as no:
        messages.warning(request, str(no))
    else:
        messages.success(request, _("Svaret er ført."))
    back = "follow_up:contracts" if request.POST.get("liste") else ""
    return HttpResponseRedirect(reverse(back) if back else home)
