"""Rows about people, however many are asked about."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, TextField, Value
from django.db.models.functions import Cast, Replace

from innpass.casework.participants.queries import OWNER, family_of

FEW = 400  # people asked for one by one; more are found among all


def about(rows: Any, people: Collection[UUID]) -> "QuerySet[Any]":
    """Return the rows about some people, or about who turned out to be one of them: the ``owner``.

    Of many people, all rows: whoever asks leaves out the others.
    """
    found: QuerySet[Any] = rows.annotate(owner=OWNER)
    return found.filter(family_of(people)) if len(people) <= FEW else found


def as_hex(name: str) -> Replace:
    """Return the expression for an id as ``UUID.hex``: of very many, reading ids takes longest."""
    return Replace(Cast(name, TextField()), Value("-"), Value(""), output_field=TextField())
