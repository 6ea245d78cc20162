"""The register of rules: each function under the id that ``topics/`` dates and sources."""

from collections.abc import Callable
from typing import Generic, TypeAlias, TypeVar

from innpass.domain.law.facts import PersonFacts
from innpass.domain.law.law import LawAt

Answer = TypeVar("Answer")
Rule: TypeAlias = Callable[[PersonFacts, LawAt], Answer]

_ids: set[str] = set()


class DoubleRule(ValueError):
    """Two functions claim the same id."""


class Rules(Generic[Answer]):
    """Functions that give one kind of answer, by the id of their text.

    A rule knows a person's facts and the parameters as they stand for the person's deciding date.
    """

    def __init__(self) -> None:
        self._functions: dict[str, Rule[Answer]] = {}

    def rule(self, rule_id: str) -> Callable[[Rule[Answer]], Rule[Answer]]:
        """Register a function as the rule of a text.

        Raises:
            DoubleRule: another function has the id, here or among other rules.
        """

        def register(function: Rule[Answer]) -> Rule[Answer]:
            if rule_id in _ids:
                raise DoubleRule(rule_id)
            _ids.add(rule_id)
            self._functions[rule_id] = function
            return function

        return register

    def of(self, rule_id: str) -> Rule[Answer]:
        """Give the rule of an id.

        Raises:
            KeyError: no rule of this kind has the id.
        """
        return self._functions[rule_id]

    def __contains__(self, rule_id: str) -> bool:
        return rule_id in self._functions


def rule_ids() -> frozenset[str]:
    """Give every id in the register."""
    return frozenset(_ids)
