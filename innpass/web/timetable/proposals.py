"""Asking the planner, looking at what it proposes, and taking it."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import HttpResponseClientRedirect

from innpass.casework.jobs import services as jobs
from innpass.casework.jobs.queries import has_ended
from innpass.casework.participants.queries import find_participant
from innpass.casework.participants.services import note_reading
from innpass.casework.timetable.finding import find_group, find_proposed_week
from innpass.casework.timetable.proposing import (
    NoGroup,
    ProposedWeek,
    TimetableProposal,
    ask_for_caseload,
    find_proposal,
    job_of,
    propose_week,
    say_enough,
    weeks_of,
)
from innpass.casework.timetable.queries import timetables_of
from innpass.casework.timetable.services import Clashing, NoWeek, Outdated, slots_of, take
from innpass.casework.timetable.taking import take_what_can_be_had
from innpass.domain.access.policy import check_may_write
from innpass.domain.access.roles import Actor
from innpass.domain.periods import IsoWeek
from innpass.exchange.clock import today
from innpass.web.design.gate import actor_of
from innpass.web.timetable.asking import group_asked, page_number
from innpass.web.timetable.assembling import Known, endings_of, known
from innpass.web.timetable.proposing import (
    progress_page,
    proposal_page,
    proposed_page,
    waiting_weeks,
)
from innpass.web.timetable.views import not_found
from innpass.web.timetable.weeks import week_asked, would_hold


@require_POST
def propose(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask for one person's week; the answer comes at once."""
    actor = actor_of(request)
    check_may_write(actor, "timetable.week")
    person = find_participant(pk, actor=actor)
    if person is None:
        return not_found(request)
    week = week_asked(request.GET, on=today())
    try:
        made = propose_week(participant=person, week=week, by=actor)
    except NoWeek:
        return HttpResponseRedirect(f"{reverse('timetable:week', args=[pk])}?uke={week}")
    return HttpResponseRedirect(reverse("timetable:proposed_week", args=[made.pk]))


@require_GET
def proposed_week(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a person's proposed week beside the one that holds; the opening is noted."""
    actor = actor_of(request)
    check_may_write(actor, "timetable.week")
    proposed = find_proposed_week(pk, actor=actor)
    if proposed is None:
        return not_found(request)
    return _show(request, proposed, actor=actor)


@require_POST
def take_week(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put one person's proposed week in force."""
    actor = actor_of(request)
    check_may_write(actor, "timetable.week")
    proposed = find_proposed_week(pk, actor=actor)
    if proposed is None:
        return not_found(request)
    week = IsoWeek.of(proposed.proposal.first_monday)
    before = timetables_of([proposed.participant_id]).get(proposed.participant_id, [])
    try:
        made = take([proposed], only_this_week=_is_only(request), by=actor)
    except Clashing as clash:
        return _show(request, proposed, actor=actor, refused=clash.sentences)
    except (NoWeek, Outdated):
        return _show(request, proposed, actor=actor, refused=())
    if made:
        about = _known(proposed, actor=actor)
        endings = endings_of(about, slots_of(proposed))
        holds = would_hold(week, before, only_this_week=_is_only(request), endings=endings)
        said = _("Timeplanen er satt i kraft. Den gjelder %(holds)s.")
        messages.success(request, said % {"holds": holds})
    href = reverse("timetable:week", args=[proposed.participant_id])
    return HttpResponseRedirect(f"{href}?uke={week}")


def _known(proposed: ProposedWeek, *, actor: Actor) -> Known:
    return known(
        proposed.participant,
        week=IsoWeek.of(proposed.proposal.first_monday),
        actor=actor,
        on=today(),
        planned=[slots_of(proposed)],
    )


def _show(
    request: HttpRequest,
    proposed: ProposedWeek,
    *,
    actor: Actor,
    refused: tuple[str, ...] | None = None,
) -> HttpResponse:
    """Draw a proposed week; with ``refused`` it could not be taken as it was asked."""
    about = _known(proposed, actor=actor)
    if refused is None:
        note_reading(participant=proposed.participant, page="timetable", by=actor)
    page = proposed_page(proposed, about, refused=refused or ())
    status = 200 if refused is None else 409
    return render(request, "timetable/proposed.html", {"page": page}, status=status)


def _no_group(request: HttpRequest, week: IsoWeek) -> HttpResponse:
    messages.error(request, _("Gruppa finnes ikke lenger. Velg en annen, eller alle."))
    return HttpResponseRedirect(f"{reverse('timetable:caseload')}?uke={week}")


@require_POST
def propose_all(request: HttpRequest) -> HttpResponse:
    """Have the worker propose the weeks of a group, or of everybody."""
    actor = actor_of(request)
    check_may_write(actor, "timetable.week")
    week = week_asked(request.GET, on=today())
    try:
        group = group_asked(request.GET)
        is_there = group is None or find_group(group) is not None
    except ValueError:
        is_there = False
    if not is_there:
        said = _("Gruppa finnes ikke, så ingen uker er foreslått. Velg en gruppe i lista.")
        messages.warning(request, said)
        return HttpResponseRedirect(f"{reverse('timetable:caseload')}?uke={week}")
    week, group = week_asked(request.GET, on=today()), group_asked(request.GET)
    if group is None and request.GET.get("gruppe"):
        return _no_group(request, week)
    try:
        asked = ask_for_caseload(week=week, group=group, by=actor)
    except NoGroup:
        return _no_group(request, week)
    return HttpResponseRedirect(reverse("timetable:proposal", args=[asked.pk]))


@require_GET
@vary_on_headers("HX-Request")
def proposal(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a proposal for everybody as it stands: how far it has come, or the weeks."""
    actor = actor_of(request)
    check_may_write(actor, "timetable.week")
    found = find_proposal(pk, actor=actor)
    if found is None:
        return not_found(request)
    is_part = request.headers.get("HX-Request") == "true"
    job = job_of(found)
    if job is not None and not has_ended(job):
        template = "timetable/progress.html" + ("#progress" if is_part else "")
        return render(request, template, {"page": progress_page(found, job)})
    if is_part:
        return HttpResponseClientRedirect(reverse("timetable:proposal", args=[pk]))
    problem = ""
    if found.answer is None:
        problem = (job.error if job else "") or _("Forslaget ble stoppet før det var ferdig.")
    return _list(request, found, actor=actor, problem=problem)


@require_POST
def stop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Stop the work on a proposal: with the best so far for its answer, or with nothing."""
    actor = actor_of(request)
    check_may_write(actor, "timetable.week")
    found = find_proposal(pk, actor=actor)
    if found is None:
        return not_found(request)
    job = job_of(found)
    if request.POST.get("keep") == "best":
        say_enough(found, by=actor)
    elif job is not None:
        jobs.cancel(job=job, by=actor)
    return HttpResponseRedirect(reverse("timetable:proposal", args=[pk]))


@require_POST
def take_many(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put the weeks of one, of those marked or of all in force; say who was left out, and why."""
    actor = actor_of(request)
    check_may_write(actor, "timetable.week")
    found = find_proposal(pk, actor=actor)
    if found is None:
        return not_found(request)
    weeks = weeks_of(found, actor=actor)
    marked = set(request.POST.getlist("week"))
    if one := request.POST.get("one"):
        chosen = [each for each in weeks if str(each.pk) == one]
    elif request.POST.get("act") == "all":
        chosen = waiting_weeks(weeks)
    else:
        chosen = [each for each in weeks if str(each.pk) in marked]
    if not chosen:
        messages.warning(request, _("Merk minst én deltaker først."))
        return HttpResponseRedirect(reverse("timetable:proposal", args=[pk]))
    try:
        taken = take_what_can_be_had(chosen, only_this_week=_is_only(request), by=actor)
    except Clashing as clash:
        return _list(request, found, actor=actor, refused=clash.sentences, marked=marked)
    if taken.made:
        said = ngettext(
            "%(count)s timeplan er satt i kraft.",
            "%(count)s timeplaner er satt i kraft.",
            len(taken.made),
        )
        messages.success(request, said % {"count": len(taken.made)})
    if taken.left:
        return _list(request, found, actor=actor, left=taken.left)
    back = reverse("timetable:proposal", args=[pk])
    listed = request.GET.get("liste", "")
    known_list = listed if listed.isalpha() else ""
    return HttpResponseRedirect(f"{back}?liste={known_list}" if known_list else back)


def _list(
    request: HttpRequest,
    found: TimetableProposal,
    *,
    actor: Actor,
    problem: str = "",
    refused: tuple[str, ...] = (),
    left: Mapping[UUID, Sequence[str]] | None = None,
    marked: Collection[str] = (),
) -> HttpResponse:
    page = proposal_page(
        found,
        weeks_of(found, actor=actor),
        standing=request.GET.get("liste", ""),
        number_of_page=page_number(request.GET),
        marked=marked,
        problem=problem,
        refused=refused,
        left=left,
    )
    status = 409 if refused or left else 200
    return render(request, "timetable/proposal.html", {"page": page}, status=status)


def _is_only(request: HttpRequest) -> bool:
    return request.POST.get("scope") == "only"
