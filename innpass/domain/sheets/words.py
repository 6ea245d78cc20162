"""Words made comparable: case, accents, punctuation and double letters for æ, ø, å do not count."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from innpass.domain import yaml_text

_SPACES = re.compile(r"[\s\u00a0\u200b\ufeff]+")
_NOT_WORDS = re.compile(r"[^0-9a-z§%+<]+")
_LETTERS = str.maketrans({"ø": "o", "æ": "e", "ð": "d", "þ": "th", "ł": "l"})


@cache
def read_yaml(name: str) -> Mapping[str, Any]:
    """Read one of this package's data files."""
    text = files("innpass.domain.sheets").joinpath(name).read_text(encoding="utf-8")
    content: Mapping[str, Any] = yaml_text.read_yaml(text)
    return content


def tidy(text: str) -> str:
    r"""Trim a text and make every run of white space one space, hard and invisible ones too.

    Example:
        >>> tidy(" Dmytro  Hnatiuk\u00a0")
        'Dmytro Hnatiuk'
    """
    return _SPACES.sub(" ", text).strip()


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Write a text in lower case without accents, with one letter each for æ, ø and å.

    Example:
        >>> fold("Fødselsår"), fold("FOEDSELSAAR")
        ('fodselsar', 'fodselsar')
    """
    plain = unicodedata.normalize("NFKD", tidy(text).casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = plain.translate(_LETTERS)
    return plain.replace("aa", "a").replace("oe", "o").replace("ae", "e")


@lru_cache(maxsize=65536)
def tokens(text: str) -> tuple[str, ...]:
    """Split a text into folded words and numbers.

    Example:
        >>> tokens("Timer/uke (snitt)")
        ('timer', 'uke', 'snitt')
    """
    return tuple(_NOT_WORDS.sub(" ", fold(text)).split())


@lru_cache(maxsize=65536)
def squash(text: str) -> str:
    """Write a text's words as one, so that ``Visma-nr.`` and ``vismanr`` are the same."""
    return "".join(tokens(text))
