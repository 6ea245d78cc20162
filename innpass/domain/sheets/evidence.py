"""What the cells of a column look like, as evidence of what the column is."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from innpass.domain.identifiers import is_duf, is_identity_number
from innpass.domain.sheets.codes import known_code, read_level, read_yes_no
from innpass.domain.sheets.dates_as_text import clues
from innpass.domain.sheets.names import looks_like_a_name
from innpass.domain.sheets.special_words import is_empty, is_uncertain
from innpass.domain.sheets.words import tidy
from innpass.domain.sheets.workbook import CellContent

SAMPLE = 120


@dataclass(frozen=True, slots=True)
class Evidence:
    """Shares of a column's filled cells, from 0 to 1, and how many cells are filled."""

    filled: int = 0
    identity: float = 0.0
    duf: float = 0.0
    dates: float = 0.0
    numbers: float = 0.0
    levels: float = 0.0
    yes_no: float = 0.0
    names: float = 0.0
    foreign_script: float = 0.0
    is_running: bool = False

    @property
    def is_identity(self) -> bool:
        """Say whether the column surely holds identity numbers."""
        return self.filled > 0 and self.identity >= 0.6


def weigh(contents: Iterable[CellContent]) -> Evidence:
    """Look at up to ``SAMPLE`` filled cells of a column; ``filled`` counts them all."""
    sample: list[CellContent] = []
    filled = 0
    for content in contents:
        if content is None or (isinstance(content, str) and is_empty(content)):
            continue
        filled += 1
        if len(sample) < SAMPLE:
            sample.append(content)
    told = [one for one in sample if not (isinstance(one, str) and is_uncertain(tidy(one)))]
    if not told:
        return Evidence(filled=filled)

    def share(count: int) -> float:
        return count / len(told)

    texts = [tidy(one) for one in told if isinstance(one, str)]
    digits = [found for one in told if (found := digits_of(one))]
    return Evidence(
        filled=filled,
        identity=share(
            sum(is_identity_number(one.zfill(11)) for one in digits if len(one) in (10, 11))
        ),
        duf=share(sum(len(one) == 12 and (is_duf(one) or one[:2] == "20") for one in digits)),
        dates=share(sum(_is_date(one) for one in told)),
        numbers=share(sum(not isinstance(one, date) and bool(digits_of(one)) for one in told)),
        levels=share(
            sum((found := read_level(one)) is not None and found.value is not None for one in texts)
        ),
        yes_no=share(
            sum((found := read_yes_no(one)) is not None and found.value is not None for one in told)
        ),
        names=share(sum(looks_like_a_name(one) for one in texts)),
        foreign_script=share(
            sum(bool(re.search(r"[\u0370-\u1fff\u3000-\ud7ff]", one)) for one in texts)
        ),
        is_running=_is_running(told),
    )


def digits_of(content: CellContent) -> str:
    """Return a content's digits when it is a number or digits with spaces, dots or hyphens."""
    if isinstance(content, bool) or content is None:
        return ""
    if isinstance(content, int | float):
        return str(int(content)) if 0 <= content < 1e15 and content == int(content) else ""
    if not isinstance(content, str):
        return ""
    text = tidy(content)
    text = text[:-2] if re.fullmatch(r"\d{9,12}\.0", text) else text
    plain = re.sub(r"[\s.\-]", "", text.lstrip("'"))
    return plain if plain.isascii() and plain.isdigit() else ""


def share_of_codes(contents: Iterable[CellContent], field: str) -> float:
    """Return the share of filled text cells that are known code words of a field."""
    texts = [tidy(one) for one in contents if isinstance(one, str) and not is_empty(one)][:SAMPLE]
    if not texts:
        return 0.0
    return sum(known_code(one, field) is not None for one in texts) / len(texts)


def _is_date(content: CellContent) -> bool:
    if isinstance(content, datetime | date):
        return True
    if isinstance(content, bool) or content is None:
        return False
    if isinstance(content, int | float):
        return 20_000 <= content <= 73_000
    if (
        not isinstance(content, str)
        or re.fullmatch(r"[\d\s.,]*", content.replace(".", "", 2)) is None
    ):
        seen = clues(tidy(content)) if isinstance(content, str) else None
        return seen is not None and not seen.has_other_words
    seen = clues(tidy(content))
    return seen is not None and seen.day is not None and seen.year is not None


def _is_running(contents: list[CellContent]) -> bool:
    """Say whether a column only counts its rows: 1, 2, 3."""
    numbers = [int(found) for one in contents if (found := digits_of(one)) and len(found) < 6]
    if len(numbers) < len(contents) or len(numbers) < 2 or numbers[0] > 2:
        return False
    steps = [second - first for first, second in zip(numbers, numbers[1:], strict=False)]
    return sum(step in (0, 1) for step in steps) >= 0.8 * len(steps)
