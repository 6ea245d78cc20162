"""How long each of Nav's measures may last."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from innpass.domain.law.extended import last_day_of_months
from innpass.domain.law.law import THE_LAW, Law


class MeasureKind(StrEnum):
    """A measure of Nav (arbeidsmarkedstiltak), with the code that Nav's systems give it."""

    CLARIFICATION = "clarification"  # avklaring
    WORK_TRAINING = "work_training"  # arbeidstrening, ARBTREN
    FOLLOW_UP = "follow_up"  # oppfølging, INDOPPFAG
    MENTOR = "mentor"  # mentor, MENTOR
    TRAINING = "training"  # opplæring, GRUPPEAMO, ENKELAMO and others
    SUMMER_JOB = "summer_job"  # sommerjobb, TILSJOBB
    WAGE_SUBSIDY = "wage_subsidy"  # midlertidig lønnstilskudd, MIDLONTIL
    PERMANENT_WAGE_SUBSIDY = "permanent_wage_subsidy"  # varig lønnstilskudd, VARLONTIL
    REHABILITATION = "rehabilitation"  # arbeidsrettet rehabilitering
    PREPARATORY = "preparatory"  # arbeidsforberedende trening


@dataclass(frozen=True, slots=True)
class MeasureLimit:
    """How long a measure may last.

    Args:
        months: the most that anybody may have; ``None`` where weeks count, or nothing is set.
        longest_months: the most on special grounds, such as reduced capacity for work.
        weeks: the most, where weeks count.
        review_months: how often Nav considers it, at least; ``None`` where nothing is set.
    """

    months: int | None = None
    longest_months: int | None = None
    weeks: int | None = None
    review_months: int | None = None

    def last_day(self, first_day: date, *, on_special_grounds: bool = False) -> date | None:
        """Give the last day of one that began on ``first_day``; ``None`` without a limit."""
        if self.weeks is not None:
            return first_day + timedelta(weeks=self.weeks, days=-1)
        months = self.longest_months if on_special_grounds else self.months
        return None if months is None else last_day_of_months(first_day, months)


def measure_limit(kind: MeasureKind, *, on: date, law: Law = THE_LAW) -> MeasureLimit:
    """Say how long a measure may last, as the regulation stands on a day.

    Source:
        tiltaksforskriften §§ 2-4 to 13-4.

    Reading:
        docs/law/nav-measures.md.

    Raises:
        NoSuchParameter: the numbers of that day are not entered.

    Example:
        >>> limit = measure_limit(MeasureKind.WORK_TRAINING, on=date(2026, 6, 30))
        >>> limit.last_day(date(2026, 6, 1))
        datetime.date(2027, 5, 31)
    """
    at = law.at(on)
    return MeasureLimit(
        months=at.value("nav_measure_months").get(kind),
        longest_months=at.value("nav_measure_longest_months").get(kind),
        weeks=at.value("nav_measure_weeks").get(kind),
        review_months=at.value("nav_review_months").get(kind),
    )
