"""Undoing an import: what it would do, and doing it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from innpass.casework.imports.queries import find_batch, state_of
from innpass.casework.imports.services import TooLate
from innpass.casework.organisations.queries import ChangedMeanwhile
from innpass.casework.reconciliation.queries import owners_of
from innpass.casework.reconciliation.reaching import CannotUndo
from innpass.casework.reconciliation.undo_preview import start_undo_preview, undo_preview_state
from innpass.casework.reconciliation.undoing import start_undo
from innpass.domain.access.policy import check_may_apply_import, check_may_import
from innpass.web.design.gate import actor_of
from innpass.web.undoing.assembling import (
    chosen_people,
    forget_typed,
    keep_typed,
    reach_and_form,
    undo_page,
)

TEMPLATE = "undoing/undo.html"


@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what undoing an import would do; on POST, have the worker undo it.

    While it does, the import's own page shows how far it has come. What it would do is found out by
    the worker too, on POST of ``foresee``, where there are many rows.
    """
    actor = actor_of(request)
    check_may_import(actor)
    batch = find_batch(pk)
    if batch is None:
        raise Http404
    check_may_apply_import(actor, owners=owners_of(batch))
    at_work = HttpResponseRedirect(reverse("imports:batch", args=[pk]))
    if state_of(batch).code == "undoing":
        return at_work
    if request.method != "POST":
        state = undo_preview_state(batch)
        if state is not None and state.is_at_work:
            return HttpResponseRedirect(reverse("imports:undo_preview", args=[pk]))
        return render(request, TEMPLATE, {"page": undo_page(batch, actor=actor)})
    try:
        if "foresee" in request.POST:
            keep_typed(batch, actor=actor, data=request.POST)
            start_undo_preview(batch=batch, by=actor)
            return HttpResponseRedirect(reverse("imports:undo_preview", args=[pk]))
        reach, form = reach_and_form(batch, actor=actor, data=request.POST)
        if not form.is_valid():
            page = undo_page(batch, actor=actor, data=request.POST)
            return render(request, TEMPLATE, {"page": page}, status=422)
        start_undo(
            batch=batch,
            by=actor,
            reason=form.cleaned_data["reason"],
            people=chosen_people(reach, form),
        )
        forget_typed(batch, actor=actor)
    except CannotUndo as no:
        page = undo_page(batch, actor=actor, data=request.POST, obstacle=str(no))
        return render(request, TEMPLATE, {"page": page}, status=422)
    except TooLate:
        return at_work
    except ChangedMeanwhile:
        messages.warning(request, _("Noen andre gjorde noe med importen samtidig. Prøv igjen."))
    return at_work
