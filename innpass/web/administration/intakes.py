"""Terms of intake whose day of review comes: erasing who was in them, or keeping it longer."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from innpass.casework.intake.retention import (
    erase_people,
    keep_people_longer,
    terms_to_review,
)
from innpass.casework.organisations.queries import ChangedMeanwhile
from innpass.domain.access.policy import check_may_review_files
from innpass.domain.access.roles import Actor
from innpass.exchange.clock import today
from innpass.web.administration.files import DAYS_AHEAD, chosen_in
from innpass.web.administration.forms import IntakeReviewForm
from innpass.web.administration.pages import IntakesPage, TermRow
from innpass.web.design.gate import actor_of


@require_http_methods(["GET", "HEAD", "POST"])
def intakes(request: HttpRequest) -> HttpResponse:
    """Show the terms to be reviewed; erase who was in some of them, or keep it."""
    actor = actor_of(request)
    check_may_review_files(actor)
    if request.method != "POST":
        form = IntakeReviewForm(on=today())
        return render(request, "administration/intakes.html", {"page": _page(form)})
    chosen = chosen_in(request.POST.getlist("term"))
    form = IntakeReviewForm(request.POST, on=today(), chosen=chosen)
    if not form.is_valid():
        page = _page(form)
        return render(request, "administration/intakes.html", {"page": page}, status=422)
    try:
        _tell(request, form, _review(form, actor))
    except ChangedMeanwhile:
        messages.warning(request, _("Noen andre endret terminene samtidig. Prøv igjen."))
    return HttpResponseRedirect(reverse("administration:intakes"))


def _review(form: IntakeReviewForm, actor: Actor) -> int:
    said = form.cleaned_data
    until = today() + timedelta(days=DAYS_AHEAD)
    if said["act"] == "delete":
        return erase_people(terms=form.chosen, until=until, reason=said["reason"], by=actor)
    return keep_people_longer(
        terms=form.chosen, until=until, new_day=said["new_day"], reason=said["reason"], by=actor
    )


def _tell(request: HttpRequest, form: IntakeReviewForm, done: int) -> None:
    count = {"count": done}
    if done and form.cleaned_data["act"] == "delete":
        said = ngettext(
            "Opplysningene om deltakerne i %(count)s termin er slettet.",
            "Opplysningene om deltakerne i %(count)s terminer er slettet.",
            done,
        )
        messages.success(request, said % count)
    elif done:
        said = ngettext("%(count)s termin beholdes.", "%(count)s terminer beholdes.", done)
        messages.success(request, said % count)
    if done < len(set(form.chosen)):
        messages.warning(request, _("Noen av terminene var alt vurdert."))


def _page(form: IntakeReviewForm) -> IntakesPage:
    found = terms_to_review(until=form.on + timedelta(days=DAYS_AHEAD))
    return IntakesPage(
        form=form,
        days_ahead=DAYS_AHEAD,
        terms=tuple(
            TermRow(
                pk=term.pk,
                name=term.name,
                first_day=term.first_day,
                people=term.people,  # type: ignore[attr-defined]
                review_day=term.keep_until or form.on,
                is_due=term.keep_until is not None and term.keep_until <= form.on,
                is_chosen=term.pk in form.chosen,
            )
            for term in found
        ),
    )
