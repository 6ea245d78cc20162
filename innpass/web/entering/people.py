"""A new person, and the parts of a known one."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from innpass.casework.overview.known_names import strangers
from innpass.casework.participants.queries import find_participant
from innpass.casework.participants.services import note_reading
from innpass.casework.reconciliation.duplicates import barred_numbers
from innpass.casework.reconciliation.entering import (
    NUMBER_BARRED,
    NUMBER_TAKEN,
    CannotAdd,
    add_person,
)
from innpass.domain.access.roles import Actor
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
from innpass.web.design.words import unknown_names
from innpass.web.entering.assembling import (
    alike_people,
    forms_for,
    new_controls,
    person_controls,
    person_of,
    sections_of,
    trail_to,
    with_holders,
)
from innpass.web.entering.controls import Control, Typed, read_posted
from innpass.web.entering.forms import NEW_PERSON, PARTS, check_may_open
from innpass.web.entering.pages import AlikePerson, FormPage, Person
from innpass.web.entering.saving import chosen, new_values, save_values

if TYPE_CHECKING:
    from innpass.casework.participants.models import Participant

TEMPLATE, NEW_TEMPLATE = "entering/form.html", "entering/person.html"
NEW = "ny"  # the draft of a new person


# --- A part of a known person -------------------------------------------------------------------


@keeps_what_was_typed
@require_http_methods(["GET", "HEAD", "POST"])
def part(request: HttpRequest, pk: UUID, slug: str) -> HttpResponse:
    """Show a part of a person as a form, and save what was changed in it."""
    actor, form = actor_of(request), PARTS[slug]
    check_may_open(form, actor)
    person = find_participant(pk, actor=actor)
    if person is None:
        raise Http404
    key = f"{slug}:{pk}"
    href = reverse("entering:part", args=[pk, slug])
    controls = _with_whole_name(person_controls(form, person, actor=actor, on=today()), person)
    if request.method != "POST":
        note_reading(participant=person, page=f"entering_{slug}", by=actor)
        draft = restored(key, actor=actor)
        if draft:
            controls = _as_typed(controls, draft[0])
        return _part_page(
            request, person, slug, controls, actor=actor, restored_at=draft[1] if draft else None
        )
    if request.POST.get("act") == "discard":
        forget(key, actor=actor)
        return HttpResponseRedirect(href)
    typed = chosen(read_posted(controls, request.POST, orders=form.orders), request.POST)
    typed = _with_a_name(typed, controls)
    if typed.has_problems:
        return _part_page(request, person, slug, list(typed.controls), actor=actor, status=422)
    changed = ((name, typed.values[name]) for name in sorted(typed.changed))
    doubt = unknown_names(strangers(changed, actor=actor, on=today()))
    saved = save_values(person, typed, actor=actor)
    if not saved.is_done:
        note = _("Resten er lagret. Ett felt gjenstår.") if saved.act else ""
        return _part_page(
            request, person, slug, list(saved.controls), actor=actor, status=409, note=note
        )
    response = HttpResponseRedirect(reverse("participant:participant", args=[pk]))
    remember_saved(request, response, key=key, actor=actor)
    if saved.act:
        said = f"{_('%s er lagret.') % form.title} {doubt}".strip()
        messages.success(request, said, extra_tags=f"act {saved.act}")
    else:
        messages.info(request, _("Ingenting var endret, så det er ikke lagret noe nytt."))
    return response


def _part_page(
    request: HttpRequest,
    person: "Participant",
    slug: str,
    controls: list[Control],
    *,
    actor: Actor,
    status: int = 200,
    note: str = "",
    restored_at: datetime | None = None,
) -> HttpResponse:
    form = PARTS[slug]
    page = FormPage(
        person=person_of(person),
        title=str(form.title),
        trail=trail_to(person, Link(str(form.title)), list_href=list_href(request)),
        sections=sections_of(form, controls),
        draft=draft_for(f"{slug}:{person.pk}", actor=actor, restored_at=restored_at),
        back_href=reverse("participant:participant", args=[person.pk]),
        submit=_("Lagre"),
        forms=forms_for(person, actor=actor, current=slug),
        note=note,
        was_posted=status != 200,
    )
    return render(request, TEMPLATE, {"page": page}, status=status)


def _as_typed(controls: list[Control], draft: Mapping[str, str]) -> list[Control]:
    """Put a draft into the controls, without a word yet of what is wrong in it."""
    typed = read_posted(controls, draft)
    return [replace(each, problem="") for each in typed.controls]


def _with_whole_name(controls: list[Control], person: "Participant") -> list[Control]:
    """Tell the whole name where nobody has said which part of it is which."""
    texts = {each.name: each.text for each in controls}
    if texts.get("given_name") or texts.get("family_name"):
        return controls
    said = _("Hele navnet er «%s».") % person.name
    return [replace(each, help=said) if each.name == "given_name" else each for each in controls]


def _with_a_name(typed: Typed, before: list[Control]) -> Typed:
    """Refuse a person without a name, and half of one where none of its parts was known."""
    parts = ("given_name", "family_name")
    if not typed.changed & set(parts):
        return typed
    texts = {each.name: each.text.strip() for each in typed.controls}
    had = any(each.text for each in before if each.name in parts)
    empty = [name for name in parts if not texts.get(name)]
    if not empty or (had and len(empty) == 1):
        return typed
    said = _("Skriv både fornavn og etternavn.")
    return replace(
        typed,
        controls=tuple(
            replace(each, problem=said) if each.name == empty[0] else each
            for each in typed.controls
        ),
    )


# --- A new person -------------------------------------------------------------------------------


@keeps_what_was_typed
@require_http_methods(["GET", "HEAD", "POST"])
def new_person(request: HttpRequest) -> HttpResponse:
    """Show the form of a new person; save it unless somebody known may be the same."""
    actor = actor_of(request)
    check_may_open(NEW_PERSON, actor)
    controls = new_controls(actor=actor, on=today())
    if request.method != "POST":
        draft = restored(NEW, actor=actor)
        if draft:
            controls = _as_typed(controls, draft[0])
        return _new_page(
            request, controls, (), actor=actor, restored_at=draft[1] if draft else None
        )
    if request.POST.get("act") == "discard":
        forget(NEW, actor=actor)
        return HttpResponseRedirect(reverse("entering:new_person"))
    typed = read_posted(controls, request.POST, orders=NEW_PERSON.orders)
    values = new_values(typed)
    people, rows = alike_people(values, actor=actor, rejected=_rejected(request))
    checked = _with_numbers_checked(typed, values, people, actor=actor)
    if any(each.problem for each in checked):
        return _new_page(request, checked, people, actor=actor, status=422)
    if any(not each.is_rejected for each in people):
        return _new_page(request, checked, people, actor=actor, status=422, must_choose=True)
    doubt = unknown_names(strangers(values.items(), actor=actor, on=today()))
    act = uuid4()
    try:
        person = add_person(
            values,
            municipality_id=actor.municipality_id,
            by=actor,
            unlike=[rows[each.id] for each in people],
            act_id=act,
        )
    except CannotAdd as refusal:  # somebody else got the number meanwhile
        messages.warning(request, str(refusal))
        return _new_page(request, checked, people, actor=actor, status=422)
    response = HttpResponseRedirect(reverse("participant:participant", args=[person.pk]))
    remember_saved(request, response, key=NEW, actor=actor)
    said = f"{_('%s er lagt til.') % person.name} {doubt}".strip()
    messages.success(request, said, extra_tags=f"act {act}")
    return response


@require_POST
def alike(request: HttpRequest) -> HttpResponse:
    """Show who the person being typed may already be, while it is typed."""
    actor = actor_of(request)
    check_may_open(NEW_PERSON, actor)
    controls = new_controls(actor=actor, on=today())
    values = new_values(read_posted(controls, request.POST))
    people, _rows = alike_people(values, actor=actor, rejected=_rejected(request))
    page = _new_form(request, controls, people, actor=actor)
    return render(request, f"{NEW_TEMPLATE}#alike", {"page": page})


def _rejected(request: HttpRequest) -> frozenset[UUID]:
    """Return whom the user has said that the person is not."""
    found = set()
    for text in request.POST.getlist("other")[:50]:
        try:
            found.add(UUID(text))
        except ValueError:
            continue
    return frozenset(found)


def _with_numbers_checked(
    typed: Typed, values: Mapping[str, object], people: tuple[AlikePerson, ...], *, actor: Actor
) -> list[Control]:
    """Say beside a number that somebody has it already; of somebody hidden, no more than that."""
    numbers = {name: value for name, value in values.items() if name.startswith("ids.")}
    barred = barred_numbers(numbers, by=actor)  # type: ignore[arg-type]
    taken = {name for each in people for name in each.numbers if name in numbers}
    found = with_holders(typed.controls, taken, NUMBER_TAKEN)
    return with_holders(found, barred, NUMBER_BARRED)


def _new_form(
    request: HttpRequest,
    controls: list[Control],
    people: tuple[AlikePerson, ...],
    *,
    actor: Actor,
    must_choose: bool = False,
    restored_at: datetime | None = None,
    was_posted: bool = False,
) -> FormPage:
    return FormPage(
        person=Person(),
        title=str(NEW_PERSON.title),
        trail=trail_to(None, Link(str(NEW_PERSON.title)), list_href=list_href(request)),
        sections=sections_of(NEW_PERSON, controls),
        draft=draft_for(NEW, actor=actor, restored_at=restored_at),
        back_href=list_href(request),
        submit=_("Legg til deltaker"),
        alike=people,
        must_choose=must_choose,
        was_posted=was_posted,
    )


def _new_page(
    request: HttpRequest,
    controls: list[Control],
    people: tuple[AlikePerson, ...],
    *,
    actor: Actor,
    status: int = 200,
    must_choose: bool = False,
    restored_at: datetime | None = None,
) -> HttpResponse:
    page = _new_form(
        request,
        controls,
        people,
        actor=actor,
        must_choose=must_choose,
        restored_at=restored_at,
        was_posted=status != 200,
    )
    return render(request, NEW_TEMPLATE, {"page": page}, status=status)
