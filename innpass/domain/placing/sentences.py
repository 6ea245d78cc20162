"""The words and sentences about placements, in bokmål; the texts are ``sentences.yml``."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import cast

from innpass.domain.yaml_text import read_yaml

_TEXTS = Path(__file__).with_name("sentences.yml")


@cache
def sentences() -> Mapping[str, str]:
    """Give every text by code."""
    return cast(Mapping[str, str], read_yaml(_TEXTS.read_text(encoding="utf-8")))


def say(code: str, **values: object) -> str:
    """Return a word or a sentence, its values filled in.

    Raises:
        KeyError: nobody has written the text, or it has a place that the values do not fill.

    Example:
        >>> say("state.running")
        'pågår'
    """
    return sentences()[code].format_map(values)


def choice(words: Iterable[str], *, last: str = "eller") -> str:
    """Join words as Norwegian does; nothing of none.

    Example:
        >>> choice(["a", "b", "c"]), choice(["a"]), choice(["a", "b"], last="og")
        ('a, b eller c', 'a', 'a og b')
    """
    *first, end = [*words] or [""]
    return f"{', '.join(first)} {last} {end}" if first else end
