"""The rows of a table, each as the readings of its cells."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from innpass.domain.sheets.cells import Reader, reader_for, shown, without_identity_numbers
from innpass.domain.sheets.codes import read_yes_no
from innpass.domain.sheets.dates import read_period
from innpass.domain.sheets.fields import (
    FIELDS,
    LARGEST_WHOLE_NUMBER,
    FieldType,
    longest_of,
    plain,
)
from innpass.domain.sheets.findings import Finding, doubt
from innpass.domain.sheets.identity_cells import read_duf, read_identity
from innpass.domain.sheets.names import PersonName, looks_like_a_name, read_name
from innpass.domain.sheets.readable import IDENTITY, PERIOD, FieldColumn, ReadableTable
from innpass.domain.sheets.records import Issue, Owner, Reading, Row
from innpass.domain.sheets.words import tidy, tokens
from innpass.domain.sheets.workbook import CellContent, column_letters

IDENTIFYING = frozenset(
    {
        "name",
        "family_name",
        "given_name",
        "ids.fnr",
        "ids.dnr",
        "ids.duf",
        "ids.socio",
        "ids.visma_refugee",
        "ids.visma_learning",
    }
)
_TOTALS = frozenset(
    {
        "sum",
        "totalt",
        "total",
        "antall",
        "antal",
        "i",
        "gjennomsnitt",
        "snitt",
        "merk",
        "obs",
        "nb",
        "note",
        "kilde",
        "kjelde",
        "sist",
        "oppdatert",
        "totals",
        "average",
        "count",
        "fargekoder",
        "tegnforklaring",
        "forklaring",
    }
)

SECRET = frozenset({"ids.fnr", "ids.dnr", "ids.duf"})

Findings = Mapping[str, Finding]
CellReader = Callable[[CellContent], Findings]


@dataclass(frozen=True, slots=True)
class ReadRows:
    """The rows about people, and how many filled rows were about none."""

    rows: tuple[Row, ...]
    skipped: int


@dataclass(slots=True)
class _Column:
    """A column with a reader and what it has read before."""

    index: int
    letters: str
    name: str
    read: CellReader
    seen: dict[tuple[type, CellContent], tuple[tuple[str, str, Finding], ...]]
    is_secret: bool


def read_rows(readable: ReadableTable, *, file: str, owner: Owner) -> ReadRows:
    """Read all rows of a table; a row counts only with a name or a number that identifies."""
    columns = [_column(one) for one in readable.columns]
    names = [one for one in readable.columns if one.field in {"name", "family_name", "given_name"}]
    table = readable.table
    own_pnr = next((one for one in columns if one.name.startswith(IDENTITY)), None)
    implied_names = _implied_names(readable)
    boxes = [_column(one) for one in readable.columns if one.blank_means_no]
    rows: list[Row] = []
    skipped = 0
    for index, cells in table.rows():
        readings: dict[str, Reading] = {}
        for column in columns:
            content = cells[column.index] if column.index < len(cells) else None
            if content is None or content == "":
                continue
            _add(readings, column, content, index, is_spread=(index, column.index) in table.spread)
        if not readings:
            skipped += any(shown(content) for content in cells)
            continue
        if own_pnr is not None:
            _complete_number(readings, own_pnr, cells, index)
        if names:
            _complete_name(readings)
        if not _is_about_a_person(readings, cells):
            skipped += 1
            continue
        _add_implied(readings, readable, implied_names)
        for column in boxes:
            if column.name not in readings:
                cell = f"{column.letters}{index + 1}"
                readings[column.name] = Reading(column.name, cell, "", False, note="blank_means_no")
        rows.append(
            Row(
                file=file,
                sheet=table.sheet.name,
                number=index + 1,
                owner=owner,
                kind=readable.kind,
                is_hidden=table.sheet.is_hidden,
                readings=readings,
            )
        )
    return ReadRows(tuple(rows), skipped)


def _column(one: FieldColumn) -> _Column:
    name = one.name
    is_secret = (
        one.field == IDENTITY or FIELDS.get(plain(one.field), FIELDS["name"]).type is FieldType.DUF
    )
    return _Column(
        one.column.index,
        column_letters(one.column.index),
        name,
        _cell_reader(one),
        {},
        is_secret,
    )


def _cell_reader(one: FieldColumn) -> CellReader:
    if one.field == IDENTITY:
        return read_identity
    if one.field == "ids.duf":
        return read_duf
    if one.field.endswith(PERIOD):
        return _period_reader(one)
    if one.field in {"name", "family_name", "given_name"}:
        return _name_reader(one)
    read, name = reader_for(one.name), one.name
    if one.answers:
        read = _answer_reader(read, one.answers)

    def read_one(content: CellContent) -> Findings:
        found = read(content)
        return {name: found} if found is not None else {}

    return read_one


def _answer_reader(read: Reader, answers: tuple[str, str]) -> Reader:
    """Read yes and no as the codes that a heading such as ``Kollektiv (J/N)`` gives them."""

    def read_answer(content: CellContent) -> Finding | None:
        answer = read_yes_no(content)
        if answer is not None and answer.value is not None:
            return Finding(answers[0] if answer.value else answers[1], note="implied_by_heading")
        return read(content)

    return read_answer


def _period_reader(one: FieldColumn) -> CellReader:
    base = one.name.rpartition(".")[0]
    first, last = f"{base}.first_day", f"{base}.last_day"
    if base == "programme":
        first, last = "programme.start", "programme.planned_end"

    def read_both(content: CellContent) -> Findings:
        start, end = read_period(content)
        return {name: found for name, found in ((first, start), (last, end)) if found is not None}

    return read_both


def _name_reader(one: FieldColumn) -> CellReader:
    read, name, family_first = reader_for(one.field), one.field, one.family_first

    def read_full(content: CellContent) -> Findings:
        found = read(content)
        if found is None or found.value is None or name != "name":
            return {name: found} if found is not None else {}
        written = without_identity_numbers(str(content), mark="")
        parts = read_name(written, family_first=family_first) or PersonName(str(found.value))
        findings = {"name": Finding(parts.full)}
        if parts.family and parts.given:
            findings["family_name"] = Finding(parts.family)
            findings["given_name"] = Finding(parts.given)
        return findings

    return read_full


def _add(
    readings: dict[str, Reading],
    column: _Column,
    content: CellContent,
    row: int,
    *,
    is_spread: bool,
) -> None:
    key = (type(content), content)
    found = column.seen.get(key)
    if found is None:
        found = column.seen[key] = _remembered(column, content)
    if not found:
        return
    cell = f"{column.letters}{row + 1}"
    for name, text, finding in found:
        known = readings.get(name)
        if known is not None and (known.value is not None or finding.value is None):
            continue
        note = finding.note or ("merged_cell" if is_spread else None)
        readings[name] = Reading(
            name, cell, text, finding.value, finding.issue, finding.possible, note
        )


def _remembered(column: _Column, content: CellContent) -> tuple[tuple[str, str, Finding], ...]:
    """Read a content once per column: field, text to show, finding."""
    found = column.read(content)
    text = "" if column.is_secret or not found else without_identity_numbers(shown(content))
    return tuple(
        (name, "" if name in SECRET else text, _fitting(name, one)) for name, one in found.items()
    )


def _fitting(name: str, finding: Finding) -> Finding:
    """Return the finding, or a doubt where the value is more than one of its kind can be."""
    value = finding.value
    if isinstance(value, str):
        longest = longest_of(name)
        return doubt(Issue.TOO_LONG) if longest and len(value) > longest else finding
    if isinstance(value, int) and not isinstance(value, bool):
        return finding if 0 <= value <= LARGEST_WHOLE_NUMBER else doubt(Issue.BAD_NUMBER)
    return finding


def _complete_number(
    readings: dict[str, Reading], column: _Column, cells: tuple[CellContent, ...], row: int
) -> None:
    """Join five last digits with the row's birth date; drop a birth date read twice."""
    reading, born = readings.get("ids.fnr"), readings.get("birth_date")
    if (
        reading is None
        or reading.value is not None
        or born is None
        or not isinstance(born.value, date)
    ):
        return
    found = read_identity(cells[column.index], born=born.value)
    if any(finding.value is not None for name, finding in found.items() if name != "birth_date"):
        del readings["ids.fnr"]
        for name, finding in found.items():
            readings[name] = Reading(
                name, f"{column.letters}{row + 1}", "", finding.value, note=finding.note
            )


def _complete_name(readings: dict[str, Reading]) -> None:
    """Make the full name from its parts where they stand in columns of their own."""
    family, given = readings.get("family_name"), readings.get("given_name")
    if "name" in readings:
        return
    parts = [str(one.value) for one in (given, family) if one is not None and one.value]
    cell = family or given
    if parts and cell is not None:
        text = " ".join(one.text for one in (given, family) if one is not None)
        readings["name"] = Reading("name", cell.cell, text, " ".join(parts), note="name_from_parts")


def _is_about_a_person(readings: dict[str, Reading], cells: tuple[CellContent, ...]) -> bool:
    """Tell a row about a person from totals, notes and headings between the rows."""
    if not any(
        (name in IDENTIFYING) and (reading.value is not None or name.startswith("ids."))
        for name, reading in readings.items()
    ):
        return False
    has_number = any(
        name.startswith("ids.") and one.value is not None for name, one in readings.items()
    )
    if has_number:
        return True
    filled = [content for content in cells if content is not None and shown(content)]
    first = next((tidy(one) for one in filled if isinstance(one, str)), "")
    words = tokens(first)
    if words and words[0] in _TOTALS and "birth_date" not in readings:
        return words[0] == "i" and words[1:2] != ("alt",) and len(filled) > 1
    if len(filled) > 1 and not all(tidy(str(one)) == first for one in filled):
        return any(one.value is not None for name, one in readings.items() if name in IDENTIFYING)
    return looks_like_a_name(first)


def _implied_names(readable: ReadableTable) -> dict[str, tuple[str, ...]]:
    """Return, per implied field, the fields whose presence in a row brings it forth."""
    names: dict[str, tuple[str, ...]] = {}
    for name in readable.implied:
        prefix = name.rpartition(".")[0] + "."
        own = [one.name for one in readable.columns if one.name.startswith(prefix)]
        days = [prefix + "first_day", prefix + "last_day"]
        names[name] = tuple(dict.fromkeys([*own, *days]))
    return names


def _add_implied(
    readings: dict[str, Reading], readable: ReadableTable, names: dict[str, tuple[str, ...]]
) -> None:
    """Add the codes that headings imply for the groups that have content in this row."""
    for name, (code, cell) in readable.implied.items():
        if name not in readings and any(one in readings for one in names[name]):
            readings[name] = Reading(name, cell, "", code, note="implied_by_heading")


def count_notes(rows: tuple[Row, ...]) -> Counter[str]:
    """Count the notes in the readings, for the report."""
    return Counter(one.note for row in rows for one in row.readings.values() if one.note)
