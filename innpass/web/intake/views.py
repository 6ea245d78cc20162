"""The board of terms, a term, somebody taken in, and one person's way in."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from innpass.casework.audit.services import record_reading
from innpass.casework.intake import queries, services
from innpass.casework.intake.refusing import Refused
from innpass.casework.organisations.queries import ChangedMeanwhile
from innpass.casework.participants.queries import search_participants, visible_participants
from innpass.domain.access.policy import check_may_read, check_may_write
from innpass.domain.access.roles import Actor
from innpass.domain.intake.rules import rules_on
from innpass.exchange.clock import today
from innpass.web.design.gate import actor_of
from innpass.web.design.templatetags.design import day
from innpass.web.intake.assembling import (
    board_page,
    known_needs,
    other_terms,
    person_page,
    term_page,
)
from innpass.web.intake.forms import AddForm, MoveForm, NeedsForm, TermForm
from innpass.web.intake.pages import Choice, FormPage

_MOST_CANDIDATES = 8
MEANWHILE = gettext_lazy(
    "Noen andre har lagret siden du åpnet siden. Se over det som står nå, og lagre igjen."
)


def reader(request: HttpRequest) -> Actor:
    """Return who asks, if the intake is theirs to read.

    Raises:
        MayNot: it is not.
    """
    actor = actor_of(request)
    check_may_read(actor, "intake.term")
    return actor


def term_or_404(pk: UUID) -> Any:
    """Find a term.

    Raises:
        Http404: there is none.
    """
    term = queries.find_term(pk)
    if term is None:
        raise Http404
    return term


@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """Show the terms of the year to come."""
    page = board_page(actor=reader(request), on=today())
    return render(request, "intake/board.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def term(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a term; take in those who were chosen among the likely ones."""
    actor = reader(request)
    found = term_or_404(pk)
    if request.method == "POST":
        check_may_write(actor, "intake.term")
        chosen = set(request.POST.getlist("person"))
        likely = queries.likely(actor=actor, on=today()).get(found.pk, [])
        people = [one.person for one in likely if str(one.person.pk) in chosen]
        try:
            taken = services.take_in(
                term=found,
                people=people,
                by=actor,
                on=today(),
                reason=request.POST.get("reason", ""),
            )
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            _tell_taken_in(request, len(taken))
        return HttpResponseRedirect(reverse("intake:term", args=[pk]))
    page = term_page(found, actor=actor, on=today())
    return render(request, "intake/term.html", {"page": page})


def _tell_taken_in(request: HttpRequest, count: int) -> None:
    if not count:
        messages.warning(request, _("Velg minst én først. Ingenting er endret."))
        return
    told = _("%(n)s er tatt inn i terminen.")
    messages.success(request, told % {"n": count})


@require_http_methods(["GET", "HEAD", "POST"])
def new_term(request: HttpRequest) -> HttpResponse:
    """Make a term."""
    actor = reader(request)
    check_may_write(actor, "intake.term")
    rules = rules_on(today())
    usual = {
        "smallest_group": rules.smallest_group,
        "largest_group": rules.largest_group,
        "session_minutes": rules.session_minutes,
    }
    form = TermForm(request.POST if request.method == "POST" else None, initial=usual)
    refusals: tuple[str, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            made = services.save_term(values=form.cleaned_data, by=actor)
            return HttpResponseRedirect(reverse("intake:term", args=[made.pk]))
        except Refused as refusal:
            refusals = tuple(refusal.sentences)
    page = FormPage(
        heading=_("Ny termin"),
        form=form,
        save=_("Lag terminen"),
        back_href=reverse("intake:board"),
        back_label=_("Inntak"),
        refusals=refusals,
    )
    return form_response(request, page)


def form_response(request: HttpRequest, page: FormPage) -> HttpResponse:
    """Draw a page with one form; what was sent and could not be kept is answered 422."""
    status = 422 if request.method == "POST" else 200
    return render(request, "intake/form.html", {"page": page}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_term(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change a term."""
    actor = reader(request)
    check_may_write(actor, "intake.term")
    found = term_or_404(pk)
    known = {name: getattr(found, name) for name in services.TERM_VALUES}
    version = found.version
    form = TermForm(request.POST if request.method == "POST" else None, initial=known)
    refusals: tuple[str, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            services.save_term(
                values=form.cleaned_data, by=actor, term=found, expected=sent_version(request)
            )
            messages.success(request, _("Terminen er lagret."))
            return HttpResponseRedirect(reverse("intake:term", args=[pk]))
        except Refused as refusal:
            refusals = tuple(refusal.sentences)
        except ChangedMeanwhile:
            refusals = (str(MEANWHILE),)
    page = FormPage(
        heading=_("Endre terminen"),
        form=form,
        save=_("Lagre"),
        back_href=reverse("intake:term", args=[pk]),
        back_label=found.name,
        refusals=refusals,
        version=version,
    )
    return form_response(request, page)


def sent_version(request: HttpRequest) -> int:
    """Read the version that was on the screen; 0 where it says none."""
    sent = request.POST.get("version", "")
    return int(sent) if sent.isdecimal() and len(sent) < 9 else 0


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take somebody in by hand; where several have the name, let one be chosen."""
    actor = reader(request)
    check_may_write(actor, "intake.term")
    found = term_or_404(pk)
    form = AddForm(request.POST if request.method == "POST" else None)
    refusals: tuple[str, ...] = ()
    candidates: tuple[Choice, ...] = ()
    if request.method == "POST" and form.is_valid():
        people = _named(request, form.cleaned_data["name"], actor)
        if not people:
            form.add_error("name", _("Vi fant ingen deltaker med det navnet som du kan se."))
        elif len(people) > 1:
            candidates = tuple(
                Choice(str(one.pk), f"{one.name} {day(one.birth_date)}".strip()) for one in people
            )
        else:
            try:
                taken = services.take_in(
                    term=found,
                    people=people,
                    by=actor,
                    on=today(),
                    reason=form.cleaned_data["reason"],
                )
            except Refused as refusal:
                refusals = tuple(refusal.sentences)
            else:
                if taken:
                    messages.success(request, _("%(name)s er tatt inn.") % {"name": people[0].name})
                    return HttpResponseRedirect(reverse("intake:person", args=[taken[0].pk]))
                form.add_error("name", _("Personen er med i terminen fra før."))
    page = FormPage(
        heading=_("Ta inn en deltaker"),
        form=form,
        save=_("Ta inn"),
        back_href=reverse("intake:term", args=[pk]),
        back_label=found.name,
        intro=_(
            "Er personen i en annen termin, flyttes han eller hun hit. Det som er ført om språk og "
            "barnepass, følger med."
        ),
        refusals=refusals,
        candidates=candidates,
    )
    return form_response(request, page)


def _named(request: HttpRequest, name: str, actor: Actor) -> list[Any]:
    """Find who is meant: the one chosen among several, or those whose names fit."""
    chosen = request.POST.get("person", "")
    found = search_participants(name, actor=actor, most=_MOST_CANDIDATES)
    picked = [one for one in found if str(one.pk) == chosen]
    same = list(visible_participants(actor).filter(name__iexact=" ".join(name.split()))[:2])
    return picked or (same if len(same) == 1 else found)


@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one person's way in; note needs, move to another term or out."""
    actor = reader(request)
    intake = queries.find_intake(pk, actor=actor)
    found = queries.members(intake.term, actor=actor, only=pk) if intake else []
    if not found or intake is None:
        raise Http404
    member, here = found[0], HttpResponseRedirect(reverse("intake:person", args=[pk]))
    shown: dict[str, Any] = {}
    if request.method == "POST" and request.POST.get("act") == "move":
        check_may_write(actor, "intake.term")
        shown["move_form"] = form = MoveForm(request.POST, terms=other_terms(intake, today()))
        if form.is_valid():
            try:
                return _move(request, member, form, actor)
            except Refused as refusal:
                shown["refusals"] = tuple(refusal.sentences)
    elif request.method == "POST":
        check_may_write(actor, "intake.language")
        shown["form"] = needs = NeedsForm(request.POST)
        if needs.is_valid():
            try:
                services.describe(intake, values=needs.values, shown=needs.shown, by=actor)
            except Refused as refusal:
                member = queries.members(intake.term, actor=actor, only=pk)[0]
                shown["form"] = needs.beside(known_needs(member.intake))
                shown["refusals"] = tuple(refusal.sentences)
            else:
                messages.success(request, _("Lagret."))
                return here
    page = person_page(member, actor=actor, on=today(), **shown)
    if request.method != "POST":
        record_reading(
            municipality_id=actor.municipality_id,
            actor_id=actor.user_id,
            subject_id=member.person.pk,
            page="intake",
        )
    status = 422 if request.method == "POST" else 200
    return render(request, "intake/person.html", {"page": page}, status=status)


def _move(request: HttpRequest, member: Any, form: MoveForm, actor: Actor) -> HttpResponse:
    into = form.cleaned_data["into"]
    target = queries.find_term(UUID(into)) if into else None
    moved = services.leave_term(
        member.intake, reason=form.cleaned_data["reason"], by=actor, on=today(), into=target
    )
    name = member.person.name
    if moved is not None and target is not None:
        messages.success(
            request, _("%(name)s er flyttet til %(term)s.") % {"name": name, "term": target.name}
        )
        return HttpResponseRedirect(reverse("intake:person", args=[moved.pk]))
    messages.success(request, _("%(name)s er tatt ut av terminen.") % {"name": name})
    return HttpResponseRedirect(reverse("intake:term", args=[member.intake.term_id]))
