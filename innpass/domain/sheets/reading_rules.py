"""What a municipality means by a text that by itself has no one reading, said once by a human."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum

from innpass.domain.sheets.fields import plain
from innpass.domain.sheets.records import Issue, Reading, Row, Value
from innpass.domain.sheets.words import fold


class DayRule(StrEnum):
    """Which day a week or a month without a day means."""

    MONDAY = "monday"
    FRIDAY = "friday"
    FIRST = "first"


BY_RULE = "by_rule"  # the note of a reading that a rule gave its value
DAY_RULES: Mapping[Issue, tuple[DayRule, ...]] = {
    Issue.WEEK_ONLY: (DayRule.MONDAY, DayRule.FRIDAY),
    Issue.MONTH_ONLY: (DayRule.FIRST,),
}
_DAY_NOTES = {f"{rule}_{BY_RULE}": rule for rule in DayRule}

Place = tuple[str, str, str]
Rules = Mapping[Place, Value]
"""What is meant, by plain field, issue and folded text; the text is empty for rules of days."""


def place_of(name: str, issue: Issue, text: str) -> Place:
    """Return where the rule of a reading stands among the rules."""
    return plain(name), str(issue), "" if issue in DAY_RULES else fold(text)


def with_rules(row: Row, rules: Rules) -> Row:
    """Return a row in which rules have settled what they can.

    A word gets its value. A week or month keeps its issue and gets a note, since only its person's
    programme tells the year (``day_by_rule``).
    """
    changed: dict[str, Reading] = {}
    for name, reading in row.readings.items():
        if reading.issue is None:
            continue
        place = place_of(name, reading.issue, reading.text)
        if place not in rules:
            continue
        meant = rules[place]
        changed[name] = (
            replace(reading, note=f"{meant}_{BY_RULE}")
            if reading.issue in DAY_RULES
            else replace(reading, value=meant, issue=None, possible=(), note=BY_RULE)
        )
    return replace(row, readings={**row.readings, **changed}) if changed else row


def is_by_rule(reading: Reading | None) -> bool:
    """Tell whether a rule gave a reading its value, or would, once the programme is known."""
    return reading is not None and (reading.note or "").endswith(BY_RULE)


def is_meant(rule: DayRule, day: date) -> bool:
    """Tell whether a day is one that the rule means.

    Example:
        >>> is_meant(DayRule.MONDAY, date(2026, 8, 17))
        True
    """
    if rule is DayRule.FIRST:
        return day.day == 1
    return day.isoweekday() == (1 if rule is DayRule.MONDAY else 5)


def day_by_rule(reading: Reading, days: Sequence[date]) -> date | None:
    """Return the one day of a week or month that a rule means; ``None`` where it is not one.

    Args:
        days: those that the text can mean (``dates.possible_days``).
    """
    rule = _DAY_NOTES.get(reading.note or "")
    if rule is None or reading.issue not in DAY_RULES:
        return None
    meant = [day for day in days if is_meant(rule, day)]
    return meant[0] if len(meant) == 1 else None
