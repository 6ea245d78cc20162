"""The sentence of each reason code, in bokmål; the texts themselves are ``sentences.yml``."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import cast

from innpass.domain.matching.reasons import (
    Counted,
    Days,
    Hours,
    Level,
    Names,
    Reason,
    ReasonValue,
    Thing,
)
from innpass.domain.yaml_text import read_yaml

_TEXTS = Path(__file__).with_name("sentences.yml")
_THINGS = {
    Thing.DAY: ("dag", "dager"),
    Thing.MINUTE: ("minutt", "minutter"),
    Thing.PERSON: ("person", "personer"),
}
_DAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")


@cache
def sentences() -> Mapping[str, str]:
    """Give every sentence by code."""
    return cast(Mapping[str, str], read_yaml(_TEXTS.read_text(encoding="utf-8")))


def render(reason: Reason, words: Mapping[str, str] | None = None) -> str:
    """Write a reason as a sentence.

    Args:
        words: what keys are called (``Problem.words``); a key without a word stands as it is.

    Raises:
        KeyError: the code has no sentence, or the sentence a place that the reason does not fill.

    Example:
        >>> render(Reason("limit.language", (("needed", Level.B1), ("level", Level.A2))))
        'Krever B1. Har A2.'
    """
    known = words or {}
    filled = {name: _written(value, known) for name, value in reason.values}
    text = sentences()[reason.code].format_map(filled)
    return text[0].upper() + text[1:]


def listed(names: list[str]) -> str:
    """Name some things in one phrase.

    Example:
        >>> listed(["mandag", "tirsdag", "fredag"])
        'mandag, tirsdag og fredag'
    """
    *first, last = names or [""]
    return f"{', '.join(first)} og {last}" if first else last


def _written(value: ReasonValue, words: Mapping[str, str]) -> str:
    if isinstance(value, Level):
        return "under A1" if value is Level.NONE else value.name
    if isinstance(value, Hours):
        number = f"{value.minutes / 60:.1f}".removesuffix(".0").replace(".", ",")
        return f"{number} {'time' if number == '1' else 'timer'}"
    if isinstance(value, Counted):
        one, several = _THINGS[value.thing]
        return f"{value.number} {one if value.number == 1 else several}"
    if isinstance(value, Days):
        return listed([_DAYS[day] for day in value.days])
    if isinstance(value, Names):
        return listed([words.get(key, key) for key in value.keys])
    return words.get(value, value) if isinstance(value, str) else str(value)
