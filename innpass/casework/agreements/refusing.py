"""What is not done, in sentences for the user. Nothing has been changed when it is raised."""

from collections.abc import Iterable
from dataclasses import dataclass

from innpass.domain.access.roles import Actor, Role
from innpass.domain.placing.moves import Move, Standing, refusals


@dataclass(frozen=True, slots=True)
class Fault:
    """Why something is not done; ``field`` of the form it is about, empty for the whole."""

    text: str
    field: str = ""


class Refused(Exception):
    """An act is not done; ``faults`` say why and what can be done."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(" ".join(each.text for each in self.faults))


def refused(text: str, field: str = "") -> Refused:
    """Put a refusal of one sentence together."""
    return Refused([Fault(text, field)])


def check_move(move: Move, standing: Standing, *, by: Actor) -> None:
    """Hold a move against the table (``domain.placing.moves``).

    Raises:
        Refused: it is not permitted; every reason is told.
    """
    found = [Fault(text) for text in refusals(move, standing, roles_of(by))]
    if found:
        raise Refused(found)


def roles_of(by: Actor) -> frozenset[Role]:
    """Return somebody's roles; the operator has all."""
    return frozenset(Role) if by.is_operator else by.roles
