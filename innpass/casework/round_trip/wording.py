"""Values as a sheet's cells hold them, and cells read as values again."""

from collections.abc import Sequence
from datetime import date

from innpass.casework.round_trip.layout import Column
from innpass.domain.sheets.cells import shown
from innpass.domain.sheets.codes import read_yes_no, word_of
from innpass.domain.sheets.dates import read_period
from innpass.domain.sheets.fields import FIELDS, FieldType
from innpass.domain.sheets.names import read_name
from innpass.domain.sheets.records import Value
from innpass.domain.sheets.sentences import typed_sentence
from innpass.domain.sheets.typed import Typed, read_typed
from innpass.domain.sheets.workbook import CellContent
from innpass.exchange.workbooks.writing import ColumnKind

_KINDS = {
    FieldType.DATE: ColumnKind.DATE,
    FieldType.HOURS: ColumnKind.NUMBER,
    FieldType.PERCENT: ColumnKind.WHOLE,
    FieldType.WHOLE_NUMBER: ColumnKind.WHOLE,
}
NAME_MISSING = "En deltaker må ha et navn. Navnet står urørt."
_MOST_CHARACTERS = 32_767


def kind_of(column: Column) -> ColumnKind:
    """Return how a column's cells are written."""
    if len(column.fields) != 1:
        return ColumnKind.TEXT
    return _KINDS.get(FIELDS[column.fields[0]].type, ColumnKind.TEXT)


def content_of(column: Column, values: Sequence[Value]) -> CellContent:
    """Return what a cell of a column holds for values."""
    if len(values) == 2:
        first, last = (f"{v:%d.%m.%Y}" if isinstance(v, date) else "" for v in values)
        return f"{first} – {last}".strip() if first or last else None
    (value,) = values
    if value is None:
        return None
    field = FIELDS[column.fields[0]]
    if isinstance(value, bool):
        if column.crosses:
            return "x" if value else None
        return "ja" if value else "nei"
    if field.type is FieldType.CODE:
        return word_of(str(value), field=field.name)
    if field.name == "name" and column.family_first:
        return _family_first(str(value))
    return value[:_MOST_CHARACTERS] if isinstance(value, str) else value


def _family_first(name: str) -> str:
    parts = read_name(name)
    return f"{parts.family}, {parts.given}" if parts and parts.family and parts.given else name


def text_of(content: CellContent) -> str:
    """Return what tells a cell from an edited one: the same however a program saved it."""
    return shown(content)


def read_cell(column: Column, content: CellContent) -> tuple[Typed, ...]:
    """Read an edited cell as a value for each of the column's fields."""
    text = shown(content)
    if len(column.fields) == 2:
        return _read_period(text)
    (name,) = column.fields
    if name == "name" and not text:
        return (Typed(problem=NAME_MISSING),)
    if column.crosses and not text:
        return (Typed(False),)
    if column.answers and text:
        answer = read_yes_no(text)
        if answer is not None and answer.value is not None:
            return (Typed(column.answers[0] if answer.value else column.answers[1]),)
    if name == "name" and column.family_first and text:
        parts = read_name(text, family_first=True)
        return (read_typed(name, parts.full if parts else text),)
    return (read_typed(name, text),)


def _read_period(text: str) -> tuple[Typed, ...]:
    if not text:
        return (Typed(), Typed())
    read = []
    for finding in read_period(text.rstrip(" –")):
        if finding is not None and finding.value is None:
            read.append(Typed(problem=typed_sentence(str(FieldType.DATE))))
        else:
            read.append(Typed(finding.value if finding else None))
    return tuple(read)
