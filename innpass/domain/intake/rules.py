"""Numbers of the intake as they stand on a day; the data is ``rules.yml``."""

from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from innpass.domain.yaml_text import read_yaml

_TABLE = Path(__file__).with_name("rules.yml")


@dataclass(frozen=True, slots=True)
class Rules:
    """One value per rule; meaning, unit and source stand under its name in ``rules.yml``."""

    smallest_group: int
    largest_group: int
    session_minutes: int
    noon: int
    most_interpreters: int
    long_leave: int


@cache
def _table() -> dict[str, dict[Any, Any]]:
    table: dict[str, dict[Any, Any]] = read_yaml(_TABLE.read_text(encoding="utf-8"))
    return table


def rules_on(day: date) -> Rules:
    """Give the values that hold on a day; before its first day a rule has its first value.

    Example:
        >>> rules_on(date(2026, 6, 30)).largest_group
        20
    """
    return Rules(**{rule.name: _value(_table()[rule.name], day) for rule in fields(Rules)})


def _value(row: dict[Any, Any], day: date) -> int:
    dated = sorted((key, value) for key, value in row.items() if isinstance(key, date))
    begun = [value for first_day, value in dated if first_day <= day]
    return int(begun[-1] if begun else dated[0][1])
