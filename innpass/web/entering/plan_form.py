"""A draft of the integration plan as a form."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from innpass.casework.organisations.queries import ChangedMeanwhile
from innpass.casework.participants.queries import find_participant
from innpass.casework.participants.services import note_reading
from innpass.casework.plans.queries import ELEMENT_VALUES, VALUES, draft_of
from innpass.casework.plans.services import MOST_ELEMENTS, Frozen, save_draft
from innpass.domain.access.policy import check_may_write
from innpass.domain.access.roles import Actor
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
from innpass.web.entering.assembling import person_of, trail_to
from innpass.web.entering.pages import Fields
from innpass.web.entering.plan_controls import (
    SECTIONS,
    TypedPlan,
    element_controls,
    plan_controls,
    read_plan,
    rows_for,
    without_problems,
)
from innpass.web.entering.plan_pages import PlanFormPage

if TYPE_CHECKING:
    from innpass.casework.participants.models import Participant
    from innpass.casework.plans.models import IntegrationPlan

TEMPLATE = "entering/plan_form.html"


@keeps_what_was_typed
@require_http_methods(["GET", "HEAD", "POST"])
def plan_form(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the draft of a person's plan as a form, and save it whole."""
    actor = actor_of(request)
    check_may_write(actor, "plan.content")
    person = find_participant(pk, actor=actor)
    if person is None:
        raise Http404
    plan = draft_of(person)
    overview = reverse("entering:plan", args=[pk])
    if plan is None:
        messages.info(request, _("Det er ingen kladd til planen. Lag en ny versjon først."))
        return HttpResponseRedirect(overview)
    key = f"plan:{plan.pk}"
    if request.method != "POST":
        note_reading(participant=person, page="entering_plan", by=actor)
        kept = restored(key, actor=actor)
        if kept is None:
            return _page(request, person, plan, _typed(plan, None), actor=actor)
        typed = without_problems(_typed(plan, kept[0]))
        seen = _number(kept[0].get("version", ""))
        return _page(request, person, plan, typed, actor=actor, restored_at=kept[1], version=seen)
    act = request.POST.get("act")
    if act == "discard":
        forget(key, actor=actor)
        return HttpResponseRedirect(request.path)
    typed = _typed(plan, request.POST, more=2 if act == "more" else 0)
    if act == "more":
        return _page(request, person, plan, without_problems(typed), actor=actor, was_posted=True)
    if typed.has_problems:
        return _page(request, person, plan, typed, actor=actor, was_posted=True, status=422)
    try:
        save_draft(
            plan=plan,
            values=typed.values,
            elements=typed.element_values,
            expected=_number(request.POST.get("version", "")),
            by=actor,
        )
    except Frozen:
        said = _(
            "Noen andre avtalte planen mens du skrev, og en avtalt plan kan ikke endres. Det du "
            "skrev, står her fortsatt. Lag en ny versjon, og skriv det inn der."
        )
        return _page(
            request, person, plan, typed, actor=actor, was_posted=True, status=409, note=said
        )
    except ChangedMeanwhile:
        return _page(
            request,
            person,
            plan,
            typed,
            actor=actor,
            was_posted=True,
            status=409,
            note=_(
                "Noen andre lagret kladden mens du skrev. Det du skrev, står her fortsatt. "
                "Lagrer du igjen, gjelder det som står her. Se først hva den andre lagret."
            ),
        )
    response = HttpResponseRedirect(f"{overview}?versjon={plan.pk}")
    remember_saved(request, response, key=key, actor=actor)
    messages.success(request, _("Kladden til plan %(number)s er lagret.") % {"number": plan.number})
    return response


def _typed(
    plan: "IntegrationPlan", posted: Mapping[str, str] | None, *, more: int = 0
) -> TypedPlan:
    values = {name: getattr(plan, name) for name in VALUES}
    elements = [
        {name: getattr(each, name) for name in ELEMENT_VALUES}
        for each in plan.elements.order_by("place")
    ]
    rows = rows_for(len(elements))
    if posted is not None:
        rows = min(max(_number(posted.get("rows", "")), len(elements)) + more, MOST_ELEMENTS)
    controls = plan_controls(values, is_first=plan.number == 1)
    drawn = element_controls(elements, rows)
    if posted is None:
        return TypedPlan(controls, drawn, values, tuple(elements))
    return read_plan(controls, drawn, posted)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else 0


def _page(
    request: HttpRequest,
    person: "Participant",
    plan: "IntegrationPlan",
    typed: TypedPlan,
    *,
    actor: Actor,
    status: int = 200,
    note: str = "",
    was_posted: bool = False,
    restored_at: datetime | None = None,
    version: int | None = None,
) -> HttpResponse:
    overview = reverse("entering:plan", args=[person.pk])
    title = _("Kladd til plan %(number)s") % {"number": plan.number}
    page = PlanFormPage(
        person=person_of(person),
        title=title,
        trail=trail_to(
            person,
            Link(_("Integreringsplan"), overview),
            Link(title),
            list_href=list_href(request),
        ),
        sections=tuple(
            Fields(
                str(heading),
                tuple(typed.controls[name] for name in names if name in typed.controls),
            )
            for heading, names in SECTIONS
        ),
        elements=tuple(
            Fields(_("Element %(n)s") % {"n": place}, tuple(controls.values()))
            for place, controls in enumerate(typed.elements, start=1)
        ),
        draft=draft_for(f"plan:{plan.pk}", actor=actor, restored_at=restored_at),
        back_href=overview,
        submit=_("Lagre kladden"),
        version=plan.version if version is None else version,
        note=note,
        stored_href=f"{overview}?versjon={plan.pk}" if status == 409 else "",
        was_posted=was_posted,
    )
    return render(request, TEMPLATE, {"page": page}, status=status)
