"""What a term asks for: its people, the sessions there may be, and the limits of a group."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cached_property
from itertools import combinations

from innpass.domain.intake.rules import Rules

Grouping = Mapping[str, str | None]
"""The slot of each person by key; ``None`` is without a group."""


class ChildCare(StrEnum):
    """When somebody's children are looked after, as far as it limits the day."""

    UNKNOWN = ""
    NOT_NEEDED = "not_needed"
    ALL_DAY = "all_day"
    MORNING = "morning"
    AFTERNOON = "afternoon"


LIMITING = (ChildCare.MORNING, ChildCare.AFTERNOON)


@dataclass(frozen=True, slots=True)
class Person:
    """One of those who start.

    Attributes:
        language: the language spoken best, in Norwegian; empty where it is not known.
        level: track or level, of which each group has its share; empty where it is not known.
        pinned: the slot somebody set this person in by hand, or was invited to.
        is_kept: invited to the pinned slot already, and only moved by hand.
    """

    key: str
    name: str
    language: str = ""
    needs_interpreter: bool = False
    child_care: ChildCare = ChildCare.UNKNOWN
    level: str = ""
    pinned: str | None = None
    is_kept: bool = False


@dataclass(frozen=True, slots=True)
class Slot:
    """A session that a group may have. Without ``start`` it has neither day nor limits yet.

    Attributes:
        capacity: people the room has place for; ``None`` where nothing limits.
        others: people who come to it beside the group, and need places as well.
        leader, supervisor: who leads and which practice supervisor is there, by key; empty: nobody.
        leader_name, supervisor_name: what they are called in a sentence.
    """

    key: str
    name: str
    start: datetime | None = None
    minutes: int = 90
    place: str = ""
    capacity: int | None = None
    leader: str = ""
    leader_name: str = ""
    supervisor: str = ""
    supervisor_name: str = ""
    others: int = 0

    @property
    def end(self) -> datetime | None:
        """When it is over."""
        return None if self.start is None else self.start + timedelta(minutes=self.minutes)

    @property
    def first_minute(self) -> int:
        """When it begins, in minutes after midnight; 0 without a time."""
        return 0 if self.start is None else self.start.hour * 60 + self.start.minute

    @property
    def last_minute(self) -> int:
        """When it ends, in minutes after the midnight of its day."""
        return self.first_minute + self.minutes


@dataclass(frozen=True, slots=True)
class Weights:
    """What each thing that is not as wished costs; the proposal is the one that costs least."""

    kept_left_out: int = 100_000  # per invited person who would lose the group, before all else
    without_group: int = 2000  # per person
    missing_person: int = 30  # per person a group has too few
    interpreter: int = 120  # per language to be interpreted in a group
    group: int = 60  # per group: somebody must lead it
    lone_speaker: int = 90  # per person alone with a language that others in the term speak
    uneven_size: int = 4  # per person between the largest and the smallest group
    uneven_level: int = 3  # the same, within each level


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a group is, and when a morning ends (minutes after midnight)."""

    smallest: int
    largest: int
    noon: int
    most_interpreters: int

    @classmethod
    def of(cls, rules: Rules) -> "Limits":
        """Take the limits from the rules of a day."""
        return cls(rules.smallest_group, rules.largest_group, rules.noon, rules.most_interpreters)


@dataclass(frozen=True)
class Problem:
    """People to be split over slots. A slot that is used holds one group."""

    people: tuple[Person, ...]
    slots: tuple[Slot, ...]
    limits: Limits
    weights: Weights = field(default_factory=Weights)

    @cached_property
    def person(self) -> Mapping[str, Person]:
        """People by key."""
        return {person.key: person for person in self.people}

    @cached_property
    def slot(self) -> Mapping[str, Slot]:
        """Slots by key."""
        return {slot.key: slot for slot in self.slots}

    @cached_property
    def simultaneous(self) -> tuple[tuple[Slot, Slot], ...]:
        """Pairs of slots that overlap in time."""
        return tuple(pair for pair in combinations(self.slots, 2) if overlap(*pair))

    def members(self, grouping: Grouping) -> dict[str, list[Person]]:
        """Give who is in each slot, in the order of the slots; slots nobody is in are left out."""
        found: dict[str, list[Person]] = {slot.key: [] for slot in self.slots}
        for key, slot in grouping.items():
            if slot in found and key in self.person:
                found[slot].append(self.person[key])
        return {slot: people for slot, people in found.items() if people}

    @cached_property
    def shared_languages(self) -> frozenset[str]:
        """The languages that at least two people speak."""
        spoken = [person.language for person in self.people if person.language]
        return frozenset(language for language in spoken if spoken.count(language) > 1)


def overlap(one: Slot, other: Slot) -> bool:
    """Say whether two slots share a moment; one may begin when the other ends."""
    if one.start is None or other.start is None or one.end is None or other.end is None:
        return False
    return one.start < other.end and other.start < one.end


def suits_child_care(slot: Slot, person: Person, noon: int) -> bool:
    """Say whether somebody's children are looked after while the slot lasts."""
    if slot.start is None:
        return True
    if person.child_care is ChildCare.MORNING:
        return slot.last_minute <= noon
    if person.child_care is ChildCare.AFTERNOON:
        return slot.first_minute >= noon
    return True


def room_of(slot: Slot, limits: Limits) -> int:
    """Give how many a group in the slot may have, beside others who come there."""
    most = limits.largest if slot.capacity is None else min(limits.largest, slot.capacity)
    return max(0, most - slot.others)


def interpreted(people: list[Person]) -> list[str]:
    """Give the languages that some people need interpreters for, in order."""
    return sorted({p.language for p in people if p.needs_interpreter and p.language})


def without_sessions(count: int, limits: Limits) -> tuple[Slot, ...]:
    """Give as many groups as so many people need, with neither day nor room.

    Example:
        >>> [slot.name for slot in without_sessions(21, Limits(15, 20, 720, 2))]
        ['Gruppe 1', 'Gruppe 2']
    """
    groups = max(1, -(-count // limits.largest))
    return tuple(Slot(f"new-{place}", f"Gruppe {place}") for place in range(1, groups + 1))


def languages_of(people: list[Person]) -> Iterator[str]:
    """Yield every language spoken among some people, once for each speaker."""
    yield from (person.language for person in people if person.language)
