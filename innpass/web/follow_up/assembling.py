"""Filling one person's follow-up, cut to what the viewer may read."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from innpass.casework.follow_up.contracts import Known
from innpass.casework.follow_up.queries import PersonTold, VisitTold
from innpass.casework.follow_up.stays import Followed
from innpass.domain.access.policy import may_read, may_write, readable
from innpass.domain.access.roles import Actor
from innpass.domain.following.contact import ContactWay
from innpass.domain.following.hiring import (
    CHECKED_AFTER,
    Closed,
    ContractKind,
    Helper,
    JobSeeking,
    Lack,
    Reply,
    next_check,
)
from innpass.domain.following.visits import Standing, VisitKind
from innpass.domain.following.voices import Answer, GivenBy, Interpreter, Speaker, Theme
from innpass.domain.placing.schemes import SchemeKind
from innpass.web.design.lengths import days_text, months_text
from innpass.web.design.pages import Link
from innpass.web.design.templatetags.design import day as day_text
from innpass.web.design.words import capitalised, listed
from innpass.web.follow_up import words
from innpass.web.follow_up.board import (
    absent_text,
    attendance_href,
    case_href,
    due_text,
    person_href,
    visit_href,
)
from innpass.web.follow_up.forms import themes_in_words
from innpass.web.follow_up.pages import (
    AttestLine,
    CheckLine,
    ContractCard,
    MissingLine,
    PanelPage,
    PastLine,
    PersonPage,
    StayCard,
    Tag,
    VisitLine,
    VoiceLine,
)

if TYPE_CHECKING:
    from innpass.casework.follow_up.models import (
        Attest,
        ContactLine,
        EmploymentContract,
        JobSeekingLine,
        MissingForHire,
        Voice,
    )
    from innpass.casework.participants.models import Participant

_WEEKS_SHOWN = 6


def trail_to(person: "Participant", *last: str) -> tuple[Link, ...]:
    """Return the way from the board to a page about a person."""
    steps = [Link(_("Oppfølging"), reverse("follow_up:board"))]
    steps.append(Link(person.name, person_href(person.pk) if last else ""))
    return (*steps, *(Link(each) for each in last))


def person_page(person: "Participant", told: PersonTold, *, actor: Actor, on: date) -> PersonPage:
    """Return the page of one person; forms are added by the view."""
    running = [one for one in told.stays if is_running(one, on)]
    may_visit = may_write(actor, "follow_up.visit")
    acts = [Link(_("Deltakerens side"), reverse("participant:participant", args=[person.pk]))]
    if may_write(actor, "contract.terms"):
        acts.append(Link(_("Før arbeidskontrakt"), reverse("follow_up:contract", args=[person.pk])))
    rows = [missing_line(row, told, on=on) for row in told.missing]
    return PersonPage(
        pk=person.pk,
        name=person.name,
        trail=trail_to(person),
        summary=summary_of(told, running, actor=actor),
        absent=tuple(
            Link(f"{absent_text(each.on)} ({each.unit})", attendance_href(each.on))
            for each in told.absent
        ),
        acts=tuple(acts),
        missing=tuple(row for row in rows if not row.closed),
        closed=tuple(row for row in rows if row.closed),
        stays=(
            *(stay_card(one, told, actor=actor, on=on, acts=may_visit) for one in told.stays),
            *_without_placement(told, actor=actor),
        ),
        contact=tuple(_contact(each) for each in told.contact),
        weeks=tuple(
            (_("Uke %(n)s") % {"n": week.number}, count)
            for week, count in list(told.weeks.items())[:_WEEKS_SHOWN]
        ),
        job_seeking=tuple(_job_seeking(each, actor=actor) for each in told.job_seeking),
        contracts=tuple(
            contract_card(
                each,
                person.name,
                href=person_href(each.owner),
                may_take_back=may_write(actor, "contract.terms"),
            )
            for each in told.contracts
        ),
        taken_back=tuple(_taken_back(each) for each in told.taken_back),
        attests=tuple(_attest(each) for each in told.attests),
        shows=readable(actor),
        may_answer=may_write(actor, "contract.still_there"),
    )


def is_running(one: Followed, on: date) -> bool:
    """Say whether somebody is at the employer on a day."""
    return one.stay.first_day <= on and (one.stay.last_day is None or one.stay.last_day >= on)


def summary_of(told: PersonTold, running: Collection[Followed], *, actor: Actor) -> tuple[str, ...]:
    """Say in short how it stands."""
    found = []
    is_hired = any(one.has_contract for one in told.stays) or bool(told.contracts)
    if is_hired:
        found.append(_("Har arbeidskontrakt"))
    if may_read(actor, "last_contact"):
        last = next((one.last_contact for one in told.stays if one.last_contact), None)
        if last:
            found.append(_("Siste kontakt %(day)s") % {"day": day_text(last)})
        for one in running:
            if one.is_silent and not is_hired:
                silent = days_text(one.silent_days)
                found.append(_("%(days)s uten kontakt") % {"days": silent})
    is_open = sum(row.closed_on is None for row in told.missing)
    if is_open:
        count = ngettext("%(n)s mangel", "%(n)s mangler", is_open) % {"n": is_open}
        found.append(_("%(count)s før ansettelse") % {"count": count})
    return tuple(found)


def missing_line(row: "MissingForHire", told: PersonTold, *, on: date) -> MissingLine:
    """Say what is missing, whose it is, and through how many visits it was carried."""
    who = str(words.HELPERS[Helper(row.owner)])
    until = row.closed_on or on
    carried = sum(
        row.opened_on < each.visit.held_on <= until
        for several in told.visits.values()
        for each in several
        if each.visit.held_on and each.visit.kind != VisitKind.LANGUAGE
    )
    closed = ""
    if row.closed_on:
        how = str(words.CLOSED[Closed(row.closed)])
        closed = _("%(how)s %(day)s") % {"how": capitalised(how), "day": day_text(row.closed_on)}
        if row.closed_text:
            closed = f"{closed}: {row.closed_text}"
    return MissingLine(
        pk=row.pk,
        what=capitalised(str(words.LACKS[Lack(row.kind)])),
        text=row.text,
        who=f"{who} ({row.owner_name})" if row.owner_name else who,
        due=row.due,
        is_late=row.closed_on is None and row.due is not None and row.due < on,
        since=_("meldt %(day)s") % {"day": day_text(row.opened_on)},
        carried=(
            ngettext("tatt opp på %(n)s besøk siden", "tatt opp på %(n)s besøk siden", carried)
            % {"n": carried}
            if carried
            else ""
        ),
        closed=closed,
        href=reverse("follow_up:missing", args=[row.pk]),
    )


def stay_card(one: Followed, told: PersonTold, *, actor: Actor, on: date, acts: bool) -> StayCard:
    """Return one placement with its visits and what can be done about it."""
    tags = []
    days = day_text(one.stay.first_day)
    last = one.stay.last_day
    days = f"{days}–{day_text(last)}" if last else _("fra %(day)s") % {"day": days}
    running = is_running(one, on)
    if one.stay.first_day > on:
        tags.append(Tag(_("Kommer"), "neutral"))
    elif not running:
        tags.append(Tag(_("Avsluttet"), "neutral"))
    if one.has_contract:
        tags.append(Tag(_("Har kontrakt"), "success"))
    dues = [each for each in (one.visit, one.language) if each is not None and running]
    if running and not one.has_contract and one.visit is not None:
        standing = one.visit.standing(on=on)
        if standing in (Standing.LATE, Standing.DUE):
            tags.append(
                Tag(_("Besøk: %s") % words.STANDINGS[standing], words.STANDING_COLOURS[standing])
            )
    for _visit, missing in one.unheard:
        tags.append(Tag(_missing_voices(missing), "warning"))
    kinds = visit_kinds(actor) if acts and running else []
    links = [Link(_("Før %s") % words.VISITS[kind], visit_href(one, kind)) for kind in kinds]
    if one.case and may_write(actor, "attest.content"):
        links.append(Link(_("Attest"), reverse("follow_up:attest", args=[one.case])))
    return StayCard(
        heading=one.unit or _("Arbeidssted mangler"),
        days=days,
        case_href=case_href(one.case) if one.case else "",
        tags=tuple(tags),
        next_visits=tuple(due_text(each, on=on) for each in dues),
        visits=tuple(
            visit_line(each, actor=actor) for each in told.visits.get(one.case, ()) if one.case
        )
        if one.case
        else (),
        acts=tuple(links),
        is_running=running,
    )


def _without_placement(told: PersonTold, *, actor: Actor) -> list[StayCard]:
    """Return the cases that were visited and that no row tells of any more."""
    shown = {one.case for one in told.stays}
    return [
        StayCard(
            heading=case.employer.name,
            days="",
            case_href=case_href(pk),
            tags=(),
            next_visits=(),
            visits=tuple(visit_line(each, actor=actor) for each in told.visits[pk]),
            acts=(),
            is_running=False,
        )
        for pk, case in told.cases.items()
        if pk not in shown and told.visits.get(pk)
    ]


def visit_kinds(actor: Actor) -> list[VisitKind]:
    """Return the kinds of visits that somebody makes."""
    if may_write(actor, "follow_up.voice"):
        return [VisitKind.EVALUATION, VisitKind.COOPERATION]
    return [VisitKind.LANGUAGE] if may_write(actor, "follow_up.norwegian") else []


def _missing_voices(speakers: Iterable[Speaker]) -> str:
    return _("Stemme mangler: %(who)s") % {
        "who": listed([str(words.SPEAKERS[each]) for each in speakers])
    }


def visit_line(told: VisitTold, *, actor: Actor) -> VisitLine:
    """Return a visit, cut to what the viewer may read."""
    visit = told.visit
    may = readable(actor)
    return VisitLine(
        kind=capitalised(str(words.VISITS[VisitKind(visit.kind)])),
        day=visit.held_on or visit.booked_for,
        is_held=visit.held_on is not None,
        by=str(visit.by) if visit.by else "",
        href=reverse("follow_up:visit", args=[visit.pk]),
        missing=_missing_voices(told.missing) if told.missing else "",
        voices=tuple(
            voice_line(voice, may=may)
            for speaker in Speaker
            for voice in told.voices.get(speaker, ())
        ),
        told=visit.told if "follow_up.told" in may else "",
        internal=visit.internal if "follow_up.note" in may else "",
        present=listed(
            [str(words.HELPERS[Helper(each)]) for each in visit.present]
            + ([visit.others] if visit.others else [])
        ),
        schemes=listed([str(words.SCHEMES[SchemeKind(each)]) for each in visit.schemes]),
    )


def voice_line(voice: "Voice", *, may: Collection[str]) -> VoiceLine:
    """Return a voice; who may not read it sees that it was given, and what it says of Norwegian."""
    speaker = Speaker(voice.speaker)
    reads = "follow_up.voice" in may or speaker is Speaker.TEACHER
    answers = themes_in_words(speaker, voice.answers) if reads else []
    return VoiceLine(
        who=capitalised(str(words.SPEAKERS[speaker])),
        how=how_given(voice, reads=reads),
        answers=tuple((str(theme), str(answer)) for theme, answer in answers),
        norwegian=str(words.answers_to(speaker, Theme.LANGUAGE)[Answer(voice.norwegian)])
        if voice.norwegian and "follow_up.norwegian" in may
        else "",
        norwegian_text=voice.norwegian_text if "follow_up.norwegian" in may else "",
        text=voice.text if reads else "",
    )


def how_given(voice: "Voice", *, reads: bool) -> str:
    """Say how a voice was given: ``gitt muntlig 12. juni 2026, skrevet ned av …, med tolk``."""
    parts = {
        GivenBy.ORALLY: _("gitt muntlig"),
        GivenBy.OWN_HAND: _("skrevet selv"),
        GivenBy.OTHERWISE: _("gitt på papir eller i melding"),
        GivenBy.DOOR: _("gitt på arbeidsgiverens egen side"),
    }
    said = [f"{parts[GivenBy(voice.given_by)]} {day_text(voice.given_on)}"]
    if voice.written_by:
        said.append(_("skrevet ned av %(who)s") % {"who": voice.written_by})
    if reads and voice.speaker == Speaker.PARTICIPANT:
        said.append(str(words.INTERPRETERS[Interpreter(voice.interpreter)]).lower())
        if voice.given_in:
            said.append(_("på %(language)s") % {"language": voice.given_in})
    return ", ".join(said)


def _contact(line: "ContactLine") -> PastLine:
    return PastLine(
        day=line.on,
        what=capitalised(str(words.WAYS[ContactWay(line.way)])),
        text=line.text,
        by=str(line.by) if line.by else "",
    )


def _job_seeking(line: "JobSeekingLine", *, actor: Actor) -> PastLine:
    kind = str(words.JOB_SEEKING[JobSeeking(line.kind)])
    can_answer = line.kind in (JobSeeking.APPLICATION, JobSeeking.INTERVIEW)
    may = may_write(actor, "follow_up.job_seeking")
    return PastLine(
        day=line.on,
        what=capitalised(kind),
        text=" · ".join(filter(None, (line.employer, line.channel, line.text))),
        by=str(line.by) if line.by else "",
        reply=str(words.REPLIES[Reply(line.reply)]) if line.reply else "",
        href=reverse("follow_up:reply", args=[line.pk]) if can_answer and may else "",
    )


def _taken_back(row: "EmploymentContract") -> str:
    text = _("%(employer)s fra %(day)s. Tatt tilbake %(back)s av %(who)s: %(why)s")
    return text % {
        "employer": row.employer_name,
        "day": day_text(row.first_day),
        "back": day_text(row.taken_back_on),
        "who": row.taken_back_by,
        "why": row.taken_back_because,
    }


def contract_card(
    known: Known, name: str, *, href: str, may_take_back: bool = False
) -> ContractCard:
    """Return a contract with what is known of it later.

    Args:
        href: to the person's page; empty where the viewer may not open it.
    """
    row = known.contract
    checks = []
    for months in CHECKED_AFTER:
        answer = known.checks.get(months)
        is_due = known.due is not None and known.due.months == months
        if answer is not None:
            said = _("ja") if answer.is_there else _("nei")
            said = _("%(said)s, spurt %(day)s") % {"said": said, "day": day_text(answer.asked_on)}
        elif is_due and known.due is not None:
            said = _("spør nå (%(day)s)") % {"day": day_text(known.due.due)}
        elif known.to_come is not None and months >= known.to_come.months:
            later = next_check(
                row.first_day, row.last_day, answered=[n for n in CHECKED_AFTER if n < months]
            )
            said = _("spørres %(day)s") % {"day": day_text(later.due)} if later else "–"
        else:
            said = "–"
        checks.append(
            CheckLine(_("Etter %s") % months_text(months), said, months, is_due and answer is None)
        )
    kind = str(words.CONTRACTS[ContractKind(row.kind)])
    last = _("til %(day)s") % {"day": day_text(row.last_day)} if row.last_day else ""
    return ContractCard(
        pk=row.pk,
        name=name,
        href=href,
        employer=row.employer_name,
        terms=_("%(kind)s, %(percent)s %%") % {"kind": capitalised(kind), "percent": row.percent},
        days=" ".join(filter(None, (_("fra %s") % day_text(row.first_day), last))),
        checks=tuple(checks),
        take_back_href=reverse("follow_up:take_contract_back", args=[row.pk])
        if may_take_back
        else "",
    )


def _attest(row: "Attest") -> AttestLine:
    said = (
        _("underskrevet av %(who)s %(day)s")
        % {"who": row.signed_by, "day": day_text(row.signed_on)}
        if row.signed_on
        else _("kladd")
    )
    return AttestLine(
        label=_("%(employer)s, versjon %(n)s")
        % {"employer": row.case.employer.name, "n": row.number},
        said=said,
        href=reverse("follow_up:attest", args=[row.case_id]),
        pdf_href=reverse("follow_up:attest_pdf", args=[row.pk]),
    )


def panel_page(person: "Participant", told: PersonTold, *, actor: Actor, on: date) -> PanelPage:
    """Return the part of the participant's page and of a case's."""
    running = [one for one in told.stays if is_running(one, on)]
    cards = [stay_card(one, told, actor=actor, on=on, acts=False) for one in running]
    lines = [
        f"{card.heading}: {text}" if len(cards) > 1 else text
        for card in cards
        for text in card.next_visits
    ]
    open_ones = [row for row in told.missing if row.closed_on is None]
    return PanelPage(
        pk=person.pk,
        href=person_href(person.pk),
        lines=(*summary_of(told, running, actor=actor), *lines),
        tags=tuple(tag for card in cards for tag in card.tags),
        missing=tuple(missing_line(row, told, on=on) for row in open_ones),
    )
