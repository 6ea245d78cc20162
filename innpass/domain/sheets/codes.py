"""Code words, yes and no, and levels of language: words with a fixed meaning."""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache

from rapidfuzz import fuzz, process

from innpass.domain.sheets.fields import FIELDS
from innpass.domain.sheets.findings import Finding, doubt
from innpass.domain.sheets.records import Issue, Value
from innpass.domain.sheets.special_words import is_empty, is_no, is_uncertain, is_yes
from innpass.domain.sheets.words import fold, read_yaml, squash, tidy, tokens
from innpass.domain.sheets.workbook import CellContent

CLOSE_SPELLING = 90
_OTHER_GIVES_WAY = frozenset({"activity.kind", "programme.end_reason"})
_LOOKALIKES = str.maketrans("АВСавс", "ABCabc")
_LEVEL = re.compile(r"(?:niva\s*)?([abc])\s?-?([12])\s*(\+)?(?:[.]\d)?")
_BEFORE_FIRST = re.compile(r"(?:under|for|pre|<|mindre enn|below|ikke)\s*-?\s*a\s?1|a\s?0|0")
_BELOW = re.compile(r"(?:under|<|below|mindre enn)\s*([abc])\s?([12])")
_ANY_LEVEL = re.compile(r"(?<![a-z0-9])([abc])\s?([12])(?![0-9])")
_OR_MORE = re.compile(
    r"(?<=\w)\s*(?:(?:eller|og|or)\s+(?:mer|meir|over|more|above)|\+)$", re.IGNORECASE
)
_ANSWER_FIRST = re.compile(r"\w+\s*[,;:(–-]")
_PLAIN_NO = frozenset({"ikke", "ikkje", "ingen", "not", "uten", "utan"})
_TAKING_BACK = frozenset({"men", "ja", "delvis", "nesten", "but", "partly", "snart"})
_EITHER = frozenset({"eller", "or"})
_SCALE = ("pre-A1", "A1", "A2", "B1", "B2", "C1", "C2")


def read_yes_no(content: CellContent, *, field: str = "") -> Finding | None:
    """Read yes or no, in words, signs or numbers, and the field's own words for them.

    Example:
        >>> read_yes_no("J").value, read_yes_no(0.0).value, read_yes_no("x").value
        (True, False, True)
        >>> read_yes_no("grunnskole", field="programme.upper_secondary").value
        False
    """
    if content is None:
        return None
    if isinstance(content, bool):
        return Finding(content)
    if isinstance(content, int | float):
        return Finding(bool(content)) if content in (0, 1) else doubt(Issue.UNKNOWN_WORD)
    if not isinstance(content, str):
        is_extension = isinstance(content, date) and field == "placement.extended"
        return Finding(True, note="date_means_yes") if is_extension else doubt(Issue.UNKNOWN_WORD)
    text = tidy(content)
    own = _yes_no_words(field).get(squash(_OR_MORE.sub("", text)))
    if own is not None:
        return Finding(own)
    if is_yes(text):
        return Finding(True)
    if is_no(text):
        return Finding(False)
    if is_empty(text):
        return None
    if is_uncertain(text):
        return doubt(Issue.UNCERTAIN)
    if close := _closest(text, _yes_no_words(field)):
        return Finding(_yes_no_words(field)[close], note="close_spelling")
    return _answer_and_more(text)


def _answer_and_more(text: str) -> Finding:
    """Read a yes or no with more words after it."""
    first = tokens(text)[:1]
    if not first or not (is_yes(first[0]) or is_no(first[0])) or len(first[0]) < 2:
        return doubt(Issue.UNKNOWN_WORD)
    answer = is_yes(first[0])
    if _only_explains(text, answer=answer):
        return Finding(answer, note="word_in_text")
    return doubt(Issue.NOTE, answer)


def _only_explains(text: str, *, answer: bool) -> bool:
    """Say whether what follows yes or no, as in ``Nei, ikke fullført``, takes nothing back."""
    if not _ANSWER_FIRST.match(text) or "?" in text or any(sign.isdigit() for sign in text):
        return False
    doubts = _negations() - (frozenset() if answer else _PLAIN_NO)
    return not set(tokens(text)[1:]) & (doubts | _TAKING_BACK)


def read_level(content: CellContent) -> Finding | None:
    """Read a level of the European framework.

    Example:
        >>> read_level("a 2").value, read_level("under A1").value, read_level("A2/B1").possible
        ('A2', 'pre-A1', ('A2', 'B1'))
    """
    if content is None:
        return None
    if not isinstance(content, str):
        return None if content == 0 and not isinstance(content, bool) else doubt(Issue.UNKNOWN_WORD)
    text = tidy(content)
    if is_empty(text):
        return None
    if is_uncertain(text):
        return doubt(Issue.UNCERTAIN)
    plain = fold(text.translate(_LOOKALIKES)).strip(" .,;*")
    if match := _LEVEL.fullmatch(plain):
        return Finding((match[1] + match[2]).upper(), note="plus_dropped" if match[3] else None)
    if _BEFORE_FIRST.fullmatch(plain):
        return Finding("pre-A1")
    if match := _BELOW.fullmatch(plain):
        level = (match[1] + match[2]).upper()
        return doubt(Issue.UNCERTAIN, *reversed(_SCALE[: _SCALE.index(level)]))
    found = list(dict.fromkeys((one + two).upper() for one, two in _ANY_LEVEL.findall(plain)))
    if len(found) > 1 or (found and any(sign in plain for sign in "?<>")):
        return doubt(Issue.UNCERTAIN, *found)
    return doubt(Issue.NOTE, *found) if found else doubt(Issue.UNKNOWN_WORD)


def read_code(content: CellContent, *, field: str) -> Finding | None:
    """Read a code word of a field as its enumeration's value; never guess.

    Args:
        content: the cell.
        field: a field of type ``CODE``, by its plain name.

    Example:
        >>> read_code("Fått jobb på Rema", field="programme.end_reason").value
        'work'
        >>> read_code("Overf. Nav", field="programme.end_reason").value
        'nav'
        >>> read_code("arbeid/utdanning", field="programme.end_goal").possible
        ('work', 'education')
    """
    if content is None or isinstance(content, bool):
        return None if content is None else doubt(Issue.UNKNOWN_WORD)
    if isinstance(content, int | float):
        content = f"{content:g}"
    elif not isinstance(content, str):
        return doubt(Issue.UNKNOWN_WORD)
    return _read_word(tidy(content), field)


def known_code(text: str, field: str) -> str | None:
    """Return the code a text means beyond doubt, or ``None``."""
    found = _read_word(tidy(text), field)
    return str(found.value) if found and found.value is not None else None


@lru_cache(maxsize=65536)
def _read_word(text: str, field: str) -> Finding | None:
    words = _code_words(field)
    exact = words.get(squash(text))
    if exact is not None:
        return Finding(exact)
    if is_empty(text):
        return None
    if is_uncertain(text):
        return doubt(Issue.UNCERTAIN)
    return _abbreviated(text, words) or _phrases(text, field) or _misspelt(text, words)


def _abbreviated(text: str, words: Mapping[str, str]) -> Finding | None:
    """Read words cut short, such as ``Overf. Nav`` and ``utdann.``."""
    if "." not in text and len(squash(text)) < 4:
        return None
    parts = [part for part in re.split(r"[\s./-]+", fold(text)) if part]
    if not parts or not all(part.isalpha() for part in parts) or len("".join(parts)) < 3:
        return None
    pattern = re.compile(r"\s*".join(re.escape(part) + r"[a-z]*" for part in parts))
    spaced = _spaced_words(words)
    codes = {code for word, code in spaced if pattern.fullmatch(word)}
    return Finding(codes.pop(), note="abbreviation") if len(codes) == 1 else None


@cache
def _spaced_by_field(field: str) -> tuple[tuple[str, str], ...]:
    table = read_yaml("codewords.yml")["codes"][field]
    return tuple(
        (" ".join(tokens(str(word))), code) for code, words in table.items() for word in words
    )


def _spaced_words(words: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    for field in read_yaml("codewords.yml")["codes"]:
        if _code_words(field) is words:
            return _spaced_by_field(field)
    return ()


def _phrases(text: str, field: str) -> Finding | None:
    """Find code words inside a longer text; two meanings or a negation make it doubtful."""
    left = list(tokens(text))
    if len(left) < 2 or len(left) > 12:
        return None
    codes: list[str] = []
    weak: list[str] = []
    for phrase, code in _by_length(field):
        size = len(phrase)
        for start in range(len(left) - size + 1):
            if tuple(left[start : start + size]) == phrase:
                (weak if phrase[0] in _weak() and size == 1 else codes).append(code)
                left[start : start + size] = ["|"]
                break
    found = list(dict.fromkeys(codes or weak))
    if len(found) > 1 and field in _OTHER_GIVES_WAY:
        found = [code for code in found if code != "other"]
    if not found:
        return None
    if len(found) > 1 or "?" in text or _negations() & set(_without_same(left)):
        return doubt(Issue.UNKNOWN_WORD, *found)
    return Finding(found[0], note="word_in_text")


def _without_same(left: list[str]) -> list[str]:
    """Leave out an ``eller`` between two code words, which mean the same when one code is found."""
    return [
        word
        for at, word in enumerate(left)
        if word not in _EITHER or left[at - 1 : at] != ["|"] or left[at + 1 : at + 2] != ["|"]
    ]


def _misspelt(text: str, words: Mapping[str, str]) -> Finding:
    close = _closest(text, words)
    if close:
        return Finding(words[close], note="close_spelling")
    return doubt(Issue.UNKNOWN_WORD)


def _closest(text: str, words: Mapping[str, Value]) -> str | None:
    """Return the word a misspelt text is close to, unless another meaning is as close."""
    plain = squash(text)
    if len(plain) < 5:
        return None
    near = process.extract(
        plain, list(words), scorer=fuzz.ratio, score_cutoff=CLOSE_SPELLING - 4, limit=8
    )
    best = [(word, score) for word, score, _ in near if len(word) >= 5]
    if not best or best[0][1] < CLOSE_SPELLING:
        return None
    rivals = {words[word] for word, score in best if score >= best[0][1] - 4}
    return best[0][0] if len(rivals) == 1 else None


@cache
def _code_words(field: str) -> Mapping[str, str]:
    codes = FIELDS[field].codes
    table = read_yaml("codewords.yml")["codes"][field]
    if codes is None or set(table) - {str(code) for code in codes}:
        raise ValueError(f"codewords.yml: {field} has words for codes that do not exist")
    return {squash(str(word)): code for code, words in table.items() for word in [*words, code]}


@cache
def _by_length(field: str) -> tuple[tuple[tuple[str, ...], str], ...]:
    table = read_yaml("codewords.yml")["codes"][field]
    phrases = [(tokens(str(word)), code) for code, words in table.items() for word in words]
    usable = [(phrase, code) for phrase, code in phrases if len("".join(phrase)) >= 3]
    return tuple(sorted(usable, key=lambda pair: (-len(pair[0]), pair[0])))


@cache
def _yes_no_words(field: str) -> Mapping[str, bool]:
    table = read_yaml("codewords.yml")["fields"].get(field, {})
    return {squash(str(word)): answer == "yes" for answer, words in table.items() for word in words}


@cache
def _weak() -> frozenset[str]:
    return frozenset(fold(str(word)) for word in read_yaml("codewords.yml")["weak"])


@cache
def _negations() -> frozenset[str]:
    return frozenset(fold(str(word)) for word in read_yaml("codewords.yml")["negations"])


def word_of(code: str, *, field: str) -> str:
    """Write a code of a field as a word that ``read_code`` reads as the same code.

    Example:
        >>> word_of("vocational_norwegian", field="activity.kind")
        'yrkesrettet norsk'
    """
    words = read_yaml("codewords.yml")["codes"][field].get(code)
    return str(words[0]) if words else code
