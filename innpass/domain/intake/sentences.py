"""The sentence of each reason code, in bokmål; the texts themselves are ``sentences.yml``."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import cast

from innpass.domain.intake.reasons import Clock, Reason, ReasonValue
from innpass.domain.yaml_text import read_yaml

_TEXTS = Path(__file__).with_name("sentences.yml")
_MONTHS = (
    *("januar", "februar", "mars", "april", "mai", "juni"),
    *("juli", "august", "september", "oktober", "november", "desember"),
)


@cache
def sentences() -> Mapping[str, str]:
    """Give every sentence by code."""
    return cast(Mapping[str, str], read_yaml(_TEXTS.read_text(encoding="utf-8")))


def render(reason: Reason) -> str:
    """Write a reason as a sentence.

    Raises:
        KeyError: the code has no sentence, or the sentence a place that the reason does not fill.

    Example:
        >>> render(Reason("forecast.settled", (("day", date(2026, 5, 2)),)))
        'Bosatt 2. mai 2026, men ikke tilbudt program ennå.'
    """
    return sentences()[reason.code].format_map({k: _written(v) for k, v in reason.values})


def clock_text(minute: int) -> str:
    """Write a time of the day.

    Example:
        >>> clock_text(8 * 60 + 15)
        '08.15'
    """
    return f"{minute // 60:02d}.{minute % 60:02d}"


def named(names: list[str], *, most: int = 3) -> str:
    """Name the first of some people, and how many more there are.

    Example:
        >>> named(["Amina", "Bohdan", "Celine", "Daria", "Emil"])
        'Amina, Bohdan, Celine og 2 til'
        >>> named(["Amina", "Bohdan"])
        'Amina og Bohdan'
    """
    if len(names) > most + 1:
        return f"{', '.join(names[:most])} og {len(names) - most} til"
    *first, last = names or [""]
    return f"{', '.join(first)} og {last}" if first else last


def _written(value: ReasonValue) -> str:
    if isinstance(value, Clock):
        return clock_text(value.minute)
    if isinstance(value, date):
        return f"{value.day}. {_MONTHS[value.month - 1]} {value.year}"
    return str(value)
