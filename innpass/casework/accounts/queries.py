"""Reading users."""

from collections.abc import Collection
from uuid import UUID

from innpass.casework.accounts.models import User


def users_named(ids: Collection[UUID]) -> list[User]:
    """Return users by their ids. Which ids may be asked for, the caller decides."""
    return list(User.objects.filter(pk__in=list(ids), is_active=True))


def names_of(ids: Collection[UUID]) -> dict[UUID, str]:
    """Return the names of users, those who have left too, by id."""
    return {user.pk: str(user) for user in User.objects.filter(pk__in=list(ids))}
