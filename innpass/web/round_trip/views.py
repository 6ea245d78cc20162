"""The overview in the municipality's own sheet: hand it out, show what was edited, enter it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from innpass.casework.imports.queries import find_file
from innpass.casework.reconciliation.taking_back import CannotTakeBack
from innpass.casework.round_trip.queries import (
    NotReadable,
    SourceFile,
    find_form,
    find_return,
    read_returned,
)
from innpass.casework.round_trip.services import (
    Applied,
    CannotRead,
    apply_returned,
    export_sheet,
    take_back_returned,
)
from innpass.domain.access.policy import check_may_export, check_may_import
from innpass.exchange.clock import today
from innpass.web.design.gate import actor_of
from innpass.web.round_trip.assembling import form_page, returned_page


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
def returned(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what was edited in a sheet that came back, before anything is entered."""
    actor = actor_of(request)
    check_may_import(actor)
    page = returned_page(_file(pk), actor=actor, on=today())
    return render(request, "round_trip/returned.html", {"page": page})


@require_POST
def apply(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Enter what was edited."""
    actor = actor_of(request)
    check_may_import(actor)
    file = _file(pk)
    overrule = {
        name.removeprefix("cell-"): "" if value == "empty" else str(value)
        for name, value in request.POST.items()
        if name.startswith("cell-") and value != "keep"
    }
    try:
        applied = apply_returned(
            read_returned(file, on=today()),
            by=actor,
            overrule=overrule,
            new_people=request.POST.getlist("new"),
        )
    except NotReadable as refusal:
        messages.warning(request, str(refusal))
    else:
        _say(request, applied)
    return HttpResponseRedirect(reverse("round_trip:returned", args=[pk]))


def _say(request: HttpRequest, applied: Applied) -> None:
    if applied.act is None:
        messages.info(request, _("Ingenting ble endret."))
    else:
        said = ngettext(
            "%(count)s celle er ført inn.", "%(count)s celler er ført inn.", applied.cells
        )
        messages.success(request, said % {"count": applied.cells})
    for sentence in dict.fromkeys(applied.refused):
        messages.warning(request, sentence)
    if applied.left:
        said = ngettext(
            "%(count)s celle er endret i Innpass i mellomtiden og står urørt.",
            "%(count)s celler er endret i Innpass i mellomtiden og står urørt.",
            applied.left,
        )
        messages.warning(request, said % {"count": applied.left})


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
