"""An attest: its draft, the employer's signature, and the document."""

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from innpass.casework.follow_up import services
from innpass.casework.follow_up.attests import attests_of, facts_of, facts_of_case
from innpass.casework.follow_up.cases import find_case
from innpass.casework.follow_up.queries import (
    find_attest,
)
from innpass.casework.participants.queries import name_on_paper, owner_of
from innpass.casework.participants.services import note_reading
from innpass.domain.access.policy import (
    check_may_read,
    check_may_write,
    may_read,
    may_write,
)
from innpass.exchange.clock import today
from innpass.web.design.gate import actor_of
from innpass.web.design.templatetags.design import day as day_text
from innpass.web.design.templatetags.design import hours as hours_text
from innpass.web.follow_up.assembling import trail_to
from innpass.web.follow_up.board import case_href, person_href
from innpass.web.follow_up.forms import (
    AttestForm,
    SignForm,
)
from innpass.web.follow_up.pages import FormPage
from innpass.web.follow_up.saving import answer, expected, posted

if TYPE_CHECKING:
    from innpass.casework.follow_up.models import Attest


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
    """Return the facts of an attest as lines."""
    first, last = facts.get("first_day"), facts.get("last_day")
    days = day_text(date.fromisoformat(first)) if first else ""
    if last:
        days = f"{days}–{day_text(date.fromisoformat(last))}"
    lines = [
        (_("Arbeidssted"), facts.get("employer", "")),
        (_("Praksisplass"), facts.get("place", "")),
        (_("Periode"), days),
        (
            _("Avtalte timer per uke"),
            hours_text(facts["hours_per_week"]) if facts.get("hours_per_week") else "",
        ),
        (
            _("Avtalte timer til sammen"),
            (_("omtrent %(hours)s til nå") if facts.get("until_today") else _("omtrent %(hours)s"))
            % {"hours": hours_text(float(facts["total_hours"]))}
            if facts.get("total_hours")
            else "",
        ),
    ]
    return tuple((label, value) for label, value in lines if value)


@require_GET
def attest_pdf(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Print a version of an attest, in Norwegian."""
    actor = actor_of(request)
    check_may_read(actor, "attest.content")
    found = find_attest(pk, actor=actor)
    if found is None:
        raise Http404
    document = attest_document(found, shows_birth=may_read(actor, "birth_date"))
    content = services.print_attest(found, document, made_at=timezone.now(), by=actor)
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={
            "Content-Disposition": 'attachment; filename="attest.pdf"',
            "Cache-Control": "no-store",
        },
    )


def attest_document(row: "Attest", *, shows_birth: bool) -> dict[str, Any]:
    """Return what the template ``attest`` of ``exchange.pdf`` asks for."""
    person = owner_of(row.case.participant)
    born = person.birth_date if shows_birth and name_on_paper(person) else None
    known = facts_of(row, on=today())
    facts = [[label, value] for label, value in attest_facts(known)]
    if born is not None:
        facts.insert(0, [_("Født"), day_text(born)])
    sections = [
        (_("Arbeidsoppgaver"), row.tasks),
        (_("Hva deltakeren har lært"), row.learned),
        (_("Fra arbeidsgiveren"), row.words),
    ]
    signed = (
        _("Underskrevet av %(who)s %(day)s")
        % {"who": row.signed_by, "day": day_text(row.signed_on)}
        if row.signed_on
        else ""
    )
    return {
        "title": ", ".join(filter(None, (_("Attest"), name_on_paper(person)))),
        "heading": _("Attest for praksis"),
        "name": name_on_paper(person),
        "facts": facts,
        "sections": [
            {"title": title, "lines": text.splitlines()} for title, text in sections if text
        ],
        "is_draft": row.signed_on is None,
        "draft": _("Kladd. Attesten er ikke underskrevet."),
        "signed": signed,
        "signing": [_("Sted og dato"), _("For %s") % known.get("employer", "")],
        "footer": _("Attest, versjon %s") % row.number,
        "page_word": _("Side"),
    }
