"""An attest: its draft, the employer's signature, and the document."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from innpass.casework.agreements.signing import ENDINGS, MOST_BYTES
from innpass.casework.agreements.tongues import languages
from innpass.casework.follow_up import services
from innpass.casework.follow_up.attest_paper import fact_rows, note_of
from innpass.casework.follow_up.attests import attests_of, facts_of, facts_of_case, is_outdated
from innpass.casework.follow_up.cases import find_case
from innpass.casework.follow_up.queries import (
    find_attest,
)
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
from innpass.web.follow_up.saving import answer, expected, posted


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
    act = request.POST.get("act", "")
    if request.method == "POST":
        if act == "start" or draft is None:
            services.start_attest(case, by=actor, on=on)
            return HttpResponseRedirect(request.path)
    else:
        note_reading(participant=person, page="attest", by=actor)
    shown = draft or (versions[0] if versions else None)
    initial = {
        "tasks": shown.tasks if shown else "",
        "learned": shown.learned if shown else "",
        "words": shown.words if shown else "",
    }
    form = AttestForm(posted(request) if act != "sign" else None, initial=initial)
    signing = SignForm(
        request.POST if act == "sign" else None,
        request.FILES if act == "sign" else None,
        prefix="sign",
        auto_id="id_%s",
        initial={"day": f"{on:%d.%m.%Y}", "way": "paper"},
    )

    def save() -> str:
        if draft is None:
            raise Http404
        if act == "sign":
            said = signing.cleaned_data
            services.sign_attest(
                draft,
                name=said["name"],
                day=said["day"],
                is_on_paper=said["way"] == "paper",
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
            note=note,
            facts=attest_facts(facts),
            was_posted=request.method == "POST",
            parts=(form, signing),
            extra={
                "draft": draft if may_edit else None,
                "shown": shown,
                "versions": versions,
                "signing": signing,
                "may_edit": may_edit,
                "is_outdated": shown is not None and is_outdated(shown, on=on),
                "tongues": languages()[1:],
                "case_href": case_href(case.pk),
            },
        )

    return answer(
        request,
        "follow_up/attest.html",
        [signing if act == "sign" else form],
        save,
        page,
        version=draft.version if draft else 0,
        said=_("Attesten er underskrevet.") if act == "sign" else _("Kladden er lagret."),
    )


def attest_facts(facts: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """Return the facts of an attest as lines, and which hours they count."""
    rows = tuple((label[0], value[0]) for label, value in fact_rows(facts))
    note = note_of(facts)[0]
    return (*rows, (_("Om timene"), note)) if note else rows


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
