"""The law of one person on one day, cut to what somebody may read."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from innpass.casework.participants.models import Participant
from innpass.casework.programme.queries import facts_of
from innpass.casework.programme.readings import law_here
from innpass.domain.law.clocks import NORWEGIAN, PROGRAMME
from innpass.domain.law.deciding import deciding_date, texts_that_may_bind
from innpass.domain.law.duty import DUTIES, Duty
from innpass.domain.law.facts import PersonFacts
from innpass.domain.law.findings import Finding, finding
from innpass.domain.law.law import Decides, Law, law_of
from innpass.domain.law.reasons import Reason
from innpass.domain.law.rules.work_oriented import TOPIC as HOURS
from innpass.domain.law.watched import WatchedFacts
from innpass.domain.sheets.fields import SKILLS

EXPLANATION = "status.explanation"
_PERIOD = ("first_day", "last_day")
# The fields, as ``access/fields.yml`` names them, that each fact of the law is made of.
FIELDS_OF: dict[str, frozenset[str]] = {
    fact: frozenset(names)
    for fact, names in {
        "start": ["programme.start"],
        "planned_end": ["programme.planned_end"],
        "actual_end": ["programme.actual_end"],
        "end_reason": ["programme.end_reason"],
        "protection": ["programme.protection"],
        "upper_secondary": ["programme.upper_secondary"],
        "end_goal": ["programme.end_goal"],
        "extent_percent": ["programme.extent_percent"],
        "offered_on": ["programme.offered_on"],
        "has_children": ["programme.has_children"],
        "norwegian_offered_on": ["norwegian.offered_on"],
        "social_studies_hours": ["social_studies.hours"],
        "health_hours": ["lifeskills.health_hours"],
        "career_hours": ["lifeskills.career_hours"],
        "group_meetings": ["parental.group_meetings"],
        "individual_meetings": ["parental.individual_meetings"],
        "part_time_decision": ["decision.kind"],
        **{
            name: [name]
            for name in (
                *("birth_date", "settled_on", "permit_on", "mapping_on", "career_guidance_on"),
                *("contract_on", "certificate_on"),
            )
        },
        "hours": [f"activity.{name}" for name in ("kind", *_PERIOD, "hours_per_week")],
        "leave": [f"leave.{name}" for name in _PERIOD],
        "leaves": [f"leave.{name}" for name in ("kind", *_PERIOD)],
        "absences": [f"absence.{name}" for name in ("kind", *_PERIOD)],
        "decisions": [f"decision.{name}" for name in ("kind", "day", *_PERIOD)],
        "tests": ["test.date", *(f"test.{skill}" for skill in SKILLS)],
        "plans": ["plan.version", "plan.goals", "plan.content", "plan.making"],
        # That an event is ticked off is no field; the topic rests on every kind of event.
        "registered": [],
    }.items()
}
_CLOCKS = {PROGRAMME: "clock.programme_until", NORWEGIAN: "clock.norwegian_until"}
_OF_LEAVE = frozenset({"leave.first_day", "leave.kind"})
_OF_ABSENCE = frozenset({"absence.first_day", "absence.kind"})


@dataclass(frozen=True, slots=True)
class TopicAnswer:
    """What one topic says of a person, as far as somebody may read it.

    Attributes:
        finding: the answer; ``None`` where it rests on what the viewer may not read. Without the
            right to read explanations it has a state, a day and what is missing, and no more.
        decides: which date of the person picks the text.
        decided_on: that date; ``None`` where it is not recorded, or may not be read.
    """

    topic: str
    finding: Finding | None
    decides: Decides
    decided_on: date | None


def explain(
    participant: Participant, *, on: date, may: frozenset[str]
) -> tuple[tuple[TopicAnswer, ...], Law]:
    """Ask every topic about a person on a day, from what is recorded now; give the law, too.

    No topic answers about somebody without an enrolment.

    Args:
        on: the day asked about.
        may: the fields that the viewer may read.
    """
    law = law_here()
    facts = facts_of([participant.pk]).get(participant.pk)
    if facts is None:
        return (), law
    return tuple(answer_about(topic, facts, on=on, law=law, may=may) for topic in law.topics), law


def answer_about(
    topic: str, facts: PersonFacts, *, on: date, law: Law, may: frozenset[str]
) -> TopicAnswer:
    """Ask one topic about a person; the answer is cut to the fields in ``may``."""
    decides = law.topics[topic][0].decides
    if not fields_used(topic, facts, on=on, law=law) <= may:
        return TopicAnswer(topic, None, decides, None)
    found = finding(topic, facts, on=on, law=law)
    if EXPLANATION not in may:
        return TopicAnswer(topic, _without_reasons(found), decides, None)
    if topic in _CLOCKS:
        found = _cut(found, may)
    return TopicAnswer(topic, found, decides, deciding_date(decides, facts, on=on))


def fields_used(topic: str, facts: PersonFacts, *, on: date, law: Law) -> frozenset[str]:
    """Name the fields that a topic's answer about a person rests on.

    Those that its rules really read, and those that pick the text. The week's hours and the clocks
    are fields of their own, which say who may read what is computed.
    """
    if topic == HOURS:
        return frozenset({"status.verdict"})
    if topic in _CLOCKS:
        return frozenset({_CLOCKS[topic]})
    watched = WatchedFacts(facts)
    texts, _missing = texts_that_may_bind(topic, facts, law=law, on=on)
    for text in texts:
        DUTIES.of(text.rule)(watched, law_of(law, text))
    decides = law.topics[topic][0].decides
    # Where the date is not recorded, others tell between which days it lies.
    choosing = [decides] if deciding_date(decides, facts, on=on) else list(Decides)
    for each in choosing:
        deciding_date(each, watched, on=on)
    asked = watched.asked
    if any(text.only_for for text in law.topics[topic]):
        asked |= {"protection"}
    return frozenset().union({"status.verdict"}, *(FIELDS_OF[name] for name in asked))


def fields_told(reason: Reason) -> frozenset[str]:
    """Name the fields that a clock's sentence gives away, beside what the clock itself does.

    What was counted tells of which kind it was: holidays and absence without a reason are not.
    """
    start, _dot, end = reason.code.partition(".")
    if start == "extension":
        return frozenset({"decision.kind"})
    if start not in ("counted", "left_out"):
        return frozenset()
    if end.endswith("leave"):
        return _OF_LEAVE
    return _OF_ABSENCE if end.endswith("absence") else _OF_LEAVE | _OF_ABSENCE


def told_to(reasons: Iterable[Reason], may: frozenset[str]) -> tuple[Reason, ...]:
    """Return a clock's reasons that somebody may read."""
    return tuple(reason for reason in reasons if fields_told(reason) <= may)


def _cut(found: Finding, may: frozenset[str]) -> Finding:
    duty = replace(
        found.duty,
        counted=told_to(found.duty.counted, may),
        left_out=told_to(found.duty.left_out, may),
    )
    return replace(found, duty=duty, reasons=told_to(found.reasons, may))


def _without_reasons(found: Finding) -> Finding:
    return replace(found, text=None, duty=Duty(), reasons=())
