"""Saying that two participants are one, or that rows of one are about another."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from innpass.casework.participants.queries import Participant, find_participant
from innpass.casework.participants.services import note_reading
from innpass.casework.reconciliation.joining import CannotDecide, join_people, part_rows
from innpass.domain.access.policy import MayNot, check_may_undo_link
from innpass.domain.access.roles import Actor
from innpass.web.design.gate import actor_of
from innpass.web.joining.assembling import form_about, join_page, part_page
from innpass.web.joining.forms import ReasonForm, SearchForm, uuids


def _person(pk: UUID, actor: Actor) -> Participant:
    check_may_undo_link(actor)
    person = find_participant(pk, actor=actor)
    if person is None:
        raise Http404
    return person


def _other(value: str, person: Participant, actor: Actor) -> Participant | None:
    for pk in uuids([value]) - {person.pk}:
        return _person(pk, actor)
    return None


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Search for the other, compare the two side by side, and say that they are one."""
    actor = actor_of(request)
    person = _person(pk, actor)
    if request.method != "POST":
        other = _other(request.GET.get("med", ""), person, actor)
        for each in (person, other) if other else (person,):
            note_reading(participant=each, page="join", by=actor)
        return _joining(request, join_page(person, actor=actor, other=other))
    if request.POST.get("act") != "join":
        search = SearchForm(request.POST)
        page = join_page(person, actor=actor, search=search)
        return _joining(request, page, 200 if search.is_valid() else 422)
    other = _other(request.POST.get("other", ""), person, actor)
    if other is None:
        return HttpResponseRedirect(reverse("joining:join", args=[pk]))
    form = form_about(person, other)(request.POST)
    if not form.is_valid():
        return _joining(request, join_page(person, actor=actor, other=other, form=form), 422)
    try:
        one = join_people(
            person.pk,
            other.pk,
            municipality_id=person.municipality_id,
            by=actor,
            reason=form.cleaned_data["reason"],
            is_sure=form.cleaned_data.get("is_sure", False),
        )
    except (CannotDecide, MayNot) as no:
        page = join_page(person, actor=actor, other=other, form=form, obstacle=str(no))
        return _joining(request, page, 422)
    messages.success(request, _("De er slått sammen. Du kan ta det tilbake her i historikken."))
    return HttpResponseRedirect(reverse("history:history", args=[one.pk]))


def _joining(request: HttpRequest, page: object, status: int = 200) -> HttpResponse:
    return render(request, "joining/join.html", {"page": page}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def part(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Choose the rows that are about somebody else, and say so."""
    actor = actor_of(request)
    person = _person(pk, actor)
    if request.method != "POST":
        note_reading(participant=person, page="part", by=actor)
        return render(request, "joining/part.html", {"page": part_page(person, actor=actor)})
    rows = uuids(request.POST.getlist("rows"))
    whose = {
        name.removeprefix("whose."): value
        for name, value in request.POST.items()
        if name.startswith("whose.") and value in ("stay", "leave")
    }
    form = ReasonForm(request.POST)
    obstacle = ""
    if form.is_valid():
        try:
            part_rows(
                person.pk,
                rows,
                municipality_id=person.municipality_id,
                by=actor,
                reason=form.cleaned_data["reason"],
                goes_along={name: value == "leave" for name, value in whose.items()},
            )
        except (CannotDecide, MayNot) as no:
            obstacle = str(no)
        else:
            messages.success(
                request, _("Radene er skilt ut. Du kan ta det tilbake her i historikken.")
            )
            return HttpResponseRedirect(reverse("history:history", args=[pk]))
    page = part_page(person, actor=actor, chosen=rows, whose=whose, form=form, obstacle=obstacle)
    return render(request, "joining/part.html", {"page": page}, status=422)
