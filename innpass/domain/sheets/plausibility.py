"""Whether the cells of a column can be what its heading says, and what they plainly are."""

from collections.abc import Iterable

from innpass.domain.sheets.cells import reader_for
from innpass.domain.sheets.evidence import SAMPLE, share_of_codes, share_of_countries
from innpass.domain.sheets.fields import FIELDS, FieldType
from innpass.domain.sheets.special_words import is_empty, is_uncertain
from innpass.domain.sheets.words import tidy
from innpass.domain.sheets.workbook import CellContent

FEW = 4
LEAST = 0.15
PLAIN = 0.8

_TESTED = frozenset(
    {
        FieldType.DATE,
        FieldType.CODE,
        FieldType.YES_NO,
        FieldType.PERCENT,
        FieldType.WHOLE_NUMBER,
        FieldType.LEVEL,
    }
)
_WHERE_NOTES_LIVE = frozenset({"nav.info_meeting", "nav.handover", "last_contact", "next_step_due"})
_BY_CONTENT = ("programme.protection", "programme.end_reason", "programme.end_goal")


def is_plausible(name: str, contents: Iterable[CellContent]) -> bool:
    """Say whether at least a few of a column's cells read as its field.

    Columns where people write notes instead of dates are always plausible.
    """
    field = FIELDS.get(name)
    if field is None or field.type not in _TESTED or name in _WHERE_NOTES_LIVE:
        return True
    sample = _filled(contents)
    if len(sample) < FEW:
        return True
    read = reader_for(name)
    found = [read(content) for content in sample]
    good = sum(one is not None and one.value is not None for one in found)
    return good >= LEAST * len(sample)


def field_by_content(contents: list[CellContent], *, known: frozenset[str]) -> str | None:
    """Name the field of a person that a column's cells plainly are, if none supplies it yet."""
    texts = [one for one in _filled(contents) if isinstance(one, str)]
    if len(texts) < FEW:
        return None
    if "country" not in known and share_of_countries(texts) >= PLAIN:
        return "country"
    fitting = [
        name
        for name in _BY_CONTENT
        if name not in known and share_of_codes(texts, name) >= PLAIN and not _is_yes_no(texts)
    ]
    if fitting[:2] == ["programme.end_reason", "programme.end_goal"]:
        return None  # arbeid and utdanning alone are words of both
    return fitting[0] if fitting else None


def _filled(contents: Iterable[CellContent]) -> list[CellContent]:
    sample: list[CellContent] = []
    for content in contents:
        if content is None or (isinstance(content, str) and is_empty(content)):
            continue
        if isinstance(content, str) and is_uncertain(tidy(content)):
            continue
        sample.append(content)
        if len(sample) == SAMPLE:
            break
    return sample


def _is_yes_no(texts: list[str]) -> bool:
    return len({tidy(one).casefold() for one in texts}) < 2 or all(len(one) < 2 for one in texts)
