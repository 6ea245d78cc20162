"""The document of demands, expectations and rights: a Norwegian master and its translations.

Each translation says which master it was made from. When the master changes, those made before are
behind, and every page and paper says so; likewise where no native speaker has checked one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from innpass.domain.yaml_text import read_yaml

MASTER = "nb"
_FOLDER = Path(__file__).with_name("expected")
_ORDER = (MASTER, "uk", "ar", "en")


class NoSuchTranslation(LookupError):
    """Nobody has translated the document to that language."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its sentences."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Expectations:
    """The document in one language.

    Attributes:
        code, name, direction: of the language, by its own name; ``ltr`` or ``rtl``.
        signing: who signs, and the day.
        is_behind: whether the master has changed since it was translated; never of the master.
        is_checked: whether a native speaker has checked it; always of the master.
        cautions: what to tell a reader of it, in its language.
    """

    code: str
    name: str
    direction: str
    title: str
    intro: str
    sections: tuple[Section, ...]
    signing: tuple[str, ...]
    is_behind: bool
    is_checked: bool
    cautions: tuple[str, ...]


def digest_of(text: Mapping[str, Any]) -> str:
    """Return what tells one master from another: of all that a reader sees, and nothing else."""
    seen = [text["title"], text["intro"], text["signing"]]
    for section in text["sections"]:
        seen += [section["title"], *section["lines"]]
    return sha256("\n".join(str(each) for each in seen).encode()).hexdigest()[:16]


def build(code: str, text: Mapping[str, Any], *, master: str) -> Expectations:
    """Return a document as it stands in a file.

    Args:
        master: the digest of the master today.
    """
    is_master = code == MASTER
    is_behind = not is_master and text.get("master", "") != master
    is_checked = is_master or bool(text.get("checked_by"))
    cautions = ((is_behind, text["behind"]), (not is_checked, text["unchecked"]))
    return Expectations(
        code=code,
        name=text["name"],
        direction=text["direction"],
        title=text["title"],
        intro=text["intro"],
        sections=tuple(Section(each["title"], tuple(each["lines"])) for each in text["sections"]),
        signing=tuple(text["signing"]),
        is_behind=is_behind,
        is_checked=is_checked,
        cautions=tuple(said for holds, said in cautions if holds),
    )


@cache
def expectations() -> Mapping[str, Expectations]:
    """Return the document in every language it stands in, the master first."""
    texts = {code: read_yaml((_FOLDER / f"{code}.yml").read_text("utf-8")) for code in _ORDER}
    master = digest_of(texts[MASTER])
    return {code: build(code, text, master=master) for code, text in texts.items()}


def expectations_in(code: str) -> Expectations:
    """Return the document in a language.

    Raises:
        NoSuchTranslation: there is none.
    """
    try:
        return expectations()[code]
    except KeyError:
        raise NoSuchTranslation(code) from None
