"""Signing: the screen is handed over, a paper is noted, or somebody signs on behalf."""

from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from innpass.casework.agreements import services
from innpass.casework.agreements.paper import document_of
from innpass.casework.agreements.refusing import Refused
from innpass.casework.agreements.signing import MOST_BYTES
from innpass.casework.agreements.terms import ReadSomethingElse, mark_of, printed_of
from innpass.casework.agreements.tongues import language_or_norwegian, languages, say
from innpass.casework.organisations.queries import ChangedMeanwhile
from innpass.casework.participants.queries import name_on_paper, owner_of
from innpass.domain.access.policy import check_may_write
from innpass.domain.access.roles import Actor
from innpass.domain.placing.agreement import Ground, Party, Way
from innpass.domain.placing.sentences import say as norwegian
from innpass.exchange.clock import today
from innpass.web.agreements.finding import CHANGED, Found, kept, not_found, open_case
from innpass.web.agreements.forms import (
    BehalfForm,
    PaperForm,
    ReasonForm,
    days_typed,
)
from innpass.web.design.editing import EditPage, answer, expected, posted, problems_in
from innpass.web.design.gate import actor_of
from innpass.web.design.handing_over import SigningPage, TableForm
from innpass.web.design.pages import Link
from innpass.web.design.words import capitalised

_ANY = ["GET", "HEAD", "POST"]
_ROLE_OF = {
    Party.PARTICIPANT: None,
    Party.EMPLOYER: "signer",
    Party.SECOND_EMPLOYER: "second_signer",
    Party.SUPERVISOR: "supervisor",
}


_READ_AGAIN = gettext_lazy(
    "Brevhodet eller vilkårene i avtalen er endret mens siden var oppe. Ingenting er lagret. "
    "Siden viser avtalen som den er nå. Les den på nytt, og skriv under."
)


@require_http_methods(_ANY)
def sign(request: HttpRequest, pk: UUID, party: str) -> HttpResponse:
    """Take a signature, in one of three ways."""
    actor = actor_of(request)
    check_may_write(actor, "agreement.signature")
    found = open_case(request, pk, actor=actor, page="agreement")
    if found is None:
        return not_found(request)
    if party not in set(Party) or found.told.waiting is None:
        raise Http404
    who, way = Party(party), _way(request, Party(party))
    tongue = language_or_norwegian(request.GET.get("sprak", ""))
    form = _form(request, found, who, way, language=tongue.code)
    page = _page(found, who, way, form, language=tongue.code)
    if request.method != "POST":
        return render(request, "agreements/sign.html", {"page": page})
    status, note = 422, ""
    if form.is_valid():
        try:
            _sign(request, found, who, way, form.cleaned_data, actor=actor, on=today())
        except Refused as no:
            for each in no.faults:
                form.add_error(each.field if each.field in form.fields else None, each.text)
        except ChangedMeanwhile:
            status, note = 409, str(CHANGED)
        except ReadSomethingElse:
            status, note = 409, str(_READ_AGAIN)
            form = _form(request, found, who, way, language=tongue.code, is_ticked=False)
        else:
            if way is Way.AT_TABLE and who is not Party.SUPERVISOR:
                query = urlencode({"sprak": tongue.code})
                return HttpResponseRedirect(reverse("agreements:thanks", args=[pk]) + f"?{query}")
            messages.success(request, _("Underskriften er ført."))
            return HttpResponseRedirect(found.href)
    problems = problems_in([form])
    page = _page(found, who, way, form, language=tongue.code, problems=problems, note=note)
    return render(request, "agreements/sign.html", {"page": page}, status=status)


def _way(request: HttpRequest, party: Party) -> Way:
    asked = request.GET.get("maate", "")
    way = Way(asked) if asked in set(Way) else Way.AT_TABLE
    return Way.AT_TABLE if party is Party.SUPERVISOR and way is Way.ON_BEHALF else way


def _form(
    request: HttpRequest,
    found: Found,
    party: Party,
    way: Way,
    *,
    language: str,
    is_ticked: bool = True,
) -> Any:
    """Return the form of a way to sign; ``is_ticked`` is whether a tick that was sent stands."""
    data = posted(request)
    if data is not None and not is_ticked:
        data = {name: value for name, value in data.items() if name != "agree"}
    initial = {**days_typed(today()), "name": _known_name(found, party)}
    if way is Way.ON_PAPER:
        files = request.FILES if request.method == "POST" else None
        return PaperForm(data, files, initial=initial)
    if way is Way.ON_BEHALF:
        return BehalfForm(data, initial=initial)
    return TableForm(data, name=say(language, "type_name"), agree=say(language, "read"))


def _known_name(found: Found, party: Party) -> str:
    role = _ROLE_OF[party]
    if role is None:
        return name_on_paper(owner_of(found.case.participant))
    contacts = found.told.waiting.contacts if found.told.waiting else {}
    return str(contacts.get(role, {}).get("name", ""))


def _sign(
    request: HttpRequest,
    found: Found,
    party: Party,
    way: Way,
    said: dict[str, Any],
    *,
    actor: Actor,
    on: date,
) -> None:
    assert found.told.waiting is not None  # noqa: S101  (the caller has seen it)
    scan = said.get("scan")
    services.sign(
        found.told.waiting,
        party,
        way=way,
        name=said["name"],
        signed_on=said.get("signed_on") or on,
        ground=Ground(said["ground"]) if said.get("ground") else None,
        scan=scan.read(MOST_BYTES + 1) if scan else None,
        why=said.get("why", ""),
        by=actor,
        on=on,
        expected=expected(request),
        read=request.POST.get("read", ""),
    )


def _page(
    found: Found,
    party: Party,
    way: Way,
    form: Any,
    *,
    language: str,
    problems: Any = (),
    note: str = "",
) -> SigningPage:
    assert found.told.waiting is not None  # noqa: S101
    tongue = language_or_norwegian(language if way is Way.AT_TABLE else "nb")
    document = document_of(found.case, found.told.waiting, tongue=tongue, on=today())
    side = 1 if tongue.code != "nb" else 0
    facts = tuple(
        (row["label"][side], row["value"][side] or row["value"][0]) for row in document["rows"]
    )
    is_table = way is Way.AT_TABLE
    return SigningPage(
        title=document["heading"][side],
        lead=capitalised(norwegian(f"party.{party}")),
        language=tongue.code,
        direction=tongue.direction,
        languages=tuple(
            Link(each.name, "" if each.code == tongue.code else f"?sprak={each.code}")
            for each in languages()
        )
        if is_table
        else (),
        ways=tuple(
            Link(capitalised(norwegian(f"way.{each}")), "" if each is way else f"?maate={each}")
            for each in Way
            if not (each is Way.ON_BEHALF and party is Party.SUPERVISOR)
        ),
        facts=facts,
        terms_heading=document["terms_heading"][side],
        terms_note=document["terms_note"][side],
        terms=tuple(
            (clause["title"][side] or clause["title"][0], clause["text"][side] or clause["text"][0])
            for clause in document["terms"]
        ),
        form=form,
        button=say(tongue.code, "sign") if is_table else _("Før underskriften"),
        back_href=found.href,
        back=_("Praksisløpet"),
        read_again_href=f"?{urlencode({'sprak': tongue.code, 'maate': way})}",
        version=found.case.version,
        read=mark_of(printed_of(found.case, found.told.waiting, on=today())),
        is_handed_over=is_table and party is not Party.SUPERVISOR,
        problems=problems,
        note=note,
    )


@require_GET
def thanks(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Thank whoever signed at the table, and ask for the screen back."""
    actor = actor_of(request)
    check_may_write(actor, "agreement.signature")
    found = open_case(request, pk, actor=actor, page="agreement")
    if found is None:
        return not_found(request)
    tongue = language_or_norwegian(request.GET.get("sprak", ""))
    page = {
        "text": say(tongue.code, "thanks"),
        "language": tongue.code,
        "direction": tongue.direction,
    }
    return render(request, "agreements/thanks.html", {"page": page})


@require_http_methods(_ANY)
def lift(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Open signed content again; the signatures fall."""
    actor = actor_of(request)
    check_may_write(actor, "agreement.signature")
    found = open_case(request, pk, actor=actor, page="agreement")
    if found is None or found.told.waiting is None:
        return not_found(request)
    waiting, form = found.told.waiting, ReasonForm(posted(request))

    def save() -> str:
        services.lift(
            waiting,
            reason=form.cleaned_data["reason"],
            by=actor,
            on=today(),
            expected=expected(request),
        )
        return found.href

    page = EditPage(
        title=_("Åpne avtalen igjen"),
        lead=_(
            "De som har skrevet under, må gjøre det på nytt. Det står hvem som åpnet, og hvorfor."
        ),
        back_href=found.href,
        back=_("Praksisløpet"),
        form=form,
        version=found.case.version,
        facts=_("Åpne"),
    )
    return answer(
        request,
        "agreements/form.html",
        page,
        parts=[form],
        is_valid=form.is_valid,
        save=kept(save, fields=frozenset(form.fields)),
    )
