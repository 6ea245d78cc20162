"""The roles a person may have in a body, and the eyes they give."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """What somebody works as. Labels stand in ``ROLE_NAMES``."""

    PRACTICE_SUPERVISOR = "practice_supervisor"
    PROGRAMME_ADVISER = "programme_adviser"
    TEACHER = "teacher"
    NAV_ADVISER = "nav_adviser"
    COORDINATOR = "coordinator"
    LEADER = "leader"
    ADMINISTRATOR = "administrator"


ROLE_NAMES: dict[Role, str] = {
    Role.PRACTICE_SUPERVISOR: "praksisveileder",
    Role.PROGRAMME_ADVISER: "programrådgiver",
    Role.TEACHER: "lærer",
    Role.NAV_ADVISER: "Nav-veileder",
    Role.COORDINATOR: "koordinator",
    Role.LEADER: "leder",
    Role.ADMINISTRATOR: "administrator",
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, and with whose eyes.

    The operator at the command line and the worker have ``user_id`` ``None`` and read everything;
    each of their runs is an audit event.
    """

    user_id: UUID | None
    name: str
    municipality_id: UUID
    body: str | None  # "refugee", "nav", "learning"; None for the operator
    roles: frozenset[Role]

    @property
    def is_operator(self) -> bool:
        """Tell whether this is the operator, not a signed-in person."""
        return self.user_id is None
