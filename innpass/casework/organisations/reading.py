"""Reading many rows straight as tuples, where Django's converting costs more than reading.

The counterpart of ``inserting``. Elsewhere use ``values_list``.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet


def rows_by_owner(
    query: "QuerySet[Any]", columns: Sequence[str], *, owner: str, owners: Collection[UUID]
) -> dict[UUID, list[tuple[Any, ...]]]:
    """Return rows in the order of the query by whose they are. One query.

    Args:
        query: of the rows; those of others than ``owners`` are left out of the answer.
        columns: what to read: days, numbers, texts, true or false. No sealed fields, no times; an
            id comes as the database holds it, fit for asking for the row again, JSON as its text.
        owner: the column that holds whose a row is.
        owners: whose rows are wanted.
    """
    found: dict[Any, list[tuple[Any, ...]]] = defaultdict(list)
    for row in _rows(query.values_list(owner, *columns)):
        found[row[0]].append(row[1:])
    if not found:
        return {}
    if connection.features.has_native_uuid_field:
        return {pk: found[pk] for pk in owners if pk in found}
    return {pk: found[pk.hex] for pk in owners if pk.hex in found}


def _rows(query: "QuerySet[Any]") -> list[tuple[Any, ...]]:
    try:
        statement, values = query.query.get_compiler(query.db).as_sql()
    except EmptyResultSet:
        return []
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
