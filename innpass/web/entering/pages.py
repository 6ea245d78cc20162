"""What the templates get."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from innpass.web.design.drafting import Draft
from innpass.web.design.pages import Link
from innpass.web.entering.controls import Control


@dataclass(frozen=True, slots=True)
class Fields:
    """A section of a form."""

    heading: str
    controls: tuple[Control, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """Whom a form is about; nobody yet where ``name`` is empty."""

    name: str = ""
    href: str = ""
    pk: UUID | None = None


@dataclass(frozen=True, slots=True)
class AlikePerson:
    """Somebody known who may be the one that is typed.

    Attributes:
        numbers: the fields of numbers that are the same.
        is_rejected: the user has said that it is another person.
    """

    id: UUID
    name: str
    href: str
    birth_date: date | None
    country: str
    reasons: tuple[str, ...]
    numbers: frozenset[str]
    is_rejected: bool

    @property
    def is_certain(self) -> bool:
        """Say whether a number is the same, so that it can be nobody else."""
        return bool(self.numbers)


@dataclass(frozen=True, slots=True)
class FormPage:
    """The page ``entering/form.html``, and ``entering/person.html`` of a new person.

    Attributes:
        trail: the way here, above the heading.
        forms: the other forms of the person, to go on to.
        note: what happened when it was saved and something remains.
        withdrawing: "praksisen" where it can be withdrawn; ``withdraw_problem`` and
            ``withdraw_reason`` where that was tried in vain.
    """

    person: Person
    title: str
    trail: tuple[Link, ...]
    sections: tuple[Fields, ...]
    draft: Draft
    back_href: str
    submit: str
    forms: tuple[Link, ...] = ()
    note: str = ""
    alike: tuple[AlikePerson, ...] = ()
    must_choose: bool = False
    withdrawing: str = ""
    withdraw_reason: str = ""
    withdraw_problem: str = ""
    origin: str = ""
    was_posted: bool = False

    @property
    def problems(self) -> tuple[Control, ...]:
        """The controls with something to put right."""
        return tuple(c for section in self.sections for c in section.controls if c.problem)

    @property
    def has_required(self) -> bool:
        """Say whether some fields must be filled."""
        return any(c.is_required for section in self.sections for c in section.controls)


@dataclass(frozen=True, slots=True)
class Line:
    """One period or test in the list: what it is, when, what more there is, and where to edit."""

    title: str
    when: str
    more: tuple[str, ...]
    source: str
    href: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class ListPage:
    """The page ``entering/list.html``: a person's periods or tests of a kind."""

    person: Person
    title: str
    trail: tuple[Link, ...]
    lines: tuple[Line, ...]
    empty: str
    add: str
    add_href: str
    forms: tuple[Link, ...] = ()
