"""What a rule may know of a person. ``None`` is an unknown fact, never replaced by a guess."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import inf

from innpass.domain.periods import Period
from innpass.domain.sheets.fields import Activity, EndGoal, Protection


class Fact(StrEnum):
    """A fact that an answer may lack, named as in ``sheets.fields`` where the sheets supply it."""

    START = "programme.start"
    END = "programme.planned_end"
    PROTECTION = "programme.protection"
    UPPER_SECONDARY = "programme.upper_secondary"
    END_GOAL = "programme.end_goal"
    EXTENT_PERCENT = "programme.extent_percent"
    HOURS_PER_WEEK = "activity.hours_per_week"


@dataclass(frozen=True, slots=True)
class HoursRow:
    """A stretch of one activity.

    Args:
        activity: what the hours are spent on.
        period: first and last day, inclusive; an open end runs on past the programme.
        hours_per_week: in the unit of the timetable (see docs/law/hours-unit.md), for a whole
            week; ``None`` when the amount is unknown.
    """

    activity: Activity
    period: Period
    hours_per_week: float | None

    def __post_init__(self) -> None:
        if self.hours_per_week is not None and not 0 <= self.hours_per_week < inf:
            raise ValueError(f"no one spends {self.hours_per_week} hours a week")


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """One person's programme as far as it is known.

    Args:
        start: first day of the programme, inclusive.
        planned_end: last planned day, inclusive.
        actual_end: last day of a programme that has ended, inclusive; ``None`` while it runs.
        protection: ground of residence.
        upper_secondary: education at upper secondary level or higher.
        end_goal: final goal (sluttmål).
        extent_percent: share of full time.
        hours: planned activities, of all bodies.
        leave: periods of leave (permisjon).
        part_time_decision: whether a decision lowers the minimum because of part time; ``None``
            when none is recorded.
    """

    start: date | None
    planned_end: date | None = None
    actual_end: date | None = None
    protection: Protection | None = None
    upper_secondary: bool | None = None
    end_goal: EndGoal | None = None
    extent_percent: int | None = None
    hours: tuple[HoursRow, ...] = ()
    leave: tuple[Period, ...] = ()
    part_time_decision: bool | None = None

    def last_day(self, *, on: date) -> date | None:
        """Give the last day whose week is judged: the actual end, else the planned end.

        Where neither is known, weeks are judged up to ``on`` and no further.

        Reading:
            docs/law/weeks.md.
        """
        return self.actual_end or self.planned_end or (None if self.start is None else on)
