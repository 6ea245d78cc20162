"""Rows that are placed together because they state the same."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from innpass.domain.linking.decisions import Decided
from innpass.domain.linking.evidence import Facts, facts_of, is_certain, is_repeated, weigh
from innpass.domain.linking.rows import LinkRow


@dataclass(frozen=True, slots=True)
class Unit:
    """Rows that are placed together because they state the same, with what they state."""

    rows: tuple[LinkRow, ...]
    facts: Facts

    @property
    def key(self) -> str:
        """Return the smallest key of the rows."""
        return self.rows[0].key


def alike_units(rows: Iterable[LinkRow], decided: Decided) -> list[Unit]:
    """Gather rows of one body that say exactly the same about who they are about."""
    groups: dict[tuple[object, ...], list[list[LinkRow]]] = defaultdict(list)
    for row in rows:
        stated = (row.name, row.given_name, row.family_name, row.native_name, row.birth_date)
        alike = groups[(row.owner, row.is_detail, tuple(sorted(row.ids.items())), *stated)]
        apart = decided.apart(row.key)
        group = next((g for g in alike if not apart & {other.key for other in g}), None)
        if group is None:
            alike.append([row])
        else:
            group.append(row)
    every = (group for alike in groups.values() for group in alike)
    return [Unit(tuple(group), facts_of(group[:1])) for group in every]


def same_owner_units(rows: Sequence[LinkRow], decided: Decided) -> list[Unit]:
    """Gather the rows of one body's list that share a number and do not contradict one another."""
    group_of = {row.key: [row] for row in rows}
    facts = {row.key: facts_of([row]) for row in rows}
    holders: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in rows:
        for item in row.ids.items():
            holders[item].append(row.key)
    named: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for row in rows:
        if row.birth_date:
            named[(row.name, row.given_name, row.family_name, row.birth_date)].append(row.key)
    pairs = [
        (*pair, False) for _, keys in sorted(holders.items()) for pair in combinations(keys, 2)
    ]
    pairs += [(*pair, True) for keys in named.values() for pair in combinations(keys, 2)]
    for one, other, is_by_name in pairs:
        into, group = group_of[one], group_of[other]
        if into is group:
            continue
        if is_by_name:
            is_same = is_repeated(weigh(facts_of(into), facts_of(group)))
        else:
            is_same = is_certain(weigh(facts[one], facts[other]))
        if not is_same:
            continue
        if any(decided.apart(row.key) & {r.key for r in group} for row in into):
            continue
        into += group
        group_of |= {row.key: into for row in group}
    groups = {id(group): sorted(group, key=lambda row: row.key) for group in group_of.values()}
    return [Unit(tuple(group), facts_of(group)) for group in groups.values()]
