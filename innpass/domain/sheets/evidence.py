"""What the cells of a column look like, as evidence of what the column is."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise

from innpass.domain.identifiers import is_duf, is_identity_number
from innpass.domain.sheets.codes import known_code, read_level, read_yes_no
from innpass.domain.sheets.dates_as_text import clues
from innpass.domain.sheets.names import looks_like_a_name
from innpass.domain.sheets.special_words import is_empty, is_mark, is_uncertain
from innpass.domain.sheets.words import read_yaml, squash, tidy
from innpass.domain.sheets.workbook import CellContent

SAMPLE = 80
LONGEST_DATE = 40
FEW_MARKS = 2
_FOREIGN = re.compile(r"[\u0370-\u1fff\u3000-\ud7ff]")


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
    signs = [found for one in sample if "told" in (found := _signs(one))]
    if not signs:
        return Evidence(filled=filled)

    def share(sign: str) -> float:
        return sum(sign in found for found in signs) / len(signs)

    return Evidence(
        filled=filled,
        identity=share("identity"),
        duf=share("duf"),
        dates=share("date"),
        numbers=share("number"),
        levels=share("level"),
        yes_no=share("yes_no"),
        names=share("name"),
        foreign_script=share("foreign_script"),
        is_running=_is_running(sample),
    )


def holds_only_marks(contents: Iterable[CellContent]) -> bool:
    """Say whether all filled cells hold a cross or a tick, so that blank means no."""
    filled = [one for one in contents if one is not None and one != ""]
    return len(filled) >= FEW_MARKS and all(
        one is True or (isinstance(one, str) and is_mark(one)) for one in filled
    )


def holds_only_yes(contents: Iterable[CellContent], *, field: str) -> bool:
    """Say whether every filled cell of a yes-or-no field says yes."""
    found = [read_yes_no(one, field=field) for one in contents if one is not None and one != ""]
    return len(found) >= FEW_MARKS and all(one is not None and one.value is True for one in found)


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


def share_of_countries(contents: Iterable[CellContent]) -> float:
    """Return the share of filled text cells that name a country refugees come from."""
    texts = [squash(one) for one in contents if isinstance(one, str) and not is_empty(one)]
    known = {squash(str(word)) for word in read_yaml("codewords.yml")["countries"]}
    return sum(one in known for one in texts) / len(texts) if texts else 0.0


def _signs(content: CellContent) -> frozenset[str]:
    """Name what one content could be; ``told`` unless it only says that nobody knows."""
    if isinstance(content, str):
        return _signs_of_text(tidy(content))
    signs = {"told"}
    if isinstance(content, date):
        signs.add("date")
    elif isinstance(content, bool):
        signs.add("yes_no")
    elif isinstance(content, int | float):
        signs |= _signs_of_digits(digits_of(content)) | {"number"}
        if 20_000 <= content <= 73_000:
            signs.add("date")
        if content in (0, 1):
            signs.add("yes_no")
    return frozenset(signs)


@lru_cache(maxsize=16384)
def _signs_of_text(text: str) -> frozenset[str]:
    if is_uncertain(text):
        return frozenset()
    signs = {"told"} | _signs_of_digits(digits_of(text))
    seen = clues(text) if len(text) <= LONGEST_DATE else None
    if seen is not None and not seen.has_other_words:
        is_bare = "number" in signs and (seen.day is None or seen.year is None)
        signs |= set() if is_bare else {"date"}
    if (level := read_level(text)) is not None and level.value is not None:
        signs.add("level")
    if (answer := read_yes_no(text)) is not None and answer.value is not None:
        signs.add("yes_no")
    if looks_like_a_name(text):
        signs.add("name")
    if _FOREIGN.search(text):
        signs.add("foreign_script")
    return frozenset(signs)


def _signs_of_digits(digits: str) -> set[str]:
    signs = {"number"} if digits else set()
    if len(digits) in (10, 11) and is_identity_number(digits.zfill(11)):
        signs.add("identity")
    if len(digits) == 12 and (is_duf(digits) or digits.startswith("20")):
        signs.add("duf")
    return signs


def _is_running(contents: list[CellContent]) -> bool:
    """Say whether a column only counts its rows: 1, 2, 3."""
    numbers = [int(found) for one in contents if (found := digits_of(one)) and len(found) < 6]
    if len(numbers) < len(contents) or len(numbers) < 2 or numbers[0] > 2:
        return False
    steps = [second - first for first, second in pairwise(numbers)]
    return sum(step in (0, 1) for step in steps) >= 0.8 * len(steps)
