"""The words of an agreement in the participants' languages (``tongues.yml``)."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import cast

from innpass.casework.timetable.tongues import DEFAULT, TONGUES, Tongue, apart
from innpass.domain.yaml_text import read_yaml

_WORDS = Path(__file__).with_name("tongues.yml")


@cache
def words() -> Mapping[str, Mapping[str, str]]:
    """Give every word by language and code."""
    return cast(Mapping[str, Mapping[str, str]], read_yaml(_WORDS.read_text(encoding="utf-8")))


def say(language: str, word: str, **values: object) -> str:
    """Return a word or sentence in a language.

    Raises:
        KeyError: nobody has written it.
    """
    return words()[language][word].format(**values)


def languages() -> tuple[Tongue, ...]:
    """Return the languages that an agreement is written in, Norwegian first."""
    return tuple(TONGUES[code] for code in words() if code in TONGUES)


def language_or_norwegian(code: str) -> Tongue:
    """Return a language by its code; Norwegian where nobody has written its words."""
    return TONGUES[code] if code in words() and code in TONGUES else TONGUES[DEFAULT]


def set_apart(text: str, tongue: Tongue) -> str:
    """Set Latin text apart in a line that reads from right to left."""
    return apart(text) if tongue.direction == "rtl" else text
