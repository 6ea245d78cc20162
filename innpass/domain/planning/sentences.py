"""The sentence of each reason code, in bokmål; the texts themselves are ``sentences.yml``."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import cast

import yaml

from innpass.domain.planning.reasons import Clock, Length, Reason, ReasonValue, Weekday

_TEXTS = Path(__file__).with_name("sentences.yml")
_HOUR = 60  # what is shorter is told in minutes
_DAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")


@cache
def sentences() -> Mapping[str, str]:
    """Give every sentence by code."""
    return cast(
        Mapping[str, str], yaml.load(_TEXTS.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    )


def render(reason: Reason) -> str:
    """Write a reason as a sentence.

    Raises:
        KeyError: the code has no sentence, or the sentence a place that the reason does not fill.

    Example:
        >>> render(Reason("short.course", (("course", "norsk A2"),)))
        'Det er ingen gruppe i norsk A2 i uka.'
    """
    return sentences()[reason.code].format_map({k: _written(v) for k, v in reason.values})


def hours_text(minutes: int) -> str:
    r"""Write minutes as hours with at most two decimals; the unit stays on the line of its number.

    Example:
        >>> hours_text(2250), hours_text(900)
        ('37,5\xa0t', '15\xa0t')
    """
    number = f"{minutes / 60:.2f}".rstrip("0").rstrip(".")
    return f"{number.replace('.', ',')}\N{NO-BREAK SPACE}t"


def clock_text(minute: int) -> str:
    """Write a time of the day.

    Example:
        >>> clock_text(8 * 60 + 15)
        '08.15'
    """
    return f"{minute // 60:02d}.{minute % 60:02d}"


def _length_text(minutes: int) -> str:
    if not 0 < minutes < _HOUR:
        return hours_text(minutes)
    return f"{minutes} minutt" if minutes == 1 else f"{minutes} minutter"


def _written(value: ReasonValue) -> str:
    if isinstance(value, Length):
        return _length_text(value.minutes)
    if isinstance(value, Clock):
        return clock_text(value.minute)
    if isinstance(value, Weekday):
        return _DAYS[value]
    return str(value)
