"""Putting rows with the persons they are about, body by body, so that no order of files matters."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from innpass.domain.linking.clusters import Clusters
from innpass.domain.linking.decisions import Decided
from innpass.domain.linking.evidence import (
    CLEAR_LEAD,
    Birth,
    Evidence,
    Facts,
    facts_of,
    is_certain,
    is_listed_twice,
    is_possible,
    weigh,
)
from innpass.domain.linking.rows import SYSTEM_OWNER, LinkRow
from innpass.domain.linking.units import Unit, alike_units, same_owner_units
from innpass.domain.sheets.records import Owner

# What people entered by hand comes first: there a human has said who is who.
LISTING_ORDER = (Owner.HAND, Owner.REFUGEE, Owner.NAV, Owner.LEARNING)


Told = Callable[[int, int], None]  # rows that are placed, all rows

_TOLD_EVERY = 200  # comparisons


@dataclass(frozen=True, slots=True)
class Option:
    """A person that a unit may be about."""

    person: int
    evidence: Evidence
    score: int


class Placing:
    """One run over all rows. What stays in ``waiting`` needs a human.

    Attributes:
        repeating: the units that had to wait because their own list may name somebody twice.
    """

    def __init__(self, decided: Decided, told: Told) -> None:
        self.clusters = Clusters()
        self.waiting: dict[str, Unit] = {}
        self.without_person: list[LinkRow] = []
        self.repeating: dict[str, Unit] = {}
        self._decided = decided
        self._told = told
        self._weighed = 0

    def run(self) -> None:
        """Place every row that can be placed."""
        rows = list(self._decided.rows.values())
        listing = [row for row in rows if row.is_listing]
        self.clusters.listings = {row.owner for row in listing}
        for owner in LISTING_ORDER:
            units = same_owner_units([r for r in listing if r.owner is owner], self._decided)
            self._place_listing(self._settle(units))
            self._retry()
        shown = [row for row in rows if not row.is_hidden and not row.is_listing]
        overview = [row for row in shown if not row.is_detail]
        self._place_overview(self._settle(Unit((row,), facts_of([row])) for row in overview))
        self._retry()
        details = [row for row in shown if row.is_detail]
        self._place_details(self._settle(alike_units(details, self._decided)))
        self._retry()
        hidden = [row for row in rows if row.is_hidden]
        self._place_hidden(self._settle(alike_units(hidden, self._decided)))
        self._gather_groups()

    def options(self, unit: Unit, *, is_wide: bool = False) -> list[Option]:
        """Return the persons a unit may be about, most likely first; see ``candidates``."""
        self._weighed += 1
        if self._weighed % _TOLD_EVERY == 0:
            self._told(len(self.clusters.place), len(self._decided.rows))
        owner = unit.rows[0].owner if unit.rows[0].is_listing else None
        clusters = self.clusters
        unknown = {
            name
            for name, values in unit.facts.ids.items()
            if SYSTEM_OWNER.get(name) in clusters.listings
            and not any(clusters.owners(name, value) for value in values)
        }
        apart = {person for row in unit.rows for person in self._apart(row.key)}
        found = []
        for person in clusters.candidates(unit.facts, is_wide=is_wide) - apart:
            if owner is None or owner not in clusters.listed[person]:
                evidence = weigh(unit.facts, clusters.facts[person], unknown=unknown)
                found.append(Option(person, evidence, evidence.score))
        return sorted(found, key=self._rank)

    def possible(self, unit: Unit) -> list[Option]:
        """Return the persons a unit cannot be told from, most likely first.

        Of a body's list, this takes in those who stand in the same list.
        """
        options = [o for o in self.options(unit, is_wide=True) if is_possible(o.evidence)]
        if not unit.rows[0].is_listing:
            return options
        seen = {option.person for option in options}
        apart = {person for row in unit.rows for person in self._apart(row.key)}
        for person in self.clusters.candidates(unit.facts) - apart - seen:
            if self._may_be_listed(unit.rows[0].owner, person):
                evidence = weigh(unit.facts, self.clusters.facts[person])
                if is_listed_twice(evidence):
                    options.append(Option(person, evidence, evidence.score))
        return sorted(options, key=self._rank)

    def _may_be_listed(self, owner: Owner, person: int) -> bool:
        """Say whether a person stands in a list, and not as somebody whom a human told apart."""
        rows = [row for row in self.clusters.rows[person] if row.is_listing and row.owner is owner]
        return bool(rows) and not any(row.key in self._decided.new for row in rows)

    def _rank(self, option: Option) -> tuple[int, str]:
        return -option.score, self.clusters.keys[option.person]

    # What humans have decided

    def _settle(self, units: Iterable[Unit]) -> list[Unit]:
        """Place what a human has decided, and return the other units."""
        left = []
        for unit in sorted(self._joined(units), key=lambda unit: unit.key):
            homes = {row.key: self._home(row.key) for row in unit.rows}
            known = [home for home in homes.values() if home is not None]
            waiting = self._waiting_with(unit)
            if known:
                for row in unit.rows:
                    home = homes[row.key]
                    self.clusters.add(min(known) if home is None else home, row)
            elif any(row.key in self._decided.new for row in unit.rows):
                self.clusters.make(unit.rows)
            elif waiting:
                together = (*waiting.rows, *unit.rows)
                self.waiting[waiting.key] = Unit(together, facts_of(together))
            else:
                left.append(unit)
        return left

    def _joined(self, units: Iterable[Unit]) -> list[Unit]:
        """Make one unit of those that a human has said are about one person."""
        groups: dict[str, list[LinkRow]] = {}
        by_row: dict[str, str] = {}
        for unit in units:
            met = {
                by_row[k] for row in unit.rows for k in self._decided.same(row.key) if k in by_row
            }
            rows = [*unit.rows, *(row for name in met for row in groups.pop(name))]
            groups[unit.key] = rows
            by_row |= {row.key: unit.key for row in rows}
        joined = (sorted(rows, key=lambda row: row.key) for rows in groups.values())
        return [Unit(tuple(rows), facts_of(rows)) for rows in joined]

    def _home(self, key: str) -> int | None:
        """Return the person of a row that a human has said is about the same."""
        place = self.clusters.place
        return next(
            (self.clusters.find(place[k]) for k in self._decided.same(key) if k in place), None
        )

    def _waiting_with(self, unit: Unit) -> Unit | None:
        """Return the unit that waits and has a row that a human has joined to this one's."""
        same = {k for row in unit.rows for k in self._decided.same(row.key)}
        if len(same) == len(unit.rows):
            return None
        return next((u for u in self.waiting.values() if same & {r.key for r in u.rows}), None)

    def _apart(self, key: str) -> set[int]:
        """Return the persons of rows that a human has said are about somebody else."""
        place = self.clusters.place
        return {self.clusters.find(place[k]) for k in self._decided.apart(key) if k in place}

    def _gather_groups(self) -> None:
        """Bring together what a human has joined, though no evidence says who it is about."""
        for keys in self._decided.groups():
            rows = [self._decided.rows[key] for key in keys]
            if all(row.is_hidden for row in rows):
                continue
            home = self._home(keys[0])
            left = [row for row in rows if row.key not in self.clusters.place]
            if home is None:
                self.clusters.make(left)
            else:
                for row in left:
                    self.clusters.add(home, row)
        for key in [
            key for key, unit in self.waiting.items() if unit.rows[0].key in self.clusters.place
        ]:
            unit = self.waiting.pop(key)
            self._put(unit, self.clusters.find(self.clusters.place[unit.rows[0].key]))

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
        # Those of whom most is known come first; a row that may repeat one of them waits.
        for unit in sorted(left, key=lambda unit: (-unit.facts.weight(), unit.key)):
            if not self.possible(unit):
                self.clusters.make(unit.rows)
                continue
            self.waiting[unit.key] = unit
            if not any(is_possible(o.evidence) for o in self.options(unit, is_wide=True)):
                self.repeating[unit.key] = unit

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
        if self.clusters.listed[a] & self.clusters.listed[b] or self._is_decided_between(a, b):
            return False
        between = weigh(self.clusters.facts[a], self.clusters.facts[b])
        return not between.national_against and between.birth is Birth.SAME

    def _is_decided_between(self, one: int, other: int) -> bool:
        """Say whether a human has said that a person of the two is another than the other."""
        for person, against in ((one, other), (other, one)):
            for row in self.clusters.rows[person]:
                if row.key in self._decided.new or against in self._apart(row.key):
                    return True
        return False

    def _retry(self) -> None:
        """Try again what waits, now that more is known of everybody."""
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
            elif self.follows(unit) or self.possible(unit):
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
            elif self.follows(unit) or self.possible(unit):
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
        row, best = unit.rows[0], options[0].evidence
        if not (best.national or best.system) and self.follows(unit):
            return False
        is_enough = is_certain(
            best,
            is_detail=row.is_detail,
            is_overview=row.owner is Owner.OVERVIEW,
            is_listed=bool(self.clusters.listed[self.clusters.find(options[0].person)]),
        )
        has_lead = len(options) == 1 or options[0].score - options[1].score >= CLEAR_LEAD
        return is_enough and has_lead

    def follows(self, unit: Unit) -> bool:
        """Say whether a unit has the number of one that waits because its list may name it twice.

        Whose hours, say, a detail tells of depends on the answer about the row with its number.
        """
        items = {(name, number) for name, numbers in unit.facts.ids.items() for number in numbers}
        return any(
            row.ids.get(name) == number and not self.clusters.holders(name, number)
            for key, other in self.repeating.items()
            if key in self.waiting and key != unit.key
            for row in other.rows
            for name, number in items
        )

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
