"""Next month's version of the same file: which file it replaces, and who is gone from it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from innpass.domain.deriving.state import KnownRow
from innpass.domain.sheets.fields import plain
from innpass.domain.sheets.records import Owner, Row, TableKind

_SHARED = 0.5  # of the smaller file's people, for two files of other names to be versions of one
_ALIKE = 0.6  # of all fields either file has, for two tables to tell of the same things
_NUMBERS = ("ids.fnr", "ids.dnr", "ids.duf", "ids.socio", "ids.visma_refugee", "ids.visma_learning")
_WHO = frozenset({*_NUMBERS, "name", "given_name", "family_name", "native_name", "birth_date"})

_MONTHS = (
    *("januar|jan", "februar|feb", "mars|mar", "april|apr", "mai", "juni|jun", "juli|jul"),
    *("august|aug", "september|sept|sep", "oktober|okt", "november|nov", "desember|des"),
)
_MONTH = re.compile("|".join(rf"\b(?P<m{n}>{words})\b" for n, words in enumerate(_MONTHS, 1)))
_MARKS = re.compile(r"\b(kopi|copy|versjon|ny|siste|uke)\b")
_YEAR_FIRST = re.compile(r"(20\d\d) ?(0[1-9]|1[0-2])(?: ?(0[1-9]|[12]\d|3[01]))?\b")
_DAY_FIRST = re.compile(r"\b(?:(0?[1-9]|[12]\d|3[01]) )?(0?[1-9]|1[0-2]) (20\d\d)\b")
_YEAR = re.compile(r"\b20\d\d\b")


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


def _words(name: str) -> str:
    """Return a file's name without its suffix, words and numbers apart."""
    base = re.sub(r"\.[^.\s]{1,5}$", "", name).casefold()
    return " ".join(re.sub(r"[\W_]+", " ", base).split())


def stem(name: str) -> str:
    """Return a file's name without suffix, dates and version marks.

    Example:
        >>> stem("Flyktning 2026-07 (2).xlsx"), stem("flyktning.xlsx"), stem("Flyktning_juni.xls")
        ('flyktning', 'flyktning', 'flyktning')
    """
    letters = re.sub(r"\d+", " ", _words(name))
    return " ".join(_MARKS.sub(" ", _MONTH.sub(" ", letters)).split())


def age_in_name(name: str) -> tuple[int, int, int, tuple[int, ...], str]:
    """Return what orders the versions of a file by name: year, month, day, other numbers, name.

    Example:
        >>> sorted(["a juli.xlsx", "a juni.xlsx", "a.xlsx"], key=age_in_name)
        ['a.xlsx', 'a juni.xlsx', 'a juli.xlsx']
    """
    words = _words(name)
    year = month = day = 0
    rest = words
    if found := _YEAR_FIRST.search(words):
        year, month, day = (int(part or 0) for part in found.groups())
    elif found := _DAY_FIRST.search(words):
        day, month, year = (int(part or 0) for part in found.groups())
    elif found := _YEAR.search(words):
        year = int(found[0])
    if found:
        rest = f"{words[: found.start()]} {words[found.end() :]}"
    if not month and (named := _MONTH.search(rest)):
        month = int(str(named.lastgroup)[1:])
    numbers = tuple(int(digits) for digits in re.findall(r"\d+", rest))
    return year, month, day, numbers, words


def _fields(rows: Iterable[KnownRow]) -> Mapping[TableKind, set[str]]:
    """Return what each kind of table tells of people, besides who they are."""
    found: dict[TableKind, set[str]] = defaultdict(set)
    for known in rows:
        found[known.row.kind] |= known.row.readings.keys()
    return {kind: {plain(name) for name in names} - _WHO for kind, names in found.items()}


def _tell_of_the_same(one: Iterable[KnownRow], other: Iterable[KnownRow]) -> bool:
    mine, theirs = _fields(one), _fields(other)
    return all(
        len(mine[kind] & theirs[kind]) >= _ALIKE * len(mine[kind] | theirs[kind])
        for kind in mine.keys() & theirs.keys()
    )


def replaced_by(new: FileRows, old: Sequence[FileRows]) -> list[FileRows]:
    """Return the files that ``new`` is a newer version of.

    Same owner, tables of the same kinds, and either the same name but for dates, with somebody in
    common; or at least half of the smaller file's people in common, and mostly the same fields.
    Two lists about the same people that tell of different things (classes, levels) both hold.
    """
    kinds = {known.row.kind for known in new.rows}
    people = _people(new.rows)
    name = stem(new.name)
    result = []
    for file in old:
        if file.owner is not new.owner or not kinds & {known.row.kind for known in file.rows}:
            continue
        before = _people(file.rows)
        shared = len(people & before)
        if not shared:
            continue
        same_name = bool(name) and stem(file.name) == name
        if same_name or (
            shared >= _SHARED * min(len(people), len(before))
            and _tell_of_the_same(new.rows, file.rows)
        ):
            result.append(file)
    return result


@dataclass(frozen=True, slots=True)
class Kept:
    """Rows of an old file that a newer version does not replace.

    ``untouched``: of a kind that the new file has no table of, so it says nothing about them.
    ``gone``: about people whom the new file no longer has; they go on holding, marked as gone.
    """

    untouched: tuple[KnownRow, ...]
    gone: tuple[KnownRow, ...]


def kept_from(old: FileRows, new: FileRows) -> Kept:
    """Return the old file's rows that go on holding; its other rows are replaced.

    A person's own row is gone when the new file has no such row for the person, even if a row about
    the person's hours is left.
    """
    kinds = {known.row.kind for known in new.rows}
    people = _people(new.rows)
    listed = _people(known for known in new.rows if known.row.kind is TableKind.PERSON)
    untouched, gone = [], []
    for known in old.rows:
        row = known.row
        if row.kind not in kinds:
            untouched.append(known)
        elif not who(row) & (listed if row.kind is TableKind.PERSON else people):
            gone.append(known)
    return Kept(tuple(untouched), tuple(gone))


def successor(lost: KnownRow, new: Iterable[KnownRow]) -> KnownRow | None:
    """Return the row of a newer version that most surely is the same as a row that it replaced.

    Of the same kind of table, about the same person, with the most cells that say the same.
    """
    marks = _marks(lost.row)

    def likeness(known: KnownRow) -> tuple[object, ...]:
        return (
            sum(
                1
                for name, reading in lost.row.readings.items()
                if known.row.value(name) == reading.value
            ),
            known.row.sheet == lost.row.sheet,
            -abs(known.row.number - lost.row.number),
            known.key,
        )

    rows = [k for k in new if k.row.kind is lost.row.kind and marks & _marks(k.row)]
    return max(rows, key=likeness, default=None)


def _marks(row: Row) -> frozenset[str]:
    """Return what identifies the person of a row, the name alone where there is nothing more."""
    name = str(row.value("name") or row.value("family_name") or "")
    return who(row) or frozenset({f"name={' '.join(name.casefold().split())}"} if name else ())


def heirs(old: Iterable[KnownRow], new: FileRows) -> dict[str, list[str]]:
    """Return, for each old row about a person, the new file's rows about the same one, by key.

    Whose name and birth date are still in the file is told by them, else by the numbers: a list may
    correct a name under its number, and may give a number to somebody else.
    """
    by_mark: dict[str, list[str]] = defaultdict(list)
    for known in new.rows:
        if known.row.kind is TableKind.PERSON and not known.row.is_hidden:
            for mark in who(known.row):
                by_mark[mark].append(known.key)
    found: dict[str, list[str]] = {}
    for known in old:
        if known.row.kind is not TableKind.PERSON or known.row.is_hidden:
            continue
        shared: dict[str, tuple[bool, int]] = {}
        for mark in who(known.row):
            for key in by_mark.get(mark, ()):
                named, numbers = shared.get(key, (False, 0))
                shared[key] = (named or "|" in mark, numbers + ("|" not in mark))
        best = max(shared.values(), default=None)
        found[known.key] = sorted(key for key, marks in shared.items() if marks == best)
    return found
