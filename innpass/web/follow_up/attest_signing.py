"""The screen handed over to the employer, who signs an attest there; and thanks."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from innpass.casework.agreements.queries import PlacementCase
from innpass.casework.agreements.terms import ReadSomethingElse
from innpass.casework.agreements.tongues import say
from innpass.casework.follow_up import services
from innpass.casework.follow_up.attest_paper import attest_facts, words
from innpass.casework.follow_up.attests import (
    attests_of,
    facts_of,
    is_signed_so,
    mark_of_attest,
    signers_of,
)
from innpass.casework.follow_up.cases import find_case
from innpass.casework.follow_up.services import Refused
from innpass.casework.organisations.queries import ChangedMeanwhile
from innpass.casework.participants.queries import name_on_paper, owner_of
from innpass.casework.participants.services import note_reading
from innpass.casework.timetable.tongues import DEFAULT
from innpass.domain.access.policy import check_may_write
from innpass.domain.access.roles import Actor
from innpass.exchange.clock import today
from innpass.web.design.editing import expected, posted, problems_in
from innpass.web.design.gate import actor_of
from innpass.web.design.handing_over import SigningPage, TableForm

_SIGN, _THANKS = "agreements/sign.html", "agreements/thanks.html"


@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let the employer read the draft on the screen and sign it there."""
    actor, on = actor_of(request), today()
    case = _case(pk, actor=actor)
    versions = attests_of([case.pk])
    draft = next((each for each in versions if each.signed_on is None), None)
    form: Any = TableForm(
        posted(request),
        name=say(DEFAULT, "type_name"),
        agree=_("Jeg har lest attesten, og den stemmer."),
    )
    thanked = reverse("follow_up:attest_thanks", args=[pk])
    if draft is None:
        is_again = request.method == "POST" and form.is_valid() and versions
        if is_again and is_signed_so(versions[0], form.cleaned_data["name"], on):
            return HttpResponseRedirect(thanked)  # a button pressed twice
        if request.method == "POST":
            raise Http404
        return HttpResponseRedirect(reverse("follow_up:attest", args=[pk]))
    status, note = 200, ""
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                services.sign_attest(
                    draft,
                    name=form.cleaned_data["name"],
                    day=on,
                    is_on_paper=False,
                    by=actor,
                    on=on,
                    expected=expected(request),
                    read=request.POST.get("read", ""),
                )
            except Refused as no:
                for each in no.faults:
                    form.add_error(each.field if each.field in form.fields else None, each.text)
            except (ChangedMeanwhile, ReadSomethingElse):
                status = 409
                note = _(
                    "Attesten er endret mens siden var oppe. Ingenting er lagret. Siden viser "
                    "attesten som den er nå. Les den på nytt, og skriv under."
                )
            else:
                return HttpResponseRedirect(thanked)
    else:
        note_reading(participant=owner_of(case.participant), page="attest", by=actor)
    told, name = words()[DEFAULT], name_on_paper(owner_of(case.participant))
    page = SigningPage(
        title=told["title"],
        lead=_named(case, on=on),
        language=DEFAULT,
        direction="ltr",
        languages=(),
        ways=(),
        facts=(
            *(((_("Deltaker"), name),) if name else ()),
            *attest_facts(facts_of(draft, on=on)),
            *(
                (told[part], text)
                for part in ("tasks", "learned", "words")
                if (text := getattr(draft, part))
            ),
        ),
        terms_heading="",
        terms_note="",
        terms=(),
        form=form,
        button=say(DEFAULT, "sign"),
        back_href="",
        back="",
        read_again_href=request.path,
        version=draft.version,
        read=mark_of_attest(draft, on=on),
        is_handed_over=True,
        problems=problems_in([form]),
        note=note,
    )
    return render(request, _SIGN, {"page": page}, status=status)


@require_GET
def thanks(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Thank the employer, and ask for the screen back."""
    _case(pk, actor=actor_of(request))
    page = {"text": say(DEFAULT, "thanks"), "language": DEFAULT, "direction": "ltr"}
    return render(request, _THANKS, {"page": page})


def _case(pk: UUID, *, actor: Actor) -> PlacementCase:
    check_may_write(actor, "attest.content")
    case = find_case(pk, actor=actor)
    if case is None or case.withdrawn_at is not None:
        raise Http404
    return case


def _named(case: PlacementCase, *, on: Any) -> str:
    """Say who is to sign, where the agreement or the register names somebody."""
    names = list(dict.fromkeys(signers_of(case, on=on).values()))
    if not names:
        return _("Den som svarer for %(unit)s, skriver under") % {"unit": case.employer.name}
    return _("For %(unit)s: %(names)s") % {"unit": case.employer.name, "names": ", ".join(names)}
