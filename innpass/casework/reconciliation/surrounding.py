"""The cells around one that is asked about, as they stood in the sheet.

They come from the rows as they were read, not from the kept file: opening a file of 10 000 rows
takes seconds, and what was not read as a field has no readers in the field table.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from innpass.casework.imports.models import Question, SourceRow
from innpass.casework.imports.rows import SECRET_FIELDS, known_row
from innpass.casework.participants.models import Participant, RowLink
from innpass.casework.participants.queries import may_be_seen
from innpass.casework.participants.sources import MASK
from innpass.casework.reconciliation.cards import SINGLE_FIELDS, stored_cards, value_of
from innpass.domain.access.fields import access_name
from innpass.domain.access.policy import readable
from innpass.domain.access.roles import Actor
from innpass.domain.sheets.cells import without_identity_numbers
from innpass.domain.sheets.fields import FIELDS, plain
from innpass.domain.sheets.records import Value

ROWS_AROUND = 3
COLUMNS_AROUND = 2
_WHO = ("name", "family_name", "given_name", "birth_date")
SINGLE_ORDER = tuple(name for name in FIELDS if name in SINGLE_FIELDS)
_LETTERS = re.compile(r"^[A-Z]+")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the sheet: its letters, and its heading as it stands there."""

    letters: str
    heading: str
    field: str
    is_asked: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the sheet: for each of the columns a text, and whether it is what is asked about."""

    number: int
    cells: tuple[tuple[str, bool], ...]
    is_asked: bool = False


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A few rows and columns around a cell; rows about people one may not see are left out."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]


def surroundings_of(question: Question, *, actor: Actor) -> Surroundings:
    """Return the cells around the one that is asked about, cut to the viewer. Two queries."""
    asked = question.row
    near = SourceRow.objects.filter(
        file=asked.file_id,
        sheet=asked.sheet,
        number__range=(asked.number - ROWS_AROUND, asked.number + ROWS_AROUND),
    )
    rows = list(near.defer("identity").order_by("number"))
    links = RowLink.objects.filter(row__in=rows).filter(may_be_seen(actor, "participant__"))
    seen = set(links.values_list("row_id", flat=True)) | {asked.pk}
    rows = [row for row in rows if row.pk in seen]
    columns = _columns(question, rows, readable(actor))
    return Surroundings(
        columns=tuple(columns),
        lines=tuple(
            Line(
                row.number,
                tuple(
                    (_text(row, column.field), column.is_asked and row.pk == asked.pk)
                    for column in columns
                ),
                row.pk == asked.pk,
            )
            for row in rows
        ),
    )


def _columns(question: Question, rows: list[SourceRow], may: frozenset[str]) -> list[Column]:
    headings = _headings(question)
    fields: dict[str, str] = {}
    for row in sorted(rows, key=lambda row: row.pk != question.row_id):
        for name, cell in row.readings.items():
            if access_name(plain(name)) in may and (found := _LETTERS.match(cell["c"])):
                fields.setdefault(found.group(), name)
    order = sorted(fields, key=lambda letters: (len(letters), letters))
    at = next((i for i, letters in enumerate(order) if fields[letters] == question.field), None)
    if at is None:
        at = 0
    near = set(order[max(0, at - COLUMNS_AROUND) : at + COLUMNS_AROUND + 1])
    near |= {letters for letters in order if fields[letters] in _WHO}
    return [
        Column(
            letters,
            headings.get(letters, ""),
            fields[letters],
            is_asked=fields[letters] == question.field,
        )
        for letters in order
        if letters in near
    ]


def _headings(question: Question) -> dict[str, str]:
    """Return the lowest heading of each column of the question's sheet."""
    found: dict[str, str] = {}
    for sheet in question.row.file.layout:
        if sheet["sheet"] != question.row.sheet:
            continue
        for heading in sheet["headings"]:
            letters = _LETTERS.match(heading["cell"])
            if letters and heading["field"] is not None:
                found[letters.group()] = heading["text"]
    return found


def _text(row: SourceRow, name: str) -> str:
    cell = row.readings.get(name)
    if cell is None:
        return ""
    if name in SECRET_FIELDS:
        return MASK
    return without_identity_numbers(str(cell.get("t") or cell.get("v") or ""))


@dataclass(frozen=True, slots=True)
class Compared:
    """A field of the row that is asked about, beside what holds of each candidate.

    Of an identity number the values are only ``same`` and ``other``.
    """

    field: str
    own: Value
    others: tuple[Value, ...]


def compare_with(
    question: Question, people: Sequence[Participant], *, actor: Actor
) -> list[Compared]:
    """Return what the row says of whom it is about, beside what is known of the candidates."""
    row = known_row(question.row, question.row.file.name).row
    cards = stored_cards(people)
    may = readable(actor)
    found = []
    for name in SINGLE_ORDER:
        own = row.value(name)
        if own is None or access_name(name) not in may:
            continue
        others = [value_of(cards[person.pk], name) for person in people]
        if name in SECRET_FIELDS:
            others = [
                None if each is None else "same" if each == own else "other" for each in others
            ]
            own = "own"
        found.append(Compared(name, own, tuple(others)))
    return found
