"""The state of a placement case, as it follows from facts and a day; it is stored nowhere."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class CaseKind(StrEnum):
    """Under which arrangement somebody is at an employer; they are kept apart in every count."""

    MUNICIPAL_PRACTICE = "municipal_practice"  # praksis i kommunen
    PRIVATE_PRACTICE = "private_practice"  # praksis i en bedrift
    WORK_TRAINING = "work_training"  # arbeidstrening, Nav's measure
    SUMMER_JOB = "summer_job"  # sommerjobb, Nav's measure


class Step(StrEnum):
    """Something that happened on the way to an agreement, in the order it is done."""

    PRESENTED = "presented"
    INTERVIEW_PREPARED = "interview_prepared"
    FIRST_MEETING = "first_meeting"


class State(StrEnum):
    """Where a placement case stands."""

    PROPOSED = "proposed"
    PRESENTED = "presented"
    INTERVIEW_PREPARED = "interview_prepared"
    FIRST_MEETING_HELD = "first_meeting_held"
    AGREED = "agreed"
    RUNNING = "running"
    ENDED = "ended"


class Outcome(StrEnum):
    """How a case ended."""

    HIRED = "hired"
    NEXT_PLACE = "next_place"
    STOPPED = "stopped"
    NOT_STARTED = "not_started"  # it came to nothing before anybody began


class Initiative(StrEnum):
    """Who wanted it to end."""

    PARTICIPANT = "participant"
    EMPLOYER = "employer"
    SERVICE = "service"
    OUTSIDE = "outside"  # nobody: illness, moving, closing down


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What the state follows from.

    Attributes:
        steps: what has happened.
        agreed: an agreement is signed by all, or the placement came with a sheet.
        first_day, last_day: of the agreement in force, inclusive; ``None`` where not known.
        ended_on: the day from which it is over by somebody's word; ``None`` where nobody said.
    """

    steps: Collection[Step] = ()
    agreed: bool = False
    first_day: date | None = None
    last_day: date | None = None
    ended_on: date | None = None


_BY_STEP = {
    Step.FIRST_MEETING: State.FIRST_MEETING_HELD,
    Step.INTERVIEW_PREPARED: State.INTERVIEW_PREPARED,
    Step.PRESENTED: State.PRESENTED,
}


def state_of(facts: CaseFacts, *, on: date) -> State:
    """Say where a case stands on a day.

    An agreement whose last day has passed is ended, though nobody has said how: what is missing
    then is asked for elsewhere.

    Example:
        >>> state_of(CaseFacts(steps=[Step.PRESENTED]), on=date(2026, 6, 30))
        <State.PRESENTED: 'presented'>
    """
    if facts.ended_on is not None and facts.ended_on <= on:
        return State.ENDED
    if not facts.agreed:
        return next((s for step, s in _BY_STEP.items() if step in facts.steps), State.PROPOSED)
    if facts.last_day is not None and facts.last_day < on:
        return State.ENDED
    begun = facts.first_day is not None and facts.first_day <= on
    return State.RUNNING if begun else State.AGREED
