"""Handing in workbooks: the list, the upload, one address per import, apply and cancel."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import HttpResponseClientRedirect

from innpass.casework.imports.queries import find_batch, state_of
from innpass.casework.imports.services import HandedOver, TooLate, cancel_import
from innpass.casework.organisations.queries import ChangedMeanwhile
from innpass.casework.reconciliation.queries import owners_of
from innpass.casework.reconciliation.services import hand_over, start_apply, tell_owner
from innpass.casework.reconciliation.undo_preview import undo_preview_state
from innpass.domain.access.policy import check_may_apply_import, check_may_import
from innpass.domain.sheets.records import Owner
from innpass.exchange.clock import today
from innpass.web.design.gate import actor_of
from innpass.web.design.words import BODIES
from innpass.web.imports import assembling
from innpass.web.imports.forms import LARGEST_REQUEST, UploadForm, problems_with, too_large
from innpass.web.imports.previewing import CHANGED, GONE, NEW, done_page, preview_page


@require_GET
def imports(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    check_may_import(actor)
    page = assembling.imports_page(actor=actor, number=_number(request.GET.get("side", "1")))
    return render(request, "imports/imports.html", {"page": page})


def _number(text: str) -> int:
    """Return the number of a page, from 1, whatever stands in the address."""
    return int(text) if text.isdecimal() and len(text) < 7 else 1


@csrf_exempt  # checked in _received: the check reads the body, which must not be too large
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Show the form, or refuse what is too large before a byte of it is read."""
    check_may_import(actor_of(request))
    if request.method != "POST":
        return _upload_page(request, UploadForm(), [])
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_REQUEST:
        return _upload_page(request, UploadForm(), [too_large()], status=413)
    return _received(request)


@csrf_protect
def _received(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    form = UploadForm(request.POST)
    files = request.FILES.getlist("files")
    errors = problems_with(files)
    if errors or not form.is_valid():
        return _upload_page(request, form, errors, status=422)
    batch = hand_over(
        files=[
            HandedOver(
                file.name or _("uten navn"),
                file.read(),
                form.cleaned_data["body"],
                form.cleaned_data["uses_hidden"],
            )
            for file in files
        ],
        municipality=request.municipality,  # type: ignore[attr-defined]
        by=actor,
        on=today(),
    )
    return HttpResponseRedirect(reverse("imports:batch", args=[batch.pk]))


def _upload_page(
    request: HttpRequest, form: UploadForm, errors: list[str], status: int = 200
) -> HttpResponse:
    page = assembling.upload_page(form=form, errors=errors)
    return render(request, "imports/upload.html", {"page": page}, status=status)


@require_GET
@vary_on_headers("HX-Request")
def batch(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show an import as it stands: progress, preview or result. Reloading always helps."""
    actor = actor_of(request)
    check_may_import(actor)
    found = find_batch(pk)
    if found is None:
        raise Http404
    is_part = request.headers.get("HX-Request") == "true"
    state = state_of(found)
    if state.is_at_work:
        page = assembling.progress_page(found, state, actor=actor)
        template = "imports/progress.html" + ("#progress" if is_part else "")
        return render(request, template, {"page": page})
    if is_part:
        return HttpResponseClientRedirect(reverse("imports:batch", args=[pk]))
    if (alone := assembling.only_edits(found)) and state.code in ("ready", "applied"):
        return HttpResponseRedirect(alone)
    if state.code == "ready":
        shown = preview_page(found, state, actor=actor)
        return render(request, "imports/preview.html", {"page": shown})
    numbers = {name: _number(request.GET.get(name, "1")) for name in (NEW, CHANGED, GONE)}
    done = done_page(found, state, actor=actor, numbers=numbers)
    return render(request, "imports/done.html", {"page": done})


@require_GET
@vary_on_headers("HX-Request")
def undo_preview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show how far the worker is with what undoing would change, then lead to the page of that."""
    actor = actor_of(request)
    check_may_import(actor)
    found = find_batch(pk)
    if found is None:
        raise Http404
    check_may_apply_import(actor, owners=owners_of(found))
    is_part = request.headers.get("HX-Request") == "true"
    state = undo_preview_state(found)
    if state is not None and state.is_at_work:
        page = assembling.undo_preview_page(found, state, actor=actor)
        template = "imports/progress.html" + ("#progress" if is_part else "")
        return render(request, template, {"page": page})
    there = reverse("undoing:undo", args=[pk])
    return HttpResponseClientRedirect(there) if is_part else HttpResponseRedirect(there)


@require_POST
def apply(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Have the worker apply an import."""
    actor = actor_of(request)
    check_may_import(actor)
    found = find_batch(pk)
    if found is None:
        raise Http404
    try:
        start_apply(batch=found, by=actor)
    except TooLate as late:
        messages.warning(request, str(late))
    except ChangedMeanwhile:
        messages.warning(request, _("Noen andre gjorde noe med importen samtidig."))
    return HttpResponseRedirect(reverse("imports:batch", args=[pk]))


@require_POST
def owner(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep which body a file comes from, and have the import read anew."""
    actor = actor_of(request)
    check_may_import(actor)
    found = find_batch(pk)
    if found is None:
        raise Http404
    body = request.POST.get("body", "")
    file = next((f for f in found.files.all() if str(f.pk) == request.POST.get("file")), None)
    if file is None or body not in BODIES:
        messages.warning(request, _("Velg hvem filen kommer fra."))
        return HttpResponseRedirect(reverse("imports:batch", args=[pk]))
    try:
        tell_owner(file=file, body=Owner(body), by=actor)
    except TooLate as late:
        messages.warning(request, str(late))
    except ChangedMeanwhile:
        messages.warning(request, _("Noen andre gjorde noe med importen samtidig."))
    return HttpResponseRedirect(reverse("imports:batch", args=[pk]))


@require_POST
def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put an import aside."""
    actor = actor_of(request)
    check_may_import(actor)
    found = find_batch(pk)
    if found is None:
        raise Http404
    try:
        cancel_import(batch=found, by=actor)
        code = state_of(found).code
        if code == "ready":
            messages.info(request, _("Stoppet. Ingenting er endret, og du kan ta importen i bruk."))
        elif code == "applied":
            messages.info(request, _("Stoppet. Ingenting er angret, og importen gjelder som før."))
    except TooLate as late:
        messages.warning(request, str(late))
    except ChangedMeanwhile:
        messages.warning(request, _("Noen andre gjorde noe med importen samtidig."))
    return HttpResponseRedirect(reverse("imports:batch", args=[pk]))
