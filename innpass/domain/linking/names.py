"""Names across alphabets, transliterations and typing: are two names one person's?

A name is folded to plain Latin letters; each part is then written by sound, so that English,
Norwegian, German and Polish ways of writing a Slavic, Arabic or Tigrinya name meet. What sound does
not settle (Volodymyr and Vladimir) stands in ``name_variants.yml``.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache
from importlib.resources import files
from itertools import permutations

from anyascii import anyascii
from rapidfuzz.distance import Levenshtein

from innpass.domain.yaml_text import read_yaml


class NameLevel(IntEnum):
    """How alike two names are; a higher level is more alike."""

    DIFFERENT = 0
    WEAK = 1  # an initial, a part too few, a doubtful spelling
    VARIANT = 2  # another way of writing the same name
    SAME_FOLDED = 3  # the same letters but for accents, hyphens, case and order
    EXACT = 4


@dataclass(frozen=True, slots=True)
class NameLikeness:
    """How alike two names are, and which of the two parts they share at least as variants.

    Attributes:
        resembles: the given name is shared, and the family names have most letters in common.
    """

    level: NameLevel
    same_given: bool = False
    same_family: bool = False
    resembles: bool = False


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name as written, with its parts folded.

    Attributes:
        text: as written.
        parts: folded parts in the order "given … family".
        given: how many of ``parts`` are the given name, when it is known; otherwise all but one.
    """

    text: str
    parts: tuple[str, ...]
    given: int

    @property
    def key(self) -> tuple[str, ...]:
        """Return what all spellings of this name have in common, in no order."""
        return _key(self.parts)


_SILENT = re.compile(r"['’‘ʼʹ`´\"]")
_NO_LETTER = re.compile(r"[^a-z]+")
_ARTICLES = frozenset({"al", "el", "ul", "abu", "abd", "abdul", "abdel", "abdal", "abdi", "ibn"})

# Ukrainian and Russian letters that a general transliteration writes in a less usual way.
_CYRILLIC = str.maketrans({"є": "ye", "Є": "Ye", "ї": "i", "Ї": "I", "ё": "e", "Ё": "E"})

_SOUNDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        ("sjtsj|schtsch|shtsh|szcz|shch|stsj|stch|sjtj|stsh|scz", "S"),
        ("tsch|tsj|tch|tsh|cz", "C"),
        ("chr", "kr"),
        ("sch|sj|sh|sz", "S"),
        ("ch", "C"),
        ("zh|zj", "z"),
        ("kh|gh|g", "h"),
        ("ph", "f"),
        ("th", "t"),
        ("dh", "d"),
        ("ck|q", "k"),
        ("x", "ks"),
        ("^ou(?=[aeiou])|w", "v"),
        ("z", "s"),
        ("c(?=[eiy])", "s"),
        ("c", "k"),
        ("ou|oo", "u"),
        ("ee", "i"),
        ("[yj]", "i"),
        (r"(.)\1+", r"\1"),
        ("^ie", "e"),
        ("(?<=[^aeou])ie", "e"),
        ("iu", "u"),
        (r"(.)\1+", r"\1"),
        ("(?<=[aeiou])h$", ""),
    )
)
_RESEMBLING = 0.75  # of the letters
_VOWELS = frozenset("aeiou")


@lru_cache(maxsize=200_000)
def fold(text: str) -> tuple[str, ...]:
    """Write a name's parts with the letters a to z only.

    Example:
        >>> fold("Олена Al-Hassan")
        ('olena', 'alhassan')
        >>> fold("Espérance  KABONGO")
        ('esperance', 'kabongo')
    """
    latin = anyascii(_SILENT.sub("", text.translate(_CYRILLIC))).lower()
    parts = [part for part in _NO_LETTER.split(_SILENT.sub("", latin)) if part]
    joined: list[str] = []
    for part in parts:
        if joined and joined[-1] in _ARTICLES:
            joined[-1] += part
        else:
            joined.append(part)
    return tuple(joined)


@lru_cache(maxsize=200_000)
def sound(part: str) -> str:
    """Write one folded part by sound.

    Example:
        >>> sound("yevheniia") == sound("jevhenija") == sound("yevgeniya")
        True
        >>> sound("tymoshchuk") == sound("tymosjtsjuk")
        True
    """
    for pattern, to in _SOUNDS:
        part = pattern.sub(to, part)
    return part


@cache
def _groups() -> Mapping[str, frozenset[int]]:
    text = files("innpass.domain.linking").joinpath("name_variants.yml").read_text("utf-8")
    groups: dict[str, set[int]] = {}
    number = 0
    for names in read_yaml(text).values():
        for group in names:
            number += 1
            for name in group:
                folded = "".join(fold(name))
                groups.setdefault(folded, set()).add(number)
                groups.setdefault(sound(folded), set()).add(number)
    return {name: frozenset(numbers) for name, numbers in groups.items()}


@lru_cache(maxsize=200_000)
def _groups_of(part: str) -> frozenset[int]:
    groups = _groups()
    return groups.get(part) or groups.get(sound(part)) or frozenset()


@lru_cache(maxsize=200_000)
def canonical(part: str) -> str:
    """Return one key for all spellings of a folded part that are known to be one name."""
    groups = _groups_of(part)
    return f"={min(groups)}" if groups else sound(part)


@lru_cache(maxsize=200_000)
def search_keys(part: str) -> frozenset[str]:
    """Return keys of which two spellings of a part nearly always share one."""
    consonants = _skeleton(sound(part))
    return frozenset({canonical(part), f"#{consonants}" if len(consonants) > 1 else sound(part)})


@lru_cache(maxsize=200_000)
def _key(parts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(canonical(part) for part in parts))


@lru_cache(maxsize=200_000)
def person_name(
    name: str | None, given_name: str | None = None, family_name: str | None = None
) -> PersonName | None:
    """Read a name from its parts where a sheet has them, otherwise from the whole."""
    if given_name and family_name:
        given, family = fold(given_name), fold(family_name)
        if given and family:
            return PersonName(name or f"{given_name} {family_name}", given + family, len(given))
    text = name or given_name or family_name
    return _whole_name(text) if text else None


def _whole_name(text: str) -> PersonName | None:
    family, comma, given = text.partition(",")
    parts = fold(given) + fold(family) if comma else fold(text)
    if not parts:
        return None
    return PersonName(text, parts, max(1, len(parts) - max(1, len(fold(family)) if comma else 1)))


def compare_names(one: PersonName, other: PersonName) -> NameLikeness:
    """Say how alike two names are; the order of the two does not matter.

    Example:
        >>> def level(a, b):
        ...     return compare_names(person_name(a), person_name(b)).level.name
        >>> level("Oleksandr Kravchuk", "Kravtsjuk, Aleksander")
        'VARIANT'
        >>> level("Rania Al-Hassan", "Rania Alhassan")
        'SAME_FOLDED'
        >>> level("Oleksandr Moroz", "Oleksandra Moroz")
        'DIFFERENT'
    """
    if one.text == other.text and one.parts == other.parts:
        return NameLikeness(NameLevel.EXACT, True, True, True)
    if one.parts > other.parts:
        one, other = other, one
    return _compare(one.parts, one.given, other.parts, other.given)


@lru_cache(maxsize=400_000)
def _compare(
    one: tuple[str, ...], one_given: int, other: tuple[str, ...], other_given: int
) -> NameLikeness:
    if sorted(one) == sorted(other) or "".join(one) == "".join(other):
        return NameLikeness(NameLevel.SAME_FOLDED, True, True, True)
    level = max(_align(a, b) for a, b in _same_length(one, other))
    # Where the parts are not told apart, only the first is surely no part of a family name.
    given = max(
        *(_alike(one[0], part) for part in other[:other_given]),
        *(_alike(part, other[0]) for part in one[:one_given]),
    )
    family = max((_alike(a, b) for a in one[one_given:] for b in other[other_given:]), default=0)
    if not level and given >= _VARIANT and family >= _VARIANT:
        level = NameLevel.WEAK  # one of several given names differs
    whole = level >= NameLevel.VARIANT
    resembles = given >= _VARIANT and any(
        _resemble(sound(a), sound(b)) for a in one[one_given:] for b in other[other_given:]
    )
    return NameLikeness(
        level, whole or given >= _VARIANT, whole or family >= _VARIANT, whole or resembles
    )


def _resemble(a: str, b: str) -> bool:
    likeness = Levenshtein.normalized_similarity(a, b, score_cutoff=_RESEMBLING)
    return min(len(a), len(b)) > 3 and likeness >= _RESEMBLING


def _same_length(
    one: tuple[str, ...], other: tuple[str, ...]
) -> Iterable[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Yield both names as they are, and with two neighbouring parts of the longer one joined."""
    yield one, other
    if len(one) == len(other):
        return
    short, long = sorted((one, other), key=len)
    for at in range(len(long) - 1):
        yield short, (*long[:at], long[at] + long[at + 1], *long[at + 2 :])


_DIFFERENT, _WEAK, _VARIANT, _SAME = range(4)


def _align(one: Sequence[str], other: Sequence[str]) -> NameLevel:
    short, long = sorted((tuple(one), tuple(other)), key=lambda parts: (len(parts), parts))
    short, long = short[:4], long[:5]
    best = NameLevel.DIFFERENT
    table = [[_alike(a, b) for b in long] for a in short]
    for places in permutations(range(len(long)), len(short)):
        scores = [table[row][column] for row, column in enumerate(places)]
        best = max(best, _level(scores, is_first_used=0 in places, extra=len(long) - len(short)))
    return best


def _level(scores: Sequence[int], *, is_first_used: bool, extra: int) -> NameLevel:
    alike = sum(score >= _VARIANT for score in scores)
    if alike == len(scores) and len(scores) > 1:
        # In names of three parts the last ones are often the father's: the first must agree.
        return NameLevel.VARIANT if is_first_used or not extra else NameLevel.WEAK
    if alike and all(scores):
        return NameLevel.WEAK
    return NameLevel.DIFFERENT


@lru_cache(maxsize=400_000)
def _alike(one: str, other: str) -> int:
    if one == other:
        return _SAME
    if len(one) == 1 or len(other) == 1:
        return _WEAK if one[0] == other[0] or sound(one)[:1] == sound(other)[:1] else _DIFFERENT
    a, b = sound(one), sound(other)
    if a == b or _groups_of(one) & _groups_of(other):
        return _VARIANT
    if _skeleton(a) == _skeleton(b) and _is_unvowelled(one, other):
        return _VARIANT
    return _alike_sounds(a, b)


def _alike_sounds(a: str, b: str) -> int:
    a, b = a.replace("C", "S"), b.replace("C", "S")  # French "ch" is another's "sh"
    if a == b:
        return _VARIANT
    shorter = min(len(a), len(b))
    # Aleksandr and Aleksandra, Valentin and Valentina are two persons, often of one family.
    if shorter < 4 or a.endswith("a") != b.endswith("a"):
        return _DIFFERENT
    distance = Levenshtein.distance(a, b, score_cutoff=2)
    if distance > 2 or (distance == 2 and shorter < 6):
        return _DIFFERENT
    if a[0] != b[0]:
        return _WEAK if distance == 1 and a[0] in _VOWELS and b[0] in _VOWELS else _DIFFERENT
    has_same_consonants = _skeleton(a) == _skeleton(b)
    if distance == 1 and shorter >= (5 if has_same_consonants else 7):
        return _VARIANT
    return _VARIANT if has_same_consonants and shorter >= 6 else _WEAK


def _skeleton(part: str) -> str:
    return "".join(letter for letter in part if letter not in _VOWELS)


def _is_unvowelled(one: str, other: str) -> bool:
    """Say whether one of the two comes from a script that leaves out short vowels."""
    fewer, more = sorted(sum(letter in _VOWELS for letter in part) for part in (one, other))
    return len(_skeleton(one)) >= 3 and fewer == 0 and more > 0
