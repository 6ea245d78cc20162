"""What is not done, in words for the user. Nothing has been changed when it is raised."""

from innpass.domain.intake.reasons import Reason, ReasonValue, reason
from innpass.domain.intake.sentences import render


class Refused(Exception):
    """An act is not done; each of ``reasons`` says what is in the way and what to do."""

    def __init__(self, *reasons: Reason) -> None:
        super().__init__(" ".join(render(one) for one in reasons))
        self.reasons = reasons

    @property
    def sentences(self) -> list[str]:
        """The reasons in words."""
        return [render(one) for one in self.reasons]


class NamesPeople(Refused):
    """A question holds words that are names of people in the term; it may be saved all the same."""


def refused(code: str, **values: ReasonValue) -> Refused:
    """Put a refusal together; ``code`` without ``refuse.``."""
    return Refused(reason(f"refuse.{code}", **values))
