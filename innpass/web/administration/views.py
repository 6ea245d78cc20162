"""Who reads which field, and whose address is protected."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from innpass.casework.accounts.queries import users_named
from innpass.casework.intake.inviting import keep_apart
from innpass.casework.organisations.queries import ChangedMeanwhile
from innpass.casework.participants.queries import find_participant, marks_that_hold
from innpass.casework.participants.services import lift_protection, set_protection
from innpass.domain.access.policy import check_may_set_protection
from innpass.domain.access.roles import Actor
from innpass.web.administration.assembling import Marking, fields_page, protection_page
from innpass.web.administration.forms import LiftForm, SearchForm
from innpass.web.design.gate import actor_of

TEMPLATE = "administration/protection.html"


@require_GET
def fields(request: HttpRequest) -> HttpResponse:
    """Show the access table: no secret, every member of staff may know what the others read."""
    actor = actor_of(request)
    return render(request, "administration/fields.html", {"page": fields_page(actor=actor)})


@require_http_methods(["GET", "HEAD", "POST"])
def protection(request: HttpRequest) -> HttpResponse:
    """Show the marks one is named in; search for a person, set a mark, lift one."""
    actor = actor_of(request)
    check_may_set_protection(actor)
    if request.method != "POST":
        marking = Marking.of_person(_uuid(request.GET.get("deltaker", "")), actor=actor)
        return _page(request, actor, marking)
    act = request.POST.get("act", "")
    if act == "set":
        return _set(request, actor)
    if act == "lift":
        return _lift(request, actor)
    form = SearchForm(request.POST)
    if not form.is_valid():
        return _page(request, actor, Marking(search=form), status=422)
    return _page(request, actor, Marking.found(form, actor=actor))


def _set(request: HttpRequest, actor: Actor) -> HttpResponse:
    marking = Marking.posted(request.POST, actor=actor)
    form = marking.form
    if form is None or not form.is_valid():
        return _page(request, actor, marking, status=422)
    person = find_participant(UUID(form.cleaned_data["participant"]), actor=actor)
    if person is None or person.is_protected:
        messages.warning(request, _("Deltakeren er alt merket, eller du ser den ikke lenger."))
        return _back()
    named = users_named([UUID(pk) for pk in form.cleaned_data.get("named", ())])
    try:
        set_protection(
            participant=person, named=named, reason=form.cleaned_data["reason"], by=actor
        )
    except ChangedMeanwhile:
        messages.warning(request, _("Noen andre endret deltakeren samtidig. Prøv igjen."))
        return _back()
    keep_apart(person=person.pk)
    messages.success(request, _("%(name)s er merket.") % {"name": person.name})
    return _back()


def _lift(request: HttpRequest, actor: Actor) -> HttpResponse:
    pk = _uuid(request.POST.get("mark", ""))
    mark = marks_that_hold(actor).filter(pk=pk).first() if pk else None
    if mark is None:
        messages.warning(request, _("Merket er alt opphevet."))
        return _back()
    form = LiftForm.of(mark.pk, request.POST)
    if not form.is_valid():
        return _page(request, actor, Marking(), lifting=form, status=422)
    try:
        lift_protection(mark=mark, reason=form.cleaned_data["reason"], by=actor)
    except ChangedMeanwhile:
        messages.warning(request, _("Noen andre endret merket samtidig. Prøv igjen."))
        return _back()
    messages.success(
        request, _("Merket på %(name)s er opphevet.") % {"name": mark.participant.name}
    )
    return _back()


def _page(
    request: HttpRequest,
    actor: Actor,
    marking: Marking,
    lifting: LiftForm | None = None,
    status: int = 200,
) -> HttpResponse:
    page = protection_page(actor=actor, marking=marking, lifting=lifting)
    return render(request, TEMPLATE, {"page": page}, status=status)


def _back() -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("administration:protection"))


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
