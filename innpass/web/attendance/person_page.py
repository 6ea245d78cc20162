"""Filling a person's attendance, and the list of those to follow up."""

from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from innpass.casework.timetable.attending import MINUTES, Mark, Missed
from innpass.casework.timetable.following_up import (
    AttendedWeek,
    FollowUp,
    Missing,
    Sum,
    added_up,
    attended_weeks,
    first_week,
    missed_sessions,
    percent_of,
    to_follow_up,
)
from innpass.casework.timetable.limits import every_limit, limits_on
from innpass.domain.access.policy import Act, check_may_read, may, may_read, may_write
from innpass.domain.access.roles import Actor
from innpass.web.attendance.assembling import href_of, in_words, times
from innpass.web.attendance.marking import state_of
from innpass.web.attendance.pages import (
    FollowUpLine,
    FollowUpPage,
    LimitsLine,
    MissedLine,
    PersonPage,
    Suggestion,
    Typed,
    WeekLine,
)
from innpass.web.design.pages import Link
from innpass.web.design.words import capitalised, code_in_words

_MINUTES = 60


def person_page(pk: UUID, name: str, *, actor: Actor, on: date, list_href: str) -> PersonPage:
    """Return a person's last four weeks: planned beside attended, and what was missed.

    Raises:
        MayNot: the actor may not read who came.
    """
    check_may_read(actor, MINUTES)
    weeks, days = attended_weeks(pk, on=on)
    total = added_up(weeks)
    noted = total.attended + total.absent
    may_enter = may_write(actor, "absence.first_day") and may_read(actor, "attendance.kind")
    return PersonPage(
        pk=pk,
        name=name,
        trail=(
            Link(_("Deltakere"), list_href),
            Link(name, reverse("participant:participant", args=[pk])),
            Link(_("Oppmøte")),
        ),
        first_day=weeks[0].week.monday,
        last_day=on,
        percent=percent_of(total.attended, noted) if noted else None,
        total=_line(_("Fire uker"), total, is_total=True),
        weeks=tuple(line for week in reversed(weeks) for line in _lines(week)),
        missed=tuple(_missed(each) for each in missed_sessions(pk, actor=actor, on=on)),
        suggestions=tuple(Suggestion(*each) for each in days) if may_enter else (),
        may_enter=may_enter,
    )


def _lines(week: AttendedWeek) -> list[WeekLine]:
    label = _("Uke %(number)s") % {"number": week.week.number}
    return [
        _line(label, week.total, is_total=True),
        *(
            _line(capitalised(code_in_words("activity.kind", activity.value)), each)
            for activity, each in sorted(week.sums.items())
        ),
    ]


def _line(label: str, each: Sum, *, is_total: bool = False) -> WeekLine:
    return WeekLine(
        label=label,
        planned=each.planned / _MINUTES,
        attended=each.attended / _MINUTES,
        absent=each.absent / _MINUTES,
        unnoted=each.unnoted / _MINUTES,
        is_total=is_total,
    )


def _missed(each: Missing) -> MissedLine:
    mark = Mark(each.absent, Missed(each.missed) if each.missed else None)
    state = state_of(mark, each.end - each.start)
    return MissedLine(
        on=each.occasion.on,
        when=times(each.start, each.end),
        name=each.name,
        said=capitalised(in_words(state, each.absent, each.kind)),
        href=href_of(each.occasion),
    )


def follow_up_page(
    *, actor: Actor, on: date, mine: bool, typed: Typed | None = None, problem: str = ""
) -> FollowUpPage:
    """Return whom to follow up; ``mine`` keeps to those whose adviser looks.

    Raises:
        MayNot: the actor may not know whether an absence has a reason.
    """
    limits = limits_on(on)
    found = to_follow_up(actor=actor, on=on)
    shows_adviser = may_read(actor, "programme.adviser")
    own = [each for each in found if each.adviser.strip().casefold() == actor.name.casefold()]
    return FollowUpPage(
        first_day=first_week(on).monday,
        last_day=on,
        percent=limits.attended_percent,
        in_a_row=limits.unexplained_in_a_row,
        typed=typed
        or Typed(str(limits.attended_percent), str(limits.unexplained_in_a_row), f"{on:%d.%m.%Y}"),
        limits=tuple(
            LimitsLine(
                percent=each.attended_percent,
                in_a_row=each.unexplained_in_a_row,
                holds_from=each.holds_from,
                by=str(each.made_by or ""),
                holds=each.pk == limits.pk,
            )
            for each in every_limit()
        ),
        problem=problem,
        may_change=may(actor, Act.KEEP_GROUPS),
        mine=mine,
        has_mine=shows_adviser and bool(own),
        people=tuple(
            _follow_up(each, shows_adviser=shows_adviser)
            for each in (own if mine and shows_adviser else found)
        ),
    )


def _follow_up(each: FollowUp, *, shows_adviser: bool) -> FollowUpLine:
    return FollowUpLine(
        name=each.name,
        href=reverse("attendance:person", args=[each.participant]),
        adviser=each.adviser if shows_adviser else "",
        percent=each.percent,
        attended=each.attended / _MINUTES,
        noted=each.noted / _MINUTES,
        in_a_row=each.in_a_row,
        is_low=each.is_low,
        is_silent=each.is_silent,
    )
