"""Putting rows with the persons they are about, body by body, so that no order of files matters."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from innpass.domain.linking.clusters import Clusters
from innpass.domain.linking.evidence import (
    CLEAR_LEAD,
    Birth,
    Evidence,
    Facts,
    facts_of,
    is_certain,
    is_possible,
    weigh,
)
from innpass.domain.linking.rows import SYSTEM_OWNER, Decision, LinkRow, NewPerson, SameAs
from innpass.domain.sheets.records import Owner

# What people entered by hand comes first: there a human has said who is who.
LISTING_ORDER = (Owner.HAND, Owner.REFUGEE, Owner.NAV, Owner.LEARNING)


@dataclass(frozen=True, slots=True)
class Unit:
    """Rows that are placed together because they state the same, with what they state."""

    rows: tuple[LinkRow, ...]
    facts: Facts

    @property
    def key(self) -> str:
        """Return the smallest key of the rows."""
        return self.rows[0].key


@dataclass(frozen=True, slots=True)
class Option:
    """A person that a unit may be about."""

    person: int
    evidence: Evidence
    score: int


class Placing:
    """One run over all rows. What stays in ``waiting`` needs a human."""

    def __init__(self, rows: Sequence[LinkRow], decided: Mapping[str, Decision]) -> None:
        self.clusters = Clusters()
        self.waiting: dict[str, Unit] = {}
        self.without_person: list[LinkRow] = []
        self._rows = {row.key: row for row in rows}
        self._decided = decided

    def run(self) -> None:
        """Place every row that can be placed."""
        rows = list(self._rows.values())
        listing = [row for row in rows if row.is_listing]
        self.clusters.listings = {row.owner for row in listing}
        for owner in LISTING_ORDER:
            units = same_owner_units([row for row in listing if row.owner is owner])
            self._place_listing(self._settle(units))
            self._retry()
        shown = [row for row in rows if not row.is_hidden and not row.is_listing]
        overview = [row for row in shown if not row.is_detail]
        self._place_overview(self._settle(Unit((row,), facts_of([row])) for row in overview))
        self._retry()
        details = [row for row in shown if row.is_detail]
        self._place_details(self._settle(alike_units(details)))
        self._retry()
        self._place_hidden(self._settle(alike_units([row for row in rows if row.is_hidden])))
        self._follow_decisions(is_last=True)

    def options(self, unit: Unit) -> list[Option]:
        """Return the persons a unit may be about, most likely first."""
        owner = unit.rows[0].owner if unit.rows[0].is_listing else None
        clusters = self.clusters
        unknown = {
            name
            for name, values in unit.facts.ids.items()
            if SYSTEM_OWNER.get(name) in clusters.listings
            and not any(clusters.owners(name, value) for value in values)
        }
        found = []
        for person in clusters.candidates(unit.facts):
            if owner is None or owner not in clusters.listed[person]:
                evidence = weigh(unit.facts, clusters.facts[person], unknown=unknown)
                found.append(Option(person, evidence, evidence.score))
        return sorted(found, key=lambda option: (-option.score, clusters.keys[option.person]))

    # What humans have decided

    def _settle(self, units: Iterable[Unit]) -> list[Unit]:
        """Place what a human has decided, and return the other units."""
        open_units = []
        for unit in sorted(units, key=lambda unit: unit.key):
            if any(isinstance(self._decided.get(row.key), NewPerson) for row in unit.rows):
                self.clusters.make(unit.rows)
            else:
                open_units.append(unit)
        self._follow_decisions()
        left = []
        for unit in open_units:
            placed = {self.clusters.place[r.key] for r in unit.rows if r.key in self.clusters.place}
            if placed:
                self._put(unit, self.clusters.find(min(placed)))
            else:
                left.append(unit)
        return left

    def _follow_decisions(self, *, is_last: bool = False) -> None:
        """Keep together what a human has said is one person, once one of the two is placed."""
        place = self.clusters.place
        has_changed = True
        while has_changed:
            has_changed = False
            for key, decision in sorted(self._decided.items(), key=lambda item: item[0]):
                if not isinstance(decision, SameAs):
                    continue
                one, other = self._rows.get(key), self._rows.get(decision.key)
                if one is None or other is None:
                    continue
                if one.key not in place and other.key not in place:
                    if not is_last:
                        continue
                    self.clusters.make([other])
                if one.key in place and other.key in place:
                    people = {self.clusters.find(place[row.key]) for row in (one, other)}
                    has_changed = has_changed or len(people) > 1
                    self.clusters.merge(place[one.key], place[other.key])
                    continue
                new, known = (one, other) if other.key in place else (other, one)
                self.clusters.add(place[known.key], new)
                has_changed = True
        for key in [key for key, unit in self.waiting.items() if unit.rows[0].key in place]:
            self._put(self.waiting.pop(key), self.clusters.find(place[key]))

    # The bodies' own lists

    def _place_listing(self, units: list[Unit]) -> None:
        """Place the persons of one body's list; each person takes at most one unit of it."""
        left = units
        while True:
            ranked = {unit.key: self.options(unit) for unit in left}
            chosen = self._choose(left, ranked)
            if not chosen:
                break
            for unit in left:
                if unit.key in chosen:
                    self._put(unit, chosen[unit.key])
            left = [unit for unit in left if unit.key not in chosen]
        for unit in left:
            options = ranked[unit.key]
            if any(is_possible(option.evidence) for option in options):
                self.waiting[unit.key] = unit
            else:
                self.clusters.make(unit.rows)

    def _choose(
        self, units: Sequence[Unit], ranked: Mapping[str, Sequence[Option]]
    ) -> dict[str, int]:
        """Choose at once for all units, so that their order cannot matter."""
        rivals: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for unit in units:
            for option in ranked[unit.key]:
                rivals[option.person].append((option.score, unit.key))
        first = {person: _sole_best(scores) for person, scores in rivals.items()}
        chosen: dict[str, int] = {}
        for unit in units:
            options = ranked[unit.key]
            if not options or not is_certain(options[0].evidence):
                continue
            best = options[0]
            if first[best.person] != unit.key:
                continue
            if len(options) == 1 or best.score - options[1].score >= CLEAR_LEAD:
                chosen[unit.key] = best.person
            elif self._are_one(best, options[1]):
                chosen[unit.key] = self.clusters.merge(best.person, options[1].person)
            elif best.score > options[1].score and first[options[1].person] not in (None, unit.key):
                chosen[unit.key] = best.person
        return {key: self.clusters.find(person) for key, person in chosen.items()}

    def _are_one(self, one: Option, other: Option) -> bool:
        """Say whether a row with numbers of both shows that two persons are one.

        So it is when two bodies spell a name so differently that only the shared sheet, with both
        bodies' numbers and a spelling between the two, brings them together.
        """
        if not (is_certain(one.evidence) and is_certain(other.evidence)):
            return False
        for evidence in (one.evidence, other.evidence):
            if not evidence.is_named or not (evidence.national or evidence.system):
                return False
        a, b = self.clusters.find(one.person), self.clusters.find(other.person)
        if self.clusters.listed[a] & self.clusters.listed[b]:
            return False
        between = weigh(self.clusters.facts[a], self.clusters.facts[b])
        return not between.national_against and between.birth is Birth.SAME

    def _retry(self) -> None:
        """Try again what waits, now that more is known of everybody."""
        self._follow_decisions()
        while self.waiting:
            before = len(self.waiting)
            for owner in LISTING_ORDER:
                units = [u for u in self.waiting.values() if _is_listing_of(u, owner)]
                for unit in units:
                    del self.waiting[unit.key]
                self._place_listing(units)
            self._place_certain([u for u in self.waiting.values() if not u.rows[0].is_listing])
            if len(self.waiting) == before:
                return

    # The shared sheet, details, hidden copies

    def _place_overview(self, units: list[Unit]) -> None:
        left = self._place_certain(units)
        for unit in sorted(left, key=lambda unit: (-unit.facts.weight(), unit.key)):
            options = self.options(unit)
            if self._is_clear(unit, options):
                self._put(unit, options[0].person)
            elif any(is_possible(option.evidence) for option in options):
                self.waiting[unit.key] = unit
            elif _is_full_name(unit.facts):
                self.clusters.make(unit.rows)
            else:
                self.waiting[unit.key] = unit

    def _place_details(self, units: list[Unit]) -> None:
        left = self._place_certain(units)
        for unit in sorted(left, key=lambda unit: (-unit.facts.weight(), unit.key)):
            options = self.options(unit)
            if self._is_clear(unit, options):
                self._put(unit, options[0].person)
            elif any(is_possible(option.evidence) for option in options):
                self.waiting[unit.key] = unit
            elif _is_full_name(unit.facts) and unit.facts.births:
                self.clusters.make(unit.rows)
            else:
                self.without_person.extend(unit.rows)

    def _place_hidden(self, units: list[Unit]) -> None:
        for unit in self._place_certain(units):
            self.without_person.extend(unit.rows)

    def _place_certain(self, units: list[Unit]) -> list[Unit]:
        """Place in rounds all units about which there is no doubt; return the others."""
        left = units
        while True:
            chosen = {}
            for unit in left:
                options = self.options(unit)
                if self._is_clear(unit, options):
                    chosen[unit.key] = options[0].person
            if not chosen:
                return left
            for unit in left:
                if unit.key in chosen:
                    self._put(unit, chosen[unit.key])
            left = [unit for unit in left if unit.key not in chosen]

    def _is_clear(self, unit: Unit, options: Sequence[Option]) -> bool:
        if not options:
            return False
        if len(options) > 1 and self._are_one(options[0], options[1]):
            self.clusters.merge(options[0].person, options[1].person)
            return self._is_clear(unit, [options[0], *options[2:]])
        row = unit.rows[0]
        is_enough = is_certain(
            options[0].evidence,
            is_detail=row.is_detail,
            is_overview=row.owner is Owner.OVERVIEW,
            is_listed=bool(self.clusters.listed[self.clusters.find(options[0].person)]),
        )
        has_lead = len(options) == 1 or options[0].score - options[1].score >= CLEAR_LEAD
        return is_enough and has_lead

    def _put(self, unit: Unit, person: int) -> None:
        self.waiting.pop(unit.key, None)
        for row in unit.rows:
            if row.key not in self.clusters.place:
                self.clusters.add(person, row)


def _sole_best(scores: Sequence[tuple[int, str]]) -> str | None:
    """Return the one with the highest score, or ``None`` when several share it."""
    best = max(score for score, _ in scores)
    keys = [key for score, key in scores if score == best]
    return keys[0] if len(keys) == 1 else None


def _is_listing_of(unit: Unit, owner: Owner) -> bool:
    return unit.rows[0].is_listing and unit.rows[0].owner is owner


def _is_full_name(facts: Facts) -> bool:
    return any(len(name.parts) > 1 for name in facts.names.values())


def alike_units(rows: Iterable[LinkRow]) -> list[Unit]:
    """Gather rows of one body that say exactly the same about who they are about."""
    groups: dict[tuple[object, ...], list[LinkRow]] = defaultdict(list)
    for row in rows:
        stated = (row.name, row.given_name, row.family_name, row.native_name, row.birth_date)
        groups[(row.owner, row.is_detail, tuple(sorted(row.ids.items())), *stated)].append(row)
    return [Unit(tuple(group), facts_of(group[:1])) for group in groups.values()]


def same_owner_units(rows: Sequence[LinkRow]) -> list[Unit]:
    """Gather the rows of one body's list that share a number and do not contradict one another."""
    parent = list(range(len(rows)))

    def root(index: int) -> int:
        while parent[index] != index:
            index = parent[index]
        return index

    facts = [facts_of([row]) for row in rows]
    holders: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        for item in row.ids.items():
            holders[item].append(index)
    for item in sorted(holders):
        for at, one in enumerate(holders[item]):
            for other in holders[item][at + 1 :]:
                if is_certain(weigh(facts[one], facts[other])):
                    a, b = sorted((root(one), root(other)))
                    parent[b] = a
    groups: dict[int, list[LinkRow]] = defaultdict(list)
    for index, row in enumerate(rows):
        groups[root(index)].append(row)
    return [Unit(tuple(group), facts_of(group)) for group in groups.values()]
