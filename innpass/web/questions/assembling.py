"""Filling the list of questions, cut to the people and fields the viewer may see."""

from collections import defaultdict

from django.urls import reverse

from innpass.casework.participants.queries import count_settled_questions
from innpass.domain.access.policy import may_answer_question
from innpass.domain.access.roles import Actor
from innpass.web.design.words import BODIES
from innpass.web.questions.describing import describe
from innpass.web.questions.kinds import KINDS
from innpass.web.questions.pages import Done, Group, Kind, QuestionsPage
from innpass.web.questions.queue import Waiting, order_of_bodies, queue

LISTED = 200  # of each kind; the totals count all


def assemble(*, actor: Actor, done: Done | None = None) -> QuestionsPage:
    """Return the page. Constant queries whatever the number of questions.

    Args:
        done: the question that the viewer has just answered.
    """
    waiting = queue(actor)
    piles: dict[str, dict[str, list[Waiting]]] = {
        body: defaultdict(list) for body in order_of_bodies(actor)
    }
    for each in waiting:
        piles[each.body][each.kind].append(each)
    listed = [w for kinds in piles.values() for pile in kinds.values() for w in pile[:LISTED]]
    shown = describe(
        {each.cells[0] for each in listed},
        actor=actor,
        cells={each.cells[0]: len(each.cells) for each in listed},
    )
    groups = tuple(
        Group(
            key=body,
            label=str(BODIES[body]),
            kinds=tuple(
                Kind(
                    label=str(KINDS[kind][0]),
                    explanation=str(KINDS[kind][1]),
                    questions=tuple(shown[each.cells[0]] for each in pile[:LISTED]),
                    total=_cells(pile),
                    listed=_cells(pile[:LISTED]),
                )
                for kind, pile in kinds.items()
            ),
            total=sum(map(_cells, kinds.values())),
            is_mine=may_answer_question(actor, owner=body),
        )
        for body, kinds in piles.items()
        if kinds
    )
    first = next((each for each in waiting if each.is_mine), None)
    return QuestionsPage(
        groups=groups,
        total=_cells(waiting),
        settled=count_settled_questions(actor),
        first_href=reverse("questions:question", args=[first.cells[0]]) if first else "",
        done=done,
    )


def _cells(pile: list[Waiting]) -> int:
    return sum(len(each.cells) for each in pile)
