"""What speaks for and against a row being about a person, weighed."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from functools import lru_cache

from rapidfuzz.distance import OSA

from innpass.domain.linking.names import (
    NameLevel,
    NameLikeness,
    PersonName,
    compare_names,
    person_name,
)
from innpass.domain.linking.rows import NATIONAL_IDS, SYSTEM_OWNER, LinkRow


class Birth(Enum):
    """How two birth dates compare."""

    UNKNOWN = 0
    SAME = 3
    NEAR = -1  # one digit, or day and month exchanged
    DIFFERENT = -3


@dataclass(slots=True)
class Facts:
    """What is known of one person, or stated by one row."""

    ids: dict[str, set[str]] = field(default_factory=dict)
    births: set[date] = field(default_factory=set)
    names: dict[tuple[str, tuple[str, ...]], PersonName] = field(default_factory=dict)

    def add(self, row: LinkRow, *, without: Set[str] = frozenset()) -> None:
        """Add what ``row`` states, except the fields ``without``."""
        for name, value in row.ids.items():
            if name not in without:
                self.ids.setdefault(name, set()).add(value)
        if row.birth_date:
            self.births.add(row.birth_date)
        for written in names_of(row):
            self.names[(written.text, written.parts)] = written

    def weight(self) -> int:
        """Say how much there is to link by."""
        return len(self.ids) + len(self.births) + (len(self.names) > 0)


def facts_of(rows: Iterable[LinkRow]) -> Facts:
    """Gather what the rows state."""
    facts = Facts()
    for row in rows:
        facts.add(row)
    return facts


def names_of(row: LinkRow) -> tuple[PersonName, ...]:
    """Return the row's name, and its name in the original script."""
    latin = person_name(row.name, row.given_name, row.family_name)
    native = person_name(row.native_name)
    return tuple(name for name in (latin, native) if name)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What two sets of facts have in common, and where they contradict one another."""

    national: frozenset[str]
    national_against: frozenset[str]
    system: frozenset[str]
    system_against: frozenset[str]
    system_near: frozenset[str]
    birth: Birth
    name: NameLikeness | None

    @property
    def score(self) -> int:
        """Weigh the evidence; only the order of scores and the limits below have a meaning."""
        score = 4 * len(self.national) - 3 * len(self.national_against)
        score += 3 * len(self.system) - len(self.system_against) + self.birth.value
        if self.name:
            score += _NAME_WEIGHTS[self.name.level]
            if self.name.level >= NameLevel.VARIANT:
                score += 2 * len(self.system_near)
        return score

    @property
    def is_named(self) -> bool:
        """Say whether the names are the same or variants of one another."""
        return self.name is not None and self.name.level >= NameLevel.VARIANT

    @property
    def is_named_otherwise(self) -> bool:
        """Say whether the names are clearly not the same."""
        return self.name is not None and self.name.level is NameLevel.DIFFERENT

    @property
    def kinds(self) -> int:
        """Count the independent things that agree, identity numbers aside."""
        near = bool(self.system_near) and self.is_named
        return len(self.system) + self.is_named + (self.birth is Birth.SAME) + near

    @property
    def is_sibling(self) -> bool:
        """Say whether family name and birth date are the same, and the given name is not."""
        return (
            self.is_named_otherwise
            and self.birth is Birth.SAME
            and self.name is not None
            and self.name.same_family
            and not self.name.same_given
        )


_LIFETIME = 90  # years that two dates of one person's birth can lie apart
_NAME_WEIGHTS: Mapping[NameLevel, int] = {
    NameLevel.EXACT: 3,
    NameLevel.SAME_FOLDED: 3,
    NameLevel.VARIANT: 2,
    NameLevel.WEAK: 1,
    NameLevel.DIFFERENT: -3,
}
CERTAIN = 3
CLEAR_LEAD = 2


def weigh(one: Facts, other: Facts, *, unknown: Set[str] = frozenset()) -> Evidence:
    """Compare two sets of facts.

    Args:
        one: what a row states.
        other: what is known of a person.
        unknown: fields of ``one`` whose number nobody has, so that it is likely to be mistyped.
            Numbers that two persons really have often differ by one digit too.
    """
    national, national_against = _compare_ids(one, other, NATIONAL_IDS)
    system, system_against = _compare_ids(one, other, tuple(SYSTEM_OWNER))
    return Evidence(
        national=national,
        national_against=national_against,
        system=system,
        system_against=system_against,
        system_near=frozenset(
            name
            for name in system_against & unknown
            if _is_mistyped(one.ids[name], other.ids[name])
        ),
        birth=compare_births(one.births, other.births),
        name=compare_all_names(one.names.values(), other.names.values()),
    )


def _compare_ids(
    one: Facts, other: Facts, names: tuple[str, ...]
) -> tuple[frozenset[str], frozenset[str]]:
    known = [name for name in names if name in one.ids and name in other.ids]
    agreeing = frozenset(name for name in known if one.ids[name] & other.ids[name])
    return agreeing, frozenset(known) - agreeing


def _is_mistyped(written: Set[str], known: Set[str]) -> bool:
    return any(OSA.distance(a, b, score_cutoff=1) <= 1 for a in written for b in known)


def compare_births(one: Set[date], other: Set[date]) -> Birth:
    """Compare birth dates; the best of several counts."""
    if not one or not other:
        return Birth.UNKNOWN
    if one & other:
        return Birth.SAME
    near = any(_is_near(a, b) for a in one for b in other)
    return Birth.NEAR if near else Birth.DIFFERENT


@lru_cache(maxsize=100_000)
def near_births(birth: date) -> tuple[date, ...]:
    """Return the birth dates that ``birth`` may be a slip for, itself left out.

    Those of ``compare_births`` that lie in a lifetime, made from the slips of each number instead
    of trying every date.
    """
    others = [
        (birth.year, birth.day, birth.month),
        *((birth.year, birth.month, day) for day in _slips(birth.day, 2)),
        *((birth.year, month, birth.day) for month in _slips(birth.month, 2)),
        *(
            (year, birth.month, birth.day)
            for year in _slips(birth.year, 4)
            if abs(year - birth.year) <= _LIFETIME
        ),
    ]
    return tuple(sorted({found for each in others if (found := _date(*each)) and found != birth}))


@lru_cache(maxsize=1000)
def _slips(number: int, digits: int) -> tuple[int, ...]:
    """Return the numbers that differ by one digit, or by two neighbours that changed places."""
    text = f"{number:0{digits}}"
    found = {text[:at] + text[at + 1] + text[at] + text[at + 2 :] for at in range(digits - 1)}
    for at in range(digits):
        found |= {f"{text[:at]}{other}{text[at + 1 :]}" for other in "0123456789"}
    return tuple(sorted({int(each) for each in found} - {number}))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _is_near(one: date, other: date) -> bool:
    same = (one.year == other.year) + (one.month == other.month) + (one.day == other.day)
    if same == 2:
        return OSA.distance(one.isoformat(), other.isoformat(), score_cutoff=1) <= 1
    return one.year == other.year and (one.month, one.day) == (other.day, other.month)


def compare_all_names(
    one: Iterable[PersonName], other: Iterable[PersonName]
) -> NameLikeness | None:
    """Compare all spellings known; the most alike count. ``None`` without a name on each side."""
    best: NameLikeness | None = None
    others = tuple(other)
    for a in one:
        for b in others:
            likeness = compare_names(a, b)
            if best is None or _rank(likeness) > _rank(best):
                best = likeness
    return best


def _rank(likeness: NameLikeness) -> tuple[int, bool, bool]:
    return likeness.level, likeness.same_given, likeness.same_family


def is_certain(
    evidence: Evidence,
    *,
    is_detail: bool = False,
    is_overview: bool = False,
    is_listed: bool = False,
) -> bool:
    """Say whether the evidence, taken by itself, is enough to link without asking.

    Args:
        evidence: of a row against a person.
        is_detail: the row is a detail of a body's own series; its number alone is enough.
        is_overview: the row is of the shared sheet, where an identity number may be mistyped.
        is_listed: the person is in a body's own list, so that a number of the row that says
            otherwise is the row's mistake.
    """
    score = evidence.score
    if evidence.is_sibling and not (is_overview and len(evidence.system) > 1):
        return False
    if evidence.national:
        if evidence.is_named_otherwise and evidence.birth is not Birth.SAME:
            return False
        return score >= CERTAIN
    if len(evidence.system_against - evidence.system_near) > len(evidence.system):
        # Two with the same name and birth date, each with numbers of their own?
        limit = CERTAIN + (1 if is_listed else 2)
        return evidence.is_named and not evidence.national_against and score >= limit
    if evidence.national_against:
        return is_overview and evidence.kinds > 2 and score >= CERTAIN + 2
    if evidence.is_named_otherwise:
        return evidence.kinds > 1 and evidence.birth is Birth.SAME and score >= CERTAIN
    if is_detail and evidence.system and evidence.birth is not Birth.DIFFERENT:
        return score >= CERTAIN
    return evidence.kinds > 1 and score >= CERTAIN


def is_possible(evidence: Evidence) -> bool:
    """Say whether the row may be about the person, so that it makes no person of its own."""
    if evidence.national or evidence.system:
        return evidence.score >= 0
    if evidence.name is None:
        return evidence.birth is Birth.SAME
    if evidence.birth is Birth.DIFFERENT:
        return False
    if evidence.name.level is NameLevel.DIFFERENT:
        is_alike = evidence.birth is Birth.SAME and evidence.name.resembles
        return is_alike and not evidence.national_against
    return evidence.score > 0


def is_listed_twice(evidence: Evidence) -> bool:
    """Say whether a row of a body's list may be about a person who stands in that list already.

    Two to whom the body has given two numbers are two, unless all else is the same.
    """
    if not evidence.is_named or evidence.national_against or evidence.birth is Birth.DIFFERENT:
        return False
    return evidence.birth is Birth.SAME or not evidence.system_against


def is_repeated(evidence: Evidence) -> bool:
    """Say whether two rows of one list name somebody alike, and nothing tells the two apart."""
    is_against = evidence.national_against or evidence.system_against
    has_same_name = evidence.name is not None and evidence.name.level is NameLevel.EXACT
    return has_same_name and evidence.birth is Birth.SAME and not is_against
