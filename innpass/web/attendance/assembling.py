"""Filling the screens of attendance: a day, and one occasion of it."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from innpass.casework.timetable.attending import (
    KIND,
    MINUTES,
    Expected,
    Noted,
    Occasion,
    Sheet,
    Summary,
    Where,
    occasions_on,
)
from innpass.casework.timetable.queries import days_without_sessions
from innpass.domain.access.policy import may_read, may_write
from innpass.domain.access.roles import Actor, Role
from innpass.domain.periods import IsoWeek
from innpass.domain.planning.sentences import clock_text
from innpass.domain.sheets.fields import AbsenceKind
from innpass.web.attendance.marking import (
    EARLY,
    HERE,
    LATE,
    STATES,
    UNNOTED,
    Tapped,
    state_of,
)
from innpass.web.attendance.pages import Choice, DayPage, Line, Part, SheetLine, SheetPage
from innpass.web.design.templatetags.design import moment
from innpass.web.design.words import capitalised, code_in_words

_DAY = timedelta(days=1)
_HEADINGS = {
    "mine": gettext_lazy("Dine grupper"),
    "groups": gettext_lazy("Grupper"),
    "others": gettext_lazy("Andre grupper"),
    "workplaces": gettext_lazy("Arbeidssteder"),
}


def times(start: int, end: int) -> str:
    """Write when something is: ``08.30–12.00``."""
    return f"{clock_text(start)}–{clock_text(end)}"


def weekday(day: date) -> str:
    """Name the day of the week, with a capital letter."""
    return capitalised(date_format(day, "l"))


def day_href(day: date, *, on: date) -> str:
    """Return the address of a day's occasions; that of today carries no day."""
    here = reverse("attendance:day")
    return here if day == on else f"{here}?dag={day.isoformat()}"


def href_of(occasion: Occasion) -> str:
    """Return the address of an occasion's sheet."""
    if occasion.where is Where.GROUP:
        return reverse("attendance:group", args=[occasion.pk, occasion.on, occasion.start])
    return reverse("attendance:workplace", args=[occasion.pk, occasion.on])


def day_page(day: date, *, actor: Actor, on: date) -> DayPage:
    """Return what happens on a day; one's own groups come first, a supervisor's workplaces do."""
    found = occasions_on(day, actor=actor)
    own = actor.name.strip().casefold()
    mine, others, workplaces = [], [], []
    for each in found:
        if each.occasion.where is Where.WORKPLACE:
            workplaces.append(each)
        elif own and each.teacher.strip().casefold() == own:
            mine.append(each)
        else:
            others.append(each)
    parts = {"mine": mine, "others" if mine else "groups": others, "workplaces": workplaces}
    order = list(parts)
    if Role.PRACTICE_SUPERVISOR in actor.roles:
        order = ["workplaces", *(name for name in order if name != "workplaces")]
    closed = days_without_sessions(IsoWeek.of(day)).get(day)
    return DayPage(
        on=day,
        weekday=weekday(day),
        is_today=day == on,
        is_future=day > on,
        closed=_("Dette er en fridag.") if closed == "" else closed or "",
        before=day_href(day - _DAY, on=on),
        after=day_href(day + _DAY, on=on),
        today=day_href(on, on=on),
        parts=tuple(
            Part(str(_HEADINGS[name]), tuple(_line(each, on=on) for each in parts[name]))
            for name in order
            if parts[name]
        ),
        may_follow_up=may_read(actor, KIND),
    )


def _line(each: Summary, *, on: date) -> Line:
    is_future = each.occasion.on > on
    if is_future:
        state, colour = _("Kommer"), "neutral"
    elif not each.noted:
        state, colour = _("Ikke ført"), "warning"
    elif each.noted < each.expected:
        state, colour = (
            _("Ført for %(noted)s av %(all)s")
            % {
                "noted": each.noted,
                "all": each.expected,
            },
            "info",
        )
    else:
        away = ngettext("%(count)s fravær", "%(count)s fravær", each.absent) % {
            "count": each.absent
        }
        state, colour = (_("Ført, %s") % away) if each.absent else _("Ført, alle her"), "success"
    return Line(
        name=each.name,
        teacher=each.teacher,
        when=times(each.start, each.end),
        where=each.place,
        people=each.expected,
        state=state,
        colour=colour,
        href="" if is_future else href_of(each.occasion),
    )


def sheet_page(
    sheet: Sheet,
    *,
    actor: Actor,
    on: date,
    tapped: Mapping[UUID, Tapped] | None = None,
    overtaken: Collection[UUID] = (),
) -> SheetPage:
    """Return the sheet of an occasion, with what was tapped where it could not be stored."""
    may_kind = may_write(actor, KIND)
    people = tuple(
        _line_of(
            each,
            sheet,
            (tapped or {}).get(each.participant),
            is_overtaken=each.participant in overtaken,
            may_kind=may_kind,
        )
        for each in sheet.people
    )
    is_begun = any(each.noted for each in sheet.people)
    return SheetPage(
        name=sheet.name,
        on=sheet.occasion.on,
        weekday=weekday(sheet.occasion.on),
        when=times(sheet.start, sheet.end),
        where=sheet.place,
        teacher=sheet.teacher,
        day_href=day_href(sheet.occasion.on, on=on),
        people=people,
        tally=tally(sheet),
        unsaid=str(STATES[UNNOTED]).lower(),
        rest=(_("Resten var her") if is_begun else _("Alle var her"))
        if any(each.noted is None for each in sheet.people)
        else "",
        is_future=sheet.occasion.on > on,
        may_note=may_write(actor, MINUTES) and sheet.occasion.on <= on,
        may_kind=may_kind,
        problems=sum(bool(each.problem) for each in people),
    )


def tally(sheet: Sheet) -> str:
    """Say how many were there."""
    noted = [each for each in sheet.people if each.noted is not None]
    if not noted:
        return _("Ikke ført ennå. %(all)s er ventet.") % {"all": len(sheet.people)}
    absent = sum(bool(each.noted and each.noted.mark.absent_minutes) for each in noted)
    said = _("%(here)s var her hele tiden, %(absent)s hadde fravær.") % {
        "here": len(noted) - absent,
        "absent": absent,
    }
    left = len(sheet.people) - len(noted)
    return f"{said} {_('%(left)s er ikke ført.') % {'left': left}}" if left else said


def _line_of(
    each: Expected, sheet: Sheet, tapped: Tapped | None, *, is_overtaken: bool, may_kind: bool
) -> SheetLine:
    noted = each.noted
    state, minutes, kind = _stored(each)
    problem = ""
    if is_overtaken and noted is not None and tapped is not None:
        problem = _overtaken(each, noted, tapped)
    elif tapped is not None and tapped.problem:
        state, minutes, kind, problem = tapped.state, tapped.minutes, tapped.kind, tapped.problem
    is_apart = (each.start, each.end) != (sheet.start, sheet.end)
    return SheetLine(
        pk=each.participant,
        name=each.name,
        href=reverse("attendance:person", args=[each.participant]),
        when=times(each.start, each.end) if is_apart else "",
        states=tuple(Choice(one, str(label), one == state) for one, label in STATES.items()),
        kinds=_kinds(kind) if may_kind else (),
        minutes=minutes,
        most=each.minutes - 1,
        seen=noted.version if noted else 0,
        said=_said(each, noted) if noted else "",
        problem=problem,
        is_warning=is_overtaken,
    )


def _said(each: Expected, noted: Noted) -> str:
    """Say what is noted, and of which session where that is not the one of the plan."""
    said = said_of(noted)
    if each.is_as_planned:
        return said
    told = {"said": said, "name": noted.elsewhere, "when": times(noted.start, noted.end)}
    if noted.elsewhere:
        return _("%(said)s, i %(name)s kl. %(when)s") % told
    return _("%(said)s, kl. %(when)s") % told


def _stored(each: Expected) -> tuple[str, str, str]:
    """Return what stands as it is chosen; of another session than is planned now nothing is."""
    mark = each.noted.mark if each.noted and each.is_as_planned else None
    state = state_of(mark, each.minutes)
    minutes = str(mark.absent_minutes) if mark and state in (LATE, EARLY) else ""
    return state, minutes, (mark.kind or "") if mark else ""


def _kinds(chosen: str) -> tuple[Choice, ...]:
    return (
        Choice("", _("Ikke oppgitt"), not chosen),
        *(
            Choice(
                one.value,
                capitalised(code_in_words("absence.kind", one.value)),
                one.value == chosen,
            )
            for one in AbsenceKind
        ),
    )


def _overtaken(each: Expected, noted: Noted, tapped: Tapped) -> str:
    return _(
        "%(who)s førte «%(theirs)s» %(at)s, etter at du åpnet siden. Det står. Du valgte "
        "«%(own)s»: Velg det på nytt hvis det er riktig."
    ) % {
        "who": noted.by or _("Noen andre"),
        "theirs": _said(each, noted),
        "at": moment(noted.at),
        "own": str(STATES[tapped.state]).lower(),
    }


def said_of(noted: Noted) -> str:
    """Say what is noted about somebody: ``borte, sykt barn``."""
    state = state_of(noted.mark, noted.end - noted.start)
    return in_words(state, noted.mark.absent_minutes, noted.mark.kind or "")


def in_words(state: str, absent: int, kind: str) -> str:
    """Say a state with its minutes and its reason."""
    if state == HERE:
        return _("her")
    said = {
        LATE: _("kom %(minutes)s min for sent"),
        EARLY: _("gikk %(minutes)s min før slutt"),
    }.get(state, _("borte")) % {"minutes": absent}
    return f"{said}, {code_in_words('absence.kind', kind)}" if kind else said
