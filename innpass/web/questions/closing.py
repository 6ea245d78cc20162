"""Questions that are closed: who answered, when, what was said, and what it may become."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from innpass.casework.participants.queries import people_of_rows, places_of_rows, seen_questions
from innpass.casework.reconciliation.answering import (
    ABOUT_LINKS,
    answered_questions,
    answers_of,
    may_answer,
)
from innpass.casework.reconciliation.ruling import (
    may_end_rule,
    reading_rules,
    rule_offers,
)
from innpass.domain.access.fields import access_name
from innpass.domain.access.policy import readable
from innpass.domain.access.roles import Actor
from innpass.web.design.words import field_label, in_words
from innpass.web.questions.describing import answer_in_words, describe, rows_named
from innpass.web.questions.pages import AnswersPage, Done, Rule, RuleOffer

MOST = 100
_BECAUSE = {
    "answered": gettext_lazy("Svaret er tatt tilbake, og noe annet avklarer cellen."),
    "settled": gettext_lazy("Et annet ark, en rettelse eller en regel avklarte det."),
    "row_replaced": gettext_lazy("Raden er erstattet av en nyere fil."),
    "read_by_rule": gettext_lazy("Teksten er lest etter en regel."),
}


def closed_questions(
    ids: Collection[UUID], *, actor: Actor, offers_for: UUID | None = None
) -> dict[UUID, Done]:
    """Return closed questions with their answers. Constant queries.

    Args:
        offers_for: the one question whose answer may be offered as a rule.
    """
    closed = seen_questions(actor).exclude(closed_at=None).filter(pk__in=list(ids))
    found = list(
        closed.only(
            "pk", "row", "field", "kind", "text", "asks", "answer", "closed_at", "closed_because"
        )
    )
    answers = answers_of({each.answer for each in found if each.answer})
    named = rows_named(list(answers.values()))
    people, places = people_of_rows(named, actor=actor), places_of_rows(named)
    shown = describe([each.pk for each in found], actor=actor)
    may = readable(actor)
    done = {}
    for question in found:
        answer = answers.get(question.answer) if question.answer else None
        first = next(iter((*answer.edits, *answer.decisions)), None) if answer else None
        is_mine = first is not None and first.said_by_id == actor.user_id
        done[question.pk] = Done(
            id=question.pk,
            question=shown[question.pk],
            because="" if first else str(_BECAUSE.get(question.closed_because, "")),
            said=answer_in_words(answer, people=people, places=places, may=may) if answer else (),
            by=(first.said_by.full_name if first.said_by else _("Systemet")) if first else "",
            at=first.said_at if first else question.closed_at,
            is_mine=is_mine,
            may_take_back=first is not None and may_answer(actor, question),
            offers=_offers(question, actor) if question.pk == offers_for else (),
        )
    return done


def _offers(question: Any, actor: Actor) -> tuple[RuleOffer, ...]:
    if question.kind in ABOUT_LINKS or not may_answer(actor, question):
        return ()
    return tuple(
        RuleOffer(
            str(offer.value), rule_in_words(offer, offer.text or question.text), offer.settles
        )
        for offer in rule_offers(question, actor=actor)
    )


def rule_in_words(rule: Any, text: str) -> str:
    """Say what a rule means, as a sentence."""
    words = {
        "field": field_label(rule.field),
        "text": text,
        "value": in_words(rule.field, rule.value),
    }
    templates = {
        "monday": _("En uke uten dag i «%(field)s» betyr alltid mandagen i uka."),
        "friday": _("En uke uten dag i «%(field)s» betyr alltid fredagen i uka."),
        "first": _("En måned uten dag i «%(field)s» betyr alltid den første i måneden."),
    }
    usual = _("«%(text)s» i «%(field)s» betyr alltid «%(value)s».")
    return templates.get(str(rule.value), usual) % words


def answers_page(*, actor: Actor, is_mine: bool) -> AnswersPage:
    """Return the page of what was answered, the newest first, and the rules."""
    questions = answered_questions(actor, is_mine=is_mine)
    newest = list(questions.order_by("-closed_at", "pk").values_list("pk", flat=True)[:MOST])
    done = closed_questions(newest, actor=actor)
    may = readable(actor)
    return AnswersPage(
        answers=tuple(done[pk] for pk in newest),
        is_mine=is_mine,
        total=questions.count(),
        rules=tuple(
            Rule(
                id=rule.pk,
                sentence=rule_in_words(rule, rule.text),
                by=rule.said_by.full_name if rule.said_by else "",
                at=rule.said_at,
                ended_by=rule.ended_by.full_name if rule.ended_by else "",
                ended_at=rule.ended_at,
                may_end=rule.ended_at is None and may_end_rule(actor, rule),
            )
            for rule in reading_rules()
            if access_name(rule.field) in may
        ),
    )
