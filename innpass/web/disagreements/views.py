"""What the bodies' sources disagree about: the list, deciding one, and what was decided."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from innpass.casework.participants.queries import find_participant
from innpass.casework.participants.services import note_reading
from innpass.casework.reconciliation import settling
from innpass.casework.reconciliation.disagreements import Dispute, find_decision, find_dispute
from innpass.casework.reconciliation.entering_rows import RowOutdated
from innpass.domain.access.fields import access_name
from innpass.domain.access.policy import check_may_see_questions, check_may_write
from innpass.domain.access.roles import Actor
from innpass.web.design.gate import actor_of
from innpass.web.disagreements.assembling import OWNERS, decided_page, list_page, one_page
from innpass.web.disagreements.deciding import read_decision
from innpass.web.disagreements.pages import NoDisagreementPage

NEWS = "En kilde har sagt noe nytt siden du åpnet siden. Se på verdiene og velg på nytt."


@require_GET
def disagreements(request: HttpRequest) -> HttpResponse:
    """Show what waits, by whose field it is."""
    actor = _reader(request)
    asked = request.GET.get("eier", "")
    owner = next((each for each in OWNERS if each == asked), None)
    page = list_page(actor=actor, owner=owner, number=_page_number(request))
    return render(request, "disagreements/disagreements.html", {"page": page})


@require_GET
def decided(request: HttpRequest) -> HttpResponse:
    """Show what was decided, by whom and why."""
    page = decided_page(actor=_reader(request), number=_page_number(request))
    return render(request, "disagreements/decided.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def disagreement(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one disagreement, or decide it."""
    actor = _reader(request)
    found = find_dispute(pk, actor=actor)
    if found is None:
        page = NoDisagreementPage(reverse("disagreements:disagreements"))
        return render(request, "disagreements/no_disagreement.html", {"page": page}, status=404)
    if request.method == "POST":
        return _decide(request, found, actor)
    person = find_participant(found.participant, actor=actor)
    if person is not None:
        note_reading(participant=person, page="disagreement", by=actor)
    return _show(request, found, actor)


def _decide(request: HttpRequest, found: Dispute, actor: Actor) -> HttpResponse:
    check_may_write(actor, access_name(found.field))
    sent = {name: request.POST.get(name, "") for name in ("choice", "value", "reason", "seen")}
    if sent["seen"] != str(found.version):
        return _show(request, found, actor, sent=sent, status=409, refusal=_(NEWS))
    decision = read_decision(found, sent)
    if decision.problems:
        return _show(request, found, actor, sent=sent, status=422, **decision.problems)
    try:
        settling.settle(
            found.id,
            decision.value,
            seen=found.version,
            municipality_id=actor.municipality_id,
            by=actor,
            reason=decision.reason,
        )
    except settling.SomethingNew:
        again = find_dispute(found.id, actor=actor) or found
        return _show(request, again, actor, sent=sent, status=409, refusal=_(NEWS))
    except RowOutdated as outdated:
        return _show(request, found, actor, sent=sent, status=409, refusal=str(outdated))
    except settling.NothingToSettle as gone:
        messages.info(request, str(gone))
    else:
        messages.success(
            request, _("Avgjort. Under «Avgjort» ser du hvem og hvorfor, og kan åpne den igjen.")
        )
    return HttpResponseRedirect(reverse("disagreements:disagreements"))


def _show(
    request: HttpRequest,
    found: Dispute,
    actor: Actor,
    *,
    sent: dict[str, str] | None = None,
    status: int = 200,
    **problems: str,
) -> HttpResponse:
    page = one_page(found, actor=actor, sent=sent, **problems)
    return render(request, "disagreements/disagreement.html", {"page": page}, status=status)


@require_POST
def reopen(request: HttpRequest, act: UUID) -> HttpResponse:
    """Take a decision back."""
    actor = _reader(request)
    if find_decision(act, actor=actor) is None:
        page = NoDisagreementPage(reverse("disagreements:decided"))
        return render(request, "disagreements/no_disagreement.html", {"page": page}, status=404)
    try:
        settling.reopen(act, municipality_id=actor.municipality_id, by=actor)
    except settling.CannotTakeBack as no:
        messages.warning(request, str(no))
    else:
        messages.success(request, _("Åpnet igjen. Det som gjaldt før avgjørelsen, gjelder nå."))
    return HttpResponseRedirect(reverse("disagreements:decided"))


def _reader(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    check_may_see_questions(actor)
    return actor


def _page_number(request: HttpRequest) -> int:
    number = request.GET.get("side", "1")
    return int(number) if number.isdecimal() and len(number) < 7 else 1
