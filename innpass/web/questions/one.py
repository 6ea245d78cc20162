"""Filling the page of one question, open or closed."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from innpass.casework.participants.queries import people_of_rows, seen_questions
from innpass.casework.reconciliation.answering import (
    ABOUT_LINKS,
    ABOUT_NUMBERS,
    check_may_answer,
)
from innpass.casework.reconciliation.surrounding import compare_with, surroundings_of
from innpass.domain.access.policy import MayNot, bodies_asked
from innpass.domain.access.roles import Actor
from innpass.domain.sheets.fields import FIELDS, plain
from innpass.domain.sheets.sentences import typed_sentence
from innpass.web.design.words import BODIES, capitalised, field_label, in_words
from innpass.web.questions.choices import choices_of
from innpass.web.questions.closing import closed_questions
from innpass.web.questions.describing import describe
from innpass.web.questions.kinds import KINDS
from innpass.web.questions.pages import Choice, Comparison, Done, QuestionPage, Typing
from innpass.web.questions.queue import after, order_of_bodies, queue


def find_question(pk: UUID, *, actor: Actor) -> Any:
    """Return a question, open or closed; ``None`` where there is none that the actor may see."""
    return (
        seen_questions(actor)
        .select_related("row__file")
        .defer("row__file__content", "row__identity")
        .filter(pk=pk)
        .first()
    )


def assemble_one(
    question: Any,
    *,
    actor: Actor,
    typed: str = "",
    problem: str = "",
    refused: str = "",
    done: Done | None = None,
    found: Mapping[UUID, Any] | None = None,
) -> QuestionPage:
    """Return the page. Constant queries whatever the number of questions.

    Args:
        typed, problem: what was typed, and what is wrong with it.
        refused: why an answer was not stored, as a sentence.
        done: the question that the viewer has just answered.
        found: people whom the viewer looked for, by the row that stands for each.
    """
    waiting = queue(actor)
    at = next((i for i, each in enumerate(waiting) if question.pk in each.cells), None)
    mine = waiting[at] if at is not None else None
    beside = [each for each in waiting if mine and each.body == mine.body]
    label, explanation = KINDS[question.kind]
    following = after(waiting, question.pk)
    is_open = question.closed_at is None
    refusal = _refusal(question, actor)
    choices: tuple[Choice, ...] = ()
    comparison = None
    if is_open:
        people = _people(question, actor)
        known = {each.pk for each in people.values()}
        people |= {row: each for row, each in (found or {}).items() if each.pk not in known}
        person = people_of_rows([question.row_id], actor=actor).get(question.row_id)
        if question.kind in ABOUT_LINKS:
            comparison = _comparison(question, people, person, actor)
        if not refusal:
            choices = tuple(choices_of(question, person=person, people=people, actor=actor))
    return QuestionPage(
        id=question.pk,
        question=describe([question.pk], actor=actor)[question.pk],
        label=str(label),
        explanation=str(explanation),
        body=str(BODIES[min(bodies_asked(question.asks), key=order_of_bodies(actor).index)]),
        place=beside.index(mine) + 1 if mine else 0,
        total=len(beside),
        surroundings=surroundings_of(question, actor=actor),
        comparison=comparison,
        choices=choices,
        typing=_typing(question, typed, problem) if is_open and not refusal else None,
        refusal=refusal,
        others=len(mine.cells) - 1 if mine else 0,
        closed=None
        if is_open
        else closed_questions([question.pk], actor=actor, offers_for=question.pk)[question.pk],
        done=done,
        next_href=reverse("questions:question", args=[following.cells[0]]) if following else "",
        problem=refused,
    )


def _refusal(question: Any, actor: Actor) -> str:
    try:
        check_may_answer(actor, question)
    except MayNot as no:
        return str(no)
    return ""


def _people(question: Any, actor: Actor) -> dict[UUID, Any]:
    """Return the candidates by the row that stands for each, most likely first."""
    rows = [UUID(each) for each in question.values.get("candidates", ())]
    people = people_of_rows(rows, actor=actor)
    return {row: people[row] for row in rows if row in people}


def _comparison(
    question: Any,
    people: Mapping[UUID, Any],
    person: Any,
    actor: Actor,
) -> Comparison | None:
    others = list(people.values())
    if not others:
        return None
    same = {"own": "•" * 11, "same": _("samme nummer"), "other": _("et annet nummer")}

    def words(name: str, value: object) -> str:
        if name in ("ids.fnr", "ids.dnr", "ids.duf") and value is not None:
            return str(same[str(value)])
        return in_words(name, value)

    rows = []
    for each in compare_with(question, others, actor=actor):
        own = words(each.field, each.own)
        cells = tuple(
            (words(each.field, value) or "–", value in ("same", each.own)) for value in each.others
        )
        rows.append((capitalised(field_label(each.field)), own, cells))
    return Comparison(
        people=tuple(
            (other.name, reverse("participant:participant", args=[other.pk])) for other in others
        ),
        rows=tuple(rows),
    )


def _typing(question: Any, typed: str, problem: str) -> Typing | None:
    if question.kind in ABOUT_LINKS and question.kind not in ABOUT_NUMBERS:
        return Typing(
            _("Finn en annen deltaker"),
            _("Skriv navnet. Da kommer deltakeren med blant svarene."),
            typed,
            problem,
            _("Finn"),
        )
    name = plain(question.field)
    label = (
        _("Skriv det riktige nummeret for raden")
        if question.kind in ABOUT_NUMBERS
        else _("Skriv %(field)s") % {"field": field_label(name)}
    )
    advice = typed_sentence(str(FIELDS[name].type))
    return Typing(label, advice, typed, problem, _("Lagre svaret"))
