"""The register of rules: each rule by the id that ``parameters/texts.yml`` dates and sources."""

from collections.abc import Callable
from typing import TypeAlias

from innpass.domain.law.demand import Demand
from innpass.domain.law.facts import PersonFacts
from innpass.domain.law.parameters import LawAt

Rule: TypeAlias = Callable[[PersonFacts, LawAt], Demand]

_rules: dict[str, Rule] = {}


class DoubleRule(ValueError):
    """Two functions claim the same id."""


def rule(rule_id: str) -> Callable[[Rule], Rule]:
    """Register a function as the rule of a text.

    Raises:
        DoubleRule: another function has the id.
    """

    def register(function: Rule) -> Rule:
        if rule_id in _rules:
            raise DoubleRule(rule_id)
        _rules[rule_id] = function
        return function

    return register


def rule_of(rule_id: str) -> Rule:
    """Give the rule of an id.

    Raises:
        KeyError: no rule has the id.
    """
    return _rules[rule_id]


def rule_ids() -> frozenset[str]:
    """Give every id in the register."""
    return frozenset(_rules)
