"""What the list of open questions shows: cells and rows that only a human can decide."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Question:
    """One question.

    Attributes:
        file, sheet, cell: where it stands; ``cell`` may be a row, such as ``rad 14``.
        text: what stands there, as written; empty for identity numbers.
        field: what the cell is about, in words.
        sentence: what is unclear and what is needed.
        readings: what it could mean, most likely first.
        evidence: what speaks for and against, for questions about persons.
        person, person_href: whom it is about, if that is known.
    """

    file: str
    sheet: str
    cell: str
    sentence: str
    text: str = ""
    field: str = ""
    readings: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    person: str = ""
    person_href: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """Questions of one kind; ``total`` counts those that are not listed too."""

    label: str
    explanation: str
    questions: tuple[Question, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Group:
    """The questions that one body should answer. ``key`` is used in the address of the group."""

    key: str
    label: str
    kinds: tuple[Kind, ...]
    total: int


@dataclass(frozen=True, slots=True)
class QuestionsPage:
    """The page ``questions/questions.html``. ``total`` counts those the viewer may see."""

    groups: tuple[Group, ...]
    total: int
    settled: int = 0
