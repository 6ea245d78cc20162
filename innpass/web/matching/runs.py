"""Filling the pages of everybody: who looks, what is free, and what a match found."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from innpass.casework.employers.queries import PracticePlace
from innpass.casework.jobs.queries import Job, waits_in_vain
from innpass.casework.matching.apart import apart
from innpass.casework.matching.looking import Told, look_over
from innpass.casework.matching.people import Lacks
from innpass.casework.matching.running import MatchProposal, MatchRun, runs_of, waiting_runs
from innpass.domain.access.policy import Act, may, may_write
from innpass.domain.access.roles import Actor
from innpass.domain.periods import IsoWeek
from innpass.web.design.pages import paging
from innpass.web.design.templatetags.design import day, moment, number
from innpass.web.design.words import listed
from innpass.web.matching.asking import said, week_choice
from innpass.web.matching.pages import (
    LeftOut,
    Line,
    Load,
    PastRun,
    ProgressPage,
    RunPage,
    StartPage,
    Waiting,
)

PAGE_SIZE = 50
_RUNS = 5
_APART = 100  # who is shown of those who are not matched
_BAR = 100.0  # the widest bar, in the picture's own units


def start_page(*, actor: Actor, monday: date, on: date, number_of_page: int) -> StartPage:
    """Show who looks for a place from a Monday on. A fixed number of queries."""
    href = reverse("matching:start")
    start = PAGE_SIZE * (number_of_page - 1)
    found = look_over(actor, monday=monday, start=start, size=PAGE_SIZE)
    if start and start >= found.people:
        found = look_over(actor, monday=monday, start=0, size=PAGE_SIZE)
        number_of_page = 1
    count_apart, others = apart(actor, monday=monday, on=on, most=_APART)
    return StartPage(
        week=week_choice(monday, on=on, href=href),
        people=tuple(
            Waiting(
                name=each.name,
                href=reverse("matching:person", args=[each.participant]) + said(monday),
                lacks=lacks_words(each.lacks),
            )
            for each in found.shown
        ),
        count_people=found.people,
        count_places=found.places,
        locked=tuple(
            (
                f"{person.name}: {place.name}, {place.employer.name}",
                reverse("matching:person", args=[person.pk]) + said(monday),
            )
            for person, place in found.locked
        ),
        idle=tuple(
            (
                f"{person.name}: {place.name}, {place.employer.name}",
                reverse("matching:person", args=[person.pk]) + said(monday),
                why,
            )
            for person, place, why in found.idle
        ),
        runs=(
            *(_ongoing(each, job) for each, job in waiting_runs(actor)),
            *(_past(each) for each in runs_of(actor, most=_RUNS)),
        ),
        ask_href=reverse("matching:ask") + said(monday),
        may_write=may_write(actor, "match.advice"),
        paging=paging(
            number=number_of_page,
            size=PAGE_SIZE,
            total=found.people,
            href=lambda page: f"{href}{said(monday)}&side={page}",
        ),
        apart=tuple(
            (
                each.name,
                reverse("matching:person", args=[each.participant]) + said(monday),
                each.why,
            )
            for each in others
        ),
        count_apart=count_apart,
        travel_href=reverse("matching:travel") if may(actor, Act.KEEP_WORKPLACES) else "",
    )


def lacks_words(lacks: Lacks) -> tuple[str, ...]:
    """Name what is not held about somebody; nothing where all is."""
    named = [
        (lacks.profile, _("yrkesprofil")),
        (lacks.goal and not lacks.profile, _("yrkesmål")),
        (lacks.level, _("norsknivå")),
        (lacks.week, _("timeplan")),
        (lacks.home, _("bosted")),
    ]
    return tuple(name for is_missing, name in named if is_missing)


def progress_page(run: MatchRun, job: Job) -> ProgressPage:
    """Say how far the worker has come."""
    is_running = job.status == "running"
    total = job.progress_total or 1
    return ProgressPage(
        now=(is_running and job.message) or _("Venter på tur"),
        percent=min(99, round(100 * job.progress_done / total)) if is_running else 0,
        href=reverse("matching:run", args=[run.pk]),
        stop_href=reverse("matching:stop", args=[run.pk]),
        back_href=reverse("matching:start") + said(run.first_monday),
        obstacle=_(
            "Innpass tar seg ikke av slike oppgaver akkurat nå, så fordelingen venter. Den lages "
            "av seg selv når det er i gang igjen. Du kan gå fra siden: den ligger under "
            "«Fordelinger du har laget». Varer det, si fra til den som drifter Innpass."
        )
        if waits_in_vain(job)
        else "",
    )


def run_page(
    run: MatchRun,
    proposals: Sequence[MatchProposal],
    *,
    actor: Actor,
    locked: Mapping[UUID, UUID],
    problem: str = "",
    left: Mapping[UUID, str] | None = None,
    marked: Collection[str] = (),
) -> RunPage:
    """Show what a match found.

    Args:
        proposals: of those whom the actor may see.
        locked: the place that each is locked to now, by participant.
        left: why some could not be taken, by proposal.
    """
    figures: dict[str, Any] = run.answer or {}
    back = reverse("matching:start") + said(run.first_monday)
    lines = tuple(
        _line(each, each.place, run, locked, (left or {}).get(each.pk, ""))
        for each in proposals
        if each.place is not None
    )
    words = {"week": IsoWeek.of(run.first_monday).number, "when": moment(run.asked_at)}
    return RunPage(
        title=_("Forslag fra uke %(week)s") % words,
        gain=gain_words(figures),
        counts=_("Laget %(when)s.") % words,
        back_href=back,
        take_href=reverse("matching:take", args=[run.pk]),
        lines=lines,
        left_out=tuple(_left_out(each, run) for each in proposals if each.place is None),
        supervisors=_loads(figures.get("supervisors", ()), _("Ingen praksisveileder ennå")),
        employers=_loads(figures.get("employers", ()), ""),
        placed=len(lines),
        people=len(proposals),
        takeable=sum(1 for each in lines if not each.is_taken),
        may_write=may_write(actor, "match.advice"),
        problem=problem,
        marked=frozenset(marked),
    )


def gain_words(figures: Mapping[str, Any]) -> str:
    """Say what is gained beside giving places out in turn, in people."""
    if not figures:
        return ""
    more = figures["placed"] - figures["in_turn"]
    if more > 0:
        first = ngettext(
            "%(n)s mer enn om plassene ble delt ut i rekkefølge.",
            "%(n)s flere enn om plassene ble delt ut i rekkefølge.",
            more,
        ) % {"n": number(more)}
    elif figures["points"] > figures["points_in_turn"]:
        first = _("Like mange som om plassene ble delt ut i rekkefølge, men de passer bedre.")
    else:
        first = _("Like mange som om plassene ble delt ut i rekkefølge.")
    near = {"n": number(figures["near_goal"]), "other": number(figures["near_goal_in_turn"])}
    if figures["near_goal"] > figures["near_goal_in_turn"]:
        return first + " " + _("%(n)s får et yrke nær målet, mot %(other)s i rekkefølge.") % near
    return first


def _ongoing(run: MatchRun, job: Job) -> PastRun:
    told = {"day": day(run.first_monday)}
    words = (
        _("Lages nå, fra %(day)s") if job.status == "running" else _("Venter på tur, fra %(day)s")
    )
    return PastRun(
        href=reverse("matching:run", args=[run.pk]), when=moment(run.asked_at), words=words % told
    )


def _past(run: MatchRun) -> PastRun:
    figures = run.answer or {}
    told = {
        "placed": number(figures.get("placed", 0)),
        "people": number(figures.get("people", 0)),
        "day": day(run.first_monday),
    }
    return PastRun(
        href=reverse("matching:run", args=[run.pk]),
        when=moment(run.asked_at),
        words=_("%(placed)s av %(people)s fikk plass, fra %(day)s") % told,
    )


def _line(
    each: MatchProposal,
    place: PracticePlace,
    run: MatchRun,
    locked: Mapping[UUID, UUID],
    why_left: str,
) -> Line:
    person = each.participant_id
    back = f"{said(run.first_monday)}&fra_alle={run.pk}"
    return Line(
        pk=each.pk,
        name=each.participant.name,
        href=reverse("matching:person", args=[person]) + said(run.first_monday),
        place=f"{place.name}, {place.employer.name}",
        place_href=reverse("matching:place", args=[place.pk]) + said(run.first_monday),
        told=Told.from_plain(each.told),
        is_locked=locked.get(person) == place.pk,
        lock_href=reverse("matching:lock", args=[person, place.pk]) + back,
        unlock_href=reverse("matching:unlock", args=[person]) + back,
        case_href=reverse("agreements:case", args=[each.taken_id]) if each.taken_id else "",
        is_taken=each.taken_id is not None,
        why_left=why_left,
    )


def _left_out(each: MatchProposal, run: MatchRun) -> LeftOut:
    told = each.told
    fit = told.get("fit", 0)
    why = ""
    if fit:
        words = ngettext(
            "%(n)s plass passer, men er gitt til en annen: %(places)s.",
            "%(n)s plasser passer, men er gitt til andre: %(places)s.",
            fit,
        )
        why = words % {"n": number(fit), "places": listed(told.get("fitting", []))}
    elif told:
        why = _("Ingen plass passer nå.")
    return LeftOut(
        name=each.participant.name,
        href=reverse("matching:person", args=[each.participant_id]) + said(run.first_monday),
        why=why or _("Se hvilke plasser som er nærmest, på siden til deltakeren."),
        nearest=tuple(
            (
                near["place"],
                " ".join(what for what, _change in near["out"]),
                " ".join(change for _what, change in near["out"]),
            )
            for near in told.get("nearest", ())
        )
        if not fit
        else (),
    )


def _loads(rows: Sequence[Sequence[Any]], nobody: str) -> tuple[Load, ...]:
    most = max((running + added for _name, running, added in rows), default=0) or 1
    return tuple(
        Load(
            name=name or nobody,
            running=running,
            added=added,
            width=f"{_BAR * running / most:.1f}",
            added_width=f"{_BAR * added / most:.1f}",
            added_from=f"{_BAR * running / most:.1f}",
        )
        for name, running, added in rows
    )
