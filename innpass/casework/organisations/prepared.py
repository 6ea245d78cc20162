"""Asking what every page asks: composed once, then asked with other values.

Composing a query of several parts costs Django more than answering it costs the database. One that
is the same for all but for who asks, and where, is composed for stand-ins of these.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django_scopes import scope

from innpass.casework.organisations.models import Municipality
from innpass.domain.access.roles import Actor

# A user and a municipality that are nobody's.
_SOMEBODY, _SOMEWHERE = UUID(int=1), UUID(int=2)

Statement = tuple[str, tuple[Any, ...]]


def anybody(actor: Actor) -> Actor:
    """Return who stands in for all that have the same roles in the same body."""
    user = None if actor.is_operator else _SOMEBODY
    return replace(actor, name="", user_id=user, municipality_id=_SOMEWHERE)


@contextmanager
def anywhere() -> Iterator[None]:
    """Scope queries to the stand-in's municipality, for composing them."""
    with scope(municipality=Municipality(pk=_SOMEWHERE)):
        yield


def compose(query: "QuerySet[Any, Any]") -> Statement:
    """Return a stand-in's query as text and values, to be kept and asked with ``ask``."""
    text, values = query.query.get_compiler(query.db).as_sql()
    return text, tuple(values)


def ask(statement: Statement, *, actor: Actor) -> list[tuple[Any, ...]]:
    """Ask what was composed, as somebody and of where they work.

    An id comes back as the database holds it: on SQLite as its 32 digits.
    """
    text, values = statement
    true = {_held(_SOMEWHERE): _held(actor.municipality_id)}
    if actor.user_id:
        true[_held(_SOMEBODY)] = _held(actor.user_id)
    with connection.cursor() as cursor:
        cursor.execute(text, [true.get(value, value) for value in values])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _held(pk: UUID) -> UUID | str:
    return pk if connection.features.has_native_uuid_field else pk.hex
