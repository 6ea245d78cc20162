"""What linking takes in and what it answers: rows, links with their reasons, questions, notes."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import date
from enum import StrEnum

from innpass.domain.sheets.records import Owner, TableKind

Plain = str | int
"""A value that may stand in a sentence. Identity numbers never do."""

NATIONAL_IDS = ("ids.fnr", "ids.dnr", "ids.duf")
SYSTEM_OWNER: Mapping[str, Owner] = {
    "ids.visma_refugee": Owner.REFUGEE,
    "ids.socio": Owner.NAV,
    "ids.visma_learning": Owner.LEARNING,
}
"""Each system number with the body whose series it is."""


@dataclass(frozen=True, slots=True)
class LinkRow:
    """One row of a sheet, cut down to what linking may look at.

    Attributes:
        key: unique and stable; the same row has the same key in every run.
        is_hidden: from a hidden sheet; such a row is linked, but supplies no evidence.
        ids: ``ids.fnr``, ``ids.dnr`` and ``ids.duf`` are opaque, only equality is used; the system
            numbers are plain digits as text.
        name: "Given Family" as written and trimmed.
        source: the file, for messages.
    """

    key: str
    owner: Owner
    kind: TableKind
    is_hidden: bool = False
    ids: Mapping[str, str] = dataclass_field(default_factory=dict)
    name: str | None = None
    given_name: str | None = None
    family_name: str | None = None
    native_name: str | None = None
    birth_date: date | None = None
    source: str = ""

    @property
    def is_listing(self) -> bool:
        """Say whether the row stands in a body's own list of its persons."""
        return not self.is_detail and self.owner is not Owner.OVERVIEW and not self.is_hidden

    @property
    def is_detail(self) -> bool:
        """Say whether the row tells something of a person whom another row introduces.

        A body's row with nothing but the number of a system introduces nobody either.
        """
        if self.kind is not TableKind.PERSON:
            return True
        says_who = self.name or self.given_name or self.family_name or self.birth_date
        is_bare = not says_who and not any(name in self.ids for name in NATIONAL_IDS)
        return is_bare and self.owner is not Owner.OVERVIEW


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a row was, or may be, linked. The sentence of ``code`` stands in ``sentences.yml``."""

    code: str
    values: Mapping[str, Plain] = dataclass_field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Link:
    """A row that was found to be about ``people[person]``."""

    key: str
    person: int
    reasons: tuple[Reason, ...]


class QuestionKind(StrEnum):
    """What a human is asked about a row."""

    NUMBER_OF_ANOTHER_PERSON = "number_of_another_person"
    MAYBE_SAME_PERSON = "maybe_same_person"
    ONE_NUMBER_TWO_PERSONS = "one_number_two_persons"
    ROW_WITHOUT_PERSON = "row_without_person"


@dataclass(frozen=True, slots=True)
class LinkQuestion:
    """What only a human can decide about a row.

    Attributes:
        key: the row.
        field: the cell to decide: ``name`` for the row as a whole, or the field of a number.
        candidates: indexes of people, most likely first. A row that is itself linked has its own
            person first.
        holders: when asked about a number, for each candidate the keys of that person's rows that
            state it; otherwise empty. A row that waits to be linked is in none of them.
        asks: the bodies that should answer, in a fixed order.
    """

    key: str
    field: str
    kind: QuestionKind
    candidates: tuple[int, ...]
    reasons: tuple[Reason, ...]
    asks: tuple[Owner, ...]
    holders: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class LinkNote:
    """What was noticed about a row and needs no answer."""

    key: str
    field: str
    code: str
    values: Mapping[str, Plain] = dataclass_field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SameAs:
    """A human's word: the row is about the same person as the row ``key``.

    It holds against all evidence and against ``NotSame``, and it joins: rows that are the same as a
    third are the same. Where nothing else says who they are, they are a person of their own.
    """

    key: str


@dataclass(frozen=True, slots=True)
class NotSame:
    """A human's word: the row and the row ``key`` are about two different persons.

    It says no more: the row may be about somebody else, is linked when that is certain, and is
    asked about again, without that candidate, when it is not. It holds both ways, so it does not
    matter at which of the two rows it stands.
    """

    key: str


@dataclass(frozen=True, slots=True)
class NewPerson:
    """A human's word: the row is about none of the persons it was compared with.

    It makes a person of its own, which evidence may give more rows but never joins to another.
    """


@dataclass(frozen=True, slots=True)
class WrongNumber:
    """A human's word: the number in ``field`` of the row is not that of the row's person.

    The number is then no evidence, and a note at the cell says so. ``field`` is as in ``ids``.
    """

    field: str


Decision = SameAs | NotSame | NewPerson | WrongNumber
"""What a human may say about one row. The answers that settle a question:

- ``maybe_same_person``, ``row_without_person``: ``SameAs`` a row of the person it is;
  ``NotSame`` a row of each candidate it is not, which leaves the others; or ``NewPerson``.
- ``one_number_two_persons``, ``number_of_another_person``: one person has the number, so
  ``WrongNumber`` at every row in ``LinkQuestion.holders`` of the others, and at the asking row if
  it is not that one's; or the two are one person, so ``SameAs``.

A row may have several answers, such as two ``NotSame``. Answers about rows that are gone, or that
name a row that is gone, say nothing.
"""


@dataclass(frozen=True, slots=True)
class Linking:
    """All persons found, and what is uncertain.

    Attributes:
        people: the row keys of each person, sorted; people ordered by their smallest key.
        links: one per linked row, ordered by key.
        questions: ordered by key and field.
        notes: ordered by key, field and code.
    """

    people: tuple[tuple[str, ...], ...]
    links: tuple[Link, ...]
    questions: tuple[LinkQuestion, ...]
    notes: tuple[LinkNote, ...]
