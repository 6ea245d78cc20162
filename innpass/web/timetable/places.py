"""The week of a group and of a workplace: who is there when, and how many seats are free."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from innpass.casework.participants.queries import visible_participants
from innpass.casework.timetable.finding import (
    Place,
    TeachingGroup,
    find_group,
    find_place,
    has_been_planned,
)
from innpass.casework.timetable.queries import (
    PlannedBlock,
    days_without_sessions,
    weeks_of_employer,
    weeks_of_group,
)
from innpass.casework.timetable.seats import seats_taken
from innpass.domain.access.policy import Act, check_may_read, may, may_read
from innpass.domain.access.roles import Actor
from innpass.domain.periods import IsoWeek
from innpass.domain.planning.sentences import hours_text
from innpass.domain.planning.solution import Part
from innpass.domain.sheets.fields import Activity
from innpass.exchange.clock import today
from innpass.web.design.gate import actor_of
from innpass.web.design.templatetags.design import day, number
from innpass.web.design.words import capitalised, code_in_words
from innpass.web.timetable.assembling import gone_words, week_nav
from innpass.web.timetable.calendars import Entry, draw, lessons_words
from innpass.web.timetable.place_pages import DayHead, GroupPage, Member, PlacePage, PlaceRow
from innpass.web.timetable.views import not_found
from innpass.web.timetable.weeks import DAYS, WORKDAYS, time_words, week_asked

Weeks = Mapping[UUID, Sequence[PlannedBlock]]


@require_GET
def group(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a group's week, and who of those one may see is in it."""
    actor = actor_of(request)
    check_may_read(actor, "timetable.week")
    found = find_group(pk)
    if found is None:
        return not_found(request)
    on = today()
    week = week_asked(request.GET, on=on)
    return render(request, "timetable/group.html", {"page": _group(found, week, actor, on=on)})


@require_GET
def workplace(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show who of those one may see is at a workplace, day by day."""
    actor = actor_of(request)
    check_may_read(actor, "timetable.week")
    place = find_place(pk, actor=actor)
    if place is None or not (place.openings or has_been_planned(pk, actor=actor)):
        return not_found(request)
    on = today()
    week = week_asked(request.GET, on=on)
    return render(request, "timetable/workplace.html", {"page": _place(place, week, actor, on=on)})


def _group(found: TeachingGroup, week: IsoWeek, actor: Actor, *, on: date) -> GroupPage:
    members = _members(weeks_of_group(found.pk, week=week), actor, week)
    off = days_without_sessions(week)
    meets = found.first_day <= week.sunday and (
        found.last_day is None or found.last_day >= week.monday
    )
    sessions = sorted(found.sessions.all(), key=lambda each: (each.day, each.start))
    taken = seats_taken(week, groups=[found.pk]).groups[found.pk]
    free = found.capacity - taken
    href = reverse("timetable:group", args=[found.pk])
    minutes = sum(each.lessons for each in sessions) * found.counted_minutes
    return GroupPage(
        name=found.name,
        about=tuple(
            (label, value)
            for label, value in (
                (_("Kurs"), capitalised(code_in_words("activity.kind", found.activity))),
                (_("Nivå"), found.level),
                (_("Sted"), found.locality.name),
                (_("Lærer"), found.teacher if may_read(actor, "teacher") else ""),
                (_("I uka"), _sum_words(sum(each.lessons for each in sessions), minutes)),
                (_("Går"), _between(found.first_day, found.last_day)),
            )
            if value
        ),
        nav=week_nav(week, on=on, href=lambda other: f"{href}?uke={other}"),
        calendar=draw(
            [
                Entry(
                    day=each.day,
                    start=each.start,
                    end=each.end,
                    part=Part.COURSE,
                    activity=Activity(found.activity),
                    name=found.name,
                    where=", ".join(
                        filter(None, (each.room.name if each.room else "", found.locality.name))
                    ),
                    minutes=each.lessons * found.counted_minutes,
                    lessons=each.lessons,
                )
                for each in sessions
                if meets
            ],
            week=week,
            today=on,
            off=off,
            label=_("Uka til %(group)s") % {"group": found.name},
        ),
        members=members,
        seats=_seats(free),
        is_full=free <= 0,
        caseload_href=f"{reverse('timetable:caseload')}?uke={week}&gruppe={found.pk}",
        all_href=f"{reverse('timetable:caseload')}?uke={week}",
        setup_href=reverse("teaching:group", args=[found.pk])
        if may(actor, Act.KEEP_GROUPS)
        else "",
        count=_("%(taken)s av %(capacity)s plasser er opptatt")
        % {"taken": number(taken), "capacity": number(found.capacity)},
        is_empty=not taken,
        gone=gone_words(off),
        meets="" if meets else _("Gruppa møtes ikke denne uka."),
    )


def _place(place: Place, week: IsoWeek, actor: Actor, *, on: date) -> PlacePage:
    weeks = weeks_of_employer(place.pk, week=week)
    members = _members(weeks, actor, week)
    off = days_without_sessions(week)
    shown = {each.pk: weeks[each.pk] for each in members}
    taken = seats_taken(week, employers=[place.pk]).stays
    used = {int(block.day) for blocks in shown.values() for block in blocks}
    last = max([WORKDAYS - 1, *used, *place.openings])
    href = reverse("timetable:workplace", args=[place.pk])
    return PlacePage(
        name=place.name,
        where=place.locality,
        nav=week_nav(week, on=on, href=lambda other: f"{href}?uke={other}"),
        days=tuple(
            _day(number, place, taken[place.pk, number], week, off) for number in range(last + 1)
        ),
        rows=tuple(
            PlaceRow(
                name=each.name,
                href=each.href,
                times=tuple(
                    ", ".join(
                        time_words(block.start, block.end)
                        for block in shown[each.pk]
                        if int(block.day) == number
                    )
                    for number in range(last + 1)
                ),
                total=hours_text(sum(block.counted_minutes for block in shown[each.pk])),
            )
            for each in members
        ),
        all_href=f"{reverse('timetable:caseload')}?uke={week}",
        setup_href=reverse("teaching:workplace", args=[place.pk])
        if may(actor, Act.KEEP_WORKPLACES)
        else "",
        is_stated=bool(place.openings),
        gone=tuple(
            _("%(weekday)s %(day)s er offentlig fridag.")
            % {"weekday": capitalised(str(DAYS[each.weekday()])), "day": day(each)}
            for each, why in sorted(off.items())
            if why == ""
        ),
    )


def _day(number: int, place: Place, taken: int, week: IsoWeek, off: Mapping[date, str]) -> DayHead:
    on = week.monday + timedelta(days=number)
    opening = place.openings.get(number)
    return DayHead(
        name=capitalised(str(DAYS[number])),
        on=on,
        hours=time_words(opening.start, opening.end) if opening else "",
        seats=_("%(taken)s av %(seats)s") % {"taken": taken, "seats": opening.seats}
        if opening
        else str(taken),
        is_over=opening is not None and taken > opening.seats,
        off=_("offentlig fridag") if off.get(on) == "" else "",
    )


def _members(weeks: Weeks, actor: Actor, week: IsoWeek) -> tuple[Member, ...]:
    """Name those whom the actor may see, in order. One query."""
    rows = visible_participants(actor).filter(pk__in=weeks.keys()).order_by("name", "pk")
    return tuple(
        Member(pk, name, f"{reverse('timetable:week', args=[pk])}?uke={week}")
        for pk, name in rows.values_list("pk", "name")
    )


def _seats(free: int) -> str:
    if free <= 0:
        return _("Ingen ledige plasser")
    return ngettext("%(free)s ledig plass", "%(free)s ledige plasser", free) % {"free": free}


def _sum_words(lessons: int, minutes: int) -> str:
    if not lessons:
        return ""
    return f"{lessons_words(lessons, minutes)} = {hours_text(minutes)}"


def _between(first: date, last: date | None) -> str:
    if last is None:
        return _("fra %(day)s") % {"day": day(first)}
    return f"{day(first)} – {day(last)}"
