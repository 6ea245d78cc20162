"""Filling the page of one person's week."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from innpass.casework.participants.queries import Participant
from innpass.casework.timetable.ending import ends_of_plan
from innpass.casework.timetable.finding import find_timetable
from innpass.casework.timetable.judging import judge_in_force, name_of
from innpass.casework.timetable.problems import Assembled, assemble
from innpass.casework.timetable.queries import (
    Stretch,
    Week,
    days_without_sessions,
    stretches,
    timetables_of,
    weeks_in_force,
)
from innpass.casework.timetable.seeing import as_seen_by
from innpass.domain.access.fields import access_name
from innpass.domain.access.policy import Act, may, may_read, may_write
from innpass.domain.access.roles import Actor
from innpass.domain.periods import IsoWeek
from innpass.domain.planning.reasons import reason
from innpass.domain.planning.sentences import render
from innpass.domain.planning.solution import Block, Part, WeekPlan
from innpass.web.design.pages import Link
from innpass.web.design.templatetags.design import day
from innpass.web.design.words import capitalised, listed
from innpass.web.timetable.calendars import Entry, draw
from innpass.web.timetable.entries import stored_entries
from innpass.web.timetable.measuring import Measuring
from innpass.web.timetable.pages import (
    Assumed,
    InForce,
    MeterCard,
    PersonWeekPage,
    StretchLine,
    Told,
    WeekNav,
    WeekOfPerson,
)
from innpass.web.timetable.weeks import (
    DAYS,
    WORKDAYS,
    Endings,
    before,
    holds_words,
    span_words,
    until_words,
    week_words,
)

_NO_WEEK = {
    "no_start": gettext_lazy("Programmet har ingen startdato, så det er ingen uke å planlegge."),
    "not_begun": gettext_lazy("Programmet har ikke begynt i denne uka."),
    "over": gettext_lazy("Programmet er avsluttet før denne uka."),
    "on_leave": gettext_lazy("Deltakeren har permisjon hele uka."),
}
_SEVERAL = 3  # days in a row that are told as a stretch
_ASSUMED = {
    "home": gettext_lazy(
        "Vi vet ikke hvor deltakeren bor, så reisen hjemmefra er ikke regnet med."
    ),
    "opening": gettext_lazy(
        "Arbeidsstedet har ikke sagt når det tar imot. Vi har brukt kommunens vanlige tider."
    ),
    "course": gettext_lazy(
        "Ingen norskmodell passer for deltakeren, så vi vet ikke hvilke kurs uka skal ha."
    ),
    "track": gettext_lazy(
        "Ingen har valgt norskmodell. Vi har gått ut fra startdatoen og sporet i arkene."
    ),
}


@dataclass(frozen=True, slots=True)
class Known:
    """A person's week as it is known: what every page about it begins with.

    Attributes:
        seen: the planner's problem, as the viewer may see it.
        timetables: the person's, in order, each with its first and last day.
    """

    person: Participant
    week: IsoWeek
    actor: Actor
    on: date
    seen: Assembled
    now: Week | None
    off: Mapping[date, str]
    timetables: Sequence[tuple[UUID, date, date | None]]

    @property
    def is_plannable(self) -> bool:
        """Whether there is a week to plan."""
        return self.person.pk not in self.seen.left_out

    @property
    def query(self) -> str:
        """The week as it stands in addresses."""
        return f"?uke={self.week}"


def known(
    person: Participant,
    *,
    week: IsoWeek,
    actor: Actor,
    on: date,
    chosen: Collection[UUID] = (),
    planned: Iterable[WeekPlan] = (),
    every_group: bool = False,
) -> Known:
    """Read all that a page about a person's week begins with. A fixed number of queries.

    Args:
        chosen: groups that somebody chose by hand; they suit, whatever else does.
        planned: weeks that the page shows beside the one in force.
        every_group: the page lets one choose among all groups.
    """
    assembled = assemble(
        [person.pk],
        week=week,
        chosen={person.pk: chosen},
        planned=planned,
        every_group=every_group,
    )
    seen = as_seen_by(assembled, actor)
    now = seen.now.get(person.pk) or weeks_in_force([person.pk], week=week).get(person.pk)
    timetables = timetables_of([person.pk]).get(person.pk, [])
    return Known(person, week, actor, on, seen, now, days_without_sessions(week), timetables)


def week_page(about: Known) -> PersonWeekPage:
    """Return the page of a person's week."""
    person, actor = about.person, about.actor
    now, seen = about.now, about.seen
    entries = stored_entries(now.blocks if now else (), actor=actor, query=about.query)
    may_edit = may_write(actor, "timetable.week") and about.is_plannable
    return PersonWeekPage(
        of=week_of_person(about, view="timetable:week"),
        calendar=draw(
            entries,
            week=about.week,
            today=about.on,
            off=about.off,
            label=_("Uka til %(name)s") % {"name": person.name},
        ),
        none=_none(about),
        is_plannable=about.is_plannable,
        in_force=_in_force(about, now) if now else None,
        meter=_meter(about, entries),
        told=_told(about, seen, now) if now and about.is_plannable else Told(),
        assumed=assumed_of(seen.assumed.get(person.pk, ()), about),
        others=_stretches(about),
        gone=gone_words(about.off),
        may_edit=may_edit,
        edit_href=reverse("timetable:edit", args=[person.pk]) + about.query,
        propose_href=reverse("timetable:propose", args=[person.pk]) + about.query,
        to_change=places_to_change(about) if may_edit else (),
    )


def week_of_person(about: Known, *, view: str) -> WeekOfPerson:
    """Return what every page about a person's week says of it."""
    href = reverse(view, args=[about.person.pk])
    return WeekOfPerson(
        pk=about.person.pk,
        name=about.person.name,
        person_href=reverse("participant:participant", args=[about.person.pk]),
        week_href=reverse("timetable:week", args=[about.person.pk]) + about.query,
        caseload_href=reverse("timetable:caseload") + about.query,
        nav=week_nav(about.week, on=about.on, href=lambda week: f"{href}?uke={week}"),
    )


def week_nav(week: IsoWeek, *, on: date, href: Callable[[IsoWeek], str]) -> WeekNav:
    """Return the way from week to week."""
    earlier, later, now = before(week), week.next(), IsoWeek.of(on)
    return WeekNav(
        words=capitalised(week_words(week)),
        span=span_words(week.monday, week.sunday),
        value=str(week),
        previous_href=href(earlier),
        previous_words=capitalised(week_words(earlier)),
        next_href=href(later),
        next_words=capitalised(week_words(later)),
        now_href="" if week == now else href(now),
    )


def gone_words(off: Mapping[date, str]) -> tuple[str, ...]:
    """Say on which working days of a week nobody meets, and why."""
    days: dict[str, list[date]] = {}
    for on, why in sorted(off.items()):
        if on.weekday() < WORKDAYS:
            days.setdefault(why, []).append(on)
    return tuple(_gone(why, several) for why, several in days.items())


def _gone(why: str, days: Sequence[date]) -> str:
    if not why:
        named = listed([f"{DAYS[on.weekday()]} {day(on)}" for on in days])
        return _("%(days)s: offentlig fridag. Ingen møtes.") % {"days": capitalised(named)}
    is_whole = len(days) >= _SEVERAL and (days[-1] - days[0]).days == len(days) - 1
    when = (
        span_words(days[0], days[-1])
        if is_whole
        else listed([f"{DAYS[on.weekday()]} {day(on)}" for on in days])
    )
    return _("%(why)s %(when)s: gruppene møtes ikke. Praksis går som vanlig.") % {
        "why": why,
        "when": when,
    }


def assumed_of(codes: Iterable[str], about: Known) -> tuple[Assumed, ...]:
    """Say what was taken for granted, with where to say it for those who may."""
    return tuple(
        Assumed(str(_ASSUMED[code]), _where_to_say(code, about))
        for code in codes
        if code != "home" or may_read(about.actor, "timetable.ties")
    )


def _where_to_say(code: str, about: Known) -> Link | None:
    """Return where something that was assumed can be said, by those who may."""
    pk, actor = about.person.pk, about.actor
    if code in ("course", "track") and may_read(actor, "course.choice"):
        return Link(_("Velg norskmodell"), reverse("courses:person", args=[pk]))
    if code == "home" and may_write(actor, "timetable.ties"):
        return Link(_("Si hvor deltakeren bor"), reverse("teaching:ties", args=[pk]))
    employer = employer_of(about)
    if code == "opening" and employer and may(actor, Act.KEEP_WORKPLACES):
        return Link(_("Skriv inn tidene"), reverse("teaching:workplace", args=[employer]))
    return None


def employer_of(about: Known) -> str:
    """Return the id of the person's workplace that week; empty where there is none."""
    participant = about.seen.problem.participant.get(str(about.person.pk))
    placement = participant.placement if participant else None
    return placement.workplace if placement else ""


def places_to_change(about: Known) -> tuple[Link, ...]:
    """Return where what binds a week can be changed, of what the viewer may change."""
    pk, actor = about.person.pk, about.actor
    employer = employer_of(about)
    found = []
    if may_write(actor, "timetable.ties"):
        words = _("Bosted, barnepass og egne avtaler")
        found.append(Link(words, reverse("teaching:ties", args=[pk])))
    if employer and may(actor, Act.KEEP_WORKPLACES):
        words = _("Når arbeidsstedet tar imot")
        found.append(Link(words, reverse("teaching:workplace", args=[employer])))
    if may_read(actor, "course.choice"):
        found.append(Link(_("Norskmodell og kurs"), reverse("courses:person", args=[pk])))
    if may(actor, Act.KEEP_GROUPS):
        found.append(Link(_("Gruppene og øktene deres"), reverse("teaching:groups")))
    return tuple(found)


def _none(about: Known) -> str:
    why = about.seen.left_out.get(about.person.pk)
    if why:
        return str(_NO_WEEK[why])
    return "" if about.now else _("Det er ingen timeplan for denne uka.")


def _meter(about: Known, entries: Sequence[Entry]) -> MeterCard | None:
    if about.now is None or not about.is_plannable:
        return None
    return Measuring(about.seen, about.person.pk, actor=about.actor).card(entries)


def _told(about: Known, seen: Assembled, now: Week) -> Told:
    judged = judge_in_force(seen, about.person.pk, now)
    mend = mend_of(judged.why_short, about)
    return Told(judged.broken, judged.short, judged.why_short, judged.changed, mend)


def mend_of(why_short: Collection[str], about: Known) -> Link | None:
    """Return where the practice place that a week lacks is entered, for those who may."""
    lacks = render(reason("why.no_placement")) in why_short
    if not lacks or not may_write(about.actor, access_name("placement.kind")):
        return None
    return Link(_("Legg til praksis"), reverse("entering:add", args=[about.person.pk, "praksis"]))


def _in_force(about: Known, now: Week) -> InForce | None:
    found = find_timetable(now.timetable, actor=about.actor)
    if found is None:
        return None
    row, _person = found
    because = ""
    if row.withdrawn_from is not None:
        words = _("Trukket tilbake fra %(week)s: %(reason)s")
        since = week_words(IsoWeek.of(row.withdrawn_from))
        because = words % {"week": since, "reason": row.withdrawn_because}
    may_reason = may_read(about.actor, "timetable.reason")
    return InForce(
        pk=row.pk,
        until=_holds(about, now),
        by=str(row.made_by or ""),
        at=row.made_at,
        is_proposed=row.is_proposed,
        reason=row.reason if may_reason else "",
        withdrawn=because if may_reason and row.withdrawn_because else "",
    )


def endings_of(about: Known, plan: Sequence[Block]) -> Endings:
    """Say what of the person's week has a last day, with no more than the viewer may know."""
    pk, names = about.person.pk, dict[date, dict[str, None]]()
    ends = ends_of_plan(pk, plan)
    may_name = may_read(about.actor, "timetable.appointment")
    for block, last in sorted(ends.items(), key=lambda pair: (pair[1], pair[0])):
        said = {
            Part.COURSE: "%(name)s",
            Part.PRACTICE: _("praksisen hos %(name)s"),
            Part.APPOINTMENT: _("avtalen «%(name)s»") if may_name else _("en egen avtale"),
        }[block.part]
        named = said % {"name": name_of(about.seen, pk, block)}
        names.setdefault(last, {})[named] = None
    told = {last: tuple(several) for last, several in names.items()}
    return Endings(told, is_all=all(each in ends for each in plan))


def _holds(about: Known, now: Week) -> str:
    """Say in which weeks about this one a timetable holds."""
    monday = about.week.monday
    endings = endings_of(about, [each.slot for each in (*now.blocks, *now.over)])
    last_days = {pk: last for pk, _first, last in about.timetables}
    held = (
        holds_words(
            each.first_monday,
            each.last_sunday,
            is_replaced=each.last_sunday != last_days[now.timetable],
            endings=endings,
        )
        for each in stretches(about.timetables)
        if each.timetable == now.timetable and _covers(each, monday)
    )
    return next(held, "")


def _stretches(about: Known) -> tuple[StretchLine, ...]:
    href = reverse("timetable:week", args=[about.person.pk])
    return tuple(
        StretchLine(
            words=capitalised(until_words(each.first_monday, each.last_sunday)),
            href=f"{href}?uke={IsoWeek.of(each.first_monday)}",
            is_current=_covers(each, about.week.monday),
        )
        for each in stretches(about.timetables)
    )


def _covers(stretch: Stretch, monday: date) -> bool:
    return stretch.first_monday <= monday and (
        stretch.last_sunday is None or monday <= stretch.last_sunday
    )
