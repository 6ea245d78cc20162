"""Reading people: who may be seen, and one person's numbers."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q, QuerySet

from innpass.casework.imports.models import Question
from innpass.casework.participants.models import (
    SECRET_KINDS,
    Identifier,
    IdentifierKind,
    NamedStaff,
    Participant,
    ProtectionMark,
    RowLink,
)
from innpass.casework.participants.sources import replaced_values, statements_about
from innpass.domain.access.policy import may_see_questions
from innpass.domain.access.roles import Actor


def may_be_seen(actor: Actor, prefix: str = "") -> Q:
    """Return the condition for people that an actor may see.

    The one place that decides, so that it can be narrowed later. A person with a protected address
    is seen only by the staff named in the mark that holds. ``prefix`` leads from the queried model
    to the participant (``participant__``).
    """
    if actor.is_operator:
        return Q()
    named = NamedStaff.objects.filter(user=actor.user_id, mark__lifted_at=None).values(
        "mark__participant"
    )
    return Q(**{f"{prefix}is_protected": False}) | Q(**{f"{prefix}pk__in": named})


def visible_participants(actor: Actor) -> "QuerySet[Participant]":
    """Return the people that an actor may see."""
    people: QuerySet[Participant] = Participant.objects.filter(absorbed_by=None).filter(
        may_be_seen(actor)
    )
    return people


def find_participant(pk: UUID, *, actor: Actor) -> Participant | None:
    """Return one person, or ``None`` where there is no such person that the actor may see."""
    return visible_participants(actor).filter(pk=pk).first()


def hidden_among(ids: Collection[UUID], *, actor: Actor) -> set[UUID]:
    """Return those of some participants whom the actor may not see."""
    seen = set(visible_participants(actor).filter(pk__in=list(ids)).values_list("pk", flat=True))
    return set(ids) - seen


def hidden_rows(actor: Actor) -> "QuerySet[RowLink]":
    """Return the source rows about people whom the actor may not see, as a subquery."""
    links: QuerySet[RowLink] = RowLink.objects.none()
    if not actor.is_operator:
        seen = visible_participants(actor).filter(is_protected=True).values("pk")
        links = RowLink.objects.filter(participant__is_protected=True).exclude(participant__in=seen)
    return links.values("row")


def numbers_of(participant: Participant) -> list[Identifier]:
    """Return a person's identifiers in the order of ``IdentifierKind``."""
    order = {kind: place for place, kind in enumerate(IdentifierKind.values)}
    return sorted(participant.identifiers.all(), key=lambda row: order[row.kind])


def masked(identifier: Identifier) -> str:
    """Return a number fit for the screen: system numbers whole, identity numbers as dots."""
    return "•" * 11 if identifier.kind in SECRET_KINDS else identifier.plain


def marks_that_hold(actor: Actor) -> "QuerySet[ProtectionMark]":
    """Return the marks of protected addresses that the actor is named in."""
    marks = ProtectionMark.objects.filter(lifted_at=None)
    if not actor.is_operator:
        marks = marks.filter(named_staff__user=actor.user_id)
    found: QuerySet[ProtectionMark] = marks.select_related("participant", "set_by")
    return found


def open_questions(actor: Actor) -> "QuerySet[Question]":
    """Return the questions that wait, without those about people the actor may not see."""
    questions: QuerySet[Question] = Question.objects.filter(closed_at=None).exclude(
        row__in=hidden_rows(actor)
    )
    return questions


def count_open_questions(actor: Actor) -> int:
    """Count the questions that wait, of those the actor may see."""
    return open_questions(actor).count() if may_see_questions(actor) else 0


def questions_about(participant: Participant) -> "QuerySet[Question]":
    """Return the open questions about cells in a person's rows, in the order of the sheet."""
    questions: QuerySet[Question] = (
        Question.objects.filter(closed_at=None, row__link__participant=participant)
        .select_related("row__file")
        .defer("row__identity", "row__file__content")
        .order_by("row__file__name", "row__sheet", "row__number", "cell")
    )
    return questions


__all__ = [
    "count_open_questions",
    "find_participant",
    "hidden_among",
    "hidden_rows",
    "marks_that_hold",
    "masked",
    "may_be_seen",
    "numbers_of",
    "open_questions",
    "questions_about",
    "replaced_values",
    "statements_about",
    "visible_participants",
]
