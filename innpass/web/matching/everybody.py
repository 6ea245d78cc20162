"""Everybody who looks for a place: the list, the match as a job, and taking what it found."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import HttpResponseClientRedirect

from innpass.casework.jobs import services as jobs
from innpass.casework.jobs.queries import has_ended
from innpass.casework.matching import choosing, running
from innpass.casework.matching.locks import locks_on
from innpass.casework.matching.running import MatchRun
from innpass.domain.access.policy import check_may_read, check_may_write
from innpass.domain.access.roles import Actor
from innpass.exchange.clock import today
from innpass.web.design.gate import actor_of
from innpass.web.design.pages import page_number
from innpass.web.matching.asking import monday_asked
from innpass.web.matching.runs import progress_page, run_page, start_page


@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """Show who looks for a place, what is free, and the matches made before."""
    actor = actor_of(request)
    check_may_read(actor, "match.advice")
    on = today()
    page = start_page(
        actor=actor,
        monday=monday_asked(request.GET, on=on),
        on=on,
        number_of_page=page_number(request.GET.get("side", "")),
    )
    return render(request, "matching/start.html", {"page": page})


@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Have the worker match everybody."""
    actor = actor_of(request)
    check_may_write(actor, "match.advice")
    made = running.ask(monday=monday_asked(request.GET, on=today()), by=actor)
    return HttpResponseRedirect(reverse("matching:run", args=[made.pk]))


@require_GET
@vary_on_headers("HX-Request")
def run(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a match as it stands: how far it has come, or what it found."""
    actor = actor_of(request)
    check_may_read(actor, "match.advice")
    found = _run(pk, actor)
    is_part = request.headers.get("HX-Request") == "true"
    job = running.job_of(found)
    if job is not None and not has_ended(job):
        template = "matching/progress.html" + ("#progress" if is_part else "")
        return render(request, template, {"page": progress_page(found, job)})
    if is_part:
        return HttpResponseClientRedirect(reverse("matching:run", args=[pk]))
    problem = ""
    if found.answer is None:
        problem = (job.error if job else "") or _("Matchingen ble stoppet før den var ferdig.")
    return _show(request, found, actor=actor, problem=problem)


@require_POST
def stop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Stop a match; nothing is stored of it."""
    actor = actor_of(request)
    check_may_write(actor, "match.advice")
    found = _run(pk, actor)
    job = running.job_of(found)
    if job is not None:
        jobs.cancel(job=job, by=actor)
    return HttpResponseRedirect(reverse("matching:run", args=[pk]))


@require_POST
def take(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Propose the places of one, of those marked or of all; say who was left, and why."""
    actor = actor_of(request)
    check_may_write(actor, "match.advice")
    found = _run(pk, actor)
    proposals = running.proposals_of(found, actor=actor)
    marked = set(request.POST.getlist("proposal"))
    if one := request.POST.get("one"):
        chosen = [each for each in proposals if str(each.pk) == one]
    elif request.POST.get("act") == "all":
        chosen = proposals
    else:
        chosen = [each for each in proposals if str(each.pk) in marked]
    chosen = [each for each in chosen if each.place_id and not each.taken_id]
    if not chosen:
        messages.warning(request, _("Merk minst én deltaker først."))
        return HttpResponseRedirect(reverse("matching:run", args=[pk]))
    taken = choosing.take(found, chosen, on=today(), by=actor)
    if taken.made:
        told = ngettext(
            "%(count)s plass er foreslått. Finn den igjen under Praksis.",
            "%(count)s plasser er foreslått. Finn dem igjen under Praksis.",
            len(taken.made),
        )
        messages.success(request, told % {"count": len(taken.made)})
    if taken.left:
        return _show(request, found, actor=actor, left=taken.left, marked=marked)
    return HttpResponseRedirect(reverse("matching:run", args=[pk]))


def _show(
    request: HttpRequest,
    found: MatchRun,
    *,
    actor: Actor,
    problem: str = "",
    left: Mapping[UUID, str] | None = None,
    marked: Collection[str] = (),
) -> HttpResponse:
    proposals = running.proposals_of(found, actor=actor)
    page = run_page(
        found,
        proposals,
        actor=actor,
        locked=locks_on(found.first_monday),
        problem=problem,
        left=left,
        marked=marked,
    )
    return render(request, "matching/run.html", {"page": page}, status=409 if left else 200)


def _run(pk: UUID, actor: Actor) -> MatchRun:
    found = running.find_run(pk, actor=actor)
    if found is None:
        raise Http404
    return found
