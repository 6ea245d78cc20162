"""Taking a timetable out of force: from which week on, and why."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from innpass.casework.participants.queries import Participant
from innpass.casework.participants.services import note_reading
from innpass.casework.timetable.finding import Timetable, find_timetable
from innpass.casework.timetable.queries import stretches, timetables_of, weeks_in_force
from innpass.casework.timetable.services import (
    LONGEST_REASON,
    Clashing,
    NoReason,
    Outdated,
    withdraw,
)
from innpass.domain.access.policy import check_may_write
from innpass.domain.periods import IsoWeek
from innpass.exchange.clock import today
from innpass.web.design.gate import actor_of
from innpass.web.design.words import capitalised
from innpass.web.timetable.pages import Choice, WithdrawPage
from innpass.web.timetable.views import not_found
from innpass.web.timetable.weeks import holds_words, span_words, until_words, week_words

_BACK, _AHEAD = 52, 12  # weeks before and after this one from which it can be taken out
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class _Typed:
    """What stands in the form, and what is wrong with it."""

    since: IsoWeek | None
    reason: str = ""
    week_problem: str = ""
    reason_problem: str = ""
    refused: tuple[str, ...] = ()


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_timetable(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask whether, and of one that has begun from which week and why; then take it out of force."""
    actor = actor_of(request)
    check_may_write(actor, "timetable.week")
    found = find_timetable(pk, actor=actor)
    if found is None:
        return not_found(request)
    row, person = found
    weeks = _weeks(row, on=today())
    if not weeks:
        messages.warning(request, _("Timeplanen var alt trukket tilbake."))
        return _to_week(person, IsoWeek.of(row.first_monday))
    if request.method != "POST":
        note_reading(participant=person, page="timetable", by=actor)
        return _show(request, row, person, weeks, _Typed(_first_offered(weeks, on=today())))
    since = _since(request.POST.get("fra", ""), row, weeks)
    reason = request.POST.get("grunn", "").replace("\x00", "").strip()[:LONGEST_REASON]
    if since is None:
        typed = _Typed(None, reason, week_problem=_("Velg en uke i lista."))
        return _show(request, row, person, weeks, typed, status=422)
    try:
        withdraw(row, from_week=since, reason=reason, by=actor)
    except NoReason:
        said = _("Skriv hvorfor. Uka har begynt, og de som leser den senere, trenger å vite det.")
        typed = _Typed(since, reason, reason_problem=said)
        return _show(request, row, person, weeks, typed, status=422)
    except Clashing as clash:
        typed = _Typed(since, reason, refused=clash.sentences)
        return _show(request, row, person, weeks, typed, status=409)
    except Outdated:
        messages.warning(request, _("Timeplanen var alt trukket tilbake."))
        return _to_week(person, since)
    messages.success(request, _done(person, since))
    return _to_week(person, since)


def _weeks(row: Timetable, *, on: date) -> list[IsoWeek]:
    """Give the weeks from which it can be taken out; its first alone where it has not begun."""
    first: date = row.first_monday
    if row.withdrawn_from is not None and row.withdrawn_from <= first:
        return []
    if first > on:
        return [IsoWeek.of(first)]
    now = IsoWeek.of(on).monday
    monday, last = max(first, now - _BACK * _WEEK), now + _AHEAD * _WEEK
    if row.last_sunday is not None:
        last = min(last, row.last_sunday)
    if row.withdrawn_from is not None:
        last = min(last, row.withdrawn_from - timedelta(days=1))
    found = []
    while monday <= last:
        found.append(IsoWeek.of(monday))
        monday += _WEEK
    return found


def _first_offered(weeks: list[IsoWeek], *, on: date) -> IsoWeek:
    """Offer the first week that has not begun; the last there is where all have."""
    return next((each for each in weeks if each.monday > on), weeks[-1])


def _since(text: str, row: Timetable, weeks: list[IsoWeek]) -> IsoWeek | None:
    if row.first_monday > today():
        return weeks[0]
    return next((each for each in weeks if str(each) == text), None)


def _done(person: Participant, since: IsoWeek) -> str:
    said = _("Timeplanen gjelder ikke lenger fra %(week)s.") % {"week": week_words(since)}
    if weeks_in_force([person.pk], week=since):
        return f"{said} {_('Den som gjaldt før, gjelder igjen.')}"
    return f"{said} {_('Da gjelder timene i arkene.')}"


def _to_week(person: Participant, week: IsoWeek) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('timetable:week', args=[person.pk])}?uke={week}")


def _holds(row: Timetable, person: Participant) -> str:
    """Say in which weeks a timetable holds: until another takes its place, where one does."""
    for each in stretches(timetables_of([person.pk]).get(person.pk, [])):
        if each.timetable == row.pk:
            is_replaced = each.last_sunday != row.last_sunday and row.withdrawn_from is None
            return holds_words(each.first_monday, each.last_sunday, is_replaced=is_replaced)
    return until_words(row.first_monday, row.last_sunday)


def _show(
    request: HttpRequest,
    row: Timetable,
    person: Participant,
    weeks: list[IsoWeek],
    typed: _Typed,
    *,
    status: int = 200,
) -> HttpResponse:
    begins = IsoWeek.of(row.first_monday)
    shown = typed.since or _first_offered(weeks, on=today())
    page = WithdrawPage(
        name=person.name,
        person_href=reverse("participant:participant", args=[person.pk]),
        week_href=f"{reverse('timetable:week', args=[person.pk])}?uke={weeks[0]}",
        href=reverse("timetable:withdraw", args=[row.pk]),
        holds=_holds(row, person),
        has_begun=row.first_monday <= today(),
        begins=week_words(begins),
        weeks=tuple(
            Choice(
                str(each),
                f"{capitalised(week_words(each))} ({span_words(each.monday, each.sunday)})",
                each == shown,
            )
            for each in weeks
        ),
        reason=typed.reason,
        week_problem=typed.week_problem,
        reason_problem=typed.reason_problem,
        refused=typed.refused,
    )
    return render(request, "timetable/withdraw.html", {"page": page}, status=status)
