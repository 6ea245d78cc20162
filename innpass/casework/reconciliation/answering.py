"""Answering questions: a human says what a cell holds, or whom a row is about.

An answer is one act of ``CellEdit`` and ``LinkDecision`` (ADR 0009), so it holds at the next import
and can be taken back. The first of two who answer the same question is heard.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import models, transaction
from django.db.models import QuerySet

from innpass.casework.imports.edits import edits_that_hold, with_edits
from innpass.casework.imports.entering import Act, Edit, store_decision, store_edits
from innpass.casework.imports.models import HOLDING, CellEdit, LinkDecision, Question, Way
from innpass.casework.imports.rows import known_row
from innpass.casework.participants.models import Participant, RowLink
from innpass.casework.participants.queries import people_of_rows, seen_questions
from innpass.casework.reconciliation.becoming import erase
from innpass.casework.reconciliation.carrying import original_of
from innpass.casework.reconciliation.deciding import NEW_PERSON, NOT_SAME, SAME_AS, WRONG_NUMBER
from innpass.casework.reconciliation.entering import check_numbers
from innpass.casework.reconciliation.entering_rows import OUTDATED
from innpass.casework.reconciliation.rewriting import lock, rewrite_after, rewrite_everybody
from innpass.casework.reconciliation.taking_back import take_back
from innpass.domain.access.fields import access_name
from innpass.domain.access.policy import (
    NOBODY,
    MayNot,
    bodies_asked,
    check_may_answer_question,
    check_may_read,
    may_answer_question,
    may_read,
)
from innpass.domain.access.roles import Actor
from innpass.domain.linking.rows import QuestionKind
from innpass.domain.sheets.fields import plain
from innpass.domain.sheets.records import TableKind, Value

ABOUT_LINKS = frozenset(kind.value for kind in QuestionKind)
ABOUT_NUMBERS = frozenset(
    {QuestionKind.NUMBER_OF_ANOTHER_PERSON.value, QuestionKind.ONE_NUMBER_TWO_PERSONS.value}
)
ANSWERED, SETTLED = "answered", "settled"
NO_SUCH_QUESTION = "Vi fant ikke spørsmålet. Det kan gjelde en rad som ikke finnes lenger."


class AnsweredAlready(Exception):
    """Somebody else was first, or a file settled it. The message is Norwegian and for the user."""


@dataclass(frozen=True, slots=True)
class IsPerson:
    """The row is about the same person as ``row``, or the two who share a number are one."""

    row: UUID


@dataclass(frozen=True, slots=True)
class IsNewPerson:
    """The row is about somebody who is not known yet."""


@dataclass(frozen=True, slots=True)
class IsNoneOfThem:
    """The row is about none of the candidates; whom it is about is left open."""


@dataclass(frozen=True, slots=True)
class HasNumber:
    """The number belongs to the person of ``row``; ``None``: to the asking row's own, waiting."""

    row: UUID | None


LinkAnswer = IsPerson | IsNewPerson | IsNoneOfThem | HasNumber


def may_answer(actor: Actor, question: Question) -> bool:
    """Say whether the actor may answer: of a body that is asked, and reading what it is about."""
    asked = bodies_asked(question.asks)
    return any(may_answer_question(actor, owner=owner) for owner in asked) and may_read(
        actor, _reads(question)
    )


def check_may_answer(actor: Actor, question: Question) -> None:
    """Raise ``MayNot`` unless ``may_answer``."""
    asked = bodies_asked(question.asks)
    if not any(may_answer_question(actor, owner=owner) for owner in asked):
        check_may_answer_question(actor, owner=asked[0])
    check_may_read(actor, _reads(question))


def _reads(question: Question) -> str:
    return "link.reasons" if question.kind in ABOUT_LINKS else access_name(question.field)


@transaction.atomic
def answer_cells(
    questions: Collection[UUID],
    values: Mapping[str, Value],
    *,
    municipality_id: UUID,
    by: Actor,
    reason: str = "",
) -> UUID:
    """Let cells that are asked about hold a value; the same one where a text stands in many.

    Args:
        questions: open ones, about the same plain field.
        values: by plain field, as a rule the one that is asked about; ``None``: the cell has no
            value. A number may turn out to be one of another kind (``ids.dnr`` for ``ids.fnr``).

    Returns:
        The act, by which it can be taken back.

    Raises:
        MayNot: there is no such question for the actor, or others answer it.
        NumberTaken: the number is another person's.
        AnsweredAlready: one of them is closed.
    """
    municipality = lock(municipality_id)
    asked = _open(questions, by)
    act = Act(municipality, by.user_id, Way.ANSWER, reason)
    links = RowLink.objects.filter(row__in=[each.row_id for each in asked])
    about = dict(links.values_list("row_id", "participant_id"))
    for person in {about.get(each.row_id) for each in asked}:
        check_numbers(values, by=by, municipality=municipality, but=person)
    store_edits(_edits(asked, values), act=act)
    people = set(about.values())
    rewrite_after(
        people,
        {*values, *(each.field for each in asked)},
        municipality=municipality,
        by=by,
        action="answer",
        reason=act.reason,
    )
    _close(asked, act)
    return act.id


def _edits(asked: Sequence[Question], values: Mapping[str, Value]) -> list[Edit]:
    edits = edits_that_hold([each.row_id for each in asked])
    made = []
    for question in asked:
        read = known_row(question.row, question.row.file.name)
        now = with_edits(read, edits.get(question.row_id, {})).row
        for name, value in _named(question, values).items():
            made.append(
                Edit(
                    row=question.row_id,
                    field=name,
                    value=value,
                    before=now.value(name),
                    original=original_of(read.row, name),
                )
            )
    return made


def _named(question: Question, values: Mapping[str, Value]) -> dict[str, Value]:
    """Return the values under the names they have in the question's row."""
    asked = plain(question.field)
    named = {question.field if name == asked else name: value for name, value in values.items()}
    return {question.field: None} | named


@transaction.atomic
def answer_link(
    question: UUID,
    answer: LinkAnswer,
    *,
    municipality_id: UUID,
    by: Actor,
    reason: str = "",
) -> UUID:
    """Say whom a row is about, or whose a number is; returns the act.

    Raises:
        MayNot, AnsweredAlready: as ``answer_cells``.
        ValueError: the answer does not fit the question.
    """
    municipality = lock(municipality_id)
    (asked,) = _open([question], by)
    act = Act(municipality, by.user_id, Way.ANSWER, reason)
    if isinstance(answer, IsPerson) and not people_of_rows([answer.row], actor=by):
        raise MayNot(NOBODY)
    _decide(asked, answer, act)
    rewrite_everybody(municipality=municipality, by=by, action="answer", reason=reason)
    _close([asked], act)
    return act.id


def _decide(asked: Question, answer: LinkAnswer, act: Act) -> None:
    """Store the decisions that settle a question (``domain.linking.rows.Decision``)."""
    candidates = [UUID(each) for each in asked.values["candidates"]]
    is_about_number = asked.kind in ABOUT_NUMBERS
    match answer:
        case IsPerson(row):
            store_decision(row=asked.row_id, kind=SAME_AS, other=row, act=act)
        case IsNewPerson() if not is_about_number:
            store_decision(row=asked.row_id, kind=NEW_PERSON, act=act)
        case IsNoneOfThem() if not is_about_number:
            for candidate in candidates:
                store_decision(row=asked.row_id, kind=NOT_SAME, other=candidate, act=act)
        case HasNumber(row) if is_about_number and (row is None or row in candidates):
            for wrong in _with_wrong_number(asked, candidates, row):
                store_decision(row=wrong, kind=WRONG_NUMBER, number=asked.field, act=act)
        case _:
            raise ValueError(f"{answer} does not answer a question of kind {asked.kind}")


def _with_wrong_number(
    asked: Question, candidates: Sequence[UUID], owner: UUID | None
) -> list[UUID]:
    """Return the rows that state the number and are not the owner's, the asking row among them."""
    holders = [[UUID(each) for each in rows] for rows in asked.values.get("holders", [])]
    theirs = next(
        (set(rows) for pk, rows in zip(candidates, holders, strict=True) if pk == owner), set()
    )
    if owner is None:
        theirs = {asked.row_id}
    stating = {asked.row_id}.union(*holders)
    return sorted(stating - theirs)


def _open(questions: Collection[UUID], by: Actor) -> list[Question]:
    """Return questions as they stand now, while the municipality is locked."""
    found = list(
        seen_questions(by)
        .filter(pk__in=list(questions))
        .select_related("row__file")
        .defer("row__file__content", "row__file__layout", "row__identity")
        .order_by("pk")
    )
    if len(found) != len(set(questions)):
        raise MayNot(NO_SUCH_QUESTION)
    for question in found:
        check_may_answer(by, question)
        if question.closed_at is not None:
            raise AnsweredAlready(
                "Noen andre har svart på spørsmålet mens du så på det. Svaret ditt er ikke lagret."
                if question.answer
                else "Spørsmålet er alt avklart i en nyere fil. Svaret ditt er ikke lagret."
            )
        if question.row.state not in HOLDING:
            raise AnsweredAlready(OUTDATED)
    return found


def _close(asked: Sequence[Question], act: Act) -> None:
    """Say of the questions that settled themselves by an answer that they were answered."""
    closed = Question.objects.filter(pk__in=[each.pk for each in asked]).exclude(closed_at=None)
    closed.update(closed_because=ANSWERED, answer=act.id, version=models.F("version") + 1)


@transaction.atomic
def take_answer_back(question: UUID, *, municipality_id: UUID, by: Actor) -> None:
    """Take an answer back, with all it was given for at once; the questions are asked again.

    A person whom the answer made, and of whom nobody has said more since, is no more.

    Raises:
        MayNot: there is no such question for the actor, or others answer it.
        CannotTakeBack: somebody has changed one of the cells since, or it is taken back already.
    """
    found = seen_questions(by).filter(pk=question).first()
    if found is None or found.answer is None:
        raise MayNot(NO_SUCH_QUESTION)
    check_may_answer(by, found)
    rows = Question.objects.filter(answer=found.answer).values("row")
    about = set(RowLink.objects.filter(row__in=rows).values_list("participant_id", flat=True))
    take_back(
        found.answer,
        municipality_id=municipality_id,
        by=by,
        ways=frozenset({Way.ANSWER}),
        check=lambda *_: None,
    )
    left = RowLink.objects.filter(models.Q(participant__in=about) | models.Q(was_about__in=about))
    erase(about - {pk for pair in left.values_list("participant", "was_about") for pk in pair})
    still_closed = Question.objects.filter(answer=found.answer).exclude(closed_at=None)
    still_closed.update(closed_because=SETTLED, answer=None, version=models.F("version") + 1)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered: the edits and decisions of one act."""

    edits: Sequence[CellEdit]
    decisions: Sequence[LinkDecision]


def answers_of(acts: Collection[UUID]) -> dict[UUID, Answer]:
    """Return what was said in some acts and still holds, with who said it. Two queries."""
    holding = {"act__in": list(acts), "carried_from": None, "undone_at": None}
    edits = CellEdit.objects.filter(**holding)
    decisions = LinkDecision.objects.filter(**holding)
    said = list(edits.select_related("said_by").order_by("said_at", "field"))
    decided = list(decisions.select_related("said_by").order_by("said_at", "pk"))
    return {
        act: Answer(
            tuple(each for each in said if each.act == act),
            tuple(each for each in decided if each.act == act),
        )
        for act in acts
    }


def row_of_each(people: Collection[Participant]) -> dict[UUID, Participant]:
    """Return a row that stands for each person, as ``IsPerson`` names one; in the given order."""
    links = RowLink.objects.filter(participant__in=people, row__state__in=HOLDING)
    rows: dict[UUID, UUID] = {}
    for person, row, kind in links.order_by("row__number", "row").values_list(
        "participant_id", "row_id", "row__kind"
    ):
        if person not in rows or kind == TableKind.PERSON:
            rows[person] = row
    return {rows[person.pk]: person for person in people if person.pk in rows}


def answered_questions(actor: Actor, *, is_mine: bool) -> "QuerySet[Question]":
    """Return the questions that humans have answered, of those the actor may see.

    Args:
        is_mine: only those that the actor answered.
    """
    answered: QuerySet[Question] = seen_questions(actor).exclude(closed_at=None)
    answered = answered.exclude(answer=None)
    if not is_mine:
        return answered
    said = [
        model.objects.filter(way=Way.ANSWER, said_by=actor.user_id, undone_at=None).values("act")
        for model in (CellEdit, LinkDecision)
    ]
    return answered.filter(models.Q(answer__in=said[0]) | models.Q(answer__in=said[1]))
