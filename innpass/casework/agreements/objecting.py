"""What others know of a case that an ending may not deny: contexts above say it, in sentences."""

from collections.abc import Callable, Iterable
from datetime import date

from innpass.casework.agreements.models import PlacementCase
from innpass.casework.agreements.refusing import Fault
from innpass.domain.placing.states import Outcome

Objection = Callable[[PlacementCase, Outcome, date], Iterable[Fault]]

_ASKED: list[Objection] = []


def ask(objection: Objection) -> Objection:
    """Let a function be asked before anybody says how a case ended; also a decorator.

    It gets the case, the outcome that would be said and today, and yields why that cannot be.
    """
    _ASKED.append(objection)
    return objection


def objections(case: PlacementCase, outcome: Outcome, *, on: date) -> list[Fault]:
    """Return why a case cannot have ended so, by all who were asked; nothing where it can."""
    return [fault for objection in _ASKED for fault in objection(case, outcome, on)]
