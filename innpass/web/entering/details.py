"""A person's placements, activities, leave and tests: the list, adding, correcting, withdrawing."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from innpass.casework.participants.queries import find_participant
from innpass.casework.participants.services import note_reading
from innpass.casework.reconciliation.details import (
    Detail,
    detail_at,
    details_of,
    withdraw_detail,
)
from innpass.casework.reconciliation.entering_rows import RowOutdated, add_detail, held
from innpass.domain.access.roles import Actor
from innpass.domain.sheets.records import TableKind
from innpass.domain.sheets.typed import as_text
from innpass.exchange.clock import today
from innpass.web.design.drafting import (
    draft_for,
    forget,
    keeps_what_was_typed,
    remember_saved,
    restored,
)
from innpass.web.design.gate import actor_of
from innpass.web.design.pages import Link
from innpass.web.design.way_back import list_href
from innpass.web.design.words import BODIES
from innpass.web.entering.assembling import (
    detail_controls,
    detail_href,
    forms_for,
    list_page,
    person_of,
    sections_of,
    trail_to,
)
from innpass.web.entering.clashing import checked
from innpass.web.entering.controls import Control, read_posted
from innpass.web.entering.forms import DETAILS, Form, check_may_open
from innpass.web.entering.pages import FormPage
from innpass.web.entering.saving import Saved, chosen, save_detail

if TYPE_CHECKING:
    from innpass.casework.participants.models import Participant

TEMPLATE, LIST_TEMPLATE = "entering/form.html", "entering/list.html"


def _asked_about(request: HttpRequest, pk: UUID, slug: str) -> tuple[Actor, Form, "Participant"]:
    actor, form = actor_of(request), DETAILS[slug]
    check_may_open(form, actor)
    person = find_participant(pk, actor=actor)
    if person is None:
        raise Http404
    return actor, form, person


def _kind(form: Form) -> TableKind:
    if form.kind is None:
        raise ValueError(f"{form.slug} has no periods")
    return form.kind


@require_GET
def details(request: HttpRequest, pk: UUID, slug: str) -> HttpResponse:
    """List a person's periods or tests of a kind, to add to and to correct."""
    actor, form, person = _asked_about(request, pk, slug)
    note_reading(participant=person, page=f"entering_{slug}", by=actor)
    page = list_page(
        person,
        form,
        details_of(person, _kind(form)),
        actor=actor,
        on=today(),
        list_href=list_href(request),
    )
    return render(request, LIST_TEMPLATE, {"page": page})


@keeps_what_was_typed
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, pk: UUID, slug: str) -> HttpResponse:
    """Show an empty form of a period or test, and save it."""
    actor, form, person = _asked_about(request, pk, slug)
    key = f"{slug}:{pk}"
    controls = [
        each for each in detail_controls(form, None, actor=actor, on=today()) if each.is_writable
    ]
    if request.method != "POST":
        note_reading(participant=person, page=f"entering_{slug}", by=actor)
        return _page_with_draft(request, person, form, controls, key=key, actor=actor)
    if request.POST.get("act") == "discard":
        forget(key, actor=actor)
        return HttpResponseRedirect(reverse("entering:add", args=[pk, slug]))
    typed = read_posted(controls, request.POST, orders=form.orders)
    act = uuid4()
    with held(person):
        typed = checked(person, form, typed, actor=actor)
        if not typed.has_problems:
            add_detail(person, _kind(form), typed.values, by=actor, act_id=act)
    if typed.has_problems:
        return _page(request, person, form, typed.controls, key=key, actor=actor, status=422)
    return _saved(
        request, person, form, key=key, actor=actor, act=act, said=_("Lagt til: %s.") % form.one
    )


@keeps_what_was_typed
@require_http_methods(["GET", "HEAD", "POST"])
def detail(
    request: HttpRequest, pk: UUID, slug: str, row: UUID, group: int | None = None
) -> HttpResponse:
    """Show a period or test, save what was corrected, or withdraw it."""
    actor, form, person = _asked_about(request, pk, slug)
    current = detail_at(person, _kind(form), row=row, group=group)
    if current is None:
        raise Http404
    key = f"{slug}:{row}:{'' if group is None else group}"
    controls = detail_controls(form, current, actor=actor, on=today())
    if request.method != "POST":
        note_reading(participant=person, page=f"entering_{slug}", by=actor)
        return _page_with_draft(
            request, person, form, controls, key=key, actor=actor, current=current
        )
    act = request.POST.get("act")
    if act == "discard":
        forget(key, actor=actor)
        return HttpResponseRedirect(detail_href(pk, form, current))
    if act == "withdraw":
        return _withdraw(request, person, form, current, controls, key=key, actor=actor)
    typed = chosen(read_posted(controls, request.POST, orders=form.orders), request.POST)
    try:
        with held(person):
            typed = checked(person, form, typed, actor=actor, current=current)
            saved = (
                Saved(None, typed.controls, False)
                if typed.has_problems
                else save_detail(current, typed, current, actor=actor)
            )
    except RowOutdated as no:
        messages.warning(request, str(no))
        return HttpResponseRedirect(reverse("entering:details", args=[pk, slug]))
    if saved.is_done:
        said = _("Lagret: %s.") % form.one
        return _saved(request, person, form, key=key, actor=actor, act=saved.act, said=said)
    status = 422 if typed.has_problems else 409
    return _page(
        request, person, form, saved.controls, key=key, actor=actor, current=current, status=status
    )


def _withdraw(
    request: HttpRequest,
    person: "Participant",
    form: Form,
    current: Detail,
    controls: Sequence[Control],
    *,
    key: str,
    actor: Actor,
) -> HttpResponse:
    reason = as_text(request.POST.get("reason", "")).strip()
    problem = "" if reason else _("Skriv hvorfor, for eksempel «Ført på feil person».")
    if len(reason) > 500:
        problem = _("Begrunnelsen er for lang. Skriv høyst 500 tegn.")
    if problem:
        return _page(
            request,
            person,
            form,
            controls,
            key=key,
            actor=actor,
            current=current,
            status=422,
            withdraw_problem=problem,
            withdraw_reason=reason,
        )
    act = uuid4()
    try:
        withdraw_detail(current, by=actor, reason=reason, act_id=act)
    except RowOutdated as no:
        messages.warning(request, str(no))
        return HttpResponseRedirect(reverse("entering:details", args=[person.pk, form.slug]))
    said = _("Trukket tilbake: %s.") % form.one
    return _saved(request, person, form, key=key, actor=actor, act=act, said=said)


def _saved(
    request: HttpRequest,
    person: "Participant",
    form: Form,
    *,
    key: str,
    actor: Actor,
    act: UUID | None,
    said: str,
) -> HttpResponse:
    response = HttpResponseRedirect(reverse("entering:details", args=[person.pk, form.slug]))
    remember_saved(request, response, key=key, actor=actor)
    if act:
        messages.success(request, said, extra_tags=f"act {act}")
    else:
        messages.info(request, _("Ingenting var endret, så det er ikke lagret noe nytt."))
    return response


def _page_with_draft(
    request: HttpRequest,
    person: "Participant",
    form: Form,
    controls: Sequence[Control],
    *,
    key: str,
    actor: Actor,
    current: Detail | None = None,
) -> HttpResponse:
    draft = restored(key, actor=actor)
    if draft is None:
        return _page(request, person, form, controls, key=key, actor=actor, current=current)
    typed = read_posted(controls, draft[0])
    return _page(
        request,
        person,
        form,
        [replace(each, problem="") for each in typed.controls],
        key=key,
        actor=actor,
        current=current,
        restored_at=draft[1],
    )


def _page(
    request: HttpRequest,
    person: "Participant",
    form: Form,
    controls: Sequence[Control],
    *,
    key: str,
    actor: Actor,
    current: Detail | None = None,
    status: int = 200,
    restored_at: datetime | None = None,
    withdraw_problem: str = "",
    withdraw_reason: str = "",
) -> HttpResponse:
    up = reverse("entering:details", args=[person.pk, form.slug])
    title = _("Rett %s") % form.one if current else str(form.add)
    page = FormPage(
        person=person_of(person),
        title=title,
        trail=trail_to(
            person, Link(str(form.title), up), Link(title), list_href=list_href(request)
        ),
        sections=sections_of(form, controls),
        draft=draft_for(key, actor=actor, restored_at=restored_at),
        back_href=up,
        submit=_("Lagre"),
        forms=forms_for(person, actor=actor, current=form.slug),
        withdrawing=str(form.one) if current else "",
        withdraw_problem=withdraw_problem,
        withdraw_reason=withdraw_reason,
        origin=_origin(current),
        was_posted=status != 200,
    )
    return render(request, TEMPLATE, {"page": page}, status=status)


def _origin(current: Detail | None) -> str:
    """Say where what is corrected comes from, where that is a file."""
    if current is None or str(current.owner) not in BODIES:
        return ""
    return _("Fra en fil fra: %s. Det du retter, gjelder foran filen.") % BODIES[str(current.owner)]
