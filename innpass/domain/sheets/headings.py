"""What a heading means: cut into ideas, and matched against the combinations in the data file."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice, product

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from innpass.domain.sheets.words import fold, read_yaml, squash, tidy

UNKNOWN = "?"
MOST_ALTERNATIVES = 96
CLOSE_SPELLING = 86
CONTEXT = frozenset({"municipal", "private", "practice", "new", "first", "activity", "leave"})
"""Ideas that tell which group a column belongs to; they cost nothing beside another meaning."""

_BODIES = frozenset(
    {"nav", "refugee", "learning", "programme", "participant", "student", "norwegian"}
)
_PLACES = frozenset({"company", "unit"})
_OF_A_PLACE = frozenset(
    {"start", "end", "planned_end", "period", "hours", "extended", "evaluation_visit", "contract"}
)
"""What is told of a workplace, so that naming the place costs nothing: ``start i bedriften``."""
_LIGHT = frozenset({"date", "filler", "level", "person", "user", "name"})
_ENDINGS = ("ene", "ane", "ens", "en", "et", "er", "ar", "a", "e", "n", "s", "r", "t")
_JOINERS = ("", "s", "e")
_INNER_CAPITAL = re.compile(r"(?<=[a-zæøå])(?=[A-ZÆØÅ])")
_WORD = re.compile(r"[a-z§#%]+\.?|\d+")


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading as understood.

    Attributes:
        text: as written.
        meaning: a name from ``headings.yml``, or ``None``.
        ideas: what it is made of, for telling which group or body it concerns.
        ordinal: a number in it, as in ``Enhet 2``.
        score: how well the meaning covers the heading, from 0 to 1.
    """

    text: str
    meaning: str | None
    ideas: frozenset[str]
    ordinal: int | None = None
    score: float = 0.0


@lru_cache(maxsize=16384)
def understand(text: str) -> Heading:
    """Find the meaning of a heading.

    Example:
        >>> [understand(text).meaning for text in ("Plan. slutt", "f.dato", "Kont. fra")]
        ['planned_end', 'birth_date', 'contract']
        >>> understand("Yndlingsfarge").meaning is None
        True
    """
    plain = tidy(text)
    best = _best(plain)
    main = re.sub(r"\(.*?\)", " ", plain)
    if best.meaning is None and tidy(main) != plain and tidy(main):
        shorter = _best(tidy(main))
        if shorter.meaning:
            ideas = best.ideas | shorter.ideas
            return Heading(plain, shorter.meaning, ideas, best.ordinal, shorter.score * 0.9)
    return best


def ideas_of(text: str) -> frozenset[str]:
    """Return the known ideas in any text: a sheet's name, a title, a group's heading.

    Example:
        >>> sorted(ideas_of("Ny kommunal praksis"))
        ['municipal', 'new', 'practice']
    """
    return understand(text).ideas if text else frozenset()


def _best(text: str) -> Heading:
    ordinal, found = _ordinal(text), Heading(text, None, frozenset())
    for ideas in islice(_alternatives(text), MOST_ALTERNATIVES):
        known = frozenset(ideas) - {UNKNOWN, "filler"}
        if not found.ideas:
            found = Heading(text, None, known, ordinal)
        meaning, score = _match(ideas)
        if meaning and score > found.score + 1e-9:
            found = Heading(text, meaning, known, ordinal, score)
    return found


def _match(ideas: tuple[str, ...]) -> tuple[str | None, float]:
    """Find the meaning that explains most of the ideas; ties go to the one listed first."""
    counted = [idea for idea in ideas if idea != "filler"]
    present = frozenset(counted)
    best: tuple[str | None, float] = (None, 0.0)
    for idea in sorted(present):
        for meaning, required, optional in _by_idea().get(idea, ()):
            if not required <= present:
                continue
            left = [one for one in counted if one not in required and one not in optional]
            cost = sum(_cost(one, meaning) for one in left)
            gain = sum(2.0 if one not in _LIGHT else 1.2 for one in required)
            score = gain / (gain + cost)
            # Of two full matches the one that explains more ideas is the better.
            score += 0.001 * len(required)
            if score > best[1] + 1e-9:
                best = (meaning, score)
    return best if best[1] >= 0.6 else (None, 0.0)


def _cost(idea: str, meaning: str) -> float:
    if idea in CONTEXT or (idea in _PLACES and meaning in _OF_A_PLACE):
        return 0.05
    if idea in _BODIES:
        return 0.3
    if idea in _LIGHT:
        return 0.35
    return 0.9 if idea == UNKNOWN else 1.4


@cache
def _by_idea() -> Mapping[str, list[tuple[str, frozenset[str], frozenset[str]]]]:
    index: dict[str, list[tuple[str, frozenset[str], frozenset[str]]]] = {}
    for meaning, combinations in read_yaml("headings.yml")["meanings"].items():
        for combination in combinations:
            optional = frozenset(re.findall(r"\((\w+)\)", combination))
            required = frozenset(re.sub(r"\(\w+\)", " ", combination).split())
            unknown = (required | optional) - _ideas()
            if unknown:
                raise ValueError(f"headings.yml: {meaning} uses unknown ideas {sorted(unknown)}")
            index.setdefault(min(required), []).append((meaning, required, optional))
    return index


@cache
def _ideas() -> frozenset[str]:
    return frozenset(read_yaml("headings.yml")["words"])


@cache
def _forms() -> Mapping[str, tuple[str, ...]]:
    """Map each squashed form to the ideas it can express."""
    forms: dict[str, list[str]] = {}
    for idea, words in read_yaml("headings.yml")["words"].items():
        for word in words:
            plain = squash(str(word)) or fold(str(word)).strip()
            known = forms.setdefault(plain, [])
            if idea not in known:
                known.append(idea)
    for word, idea in read_yaml("headings.yml")["abbreviations"].items():
        forms.setdefault(squash(str(word)), [idea])
    return {form: tuple(ideas) for form, ideas in forms.items() if form}


@cache
def _long_forms() -> list[str]:
    return [form for form in _forms() if len(form) >= 5]


def _alternatives(text: str) -> Iterator[tuple[str, ...]]:
    """Yield the ways to cut a text into ideas, the most literal first."""
    words = _WORD.findall(fold(_INNER_CAPITAL.sub(" ", text)))
    choices: list[Sequence[tuple[str, ...]]] = []
    position = 0
    while position < len(words):
        size, ideas = _phrase(words, position)
        if size:
            choices.append([(idea,) for idea in ideas])
        else:
            size = 1
            choices.append(_ideas_of_word(words[position]))
        position += size
    for chosen in product(*choices):
        yield tuple(idea for part in chosen for idea in part)


def _phrase(words: list[str], position: int) -> tuple[int, tuple[str, ...]]:
    """Find a form of several words, such as ``fra og med``, or of one, at a position."""
    for size in (4, 3, 2, 1):
        part = words[position : position + size]
        if len(part) < size:
            continue
        joined = "".join(word.rstrip(".") for word in part)
        if joined in _forms() and not (size > 1 and len(joined) < 3):
            return size, _forms()[joined]
    return 0, ()


@lru_cache(maxsize=16384)
def _ideas_of_word(written: str) -> Sequence[tuple[str, ...]]:
    word = written.rstrip(".")
    if word.isdigit():
        return [("filler",)]
    forms = _forms()
    for ending in _ENDINGS:
        stem = word[: -len(ending)]
        if word.endswith(ending) and len(stem) >= 3 and stem in forms:
            return [(idea,) for idea in forms[stem]]
    if written.endswith(".") and len(word) >= 6 and (cut := _cut_short(word)):
        return [(idea,) for idea in cut]
    if compound := _compound(word):
        return compound
    if len(word) >= 2 and (written.endswith(".") or len(word) >= 3):
        short = _cut_short(word)
        is_dotted = written.endswith(".")
        if short and (len(word) >= 4 - is_dotted or (is_dotted and len(short) == 1)):
            return [(idea,) for idea in short[:8]] + [(UNKNOWN,)]
    if len(word) >= 5 and (close := _close_form(word)):
        return [(idea,) for idea in forms[close]]
    return [(UNKNOWN,)]


def _close_form(word: str) -> str | None:
    """Find the form that a word with a slip of the pen stands for."""
    near = process.extractOne(word, _long_forms(), scorer=fuzz.ratio, score_cutoff=CLOSE_SPELLING)
    if near:
        return near[0]
    one_slip = 0.999 - 1 / len(word)  # such as two letters that changed places
    swapped = process.extractOne(
        word, _long_forms(), scorer=OSA.normalized_similarity, score_cutoff=one_slip
    )
    return swapped[0] if swapped else None


def _cut_short(word: str) -> list[str]:
    """List the ideas whose forms begin with a word and go on for some letters."""
    short: dict[str, None] = {}
    for form, ideas in _forms().items():
        if form.startswith(word) and len(form) >= len(word) + 2:
            short.update(dict.fromkeys(ideas))
    return list(short)


def _compound(word: str) -> list[tuple[str, ...]] | None:
    """Cut a compound such as ``praksisstart`` into two or three known forms."""
    forms = _forms()
    for cut in range(len(word) - 2, 1, -1):
        head, tail = word[:cut], word[cut:]
        if len(head) < 2 or len(tail) < 2 or len(head) + len(tail) < 5:
            continue
        for joiner in _JOINERS:
            stem = head.removesuffix(joiner) if joiner else head
            if (joiner and stem == head) or len(stem) < 3 or stem not in forms:
                continue
            first = forms[stem]
            if tail in forms:
                return [(one, two) for one in first for two in forms[tail]]
            for ending in _ENDINGS:
                if (
                    tail.endswith(ending)
                    and len(tail) - len(ending) >= 3
                    and tail.removesuffix(ending) in forms
                ):
                    return [(one, two) for one in first for two in forms[tail.removesuffix(ending)]]
            if len(tail) >= 6 and (rest := _compound(tail)):
                return [(one, *two) for one in first for two in rest]
    return None


def _ordinal(text: str) -> int | None:
    match = re.search(
        r"(?<!\d)([1-4])(?!\d)\s*\.?(?![\s\-]*(?:uke|ukes|veke|siff|mnd))", fold(text)
    )
    return int(match[1]) if match else None
