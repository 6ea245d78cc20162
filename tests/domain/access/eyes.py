"""Actors for tests: ``eyes(Role.TEACHER, "learning")``."""

from uuid import UUID

from innpass.domain.access.roles import Actor, Role

MUNICIPALITY = UUID(int=1)
USER = UUID(int=2)


def eyes(role: Role | None, body: str | None, *, user_id: UUID | None = USER) -> Actor:
    """Give somebody with one role (or none) in a body."""
    roles = frozenset() if role is None else frozenset({role})
    return Actor(user_id=user_id, name="Kari", municipality_id=MUNICIPALITY, body=body, roles=roles)


OPERATOR = eyes(None, None, user_id=None)
