"""The learning centre's groups."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from innpass.casework.organisations.queries import ChangedMeanwhile
from innpass.casework.participants.queries import visible_participants
from innpass.casework.timetable import groups as services
from innpass.casework.timetable.keeping import DAYS, CannotKeep, time_text
from innpass.casework.timetable.places import localities, rooms
from innpass.casework.timetable.seats import seats_taken
from innpass.domain.access.policy import Act, check_may, check_may_read, may
from innpass.domain.access.roles import Actor
from innpass.domain.periods import IsoWeek
from innpass.exchange.clock import today
from innpass.web.design.editing import EditPage, answer, expected, posted
from innpass.web.design.fields import as_day
from innpass.web.design.gate import actor_of
from innpass.web.design.words import capitalised, in_words
from innpass.web.teaching.group_forms import EndForm, GroupForm
from innpass.web.teaching.pages import Choice, GroupFacts, GroupLine, GroupsPage, Left
from innpass.web.teaching.tabs import tabs_for

if TYPE_CHECKING:
    from innpass.casework.timetable.models import GroupSession, TeachingGroup

_AUGUST = 8


@require_GET
def groups(request: HttpRequest) -> HttpResponse:
    """Show the groups of a half year, with how many have them in their week."""
    actor = actor_of(request)
    check_may_read(actor, "timetable.week")
    half = _half_asked(request.GET.get("halvaar", ""), on=today())
    week = _week_in(half, on=today())
    page = GroupsPage(
        tabs=tabs_for(actor, "groups"),
        terms=tuple(
            Choice(_half_words(each), f"?halvaar={_half_key(each)}", each == half)
            for each in _halves_around(today())
        ),
        week=week.number,
        groups=tuple(_lines(half, week, actor)),
        may_keep=may(actor, Act.KEEP_GROUPS),
        new_href=reverse("teaching:new_group"),
    )
    return render(request, "teaching/groups.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def new_group(request: HttpRequest) -> HttpResponse:
    """Make a group."""
    return _edit(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
def group(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change a group and its sessions; say whose weeks do not follow it any more."""
    return _edit(request, pk)


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End a group on a day, or take away one that nobody was in."""
    actor = actor_of(request)
    check_may(actor, Act.KEEP_GROUPS)
    found = _found(pk)
    form = EndForm(posted(request), initial={"last_day": as_day(found.last_day or today())})
    if request.POST.get("act") == "delete":
        try:
            services.delete_group(group=found, expected=expected(request), by=actor)
        except (CannotKeep, ChangedMeanwhile) as no:
            said = str(no) if isinstance(no, CannotKeep) else _("Noen andre endret gruppa nå.")
            messages.warning(request, said)
            return HttpResponseRedirect(reverse("teaching:group", args=[pk]))
        messages.success(request, _("Gruppa er slettet."))
        return HttpResponseRedirect(reverse("teaching:groups"))

    def save() -> str:
        services.end_group(
            group=found,
            last_day=form.cleaned_data["last_day"],
            expected=expected(request),
            by=actor,
        )
        return reverse("teaching:group", args=[pk])

    page = EditPage(
        title=_("Avslutt gruppa"),
        lead=found.name,
        back_href=reverse("teaching:group", args=[pk]),
        back=found.name,
        form=form,
        version=found.version,
        facts=not services.is_used(found),
    )
    return answer(
        request, "teaching/end.html", page, parts=[form], is_valid=form.is_valid, save=save
    )


def _edit(request: HttpRequest, pk: UUID | None) -> HttpResponse:
    actor = actor_of(request)
    check_may(actor, Act.KEEP_GROUPS)
    stored = _found(pk) if pk else None
    sessions = services.sessions_of(stored) if stored else []
    form = GroupForm(
        posted(request),
        group=stored,
        stored=sessions,
        places=localities(),
        rooms=rooms(),
        first_day=as_day(today()),
    )

    def save() -> str:
        kept = services.keep_group(
            group=stored,
            values=form.values,
            meetings=form.meetings,
            expected=expected(request),
            by=actor,
        )
        return reverse("teaching:group", args=[kept.pk])

    page = EditPage(
        title=stored.name if stored else _("Ny gruppe"),
        lead="",
        back_href=reverse("teaching:groups"),
        back=_("Grupper"),
        form=form,
        version=stored.version if stored else 0,
        facts=_facts(stored, actor) if stored else None,
    )
    return answer(
        request,
        "teaching/group.html",
        page,
        parts=[form, *form.filled] if form.is_bound else [form],
        is_valid=form.is_valid,
        save=save,
        rows=lambda: form.filled,
    )


def _found(pk: UUID) -> "TeachingGroup":
    found = services.find_group(pk)
    if found is None:
        raise Http404
    return found


def _facts(group: "TeachingGroup", actor: Actor) -> GroupFacts:
    """Say who is in a group and whose weeks do not follow it; of those the actor may see."""
    week = _week_in(_half_of(max(group.first_day, today())), on=today())
    people = set(visible_participants(actor).values_list("pk", flat=True))
    touched = services.touched_by(group, on=today(), among=people)
    seen = visible_participants(actor).filter(pk__in=[each.participant for each in touched])
    names = dict(seen.values_list("pk", "name"))
    left = [
        Left(
            name=names[each.participant],
            href=_href("timetable:week", each.participant, week=IsoWeek.of(each.first_monday)),
            week=IsoWeek.of(each.first_monday).number,
        )
        for each in touched
    ]
    return GroupFacts(
        taken=seats_taken(week, groups=[group.pk]).groups[group.pk],
        week=week.number,
        left_behind=tuple(sorted(left, key=lambda each: each.name)),
        caseload_href=_href("timetable:caseload"),
        end_href=reverse("teaching:end_group", args=[group.pk]),
    )


def _href(name: str, *arguments: UUID, week: IsoWeek | None = None) -> str:
    try:
        found = reverse(name, args=arguments)
    except NoReverseMatch:
        return ""
    return f"{found}?uke={week}" if week else found


def _lines(half: date, week: IsoWeek, actor: Actor) -> Iterable[GroupLine]:
    until = date.fromordinal(_next_half(half).toordinal() - 1)
    found = services.groups_between(half, until)
    taken = seats_taken(week, groups=[each.pk for each in found]).groups
    keeps = may(actor, Act.KEEP_GROUPS)
    for each in found:
        sessions = sorted(each.sessions.all(), key=lambda one: (one.day, one.start))
        rooms = dict.fromkeys(one.room.name for one in sessions if one.room)
        yield GroupLine(
            name=each.name,
            href=reverse("teaching:group", args=[each.pk]) if keeps else "",
            course=capitalised(in_words("activity.kind", each.activity)),
            level=each.level,
            sessions=tuple(_session_words(one) for one in sessions),
            rooms=", ".join(rooms) or each.locality.name,
            teacher=each.teacher,
            taken=taken[each.pk],
            capacity=each.capacity,
            first_day=each.first_day,
            last_day=each.last_day,
        )


def _session_words(session: "GroupSession") -> str:
    times = time_text(session.start, session.end)
    lessons = _("%(lessons)s t") % {"lessons": session.lessons}
    return f"{capitalised(DAYS[session.day])} {times} · {lessons}"


# A half year is named by its first day: 1 January or 1 August.


def _half_of(day: date) -> date:
    return date(day.year, _AUGUST if day.month >= _AUGUST else 1, 1)


def _next_half(half: date) -> date:
    return date(half.year + 1, 1, 1) if half.month == _AUGUST else date(half.year, _AUGUST, 1)


def _halves_around(day: date) -> list[date]:
    now = _half_of(day)
    before = date(now.year, 1, 1) if now.month == _AUGUST else date(now.year - 1, _AUGUST, 1)
    return [before, now, _next_half(now)]


def _half_key(half: date) -> str:
    return f"{half.year}-{'h' if half.month == _AUGUST else 'v'}"


def _half_asked(text: str, *, on: date) -> date:
    return next((each for each in _halves_around(on) if _half_key(each) == text), _half_of(on))


def _half_words(half: date) -> str:
    if half.month == _AUGUST:
        return _("Høsten %(year)s") % {"year": half.year}
    return _("Våren %(year)s") % {"year": half.year}


def _week_in(half: date, *, on: date) -> IsoWeek:
    """Return the week in which seats are counted: this one, or one when all has begun."""
    if half <= on < _next_half(half):
        return IsoWeek.of(on)
    return IsoWeek.of(date(half.year, half.month + 1, 1))
