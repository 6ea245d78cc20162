"""What must be registered in the national register: the list, ticking off, codes, and a file."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from innpass.casework.exports.registrations import registrations_csv
from innpass.casework.programme.register_duties import advisers, register_codes, wanted_rows
from innpass.casework.programme.registering import name_codes, take_back, tick_off
from innpass.domain.access.policy import Act, check_may, check_may_export, may
from innpass.domain.access.roles import Actor
from innpass.exchange.clock import today
from innpass.web.design.gate import actor_of
from innpass.web.registering.asking import Asked, asked_for
from innpass.web.registering.assembling import codes_page, duties_page, leaving_page
from innpass.web.registering.words import KINDS


def _asked(sent: QueryDict, actor: Actor, names: list[str]) -> Asked:
    return asked_for(
        {name: str(sent[name]) for name in sent},
        advisers=names,
        municipality=actor.municipality_id,
        me=actor.name,
    )


@require_GET
def duties(request: HttpRequest) -> HttpResponse:
    """Show the events that must be registered, those that are late first."""
    actor = actor_of(request)
    check_may(actor, Act.SEE_REGISTRATION)
    names = advisers(actor)
    page = duties_page(_asked(request.GET, actor, names), actor=actor, on=today(), advisers=names)
    return render(request, "registering/duties.html", {"page": page})


@require_POST
def tick(request: HttpRequest) -> HttpResponse:
    """Note that what was chosen is registered, or that it is not after all."""
    actor = actor_of(request)
    check_may(actor, Act.REGISTER)
    asked = _asked(request.POST, actor, advisers(actor))
    back = HttpResponseRedirect(asked.href())
    act = request.POST.get("act", "")
    rows = wanted_rows(asked.wanted, actor=actor, on=today())
    if act == "tick-all":
        if request.POST.get("total") != str(rows.count()):
            messages.warning(
                request, _("Listen har endret seg siden du åpnet den. Ingenting er merket.")
            )
            return back
    else:
        field = "shown" if act == "tick-shown" else "row"
        chosen = [pk for pk in map(_uuid, request.POST.getlist(field)) if pk]
        if not chosen:
            messages.warning(request, _("Velg minst én linje først. Ingenting er endret."))
            return back
        rows = rows.filter(pk__in=chosen)
    if act == "take-back":
        count = take_back(rows, by=actor)
        told = ngettext(
            "%(count)s hendelse er ikke lenger merket som registrert.",
            "%(count)s hendelser er ikke lenger merket som registrert.",
            count,
        )
    else:
        count = tick_off(rows, by=actor)
        told = ngettext(
            "%(count)s hendelse er merket som registrert. Du finner den under «Registrert».",
            "%(count)s hendelser er merket som registrert. Du finner dem under «Registrert».",
            count,
        )
    messages.success(request, told % {"count": count})
    return back


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Hand out the list as it is filtered, as text with semicolons."""
    actor = actor_of(request)
    check_may_export(actor)
    check_may(actor, Act.SEE_REGISTRATION)
    asked = _asked(request.POST, actor, advisers(actor))
    content = registrations_csv(
        wanted_rows(asked.wanted, actor=actor, on=today()),
        kinds={kind: str(name) for kind, name in KINDS.items()},
        codes=register_codes(),
        on=today(),
        by=actor,
    )
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="registrering-{today():%Y-%m-%d}.csv"'
    return response


@require_GET
def leaving(request: HttpRequest) -> HttpResponse:
    """Show whose programme ends soon, and what is missing before it does."""
    actor = actor_of(request)
    check_may(actor, Act.SEE_REGISTRATION)
    number = request.GET.get("side", "1")
    page = leaving_page(
        actor=actor,
        on=today(),
        number=int(number) if number.isdecimal() and len(number) < 7 else 1,
    )
    return render(request, "registering/leaving.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def codes(request: HttpRequest) -> HttpResponse:
    """Show, and let an administrator note, what the register calls each kind of event."""
    actor = actor_of(request)
    if request.method == "POST" or not may(actor, Act.SEE_REGISTRATION):
        check_may(actor, Act.CHANGE_SETTINGS)
    if request.method == "POST":
        count = name_codes(
            {kind: request.POST.get(f"code-{kind}", "") for kind in KINDS},
            municipality_id=actor.municipality_id,
            by=actor,
        )
        if count:
            messages.success(request, _("Kodene er lagret."))
        return HttpResponseRedirect(reverse("registering:codes"))
    context = {"page": codes_page(actor=actor), "may_change": may(actor, Act.CHANGE_SETTINGS)}
    return render(request, "registering/codes.html", context)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
