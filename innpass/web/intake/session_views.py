"""Sessions: making and holding them, their lists and letters, interpreters, and questions."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from innpass.casework.audit.services import record_readings
from innpass.casework.intake import holding, inviting, queries
from innpass.casework.intake.refusing import NamesPeople, Refused
from innpass.casework.organisations.queries import ChangedMeanwhile, staff
from innpass.domain.access.policy import check_may_write
from innpass.domain.access.roles import Actor, Role
from innpass.exchange.clock import today
from innpass.web.design.gate import actor_of
from innpass.web.intake.forms import SessionForm
from innpass.web.intake.pages import FormPage
from innpass.web.intake.sessions import (
    CAME_STATES,
    Said,
    interpreters_page,
    print_page,
    questions_page,
    session_page,
)
from innpass.web.intake.views import MEANWHILE, form_response, reader, sent_version, term_or_404


def _session_or_404(pk: UUID, actor: Actor) -> Any:
    found = queries.find_session(pk, actor=actor)
    if found is None:
        raise Http404
    return found


def _staff_choices(on: Any) -> dict[str, Any]:
    people = staff(on=on)

    def of(*roles: Role) -> list[tuple[str, str]]:
        return [(str(user.pk), str(user)) for user, theirs in people.items() if theirs & set(roles)]

    return {
        "leaders": of(Role.PROGRAMME_ADVISER, Role.PRACTICE_SUPERVISOR, Role.LEADER),
        "supervisors": of(Role.PRACTICE_SUPERVISOR),
    }


def _values(form: SessionForm) -> dict[str, Any]:
    users = {str(user.pk): user for user in staff(on=today())}
    return {
        **{name: form.cleaned_data[name] for name in ("day", "minutes", "capacity")},
        "start": form.start_minute,
        "place": " ".join(form.cleaned_data["place"].split()),
        "leader": users.get(form.cleaned_data["leader"]),
        "supervisor": users.get(form.cleaned_data["supervisor"]),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def new_session(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Make a session for a group, or for one person alone."""
    actor = reader(request)
    check_may_write(actor, "intake.term")
    term = term_or_404(pk)
    wanted = _uuid(request.GET.get("for", ""))
    alone = queries.find_intake(wanted, actor=actor) if wanted else None
    if wanted and (alone is None or alone.term_id != term.pk):
        raise Http404
    usual = {"minutes": term.session_minutes}
    form = SessionForm(
        request.POST if request.method == "POST" else None,
        initial=usual,
        **_staff_choices(today()),
    )
    refusals: tuple[str, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            made = holding.save_session(
                term=term, values=_values(form), by=actor, on=today(), alone=alone
            )
            messages.success(request, _("Samtalen er lagret."))
            return HttpResponseRedirect(
                reverse("intake:session", args=[made.pk])
                if alone
                else reverse("intake:term", args=[pk])
            )
        except Refused as refusal:
            refusals = tuple(refusal.sentences)
    name = queries.owner_of(alone).name if alone else ""
    page = FormPage(
        heading=_("Egen inntakssamtale") if alone else _("Ny inntakssamtale"),
        form=form,
        save=_("Lagre samtalen"),
        back_href=reverse("intake:term", args=[pk]),
        back_label=term.name,
        intro=_("Bare for %(name)s.") % {"name": name} if alone else "",
        refusals=refusals,
    )
    return form_response(request, page)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_session(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change when, where and by whom a session is held."""
    actor = reader(request)
    check_may_write(actor, "intake.term")
    found = _session_or_404(pk, actor)
    known = {
        **{name: getattr(found, name) for name in ("day", "minutes", "place", "capacity")},
        "start": f"{found.start // 60:02d}:{found.start % 60:02d}",
        "leader": str(found.leader_id or ""),
        "supervisor": str(found.supervisor_id or ""),
    }
    version = found.version
    form = SessionForm(
        request.POST if request.method == "POST" else None,
        initial=known,
        **_staff_choices(today()),
    )
    refusals: tuple[str, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            holding.save_session(
                term=found.term,
                values=_values(form),
                by=actor,
                on=today(),
                session=found,
                expected=sent_version(request),
            )
            messages.success(request, _("Samtalen er lagret."))
            return HttpResponseRedirect(reverse("intake:session", args=[pk]))
        except Refused as refusal:
            refusals = tuple(refusal.sentences)
        except ChangedMeanwhile:
            refusals = (str(MEANWHILE),)
    page = FormPage(
        heading=_("Endre inntakssamtalen"),
        form=form,
        save=_("Lagre samtalen"),
        back_href=reverse("intake:session", args=[pk]),
        back_label=_("Inntakssamtalen"),
        refusals=refusals,
        version=version,
    )
    return form_response(request, page)


@require_http_methods(["GET", "HEAD", "POST"])
def session(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a session; note who came, what was told and what was asked."""
    actor = reader(request)
    found = _session_or_404(pk, actor)
    said = Said()
    if request.method == "POST" and request.POST.get("act") == "cancel":
        if request.POST.get("confirmed") != "yes":
            check_may_write(actor, "intake.term")
            page = session_page(found, actor=actor, on=today(), said=said, asks_to_cancel=True)
            return render(request, "intake/session.html", {"page": page})
        try:
            holding.cancel_session(found, by=actor)
        except Refused as refusal:
            said = Said(refusals=tuple(refusal.sentences))
        else:
            messages.success(request, _("Samtalen er avlyst."))
            return HttpResponseRedirect(reverse("intake:term", args=[found.term_id]))
    elif request.method == "POST":
        check_may_write(actor, "intake.attendance")
        act = {"came": _note_attendance, "points": _tick, "question": _ask}.get(
            request.POST.get("act", "")
        )
        said = act(request, found, actor) if act else Said()
        if not said.refusals:
            return HttpResponseRedirect(reverse("intake:session", args=[pk]))
    page = session_page(found, actor=actor, on=today(), said=said)
    status = 422 if said.refusals else 200
    return render(request, "intake/session.html", {"page": page}, status=status)


def _note_attendance(request: HttpRequest, found: Any, actor: Actor) -> Said:
    states = {
        name.removeprefix("came-"): state
        for name in request.POST
        if name.startswith("came-") and (state := _sent_state(request, name))
    }
    shown = {key: _sent_state(request, f"was-{key}") or "invited" for key in states}
    try:
        away = inviting.note_attendance(
            found,
            states,
            by=actor,
            on=today(),
            shown=shown,
            rest_came=request.POST.get("rest") == "came",
        )
    except Refused as refusal:
        changed = {key: state for key, state in states.items() if state != shown[key]}
        return Said(refusals=tuple(refusal.sentences), shown=shown, changed=changed)
    moved = sum(1 for one in away if one.moved_to is not None)
    told = _("Oppmøtet er lagret.")
    if moved:
        told += " " + _("%(n)s er invitert til neste samtale.") % {"n": moved}
    messages.success(request, told)
    if len(away) > moved:
        left = len(away) - moved
        messages.warning(
            request,
            _("For %(n)s passer ingen senere samtale. Se øverst under Inntak.") % {"n": left},
        )
    return Said()


def _sent_state(request: HttpRequest, name: str) -> str:
    """Read a state of attendance; empty where none was sent."""
    return CAME_STATES.get(request.POST.get(name, ""), "")


def _tick(request: HttpRequest, found: Any, actor: Actor) -> Said:
    holding.tick_points(
        found,
        set(request.POST.getlist("told")),
        shown=set(request.POST.getlist("was-told")),
        own=request.POST.get("own", ""),
        by=actor,
    )
    messages.success(request, _("Agendaen er lagret."))
    return Said()


def _ask(request: HttpRequest, found: Any, actor: Actor) -> Said:
    text = request.POST.get("question", "")
    try:
        holding.note_question(
            found, text, by=actor, is_confirmed=request.POST.get("confirmed") == text
        )
    except NamesPeople as refusal:
        return Said(refusals=tuple(refusal.sentences), typed=text, ask_to_confirm=True)
    except Refused as refusal:
        return Said(refusals=tuple(refusal.sentences), typed=text)
    messages.success(request, _("Spørsmålet er lagret."))
    return Said()


@require_GET
def name_list(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the list of those invited, to be printed."""
    return _printed(request, pk, "intake/list.html")


@require_GET
def letters(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show an invitation to each, to be printed."""
    return _printed(request, pk, "intake/letters.html")


def _printed(request: HttpRequest, pk: UUID, template: str) -> HttpResponse:
    actor = reader(request)
    found = _session_or_404(pk, actor)
    page, people = print_page(
        found,
        actor=actor,
        municipality=str(request.municipality),  # type: ignore[attr-defined]
    )
    record_readings(
        municipality_id=actor.municipality_id,
        actor_id=actor.user_id,
        subject_ids=people,
        page="intake_print",
    )
    return render(request, template, {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def interpreters(request: HttpRequest) -> HttpResponse:
    """Show which interpreters are needed, by week; note how far each booking is."""
    actor = reader(request)
    refusals: tuple[str, ...] = ()
    if request.method == "POST":
        check_may_write(actor, "intake.term")
        wanted = _uuid(request.POST.get("session", ""))
        found = queries.find_session(wanted, actor=actor) if wanted else None
        language, state = request.POST.get("language", ""), request.POST.get("state", "")
        known = {need.language for need in queries.interpreter_needs(actor, pk=wanted)}
        if found is None or language not in known or state not in holding.BOOKING_STATES:
            refusals = (_("Listen har endret seg. Last siden på nytt. Ingenting er lagret."),)
        else:
            try:
                holding.book_interpreter(
                    found,
                    language,
                    state=state,
                    reference=request.POST.get("reference", ""),
                    seen=request.POST.get("seen"),
                    by=actor,
                )
                messages.success(request, _("Bestillingen er lagret."))
                return HttpResponseRedirect(reverse("intake:interpreters"))
            except Refused as refusal:
                refusals = tuple(refusal.sentences)
    page = interpreters_page(actor=actor, on=today(), refusals=refusals, typed=request.POST)
    status = 422 if refusals else 200
    return render(request, "intake/interpreters.html", {"page": page}, status=status)


@require_GET
def questions(request: HttpRequest) -> HttpResponse:
    """Show what was asked in the sessions."""
    page = questions_page(actor=reader(request))
    return render(request, "intake/questions.html", {"page": page})


@require_POST
def seen(request: HttpRequest) -> HttpResponse:
    """Note that somebody has seen to those who did not come."""
    actor = actor_of(request)
    check_may_write(actor, "intake.attendance")
    count = inviting.mark_seen(set(request.POST.getlist("invitation")), by=actor)
    if count:
        told = _("%(n)s er merket som sett.")
        messages.success(request, told % {"n": count})
    else:
        messages.warning(request, _("Velg minst én først. Ingenting er endret."))
    return HttpResponseRedirect(reverse("intake:board"))


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
