"""Undoing an import: what it would do, and doing it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from innpass.casework.imports.queries import find_batch
from innpass.casework.organisations.queries import ChangedMeanwhile
from innpass.casework.reconciliation.queries import owners_of
from innpass.casework.reconciliation.undoing import CannotUndo, undo_import
from innpass.domain.access.policy import check_may_apply_import, check_may_import
from innpass.web.design.gate import actor_of
from innpass.web.undoing.assembling import chosen_people, plan_and_form, undo_page

TEMPLATE = "undoing/undo.html"


@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what undoing an import would do; on POST, undo it."""
    actor = actor_of(request)
    check_may_import(actor)
    batch = find_batch(pk)
    if batch is None:
        raise Http404
    check_may_apply_import(actor, owners=owners_of(batch))
    if request.method != "POST":
        return render(request, TEMPLATE, {"page": undo_page(batch, actor=actor)})
    try:
        plan, form = plan_and_form(batch, actor=actor, data=request.POST)
        if not form.is_valid():
            page = undo_page(batch, actor=actor, data=request.POST)
            return render(request, TEMPLATE, {"page": page}, status=422)
        undo_import(
            batch=batch,
            by=actor,
            reason=form.cleaned_data["reason"],
            people=chosen_people(plan, form),
        )
    except CannotUndo as no:
        page = undo_page(batch, actor=actor, data=request.POST, obstacle=str(no))
        return render(request, TEMPLATE, {"page": page}, status=422)
    except ChangedMeanwhile:
        messages.warning(request, _("Noen andre gjorde noe med importen samtidig. Prøv igjen."))
        return HttpResponseRedirect(reverse("undoing:undo", args=[pk]))
    if batch.status == "undone":
        messages.success(request, _("Importen er angret. Det som gjaldt før, gjelder igjen."))
    else:
        messages.success(request, _("Importen er angret for dem du valgte."))
    return HttpResponseRedirect(reverse("imports:batch", args=[pk]))
