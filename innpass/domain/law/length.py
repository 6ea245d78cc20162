"""How long a text lets a programme, or a right, last."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from innpass.domain.law.facts import Fact, PersonFacts
from innpass.domain.law.law import Law, LawText, law_of
from innpass.domain.law.reasons import Reason
from innpass.domain.law.register import Rules
from innpass.domain.sheets.fields import EndGoal


@dataclass(frozen=True, slots=True)
class Length:
    """What a text allows one whose facts are these.

    Args:
        months: the most calendar months, extension aside; ``None`` when it cannot be said.
        extension_months: the most that decisions may add; 0 where the text allows none.
        decided_from: first day on which an extension may be decided, inclusive; ``None`` without.
        decided_by: last such day, inclusive; ``None`` without one.
        extension_ends: the last day that an extension may have; ``None`` without one.
        possible: every length that the missing facts leave open, where it cannot be said.
        missing: facts without which it cannot be said; empty also where Innpass has no such fact,
            which a reason then tells.
        reasons: every condition that decided.
    """

    months: int | None = None
    extension_months: int = 0
    decided_from: date | None = None
    decided_by: date | None = None
    extension_ends: date | None = None
    possible: tuple["Length", ...] = ()
    missing: tuple[Fact, ...] = ()
    reasons: tuple[Reason, ...] = ()

    @property
    def numbers(self) -> tuple[int | date | None, ...]:
        """What decides where it ends: everything but its words."""
        return (
            self.months,
            self.extension_months,
            self.decided_from,
            self.decided_by,
            self.extension_ends,
        )


LENGTHS: Rules[Length] = Rules()
"""The rules that say how long something may last."""


# Thousands of people are alike in what lengths go by.
@lru_cache(maxsize=1 << 14)
def length_of(
    law: Law,
    text: LawText,
    upper_secondary: bool | None,
    end_goal: EndGoal | None,
    permit_on: date | None,
) -> Length:
    """Ask the rule of a text, with the facts that such rules go by, and no other."""
    known = PersonFacts(
        None, upper_secondary=upper_secondary, end_goal=end_goal, permit_on=permit_on
    )
    return LENGTHS.of(text.rule)(known, law_of(law, text))
