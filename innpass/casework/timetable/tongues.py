"""The words of a week in the participants' languages (``tongues.yml``)."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from innpass.domain.yaml_text import read_yaml

DEFAULT = "nb"
# What a line that reads from right to left must set apart: names and times of ours.
_APART, _END = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"


class NoSuchLanguage(LookupError):
    """Nobody has written the words of that language."""


@dataclass(frozen=True, slots=True)
class Tongue:
    """One language: its code, its own name, its direction (``ltr``, ``rtl``) and its words."""

    code: str
    name: str
    direction: str
    days: tuple[str, ...]
    words: Mapping[str, str]

    def say(self, word: str, **values: object) -> str:
        """Return a word or sentence, its values filled in as they stand.

        Raises:
            KeyError: there is no such word.
        """
        return self.words[word].format(**values)


def apart(text: str) -> str:
    """Set a Latin name or a time apart from a text of the other direction around it."""
    return f"{_APART}{text}{_END}" if text else ""


def _read(code: str, row: Mapping[str, Any]) -> Tongue:
    words = {key: value for key, value in row.items() if isinstance(value, str)}
    return Tongue(code, row["name"], row["direction"], tuple(row["days"]), words)


_rows: dict[str, Any] = read_yaml(Path(__file__).with_name("tongues.yml").read_text("utf-8"))
TONGUES: dict[str, Tongue] = {code: _read(code, row) for code, row in _rows.items()}


def tongue(code: str) -> Tongue:
    """Return a language by its code.

    Raises:
        NoSuchLanguage: nobody has written its words.
    """
    if code not in TONGUES:
        raise NoSuchLanguage(code)
    return TONGUES[code]
