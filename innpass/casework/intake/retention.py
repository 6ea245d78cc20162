"""Reviewing how long it is kept who was in a term: which are due, erasing it, keeping it longer.

What a term was stays: its days, groups, sessions of several, their agenda, and the questions
asked there, without names. Sessions of one alone go, and what was asked there: whoever knows the
day knows who asked. Whoever began has the programme, the class and the model as data of the case,
which follow their own rules.
"""

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils import timezone

from innpass.casework.audit import services as audit
from innpass.casework.intake.models import (
    Intake,
    IntakeSession,
    IntakeTerm,
    InterpreterBooking,
    Invitation,
)
from innpass.domain.access.policy import check_may_review_files
from innpass.domain.access.roles import Actor
from innpass.domain.periods import add_months

_MONTHS_KEPT = 24


def review_day(first_day: date) -> date:
    """Return the day on which it is reviewed who was in a term that begins on a day."""
    return add_months(first_day, _MONTHS_KEPT)


def terms_to_review(*, until: date) -> "QuerySet[IntakeTerm]":
    """Return the terms with people whose day of review is ``until`` or before, the first first.

    With ``people``, how many were ever in it.
    """
    found: QuerySet[IntakeTerm] = (
        _with_people(until)
        .annotate(people=Count("intakes"))
        .order_by("keep_until", "first_day", "pk")
    )
    return found


def count_due_terms(*, on: date) -> int:
    """Count the terms whose day of review has come on ``on``."""
    return _with_people(on).count()


def _with_people(until: date) -> "QuerySet[IntakeTerm]":
    there = Intake.objects.filter(term=OuterRef("pk"))
    found: QuerySet[IntakeTerm] = IntakeTerm.objects.filter(Exists(there), keep_until__lte=until)
    return found


@transaction.atomic
def erase_people(*, terms: Collection[UUID], until: date, reason: str, by: Actor) -> int:
    """Erase for good who was in some of ``terms_to_review``; returns how many terms.

    Sessions of one alone go along, with what was asked there, and so do interpreters' bookings,
    which name languages and interpreters. Terms no longer to be reviewed are passed over.

    Raises:
        MayNot: the actor's role does not review what is kept.
        ChangedMeanwhile: a term changed after it was read; nothing is erased.
    """
    check_may_review_files(by)
    events = []
    for term in terms_to_review(until=until).filter(pk__in=list(terms)):
        of_term = Intake.objects.filter(term=term)
        Invitation.objects.filter(intake__in=of_term.values("pk")).delete()
        InterpreterBooking.objects.filter(session__term=term).delete()
        IntakeSession.objects.filter(intake__in=of_term.values("pk")).delete()
        count = of_term.count()
        of_term.delete()
        term.erased_at = timezone.now()
        term.save_version(expected=term.version, fields=("erased_at",))
        events.append(_event(term, by, "erase_intakes", reason, {"people": [count, 0]}))
    audit.record_many(events)
    return len(events)


@transaction.atomic
def keep_people_longer(
    *, terms: Collection[UUID], until: date, new_day: date, reason: str, by: Actor
) -> int:
    """Keep who was in some of ``terms_to_review`` until ``new_day``; returns how many terms.

    Raises:
        MayNot: the actor's role does not review what is kept.
        ChangedMeanwhile: a term changed after it was read; nothing is changed.
    """
    check_may_review_files(by)
    events = []
    for term in terms_to_review(until=until).filter(pk__in=list(terms)):
        changes = {"keep_until": [str(term.keep_until), str(new_day)]}
        term.keep_until = new_day
        term.save_version(expected=term.version, fields=("keep_until",))
        events.append(_event(term, by, "keep_intakes", reason, changes))
    audit.record_many(events)
    return len(events)


def _event(
    term: IntakeTerm, by: Actor, action: str, reason: str, changes: Mapping[str, object]
) -> audit.AuditEvent:
    return audit.event(
        municipality_id=term.municipality_id,
        actor_id=by.user_id,
        action=action,
        subject_kind="intake_term",
        subject_id=term.pk,
        changes=changes,
        reason=reason,
    )
