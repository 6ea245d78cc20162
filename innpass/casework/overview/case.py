"""One person's case, read whole for the participant's page."""

from dataclasses import dataclass
from datetime import date

from innpass.casework.overview.building import case_facts, stored_facts
from innpass.casework.participants.models import Identifier, Participant
from innpass.casework.participants.queries import numbers_of
from innpass.casework.placements.models import Placement
from innpass.casework.programme.models import Absence, Decision, Element, Enrolment, Leave
from innpass.casework.training.models import LanguageTest, Schooling
from innpass.domain.journey.month import programme_month
from innpass.domain.journey.outlook import Outlook, outlook
from innpass.domain.law import law as statute
from innpass.domain.law.assessment import Projection, RequirementAnswer, WeekAssessment
from innpass.domain.law.clocks import Clock, norwegian_clock, programme_clock
from innpass.domain.law.facts import PersonFacts
from innpass.domain.law.hours import assess_week, assess_weeks, project, requirement_for
from innpass.domain.law.weeks import Weeks
from innpass.domain.periods import IsoWeek


@dataclass(frozen=True, slots=True)
class Law:
    """What the law engine says of a person: this week, all weeks, and where the plan leads.

    ``here`` is the law as the municipality reads it, by which all of it was said.
    """

    here: statute.Law
    requirement: RequirementAnswer
    week: WeekAssessment | None
    weeks: Weeks
    projection: Projection


@dataclass(frozen=True, slots=True)
class Case:
    """A person's case as it stands on a day, before it is cut to what the viewer may read."""

    participant: Participant
    enrolment: Enrolment
    schooling: Schooling | None
    placements: tuple[Placement, ...]
    tests: tuple[LanguageTest, ...]
    elements: tuple[Element, ...]
    leaves: tuple[Leave, ...]
    absences: tuple[Absence, ...]
    decisions: tuple[Decision, ...]
    identifiers: tuple[Identifier, ...]
    facts: PersonFacts | None
    law: Law | None
    clocks: tuple[Clock, ...]  # of the programme and of Norwegian; none without an enrolment
    outlook: Outlook
    months: tuple[int, int | None] | None  # month n of m


def case_of(participant: Participant, *, on: date) -> Case:
    """Read a person's case. A fixed number of queries."""
    pk = participant.pk
    stored = stored_facts([pk])
    facts = stored.facts.get(pk)
    law = _law(facts, on, stored.law) if facts and facts.start else None
    week = law.week if law else None
    answer = law.requirement if law else None
    journey = case_facts(
        pk,
        stored,
        verdict=str(week.verdict) if week else "unknown" if not law else "no_requirement",
        counts_from=answer.requirement.counts_from if answer and answer.requirement else None,
        missing=tuple(str(fact) for fact in answer.missing) if answer else (),
    )
    return Case(
        participant=participant,
        enrolment=stored.enrolments.get(pk) or Enrolment(),
        schooling=stored.schoolings.get(pk),
        placements=tuple(
            sorted(
                stored.placements.get(pk, ()),
                key=lambda p: (p.first_day or date.max, str(p.pk)),
            )
        ),
        tests=tuple(stored.tests.get(pk, ())),
        elements=tuple(participant.elements.order_by("first_day", "kind", "hours_per_week")),
        leaves=tuple(participant.leaves.order_by("first_day")),
        absences=tuple(participant.absences.order_by("first_day")),
        decisions=tuple(participant.decisions.order_by("day", "first_day", "kind")),
        identifiers=tuple(numbers_of(participant)),
        facts=facts,
        law=law,
        clocks=_clocks(facts, on, stored.law) if facts else (),
        outlook=outlook(journey, on=on),
        months=programme_month(journey, on=on),
    )


def _clocks(facts: PersonFacts, on: date, law: statute.Law) -> tuple[Clock, ...]:
    return programme_clock(facts, on=on, law=law), norwegian_clock(facts, on=on, law=law)


def _law(facts: PersonFacts, on: date, law: statute.Law) -> Law:
    return Law(
        here=law,
        requirement=requirement_for(facts, law=law),
        week=assess_week(facts, IsoWeek.of(on), on=on, law=law),
        weeks=assess_weeks([facts], on=on, law=law),
        projection=project(facts, on=on, law=law),
    )
