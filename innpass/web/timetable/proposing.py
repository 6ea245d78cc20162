"""Filling the pages of proposals: one person's beside the week of today, and everybody's."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from innpass.casework.jobs.queries import Job, waits_in_vain
from innpass.casework.timetable.ending import groups_that_end
from innpass.casework.timetable.proposing import ProposedWeek, TimetableProposal
from innpass.casework.timetable.services import slots_of
from innpass.casework.timetable.taking import obstacles
from innpass.domain.periods import IsoWeek
from innpass.web.design.pages import Link, paging
from innpass.web.design.templatetags.design import day, number
from innpass.web.design.words import capitalised
from innpass.web.timetable.assembling import (
    Known,
    assumed_of,
    endings_of,
    mend_of,
    places_to_change,
    week_of_person,
)
from innpass.web.timetable.calendars import Calendar, Entry, draw, span_of
from innpass.web.timetable.caseload_pages import ProgressPage, ProposalPage, ProposedLine
from innpass.web.timetable.entries import planned_entries, stored_entries
from innpass.web.timetable.measuring import Measuring
from innpass.web.timetable.pages import ChangeLine, ProposedPage, StandingLink, Told
from innpass.web.timetable.weeks import DAYS, span_words, week_words, would_hold

PAGE_SIZE = 50
_SAME = "uendret"
_STANDINGS: dict[str, tuple[Any, Any, str, str]] = {
    "umulig": (
        gettext_lazy("Går ikke opp"),
        gettext_lazy("Krav som står mot hverandre"),
        "danger",
        "XMarkOctagon",
    ),
    "mangler": (
        gettext_lazy("Mangler timer"),
        gettext_lazy("Det beste som er mulig nå. Mest først"),
        "warning",
        "ExclamationmarkTriangle",
    ),
    "full": (
        gettext_lazy("Full uke"),
        gettext_lazy("Ny eller endret"),
        "success",
        "CheckmarkCircle",
    ),
    _SAME: (
        gettext_lazy("Som i dag"),
        gettext_lazy("Full uke, ingenting endres"),
        "neutral",
        "MinusCircle",
    ),
}


def proposed_page(
    proposed: ProposedWeek, about: Known, *, refused: Sequence[str] = ()
) -> ProposedPage:
    """Return one person's proposed week beside the one that holds."""
    pk, actor = about.person.pk, about.actor
    told: Mapping[str, Any] = proposed.told
    now = stored_entries(about.now.blocks if about.now else (), actor=actor, query=about.query)
    planned = (
        planned_entries(about.seen, pk, slots_of(proposed), actor=actor, query=about.query)
        if about.is_plannable
        else []
    )
    hours = span_of(now, planned)
    measuring = Measuring(about.seen, pk, actor=actor) if about.is_plannable else None
    has_week = proposed.blocks is not None and about.is_plannable
    stopped = obstacles([proposed], actor=actor).get(pk, ()) if proposed.taken_id is None else ()

    def drawn(entries: Sequence[Entry], label: str) -> Calendar:
        return draw(
            entries, week=about.week, today=about.on, off=about.off, label=label, hours=hours
        )

    return ProposedPage(
        pk=proposed.pk,
        edit_href=reverse("timetable:edit", args=[pk]) + f"{about.query}&forslag={proposed.pk}",
        of=week_of_person(about, view="timetable:week"),
        now=drawn(_marked(now, planned, gone="removed"), _("Uka i dag")) if about.now else None,
        now_meter=measuring.card(now) if measuring and about.now else None,
        calendar=drawn(_marked(planned, now, new=bool(about.now)), _("Forslaget"))
        if has_week
        else None,
        meter=measuring.card(planned) if measuring and has_week else None,
        changes=tuple(_change_lines(told.get("changes", ()))) if about.now else (),
        why=tuple(told.get("why", ())),
        told=Told(
            short=tuple(told.get("short", ())),
            why_short=tuple(told.get("why_short", ())),
            mend=mend_of(told.get("why_short", ()), about),
        ),
        clash=tuple(told.get("clash", ())),
        assumed=assumed_of(told.get("assumed", ()), about),
        fixes=places_to_change(about),
        is_same=is_same(proposed),
        until=capitalised(
            would_hold(about.week, about.timetables, endings=endings_of(about, slots_of(proposed)))
        ),
        is_taken=proposed.taken_id is not None,
        outdated=" ".join(stopped) if proposed.blocks else "",
        back=Link(_("Alle forslagene"), reverse("timetable:proposal", args=[proposed.proposal_id]))
        if proposed.proposal.job
        else None,
        refused=tuple(refused),
    )


def is_same(proposed: ProposedWeek) -> bool:
    """Tell whether a proposal is the week that held when it was made."""
    return bool(
        proposed.blocks is not None
        and proposed.before_id is not None
        and not proposed.told.get("changes")
    )


def standing_of(proposed: ProposedWeek) -> str:
    """Say how a proposed week stands, as a word of addresses."""
    if proposed.blocks is None:
        return "umulig"
    if proposed.told.get("short"):
        return "mangler"
    return _SAME if is_same(proposed) else "full"


def progress_page(proposal: TimetableProposal, job: Job) -> ProgressPage:
    """Return how far the worker has come."""
    is_running = job.status == "running"
    total = job.progress_total or 1
    week = IsoWeek.of(proposal.first_monday)
    return ProgressPage(
        href=reverse("timetable:proposal", args=[proposal.pk]),
        stop_href=reverse("timetable:stop", args=[proposal.pk]),
        back_href=f"{reverse('timetable:caseload')}?uke={week}",
        words=week_words(week),
        now=_progress_words(proposal, job),
        is_stopping=proposal.enough_at is not None,
        percent=min(99, round(100 * job.progress_done / total)) if is_running else 0,
        obstacle=_(
            "Ingen arbeidsprosess tar imot nå, så forslaget står stille. Det begynner av seg selv "
            "når «innpass worker» går igjen. Si fra til den som drifter Innpass."
        )
        if waits_in_vain(job)
        else "",
    )


def _progress_words(proposal: TimetableProposal, job: Job) -> str:
    if job.status != "running":
        return _("Venter på tur")
    if proposal.enough_at is not None:
        return _("Stopper, og tar vare på det beste så langt")
    return job.message or _("Begynner")


def proposal_page(
    proposal: TimetableProposal,
    weeks: Sequence[ProposedWeek],
    *,
    standing: str,
    number_of_page: int,
    marked: Iterable[str] = (),
    problem: str = "",
    refused: Sequence[str] = (),
    left: Mapping[UUID, Sequence[str]] | None = None,
) -> ProposalPage:
    """Return everybody's proposed weeks, unmet first."""
    href = reverse("timetable:proposal", args=[proposal.pk])
    week = IsoWeek.of(proposal.first_monday)
    order = list(_STANDINGS)
    by_standing = [(standing_of(each), each) for each in weeks]
    counts = Counter(each for each, _week in by_standing)
    standing = standing if standing in _STANDINGS else ""
    shown = [pair for pair in by_standing if not standing or pair[0] == standing]
    # What lacks most first, as far as the proposal says; by name where that is the same.
    shown.sort(key=lambda pair: (order.index(pair[0]), -pair[1].told.get("missing", 0)))
    asked = f"liste={standing}&" if standing else ""
    pages = paging(
        number=number_of_page,
        size=PAGE_SIZE,
        total=len(shown),
        href=lambda n: f"{href}?{asked}side={n}",
    )
    start = max(pages.first - 1, 0)
    names = {each.participant_id: each.participant.name for each in weeks}
    return ProposalPage(
        href=f"{href}?{asked}side={number_of_page}",
        take_href=f"{reverse('timetable:take', args=[proposal.pk])}?{asked}side={number_of_page}",
        week_words=capitalised(week_words(week)),
        span=span_words(week.monday, week.sunday),
        back_href=f"{reverse('timetable:caseload')}?uke={week}",
        standings=tuple(
            StandingLink(
                label=str(label),
                explanation=str(explanation),
                href=href if each == standing else f"{href}?liste={each}",
                count=counts[each],
                is_current=each == standing,
                colour=colour,
                icon=icon,
            )
            for each, (label, explanation, colour, icon) in _STANDINGS.items()
        ),
        ends=tuple(
            _("%(name)s slutter %(day)s. Etter det mangler den i ukene.")
            % {"name": name, "day": day(last)}
            for last, name in groups_that_end(slots_of(each) for each in waiting_weeks(weeks))
        ),
        gap=gap_words(proposal.answer or {}),
        counts=ngettext(
            "Forslag til uke for %(count)s deltaker.",
            "Forslag til uke for %(count)s deltakere.",
            len(weeks),
        )
        % {"count": number(len(weeks))},
        lines=tuple(_line(how, each) for how, each in shown[start : start + PAGE_SIZE]),
        paging=pages,
        takeable=sum(_is_takeable(each) for each in weeks),
        problem=problem,
        refused=tuple(refused),
        left=tuple((names[pk], " ".join(why)) for pk, why in (left or {}).items()),
        marked=frozenset(marked),
    )


def gap_words(answer: Mapping[str, Any]) -> str:
    """Say how good a plan is, as far as that is proved."""
    cost, bound = answer.get("cost", 0), answer.get("bound", 0)
    if answer.get("status") == "proved_best" or cost <= bound:
        return _("Det finnes ingen bedre fordeling av plassene. Det er regnet ut.")
    percent = number(round(max(0.1, 100 * (cost - bound) / cost), 1))
    said = _("Høyst %(percent)s prosent fra det beste som er mulig.")
    if answer.get("status") == "stopped":
        said = _(
            "Letingen ble stoppet, og dette er det beste som var funnet: høyst %(percent)s prosent "
            "fra det beste som er mulig."
        )
    return said % {"percent": percent}


def waiting_weeks(weeks: Iterable[ProposedWeek]) -> list[ProposedWeek]:
    """Return those that can be taken, as far as the proposal itself tells."""
    return [each for each in weeks if _is_takeable(each)]


def _is_takeable(proposed: ProposedWeek) -> bool:
    return bool(proposed.blocks) and proposed.taken_id is None and not is_same(proposed)


def _line(how: str, proposed: ProposedWeek) -> ProposedLine:
    told = proposed.told
    reasons = told.get("clash") if how == "umulig" else [*told.get("short", ())]
    changes = len(told.get("changes", ()))
    return ProposedLine(
        pk=proposed.pk,
        name=proposed.participant.name,
        href=reverse("timetable:proposed_week", args=[proposed.pk]),
        standing=how,
        is_same=is_same(proposed),
        reasons=tuple(reasons or ()),
        changes=_changes_words(changes, is_new=proposed.before_id is None) if changes else "",
        is_taken=proposed.taken_id is not None,
        is_takeable=_is_takeable(proposed),
    )


def _changes_words(count: int, *, is_new: bool) -> str:
    if is_new:
        return ngettext("Ny uke med %(count)s økt", "Ny uke med %(count)s økter", count) % {
            "count": count
        }
    return ngettext("%(count)s endring", "%(count)s endringer", count) % {"count": count}


def _change_lines(changes: Iterable[Mapping[str, Any]]) -> Iterable[ChangeLine]:
    for each in changes:
        words = {
            "what": each["what"],
            "day": DAYS[each["day"]],
            "time": each["time"],
            "was": each["was"],
        }
        said = {
            "added": _("%(what)s kommer til %(day)s %(time)s."),
            "removed": _("%(what)s går ut %(day)s %(time)s."),
            "moved": _("%(what)s på %(day)s flyttes fra %(was)s til %(time)s."),
        }[each["kind"]]
        yield ChangeLine(each["kind"], said % words)


def _marked(
    entries: Sequence[Entry], others: Sequence[Entry], *, gone: str = "", new: bool = True
) -> list[Entry]:
    """Mark the entries that the other week does not have: gone, new, or at another time."""
    same = {(each.day, each.start, each.end, each.part, each.name) for each in others}
    days = {(each.day, each.part, each.name) for each in others}
    found = []
    for each in entries:
        change = ""
        if new and (each.day, each.start, each.end, each.part, each.name) not in same:
            is_there = (each.day, each.part, each.name) in days
            change = gone or ("moved" if is_there else "added")
        found.append(replace(each, change=change))
    return found
