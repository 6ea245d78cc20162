"""Cells with identity numbers and DUF numbers, in whatever shape a sheet has left them."""

import re
from datetime import date

from innpass.domain.identifiers import (
    is_duf,
    is_identity_number,
    possible_identity_numbers,
)
from innpass.domain.sheets.cells import shown
from innpass.domain.sheets.dates import BIRTH, read_date
from innpass.domain.sheets.evidence import digits_of
from innpass.domain.sheets.findings import Finding, doubt
from innpass.domain.sheets.records import Issue
from innpass.domain.sheets.special_words import is_empty, is_uncertain
from innpass.domain.sheets.workbook import CellContent

_SEVERAL = re.compile(r"(?<!\d)\d{6}[ .\-]?\d{5}(?!\d)")


def read_identity(content: CellContent, *, born: date | None = None) -> dict[str, Finding]:
    """Read a cell that holds a fødselsnummer or D-number.

    Args:
        content: the cell.
        born: the row's birth date, which completes a number of five digits.

    Returns:
        findings by field: ``ids.fnr``, ``ids.dnr`` (first digit 4-7), ``ids.duf`` where twelve
        digits stand instead; a birth date alone is ``birth_date``; empty for an empty cell.

    Example:
        >>> read_identity(7857411735.0)["ids.fnr"].value
        '07857411735'
        >>> read_identity("56909265709")["ids.dnr"].value
        '56909265709'
    """
    text = shown(content)
    if is_empty(text):
        return {}
    if is_uncertain(text):
        return {"ids.fnr": doubt(Issue.UNCERTAIN)}
    found = _from_digits(digits_of(content), born)
    if not found and isinstance(content, str):
        found = _several(text)
    is_short = text.isdigit() and len(text) < 6
    if not found and isinstance(content, str | date) and not is_short:
        day = read_date(content, span=BIRTH)
        if day is not None and day.value is not None:
            return {"birth_date": Finding(day.value, note="birth_date_in_number_column")}
    return found or {"ids.fnr": doubt(Issue.BAD_IDENTITY_NUMBER)}


def _from_digits(digits: str, born: date | None) -> dict[str, Finding]:
    if len(digits) == 11:
        return _one(digits)
    if len(digits) == 12:
        return {"ids.duf": _duf(digits)}
    if 8 <= len(digits) <= 10 and not re.match(r"(?:19|20)\d{6}$", digits):
        restored = digits.zfill(11)
        if is_identity_number(restored):
            return _one(restored, note="leading_zero_restored")
    if born is not None and len(digits) in (4, 5):
        made = possible_identity_numbers(born, digits.zfill(5))
        if len(made) == 1:
            return _one(made[0], note="joined_with_birth_date")
    return {}


def _several(text: str) -> dict[str, Finding]:
    """Read a cell with a fødselsnummer and a D-number; two of a kind have no right reading."""
    numbers = [re.sub(r"\D", "", one) for one in _SEVERAL.findall(text)]
    if not numbers or not all(is_identity_number(one) for one in numbers):
        return {}
    found: dict[str, Finding] = {}
    for one in dict.fromkeys(numbers):
        for name, finding in _one(one).items():
            found[name] = doubt(Issue.BAD_IDENTITY_NUMBER) if name in found else finding
    return found


def read_duf(content: CellContent) -> dict[str, Finding]:
    """Read a cell that holds a DUF number; its control digits warn and never refuse.

    Example:
        >>> read_duf("2024 28017605")["ids.duf"].value
        '202428017605'
    """
    text = shown(content)
    if is_empty(text):
        return {}
    if is_uncertain(text):
        return {"ids.duf": doubt(Issue.UNCERTAIN)}
    digits = digits_of(content) or re.sub(r"(?i)^duf[\s.:\-nr]*", "", text).replace(" ", "")
    if len(digits) == 12 and digits.isascii() and digits.isdigit():
        return {"ids.duf": _duf(digits)}
    if len(digits) == 11 and is_identity_number(digits):
        return _one(digits, note="identity_number_in_duf_column")
    if len(digits) == 10 and digits.isdigit() and is_identity_number("0" + digits):
        return _one("0" + digits, note="identity_number_in_duf_column")
    return {"ids.duf": doubt(Issue.BAD_NUMBER)}


def _one(digits: str, *, note: str | None = None) -> dict[str, Finding]:
    name = "ids.dnr" if digits[0] in "4567" else "ids.fnr"
    if not is_identity_number(digits):
        return {name: doubt(Issue.BAD_IDENTITY_NUMBER)}
    return {name: Finding(digits, note=note)}


def _duf(digits: str) -> Finding:
    return Finding(digits, note=None if is_duf(digits) else "duf_checksum_differs")
