"""Facts that note which of them are asked for, so that an answer can be cut by what it rests on."""

from dataclasses import fields

from innpass.domain.law.facts import PersonFacts

NAMES = frozenset(field.name for field in fields(PersonFacts))


class WatchedFacts(PersonFacts):
    """A person's facts; ``asked`` names those that were read since they were made.

    No two are the same, so that nothing kept for one answers for another.
    """

    __slots__ = ("_asked",)

    def __init__(self, facts: PersonFacts) -> None:
        object.__setattr__(self, "_asked", set())
        for name in NAMES:
            object.__setattr__(self, name, getattr(facts, name))

    def __getattribute__(self, name: str) -> object:
        if name in NAMES:
            object.__getattribute__(self, "_asked").add(name)
        return object.__getattribute__(self, name)

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)

    @property
    def asked(self) -> frozenset[str]:
        """Name the facts that were read."""
        found: set[str] = object.__getattribute__(self, "_asked")
        return frozenset(found)
