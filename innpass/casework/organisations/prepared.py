"""Asking what every page asks: composed once, then asked with other values.

Composing a query of several parts costs Django more than answering it costs the database. One that
is the same for all but for who asks, and where, is composed for stand-ins of these.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

SOMEBODY, SOMEWHERE = UUID(int=1), UUID(int=2)  # a user and a municipality that are nobody's

Statement = tuple[str, tuple[Any, ...]]


def compose(query: "QuerySet[Any, Any]") -> Statement:
    """Return a query as text and values, to be kept and asked with ``ask``."""
    text, values = query.query.get_compiler(query.db).as_sql()
    return text, tuple(values)


def ask(statement: Statement, *, instead: Mapping[UUID, UUID]) -> list[tuple[Any, ...]]:
    """Ask what was composed, with true ids in the place of the stand-ins.

    An id comes back as the database holds it: on SQLite as its 32 digits.
    """
    text, values = statement
    true = {_held(stand_in): _held(pk) for stand_in, pk in instead.items()}
    with connection.cursor() as cursor:
        cursor.execute(text, [true.get(value, value) for value in values])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _held(pk: UUID) -> UUID | str:
    return pk if connection.features.has_native_uuid_field else pk.hex
