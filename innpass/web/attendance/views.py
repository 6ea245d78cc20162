"""Noting who came, a person's last four weeks, and whom to follow up."""

from dataclasses import replace
from datetime import date
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import retarget

from innpass.casework.drafts.queries import draft_of
from innpass.casework.drafts.services import keep_draft
from innpass.casework.participants.queries import find_participant
from innpass.casework.participants.services import note_reading
from innpass.casework.timetable.attending import (
    KIND,
    MINUTES,
    WORKPLACE_DAY,
    Occasion,
    Sheet,
    Where,
    sheet_of,
)
from innpass.casework.timetable.following_up import attended_weeks
from innpass.casework.timetable.limits import FromThePast, keep_limits
from innpass.casework.timetable.noting import note
from innpass.domain.access.policy import Act, check_may, check_may_read, check_may_write
from innpass.domain.access.roles import Actor
from innpass.exchange.clock import today
from innpass.web.attendance.assembling import day_href, day_page, sheet_page
from innpass.web.attendance.marking import UNNOTED, Tapped, read_tapped
from innpass.web.attendance.pages import SheetPage, Typed
from innpass.web.attendance.person_page import follow_up_page, person_page
from innpass.web.design.fields import DayField
from innpass.web.design.gate import actor_of
from innpass.web.design.way_back import list_href

SHEET = "attendance/sheet.html"


@require_GET
def day(request: HttpRequest) -> HttpResponse:
    """Show what happens on a day, and how far it is noted."""
    actor = actor_of(request)
    check_may_read(actor, MINUTES)
    on = today()
    page = day_page(_day_asked(request.GET.get("dag", ""), on), actor=actor, on=on)
    return render(request, "attendance/day.html", {"page": page})


def _day_asked(text: str, on: date) -> date:
    """Read a day from an address; today where it says none, or one out of reach."""
    try:
        asked = date.fromisoformat(text[:10])
    except ValueError:
        return on
    return asked if abs((asked - on).days) <= 366 else on


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
def group(request: HttpRequest, pk: UUID, on: date, start: int) -> HttpResponse:
    """Show who should be at a group's session, and note who was."""
    return _sheet(request, Occasion(on, Where.GROUP, pk, start))


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
def workplace(request: HttpRequest, pk: UUID, on: date) -> HttpResponse:
    """Show who should be at a workplace on a day, and note who was."""
    return _sheet(request, Occasion(on, Where.WORKPLACE, pk, WORKPLACE_DAY))


def _sheet(request: HttpRequest, occasion: Occasion) -> HttpResponse:
    actor = actor_of(request)
    if request.method == "POST":
        check_may_write(actor, MINUTES)
    check_may_read(actor, MINUTES)
    sheet = sheet_of(occasion, actor=actor)
    if sheet is None:
        raise Http404
    if request.method == "POST":
        return _note(request, sheet, actor)
    return render(request, SHEET, {"page": sheet_page(sheet, actor=actor, on=today())})


def _note(request: HttpRequest, sheet: Sheet, actor: Actor) -> HttpResponse:
    if sheet.occasion.on > today():
        messages.warning(request, _("Oppmøtet kan føres når dagen er kommet."))
        return HttpResponseRedirect(request.path)
    only = _person_tapped(request.POST.get("only", ""))
    tapped = read_tapped(
        sheet, request.POST, only=only, rest_was_here=request.POST.get("act") == "rest"
    )
    marks = {pk: (each.mark, each.seen) for pk, each in tapped.items() if not each.problem}
    outcome = note(sheet.occasion, marks, on=today(), by=actor)
    now = sheet_of(sheet.occasion, actor=actor)
    wrong = {pk for pk, each in tapped.items() if each.problem}
    status = 409 if outcome.overtaken else 422 if wrong else 200
    if only is None and status == 200:
        _say(request, tapped, outcome.stored)
        on = sheet.occasion.on
        return HttpResponseRedirect(request.path if now else day_href(on, on=today()))
    # Where nobody is planned, nothing is left of a sheet once what was noted is taken away.
    now = now or replace(sheet, people=())
    page = sheet_page(now, actor=actor, on=today(), tapped=tapped, overtaken=outcome.overtaken)
    if only is not None and request.headers.get("HX-Request") == "true":
        is_new = status == 409 or (only in tapped and tapped[only].state == UNNOTED)
        return _part(request, page, only, status=status, is_new=is_new)
    return render(request, SHEET, {"page": page}, status=status)


def _part(
    request: HttpRequest, page: SheetPage, only: UUID, *, status: int, is_new: bool
) -> HttpResponse:
    """Answer a tap: with what stands beside the fields, or with the whole line anew.

    Args:
        is_new: what is chosen in the fields is no longer what stands.
    """
    line = next((each for each in page.people if each.pk == only), None)
    parts = {"page": page, "person": line, "is_part": True, "is_answer": not is_new}
    if line is not None and not is_new:
        return render(request, f"{SHEET}#answer", parts, status=status)
    part = "person" if line is not None else "tally"
    return retarget(render(request, f"{SHEET}#{part}", parts, status=status), f"#came-{only}")


def _say(request: HttpRequest, tapped: dict[UUID, Tapped], stored: int) -> None:
    if stored:
        messages.success(request, _("Oppmøtet er ført."))
    elif tapped:
        messages.info(request, _("Ingenting var endret, så det er ikke lagret noe nytt."))
    else:
        messages.info(request, _("Ingen var valgt. Trykk på hvem som var her, og lagre igjen."))


def _person_tapped(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@require_GET
def person(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a person's last four weeks: planned beside attended."""
    actor = actor_of(request)
    check_may_read(actor, MINUTES)
    found = find_participant(pk, actor=actor)
    if found is None:
        raise Http404
    note_reading(participant=found, page="attendance", by=actor)
    page = person_page(pk, found.name, actor=actor, on=today(), list_href=list_href(request))
    return render(request, "attendance/person.html", {"page": page})


@require_POST
def suggest_absence(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Open the form of an absence with whole days that were missed; a person reads and saves it.

    The days go by way of a draft, so that no address tells when somebody was away.
    """
    actor = actor_of(request)
    check_may_write(actor, "absence.first_day")
    check_may_read(actor, KIND)
    found = find_participant(pk, actor=actor)
    if found is None:
        raise Http404
    here = HttpResponseRedirect(reverse("attendance:person", args=[pk]))
    _weeks, days = attended_weeks(pk, on=today())
    chosen = next((each for each in days if each[0].isoformat() == request.POST.get("day")), None)
    if chosen is None:
        messages.info(request, _("De dagene er ikke uforklarte lenger."))
        return here
    key = f"fravaer:{pk}"
    if draft_of(key, user_id=actor.user_id) is not None:
        messages.warning(
            request, _("Du har en kladd av et fravær fra før. Lagre eller forkast den først.")
        )
    elif actor.user_id is not None:
        content = {
            f"absence.{name}": [f"{day:%d.%m.%Y}"]
            for name, day in zip(("first_day", "last_day"), chosen, strict=True)
        }
        keep_draft(key, content, user_id=actor.user_id, municipality_id=actor.municipality_id)
        messages.info(request, _("Dagene er fylt ut fra oppmøtet. Se over, velg slag og lagre."))
    return HttpResponseRedirect(reverse("entering:add", args=[pk, "fravaer"]))


@require_http_methods(["GET", "HEAD", "POST"])
def follow_up(request: HttpRequest) -> HttpResponse:
    """Show whom to follow up, and say from when on somebody is."""
    actor = actor_of(request)
    check_may_read(actor, KIND)
    mine = request.GET.get("vis") == "mine"
    if request.method != "POST":
        page = follow_up_page(actor=actor, on=today(), mine=mine)
        return render(request, "attendance/follow_up.html", {"page": page})
    check_may(actor, Act.KEEP_GROUPS)
    said = [request.POST.get(name, "").strip()[:20] for name in ("percent", "row", "from")]
    typed = Typed(*said)
    percent, in_a_row = _number(typed.percent), _number(typed.in_a_row)
    problem = ""
    if percent is None or not 1 <= percent <= 100:
        problem = _("Skriv grensen for oppmøte som et helt tall fra 1 til 100.")
    elif in_a_row is None or not 1 <= in_a_row <= 50:
        problem = _("Skriv hvor mange økter på rad som et helt tall fra 1 til 50.")
    else:
        try:
            keep_limits(
                attended_percent=percent,
                unexplained_in_a_row=in_a_row,
                # It must be filled in, so it gives a day or says why not.
                holds_from=cast("date", DayField().clean(typed.holds_from)),
                on=today(),
                by=actor,
            )
        except ValidationError:
            problem = _("Skriv hvilken dag grensene gjelder fra, som 10.08.2026.")
        except FromThePast:
            problem = _("Grensene kan gjelde fra i dag eller en senere dag. Rett datoen.")
        else:
            messages.success(request, _("Grensene er lagret."))
            return HttpResponseRedirect(reverse("attendance:follow_up"))
    page = follow_up_page(actor=actor, on=today(), mine=mine, typed=typed, problem=problem)
    return render(request, "attendance/follow_up.html", {"page": page}, status=422)


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and text.isascii() else None
