"""Reading people: who may be seen, and one person's numbers."""

import re
from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce

from innpass.casework.imports.models import Question, SourceRow
from innpass.casework.participants.models import (
    SECRET_KINDS,
    Identifier,
    IdentifierKind,
    NamedStaff,
    Participant,
    ProtectionMark,
    RowLink,
)
from innpass.casework.participants.sources import Statement, Told, statements_about, told_about
from innpass.domain.access.roles import Actor
from innpass.domain.linking.names import fold
from innpass.domain.linking.rows import QuestionKind

_FEW = 400
_ROW = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def owner_expression(prefix: str = "participant") -> Coalesce:
    """Return the expression for whom a row is about: the one that person turned out to be.

    Rows that people made stay with whom they were made for; when that one turns out to be
    another's second, they are the other's, however many steps on, until the two are parted.
    ``prefix`` leads from the queried model to the participant.
    """
    return Coalesce(f"{prefix}__turned_out_to_be", prefix)


OWNER = owner_expression()
OWNERS = ("participant", "participant__turned_out_to_be")  # what owner_of asks of a row


def owner_of(person: Participant) -> Participant:
    """Return who somebody turned out to be: most often that same person."""
    found: Participant | None = person.turned_out_to_be
    return person if found is None else found


def family_of(people: Collection[UUID], prefix: str = "participant") -> Q:
    """Return the condition for rows about some people, or about who turned out to be one of them.

    ``prefix`` leads from the queried model to the participant. An index answers it, as none does
    for ``owner_expression``.
    """
    some = list(people)
    seconds = Participant.objects.filter(turned_out_to_be__in=some).values("pk")
    return Q(**{f"{prefix}__in": some}) | Q(**{f"{prefix}__in": seconds})


def owned_by(
    rows: "QuerySet[Any]", people: Collection[UUID], prefix: str = "participant"
) -> "QuerySet[Any, Any]":
    """Return the rows about some people, each with whom it is about as ``owner``.

    ``prefix`` leads from the queried model to the participant.
    """
    some = list(people)
    found: QuerySet[Any, Any] = rows.annotate(owner=owner_expression(prefix))
    found = found.filter(owner__in=some)
    # Of few, an index finds the rows; of many, the long lists would cost more than the rows do.
    return found.filter(family_of(some, prefix)) if len(some) <= _FEW else found


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


def people_hidden_from(actor: Actor) -> "QuerySet[Participant, Any]":
    """Return the ids of people whom an actor may not see, as a subquery: few, and quickly found.

    What ``may_be_seen`` leaves out; only people with a protected address are asked about.
    """
    protected = Participant.objects.filter(is_protected=True)
    hidden: QuerySet[Participant] = protected.exclude(may_be_seen(actor))
    return hidden.values("pk")


def visible_participants(actor: Actor) -> "QuerySet[Participant]":
    """Return the people that an actor may see."""
    people: QuerySet[Participant] = Participant.objects.filter(absorbed_by=None).filter(
        may_be_seen(actor)
    )
    return people


def name_on_paper(person: Participant) -> str:
    """Return the name for what is printed, signed at a table or sent; empty of a protected one.

    Whoever hands the paper over writes the name on it by hand.
    """
    return "" if person.is_protected else person.name


def find_participant(pk: UUID, *, actor: Actor) -> Participant | None:
    """Return one person, or ``None`` where there is no such person that the actor may see."""
    return visible_participants(actor).filter(pk=pk).first()


def hidden_people(actor: Actor) -> set[UUID]:
    """Return the people whom the actor may not see: few, since only marks hide anybody."""
    if actor.is_operator:
        return set()
    marked = Participant.objects.filter(is_protected=True, absorbed_by=None)
    return set(marked.exclude(may_be_seen(actor)).values_list("pk", flat=True))


def hidden_rows(actor: Actor) -> "QuerySet[RowLink, Any]":
    """Return the source rows about people whom the actor may not see, as a subquery."""
    links: QuerySet[RowLink] = RowLink.objects.none()
    if not actor.is_operator:
        marked = RowLink.objects.filter(participant__is_protected=True)
        links = marked.exclude(may_be_seen(actor, "participant__"), participant__absorbed_by=None)
    return links.values("row")


def numbers_of(participant: Participant) -> list[Identifier]:
    """Return a person's identifiers in the order of ``IdentifierKind``."""
    order = {kind: place for place, kind in enumerate(IdentifierKind.values)}
    return sorted(participant.identifiers.all(), key=lambda row: order[row.kind])


def masked(identifier: Identifier) -> str:
    """Return a number fit for the screen: system numbers whole, identity numbers as dots."""
    return "•" * 11 if identifier.kind in SECRET_KINDS else identifier.plain


def search_participants(words: str, *, actor: Actor, most: int) -> list[Participant]:
    """Return the first people by name, of those the actor may see, whose name has all the words."""
    people = visible_participants(actor)
    folded = fold(words)
    if not folded:
        return []
    for word in folded:
        people = people.filter(folded_name__contains=word)
    return list(people.order_by("name", "pk")[:most])


def marks_that_hold(actor: Actor) -> "QuerySet[ProtectionMark]":
    """Return the marks of protected addresses that the actor is named in, by name."""
    marks = ProtectionMark.objects.filter(lifted_at=None)
    if not actor.is_operator:
        marks = marks.filter(named_staff__user=actor.user_id)
    found: QuerySet[ProtectionMark] = (
        marks.select_related("participant", "set_by")
        .prefetch_related(Prefetch("named_staff", NamedStaff.objects.select_related("user")))
        .order_by("participant__name", "set_at")
    )
    return found


def seen_questions(
    actor: Actor,
    *,
    among: "QuerySet[Question] | None" = None,
    hidden: Collection[UUID] | None = None,
) -> "QuerySet[Question]":
    """Return the questions, open and closed, that do not touch people the actor may not see.

    Neither the question's own row nor a row it names as a candidate may be about such a person.
    ``among`` says which questions are asked for; the fewer they are, the less is read. ``hidden``
    are the ``hidden_rows``, where the caller has just asked for them.
    """
    questions: QuerySet[Question] = Question.objects.all() if among is None else among
    if hidden is None:
        hidden = set(hidden_rows(actor).values_list("row", flat=True))
    if not hidden:
        return questions
    # Each name of a row is taken from the text as it is stored: parsing them all takes far longer.
    named = questions.filter(kind__in=[kind.value for kind in QuestionKind]).values_list(
        "pk", KeyTextTransform("candidates", "values")
    )
    rows = {str(pk) for pk in hidden}
    naming = [pk for pk, text in named if text and not rows.isdisjoint(_ROW.findall(text))]
    return questions.exclude(row__in=hidden).exclude(pk__in=naming)


def open_questions(actor: Actor) -> "QuerySet[Question]":
    """Return the questions that wait, without those about people the actor may not see."""
    return seen_questions(actor, among=Question.objects.filter(closed_at=None))


def count_settled_questions(actor: Actor) -> int:
    """Count the questions that closed themselves, of those the actor may see."""
    settled = seen_questions(actor).exclude(closed_at=None)
    return settled.exclude(closed_because="import_undone").count()


def people_of_rows(rows: Collection[UUID], *, actor: Actor) -> dict[UUID, Participant]:
    """Return whom some source rows are about, of the people the actor may see, by row."""
    links = RowLink.objects.filter(row__in=list(rows)).filter(may_be_seen(actor, "participant__"))
    found = links.select_related("participant")
    return {link.row_id: link.participant for link in found}


def places_of_rows(rows: Collection[UUID]) -> dict[UUID, tuple[str, str, int]]:
    """Return file, sheet and number of some source rows."""
    found = SourceRow.objects.filter(pk__in=list(rows)).values_list(
        "pk", "file__name", "sheet", "number"
    )
    return {pk: (file, sheet, number) for pk, file, sheet, number in found}


def questions_about(participant: Participant, *, actor: Actor) -> "QuerySet[Question]":
    """Return the open questions about cells in a person's rows, in the order of the sheet.

    Without those that name somebody whom the actor may not see.
    """
    questions: QuerySet[Question] = (
        open_questions(actor)
        .filter(row__link__participant=participant)
        .select_related("row__file")
        .defer("row__identity", "row__file__content")
        .order_by("row__file__name", "row__sheet", "row__number", "cell")
    )
    return questions


__all__ = [
    "OWNER",
    "OWNERS",
    "Statement",
    "Told",
    "count_settled_questions",
    "family_of",
    "find_participant",
    "hidden_people",
    "hidden_rows",
    "marks_that_hold",
    "masked",
    "may_be_seen",
    "name_on_paper",
    "numbers_of",
    "open_questions",
    "owned_by",
    "owner_expression",
    "owner_of",
    "people_hidden_from",
    "people_of_rows",
    "places_of_rows",
    "questions_about",
    "search_participants",
    "seen_questions",
    "statements_about",
    "told_about",
    "visible_participants",
]
