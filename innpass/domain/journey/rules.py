"""Day counts and windows of the journey, as they stand on a day; the data is ``rules.yml``."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from innpass.domain.journey.today import Today
from innpass.domain.yaml_text import read_yaml

_TABLE = Path(__file__).with_name("rules.yml")


@dataclass(frozen=True, slots=True)
class Rules:
    """One value per rule; meaning, unit and source stand under its name in ``rules.yml``."""

    work_life_course_window: int
    evaluation_visit_after: int
    contact_within: int
    find_placement_before: int
    placement_ends_before: int
    closing_before: int
    info_meeting_due_before: int
    plan_review_before: int
    handover_opens_before: int
    end_reason_within: int
    ended_follow_up: int
    due_soon: int


@dataclass(frozen=True, slots=True)
class OwnRules:
    """What a municipality itself has decided, from a day until the next such day.

    Attributes:
        evaluation_visit_after, contact_within: as in ``Rules``.
    """

    holds_from: date
    evaluation_visit_after: int
    contact_within: int


@dataclass(frozen=True, slots=True)
class RuleTable:
    """Every rule with its dated values, in the order of their days."""

    values: dict[str, tuple[tuple[date, int], ...]]

    @property
    def change_days(self) -> tuple[date, ...]:
        """The days on which a rule gets another value, in order."""
        days = {day for dated in self.values.values() for day, _ in dated[1:]}
        return tuple(sorted(days))

    def on(self, day: date) -> Rules:
        """Give the values that hold on a day; before its first day a rule has its first value."""
        return Rules(**{name: _value(dated, day) for name, dated in self.values.items()})


def _value(dated: tuple[tuple[date, int], ...], day: date) -> int:
    first_days = [first_day for first_day, _ in dated]
    return dated[max(bisect_right(first_days, day) - 1, 0)][1]


def parse(table: dict[str, dict[Any, Any]]) -> RuleTable:
    """Check a table of rules as read from YAML.

    Raises:
        ValueError: a rule is missing or unknown, or lacks term, unit, source or a dated value.
    """
    names = {rule.name for rule in fields(Rules)}
    if names != set(table):
        raise ValueError(f"rules missing or unknown: {sorted(names ^ set(table))}")
    values: dict[str, tuple[tuple[date, int], ...]] = {}
    for name, row in table.items():
        dated = sorted((key, value) for key, value in row.items() if isinstance(key, date))
        if not dated or not {"term", "unit", "source"} <= set(row):
            raise ValueError(f"{name} needs term, unit, source and a dated value")
        values[name] = tuple(dated)
    return RuleTable(values)


@cache
def table() -> RuleTable:
    """Load ``rules.yml``."""
    return parse(read_yaml(_TABLE.read_text(encoding="utf-8")))


@cache
def _regimes() -> tuple[tuple[date, ...], tuple[Rules, ...]]:
    change_days = table().change_days
    return change_days, tuple(table().on(day) for day in (date.min, *change_days))


def rules_at(today: Today, own: Sequence[OwnRules] = ()) -> Rules:
    """Give the rules of the day asked about, which then waits for the next change of a rule.

    Args:
        own: the municipality's own, in the order of their days.
    """
    change_days, regimes = _regimes()
    index = sum(today.has_reached(day) for day in change_days)
    reached = [each for each in own if today.has_reached(each.holds_from)]
    if not reached:
        return regimes[index]
    return replace(
        regimes[index],
        evaluation_visit_after=reached[-1].evaluation_visit_after,
        contact_within=reached[-1].contact_within,
    )
