"""A text of the law in plain words, with its own numbers."""

from collections.abc import Mapping
from typing import Any

from innpass.domain.law.law import THE_LAW, Law, LawText, law_of
from innpass.domain.law.sentences import FALLBACK, hours_text, sentences


def says(text: LawText, *, law: Law = THE_LAW, language: str = FALLBACK) -> str:
    """Tell what a text says, in plain words; its numbers are those of the register.

    The numbers of a text that is passed and not in force are those it would bring.

    Raises:
        KeyError: the text has no sentence, or the sentence names a parameter the text has not.

    Example:
        >>> says(THE_LAW.text("no-text"))
        'Det fantes ikke noe krav til arbeidsrettede timer.'
    """
    return sentences(language)[f"text.{text.rule}"].format_map(numbers_of(text, law=law))


def numbers_of(text: LawText, *, law: Law = THE_LAW) -> dict[str, str]:
    """Give the numbers of a text by name; one that has parts has a name for each part."""
    at = law_of(law, text)
    values: dict[str, Any] = {name: at.value(name) for name in text.parameters}
    values |= dict(text.sets)
    flat: dict[str, str] = {}
    for name, value in values.items():
        if isinstance(value, Mapping):
            flat |= {f"{name}_{part}": _number(each) for part, each in value.items()}
        else:
            flat[name] = _number(value)
    return flat


def _number(value: Any) -> str:
    if isinstance(value, int | float):
        return hours_text(value).partition("\N{NO-BREAK SPACE}")[0]
    return str(value)
