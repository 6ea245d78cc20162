"""What people choose that a column means, kept by the form of its sheet."""

import hashlib
from collections import Counter
from collections.abc import Mapping as Map
from types import MappingProxyType

from innpass.domain.sheets.tables import Table, TableColumn
from innpass.domain.sheets.words import squash

NOT_USED = ""
"""The choice that a column supplies no field."""

Mapping = Map[str, Map[str, str]]
"""What is chosen, by form (``form_of``) and column (``column_keys``): a field, or ``NOT_USED``."""

AUTOMATIC: Mapping = MappingProxyType({})


def form_of(table: Table) -> str:
    """Return what marks sheets with the same headings: the same wherever the table stands."""
    return _mark("|".join(_words(column) for column in table.columns))


def column_keys(table: Table) -> dict[int, str]:
    """Return what marks each column by its headings, and its place among those alike, by index."""
    seen: Counter[str] = Counter()
    keys = {}
    for column in table.columns:
        words = _words(column)
        seen[words] += 1
        keys[column.index] = _mark(f"{words}#{seen[words]}")
    return keys


def _words(column: TableColumn) -> str:
    groups = (squash(group.text) for group in column.groups)
    return "/".join((*groups, squash(column.heading.text)))


def _mark(text: str) -> str:
    """Return a digest: what stands in a heading may be a person's."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def choices_for(table: Table, mapping: Mapping) -> dict[int, str]:
    """Return what is chosen for a table's columns, by their index."""
    chosen = mapping.get(form_of(table)) if mapping else None
    if not chosen:
        return {}
    return {index: chosen[key] for index, key in column_keys(table).items() if key in chosen}
