"""The employer's page without an account: a link that opens once, and one placement behind it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import wraps
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from innpass.casework.doors import entering
from innpass.casework.doors.codes import Came
from innpass.casework.doors.entering import EmployerView, Opened, Proof
from innpass.casework.doors.pack import pdf_of_pack
from innpass.casework.doors.services import DIGITS
from innpass.casework.follow_up.asking import EMPLOYER_QUESTIONS
from innpass.casework.follow_up.services import Refused
from innpass.domain.following.voices import Answer
from innpass.domain.periods import IsoWeek
from innpass.exchange.clock import today
from innpass.web.design import in_vain
from innpass.web.doors.assembling import (
    ANSWER_FIELD,
    DAY_FIELD,
    employer_page,
    voice_form,
)
from innpass.web.doors.pages import EmployerPage

DOOR = "employers"
KEY_DAYS = 30  # a key that is not used for so long is forgotten by the browser
View = Callable[..., HttpResponse]


def _outside(answer: View) -> View:
    """Let everybody in, and no address of the page out: not to logs, searches, or other sites.

    Sites that a link leads to get no referrer with a path; with none at all, browsers would post
    without an origin, which is refused as forged.
    """

    @wraps(answer)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = answer(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        response["Referrer-Policy"] = "strict-origin"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return login_not_required(answered)


def _nothing_here(request: HttpRequest, pk: UUID | None = None, key: str = "") -> HttpResponse:
    """Answer alike whatever leads nowhere: unknown, used, too old, withdrawn, over.

    Only a browser that was let in is told that wrong codes shut the page, and whom to ring.
    """
    contact = entering.whom_to_ring(pk, key, on=today()) if pk and key else None
    if contact is not None:
        return render(request, "doors/shut.html", {"contact": contact}, status=404)
    if in_vain.is_over(request, door=DOOR):
        response = render(request, "doors/too_many.html", status=429)
        response["Retry-After"] = str(in_vain.SECONDS)
        return response
    in_vain.count(request, door=DOOR)
    return render(request, "doors/closed.html", status=404)


@_outside
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Show one button; only pressing it uses the link up."""
    on = today()
    if in_vain.is_over(request, door=DOOR):
        return _nothing_here(request)
    if request.method == "GET":
        if not entering.leads_somewhere(secret, on=on):
            return _nothing_here(request)
        return render(request, "doors/invitation.html", {"secret": secret})
    opened = entering.open_door(secret, on=on)
    if opened is None:
        return _nothing_here(request)
    response = HttpResponseRedirect(reverse("doors:employer", args=[opened.pk]))
    _hand_key(response, opened, on=on)
    return response


@_outside
@require_GET
def employer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the placement behind an open way in."""
    on = today()
    key = _key(request, pk)
    seen = entering.view(pk, key, on=on, week=_week(request.GET.get("uke", ""))) if key else None
    if seen is None:
        return _nothing_here(request, pk, key)
    thanks = request.GET.get("takk", "")
    page = replace(employer_page(seen), has_spoken=request.GET.get("sagt") == "1")
    if thanks.isdecimal() and len(thanks) < 3:
        page = replace(page, thanks=int(thanks))
    response = _shown(request, page)
    _hand_key(response, Opened(pk, key, seen.shown.last_day), on=on)
    return response


@_outside
@require_POST
def confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep what the employer says of days, with a code or a moment after one."""
    on = today()
    key = _key(request, pk)
    seen = entering.view(pk, key, on=on, week=_week(request.POST.get("uke", ""))) if key else None
    if seen is None:
        return _nothing_here(request, pk, key)
    came = _days_said(request, seen)

    def again(problem: str = "", code_problem: str = "") -> HttpResponse:
        page = employer_page(seen, chosen=came)
        return _shown(request, replace(page, problem=problem, code_problem=code_problem), 422)

    if not came:
        return again(_("Velg hva som gjelder for minst én dag."))
    problem = _code_problem(request, seen, key, on=on)
    if problem is None:
        return _nothing_here(request, pk, key)
    if problem:
        return again(code_problem=problem)
    kept = entering.confirm_days(pk, key, came, on=on)
    if kept is None:  # the moment after the code passed just now
        return again(code_problem=_("Koden gjelder ikke lenger. Be om en ny."))
    return _thanked(pk, uke=str(seen.week), takk=str(kept))


@_outside
@require_POST
def speak(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep the employer's voice about how it goes, with a code or a moment after one."""
    on = today()
    key = _key(request, pk)
    seen = entering.view(pk, key, on=on) if key else None
    if seen is None:
        return _nothing_here(request, pk, key)
    sent = {theme: request.POST.get(f"{ANSWER_FIELD}{theme}", "") for theme in EMPLOYER_QUESTIONS}
    answers = {theme: Answer(each) for theme, each in sent.items() if each in set(Answer)}
    text = request.POST.get("tekst", "")

    def again(
        problem: str = "", code_problem: str = "", *, needs_code: bool = seen.needs_code
    ) -> HttpResponse:
        form = voice_form(sent, text=text, problem=problem, code_problem=code_problem)
        page = replace(employer_page(seen), voice=form, needs_code=needs_code)
        return _shown(request, page, 422)

    if not answers and not text.strip():
        return again(_("Velg minst ett svar, eller skriv noe."))
    problem = _code_problem(request, seen, key, on=on)
    if problem is None:
        return _nothing_here(request, pk, key)
    if problem:
        return again(code_problem=problem)
    try:
        kept = entering.speak(pk, key, answers, text=text, on=on)
    except Refused as why:
        return again(str(why), needs_code=False)  # the code was right, and holds for a while
    if not kept:
        return again(code_problem=_("Koden gjelder ikke lenger. Be om en ny."))
    return _thanked(pk, sagt="1")


@_outside
@require_GET
def pack(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Hand out the employer pack to who is let in."""
    key = _key(request, pk)
    found = entering.pack(pk, key, on=today()) if key else None
    if found is None:
        return _nothing_here(request, pk, key)
    content = pdf_of_pack(found, made_at=timezone.now())
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="arbeidsgiverpakke.pdf"'
    return response


@_outside
@require_POST
def leave(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let this browser forget the key, as on a machine that several use."""
    response = render(request, "doors/left.html")
    response.delete_cookie(_cookie(), path=_path(pk), samesite="Lax")
    return response


def _shown(request: HttpRequest, page: EmployerPage, status: int = 200) -> HttpResponse:
    return render(request, "doors/employer.html", {"page": page}, status=status)


def _thanked(pk: UUID, **query: str) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('doors:employer', args=[pk])}?{urlencode(query)}")


def _code_problem(request: HttpRequest, seen: EmployerView, key: str, *, on: date) -> str | None:
    """Hold the code; say what is wrong with it, ``None`` where nothing leads in any more."""
    if not seen.needs_code:
        return ""
    typed = request.POST.get("kode", "")
    if not typed.strip():
        return _("Skriv koden på seks sifre. Du får den av kontaktpersonen din i kommunen.")
    digits = "".join(typed.split())
    if not (digits.isascii() and digits.isdecimal() and len(digits) == DIGITS):
        return _("En kode har seks sifre. Se på den du fikk, og skriv den en gang til.")
    proof = entering.prove(seen.pk, key, typed, on=on)
    if proof is Proof.WRONG:
        in_vain.count(request, door=DOOR)
        left = entering.tries_left(seen.pk, key, on=on)
        return ngettext(
            "Koden er feil eller for gammel. Be kontaktpersonen din i kommunen om en ny. Du har "
            "%(n)s forsøk igjen før siden stenges.",
            "Koden er feil eller for gammel. Be kontaktpersonen din i kommunen om en ny. Du har "
            "%(n)s forsøk igjen før siden stenges.",
            left,
        ) % {"n": left}
    return "" if proof is Proof.RIGHT else None


def _days_said(request: HttpRequest, seen: EmployerView) -> dict[date, Came]:
    said = {}
    for day in seen.days:
        value = request.POST.get(f"{DAY_FIELD}{day.on.isoformat()}", "")
        if value in Came.values:
            said[day.on] = Came(value)
    return said


def _week(text: str) -> IsoWeek | None:
    try:
        return IsoWeek.parse(text)
    except ValueError:
        return None


# The key: a cookie that is sent to the pages of one placement and to no others.


def _cookie() -> str:
    return "__Secure-arbeidsgiver" if settings.SESSION_COOKIE_SECURE else "arbeidsgiver"


def _path(pk: UUID) -> str:
    return reverse("doors:employer", args=[pk])


def _hand_key(response: HttpResponse, opened: Opened, *, on: date) -> None:
    left = (opened.last_day - on).days + 1 if opened.last_day else KEY_DAYS
    response.set_signed_cookie(
        _cookie(),
        opened.key,
        salt=str(opened.pk),
        max_age=max(1, min(left, KEY_DAYS)) * 24 * 3600,
        path=_path(opened.pk),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _key(request: HttpRequest, pk: UUID) -> str:
    seconds = KEY_DAYS * 24 * 3600
    found = request.get_signed_cookie(_cookie(), default="", salt=str(pk), max_age=seconds)
    return found or ""
