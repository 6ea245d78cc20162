"""What a rule demands of a person whose facts are all known."""

from dataclasses import dataclass

from innpass.domain.law.reasons import Reason


@dataclass(frozen=True, slots=True)
class Demand:
    """A minimum and when it begins, or none with the reasons.

    Args:
        hours_per_week: the least mean; ``None`` when nothing is demanded.
        after_months: calendar months before it begins; ``None`` likewise.
        reasons: every condition that decided.
        warnings: what a human should look at.
    """

    hours_per_week: float | None = None
    after_months: int | None = None
    reasons: tuple[Reason, ...] = ()
    warnings: tuple[Reason, ...] = ()

    @property
    def core(self) -> tuple[float | None, int | None]:
        """The part that changes a verdict."""
        return self.hours_per_week, self.after_months
