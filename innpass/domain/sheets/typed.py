"""What a person types into a field on the screen, read as the same words in a sheet are read."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from innpass.domain.sheets.cells import reader_for
from innpass.domain.sheets.fields import FIELDS, LARGEST_WHOLE_NUMBER, FieldType, longest_of, plain
from innpass.domain.sheets.findings import Finding
from innpass.domain.sheets.identity_cells import read_duf, read_identity
from innpass.domain.sheets.records import Issue, Value
from innpass.domain.sheets.sentences import issue_sentence, typed_sentence
from innpass.domain.sheets.words import tidy

LONGEST_TYPED = 2000  # characters of what is typed at once that are read
_BELOW_ZERO = re.compile(r"(?:-|minus)\s*\d", re.IGNORECASE)  # "minus 5" is not 5
_SAYS_ENOUGH = frozenset(
    {
        *(Issue.DATE_WITHOUT_YEAR, Issue.MONTH_ONLY, Issue.WEEK_ONLY),
        *(Issue.IMPOSSIBLE_DATE, Issue.AMBIGUOUS_DATE, Issue.TOO_LONG),
    }
)
# Days that people name by where they stand from today, as days after it.
_NEAR_DAYS: Mapping[str, int] = {
    **dict.fromkeys(("i dag", "idag", "nå"), 0),
    **dict.fromkeys(("i morgen", "imorgen"), 1),
    **dict.fromkeys(("i går", "igår"), -1),
}


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed, as a value.

    Attributes:
        value: the only right reading; ``None`` for an empty field, and where there is a problem.
        problem: a Norwegian sentence that says what is wrong and what to write; empty when all is
            well.
        possible: the readings that could be meant, most likely first.
    """

    value: Value = None
    problem: str = ""
    possible: tuple[Value, ...] = ()


def as_text(text: str) -> str:
    r"""Return a text without control characters but line breaks and tabs.

    Nobody types others, and PostgreSQL does not take them all.

    Example:
        >>> as_text("Ola\x00 Hauge\n")
        'Ola Hauge\n'
    """
    return "".join(c for c in text if c in "\n\r\t" or unicodedata.category(c) not in ("Cc", "Cs"))


def read_typed(name: str, text: str, *, on: date | None = None) -> Typed:
    """Read what was typed into a field; an empty text is no value.

    Args:
        name: one of ``fields.FIELDS``, or a numbered placement field.
        text: as typed.
        on: the day on which it is typed, so that "i dag" is a date; ``None`` where nobody knows.

    Example:
        >>> read_typed("programme.start", "12/3-24").value
        datetime.date(2024, 3, 12)
        >>> read_typed("placement.hours_per_week", "99").problem
        'Skriv timer per uke som et tall fra 0 til 60, for eksempel 22,5.'
        >>> read_typed("last_contact", "I går", on=date(2026, 7, 1)).value
        datetime.date(2026, 6, 30)
    """
    text = as_text(text)
    if not text.strip():
        return Typed()
    if on is not None and FIELDS[plain(name)].type is FieldType.DATE:
        near = _NEAR_DAYS.get(tidy(text).lower().rstrip("."))
        if near is not None:
            return Typed(on + timedelta(days=near))
    is_number = FIELDS[plain(name)].type is FieldType.WHOLE_NUMBER
    if is_number and _BELOW_ZERO.search(text):
        return Typed(problem=typed_sentence(str(FieldType.WHOLE_NUMBER)))
    found = _read(name, text)
    if found is None:
        return Typed()
    if found.value is not None:
        return _fitting(name, found.value)
    return Typed(problem=_problem(name, found, text), possible=found.possible)


def _read(name: str, text: str) -> Finding | None:
    if name in ("ids.fnr", "ids.dnr"):
        return read_identity(text).get(name) or Finding(issue=Issue.BAD_IDENTITY_NUMBER)
    if name == "ids.duf":
        return read_duf(text).get(name) or Finding(issue=Issue.BAD_NUMBER)
    return reader_for(name)(text)


def _fitting(name: str, value: Value) -> Typed:
    longest = longest_of(name)
    if isinstance(value, str) and longest and len(value) > longest:
        return Typed(problem=typed_sentence("too_long", longest=longest))
    if isinstance(value, int) and not isinstance(value, bool) and value > LARGEST_WHOLE_NUMBER:
        return Typed(problem=typed_sentence(str(FieldType.WHOLE_NUMBER)))
    return Typed(value)


def _problem(name: str, found: Finding, text: str) -> str:
    kind = FIELDS[plain(name)].type
    advice = typed_sentence("ids_dnr" if name == "ids.dnr" else str(kind))
    if found.issue in _SAYS_ENOUGH:
        return f"{issue_sentence(found.issue, text=text.strip())} {advice}"
    return advice
