"""Asking what every page asks: composed once, then asked with other values.

Composing a query of several parts costs Django more than answering it costs the database. One that
is the same for all but for who asks, and where, is composed for stand-ins of these.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache, wraps
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django_scopes import scope

from innpass.casework.organisations.models import Municipality
from innpass.domain.access.roles import Actor

# A user and a municipality that are nobody's.
_SOMEBODY, _SOMEWHERE = UUID(int=1), UUID(int=2)

Rows = list[tuple[Any, ...]]


def composed_once(query: "Callable[[Actor], QuerySet[Any, Any]]") -> Callable[[Actor], Rows]:
    """Have a query composed once for all that have the same roles in the same body.

    What is given back asks it as somebody and of where they work. The query may hold nothing else
    that differs, such as the day. An id comes back as the database holds it: on SQLite as its 32
    digits.
    """

    @lru_cache(maxsize=256)
    def composed(stand_in: Actor) -> tuple[str, tuple[Any, ...]]:
        with scope(municipality=Municipality(pk=_SOMEWHERE)):
            rows = query(stand_in)
            text, values = rows.query.get_compiler(rows.db).as_sql()
        return text, tuple(values)

    @wraps(query)
    def ask(actor: Actor) -> Rows:
        user = None if actor.is_operator else _SOMEBODY
        text, values = composed(replace(actor, name="", user_id=user, municipality_id=_SOMEWHERE))
        true = {_held(_SOMEWHERE): _held(actor.municipality_id)}
        if actor.user_id:
            true[_held(_SOMEBODY)] = _held(actor.user_id)
        with connection.cursor() as cursor:
            cursor.execute(text, [true.get(value, value) for value in values])
            rows: Rows = cursor.fetchall()
        return rows

    return ask


def _held(pk: UUID) -> UUID | str:
    return pk if connection.features.has_native_uuid_field else pk.hex
