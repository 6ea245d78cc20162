"""The overview in the municipality's own sheet: hand it out, show what was edited, enter it."""

from contextlib import suppress
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import HttpResponseClientRedirect

from innpass.casework.imports.queries import find_file
from innpass.casework.reconciliation.taking_back import CannotTakeBack
from innpass.casework.round_trip.queries import (
    SourceFile,
    find_form,
    find_return,
    ordered,
)
from innpass.casework.round_trip.services import (
    CannotRead,
    UnderWay,
    export_sheet,
    start_returned,
    stop_returned,
    take_back_returned,
)
from innpass.domain.access.policy import check_may_export, check_may_import
from innpass.exchange.clock import today
from innpass.web.design.gate import actor_of
from innpass.web.round_trip.assembling import entering_page, form_page, returned_page


@require_GET
def form(request: HttpRequest) -> HttpResponse:
    """Let somebody choose whose layout the export has."""
    actor = actor_of(request)
    check_may_export(actor)
    return render(request, "round_trip/form.html", {"page": form_page(actor=actor)})


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Hand out the overview in the layout of a shared sheet."""
    actor = actor_of(request)
    check_may_export(actor)
    pk = _uuid(request.POST.get("form", ""))
    chosen = find_form(pk) if pk else None
    if chosen is None:
        problem = _("Velg hvilket oversiktsark eksporten skal se ut som.")
        page = form_page(actor=actor, problem=problem)
        return render(request, "round_trip/form.html", {"page": page}, status=422)
    try:
        content = export_sheet(file=chosen, by=actor, on=today())
    except CannotRead as trouble:
        page = form_page(actor=actor, problem=str(trouble))
        return render(request, "round_trip/form.html", {"page": page}, status=422)
    response = HttpResponse(
        content,
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    response["Content-Disposition"] = f'attachment; filename="oversiktsark-{today():%Y-%m-%d}.xlsx"'
    return response


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _file(pk: UUID) -> SourceFile:
    file = find_file(pk)
    if file is None:
        raise Http404
    return file


@require_GET
@vary_on_headers("HX-Request")
def returned(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what was edited in a sheet that came back, or how far the entering has come."""
    actor = actor_of(request)
    check_may_import(actor)
    file = _file(pk)
    order = ordered(file)
    is_part = request.headers.get("HX-Request") == "true"
    if order and order.is_at_work:
        template = "round_trip/entering.html" + ("#progress" if is_part else "")
        return render(request, template, {"page": entering_page(file, order)})
    if is_part:
        return HttpResponseClientRedirect(reverse("round_trip:returned", args=[pk]))
    page = returned_page(file, actor=actor, on=today())
    return render(request, "round_trip/returned.html", {"page": page})


@require_POST
def apply(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Have the worker enter what was edited; asked for twice it is entered once."""
    actor = actor_of(request)
    check_may_import(actor)
    file = _file(pk)
    overrule = {
        name.removeprefix("cell-"): "" if value == "empty" else str(value)
        for name, value in request.POST.items()
        if name.startswith("cell-") and value != "keep"
    }
    with suppress(UnderWay):
        start_returned(file, by=actor, overrule=overrule, new_people=request.POST.getlist("new"))
    return HttpResponseRedirect(reverse("round_trip:returned", args=[pk]))


@require_POST
def stop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Stop a sheet from being entered."""
    actor = actor_of(request)
    check_may_import(actor)
    if stop_returned(_file(pk), by=actor):
        messages.info(request, _("Stoppet. Ingenting er ført inn."))
    return HttpResponseRedirect(reverse("round_trip:returned", args=[pk]))


@require_POST
def take_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take back all that was entered from a sheet at one time."""
    actor = actor_of(request)
    check_may_import(actor)
    found = find_return(pk)
    if found is None:
        raise Http404
    try:
        take_back_returned(found, by=actor)
    except CannotTakeBack as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Alt som ble ført inn fra arket, er tatt tilbake."))
    return HttpResponseRedirect(reverse("round_trip:returned", args=[found.file_id]))
