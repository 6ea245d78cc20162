"""Drafts, and taking back what was just saved."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from innpass.casework.participants.queries import find_participant
from innpass.casework.reconciliation.own_acts import people_of_own_act
from innpass.casework.reconciliation.taking_back import CannotTakeBack, take_back
from innpass.web.design.drafting import keep_posted
from innpass.web.design.gate import actor_of
from innpass.web.design.way_back import list_href

DRAFT = "entering/draft.html"


@login_not_required
@require_POST
def keep_draft(request: HttpRequest) -> HttpResponse:
    """Keep what is typed so far, every few seconds, for whoever was shown the form."""
    is_part = request.headers.get("HX-Request") == "true"
    is_signed_in = request.user.is_authenticated
    if is_signed_in:
        actor_of(request)
    is_kept = keep_posted(request)
    if not is_signed_in and not is_part:
        return redirect_to_login(reverse("overview:overview"))
    context = {"is_kept": is_kept, "is_signed_in": is_signed_in, "at": timezone.now()}
    return render(request, DRAFT, context, status=200 if is_kept else 422)


@require_POST
def undo(request: HttpRequest, act: UUID) -> HttpResponse:
    """Take back what the user has just saved, as long as nobody has changed it since."""
    actor = actor_of(request)
    people = people_of_own_act(act, by=actor)
    if not people or any(find_participant(pk, actor=actor) is None for pk in people):
        raise Http404
    try:
        take_back(act, municipality_id=actor.municipality_id, by=actor)
    except CannotTakeBack as no:
        messages.warning(request, str(no))
    else:
        messages.success(request, _("Endringen er tatt tilbake."))
    left = [pk for pk in people if find_participant(pk, actor=actor)]
    if not left:  # it was a person who was new
        return HttpResponseRedirect(list_href(request))
    return HttpResponseRedirect(reverse("participant:participant", args=[left[0]]))
