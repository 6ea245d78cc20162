"""Lists of occupations: code and title. A code's digits say from left to right what it is part of.

Source:
    Statistics Norway, KLASS, Standard for yrkesklassifisering (STYRK-08). A short list of the
    commonest comes along; a municipality loads the whole one.
"""

import csv
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

_COMMONEST = Path(__file__).with_name("commonest.csv")
_CODES = ("kode", "code")
_TITLES = ("navn_ssb", "navn", "name")
_CODE = re.compile(r"\d{1,4}")
_OCCUPATION_DIGITS = 4  # fewer are groups of occupations
_LONGEST_TITLE = 200
_FEWEST = 10  # a list with fewer is none of the statistics office's


class WrongList(ValueError):
    """A file is no list of occupations; the message says what is wrong, in Norwegian."""


@cache
def commonest() -> Mapping[str, str]:
    """Return the built-in occupations, title by code."""
    rows = csv.DictReader(_COMMONEST.read_text(encoding="utf-8").splitlines())
    return {row["kode"]: row["navn"] for row in rows}


def read_list(text: str) -> dict[str, str]:
    r"""Read the statistics office's list as it is downloaded, with comma or semicolon between.

    Returns:
        The title of each occupation by its code of four digits; the groups above are left out.

    Raises:
        WrongList: a heading is missing, a code or a title is none, a code stands twice, or there
            are so few that something must be wrong. The sentence names the line.

    Example:
        >>> read_list("kode,navn\nfem,Kokk")
        Traceback (most recent call last):
        ...
        innpass.domain.occupations.lists.WrongList: Linje 2: «fem» er ikke en STYRK-kode.
    """
    lines = text.removeprefix("\ufeff").splitlines()
    head = lines[0] if lines else ""
    rows = csv.DictReader(lines, delimiter=";" if head.count(";") > head.count(",") else ",")
    headings = {name.strip().casefold(): name for name in rows.fieldnames or ()}
    code_heading = next((headings[name] for name in _CODES if name in headings), None)
    title_heading = next((headings[name] for name in _TITLES if name in headings), None)
    if code_heading is None or title_heading is None:
        raise WrongList(
            "Dette er ikke en liste over yrker. Den første linja må ha kolonnene «code» og «name» "
            "(fra SSB) eller «kode» og «navn»."
        )
    found: dict[str, str] = {}
    for row in rows:
        code, title = (row[code_heading] or "").strip(), (row[title_heading] or "").strip()
        if not _CODE.fullmatch(code):
            raise WrongList(f"Linje {rows.line_num}: «{code[:20]}» er ikke en STYRK-kode.")
        if not title or len(title) > _LONGEST_TITLE:
            raise WrongList(f"Linje {rows.line_num}: yrket {code} har ikke noe brukbart navn.")
        if len(code) != _OCCUPATION_DIGITS:
            continue
        if code in found:
            raise WrongList(f"Linje {rows.line_num}: koden {code} står to ganger.")
        found[code] = title
    if len(found) < _FEWEST:
        raise WrongList(f"Lista har bare {len(found)} yrker med fire siffer. Last ned hele lista.")
    return found
