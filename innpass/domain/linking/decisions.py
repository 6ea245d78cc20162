"""What humans have answered, in the form in which placing and findings ask for it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace

from innpass.domain.linking.rows import (
    Decision,
    LinkRow,
    NewPerson,
    NotSame,
    SameAs,
    WrongNumber,
)


class Decided:
    """Answers about rows that are there; those about other rows say nothing.

    Where answers contradict one another, what joins holds against what keeps apart.

    Attributes:
        rows: all rows by key, in order, without the numbers that are said to be wrong.
        wrong: the row and field of each such number, in order.
        new: the keys of rows that are said to be about nobody known.
    """

    def __init__(self, rows: Iterable[LinkRow], answers: Mapping[str, Sequence[Decision]]) -> None:
        self.rows = {row.key: row for row in sorted(rows, key=lambda row: row.key)}
        self.wrong: list[tuple[str, str]] = []
        self._first: dict[str, str] = {}
        apart: list[tuple[str, str]] = []
        new: set[str] = set()
        for key in sorted(self.rows.keys() & answers.keys()):
            for answer in answers[key]:
                match answer:
                    case SameAs(other) if other in self.rows:
                        self._join(key, other)
                    case NotSame(other) if other in self.rows:
                        apart.append((key, other))
                    case NewPerson():
                        new.add(key)
                    case WrongNumber(field):
                        self._strike(key, field)
        self.new: Set[str] = frozenset(new)
        groups: dict[str, list[str]] = defaultdict(list)
        for key in sorted(self._first):
            groups[self._root(key)].append(key)
        self._groups = {key: tuple(group) for group in groups.values() for key in group}
        self._apart: dict[str, set[str]] = defaultdict(set)
        for one, other in apart:
            if other not in self.same(one):
                for a in self.same(one):
                    self._apart[a].update(self.same(other))
                for b in self.same(other):
                    self._apart[b].update(self.same(one))

    def same(self, key: str) -> tuple[str, ...]:
        """Return the rows that humans have said are about the person of row ``key``, and itself."""
        return self._groups.get(key, (key,))

    def apart(self, key: str) -> Set[str]:
        """Return the rows that humans have said are about others than row ``key``."""
        return self._apart.get(key, frozenset())

    def groups(self) -> list[tuple[str, ...]]:
        """Return the sets of rows that humans have joined, in order."""
        return sorted(set(self._groups.values()))

    def _join(self, one: str, other: str) -> None:
        a, b = sorted((self._root(one), self._root(other)))
        self._first[a] = a
        self._first[b] = a
        self._first.setdefault(one, a)
        self._first.setdefault(other, a)

    def _root(self, key: str) -> str:
        while self._first.get(key, key) != key:
            key = self._first[key]
        return key

    def _strike(self, key: str, field: str) -> None:
        row = self.rows[key]
        if field in row.ids:
            self.wrong.append((key, field))
            kept = {name: value for name, value in row.ids.items() if name != field}
            self.rows[key] = replace(row, ids=kept)
