"""What a plan is: blocks that make a week, weeks that make a plan, and a result with its bound."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from innpass.domain.planning.reasons import Weekday

if TYPE_CHECKING:
    from innpass.domain.planning.demands import Demand


class Part(StrEnum):
    """What a block of the week is."""

    COURSE = "course"
    PRACTICE = "practice"
    APPOINTMENT = "appointment"


@dataclass(frozen=True, slots=True, order=True)
class Block:
    """A stretch of one day: ``what`` is the key of the group, workplace or appointment.

    ``start`` and ``end`` are minutes after midnight, the end not included; ``where`` is a place.
    """

    day: Weekday
    start: int
    end: int
    part: Part
    what: str
    where: str

    @property
    def minutes(self) -> int:
        """Its length."""
        return self.end - self.start


WeekPlan: TypeAlias = tuple[Block, ...]
"""One participant's week, in order of time."""

Plan: TypeAlias = Mapping[str, WeekPlan]
"""Weeks by participant; whoever is not in it is not planned."""


class Status(StrEnum):
    """How a result came to be."""

    PROVED_BEST = "proved_best"
    BEST_IN_TIME = "best_in_time"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Result:
    """A plan and all there is to know about it.

    Args:
        plan: the weeks; nobody of ``impossible`` is in it.
        cost: what the plan costs, by named term.
        lower_bound: no plan costs less; proved.
        status: whether the plan is proved best, or the best when time was up or it was stopped.
        seconds: wall time.
        seed: what decides between plans that cost the same, and what is tried next.
        impossible: participants whose fixed demands cannot all hold, with the fewest that clash.
    """

    plan: Plan
    cost: Mapping[str, int]
    lower_bound: int
    status: Status
    seconds: float
    seed: int
    impossible: Mapping[str, tuple["Demand", ...]]

    @property
    def total(self) -> int:
        """What the plan costs altogether."""
        return sum(self.cost.values())

    @property
    def gap(self) -> float:
        """How much more than the bound it costs, as a share of its own cost: 0.0 is proved best."""
        return (self.total - self.lower_bound) / self.total if self.total else 0.0


def weeks_of(plan: Plan, part: Part, what: str) -> Mapping[str, WeekPlan]:
    """Give the blocks of one group or workplace by participant: a class's week, a place's week."""
    found = {
        key: tuple(one for one in week if one.part is part and one.what == what)
        for key, week in plan.items()
    }
    return {key: blocks for key, blocks in found.items() if blocks}
