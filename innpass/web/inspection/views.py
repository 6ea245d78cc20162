"""The report for the state supervisor: ask for it, see how far it has come, take it out."""

from secrets import randbelow
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from django.views.decorators.vary import vary_on_headers

from innpass.casework.inspection.queries import find_report
from innpass.casework.inspection.services import (
    Asked,
    Outdated,
    Whom,
    ask_for,
    hand_out,
    this_day,
)
from innpass.casework.participants.queries import visible_participants
from innpass.domain.access.policy import Act, check_may
from innpass.domain.access.roles import Actor
from innpass.exchange.clock import today
from innpass.web.design.gate import actor_of
from innpass.web.inspection.assembling import reports_page
from innpass.web.inspection.forms import ReportForm

_KINDS = {
    "pdf": ("application/pdf", "pdf"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "sheet"),
}
_SEEDS = 1_000_000


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
def reports(request: HttpRequest) -> HttpResponse:
    """Show the reports one has asked for, and let the worker make another."""
    actor = actor_of(request)
    check_may(actor, Act.INSPECT)
    if request.method == "POST":
        return _ask(request, actor)
    day = today()
    usual = {"whom": "sample", "size": 10, "first_day": day.replace(month=1, day=1)}
    form = ReportForm(initial={**usual, "last_day": day})
    page = reports_page(actor=actor, on=this_day(), form=form)
    is_part = request.headers.get("HX-Request") == "true"
    template = "inspection/reports.html" + ("#made" if is_part else "")
    return render(request, template, {"page": page})


def _ask(request: HttpRequest, actor: Actor) -> HttpResponse:
    form = ReportForm(request.POST)
    person = None
    if form.is_valid() and form.cleaned_data["whom"] == Whom.PERSON:
        person = _person(form, actor)
    if not form.is_valid():
        page = reports_page(actor=actor, on=this_day(), form=form)
        return render(request, "inspection/reports.html", {"page": page}, status=422)
    data = form.cleaned_data
    is_sample = data["whom"] == Whom.SAMPLE
    seed = data["seed"] if data["seed"] is not None else randbelow(_SEEDS)
    ask_for(
        Asked(
            whom=Whom(data["whom"]),
            first_day=data["first_day"],
            last_day=data["last_day"],
            size=data["size"] if is_sample else None,
            seed=seed if is_sample else None,
            person=person,
        ),
        by=actor,
    )
    messages.success(request, _("Rapporten blir laget nå. Du kan gå fra siden imens."))
    return HttpResponseRedirect(reverse("inspection:reports"))


def _person(form: ReportForm, actor: Actor) -> UUID | None:
    """Find the one person who was named; say in the form where there is not just one."""
    named = " ".join(form.cleaned_data["name"].split())
    people = visible_participants(actor)
    found = list(people.filter(name__iexact=named).values_list("pk", flat=True)[:2])
    found = found or list(people.filter(name__icontains=named).values_list("pk", flat=True)[:2])
    if len(found) == 1:
        return found[0]
    form.add_error(
        "name",
        _("Flere deltakere passer med navnet. Skriv hele navnet.")
        if found
        else _("Vi fant ingen deltaker med det navnet som du kan se."),
    )
    return None


@require_GET
def download(request: HttpRequest, pk: UUID, kind: str) -> HttpResponse:
    """Hand out a report as PDF or workbook; it is logged."""
    actor = actor_of(request)
    check_may(actor, Act.INSPECT)
    report = find_report(pk, actor=actor)
    if report is None or kind not in _KINDS or report.keep_until < this_day():
        raise Http404
    content_type, part = _KINDS[kind]
    try:
        content = hand_out(report, kind=part, by=actor)
    except LookupError:
        raise Http404 from None
    except Outdated:
        messages.warning(
            request, _("Lag rapporten på nytt: Deltakerne i den er ikke lenger de samme.")
        )
        return HttpResponseRedirect(reverse("inspection:reports"))
    response = HttpResponse(content, content_type=content_type)
    name = f"tilsynsrapport-{report.first_day:%Y%m%d}-{report.last_day:%Y%m%d}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
