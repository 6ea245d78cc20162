"""Files whose day of review comes: deleting what is in them, or keeping them longer."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from innpass.casework.imports.retention import (
    Reviewed,
    delete_contents,
    files_to_review,
    keep_longer,
)
from innpass.casework.organisations.queries import ChangedMeanwhile
from innpass.domain.access.policy import check_may_review_files, may_read
from innpass.domain.access.roles import Actor
from innpass.exchange.clock import today
from innpass.web.administration.forms import ReviewForm
from innpass.web.administration.pages import FileRow, FilesPage
from innpass.web.design.gate import actor_of
from innpass.web.design.words import BODIES

DAYS_AHEAD = 90
MOST_SHOWN = 100


@require_http_methods(["GET", "HEAD", "POST"])
def files(request: HttpRequest) -> HttpResponse:
    """Show the files to be reviewed; delete what is in some of them, or keep them."""
    actor = actor_of(request)
    check_may_review_files(actor)
    if request.method != "POST":
        form = ReviewForm(on=today())
        return render(request, "administration/files.html", {"page": _page(form, actor)})
    form = ReviewForm(request.POST, on=today(), chosen=chosen_in(request.POST.getlist("file")))
    if not form.is_valid():
        page = _page(form, actor)
        return render(request, "administration/files.html", {"page": page}, status=422)
    try:
        _tell(request, form, _review(form, actor))
    except ChangedMeanwhile:
        messages.warning(request, _("Noen andre endret filene samtidig. Prøv igjen."))
    return HttpResponseRedirect(reverse("administration:files"))


def _review(form: ReviewForm, actor: Actor) -> Reviewed:
    said = form.cleaned_data
    until = today() + timedelta(days=DAYS_AHEAD)
    if said["act"] == "delete":
        return delete_contents(files=form.chosen, until=until, reason=said["reason"], by=actor)
    return keep_longer(
        files=form.chosen, until=until, new_day=said["new_day"], reason=said["reason"], by=actor
    )


def _tell(request: HttpRequest, form: ReviewForm, reviewed: Reviewed) -> None:
    count = {"count": reviewed.done}
    if reviewed.done and form.cleaned_data["act"] == "delete":
        messages.success(
            request,
            ngettext(
                "Innholdet i %(count)s fil er slettet.",
                "Innholdet i %(count)s filer er slettet.",
                reviewed.done,
            )
            % count,
        )
    elif reviewed.done:
        messages.success(
            request,
            ngettext("%(count)s fil beholdes.", "%(count)s filer beholdes.", reviewed.done) % count,
        )
    if reviewed.at_work:
        messages.warning(
            request,
            _("Noen av filene er i arbeid akkurat nå. Prøv igjen når importen er ferdig."),
        )
    elif reviewed.done < len(set(form.chosen)):
        messages.warning(request, _("Noen av filene var alt vurdert."))


def _page(form: ReviewForm, actor: Actor) -> FilesPage:
    found = files_to_review(until=form.on + timedelta(days=DAYS_AHEAD))
    return FilesPage(
        form=form,
        files=tuple(_row(file, form, actor) for file in found[:MOST_SHOWN]),
        total=found.count(),
        days_ahead=DAYS_AHEAD,
    )


def _row(file: Any, form: ReviewForm, actor: Actor) -> FileRow:
    batch = file.batch
    return FileRow(
        pk=file.pk,
        name=file.name if may_read(actor, "provenance") else "",
        body=str(BODIES.get(file.owner or file.body, _("Ukjent tjeneste"))),
        handed_in_at=batch.created_at,
        handed_in_by=str(batch.created_by) if batch.created_by else _("Driftsansvarlig"),
        is_applied=batch.applied_at is not None,
        rows=file.read_rows,
        size=file.size,
        review_day=file.keep_until,
        is_due=file.keep_until <= form.on,
        is_chosen=file.pk in form.chosen,
    )


def chosen_in(texts: list[str]) -> list[UUID]:
    """Read what was ticked; what is no id is passed over."""
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
