"""The sentence of each reason code, filled with its values in the reader's language."""

from datetime import date
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from math import floor
from typing import cast

from innpass.domain.law.events import Registered
from innpass.domain.law.facts import Fact
from innpass.domain.law.reasons import Hours, Reason, ReasonValue
from innpass.domain.sheets.fields import AbsenceKind, Activity, DecisionKind, EndGoal, LeaveKind
from innpass.domain.yaml_text import read_yaml

FALLBACK = "nb"
_PREFIXES: dict[type[StrEnum], str] = {
    Fact: "fact",
    Activity: "activity",
    EndGoal: "end_goal",
    LeaveKind: "leave_kind",
    AbsenceKind: "absence_kind",
    DecisionKind: "decision_kind",
    Registered: "registered",
}
_MONTHS = (
    "januar", "februar", "mars", "april", "mai", "juni",
    "juli", "august", "september", "oktober", "november", "desember",
)  # fmt: skip


@lru_cache(maxsize=8)
def sentences(language: str) -> dict[str, str]:
    """Give every sentence of a language by code; ``FALLBACK``'s where the language has none."""
    folder = files(__name__).joinpath(language)
    own: dict[str, str] = {}
    for path in folder.iterdir() if folder.is_dir() else ():
        own |= cast(dict[str, str], read_yaml(path.read_text("utf-8")))
    return own if language == FALLBACK else sentences(FALLBACK) | own


def render(reason: Reason, language: str = FALLBACK) -> str:
    """Write a reason as a sentence.

    Raises:
        KeyError: the code has no sentence, or the sentence a place that the reason does not fill.

    Example:
        >>> render(Reason("week.not_yet", (("day", date(2026, 5, 12)),)))
        'Timekravet gjelder ikke ennå. Ukene teller fra 12. mai 2026.'
    """
    values = {name: _written(value, language) for name, value in reason.values}
    return sentences(language)[reason.code].format_map(values)


def hours_text(hours: float) -> str:
    r"""Write an amount of hours with at most two decimals, never more than there are.

    The unit stays on the line of its number.

    Example:
        >>> hours_text(15.0), hours_text(12.5)
        ('15\xa0t', '12,5\xa0t')
    """
    number = f"{floor(hours * 100 + 1e-6) / 100:.2f}".rstrip("0").rstrip(".")
    return f"{number.replace('.', ',')}\N{NO-BREAK SPACE}t"


def day_text(day: date) -> str:
    """Write a day.

    Example:
        >>> day_text(date(2026, 5, 12))
        '12. mai 2026'
    """
    return f"{day.day}. {_MONTHS[day.month - 1]} {day.year}"


def word(code: StrEnum, language: str = FALLBACK) -> str:
    """Give the word of a fact, an activity or another code, for the middle of a sentence.

    Example:
        >>> word(Fact.END_GOAL)
        'sluttmål'
    """
    return sentences(language)[f"{_PREFIXES[type(code)]}.{code}"]


def _written(value: ReasonValue, language: str) -> str:
    if isinstance(value, Hours):
        return hours_text(value.value)
    if isinstance(value, date):
        return day_text(value)
    if isinstance(value, tuple):
        words = [word(one, language) for one in value]
        return " og ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
    if isinstance(value, StrEnum):
        return word(value, language)
    return str(value)
