"""The answers of the law engine: values with their reasons, rules and sources."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from innpass.domain.law.facts import Fact
from innpass.domain.law.law import LawText, LegalSource
from innpass.domain.law.reasons import Reason
from innpass.domain.law.sentences import render
from innpass.domain.periods import IsoWeek
from innpass.domain.sheets.fields import Activity


class Verdict(StrEnum):
    """The status of one week."""

    NO_REQUIREMENT = "no_requirement"
    NOT_YET = "not_yet"
    EXCLUDED = "excluded"
    MET = "met"
    BELOW = "below"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Requirement:
    """A minimum that binds a person.

    Args:
        hours_per_week: the least mean of work-oriented hours a week.
        counts_from: weeks whose Monday is on or after this day count.
        rule: id of the rule.
        source: the paragraph.
        text_from: first day of the text that binds the person.
        text_to: its last day, inclusive; ``None`` while no successor is known.
        warnings: what a human should look at.
    """

    hours_per_week: float
    counts_from: date
    rule: str
    source: LegalSource
    text_from: date
    text_to: date | None
    warnings: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class RequirementAnswer:
    """What binds a person, and why.

    Args:
        requirement: the minimum; ``None`` when there is none or when it is not known.
        possible: every answer that the missing facts leave open; one element when it is known.
        missing: facts that could change the answer; empty when it is known.
        text: the text that binds the person; ``None`` without a deciding date.
        reasons: why there is (or is no) requirement.
    """

    requirement: Requirement | None
    possible: tuple[Requirement | None, ...]
    missing: tuple[Fact, ...]
    text: LawText | None
    reasons: tuple[Reason, ...]

    @property
    def is_known(self) -> bool:
        """Whether no missing fact could change the answer."""
        return len(self.possible) == 1


@dataclass(frozen=True, slots=True)
class WeekAssessment:
    """The answer for one person and one week.

    Args:
        week: the week asked about.
        verdict: its status.
        is_planned: the week lies after the day of asking.
        hours: work-oriented hours of the week, shared out by covered weekdays.
        total_hours: hours of all activities.
        average: mean of work-oriented hours over the counted weeks so far, this one included;
            ``None`` where no week has counted yet or the requirement is not known.
        minimum: least mean of hours a week; ``None`` without a requirement or when not known.
        counts_from: the day from which weeks count; ``None`` likewise.
        counted: hours of each work-oriented activity of the week.
        not_counted: hours of each other activity, with the code of the reason.
        text: the text that binds the person.
        missing: facts that could change the verdict; empty unless it is unknown.
        reasons: why, most important first.
        warnings: what a human should look at.
    """

    week: IsoWeek
    verdict: Verdict
    is_planned: bool
    hours: float
    total_hours: float
    average: float | None
    minimum: float | None
    counts_from: date | None
    counted: tuple[tuple[Activity, float], ...]
    not_counted: tuple[tuple[Activity, float, str], ...]
    text: LawText | None
    missing: tuple[Fact, ...]
    reasons: tuple[Reason, ...]
    warnings: tuple[Reason, ...] = ()

    @property
    def rule(self) -> str | None:
        """Id of the rule that binds the person."""
        return self.text.rule if self.text else None

    @property
    def source(self) -> LegalSource | None:
        """Where the rule stands."""
        return self.text.source if self.text else None

    def sentence(self, language: str = "nb") -> str:
        """Explain the verdict to the reader, reasons first and warnings last."""
        return " ".join(render(reason, language) for reason in self.reasons + self.warnings)


class Span(NamedTuple):
    """Consecutive weeks of one person with equal verdict and hours.

    Args:
        first_monday: Monday of the first week.
        last_monday: Monday of the last week, inclusive.
        verdict: status of each of the weeks.
        hours: work-oriented hours in each of them.
        total_hours: hours of all activities in each of them.
    """

    first_monday: date
    last_monday: date
    verdict: Verdict
    hours: float
    total_hours: float


@dataclass(frozen=True, slots=True)
class EarlyWarning:
    """A mean of the latest counted weeks: a help for the adviser, *not a legal measure*.

    Args:
        weeks: how many counted weeks it is taken over (fewer in the beginning).
        average: work-oriented hours a week.
        is_below: whether it is under the requirement.
        reason: the reason to print; its sentence says that this is no legal measure.
    """

    weeks: int
    average: float
    is_below: bool
    reason: Reason


@dataclass(frozen=True, slots=True)
class Projection:
    """How the mean stands, and how it ends if the plans hold.

    Args:
        verdict_at_end: verdict of the last counted week with the plans as they are; ``UNKNOWN``
            when facts are missing, ``NO_REQUIREMENT`` or ``NOT_YET`` when no week counts.
        counted_so_far: counted weeks up to the week of asking.
        average_so_far: their mean; ``None`` without any.
        counted_to_end: counted weeks to the end of the programme.
        average_to_end: their mean; ``None`` without any.
        needed_per_week: least mean of the counted weeks to come with which the requirement is met
            at the end, never negative; ``None`` without weeks to come or without a requirement.
        early_warning: ``None`` while no week has counted.
        missing: facts that could change the verdict.
        reasons: the answer as reasons.
    """

    verdict_at_end: Verdict
    counted_so_far: int
    average_so_far: float | None
    counted_to_end: int
    average_to_end: float | None
    needed_per_week: float | None
    early_warning: EarlyWarning | None
    missing: tuple[Fact, ...]
    reasons: tuple[Reason, ...]

    def sentence(self, language: str = "nb") -> str:
        """Explain the projection to the reader."""
        return " ".join(render(reason, language) for reason in self.reasons)
