"""The split as a constraint model: how many of each kind of person are in each slot.

People alike in all that counts are one kind, so that the solver does not try who of them is where.
Each requirement is a demand that can be left out, to find which demands clash.
"""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from innpass.domain.intake.problem import (
    LIMITING,
    ChildCare,
    Grouping,
    Person,
    Problem,
    Slot,
    room_of,
    suits_child_care,
)

Kind = tuple[str, bool, ChildCare, str, str | None, bool]


@dataclass(frozen=True, slots=True)
class Demand:
    """Something that must hold: a kind of demand and whom or what it is about."""

    kind: str
    about: str = ""


def kinds_of(problem: Problem) -> dict[Kind, list[Person]]:
    """Put people together who are alike in all that counts; each kind in the order of keys."""
    found: dict[Kind, list[Person]] = defaultdict(list)
    for person in sorted(problem.people, key=lambda one: one.key):
        found[
            person.language,
            person.needs_interpreter,
            person.child_care if person.child_care in LIMITING else ChildCare.UNKNOWN,
            person.level,
            person.pinned,
            person.is_kept,
        ].append(person)
    return dict(sorted(found.items(), key=lambda one: repr(one[0])))


Holds = Callable[[Demand], bool]


@dataclass
class Model:
    """Variables and constraints of a problem.

    Attributes:
        holds: says which demands are made; the others are left out.
        all_placed: nobody may be without a group.
    """

    problem: Problem
    holds: Holds = lambda _: True
    all_placed: bool = False
    count: dict[tuple[Kind, str], Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        from ortools.sat.python import cp_model

        self.model = cp_model.CpModel()
        self.kinds = kinds_of(self.problem)
        self.left: list[Any] = []  # how many of each kind are in no slot
        self.kept_left: list[Any] = []  # the same, of those invited already
        self.size: dict[str, Any] = {}
        self.used: dict[str, Any] = {}
        self.interpreted: dict[tuple[str, str], Any] = {}
        self._people()
        self._slots()
        self._interpreters()
        self._one_place_at_a_time()

    def _people(self) -> None:
        for kind, people in self.kinds.items():
            for slot in self.problem.slots:
                if self._may(kind, people[0], slot):
                    self.count[kind, slot.key] = self.model.new_int_var(0, len(people), "")
            most = 0 if self.all_placed else len(people)
            left = self.model.new_int_var(0, most, "")
            placed = self._sum(lambda k, _s, kind=kind: k == kind)
            self.model.add(placed + left == len(people))
            self.left.append(left)
            if kind[5]:
                self.kept_left.append(left)

    def _may(self, kind: Kind, person: Person, slot: Slot) -> bool:
        if kind[4] not in (None, slot.key) and self.holds(Demand("pinned", str(kind[4]))):
            return False
        care = Demand("child_care", str(kind[2]))
        return not self.holds(care) or suits_child_care(slot, person, self.problem.limits.noon)

    def _slots(self) -> None:
        everyone = len(self.problem.people)
        for slot in self.problem.slots:
            most = everyone
            if self.holds(Demand("room", slot.key)):
                most = min(everyone, room_of(slot, self.problem.limits))
            size = self.size[slot.key] = self.model.new_int_var(0, most, "")
            used = self.used[slot.key] = self.model.new_bool_var("")
            self.model.add(size == self._sum(lambda _k, s, slot=slot: s == slot.key))
            self.model.add(size <= most * used)
            self.model.add(size >= used)

    def _interpreters(self) -> None:
        languages = sorted({kind[0] for kind in self.kinds if kind[1] and kind[0]})
        everyone = len(self.problem.people)
        for slot in self.problem.slots:
            for language in languages:
                there = self.interpreted[slot.key, language] = self.model.new_bool_var("")
                needing = self._sum(
                    lambda k, s, slot=slot, language=language: (
                        s == slot.key and k[1] and k[0] == language
                    )
                )
                self.model.add(needing <= everyone * there)
                self.model.add(needing >= there)
            if self.holds(Demand("interpreters")):
                here = [self.interpreted[slot.key, language] for language in languages]
                self.model.add(sum(here) <= self.problem.limits.most_interpreters)
        for one, other in self.problem.simultaneous:
            for language in languages:
                if self.holds(Demand("interpreter_once", language)):
                    pair = (
                        self.interpreted[one.key, language],
                        self.interpreted[other.key, language],
                    )
                    self.model.add(sum(pair) <= 1)

    def _one_place_at_a_time(self) -> None:
        for one, other in self.problem.simultaneous:
            if any(self.holds(demand) for demand in shared_by(one, other)):
                self.model.add(self.used[one.key] + self.used[other.key] <= 1)

    def _sum(self, wanted: Callable[..., bool]) -> Any:
        return sum(variable for (kind, slot), variable in self.count.items() if wanted(kind, slot))

    def minimize(self) -> None:
        """Ask for the split that costs least; twin of ``costs.grouping_cost``."""
        weights = self.problem.weights
        cost: Any = weights.without_group * sum(self.left)
        cost += weights.kept_left_out * sum(self.kept_left)
        cost += weights.interpreter * sum(self.interpreted.values())
        cost += weights.group * sum(self.used.values())
        cost += weights.missing_person * sum(self._missing(slot) for slot in self.problem.slots)
        cost += weights.lone_speaker * sum(self._lone())
        cost += weights.uneven_size * self._spread(self.size)
        for level in sorted({kind[3] for kind in self.kinds if kind[3]}):
            of_level = {
                slot.key: self._sum(
                    lambda k, s, slot=slot, level=level: s == slot.key and k[3] == level
                )
                for slot in self.problem.slots
            }
            cost += weights.uneven_level * self._spread(of_level)
        self._order_slots_that_are_alike()
        self.model.minimize(cost)

    def hint(self, grouping: Grouping) -> None:
        """Tell the solver of a split to begin with."""
        for kind, people in self.kinds.items():
            there = Counter(grouping[person.key] for person in people)
            for slot in self.problem.slots:
                if (kind, slot.key) in self.count:
                    self.model.add_hint(self.count[kind, slot.key], there[slot.key])

    def _order_slots_that_are_alike(self) -> None:
        if any(kind[4] for kind in self.kinds):
            return
        for one, other in pairwise(self.problem.slots):
            if one.start is None and other.start is None and one.capacity == other.capacity:
                self.model.add(self.size[one.key] >= self.size[other.key])

    def _missing(self, slot: Slot) -> Any:
        smallest = self.problem.limits.smallest
        missing = self.model.new_int_var(0, smallest, "")
        self.model.add(missing >= smallest * self.used[slot.key] - self.size[slot.key])
        return missing

    def _lone(self) -> list[Any]:
        found = []
        everyone = len(self.problem.people)
        for slot in self.problem.slots:
            for language in sorted(self.problem.shared_languages):
                alone, several = self.model.new_bool_var(""), self.model.new_bool_var("")
                speakers = self._sum(
                    lambda k, s, slot=slot, language=language: s == slot.key and k[0] == language
                )
                self.model.add(speakers >= 2 * several + alone)
                self.model.add(speakers <= everyone * several + alone)
                self.model.add_bool_or([alone.negated(), several.negated()])
                found.append(alone)
        return found

    def _spread(self, counts: dict[str, Any]) -> Any:
        """The difference between the largest and the smallest count of the slots that are used."""
        everyone = len(self.problem.people)
        most = self.model.new_int_var(0, everyone, "")
        least = self.model.new_int_var(0, everyone, "")
        spread = self.model.new_int_var(0, everyone, "")
        for slot, size in counts.items():
            self.model.add(most >= size)
            self.model.add(least <= size + everyone * (1 - self.used[slot]))
        self.model.add(spread >= most - least)
        return spread


def shared_by(one: Slot, other: Slot) -> list[Demand]:
    """Name what two sessions at the same time would both need: people and rooms."""
    mine = {slot for slot in (one.leader, one.supervisor) if slot}
    theirs = {slot for slot in (other.leader, other.supervisor) if slot}
    found = [Demand("staff_once", key) for key in sorted(mine & theirs)]
    if one.place and one.place.casefold() == other.place.casefold():
        found.append(Demand("room_once", one.place))
    return found
