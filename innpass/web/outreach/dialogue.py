"""The dialogue with employers: one line at a time, and who has not been heard of for long."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from innpass.casework.outreach import dialogue as services
from innpass.casework.outreach import queries
from innpass.casework.outreach.queries import Candidate
from innpass.casework.outreach.refusing import Refused
from innpass.domain.access.policy import Act, check_may, may
from innpass.domain.access.roles import Actor
from innpass.domain.sheets.typed import as_text
from innpass.exchange.clock import today
from innpass.web.design.gate import actor_of
from innpass.web.design.pages import page_number, paging
from innpass.web.design.templatetags.design import day
from innpass.web.outreach.assembling import event_lines, line_form, quick_box, spoken_lines
from innpass.web.outreach.board import tabs_for
from innpass.web.outreach.choosing import (
    SHOWS,
    Filter,
    area_choices,
    notes_of,
    uuids,
)
from innpass.web.outreach.editing import FormPage, answer, posted, sent_version, tell
from innpass.web.outreach.forms import LineForm
from innpass.web.outreach.pages import Choice, DialoguePage, EmployerPage, QuickBox, TouchLine
from innpass.web.outreach.words import KINDS, TOUCHES, since

_ON_A_PAGE, _LATEST, _EVENTS, _MOST_MEANT = 20, 8, 40, 8
_LONG = 30  # days: what «Lenge siden» means
_LONG_AGO = "lenge"
_SHOWS = {**SHOWS, _LONG_AGO: gettext_lazy("Ikke kontakt på 30 dager")}


@require_http_methods(["GET", "HEAD", "POST"])
def dialogue(request: HttpRequest) -> HttpResponse:
    """Show when somebody was last in touch with whom; keep a line about one of them."""
    actor, on = actor_of(request), today()
    check_may(actor, Act.SEE_DIALOGUE)
    quick = None
    if request.method == "POST":
        check_may(actor, Act.NOTE_DIALOGUE)
        quick = _keep(request, actor, on)
        if quick is None:
            return HttpResponseRedirect(_back(request))
    page = _dialogue_page(request, actor=actor, on=on, quick=quick)
    status = 422 if quick else 200
    return render(request, "outreach/dialogue.html", {"page": page}, status=status)


def _back(request: HttpRequest) -> str:
    name = "outreach:board" if request.POST.get("from") == "board" else "outreach:dialogue"
    return reverse(name)


def _keep(request: HttpRequest, actor: Actor, on: date) -> QuickBox | None:
    """Keep a line about the employer that was named; give the form back where it cannot be."""
    form = LineForm(request.POST)
    typed = " ".join(as_text(request.POST.get("employer", "")).split())[:120]
    meant = _meant(actor, typed, request.POST.get("chosen", ""), on)
    trouble = ""
    candidates: tuple[Choice, ...] = ()
    if not meant:
        trouble = _("Vi fant ingen arbeidsgiver som heter det. Velg fra listen.")
    elif len(meant) > 1:
        trouble = _("Flere passer med navnet. Hvem mener du?")
        candidates = tuple(Choice(str(each.pk), each.name) for each in meant)
    if form.is_valid() and len(meant) == 1:
        try:
            services.note_dialogue(employer_id=meant[0].pk, by=actor, today=on, **form.cleaned_data)
        except Refused as no:
            tell(form, no)
        else:
            messages.success(
                request, _("Lagret i dialogen med %(name)s.") % {"name": meant[0].name}
            )
            return None
    return quick_box(actor, on=on, form=form, typed=typed, candidates=candidates, trouble=trouble)


def _meant(actor: Actor, typed: str, chosen: str, on: date) -> list[Any]:
    """Find which employer is meant: the one chosen among several, or those whose names fit."""
    known = queries.known_employers(actor, on=on)
    if picked := known.filter(pk__in=uuids([chosen])).first():
        return [picked]
    if not typed:
        return []
    same = list(known.filter(name__iexact=typed).order_by("name", "pk"))
    # SQLite folds no letters but the English ones, so names are compared here.
    return (
        same
        or [
            each
            for each in known.order_by("name", "pk")
            if typed.casefold() in each.name.casefold()
        ][:_MOST_MEANT]
    )


def _dialogue_page(
    request: HttpRequest, *, actor: Actor, on: date, quick: QuickBox | None
) -> DialoguePage:
    wanted = Filter.sent(request.GET)
    shows = shown if (shown := request.GET.get("vis", "")) in _SHOWS else ""
    known = queries.candidates(actor, on=on)
    rows = [one for one in known if wanted.fits(one) and (shows != _LONG_AGO or _is_long(one, on))]
    rows.sort(key=lambda one: (one.touch.on if one.touch else date.min, one.employer.name))
    address = request.GET.copy()

    def href(number: int) -> str:
        address["side"] = str(number)
        return f"{reverse('outreach:dialogue')}?{address.urlencode()}"

    pages = paging(
        number=page_number(request.GET.get("side", "")),
        size=_ON_A_PAGE,
        total=len(rows),
        href=href,
    )
    return DialoguePage(
        tabs=tabs_for(actor, "dialogue"),
        quick=quick or quick_box(actor, on=on, names=[one.employer.name for one in known]),
        areas=area_choices(known, wanted.area),
        shows=tuple(Choice(v, str(label), v == shows) for v, label in _SHOWS.items()),
        typed=wanted.typed,
        employers=tuple(_touch_line(one, on) for one in rows[max(pages.first - 1, 0) : pages.last]),
        paging=pages,
        lines=spoken_lines(queries.lines()[:_LATEST], actor=actor),
    )


def _is_long(one: Candidate, on: date) -> bool:
    return one.touch is None or (on - one.touch.on).days >= _LONG


def _touch_line(one: Candidate, on: date) -> TouchLine:
    return TouchLine(
        name=one.employer.name,
        href=reverse("outreach:employer", args=[one.employer.pk]),
        area=one.area,
        kind=str(KINDS.get(one.employer.kind, "")),
        since=f"{day(one.touch.on)}, {TOUCHES[one.touch.kind]}" if one.touch else _("Aldri"),
        days=(on - one.touch.on).days if one.touch else None,
        notes=notes_of(one),
    )


@vary_on_headers("HX-Request")
@require_http_methods(["GET", "HEAD", "POST"])
def employer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what has been with an employer; keep a line about it."""
    actor, on = actor_of(request), today()
    check_may(actor, Act.SEE_MEETINGS)
    found = queries.find_employer(pk, actor=actor)
    if found is None:
        raise Http404
    form, told, status = line_form(on), "", 200
    is_part = request.headers.get("HX-Request") == "true"
    if request.method == "POST":
        check_may(actor, Act.NOTE_DIALOGUE)
        form, status = LineForm(request.POST), 422
        if form.is_valid():
            try:
                services.note_dialogue(employer_id=pk, by=actor, today=on, **form.cleaned_data)
            except Refused as no:
                tell(form, no)
            else:
                told, form, status = _("Lagret i dialogen."), line_form(on), 200
                if not is_part:
                    messages.success(request, told)
                    return HttpResponseRedirect(reverse("outreach:employer", args=[pk]))
    page = _employer_page(found, actor=actor, on=on, form=form, told=told)
    template = "outreach/employer.html" + ("#history" if is_part else "")
    return render(request, template, {"page": page}, status=status)


def _employer_page(found: Any, *, actor: Actor, on: date, form: Any, told: str) -> EmployerPage:
    events = queries.history_of(found, actor=actor)
    touch = queries.last_touch([found.pk]).get(found.pk)
    new = found.pk in queries.never_worked_with(actor=actor, on=on)
    notes = (_("Ny enhet: ingen deltaker har vært her ennå"),) if new else ()
    here = reverse("outreach:employer", args=[found.pk])
    may_note, sees = may(actor, Act.NOTE_DIALOGUE), may(actor, Act.SEE_EMPLOYERS)
    return EmployerPage(
        id=str(found.pk),
        name=found.name,
        area=queries.areas_of([found], on=on)[found.pk],
        kind=str(KINDS.get(found.kind, "")),
        since=since(touch.on if touch else None, on),
        notes=notes,
        card_href=reverse("employers:employer", args=[found.pk]) if sees else "",
        events=event_lines(events[:_EVENTS], actor=actor),
        more=max(0, len(events) - _EVENTS),
        quick=QuickBox(form=form, action=here) if may_note else None,
        told=told,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def line(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change a line, or take it away: whoever wrote it may."""
    actor, on = actor_of(request), today()
    check_may(actor, Act.NOTE_DIALOGUE)
    found = queries.find_line(pk)
    if found is None:
        raise Http404
    services.check_is_own(found, actor)
    back = reverse("outreach:employer", args=[found.employer_id])
    form = LineForm(
        posted(request), initial={"text": found.text, "kind": found.kind, "on": found.on}
    )
    if request.method == "POST" and request.POST.get("act") == "delete":
        services.delete_dialogue(found, by=actor)
        messages.success(request, _("Linja er slettet."))
        return HttpResponseRedirect(back)

    def save() -> str:
        services.change_dialogue(
            found, **form.cleaned_data, by=actor, today=on, expected=sent_version(request)
        )
        messages.success(request, _("Linja er rettet."))
        return back

    page = FormPage(
        heading=_("Rett linja"),
        form=form,
        save=_("Lagre"),
        back_href=back,
        back_label=found.employer.name,
        version=found.version,
    )
    return answer(request, page, save=save, template="outreach/line.html")
