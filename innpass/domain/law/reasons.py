"""Reasons: a code and its values. The sentence of each code stands in ``sentences``."""

from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import TypeAlias

from innpass.domain.law.events import Registered
from innpass.domain.law.facts import Fact
from innpass.domain.sheets.fields import AbsenceKind, Activity, DecisionKind, EndGoal, LeaveKind


@dataclass(frozen=True, slots=True)
class Hours:
    """An amount in hours, so that a sentence prints it as hours."""

    value: float


def rounded_up(hours: float) -> float:
    """Round up to the hundredths that a sentence prints, for an amount that must be reached."""
    return ceil(hours * 100 - 1e-6) / 100


Code: TypeAlias = "Fact | Activity | EndGoal | LeaveKind | AbsenceKind | DecisionKind | Registered"
ReasonValue: TypeAlias = "Hours | date | int | str | Code | tuple[Code, ...]"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, as a code with values; the sentence stands under the code in ``sentences``."""

    code: str
    values: tuple[tuple[str, ReasonValue], ...] = ()
