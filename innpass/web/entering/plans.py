"""The integration plan: reading a version, comparing, beginning, agreeing and discarding one."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from innpass.casework.organisations.queries import ChangedMeanwhile
from innpass.casework.overview.queries import case_of
from innpass.casework.overview.services import agree_plan
from innpass.casework.participants.queries import find_participant
from innpass.casework.participants.services import note_reading
from innpass.casework.plans import services
from innpass.casework.plans.printing import print_plan
from innpass.casework.plans.queries import draft_of, version_with, versions_of
from innpass.domain.access.policy import check_may_read, check_may_write
from innpass.domain.sheets.typed import read_typed
from innpass.exchange.clock import today
from innpass.web.design.drafting import forget
from innpass.web.design.gate import actor_of
from innpass.web.design.plan_words import disagreements_in_words, lacks_in_words
from innpass.web.design.templatetags.design import day as in_words
from innpass.web.design.way_back import list_href
from innpass.web.entering.plan_assembling import plan_page
from innpass.web.entering.plan_printing import document

if TYPE_CHECKING:
    from innpass.casework.participants.models import Participant
    from innpass.domain.access.roles import Actor

TEMPLATE = "entering/plan.html"


def _found(pk: UUID, actor: "Actor") -> "Participant":
    person = find_participant(pk, actor=actor)
    if person is None:
        raise Http404
    return person


@require_GET
def plan(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a version of a person's plan beside another; the reading is noted."""
    actor = actor_of(request)
    check_may_read(actor, "plan.version")
    person = _found(pk, actor)
    note_reading(participant=person, page="plan", by=actor)
    page = plan_page(
        person,
        actor=actor,
        on=today(),
        list_href=list_href(request),
        shown=request.GET.get("versjon", ""),
        against=request.GET.get("mot", ""),
    )
    return render(request, TEMPLATE, {"page": page})


@require_GET
def pdf(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Hand out a version of a person's plan as PDF; the reading is noted."""
    actor = actor_of(request)
    check_may_read(actor, "plan.version")
    person = _found(pk, actor)
    page = plan_page(
        person,
        actor=actor,
        on=today(),
        list_href="",
        shown=request.GET.get("versjon", ""),
    )
    if not page.versions:
        raise Http404
    at = now()
    content = document(page, municipality=str(person.municipality), made_at=at)
    response = HttpResponse(
        print_plan(person, content, made_at=at, by=actor), content_type="application/pdf"
    )
    # No name in it: files lie about in folders.
    response["Content-Disposition"] = 'attachment; filename="integreringsplan.pdf"'
    return response


@require_POST
def start(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Begin a new version, a copy of the one in force or of what is known, and go to its form."""
    actor = actor_of(request)
    check_may_write(actor, "plan.content")
    person = _found(pk, actor)
    on = today()
    enrolment = case_of(person, on=on).enrolment
    first, last = enrolment.first_day, enrolment.planned_last_day
    # A list may tell an end before the start; a plan holds none such.
    is_backwards = first is not None and last is not None and last < first
    known = {
        "end_goal": enrolment.end_goal,
        "first_day": first,
        "last_day": None if is_backwards else last,
    }
    services.start_draft(participant=person, on=on, by=actor, known=known)
    return HttpResponseRedirect(reverse("entering:plan_form", args=[pk]))


@require_POST
def agree(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Agree the draft; refused with a sentence as long as it lacks something."""
    actor = actor_of(request)
    check_may_write(actor, "plan.content")
    person = _found(pk, actor)
    draft = draft_of(person)
    href = reverse("entering:plan", args=[pk])
    if draft is None:
        messages.info(request, _("Det er ingen kladd å avtale."))
        return HttpResponseRedirect(href)
    text = request.POST.get("agreed_on", "")
    typed = read_typed("programme.start", text, on=today())
    day = typed.value
    if not text.strip():
        return _refused(request, person, _("Skriv dagen planen ble avtalt."), text)
    if not isinstance(day, date):
        return _refused(request, person, typed.problem, text)
    if day > today():
        said = _("Planen kan ikke være avtalt på en dag som ikke har vært ennå.")
        return _refused(request, person, said, text)
    if day < draft.made_on:
        said = _("Planen kan ikke være avtalt før den ble laget.")
        return _refused(request, person, said, text)
    try:
        agree_plan(plan=draft, person=person, agreed_on=day, expected=_seen(request), by=actor)
    except services.Incomplete as no:
        said = " ".join(each.sentence for each in lacks_in_words(no.lacks))
        return _refused(request, person, _("Planen kan ikke avtales ennå. %s") % said, text)
    except services.TooEarly as no:
        said = _("Planen kan ikke være avtalt før planen som gjelder. Den ble avtalt %s.")
        return _refused(request, person, said % in_words(no.day), text)
    except services.Frozen:
        said = _("Noen andre avtalte planen i mellomtiden. Den gjelder nå.")
        return _refused(request, person, said, text, status=409)
    except ChangedMeanwhile:
        said = _("Noen andre endret kladden i mellomtiden. Se gjennom den, og avtal på nytt.")
        return _refused(request, person, said, text, status=409)
    forget(f"plan:{draft.pk}", actor=actor)
    messages.success(
        request, _("Plan %(number)s er avtalt og gjelder nå.") % {"number": draft.number}
    )
    agreed = version_with(versions_of(person), str(draft.pk))
    if warnings := disagreements_in_words(agreed) if agreed else ():
        messages.warning(request, " ".join((_("Måneder og datoer stemmer ikke."), *warnings)))
    return HttpResponseRedirect(href)


@require_POST
def discard(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a draft away, also one written while the person stood twice in Innpass."""
    actor = actor_of(request)
    check_may_write(actor, "plan.content")
    person = _found(pk, actor)
    href = reverse("entering:plan", args=[pk])
    version = version_with(versions_of(person), request.POST.get("plan", ""))
    if version is None:
        messages.info(request, _("Det er ingen kladd å slette."))
        return HttpResponseRedirect(href)
    shown = str(version.plan.pk)
    try:
        services.discard_draft(plan=version.plan, expected=_seen(request), by=actor)
    except services.Frozen:
        said = _("Planen er avtalt, og en avtalt plan kan ikke slettes.")
        return _refused(request, person, said, status=409, shown=shown)
    except ChangedMeanwhile:
        said = _("Noen andre endret kladden i mellomtiden. Se gjennom den, og slett på nytt.")
        return _refused(request, person, said, status=409, shown=shown)
    forget(f"plan:{shown}", actor=actor)
    messages.success(request, _("Kladden er slettet. Planen som gjelder, er som før."))
    return HttpResponseRedirect(href)


def _seen(request: HttpRequest) -> int:
    """Return the version of the draft that was on the screen."""
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 6 else 0


def _refused(
    request: HttpRequest,
    person: "Participant",
    said: str,
    text: str = "",
    *,
    status: int = 422,
    shown: str = "",
) -> HttpResponse:
    actor = actor_of(request)
    draft = draft_of(person)
    page = plan_page(
        person,
        actor=actor,
        on=today(),
        list_href=list_href(request),
        shown=shown or (str(draft.pk) if draft else ""),
        refusal=said,
        agree_day=text,
    )
    return render(request, TEMPLATE, {"page": page}, status=status)
