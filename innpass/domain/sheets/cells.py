"""One cell read as one field, whatever people wrote in it."""

import re
from collections.abc import Callable
from datetime import date, datetime, time

from innpass.domain.identifiers import is_identity_number
from innpass.domain.sheets.codes import read_code, read_level, read_yes_no
from innpass.domain.sheets.dates import BIRTH, PROGRAMME, read_date
from innpass.domain.sheets.fields import FIELDS, FieldType, plain
from innpass.domain.sheets.findings import Finding, doubt
from innpass.domain.sheets.names import read_name
from innpass.domain.sheets.numbers import (
    read_hours,
    read_percent,
    read_system_number,
    read_whole_number,
    whole_text,
)
from innpass.domain.sheets.records import Issue
from innpass.domain.sheets.special_words import is_empty, is_uncertain
from innpass.domain.sheets.words import tidy
from innpass.domain.sheets.workbook import CellContent

HIDDEN = "•••"
LONGEST_TEXT = 2000
_NUMBER_IN_TEXT = re.compile(
    r"(?<!\d)(?:\d{11,}|\d{6}[ .\-]\d{5}|\d{2}[ .]?\d{2}[ .]?\d{2}[ .\-]?\d{3} ?\d{2}"
    r"|\d{4} ?\d{6} ?\d{2}|\d{4} \d{4} \d{4})(?!\d)"
)
_TEN_DIGITS = re.compile(r"(?<!\d)\d{10}(?!\d)")

Reader = Callable[[CellContent], Finding | None]


def reader_for(name: str) -> Reader:
    """Return the function that reads cells of a field; numbered placement fields are known too.

    Identity and DUF numbers have readers of their own, in ``identity_cells``.
    """
    field = FIELDS[plain(name)]
    match field.type:
        case FieldType.DATE:
            span = BIRTH if field.name == "birth_date" else PROGRAMME
            return lambda content: read_date(content, span=span)
        case FieldType.CODE:
            return lambda content: read_code(content, field=field.name)
        case FieldType.YES_NO:
            return lambda content: read_yes_no(content, field=field.name)
        case FieldType.HOURS:
            return read_hours
        case FieldType.PERCENT:
            return read_percent
        case FieldType.WHOLE_NUMBER:
            return read_whole_number
        case FieldType.LEVEL:
            return read_level
        case FieldType.SYSTEM_NUMBER:
            return read_system_number
        case FieldType.PERSON_NAME:
            return read_person
        case _:
            return read_text


def read_text(content: CellContent) -> Finding | None:
    """Read plain text; identity numbers in it are taken out.

    Example:
        >>> read_text(" Åsveien  skole").value, read_text(7.0).value
        ('Åsveien skole', '7')
    """
    text = shown(content)
    if is_empty(text):
        return None
    if is_uncertain(text):
        return doubt(Issue.UNCERTAIN)
    safe = without_identity_numbers(text)[:LONGEST_TEXT]
    return Finding(safe, note="identity_number_removed" if safe != text[:LONGEST_TEXT] else None)


def read_person(content: CellContent) -> Finding | None:
    """Read a person's name, first name first.

    Example:
        >>> read_person("MOROZ, Yevheniia").value
        'Yevheniia Moroz'
    """
    found = read_text(content)
    if found is None or found.value is None:
        return found
    if not isinstance(content, str):
        return doubt(Issue.NOTE)
    name = read_name(str(found.value).replace(HIDDEN, ""))
    return Finding(name.full) if name else doubt(Issue.NOTE)


def shown(content: CellContent) -> str:
    """Write a content as a person sees it in the sheet; empty for an empty cell.

    Example:
        >>> shown(date(2024, 3, 12)), shown(15.0), shown(True), shown("  a  b ")
        ('12.03.2024', '15', 'sann', 'a b')
    """
    if content is None:
        return ""
    if isinstance(content, str):
        return tidy(content)
    if isinstance(content, bool):
        return "sann" if content else "usann"
    if isinstance(content, datetime):
        clock = "" if content.time() == time() else f" {content:%H:%M}"
        return f"{content.day:02}.{content.month:02}.{content.year:04}{clock}"
    if isinstance(content, date):
        return f"{content.day:02}.{content.month:02}.{content.year:04}"
    if isinstance(content, time):
        return f"{content:%H:%M}"
    return whole_text(content)


def without_identity_numbers(text: str, *, mark: str = HIDDEN) -> str:
    """Replace every run of eleven digits or more, so that no text carries an identity number.

    Ten digits go where they are such a number without its leading zero.

    Example:
        >>> without_identity_numbers("nytt fnr 078574 11735, ring")
        'nytt fnr •••, ring'
    """
    if len(text) < 10:
        return text
    hidden = _NUMBER_IN_TEXT.sub(mark, text)
    return _TEN_DIGITS.sub(
        lambda found: mark if is_identity_number(f"0{found[0]}") else found[0], hidden
    )
