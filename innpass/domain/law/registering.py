"""What a person's caseworker must have registered, by when, and what is missing before the end."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from innpass.domain.law import rules  # noqa: F401  (fills the register)
from innpass.domain.law.deciding import texts_that_may_bind
from innpass.domain.law.duty import DUTIES
from innpass.domain.law.events import Registered, events_of
from innpass.domain.law.facts import PersonFacts
from innpass.domain.law.law import THE_LAW, Law, law_of
from innpass.domain.periods import add_months

TOPIC = "register_in_time"


class BeforeExit(StrEnum):
    """What must be known before a person leaves the programme, by our own stable code."""

    END_GOAL = "end_goal"
    END_REASON = "end_reason"
    MAPPING = "mapping"
    CAREER_GUIDANCE = "career_guidance"
    ELEMENTS = "elements"
    ELEMENT_HOURS = "element_hours"
    HEALTH_HOURS = "health_hours"
    CAREER_HOURS = "career_hours"
    PARENTAL_GUIDANCE = "parental_guidance"
    SOCIAL_STUDIES_HOURS = "social_studies_hours"
    CERTIFICATE = "certificate"


@dataclass(frozen=True, slots=True)
class RegistrationDuty:
    """One event that must be registered.

    Args:
        kind: what happened.
        day: the day from which it is known.
        last_day: the last day on which registration is in time, inclusive.
    """

    kind: Registered
    day: date
    last_day: date

    def age_days(self, *, on: date) -> int:
        """Count the days since it was known; negative for what lies ahead."""
        return (on - self.day).days

    def days_left(self, *, on: date) -> int:
        """Count the days left after ``on``; negative when the time is out."""
        return (self.last_day - on).days


def registration_duties(facts: PersonFacts, *, law: Law = THE_LAW) -> tuple[RegistrationDuty, ...]:
    """List every event of a person that must be registered, in time.

    Source:
        integreringsloven § 43 andre ledd; integreringsforskriften § 58 andre ledd.

    Reading:
        docs/law/registering.md.
    """
    months: int = law_of(law, law.texts(TOPIC)[-1]).value("months_to_register")
    return tuple(
        RegistrationDuty(kind, day, add_months(day, months)) for day, kind in events_of(facts)
    )


def missing_before_exit(facts: PersonFacts, *, law: Law = THE_LAW) -> tuple[BeforeExit, ...]:
    """List what is not recorded and must be before, or when, a person leaves the programme.

    What no text asks of the person is not missing; what may be asked is.

    Source:
        integreringsforskriften §§ 52 and 53.

    Reading:
        docs/law/registering.md.
    """

    def asked(topic: str) -> bool:
        on = facts.actual_end or facts.planned_end or facts.start or date.min
        texts, _ = texts_that_may_bind(topic, facts, law=law, on=on)
        return any(DUTIES.of(text.rule)(facts, law_of(law, text)).binds for text in texts)

    no_meetings = facts.group_meetings is None and facts.individual_meetings is None
    lacking = {
        BeforeExit.END_GOAL: facts.end_goal is None,
        BeforeExit.END_REASON: facts.end_reason is None,
        BeforeExit.MAPPING: facts.mapping_on is None and asked("mapping"),
        BeforeExit.CAREER_GUIDANCE: facts.career_guidance_on is None and asked("career_guidance"),
        BeforeExit.ELEMENTS: not facts.hours,
        BeforeExit.ELEMENT_HOURS: any(row.hours_per_week is None for row in facts.hours),
        BeforeExit.HEALTH_HOURS: facts.health_hours is None and asked("life_skills"),
        BeforeExit.CAREER_HOURS: facts.career_hours is None and asked("life_skills"),
        BeforeExit.PARENTAL_GUIDANCE: no_meetings and asked("parental_guidance"),
        BeforeExit.SOCIAL_STUDIES_HOURS: (
            facts.social_studies_hours is None and asked("social_studies")
        ),
        BeforeExit.CERTIFICATE: facts.certificate_on is None,
    }
    return tuple(what for what, is_lacking in lacking.items() if is_lacking)
