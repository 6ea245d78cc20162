"""A first split, quickly found, from which the solver looks for better ones."""

from collections import defaultdict

from innpass.domain.intake.model import shared_by
from innpass.domain.intake.problem import (
    LIMITING,
    Grouping,
    Person,
    Problem,
    Slot,
    room_of,
    suits_child_care,
)


def first_fit(problem: Problem) -> Grouping:
    """Put people into the first slot that nothing speaks against, one language after another.

    Those invited already come first, then those set by hand, and in each language those whom child
    care limits.
    """
    found = _Split(problem)
    in_turn = sorted(
        problem.people,
        key=lambda one: (
            not one.is_kept,
            one.pinned is None,
            one.language,
            one.child_care not in LIMITING,
            one.key,
        ),
    )
    return {person.key: found.put(person) for person in in_turn}


class _Split:
    """Slots as they fill."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.size: dict[str, int] = defaultdict(int)
        self.interpreted: dict[str, set[str]] = defaultdict(set)
        self.beside: dict[str, list[tuple[str, bool]]] = defaultdict(list)
        for one, other in problem.simultaneous:
            excludes = bool(shared_by(one, other))
            self.beside[one.key].append((other.key, excludes))
            self.beside[other.key].append((one.key, excludes))

    def put(self, person: Person) -> str | None:
        """Put somebody into the first slot that will do; give it, or ``None``."""
        for slot in self.problem.slots:
            if self._will_do(slot, person):
                self.size[slot.key] += 1
                if person.needs_interpreter and person.language:
                    self.interpreted[slot.key].add(person.language)
                return slot.key
        return None

    def _will_do(self, slot: Slot, person: Person) -> bool:
        limits = self.problem.limits
        if person.pinned not in (None, slot.key) or self.size[slot.key] >= room_of(slot, limits):
            return False
        if not suits_child_care(slot, person, limits.noon):
            return False
        if any(excludes and self.size[other] for other, excludes in self.beside[slot.key]):
            return False
        if not person.needs_interpreter or not person.language:
            return True
        here = self.interpreted[slot.key] | {person.language}
        elsewhere = (self.interpreted[other] for other, _ in self.beside[slot.key])
        return len(here) <= limits.most_interpreters and not any(
            person.language in languages for languages in elsewhere
        )
