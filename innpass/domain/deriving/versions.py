"""Next month's version of the same file: which file it replaces, and who is gone from it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from innpass.domain.deriving.state import KnownRow
from innpass.domain.sheets.records import Owner, Row, TableKind

_SHARED = 0.5  # of the smaller file's people, for two files to be versions of one
_NUMBERS = ("ids.fnr", "ids.dnr", "ids.duf", "ids.socio", "ids.visma_refugee", "ids.visma_learning")


@dataclass(frozen=True, slots=True)
class FileRows:
    """A file with its owner and rows."""

    id: UUID
    name: str
    owner: Owner | None
    rows: Sequence[KnownRow]


def who(row: Row) -> frozenset[str]:
    """Return what identifies the person of a row: any one of these in common means the same."""
    marks = {f"{name}={row.value(name)}" for name in _NUMBERS if row.value(name)}
    name, born = row.value("name"), row.value("birth_date")
    if not name and row.value("family_name"):
        name = f"{row.value('given_name')} {row.value('family_name')}"
    if name and born:
        marks.add(f"{' '.join(str(name).casefold().split())}|{born}")
    return frozenset(marks)


def _people(rows: Iterable[KnownRow]) -> set[str]:
    return {mark for known in rows if not known.row.is_hidden for mark in who(known.row)}


def stem(name: str) -> str:
    """Return a file's name without suffix, dates and version marks.

    Example:
        >>> stem("Flyktning 2026-07 (2).xlsx"), stem("flyktning.xlsx")
        ('flyktning', 'flyktning')
    """
    base = name.rsplit(".", 1)[0].casefold()
    return re.sub(r"[\W\d_]+|\b(kopi|copy|versjon|ny|siste)\b", " ", base).strip()


def replaced_by(new: FileRows, old: Sequence[FileRows]) -> list[FileRows]:
    """Return the files that ``new`` is a newer version of.

    Same owner, tables of the same kinds, and either the same name but for dates, with somebody in
    common, or at least half of the smaller file's people in common.
    """
    kinds = {known.row.kind for known in new.rows}
    people = _people(new.rows)
    result = []
    for file in old:
        if file.owner is not new.owner or not kinds & {known.row.kind for known in file.rows}:
            continue
        before = _people(file.rows)
        smaller = min(len(people), len(before))
        shared = len(people & before)
        same_name = stem(file.name) == stem(new.name)
        if smaller and (shared / smaller >= _SHARED or (same_name and shared)):
            result.append(file)
    return result


def gone_from(old: FileRows, new: FileRows) -> list[KnownRow]:
    """Return the old file's rows about people whom the new one no longer has.

    They go on holding, marked as gone. The old file's other rows are replaced. A person's own row
    is gone when the new file has no such row for the person, even if a row about the person's hours
    is left. A kind of table that the new file lacks altogether (only the people were exported this
    time) is not replaced.
    """
    kinds = {known.row.kind for known in new.rows}
    people = _people(new.rows)
    listed = _people(known for known in new.rows if known.row.kind is TableKind.PERSON)

    def is_gone(row: Row) -> bool:
        return row.kind not in kinds or not who(row) & (
            listed if row.kind is TableKind.PERSON else people
        )

    return [known for known in old.rows if is_gone(known.row)]
