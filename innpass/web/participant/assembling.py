"""Filling a participant's page from the case, cut to what the viewer may read."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from innpass.casework.overview.queries import Case
from innpass.casework.participants.history import history_of
from innpass.casework.participants.queries import (
    Statement,
    Told,
    masked,
    questions_about,
    statements_about,
    told_about,
)
from innpass.casework.placements.queries import area_of
from innpass.casework.reconciliation.cards import ENROLMENT_FIELDS, SCHOOLING_FIELDS
from innpass.casework.reconciliation.disagreements import open_about
from innpass.domain.access.fields import access_name
from innpass.domain.access.policy import (
    may_reveal_identifier,
    may_see_questions,
    may_write,
    readable,
)
from innpass.domain.access.roles import ROLE_NAMES, Actor
from innpass.domain.deriving.sentences import question_sentence
from innpass.domain.journey.next_steps import NextStep
from innpass.domain.journey.sentences import (
    evidence_sentence,
    fields_shown,
    next_step_text,
    step_name,
)
from innpass.domain.sheets.fields import SKILLS, Activity, plain
from innpass.domain.sheets.records import Owner
from innpass.web.design.pages import Link
from innpass.web.design.words import (
    BODIES,
    capitalised,
    code_in_words,
    field_label,
    in_words,
    source_name,
)
from innpass.web.participant import pages
from innpass.web.participant.attendance import attendance_of
from innpass.web.participant.changing import changes_of, past_of
from innpass.web.participant.clocks import clocks_of
from innpass.web.participant.course import NEEDS, course_of
from innpass.web.participant.law import ACTIVITIES, assessment_of, weeks_of
from innpass.web.participant.placing import cases_of
from innpass.web.participant.plan import plan_of
from innpass.web.participant.timetable import planned_notes

_SKILLS = {
    "listening": gettext_lazy("Lytte"),
    "reading": gettext_lazy("Lese"),
    "writing": gettext_lazy("Skrive"),
    "speaking": gettext_lazy("Snakke"),
}
_PROTECTION = {
    "collective": gettext_lazy("Kollektiv beskyttelse"),
    "other": gettext_lazy("Annet oppholdsgrunnlag"),
}
_KINDS = {"municipal": gettext_lazy("Kommunal"), "private": gettext_lazy("Privat")}
# In the order in which they come.
MILESTONES = (
    *("permit_on", "settled_on", "mapping_on", "career_guidance_on", "programme.offered_on"),
    *("contract_on", "norwegian.offered_on", "programme.has_children", "social_studies.hours"),
    *("lifeskills.health_hours", "lifeskills.career_hours", "parental.group_meetings"),
    *("parental.individual_meetings", "certificate_on"),
)
_WORK_ORIENTED = {
    Activity.PRACTICE,
    Activity.PART_TIME_WORK,
    Activity.TRADE_COURSE,
    Activity.NAV_MEASURE,
}


def assemble(
    case: Case,
    *,
    actor: Actor,
    on: date,
    list_href: str,
    revealed: Mapping[str, str] | None = None,
) -> pages.ParticipantPage:
    """Return the page. ``revealed`` holds numbers that are shown in full this once, by kind."""
    may = readable(actor)
    person = case.participant
    steps = [s for s in case.outlook.next_steps if fields_shown(s.code) <= may]
    step = steps[0] if steps and "journey.next_steps" in may else None
    law = case.law if "status.verdict" in may else None
    start = case.enrolment.first_day
    months, totals = weeks_of(law, on=on) if law else ((), ())
    told = told_about(person) if "provenance" in may or "history" in may else None
    history = (
        history_of(person, readable=may, told=told, with_decisions=False)
        if "history" in may
        else []
    )
    past = past_of(history, reverse("history:history", args=[person.pk])) if history else {}
    return pages.ParticipantPage(
        id=person.pk,
        name=person.name,
        list_href=list_href,
        initials=_initials(person.name),
        native_name=person.native_name if "native_name" in may else "",
        birth_date=person.birth_date if "birth_date" in may else None,
        country=person.country if "country" in may else "",
        is_protected=person.is_protected and "protection_mark" in may,
        tags=_tags(case, may),
        facts=_facts(case, may, on, past),
        next_step=next_step_text(step) if step else "",
        next_step_owner=_owner_of(step) if step else "",
        next_step_due=step.due if step else None,
        is_overdue=bool(step and step.due and step.due < on),
        remark=case.enrolment.remark if "remark" in may else "",
        step=int(case.outlook.place.step) if "journey.place" in may else None,
        steps=_steps(case, may) if "journey.place" in may else (),
        assessment=assessment_of(law, start=start, explains="status.explanation" in may)
        if law and start
        else None,
        clocks=clocks_of(case.clocks, on=on, may=may),
        months=months,
        week_totals=totals,
        questions=_questions(case, actor, may),
        disputed=_disputed(case, actor),
        placements=_placements(case, may, on) if "placement.unit" in may else None,
        levels=_levels(case.schooling) if "level.speaking" in may and case.schooling else None,
        tests=_tests(case, may),
        contacts=_contacts(case, may, past),
        activities=_activities(case) if "activity.kind" in may else None,
        leaves=_leaves(case, may) if "leave.first_day" in may else None,
        absences=_absences(case, may) if "absence.first_day" in may else None,
        decisions=_decisions(case, may) if "decision.kind" in may else None,
        plan=plan_of(person, actor=actor, on=on) if "plan.version" in may else None,
        course=course_of(case, actor=actor, on=on) if may >= NEEDS else None,
        milestones=_milestones(case, may),
        identifiers=identifiers(case, actor, revealed or {}),
        provenance=_provenance(case, may, told) if "provenance" in may else (),
        changes=changes_of(history),
        rules_href=reverse("participant:rules", args=[person.pk])
        if "status.verdict" in may
        else "",
        timetable_href=reverse("timetable:week", args=[person.pk])
        if "timetable.week" in may
        else "",
        matching_href=reverse("matching:person", args=[person.pk]) if "match.advice" in may else "",
        cases=cases_of(person.pk, actor=actor, on=on) if "agreement.state" in may else None,
        planned=planned_notes(case, on=on, may=may),
        attendance=attendance_of(person.pk, on=on) if "attendance.minutes" in may else None,
        follow_up_href=reverse("follow_up:panel", args=[person.pk])
        if "follow_up.visit" in may
        else "",
        ties_href=reverse("teaching:ties", args=[person.pk])
        if may_write(actor, "timetable.ties")
        else "",
        history_href=reverse("history:history", args=[person.pk]) if "history" in may else "",
    )


def _initials(name: str) -> str:
    parts = name.split()
    return "".join(part[0] for part in parts[:1] + parts[1:][-1:]).upper()


def _owner_of(step: NextStep) -> str:
    return step.owner_name or (ROLE_NAMES[step.owner_role] if step.owner_role else "")


def _tags(case: Case, may: frozenset[str]) -> tuple[str, ...]:
    tags = []
    if case.enrolment.end_goal and "programme.end_goal" in may:
        goal = code_in_words("programme.end_goal", case.enrolment.end_goal)
        tags.append(_("Mål: %s") % goal)
    if case.enrolment.protection and "programme.protection" in may:
        tags.append(str(_PROTECTION[case.enrolment.protection]))
    return tuple(tags)


def _day(day: date | None) -> str:
    return f"{day:%d.%m.%Y}" if day else ""


def _facts(
    case: Case, may: frozenset[str], on: date, past: Mapping[str, pages.Past]
) -> tuple[pages.Fact, ...]:
    enrolment, schooling = case.enrolment, case.schooling
    facts = []
    if "programme.start" in may and enrolment.first_day:
        end = enrolment.actual_last_day or enrolment.planned_last_day
        month = _month(case, on)
        has_ended = enrolment.actual_last_day is not None and enrolment.actual_last_day < on
        note = (_("sluttet %s") if has_ended else _("slutter %s")) % _day(end) if end else ""
        shown = month or _day(enrolment.first_day)
        before = past.get("programme.planned_end") or past.get("programme.start")
        facts.append(pages.Fact(_("Program"), shown, note, before))
    if "programme.class_name" in may and schooling and schooling.class_name:
        track = _("spor %s") % schooling.track if schooling.track else ""
        before = past.get("programme.class_name")
        facts.append(pages.Fact(_("Klasse"), schooling.class_name, track, before))
    for label, name, value in (
        (_("Programrådgiver"), "programme.adviser", enrolment.adviser),
        (_("Praksisveileder"), "programme.supervisor", enrolment.supervisor),
    ):
        if name in may and value:
            facts.append(pages.Fact(label, value, past=past.get(name)))
    if "nav.handover" in may and (enrolment.handover or enrolment.info_meeting):
        note = _("infomøte %s") % _day(enrolment.info_meeting) if enrolment.info_meeting else ""
        facts.append(
            pages.Fact(
                _("Overføring til Nav"),
                _day(enrolment.handover) or _("ikke avtalt"),
                note,
                past.get("nav.handover"),
            )
        )
    return tuple(facts)


def _month(case: Case, on: date) -> str:
    start = case.enrolment.first_day
    if start is None or start > on:
        return _("begynner %s") % _day(start) if start else ""
    months = case.months
    if months is None:
        return ""
    number, total = months
    return _("Måned %(n)s av %(m)s") % {"n": number, "m": total} if total else str(number)


def _steps(case: Case, may: frozenset[str]) -> tuple[pages.Step, ...]:
    return tuple(
        pages.Step(
            number=int(state.step),
            name=step_name(state.step),
            state=str(state.state) if shown else "unknown",
            day=state.day if shown else None,
            known_from=evidence_sentence(state.evidence) if shown else "",
        )
        for state in case.outlook.place.steps
        for shown in (fields_shown(state.evidence) <= may,)
    )


def _questions(case: Case, actor: Actor, may: frozenset[str]) -> tuple[pages.OpenQuestion, ...]:
    if "question.text" not in may:
        return ()
    return tuple(
        pages.OpenQuestion(
            sentence=question_sentence(
                question.kind,
                field=field_label(question.field),
                text=question.text if access_name(plain(question.field)) in may else "",
            ),
            place=f"{question.row.file.name}, {question.row.sheet} {question.cell}",
            answered_by=", ".join(str(BODIES[owner]) for owner in question.asks),
            href=reverse("questions:question", args=[question.pk])
            if may_see_questions(actor)
            else "",
        )
        for question in questions_about(case.participant, actor=actor)
    )


def _disputed(case: Case, actor: Actor) -> tuple[Link, ...]:
    """Name the fields that sources disagree about, each with where it is decided."""
    if not may_see_questions(actor):
        return ()
    return tuple(
        Link(field_label(name), reverse("disagreements:disagreement", args=[pk]))
        for pk, name in open_about(case.participant.pk, actor=actor)
    )


def _placements(case: Case, may: frozenset[str], on: date) -> tuple[pages.Placement, ...]:
    return tuple(
        pages.Placement(
            unit=p.employer.name if p.employer else _("Ukjent sted"),
            area=area_of(p),
            kind=str(_KINDS[p.kind]),
            first_day=p.first_day,
            last_day=p.last_day,
            hours_per_week=p.hours_per_week,
            is_current=bool(
                p.first_day and p.first_day <= on and (p.last_day is None or p.last_day >= on)
            ),
            is_extended=bool(p.extended),
            evaluation_visit=p.evaluation_visit if "placement.evaluation_visit" in may else None,
            contract=p.contract,
        )
        for p in reversed(case.placements)
    )


def _levels(row: Any) -> tuple[pages.Level, ...]:
    levels = tuple(pages.Level(str(_SKILLS[skill]), getattr(row, skill)) for skill in SKILLS)
    return levels if any(level.level for level in levels) else ()


def _tests(case: Case, may: frozenset[str]) -> tuple[pages.Test, ...]:
    if "test.date" not in may:
        return ()
    outcomes = {True: "reached", False: "not_reached", None: "unknown"}
    return tuple(
        pages.Test(
            day=test.day,
            goal=test.goal,
            outcome=outcomes[test.reached],
            levels=_levels(test) if "test.speaking" in may else (),
        )
        for test in reversed(case.tests)
    )


def _contacts(
    case: Case, may: frozenset[str], past: Mapping[str, pages.Past]
) -> tuple[pages.Contact, ...]:
    enrolment = case.enrolment
    rows = (
        ("programme.adviser", _("Programrådgiver"), enrolment.adviser, Owner.REFUGEE),
        ("programme.supervisor", _("Praksisveileder"), enrolment.supervisor, Owner.REFUGEE),
        ("nav.adviser", _("Nav-kontakt"), enrolment.nav_adviser, Owner.NAV),
        ("teacher", _("Lærer"), enrolment.teacher, Owner.LEARNING),
    )
    return tuple(
        pages.Contact(role, name, str(BODIES[owner]), past.get(field))
        for field, role, name, owner in rows
        if field in may and name
    )


def _activities(case: Case) -> tuple[pages.Activity, ...]:
    return tuple(
        pages.Activity(
            label=str(ACTIVITIES[Activity(row.kind)]),
            first_day=row.first_day,
            last_day=row.last_day,
            hours_per_week=row.hours_per_week,
            is_work_oriented=Activity(row.kind) in _WORK_ORIENTED,
            source=source_name(row.owner),
        )
        for row in reversed(case.elements)
    )


def _leaves(case: Case, may: frozenset[str]) -> tuple[pages.Away, ...]:
    return tuple(
        pages.Away(
            row.first_day,
            row.last_day,
            _joined(
                code_in_words("leave.kind", row.kind) if "leave.kind" in may else "",
                row.reason if "leave.reason" in may else "",
            ),
        )
        for row in case.leaves
    )


def _absences(case: Case, may: frozenset[str]) -> tuple[pages.Away, ...]:
    """Return the absences, the latest first."""
    return tuple(
        pages.Away(
            row.first_day,
            row.last_day,
            code_in_words("absence.kind", row.kind) if "absence.kind" in may else "",
        )
        for row in reversed(case.absences)
    )


def _joined(*words: str) -> str:
    return ": ".join(dict.fromkeys(word for word in words if word))


def _decisions(case: Case, may: frozenset[str]) -> tuple[pages.Decision, ...]:
    """Return the decisions, the latest first."""
    return tuple(
        pages.Decision(
            capitalised(code_in_words("decision.kind", row.kind)),
            row.day,
            row.first_day,
            row.last_day,
            row.reason if "decision.reason" in may else "",
        )
        for row in reversed(case.decisions)
    )


def _milestones(case: Case, may: frozenset[str]) -> tuple[pages.Milestone, ...]:
    """Return what is known of the days and the content that the programme must have."""
    known = {
        **{column: getattr(case.enrolment, column) for column in ENROLMENT_FIELDS},
        **{column: getattr(case.schooling, column, None) for column in SCHOOLING_FIELDS},
    }
    names = {name: column for column, name in (ENROLMENT_FIELDS | SCHOOLING_FIELDS).items()}
    return tuple(
        pages.Milestone(capitalised(field_label(name)), in_words(name, value))
        for name in MILESTONES
        if name in may and (value := known[names[name]]) is not None
    )


def identifiers(
    case: Case, actor: Actor, revealed: Mapping[str, str]
) -> tuple[pages.Identifier, ...]:
    """Return the person's numbers, identity numbers masked unless shown in full this once."""
    may = readable(actor)
    return tuple(
        pages.Identifier(
            key=row.kind,
            label=row.get_kind_display(),
            shown=revealed.get(row.kind) or masked(row),
            may_reveal=may_reveal_identifier(actor, row.kind),
            is_revealed=row.kind in revealed,
        )
        for row in case.identifiers
        if f"identifier.{row.kind}" in may
    )


def _provenance(case: Case, may: frozenset[str], told: Told | None) -> tuple[pages.Provenance, ...]:
    return tuple(
        pages.Provenance(
            field=field_label(said.field),
            value=code_in_words(said.field, said.value),
            body=str(BODIES.get(said.owner, "")),
            entered=_entered(said),
            file="" if said.owner is Owner.HAND else said.file,
            sheet=said.sheet,
            cell=said.cell,
            day=said.at.date(),
            is_used=said.is_used,
            note=_note(said),
        )
        for said in statements_about(case.participant, readable=may, told=told)
    )


def _note(said: Statement) -> str:
    if said.is_gone:
        return str(_("ikke lenger i filen"))
    return str(_("lest etter regel")) if said.is_by_rule else ""


def _entered(said: Statement) -> str:
    if not said.is_corrected and said.owner is not Owner.HAND:
        return ""
    by = said.by or _("kommandolinjen")
    text = _("Rettet i Innpass av %(by)s") if said.is_corrected else _("Ført i Innpass av %(by)s")
    return text % {"by": by}
