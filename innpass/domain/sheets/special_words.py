"""Words that mean nothing stands here, nobody knows yet, it goes on, yes or no."""

from functools import lru_cache

from innpass.domain.sheets.words import read_yaml, squash, tidy


def _words(name: str) -> frozenset[str]:
    return frozenset(squash(str(word)) for word in read_yaml("codewords.yml")[name])


_EMPTY, _UNCERTAIN, _ONGOING = _words("empty"), _words("uncertain"), _words("ongoing")
_YES, _NO = _words("yes"), _words("no")
_MARKS_OF_YES = frozenset("✓✔☑✅")
_MARKS_OF_NO = frozenset("✗✘☒❌")


@lru_cache(maxsize=32768)
def is_empty(text: str) -> bool:
    """Say whether a text is as good as an empty cell: a dash, ``n/a``, ``ingen``."""
    plain = tidy(text)
    if not plain:
        return True
    if not any(sign.isalnum() for sign in plain):
        return not any(sign in plain for sign in "?%§#+<>") and not (
            set(plain) & (_MARKS_OF_YES | _MARKS_OF_NO)
        )
    word = squash(plain)  # empty for other alphabets
    return bool(word) and word in _EMPTY


@lru_cache(maxsize=32768)
def is_uncertain(text: str) -> bool:
    """Say whether a text only says that the answer is not known: ``?``, ``avklares``."""
    plain = tidy(text)
    if plain.startswith("#"):
        return True  # a spreadsheet's own error value
    only_marks = "?" in plain and not any(sign.isalnum() for sign in plain)
    return only_marks or squash(plain.replace("?", "")) in _UNCERTAIN


@lru_cache(maxsize=32768)
def is_ongoing(text: str) -> bool:
    """Say whether a text in a date's place says that there is no end yet: ``pågår``."""
    return squash(text) in _ONGOING


@lru_cache(maxsize=32768)
def is_yes(text: str) -> bool:
    """Say whether a text is a word or sign for yes."""
    return squash(text) in _YES or tidy(text) in _MARKS_OF_YES


def is_mark(text: str) -> bool:
    """Say whether a text is a cross or a tick, as set in a box."""
    return squash(text) == "x" or tidy(text) in _MARKS_OF_YES


@lru_cache(maxsize=32768)
def is_no(text: str) -> bool:
    """Say whether a text is a word or sign for no."""
    return squash(text) in _NO or tidy(text) in _MARKS_OF_NO
