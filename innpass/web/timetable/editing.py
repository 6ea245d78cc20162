"""Making a person's week by hand: groups to choose, stays to write or drag, judged as one goes."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from innpass.casework.timetable.finding import find_proposed_week, find_timetable
from innpass.casework.timetable.judging import judge, week_by_hand, weeks_beside
from innpass.casework.timetable.problems import Assembled, assemble
from innpass.casework.timetable.queries import Week
from innpass.casework.timetable.seats import SeatsTaken, seats_taken
from innpass.casework.timetable.seeing import as_seen_by
from innpass.casework.timetable.services import (
    Clashing,
    NoWeek,
    Outdated,
    keep_week,
    slots_of,
)
from innpass.domain.access.policy import check_may_write, may_read
from innpass.domain.planning.problem import TeachingGroup, Workplace
from innpass.domain.planning.reasons import Weekday
from innpass.web.design.gate import actor_of
from innpass.web.design.words import capitalised
from innpass.web.timetable.assembling import Known, endings_of, mend_of, week_of_person
from innpass.web.timetable.calendars import draw
from innpass.web.timetable.entries import planned_entries, stored_entries
from innpass.web.timetable.measuring import Measuring
from innpass.web.timetable.pages import (
    Conflict,
    EditPage,
    GroupChoice,
    Outcome,
    StayRow,
    Told,
)
from innpass.web.timetable.typed import TypedStay, TypedWeek, of_blocks, of_slots, read
from innpass.web.timetable.views import not_found, open_week
from innpass.web.timetable.weeks import DAYS, SHORT_DAYS, WORKDAYS, time_words, would_hold


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the form of a week, how the week would be, or keep it.

    A part of the page asks how the week would be while somebody types; without scripts a button
    does.
    """
    actor = actor_of(request)
    check_may_write(actor, "timetable.week")
    typed = read(request.POST)
    is_part = request.method == "POST" and request.headers.get("HX-Request") == "true"
    chosen = typed.groups if is_part else ()
    about = open_week(request, pk, actor=actor, chosen=chosen, every_group=True)
    if about is None:
        return not_found(request)
    if not about.is_plannable:
        return HttpResponseRedirect(reverse("timetable:week", args=[pk]) + about.query)
    if is_part:
        page = {"outcome": _outcome(about, typed, about.seen)}
        return render(request, "timetable/outcome.html", page)
    if request.method != "POST":
        return _show(request, about, _begun(request, about))
    if request.POST.get("act") != "keep":
        return _show(request, about, typed, status=422 if typed.problems else 200)
    return _keep(request, about, typed)


def _keep(request: HttpRequest, about: Known, typed: TypedWeek) -> HttpResponse:
    if typed.problems:
        return _show(request, about, typed, status=422)
    try:
        keep_week(
            participant=about.person,
            week=about.week,
            hand=typed.hand,
            only_this_week=typed.only_this_week,
            reason=typed.reason if may_read(about.actor, "timetable.reason") else "",
            expected=typed.expected,
            by=about.actor,
        )
    except Clashing as clash:
        return _show(request, about, typed, status=422, refused=clash.sentences)
    except Outdated:
        return _show(request, about, typed, status=409, is_outdated=True)
    except NoWeek:
        return HttpResponseRedirect(_week_href(about))
    holds = _would_hold(about, typed, only_this_week=typed.only_this_week)
    messages.success(request, _("Timeplanen er lagret. Den gjelder %(holds)s.") % {"holds": holds})
    return HttpResponseRedirect(_week_href(about))


def _show(
    request: HttpRequest,
    about: Known,
    typed: TypedWeek,
    *,
    status: int = 200,
    refused: Sequence[str] = (),
    is_outdated: bool = False,
) -> HttpResponse:
    page = _page(about, typed, refused=refused, is_outdated=is_outdated)
    return render(request, "timetable/edit.html", {"page": page}, status=status)


def _begun(request: HttpRequest, about: Known) -> TypedWeek:
    """Begin with the week that holds, or with a proposal that the address names."""
    expected = about.now.timetable if about.now else None
    try:
        named = UUID(request.GET.get("forslag", ""))
    except ValueError:
        named = None
    proposed = find_proposed_week(named, actor=about.actor) if named else None
    if proposed is not None and proposed.participant_id == about.person.pk and proposed.blocks:
        return of_slots(slots_of(proposed), expected=expected)
    is_only = bool(
        about.now
        and about.now.last_sunday == about.week.sunday
        and about.now.first_monday == about.week.monday
    )
    blocks = about.now.blocks if about.now else ()
    return of_blocks(blocks, only_this_week=is_only, expected=expected)


def _page(about: Known, typed: TypedWeek, *, refused: Sequence[str], is_outdated: bool) -> EditPage:
    pk, problem = about.person.pk, about.seen.problem
    participant = problem.participant[str(pk)]
    taken = seats_taken(
        about.week,
        groups=[UUID(each.key) for each in problem.groups],
        employers=[UUID(participant.placement.workplace)] if participant.placement else (),
        but=[pk],
    )
    suited = {key for need in participant.courses for key in need.groups}
    choices = [_choice(each, typed, taken, suits=each.key in suited) for each in problem.groups]
    workplace = (
        problem.workplace[participant.placement.workplace] if participant.placement else None
    )
    may_appointment = may_read(about.actor, "timetable.appointment")
    return EditPage(
        of=week_of_person(about, view="timetable:edit"),
        href=reverse("timetable:edit", args=[pk]) + about.query,
        suited=tuple(each for each in choices if each.suits or each.is_chosen),
        other_groups=tuple(each for each in choices if not each.suits and not each.is_chosen),
        workplace=workplace.name if workplace else "",
        stays=tuple(_stay_rows(workplace, typed.stays, taken)),
        longest_stay=participant.placement.longest_day if participant.placement else 0,
        only_this_week=typed.only_this_week,
        until=capitalised(_would_hold(about, typed)),
        reason=typed.reason,
        may_reason=may_read(about.actor, "timetable.reason"),
        expected=str(typed.expected or ""),
        outcome=_outcome(about, typed, _with_chosen(about, typed)),
        appointments=tuple(
            f"{each.name}, {DAYS[each.day]} {time_words(each.start, each.end)}"
            if may_appointment
            else f"{each.name} {DAYS[each.day]} {time_words(each.start, each.end)}"
            for each in participant.appointments
        ),
        refused=tuple(refused),
        conflict=_conflict(about) if is_outdated else None,
    )


def _choice(
    group: TeachingGroup, typed: TypedWeek, taken: SeatsTaken, *, suits: bool
) -> GroupChoice:
    people = taken.groups[UUID(group.key)]
    free = group.capacity - people
    is_chosen = UUID(group.key) in typed.groups
    seats = (
        ngettext("%(free)s ledig plass", "%(free)s ledige plasser", free) % {"free": free}
        if free > 0
        else _("Ingen ledige plasser")
    )
    return GroupChoice(
        value=group.key,
        name=group.name,
        about=", ".join(filter(None, (capitalised(group.course), group.place))),
        times=tuple(
            f"{SHORT_DAYS[each.day]} {time_words(each.start, each.end)}" for each in group.sessions
        ),
        seats=seats,
        is_full=free <= 0,
        is_chosen=is_chosen,
        suits=suits,
    )


def _stay_rows(
    workplace: Workplace | None, typed: Mapping[int, TypedStay], taken: SeatsTaken
) -> Iterable[StayRow]:
    """Give a row for each working day, and for weekends where it is open or somebody typed."""
    if workplace is None:
        return
    for day in Weekday:
        opening = workplace.opening(day)
        stay = typed.get(int(day))
        if day >= WORKDAYS and opening is None and stay is None:
            continue
        seats = ""
        if opening is not None and opening.seats < 99:
            free = max(0, opening.seats - taken.stays[UUID(workplace.key), int(day)])
            seats = (
                ngettext("%(free)s ledig plass", "%(free)s ledige plasser", free) % {"free": free}
                if free
                else _("fullt")
            )
        yield StayRow(
            number=int(day),
            name=capitalised(str(DAYS[day])),
            start=stay.start if stay else "",
            end=stay.end if stay else "",
            hours=time_words(opening.start, opening.end) if opening else "",
            seats=seats,
            problem=stay.problem if stay else "",
        )


def _with_chosen(about: Known, typed: TypedWeek) -> Assembled:
    """Return the problem in which the groups chosen suit."""
    pk = about.person.pk
    return as_seen_by(assemble([pk], week=about.week, chosen={pk: typed.groups}), about.actor)


def _outcome(about: Known, typed: TypedWeek, chosen: Assembled) -> Outcome:
    """Judge the week as it stands in the form."""
    pk, actor = about.person.pk, about.actor
    plan = week_by_hand(chosen, pk, groups=typed.groups, stays=typed.hand.stays)
    judged = judge(chosen, pk, plan, explained_beside=weeks_beside(chosen))
    entries = planned_entries(chosen, pk, plan, actor=actor, query=about.query)
    meter = Measuring(chosen, pk, actor=actor).card(entries)
    mend = mend_of(judged.why_short, about)
    told = Told(judged.broken, judged.short, judged.why_short, mend=mend)
    return Outcome(
        calendar=draw(
            entries,
            week=about.week,
            today=about.on,
            off=about.off,
            label=_("Slik blir uka til %(name)s") % {"name": about.person.name},
            is_editable=_has_workplace(chosen, pk),
            hours=_shown_hours(chosen, pk),
        ),
        meter=meter,
        told=told,
        announcement=" ".join(filter(None, (f"{meter.verdict}.", *told.broken))),
        unread=typed.problems,
    )


def _has_workplace(assembled: Assembled, pk: UUID) -> bool:
    return assembled.problem.participant[str(pk)].placement is not None


def _shown_hours(assembled: Assembled, pk: UUID) -> tuple[int, int] | None:
    """Show the workplace's opening hours whole, so that a stay can be dragged anywhere in them."""
    placement = assembled.problem.participant[str(pk)].placement
    if placement is None:
        return None
    openings = assembled.problem.workplace[placement.workplace].openings
    if not openings:
        return None
    return min(each.start for each in openings), max(each.end for each in openings)


def _conflict(about: Known) -> Conflict:
    """Show what another put in force meanwhile."""
    now: Week | None = about.now
    entries = stored_entries(now.blocks if now else (), actor=about.actor, query=about.query)
    found = find_timetable(now.timetable, actor=about.actor) if now else None
    row = found[0] if found else None
    return Conflict(
        theirs=draw(
            entries,
            week=about.week,
            today=about.on,
            off=about.off,
            label=_("Uka som gjelder nå"),
        ),
        theirs_meter=Measuring(about.seen, about.person.pk, actor=about.actor).card(entries)
        if now
        else None,
        by=str(row.made_by or "") if row else "",
        expected=str(now.timetable) if now else "",
    )


def _would_hold(about: Known, typed: TypedWeek, *, only_this_week: bool = False) -> str:
    plan = week_by_hand(about.seen, about.person.pk, groups=typed.groups, stays=typed.hand.stays)
    return would_hold(
        about.week,
        about.timetables,
        only_this_week=only_this_week,
        endings=endings_of(about, plan),
    )


def _week_href(about: Known) -> str:
    return reverse("timetable:week", args=[about.person.pk]) + about.query
