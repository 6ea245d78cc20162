"""What one text asks of one person, whatever the day, and how that stands on a day."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from innpass.domain.law.facts import Fact
from innpass.domain.law.reasons import Reason
from innpass.domain.law.register import Rules


class State(StrEnum):
    """How what a text asks stands on a day."""

    KEPT = "kept"
    DUE = "due"  # not yet done, and there is time
    NOT_SHOWN = "not_shown"  # the time is out, and nothing shows that it was done
    BROKEN = "broken"
    NOT_BOUND = "not_bound"
    UNKNOWN = "unknown"


class Unit(StrEnum):
    """What an amount is counted in."""

    HOURS = "hours"
    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    MONTHS = "months"
    MEETINGS = "meetings"
    TIMES = "times"


@dataclass(frozen=True, slots=True)
class Amount:
    """Something that is counted beside the least or the most that the text asks or allows.

    Args:
        of: what is counted, a word under ``amount.<of>`` in ``sentences``.
        value: how much there is; ``None`` where nothing is recorded.
        unit: what it is counted in.
        least: the least amount, inclusive; ``None`` without one.
        most: the most, inclusive; ``None`` likewise.
    """

    of: str
    value: float | None
    unit: Unit
    least: float | None = None
    most: float | None = None

    @property
    def is_short(self) -> bool:
        """Whether there is less than the least, as far as is recorded."""
        return self.least is not None and (self.value or 0) < self.least

    @property
    def is_over(self) -> bool:
        """Whether there is more than the most."""
        return self.most is not None and self.value is not None and self.value > self.most


@dataclass(frozen=True, slots=True)
class Duty:
    """What a text asks of a person whose facts are these.

    Args:
        binds: whether it reaches the person; where not, the reasons say why.
        due: the last day on which it is done in time, inclusive; ``None`` without such a day.
        done: the day on which it was done; ``None`` where none is recorded.
        amounts: what must be reached, or not passed.
        one_is_enough: whether it is enough to reach one of the amounts.
        breaches: what is against the text on any day.
        counted: what was counted, one by one.
        left_out: what was not counted, and why.
        missing: facts without which nothing can be said.
        reasons: why it binds, or does not.
    """

    binds: bool = True
    due: date | None = None
    done: date | None = None
    amounts: tuple[Amount, ...] = ()
    one_is_enough: bool = False
    breaches: tuple[Reason, ...] = ()
    counted: tuple[Reason, ...] = ()
    left_out: tuple[Reason, ...] = ()
    missing: tuple[Fact, ...] = ()
    reasons: tuple[Reason, ...] = ()

    def state(self, *, on: date) -> State:
        """Say how it stands on a day.

        What has a last day and is not recorded as done is due until then, and not shown after it;
        what was done after it is broken. What has no last day and asks for an amount is not shown
        as long as the amount is not reached. Nothing recorded is never called broken.
        """
        if not self.binds:
            return State.NOT_BOUND
        if self.breaches or any(amount.is_over for amount in self.amounts):
            return State.BROKEN
        if self.missing:
            return State.UNKNOWN
        if self.due and self.done and self.done > self.due:
            return State.BROKEN
        if self._is_reached():
            return State.KEPT
        return State.DUE if self.due and on <= self.due else State.NOT_SHOWN

    def _is_reached(self) -> bool:
        short = [amount.is_short for amount in self.amounts if amount.least is not None]
        if short:
            return not all(short) if self.one_is_enough else not any(short)
        return self.due is None or self.done is not None


DUTIES: Rules[Duty] = Rules()
"""The rules that say what must be done, reached or not passed."""


def not_bound(*reasons: Reason) -> Duty:
    """Give the answer for one whom the text does not reach."""
    return Duty(binds=False, reasons=reasons)


def unknown(*missing: Fact) -> Duty:
    """Give the answer where facts are missing that decide it."""
    return Duty(missing=missing)
