"""An attest: its draft, the employer's signature, and the document."""

from datetime import date
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from innpass.casework.agreements.signing import ENDINGS, MOST_BYTES
from innpass.casework.agreements.tongues import languages
from innpass.casework.follow_up import services
from innpass.casework.follow_up.attest_paper import attest_facts
from innpass.casework.follow_up.attests import (
    attests_of,
    facts_of,
    facts_of_case,
    is_outdated,
    is_signed_so,
)
from innpass.casework.follow_up.cases import find_case
from innpass.casework.follow_up.queries import find_attest
from innpass.casework.organisations.queries import ChangedMeanwhile
from innpass.casework.participants.queries import owner_of
from innpass.casework.participants.services import note_reading
from innpass.domain.access.policy import (
    check_may_read,
    check_may_write,
    may_write,
)
from innpass.exchange.clock import today
from innpass.web.design.gate import actor_of
from innpass.web.follow_up.assembling import trail_to
from innpass.web.follow_up.board import case_href, person_href
from innpass.web.follow_up.forms import (
    AttestForm,
    SignForm,
)
from innpass.web.follow_up.pages import FormPage
from innpass.web.follow_up.saving import answer, expected

_TEMPLATE = "follow_up/attest.html"
NO_DRAFT = gettext_lazy(
    "Det er ingen kladd å lagre i: attesten er underskrevet, eller ingen er begynt. Det du skrev, "
    "er ikke lagret, men det står her fortsatt. Lag en ny versjon hvis attesten skal si dette."
)
BEGUN = gettext_lazy(
    "En ny versjon er begynt. Det du skrev, er ikke lagret ennå. Se over det, og lagre."
)


@require_http_methods(["GET", "HEAD", "POST"])
def attest(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a case's attest: edit the draft, have it signed, or begin a new version."""
    actor, on = actor_of(request), today()
    check_may_read(actor, "attest.content")
    if request.method == "POST":
        check_may_write(actor, "attest.content")
    case = find_case(pk, actor=actor)
    if case is None or case.withdrawn_at is not None:
        raise Http404
    person = owner_of(case.participant)
    may_edit = may_write(actor, "attest.content")
    versions = attests_of([case.pk])
    draft = next((each for each in versions if each.signed_on is None), None)
    act, typed = request.POST.get("act", ""), _typed_in(request)
    if request.method != "POST":
        note_reading(participant=person, page="attest", by=actor)
    elif act == "start":
        draft = services.start_attest(case, by=actor, on=on)
        if not typed:
            return HttpResponseRedirect(request.path)
    shown = draft or (versions[0] if versions else None)
    initial = {
        "tasks": shown.tasks if shown else "",
        "learned": shown.learned if shown else "",
        "words": shown.words if shown else "",
    }
    form = AttestForm(request.POST if typed == "draft" else None, initial=initial)
    signing = SignForm(
        request.POST if typed == "sign" else None,
        request.FILES if typed == "sign" else None,
        prefix="sign",
        auto_id="id_%s",
        initial={"day": f"{on:%d.%m.%Y}"},
    )
    at_hand: Form = signing if typed == "sign" else form

    def save() -> str:
        if draft is None:
            said = signing.cleaned_data if act == "sign" else {}
            if shown and said and is_signed_so(shown, said["name"], said["day"]):
                return request.path  # a button pressed twice
            raise ChangedMeanwhile(shown or case)
        _check_on_screen(request, draft)
        if act == "sign":
            said = signing.cleaned_data
            services.sign_attest(
                draft,
                name=said["name"],
                day=said["day"],
                is_on_paper=True,
                is_archived=said["is_archived"],
                scan=said["scan"].read(MOST_BYTES + 1) if said["scan"] else None,
                by=actor,
                on=on,
                expected=expected(request),
            )
        else:
            services.save_attest(
                draft, **form.cleaned_data, by=actor, on=on, expected=expected(request)
            )
        return request.path

    def page(note: str, version: int) -> FormPage:
        title = _("Attest")
        facts = facts_of(shown, on=on) if shown else facts_of_case(case, on=on)
        return FormPage(
            title=title,
            name=person.name,
            trail=trail_to(person, title),
            lead=case.employer.name,
            form=form,
            submit=_("Lagre kladden"),
            back_href=person_href(person.pk),
            version=version,
            note=str(NO_DRAFT) if typed and draft is None else note,
            facts=attest_facts(facts),
            was_posted=request.method == "POST",
            parts=(form, signing),
            extra={
                "draft": draft if may_edit else None,
                "kept": at_hand if typed and draft is None else None,
                "shown": shown,
                "versions": versions,
                "signing": signing,
                "may_edit": may_edit,
                "is_outdated": shown is not None and is_outdated(shown, on=on),
                "still_running": draft is not None
                and facts["until_today"]
                and bool(facts["last_day"])
                and date.fromisoformat(facts["last_day"]),
                "tongues": languages()[1:],
                "case_href": case_href(case.pk),
            },
        )

    if act == "start" and draft is not None:
        return render(request, _TEMPLATE, {"page": page(str(BEGUN), draft.version)})
    return answer(
        request,
        _TEMPLATE,
        [at_hand],
        save,
        page,
        version=draft.version if draft else 0,
        said=_("Attesten er underskrevet.") if act == "sign" else _("Kladden er lagret."),
    )


def _typed_in(request: HttpRequest) -> str:
    """Say in which form something was typed, also where it is carried over to a new version."""
    if request.method != "POST":
        return ""
    act = request.POST.get("act", "")
    if act == "sign" or "sign-name" in request.POST:
        return "sign"
    return "" if act == "start" and "tasks" not in request.POST else "draft"


def _check_on_screen(request: HttpRequest, draft: Any) -> None:
    """Raise ``ChangedMeanwhile`` where the draft on the screen is signed and another begun."""
    if request.POST.get("number", str(draft.number)) != str(draft.number):
        raise ChangedMeanwhile(draft)


@require_GET
def attest_pdf(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Print a version of an attest, in Norwegian and a language beside it."""
    actor = actor_of(request)
    check_may_read(actor, "attest.content")
    found = find_attest(pk, actor=actor)
    if found is None:
        raise Http404
    language = request.GET.get("sprak", "")
    content = services.print_attest(
        found, language=language, made_at=timezone.now(), by=actor, on=today()
    )
    return _file(content, "application/pdf", "attest")


@require_GET
def attest_scan(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give the scan of a signed attest."""
    actor = actor_of(request)
    check_may_read(actor, "attest.content")
    found = find_attest(pk, actor=actor)
    if found is None or not found.scan_kind:
        raise Http404
    content, kind = services.scan_of_attest(found, by=actor)
    return _file(content, kind, "underskrevet-attest")


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type=kind,
        headers={
            "Content-Disposition": f'attachment; filename="{name}.{ENDINGS[kind]}"',
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )
