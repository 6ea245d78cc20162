"""The persons found so far, with indexes so that a row meets only those it may be about."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from innpass.domain.linking.evidence import Birth, Facts, compare_births, near_births
from innpass.domain.linking.names import PersonName, search_keys
from innpass.domain.linking.rows import NATIONAL_IDS, SYSTEM_OWNER, LinkRow
from innpass.domain.sheets.records import Owner


def is_owned(row: LinkRow, name: str) -> bool:
    """Say whether the row's body is the one that knows the number ``name`` of its persons.

    A number that somebody entered by hand is known, too.
    """
    knows = name in NATIONAL_IDS or row.owner in (SYSTEM_OWNER[name], Owner.HAND)
    return row.is_listing and knows


class Clusters:
    """Persons as growing sets of rows. Numbers of merged persons lead to the one that stayed.

    Attributes:
        rows, facts, listed, keys: of each person, by number: the rows, what they state, the bodies
            whose own list has the person, and the smallest row key.
        place: the person of each row that has been placed, by row key; see ``find``.
        owned: who has a number, according to a body that knows.
        listings: the bodies whose own lists are among the files.
    """

    def __init__(self) -> None:
        self.rows: list[list[LinkRow]] = []
        self.facts: list[Facts] = []
        self.listed: list[set[Owner]] = []
        self.keys: list[str] = []
        self.place: dict[str, int] = {}
        self.owned: dict[tuple[str, str], set[int]] = defaultdict(set)
        self.listings: set[Owner] = set()
        self._stays: list[int] = []
        self._by_id: dict[tuple[str, str], set[int]] = defaultdict(set)
        self._by_birth: dict[date, set[int]] = defaultdict(set)
        self._by_name: dict[tuple[str, ...], set[int]] = defaultdict(set)
        self._by_part: dict[str, set[int]] = defaultdict(set)
        self._by_part_born: dict[tuple[str, date | None], set[int]] = defaultdict(set)

    def find(self, person: int) -> int:
        """Return the number a person has now."""
        while self._stays[person] != person:
            person = self._stays[person]
        return person

    def all(self) -> list[int]:
        """Return the numbers of all persons."""
        return [number for number, stays in enumerate(self._stays) if stays == number]

    def make(self, rows: Iterable[LinkRow]) -> int:
        """Make a person of these rows."""
        number = len(self.rows)
        self.rows.append([])
        self.facts.append(Facts())
        self.listed.append(set())
        self.keys.append("")
        self._stays.append(number)
        for row in rows:
            self.add(number, row)
        return number

    def add(self, person: int, row: LinkRow) -> None:
        """Add a row to a person, and what it states unless a body says that it is another's."""
        person = self.find(person)
        self.rows[person].append(row)
        self.keys[person] = min(self.keys[person] or row.key, row.key)
        self.place[row.key] = person
        if row.is_hidden:
            return
        if row.is_listing:
            self.listed[person].add(row.owner)
        wrong = frozenset(
            name for name, value in row.ids.items() if self._is_anothers(person, row, name, value)
        )
        facts = self.facts[person]
        known = len(facts.names), len(facts.births)
        facts.add(row, without=wrong)
        for name, value in row.ids.items():
            if is_owned(row, name):
                self.owned[(name, value)].add(person)
            if name not in wrong:
                self._by_id[(name, value)].add(person)
        if row.birth_date:
            self._by_birth[row.birth_date].add(person)
        if (len(facts.names), len(facts.births)) != known:
            self._index_names(person)

    def _is_anothers(self, person: int, row: LinkRow, name: str, value: str) -> bool:
        owners = self.owners(name, value)
        return bool(owners) and person not in owners and not is_owned(row, name)

    def _index_names(self, person: int) -> None:
        for name in self.facts[person].names.values():
            self._by_name[name.key].add(person)
            for key in _keys(name):
                self._by_part[key].add(person)
                for birth in self.facts[person].births or (None,):
                    self._by_part_born[(key, birth)].add(person)

    def merge(self, one: int, other: int) -> int:
        """Make one person of two."""
        one, other = sorted((self.find(one), self.find(other)))
        if one == other:
            return one
        self._stays[other] = one
        for row in self.rows[other]:
            self.add(one, row)
        self.rows[other] = []
        return one

    def owners(self, name: str, value: str) -> set[int]:
        """Return the persons who have this number according to a body that knows."""
        return {self.find(person) for person in self.owned.get((name, value), ())}

    def holders(self, name: str, value: str) -> set[int]:
        """Return the persons with this number according to any sheet."""
        return {self.find(person) for person in self._by_id.get((name, value), ())}

    def candidates(self, facts: Facts, *, is_wide: bool = False) -> set[int]:
        """Return every person that ``facts`` may be about.

        Args:
            facts: what a row states.
            is_wide: take in those with a similar name whose birth date is nearly the same, or not
                known. None of them can be certain, so that most rows need not be compared to them.
        """
        found: set[int] = set()
        for name, values in facts.ids.items():
            for value in values:
                found |= self._by_id.get((name, value), set())
        for birth in facts.births:
            found |= self._by_birth.get(birth, set())
        for name_written in facts.names.values():
            for person in self._by_name.get(name_written.key, ()):
                # Of all who have the same name, those of another age need no closer look.
                births = self.facts[self.find(person)].births
                if compare_births(facts.births, births) is not Birth.DIFFERENT:
                    found.add(person)
            for key in _keys(name_written):
                if not facts.births:
                    found |= self._by_part.get(key, _NOBODY)
                if not is_wide:
                    continue
                found |= self._by_part_born.get((key, None), _NOBODY)
                for birth in facts.births:
                    for near in near_births(birth):
                        found |= self._by_part_born.get((key, near), _NOBODY)
        return {self.find(person) for person in found}


_NOBODY: frozenset[int] = frozenset()


def _keys(name: PersonName) -> set[str]:
    return {key for part in name.parts for key in search_keys(part)}
