"""From what is missing to be hired to still being there a year later."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from innpass.domain.periods import add_months

CHECKED_AFTER = (3, 6, 12)  # months after the first day of the contract


class Lack(StrEnum):
    """What is missing before somebody can be hired. Never anything about health."""

    NORWEGIAN = "norwegian"
    SKILL = "skill"
    EXPERIENCE = "experience"
    CERTIFICATE = "certificate"  # a course, a certificate, a driving licence
    POLICE_CERTIFICATE = "police_certificate"
    RECOGNITION = "recognition"  # of education from abroad
    VACANCY = "vacancy"  # a post, or money for it
    SCHEME = "scheme"  # a wage subsidy or another of Nav's schemes
    HOURS = "hours"  # when somebody can work: child care, travel
    OTHER = "other"


class Helper(StrEnum):
    """Who sees to it."""

    PARTICIPANT = "participant"
    EMPLOYER = "employer"
    PRACTICE_SUPERVISOR = "practice_supervisor"
    PROGRAMME_ADVISER = "programme_adviser"
    TEACHER = "teacher"
    NAV_ADVISER = "nav_adviser"


class Closed(StrEnum):
    """How something that was missing stopped being so."""

    DONE = "done"
    NOT_NEEDED = "not_needed"
    HIRED = "hired"
    GIVEN_UP = "given_up"


class ContractKind(StrEnum):
    """Under what contract somebody works."""

    PERMANENT = "permanent"
    TEMPORARY = "temporary"
    APPRENTICE = "apprentice"
    SUBSTITUTE = "substitute"


class JobSeeking(StrEnum):
    """What somebody does to find work."""

    FIRM_VISIT = "firm_visit"
    APPLICATION = "application"
    INTERVIEW_TRAINING = "interview_training"
    INTERVIEW = "interview"
    SELF_PRESENTATION = "self_presentation"


class Reply(StrEnum):
    """What became of an application or an interview."""

    WAITING = "waiting"
    INTERVIEW = "interview"
    OFFER = "offer"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Check:
    """That somebody is to be asked whether a person still works there."""

    months: int
    due: date


def due_check(
    first_day: date, last_day: date | None, *, answered: Collection[int], on: date
) -> Check | None:
    """Return the first question whose day has come and that nobody has answered.

    A contract that was over before the day asks nothing more: it is known to be over.

    Args:
        first_day, last_day: of the contract, inclusive; ``None`` for one without end.
        answered: the months that are answered.

    Example:
        >>> due_check(date(2026, 1, 5), None, answered=[], on=date(2026, 7, 5))
        Check(months=3, due=datetime.date(2026, 4, 5))
    """
    for months in CHECKED_AFTER:
        due = add_months(first_day, months)
        if due > on or (last_day is not None and last_day < due):
            return None
        if months not in answered:
            return Check(months, due)
    return None


def next_check(
    first_day: date, last_day: date | None, *, answered: Collection[int]
) -> Check | None:
    """Return the first question that is still to be answered, also one to come."""
    return due_check(first_day, last_day, answered=answered, on=date.max)
