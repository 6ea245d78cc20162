"""From stored facts to a row of the grid, as it stands on a day."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import chain
from typing import Any
from uuid import UUID

import numpy as np

from innpass.casework.imports.queries import first_import_day
from innpass.casework.overview.models import OverviewRow
from innpass.casework.overview.spellings import set_apart, spelling
from innpass.casework.participants.models import Identifier, Participant
from innpass.casework.placements.models import Placement
from innpass.casework.placements.queries import area_of
from innpass.casework.placements.rhythm import own_rules
from innpass.casework.programme.models import Enrolment
from innpass.casework.programme.queries import facts_of
from innpass.casework.programme.readings import law_here
from innpass.casework.training.models import LanguageTest, Schooling
from innpass.domain.access.roles import ROLE_NAMES
from innpass.domain.journey.current import (
    PLANNED,
    hours_mark,
    latest_tests,
    mark_of,
    placement_mark,
    present_placements,
    runs_in_week,
)
from innpass.domain.journey.facts import CaseFacts, PlacementFacts
from innpass.domain.journey.month import programme_month
from innpass.domain.journey.next_steps import Code, NextStep
from innpass.domain.journey.outlook import outlook
from innpass.domain.journey.rules import OwnRules
from innpass.domain.journey.sentences import next_step_text
from innpass.domain.law.assessment import Verdict
from innpass.domain.law.facts import PersonFacts
from innpass.domain.law.hours import assess_weeks, counted_activities, requirement_for
from innpass.domain.law.law import THE_LAW, Law
from innpass.domain.linking.names import fold
from innpass.domain.periods import IsoWeek, add_months
from innpass.domain.sheets.fields import SKILLS, Activity, EndGoal, EndReason, PlacementKind

_MANY = 5000  # more people than this are read with all others, not asked for one by one
_NEW_FOR = timedelta(days=7)
_VISITS = (Code.EVALUATION_VISIT, Code.EVALUATION_BOOKED)


@dataclass
class Stored:
    """Everything stored about some people that a row of the grid is made of."""

    participants: list[Participant]
    enrolments: dict[UUID, Enrolment] = field(default_factory=dict)
    schoolings: dict[UUID, Schooling] = field(default_factory=dict)
    placements: dict[UUID, list[Placement]] = field(default_factory=dict)
    tests: dict[UUID, list[LanguageTest]] = field(default_factory=dict)
    numbers: dict[UUID, dict[str, str]] = field(default_factory=dict)
    facts: dict[UUID, PersonFacts] = field(default_factory=dict)
    first_import: date | None = None
    law: Law = THE_LAW
    own_rules: tuple[OwnRules, ...] = ()


def stored_facts(ids: Collection[UUID]) -> Stored:
    """Read what some people's rows are made of, with a fixed number of queries."""
    few = len(ids) <= _MANY
    wanted = set(ids)

    def rows(model: Any, key: str = "participant") -> Any:
        query = model.objects.all()
        return query.filter(**{f"{key}__in": wanted}) if few else query

    people = rows(Participant, "pk").filter(absorbed_by=None).select_related("clock")
    participants = [person for person in people if person.pk in wanted]
    placements: dict[UUID, list[Placement]] = defaultdict(list)
    for placement in rows(Placement).select_related("employer"):
        placements[placement.participant_id].append(placement)
    tests: dict[UUID, list[LanguageTest]] = defaultdict(list)
    for test in rows(LanguageTest).order_by("day"):
        tests[test.participant_id].append(test)
    numbers: dict[UUID, dict[str, str]] = defaultdict(dict)
    for owner, kind, plain in (
        rows(Identifier).exclude(plain="").values_list("participant_id", "kind", "plain")
    ):
        numbers[owner][kind] = plain
    return Stored(
        participants=participants,
        enrolments={row.participant_id: row for row in rows(Enrolment)},
        schoolings={row.participant_id: row for row in rows(Schooling)},
        placements=placements,
        tests=tests,
        numbers=numbers,
        facts=facts_of(wanted),
        first_import=first_import_day(),
        law=law_here(),
        own_rules=own_rules(),
    )


def case_facts(
    pk: UUID, stored: Stored, *, verdict: str, counts_from: date | None, missing: tuple[str, ...]
) -> CaseFacts:
    """Return what the journey asks about a person."""
    enrolment = stored.enrolments.get(pk) or Enrolment()
    facts = stored.facts.get(pk)
    courses = [
        row.period
        for row in (facts.hours if facts else ())
        if row.activity is Activity.WORK_LIFE_COURSE
    ]
    return CaseFacts(
        start=enrolment.first_day,
        planned_end=enrolment.planned_last_day,
        actual_end=enrolment.actual_last_day,
        end_reason=EndReason(enrolment.end_reason) if enrolment.end_reason else None,
        end_goal=EndGoal(enrolment.end_goal) if enrolment.end_goal else None,
        counts_from=counts_from,
        verdict=verdict,
        missing_facts=missing,
        placements=tuple(
            PlacementFacts(
                kind=PlacementKind(p.kind),
                unit=p.employer.name if p.employer else None,
                first_day=p.first_day,
                last_day=p.last_day,
                evaluation_visit=p.evaluation_visit,
                contract=p.contract,
                has_contract=p.has_contract,
            )
            for p in sorted(
                stored.placements.get(pk, ()), key=lambda p: (p.first_day or date.max, str(p.pk))
            )
        ),
        work_life_course=min(courses, key=lambda p: p.first_day) if courses else None,
        info_meeting=enrolment.info_meeting,
        handover=enrolment.handover,
        plan_review=facts.plans[-1].review_on if facts and facts.plans else None,
        last_contact=enrolment.last_contact,
        sheet_next_step=enrolment.next_step or None,
        sheet_next_step_due=enrolment.next_step_due,
        sheet_next_step_owner=enrolment.next_step_owner or None,
        adviser=enrolment.adviser or None,
        supervisor=enrolment.supervisor or None,
        nav_adviser=enrolment.nav_adviser or None,
        teacher=enrolment.teacher or None,
        own_rules=stored.own_rules,
    )


def build_rows(ids: Collection[UUID], *, on: date) -> list[OverviewRow]:
    """Make (not store) the rows of some people as they stand on a day."""
    stored = stored_facts(ids)
    people = stored.participants
    known = [p.pk for p in people if p.pk in stored.facts]
    weeks = assess_weeks([stored.facts[pk] for pk in known], on=on, law=stored.law)
    now = weeks.at(IsoWeek.of(on))
    place_of = {pk: place for place, pk in enumerate(known)}
    rows = []
    for person in people:
        place = place_of.get(person.pk)
        week = _Week()
        if place is not None:
            answer = requirement_for(stored.facts[person.pk], law=stored.law)
            demand = answer.requirement
            verdict = now.verdict[place]
            average = float(now.average[place])
            said = _verdict(verdict, stored.facts[person.pk], answer, on)
            week = _Week(
                verdict=said,
                hours=float(now.hours[place]) if verdict else None,
                total_hours=float(now.total_hours[place]) if verdict else None,
                average=None if np.isnan(average) else average,
                # A week after the programme has no demand, whatever the programme had.
                minimum=demand.hours_per_week
                if demand and said != Verdict.NO_REQUIREMENT
                else None,
                counts_from=demand.counts_from if demand else None,
                missing=tuple(str(fact) for fact in answer.missing),
            )
        rows.append(_row(person, stored, week, on))
    return rows


@dataclass(frozen=True, slots=True)
class _Week:
    verdict: str = Verdict.UNKNOWN
    hours: float | None = None
    total_hours: float | None = None
    average: float | None = None
    minimum: float | None = None
    counts_from: date | None = None
    missing: tuple[str, ...] = ()


def _verdict(verdict: Verdict | None, facts: PersonFacts, answer: Any, on: date) -> str:
    """Return the verdict of this week; outside the programme no week is judged."""
    if verdict is not None:
        return str(verdict)
    if facts.start is None:
        return str(Verdict.UNKNOWN)
    if on < facts.start and (answer.requirement or answer.missing):
        return str(Verdict.NOT_YET)
    return str(Verdict.NO_REQUIREMENT)


def _row(person: Participant, stored: Stored, week: _Week, on: date) -> OverviewRow:
    pk = person.pk
    facts = case_facts(
        pk, stored, verdict=week.verdict, counts_from=week.counts_from, missing=week.missing
    )
    enrolment = stored.enrolments.get(pk) or Enrolment()
    schooling = stored.schoolings.get(pk) or Schooling()
    numbers = stored.numbers.get(pk, {})
    placement = _placement_now(stored.placements.get(pk, []), on)
    employer = placement.employer if placement else None
    tests = [test for test in stored.tests.get(pk, ()) if test.day <= on]
    test = tests[-1] if tests else None
    case = outlook(facts, on=on)
    step = case.next_steps[0] if case.next_steps else None
    month, months = programme_month(facts, on=on) or (None, None)
    end = enrolment.actual_last_day or enrolment.planned_last_day
    is_active = end is None or end >= on
    is_below = is_active and week.verdict == Verdict.BELOW
    new_until = _new_until(person, stored)
    clock = getattr(person, "clock", None)
    visits = [s.due for s in case.next_steps if s.code in _VISITS and s.due]
    return OverviewRow(
        municipality_id=person.municipality_id,
        participant=person,
        as_of=on,
        changes_on=_changes_on(
            facts,
            case.holds_before,
            month,
            [new_until, *(test.day for test in stored.tests.get(pk, ()))],
            on,
        ),
        added_on=person.created_at.date(),
        is_new=new_until is not None and on < new_until,
        name=person.name,
        **_search(person, employer.name if employer else "", numbers),
        birth_year=person.birth_date.year if person.birth_date else None,
        country=person.country,
        is_active=is_active,
        step=int(case.place.step),
        verdict=week.verdict,
        hours=week.hours,
        total_hours=week.total_hours,
        average=week.average,
        minimum=week.minimum,
        counts_from=week.counts_from,
        placement_kind=placement.kind if placement else "",
        unit=employer.name if employer else "",
        area=area_of(placement) if placement else "",
        placement_last_day=placement.last_day if placement else None,
        **_typed_in(pk, stored, on),
        attention=0 if is_below else 1 + int(case.attention.level),
        next_code=str(step.code) if step else "",
        next_text=next_step_text(step)[:300] if step else "",
        next_owner=_owner(step) if step else "",
        next_due=step.due if step else None,
        visit_due=min(visits, default=None),
        last_contact=enrolment.last_contact,
        term=f"{enrolment.first_day:%Y-%m}" if enrolment.first_day else "",
        first_day=enrolment.first_day,
        planned_last_day=enrolment.planned_last_day,
        actual_last_day=enrolment.actual_last_day,
        programme_until=clock.programme_until if clock else None,
        norwegian_until=clock.norwegian_until if clock else None,
        month=month,
        months=months,
        end_goal=enrolment.end_goal,
        class_name=schooling.class_name,
        track=schooling.track,
        **{skill: getattr(schooling, skill) for skill in SKILLS},
        test_day=test.day if test else None,
        test_goal=test.goal if test else "",
        test_reached=test.reached if test else None,
        adviser=enrolment.adviser,
        supervisor=enrolment.supervisor,
        nav_adviser=enrolment.nav_adviser,
        teacher=enrolment.teacher,
        visma_refugee=numbers.get("visma_refugee", ""),
        visma_learning=numbers.get("visma_learning", ""),
        socio=numbers.get("socio", ""),
        info_meeting=enrolment.info_meeting,
        handover=enrolment.handover,
    )


def _new_until(person: Participant, stored: Stored) -> date | None:
    """Return the first day on which a person is no longer new; ``None`` for who never was.

    Of the first import everybody would be new, and nobody would stand out.
    """
    added = person.created_at.date()
    if stored.first_import is None or added <= stored.first_import:
        return None
    return added + _NEW_FOR


def _owner(step: NextStep) -> str:
    return step.owner_name or (ROLE_NAMES[step.owner_role] if step.owner_role else "")


def _search(person: Participant, unit: str, numbers: dict[str, str]) -> dict[str, str]:
    """Return the words to search in, all together and in parts (``queries.matching``).

    No part holds what all together do not.
    """
    names = fold(person.name), fold(person.native_name)
    name, native = _words(person.name), _words(person.native_name)
    at = _words(unit)[:300]
    numbers_said = [number.casefold() for number in numbers.values()]
    return {
        "search": " ".join(filter(None, [name, native, at, *numbers_said]))[:2500],
        "spellings": "".join(map(spelling, dict.fromkeys(chain(*names))))[:2000],
        "search_name": ("".join(map(set_apart, names[0])) + name)[:1000],
        "search_native": ("".join(map(set_apart, names[1])) + native)[:1000],
        "search_unit": at,
    }


def _words(text: str) -> str:
    """Return a text's folded parts, and itself."""
    return " ".join([*fold(text), text.casefold()]).strip()


def _placement_now(placements: list[Placement], on: date) -> Placement | None:
    """Return the placement that runs on a day; else the next one to begin."""
    present = present_placements(placements, on=on)

    def order(placement: Placement) -> tuple[date, str]:
        return placement.first_day or date.max, str(placement.pk)

    if present and (present[0].first_day or date.max) <= on:
        return max(present, key=order)
    return min(present, key=order, default=None)


def counts_in_week(
    activity: Activity,
    first_day: date,
    last_day: date | None,
    *,
    start: date | None,
    on: date,
    law: Law,
) -> bool:
    """Tell whether hours of an activity are among those that count in the week of a day.

    Args:
        start: of the programme; ``None`` where it is not known.
        law: how the law is read here.
    """
    if start is None or not runs_in_week(first_day, last_day, on=on):
        return False
    return activity in counted_activities(start, law=law)


def _typed_in(pk: UUID, stored: Stored, on: date) -> dict[str, Any]:
    """Return which hours, placement and test one may type in, since no other can be meant."""
    facts = stored.facts.get(pk)
    start = facts.start if facts else None
    hours = [
        each
        for each in (facts.hours if facts else ())
        if counts_in_week(
            each.activity,
            each.period.first_day,
            each.period.last_day,
            start=start,
            on=on,
            law=stored.law,
        )
    ]
    placements = stored.placements.get(pk, ())
    tests = latest_tests(stored.tests.get(pk, ()), on=on)
    is_planned = any(
        each.is_counted and runs_in_week(each.period.first_day, each.period.last_day, on=on)
        for each in (facts.hours if facts else ())
    )
    mark = mark_of([hours_mark(h.activity, h.period.first_day) for h in hours])
    return {
        "hours_of": PLANNED if is_planned else mark,
        "hours_stated": hours[0].hours_per_week if len(hours) == 1 and not is_planned else None,
        "placement_of": placement_mark(placements, on=on),
        "test_of": mark_of([str(test.day) for test in tests]),
    }


def _sunday(day: date) -> date:
    """Return the last day of the week, whose hours are shown to its end."""
    return day + timedelta(days=6 - day.weekday())


def _changes_on(
    facts: CaseFacts,
    holds_before: date | None,
    month: int | None,
    other_days: list[date | None],
    on: date,
) -> date | None:
    """Return a day before which no column changes as long as no fact does."""
    days = [holds_before, *other_days]
    if facts.start is not None and (facts.end is None or _sunday(facts.end) >= on):
        days.append(on + timedelta(days=7 - on.weekday()))  # next Monday: another week's hours
        if facts.start > on:
            days.append(facts.start)
        elif month is not None:
            days.append(add_months(facts.start, month))
    if facts.end is not None and facts.end >= on:
        days.append(facts.end + timedelta(days=1))
    for placement in facts.placements:
        days.append(placement.first_day)
        if placement.last_day:
            days.append(placement.last_day + timedelta(days=1))
    return min((day for day in days if day is not None and day > on), default=None)
