"""The canonical form of all participants: one JSON-ready value that other programs can read.

The names are those of the exchange format, in which activities and ends have Norwegian codes.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from innpass.casework.exports.planned import planned
from innpass.casework.imports.models import HOLDING
from innpass.casework.overview.building import Stored, stored_facts
from innpass.casework.participants.models import SECRET_KINDS, Identifier, Participant, RowLink
from innpass.casework.participants.queries import open_questions, visible_participants
from innpass.casework.placements.queries import area_of
from innpass.casework.programme.models import (
    Absence,
    Decision,
    Element,
    Enrolment,
    Leave,
    PlannedHours,
    StatusSpan,
)
from innpass.casework.training.models import Schooling
from innpass.domain.access.policy import readable
from innpass.domain.access.roles import Actor
from innpass.domain.law.hours import requirement_for
from innpass.domain.periods import IsoWeek
from innpass.domain.sheets.fields import SKILLS, Activity, EndReason
from innpass.domain.sheets.records import Owner, TableKind

ACTIVITY_CODES = {
    Activity.NORWEGIAN: "norsk",
    Activity.VOCATIONAL_NORWEGIAN: "yrkesnorsk",
    Activity.PRACTICE: "praksis",
    Activity.WORK_LIFE_COURSE: "arbeidslivskurs",
    Activity.TRADE_COURSE: "bransjekurs",
    Activity.NAV_MEASURE: "nav_tiltak",
    Activity.PART_TIME_WORK: "deltidsarbeid",
    Activity.OTHER: "annet",
}
END_REASON_CODES = {
    EndReason.WORK: "arbeid",
    EndReason.EDUCATION: "utdanning",
    EndReason.NAV: "nav",
    EndReason.MOVED: "flyttet",
    EndReason.OTHER: "annet",
}
SKILL_CODES = dict(zip(SKILLS, ("lytte", "lese", "skrive", "snakke"), strict=True))
ID_CODES = {"visma_refugee": "visma_flyktning", "visma_learning": "visma_laering"}


def canonical(*, actor: Actor, results: dict[str, Any]) -> dict[str, Any]:
    """Return all that the actor may read of all participants the actor may see.

    ``results`` are the figures as of the day asked about (``results.queries.as_json``). What may
    not be read is ``None`` (or an empty list), never left out, so that the form is one.
    """
    people = list(visible_participants(actor).order_by("name", "pk"))
    stored = stored_facts([person.pk for person in people])
    may = readable(actor)
    spans: dict[UUID, list[StatusSpan]] = defaultdict(list)
    if "status.verdict" in may:
        for span in StatusSpan.objects.order_by("first_monday"):
            spans[span.participant_id].append(span)
    leaves: dict[UUID, list[Leave]] = defaultdict(list)
    for leave in Leave.objects.order_by("first_day"):
        leaves[leave.participant_id].append(leave)
    absences: dict[UUID, list[Absence]] = defaultdict(list)
    for absence in Absence.objects.order_by("first_day"):
        absences[absence.participant_id].append(absence)
    decisions: dict[UUID, list[Decision]] = defaultdict(list)
    for decision in Decision.objects.order_by("day", "first_day", "kind"):
        decisions[decision.participant_id].append(decision)
    elements: dict[UUID, list[Element]] = defaultdict(list)
    for element in Element.objects.order_by("first_day", "kind", "hours_per_week"):
        elements[element.participant_id].append(element)
    hours_of: dict[UUID, list[PlannedHours]] = defaultdict(list)
    for hours in PlannedHours.objects.order_by("first_day", "kind"):
        hours_of[hours.participant_id].append(hours)
    plans = planned(actor, may)
    secret: dict[UUID, dict[str, str]] = defaultdict(dict)
    for row in Identifier.objects.filter(kind__in=SECRET_KINDS, participant__in=people):
        if f"identifier.{row.kind}" in may:
            secret[row.participant_id][row.kind] = str(row.sealed)
    links = _links({person.pk for person in people}) if "provenance" in may else []
    return {
        "participants": [
            _participant(
                person,
                stored,
                may,
                spans=spans[person.pk],
                leaves=leaves[person.pk],
                absences=absences[person.pk],
                decisions=decisions[person.pk],
                elements=elements[person.pk],
                planned_hours=hours_of[person.pk],
                secret=secret[person.pk],
            )
            | {part: rows.get(person.pk, []) for part, rows in plans.items()}
            for person in people
        ],
        "links": [
            {"file": file, "sheet": sheet, "row": number, "person": str(owner)}
            for file, sheet, number, owner, *_ in links
        ],
        "duplicates": _duplicates(links),
        "results": results,
        "questions": _questions(actor) if "question.text" in may else [],
    }


# The milestones and what the programme has held, with the fields whose readers may read them.
_CONTENT = {
    "offered_on": "programme.offered_on",
    "has_children": "programme.has_children",
    "mapping_on": "mapping_on",
    "career_guidance_on": "career_guidance_on",
    "contract_on": "contract_on",
    "certificate_on": "certificate_on",
    "health_hours": "lifeskills.health_hours",
    "career_hours": "lifeskills.career_hours",
    "group_meetings": "parental.group_meetings",
    "individual_meetings": "parental.individual_meetings",
}
_TAUGHT = {
    "norwegian_offered_on": "norwegian.offered_on",
    "social_studies_hours": "social_studies.hours",
}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _plain(value: Any) -> Any:
    return _iso(value) if isinstance(value, date) else value


def _participant(
    person: Participant,
    stored: Stored,
    may: frozenset[str],
    *,
    spans: list[StatusSpan],
    leaves: list[Leave],
    absences: list[Absence],
    decisions: list[Decision],
    elements: list[Element],
    planned_hours: list[PlannedHours],
    secret: dict[str, str],
) -> dict[str, Any]:
    enrolment = stored.enrolments.get(person.pk) or Enrolment()
    schooling = stored.schoolings.get(person.pk)
    numbers = {**stored.numbers.get(person.pk, {}), **secret}

    def cut(name: str, value: Any) -> Any:
        return value if name in may and value != "" else None

    facts = stored.facts.get(person.pk)
    demand = requirement_for(facts, law=stored.law).requirement if facts else None
    return {
        "id": str(person.pk),
        "ids": {
            ID_CODES.get(kind, kind): cut(f"identifier.{kind}", numbers.get(kind))
            for kind in ("fnr", "dnr", "duf", "socio", "visma_refugee", "visma_learning")
        },
        "name": cut("name", person.name),
        "given_name": cut("given_name", person.given_name),
        "family_name": cut("family_name", person.family_name),
        "native_name": cut("native_name", person.native_name),
        "birth_date": cut("birth_date", _iso(person.birth_date)),
        "country": cut("country", person.country),
        "settled_on": cut("settled_on", _iso(enrolment.settled_on)),
        "permit_on": cut("permit_on", _iso(enrolment.permit_on)),
        "programme": _programme(enrolment, schooling, leaves, may, cut),
        "content": {
            part: cut(name, _plain(getattr(row, part, None)))
            for row, parts in ((enrolment, _CONTENT), (schooling, _TAUGHT))
            for part, name in parts.items()
        },
        "absence": [
            {
                "from": _iso(row.first_day),
                "to": _iso(row.last_day),
                "kind": cut("absence.kind", row.kind),
            }
            for row in absences
        ]
        if "absence.first_day" in may
        else [],
        "decisions": [
            {
                "kind": row.kind,
                "date": cut("decision.day", _iso(row.day)),
                "from": cut("decision.first_day", _iso(row.first_day)),
                "to": cut("decision.last_day", _iso(row.last_day)),
                "reason": cut("decision.reason", row.reason),
            }
            for row in decisions
        ]
        if "decision.kind" in may
        else [],
        "cefr": {
            SKILL_CODES[skill]: cut(f"level.{skill}", getattr(schooling, skill)) for skill in SKILLS
        }
        if schooling and any(getattr(schooling, skill) for skill in SKILLS)
        else None,
        "placements": [
            {
                "kind": cut("placement.kind", p.kind),
                "area": cut("placement.area", area_of(p)),
                "unit": cut("placement.unit", p.employer.name if p.employer else None),
                "start": cut("placement.first_day", _iso(p.first_day)),
                "end": cut("placement.last_day", _iso(p.last_day)),
                "extended": cut("placement.extended", p.extended),
                "hours_per_week": cut("placement.hours_per_week", p.hours_per_week),
                "evaluation_visit": cut("placement.evaluation_visit", _iso(p.evaluation_visit)),
                "contract": cut("placement.contract", _iso(p.contract)),
                "has_contract": cut("placement.contract", p.has_contract),
            }
            for p in sorted(
                stored.placements.get(person.pk, ()),
                key=lambda p: (p.first_day or date.max, str(p.pk)),
            )
        ],
        "tests": [
            {
                "date": cut("test.date", _iso(test.day)),
                "goal": cut("test.goal", test.goal),
                "reached": cut("test.reached", test.reached),
                **{SKILL_CODES[s]: cut(f"test.{s}", getattr(test, s)) for s in SKILLS},
            }
            for test in stored.tests.get(person.pk, ())
        ],
        "nav": {
            "info_meeting": cut("nav.info_meeting", _iso(enrolment.info_meeting)),
            "handover": cut("nav.handover", _iso(enrolment.handover)),
        },
        "hours": [
            {
                "activity": ACTIVITY_CODES[Activity(e.kind)],
                "from": _iso(e.first_day),
                "to": _iso(e.last_day),
                "hours": e.hours_per_week,
            }
            for e in elements
        ]
        if "activity.hours_per_week" in may
        else [],
        # Clock hours by the timetables in force, which count in place of ``hours`` meanwhile; of no
        # activity where a timetable holds and nothing is in it.
        "planned_hours": [
            {
                "activity": ACTIVITY_CODES[Activity(each.kind)] if each.kind else None,
                "from": _iso(each.first_day),
                "to": _iso(each.last_day),
                "hours": each.hours_per_week,
            }
            for each in planned_hours
        ]
        if "timetable.week" in may
        else [],
        "requirement": {
            "hours_per_week": demand.hours_per_week,
            "counts_from": _iso(demand.counts_from),
        }
        if demand and "status.minimum" in may
        else None,
        "weeks": dict(_weeks(spans)),
    }


def _programme(
    enrolment: Enrolment,
    schooling: Schooling | None,
    leaves: list[Leave],
    may: frozenset[str],
    cut: Any,
) -> dict[str, Any]:
    reason = enrolment.end_reason
    term = f"{enrolment.first_day:%Y-%m}" if enrolment.first_day else None
    return {
        "term": cut("programme.start", term),
        "start": cut("programme.start", _iso(enrolment.first_day)),
        "planned_end": cut("programme.planned_end", _iso(enrolment.planned_last_day)),
        "actual_end": cut("programme.actual_end", _iso(enrolment.actual_last_day)),
        "end_reason": cut(
            "programme.end_reason", END_REASON_CODES[EndReason(reason)] if reason else None
        ),
        "protection": cut("programme.protection", enrolment.protection),
        "upper_secondary": cut("programme.upper_secondary", enrolment.upper_secondary),
        "end_goal": cut("programme.end_goal", enrolment.end_goal),
        "extent_percent": cut("programme.extent_percent", enrolment.extent_percent),
        "adviser": cut("programme.adviser", enrolment.adviser),
        "supervisor": cut("programme.supervisor", enrolment.supervisor),
        "class": cut("programme.class_name", schooling.class_name if schooling else None),
        "track": cut("programme.track", schooling.track if schooling else None),
        "leave": [
            {
                "from": _iso(leave.first_day),
                "to": _iso(leave.last_day),
                "kind": cut("leave.kind", leave.kind),
                "reason": cut("leave.reason", leave.reason),
            }
            for leave in leaves
        ]
        if "leave.first_day" in may
        else [],
    }


def _weeks(spans: list[StatusSpan]) -> Iterable[tuple[str, str]]:
    for span in spans:
        monday = span.first_monday
        while monday <= span.last_monday:
            yield str(IsoWeek.of(monday)), span.verdict
            monday += timedelta(days=7)


Link = tuple[str, str, int, UUID, str, str, bool]


def _links(people: set[UUID]) -> list[Link]:
    rows = (
        RowLink.objects.filter(row__state__in=HOLDING)
        .exclude(row__owner=Owner.HAND)
        .order_by("row__file__name", "row__sheet", "row__number")
        .values_list(
            "row__file__name",
            "row__sheet",
            "row__number",
            "participant",
            "row__owner",
            "row__kind",
            "row__is_hidden",
        )
    )
    return [row for row in rows if row[3] in people]


def _duplicates(links: list[Link]) -> list[dict[str, Any]]:
    """Return the people on two or more visible rows of the overview sheet."""
    rows: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for file, sheet, number, owner, body, kind, hidden in links:
        if body == Owner.OVERVIEW and kind == TableKind.PERSON and not hidden:
            rows[owner].append({"file": file, "sheet": sheet, "row": number})
    return [
        {"person": str(owner), "rows": places} for owner, places in rows.items() if len(places) > 1
    ]


def _questions(actor: Actor) -> list[dict[str, Any]]:
    found = (
        open_questions(actor)
        .order_by("row__file__name", "row__sheet", "row__number", "cell", "kind")
        .values_list("row__file__name", "row__sheet", "cell", "kind")
    )
    return [
        {"file": file, "sheet": sheet, "cell": cell, "reason": kind}
        for file, sheet, cell, kind in found
    ]
