"""What people choose that a column means, kept by the form of its sheet."""

import hashlib
from collections import Counter
from collections.abc import Mapping as Map
from types import MappingProxyType

from innpass.domain.sheets.tables import Table
from innpass.domain.sheets.words import squash

NOT_USED = ""
"""The choice that a column supplies no field."""

Mapping = Map[str, Map[str, str]]
"""What is chosen, by form (``form_of``) and column (``column_keys``): a field, or ``NOT_USED``."""

AUTOMATIC: Mapping = MappingProxyType({})


def form_of(table: Table) -> str:
    """Return what marks sheets with the same headings: the same wherever the table stands."""
    words = [
        "/".join((*(squash(group.text) for group in column.groups), squash(column.heading.text)))
        for column in table.columns
    ]
    return hashlib.sha256("|".join(words).encode()).hexdigest()[:32]


def column_keys(table: Table) -> dict[int, str]:
    """Name each column by its headings, with a number where several are alike, by its index."""
    seen: Counter[str] = Counter()
    keys = {}
    for column in table.columns:
        words = (*(squash(group.text) for group in column.groups), squash(column.heading.text))
        name = "/".join(words)
        seen[name] += 1
        keys[column.index] = f"{name}#{seen[name]}"
    return keys


def choices_for(table: Table, mapping: Mapping) -> dict[int, str]:
    """Return what is chosen for a table's columns, by their index."""
    chosen = mapping.get(form_of(table)) if mapping else None
    if not chosen:
        return {}
    return {index: chosen[key] for index, key in column_keys(table).items() if key in chosen}
