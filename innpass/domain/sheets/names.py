"""Names of people: order, case and spaces."""

import re
from dataclasses import dataclass
from functools import lru_cache

from innpass.domain.sheets.words import tidy

_LETTERS = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class PersonName:
    """A full name, with its parts where the text shows which is which."""

    full: str
    family: str | None = None
    given: str | None = None


@lru_cache(maxsize=65536)
def read_name(text: str, *, family_first: bool = False) -> PersonName | None:
    """Read a person's full name.

    Args:
        text: as written; ``ETTERNAVN, Fornavn`` and ``ETTERNAVN Fornavn`` are turned round.
        family_first: the heading says that the family name is written first.

    Returns:
        ``None`` when there is no letter in the text.

    Example:
        >>> read_name("YURCHENKO, Taras").full, read_name(" Olena  Moroz ").full
        ('Taras Yurchenko', 'Olena Moroz')
    """
    plain = tidy(text).strip("*,;: ")
    if not _LETTERS.search(plain):
        return None
    family, comma, given = plain.partition(",")
    if comma and given.strip():
        return _joined(family, given.replace(",", " "))
    words = plain.split(" ")
    shouted = [word for word in words if len(word) > 1 and word.isupper()]
    if 0 < len(shouted) < len(words) and all(
        word.isupper() or not word.isupper() for word in words
    ):
        leading = words[: len(shouted)] == shouted
        trailing = words[-len(shouted) :] == shouted
        if leading:
            return _joined(" ".join(shouted), " ".join(words[len(shouted) :]))
        if trailing:
            return _joined(" ".join(shouted), " ".join(words[: -len(shouted)]))
    if family_first and len(words) > 1:
        return _joined(words[0], " ".join(words[1:]))
    return PersonName(natural_case(plain))


@lru_cache(maxsize=65536)
def natural_case(text: str) -> str:
    """Write a name in natural case if it is all in upper or all in lower case.

    Example:
        >>> natural_case("AL-HASSAN"), natural_case("olena moroz"), natural_case("McAdam")
        ('Al-Hassan', 'Olena Moroz', 'McAdam')
    """
    plain = tidy(text)
    if len(plain) < 2 or not (plain.isupper() or plain.islower()):
        return plain
    return re.sub(
        r"[^\W\d_]+(?:['’`ʼ][^\W\d_]{1,2}(?![^\W\d_]))?",
        lambda match: match.group()[0].upper() + match.group()[1:].lower(),
        plain,
    )


def looks_like_a_name(text: str) -> bool:
    """Say whether a text standing alone in a row is the name of a person, not a remark.

    Example:
        >>> looks_like_a_name("Olena Moroz"), looks_like_a_name("Sist oppdatert av Kari i mai.")
        (True, False)
    """
    plain = tidy(text)
    words = plain.replace(",", " ").split()
    if not 2 <= len(words) <= 5 or any(sign.isdigit() or sign in ":.;!?=()/" for sign in plain):
        return False
    return all(
        not word[0].islower() or word in {"al", "el", "von", "van", "de", "bin"} for word in words
    )


def _joined(family: str, given: str) -> PersonName:
    family, given = natural_case(family), natural_case(given)
    return PersonName(f"{given} {family}", family, given)
