"""Rules of reading: the same text is not asked about twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import models, transaction
from django.db.models import QuerySet
from django.utils import timezone

from innpass.casework.imports.models import CellEdit, Question, ReadingRule
from innpass.casework.imports.rows import restored
from innpass.casework.participants.queries import open_questions, seen_questions
from innpass.casework.programme.models import Enrolment
from innpass.casework.reconciliation.answering import NO_SUCH_QUESTION, check_may_answer
from innpass.casework.reconciliation.rewriting import lock, rewrite_everybody
from innpass.domain.access.policy import MayNot, check_may_answer_question, may_answer_question
from innpass.domain.access.roles import Actor
from innpass.domain.deriving.derive import DAYS_AFTER_PLANNED_END
from innpass.domain.deriving.owners import asked_about
from innpass.domain.sheets.dates import possible_days
from innpass.domain.sheets.fields import plain
from innpass.domain.sheets.reading_rules import DAY_RULES, DayRule, is_meant
from innpass.domain.sheets.records import Issue, Value
from innpass.domain.sheets.words import fold

BY_RULE = "read_by_rule"  # why a question is closed
NO_RULE = "Dette svaret kan ikke bli en regel."


@dataclass(frozen=True, slots=True)
class Offer:
    """A rule that an answer may become; ``settles``: the open questions that it would settle.

    ``value`` is what the text means, or which day a week or month means.
    """

    field: str
    kind: str
    text: str
    value: Value
    settles: int


def rule_offers(question: Question, *, actor: Actor) -> list[Offer]:
    """Return the rules that the answer to a question may become, of those there are none yet.

    A code word means what it was said to mean. A week or month means a day only where the answer
    was that very day: the first, the Monday or the Friday.
    """
    if question.answer is None or question.kind not in {Issue.UNKNOWN_WORD, *DAY_RULES}:
        return []
    edits = CellEdit.objects.filter(
        act=question.answer, row=question.row_id, field=question.field, undone_at=None
    )
    said = edits.exclude(value=None).values_list("value", flat=True).first()
    issue, name = Issue(question.kind), plain(question.field)
    value = None if said is None else restored(name, said)
    if value is None:
        return []
    meant: Sequence[Value] = [value]
    text = fold(question.text)
    if issue in DAY_RULES:
        text = ""
        meant = [
            rule for rule in DAY_RULES[issue] if isinstance(value, date) and is_meant(rule, value)
        ]
    held = ReadingRule.objects.filter(field=name, kind=issue, text=text, ended_at=None)
    if not meant or not _fits(text, issue) or held.exists():
        return []
    return [
        Offer(name, str(issue), text, each, len(_settled_by(name, issue, text, each, actor)))
        for each in meant
    ]


def _fits(text: str, issue: Issue) -> bool:
    longest = ReadingRule._meta.get_field("text").max_length or 0
    return issue in DAY_RULES or 0 < len(text) <= longest


def _settled_by(name: str, issue: Issue, text: str, value: Value, actor: Actor) -> list[UUID]:
    """Return the open questions that a rule would settle."""
    asked = [
        question
        for question in open_questions(actor).filter(kind=issue).only("field", "text", "row")
        if plain(question.field) == name
    ]
    if issue not in DAY_RULES:
        return [question.pk for question in asked if fold(question.text) == text]
    spans = {
        row: (first, last + timedelta(days=DAYS_AFTER_PLANNED_END))
        for row, first, last in Enrolment.objects.filter(
            participant__row_links__row__in=[question.row_id for question in asked],
            first_day__isnull=False,
            planned_last_day__isnull=False,
        ).values_list("participant__row_links__row", "first_day", "planned_last_day")
    }
    return [
        question.pk
        for question in asked
        if question.row_id in spans
        and sum(
            is_meant(DayRule(str(value)), day)
            for day in possible_days(question.text, *spans[question.row_id])
        )
        == 1
    ]


@transaction.atomic
def make_rule(question: UUID, value: str, *, municipality_id: UUID, by: Actor) -> int:
    """Let an answer be a rule from now on; returns how many open questions it settled.

    Args:
        question: an answered one.
        value: the value of one of its ``rule_offers``, as text.

    Raises:
        MayNot: there is no such question for the actor, or others answer it.
        LookupError: the answer may not become that rule, or there is one already.
    """
    municipality = lock(municipality_id)
    found = seen_questions(by).filter(pk=question).select_related("row").first()
    if found is None:
        raise MayNot(NO_SUCH_QUESTION)
    check_may_answer(by, found)
    offers = rule_offers(found, actor=by)
    offer = next((each for each in offers if str(each.value) == value), None)
    if offer is None:
        raise LookupError(NO_RULE)
    ReadingRule.objects.create(
        municipality=municipality,
        field=offer.field,
        kind=offer.kind,
        text=offer.text,
        value=offer.value,
        act=found.answer,
        said_at=timezone.now(),
        said_by_id=by.user_id,
    )
    open_before = Question.objects.filter(closed_at=None, kind=offer.kind)
    asked = [each.pk for each in open_before if plain(each.field) == offer.field]
    rewrite_everybody(municipality=municipality, by=by, action="reading_rule")
    closed = Question.objects.filter(pk__in=asked).exclude(closed_at=None)
    return closed.update(closed_because=BY_RULE, version=models.F("version") + 1)


def may_end_rule(actor: Actor, rule: ReadingRule) -> bool:
    """Say whether the actor may end a rule: whoever may answer questions about its field."""
    return any(may_answer_question(actor, owner=owner) for owner in asked_about(rule.field))


@transaction.atomic
def end_rule(rule: UUID, *, municipality_id: UUID, by: Actor) -> None:
    """Let a rule hold no more: what it read is asked about again.

    Raises:
        MayNot: others answer questions about its field.
        LookupError: there is no such rule that holds.
    """
    municipality = lock(municipality_id)
    found = ReadingRule.objects.filter(pk=rule, ended_at=None).first()
    if found is None:
        raise LookupError("Regelen er alt avsluttet.")
    if not may_end_rule(by, found):
        check_may_answer_question(by, owner=asked_about(found.field)[0])
    found.ended_at, found.ended_by_id = timezone.now(), by.user_id
    found.save_version(expected=found.version, fields=("ended_at", "ended_by_id"))
    rewrite_everybody(municipality=municipality, by=by, action="reading_rule")


def reading_rules() -> "QuerySet[ReadingRule]":
    """Return the rules, those that hold first, the newest first."""
    return ReadingRule.objects.select_related("said_by", "ended_by").order_by(
        models.F("ended_at").desc(nulls_first=True), "-said_at"
    )
