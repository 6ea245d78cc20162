"""The municipality's rules of reading, laid over rows as they were read and edited."""

from dataclasses import replace

from innpass.casework.imports.models import ReadingRule
from innpass.domain.deriving.state import KnownRow
from innpass.domain.sheets import reading_rules
from innpass.domain.sheets.reading_rules import Rules


def rules_that_hold() -> Rules:
    """Return what the rules mean that nobody has ended."""
    rules = ReadingRule.objects.filter(ended_at=None)
    return {
        (name, kind, text): value
        for name, kind, text, value in rules.values_list("field", "kind", "text", "value")
    }


def with_rules(known: KnownRow, rules: Rules) -> KnownRow:
    """Return a row in which rules have settled what they can."""
    if not rules:
        return known
    row = reading_rules.with_rules(known.row, rules)
    return known if row is known.row else replace(known, row=row)
