"""What if the law were another: asking, waiting, and the answer."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import HttpResponseClientRedirect

from innpass.casework.exports.what_if import difference, export_what_if
from innpass.casework.jobs.queries import has_ended, waits_in_vain
from innpass.casework.programme.readings import law_here
from innpass.casework.programme.what_if import CONTACTS, Line, WhatIf, ask, find, job_of, lines_of
from innpass.domain.access.policy import Act, check_may_read, may, may_export, may_read
from innpass.domain.access.roles import Actor
from innpass.domain.law.law import Law
from innpass.domain.law.supposing import Supposition, value_now
from innpass.domain.law.words import part_words, state_word, title
from innpass.domain.sheets.records import Owner
from innpass.exchange.clock import today
from innpass.web.design.gate import actor_of
from innpass.web.design.pages import page_number
from innpass.web.design.templatetags.design import day, number
from innpass.web.design.words import BODIES, capitalised, field_label
from innpass.web.regulations.forms import NumberForm, TextForm
from innpass.web.regulations.pages import (
    ByContact,
    OutcomeLine,
    OutcomePage,
    SupposePage,
    WaitingPage,
)
from innpass.web.regulations.rereading import rereading_page

MOST_NAMED = 200  # of one contact; the rest is in the workbook
_BODY_OF = {
    "programme.adviser": Owner.REFUGEE,
    "nav.adviser": Owner.NAV,
    "teacher": Owner.LEARNING,
}
_MAY = "status.explanation"


@require_http_methods(["GET", "HEAD", "POST"])
def suppose(request: HttpRequest) -> HttpResponse:
    """Choose a passed text and a day, or another value of a number; the worker answers."""
    actor = actor_of(request)
    check_may_read(actor, _MAY)
    law = law_here()
    is_text = request.POST.get("act") == "text"
    posted = request.POST if request.method == "POST" else None
    text_form = TextForm(posted if is_text else None, law=law, on=today())
    number_form = NumberForm(None if is_text else posted, law=law)
    form: TextForm | NumberForm = text_form if is_text else number_form
    if form.is_valid():
        asked = ask(form.supposition, on=today(), by=actor)
        return HttpResponseRedirect(reverse("regulations:outcome", args=[asked.pk]))
    page = SupposePage(text_form, number_form)
    status = 422 if form.is_bound else 200
    return render(request, "regulations/suppose.html", {"page": page}, status=status)


def _asked(pk: UUID, actor: Actor) -> WhatIf:
    if not may(actor, Act.CHANGE_SETTINGS):
        check_may_read(actor, _MAY)
    found = find(pk, actor=actor)
    if found is None:
        raise Http404
    if not Supposition.from_json(found.supposed).reading:
        check_may_read(actor, _MAY)
    return found


@require_GET
@vary_on_headers("HX-Request")
def outcome(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show who would fall short, or how far the judging has come."""
    actor = actor_of(request)
    asked = _asked(pk, actor)
    is_part = request.headers.get("HX-Request") == "true"
    job = job_of(asked)
    if asked.outcome is None:
        template = "regulations/waiting.html"
        if is_part and not (job is None or has_ended(job)):
            template += "#progress"
        return render(request, template, {"page": _waiting(asked, job)})
    if is_part:
        return HttpResponseClientRedirect(reverse("regulations:outcome", args=[pk]))
    shown = page_number(request.GET.get("side", "1"))
    if Supposition.from_json(asked.supposed).reading:
        about = rereading_page(asked, actor=actor, shown=shown)
        return render(request, "regulations/rereading.html", {"page": about})
    page = outcome_page(
        asked,
        actor=actor,
        contact=request.GET.get("etter", ""),
    )
    return render(request, "regulations/outcome.html", {"page": page})


@require_GET
def outcome_workbook(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Hand the answer out as a workbook."""
    actor = actor_of(request)
    check_may_read(actor, _MAY)
    asked = _asked(pk, actor)
    if asked.outcome is None or Supposition.from_json(asked.supposed).reading:
        raise Http404
    content = export_what_if(asked, supposed=in_words(asked, law_here()), by=actor)
    response = HttpResponse(
        content,
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    response["Content-Disposition"] = f'attachment; filename="hva-om-{today():%Y-%m-%d}.xlsx"'
    return response


def number_words(name: str, law: Law) -> str:
    """Say which number is meant, with the part."""
    whole, _dot, part = name.partition(".")
    term = capitalised(law.parameter(whole).term)
    return f"{term}: {part_words(part)}" if part else term


def in_words(asked: WhatIf, law: Law) -> str:
    """Say what is supposed."""
    what = Supposition.from_json(asked.supposed)
    if what.reading:
        return _("Hva endrer det å lese teksten slik?")
    if what.text:
        return _("Hva om «%(topic)s», slik teksten er vedtatt, gjaldt fra %(day)s?") % {
            "topic": title(law.text(what.text).topic),
            "day": day(what.first_day),
        }
    return _("Hva om «%(number)s» var %(then)s og ikke %(now)s?") % {
        "number": number_words(what.number, law),
        "then": number(what.value),
        "now": number(value_now(law, what.number)),
    }


def _waiting(asked: WhatIf, job: Any) -> WaitingPage:
    has_begun = bool(job and job.status == "running" and job.progress_total)
    problem = ""
    if job is None or has_ended(job):
        problem = (job.error if job else "") or _("Svaret kom ikke. Spør på nytt.")
    return WaitingPage(
        pk=asked.pk,
        title=in_words(asked, law_here()),
        now=_("Vurderer deltakerne") if has_begun else _("Venter på tur"),
        percent=round(100 * job.progress_done / job.progress_total) if has_begun else 0,
        problem=problem,
        obstacle=_(
            "Ingen arbeidsprosess tar imot nå. Arbeidet begynner av seg selv når «innpass worker» "
            "går igjen. Si fra til den som drifter Innpass."
        )
        if job and not has_ended(job) and waits_in_vain(job)
        else "",
    )


def outcome_page(asked: WhatIf, *, actor: Actor, contact: str) -> OutcomePage:
    """Return the answer by one of the contacts, with those it is about."""
    lines = lines_of(asked, actor=actor)
    offered = [name for name in CONTACTS if may_read(actor, name)]
    by = contact if contact in offered else offered[0]
    here = reverse("regulations:outcome", args=[asked.pk])
    return OutcomePage(
        pk=asked.pk,
        title=in_words(asked, law_here()),
        as_of=asked.as_of,
        people=asked.people or 0,
        topics=tuple(title(topic) for topic in dict.fromkeys(line.topic for line in lines)),
        short_now=_people(line for line in lines if line.is_short),
        short_then=_people(line for line in lines if line.would_be_short),
        newly=_people(x for x in lines if x.would_be_short and not x.is_short),
        no_longer=_people(x for x in lines if x.is_short and not x.would_be_short),
        contact=field_label(by),
        contacts=tuple(
            (f"{BODIES[_BODY_OF[name]]}: {field_label(name)}", f"{here}?etter={name}", name == by)
            for name in offered
        ),
        by_contact=_by_contact(lines, by),
        export_href=reverse("regulations:outcome_workbook", args=[asked.pk])
        if may_export(actor)
        else "",
    )


def _people(lines: Any) -> int:
    return len({line.participant for line in lines})


def _by_contact(lines: Sequence[Line], by: str) -> tuple[ByContact, ...]:
    """Group the lines; the groups with the greatest difference, and in each those it is about."""
    groups: dict[str, list[Line]] = defaultdict(list)
    for line in sorted(lines, key=lambda line: line.is_short and line.would_be_short):
        groups[line.contacts[by]].append(line)
    found = []
    for name, group in groups.items():
        now = sum(line.is_short for line in group)
        then = sum(line.would_be_short for line in group)
        found.append(
            ByContact(
                name=name or _("Ingen oppgitt"),
                now=now,
                then=then,
                difference=then - now,
                lines=tuple(_line(line) for line in group[:MOST_NAMED]),
                more=max(len(group) - MOST_NAMED, 0),
            )
        )
    return tuple(sorted(found, key=lambda one: (-abs(one.difference), -one.then, one.name)))


def _line(line: Line) -> OutcomeLine:
    return OutcomeLine(
        name=line.name,
        href=reverse("participant:participant", args=[line.participant]),
        topic=title(line.topic),
        now=state_word(line.now),
        then=state_word(line.then),
        difference=difference(line),
        colour="danger"
        if line.would_be_short and not line.is_short
        else "success"
        if line.is_short and not line.would_be_short
        else "neutral",
    )
