"""What the pages about questions show."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from innpass.casework.reconciliation.surrounding import Surroundings


@dataclass(frozen=True, slots=True)
class Question:
    """One question in the list.

    Attributes:
        href: the page where it is answered.
        file, sheet, cell: where it stands; ``cell`` may be a row, such as ``rad 14``.
        text: what stands there, as written; empty for identity numbers.
        field: what the cell is about, in words.
        sentence: what is unclear and what is needed.
        readings: what it could mean, most likely first.
        evidence: what speaks for and against, for questions about persons.
        person, person_href: whom it is about, if that is known.
        cells: how many cells one answer settles.
        also: the other bodies that may answer.
    """

    href: str
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
    cells: int = 1
    also: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """Questions of one kind; ``total`` counts the cells of those that are not listed too."""

    label: str
    explanation: str
    questions: tuple[Question, ...]
    total: int
    listed: int


@dataclass(frozen=True, slots=True)
class Group:
    """The questions that one body should answer. ``key`` is used in the address of the group."""

    key: str
    label: str
    kinds: tuple[Kind, ...]
    total: int
    is_mine: bool = False


@dataclass(frozen=True, slots=True)
class QuestionsPage:
    """The page ``questions/questions.html``. ``total`` counts those the viewer may see."""

    groups: tuple[Group, ...]
    total: int
    settled: int = 0
    first_href: str = ""
    done: "Done | None" = None


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer that one key gives.

    Attributes:
        key: the key; ``value``: what the form sends.
        outcome: what it would lead to, in sentences.
        verdicts: this week's status before and after, where it changes.
    """

    key: str
    label: str
    value: str
    outcome: tuple[str, ...] = ()
    verdicts: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Typing:
    """The field in which an answer is typed, with what was typed and what is wrong with it."""

    label: str
    advice: str
    text: str = ""
    problem: str = ""
    button: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the row says beside what is known of each candidate, in words."""

    people: tuple[tuple[str, str], ...]  # name, address
    rows: tuple[tuple[str, str, tuple[tuple[str, bool], ...]], ...]  # label, own, (value, is same)


@dataclass(frozen=True, slots=True)
class RuleOffer:
    """A rule that an answer may become, and how many open questions it would settle."""

    value: str
    sentence: str
    settles: int


@dataclass(frozen=True, slots=True)
class Done:
    """A question that is closed, and the answer to it.

    Attributes:
        by, at: who answered, and when; ``by`` is empty where a file settled it.
        said: the answer in words, a line each.
        because: why it closed, as a sentence.
        question: what was asked, as in the list.
        offers: rules that the answer may become.
    """

    id: UUID
    question: Question
    because: str
    said: tuple[str, ...] = ()
    by: str = ""
    at: datetime | None = None
    is_mine: bool = False
    may_take_back: bool = False
    offers: tuple[RuleOffer, ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """The page ``questions/question.html``: one question, open or closed."""

    id: UUID
    question: Question
    label: str
    explanation: str
    body: str
    place: int
    total: int
    surroundings: Surroundings | None
    comparison: Comparison | None = None
    choices: tuple[Choice, ...] = ()
    typing: Typing | None = None
    refusal: str = ""
    others: int = 0
    closed: Done | None = None
    done: Done | None = None
    next_href: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule in the list of rules."""

    id: UUID
    sentence: str
    by: str
    at: datetime
    ended_by: str = ""
    ended_at: datetime | None = None
    may_end: bool = False


@dataclass(frozen=True, slots=True)
class AnswersPage:
    """The page ``questions/answers.html``: what was answered, newest first, and the rules."""

    answers: tuple[Done, ...]
    is_mine: bool
    total: int
    rules: tuple[Rule, ...] = ()
