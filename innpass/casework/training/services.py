"""Deciding which course model people follow, and when their week is another than the model's."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from innpass.casework.audit import services as audit
from innpass.casework.organisations.queries import ChangedMeanwhile
from innpass.casework.participants.models import Participant
from innpass.casework.training.courses import as_choice, as_deviation, lives, versions
from innpass.casework.training.models import CourseChoice, CourseDeviation
from innpass.domain.access.policy import check_may_write
from innpass.domain.access.roles import Actor
from innpass.domain.courses.deciding import choice_faults, deviation_faults
from innpass.domain.courses.faults import Fault, sentence
from innpass.domain.courses.following import Choice, Deviation, Life
from innpass.domain.courses.reading import plain_week

FIELD = "course.choice"


class CannotDecide(ValueError):
    """A choice or deviation cannot be made. ``faults`` says why, by the field of the form."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(" ".join(sentence(fault) for fault in faults))
        self.faults = faults


@transaction.atomic
def choose(
    *,
    participant: Participant,
    choice: Choice,
    by: Actor,
    row: CourseChoice | None = None,
    expected: int = 0,
) -> CourseChoice:
    """Store a choice of model and track, or (``row``) correct one.

    Args:
        expected: the ``version`` of ``row`` that was on the screen.

    Raises:
        MayNot: it is not theirs to choose.
        CannotDecide: see ``domain.courses.deciding``.
        ChangedMeanwhile: somebody else corrected the choice, or took it back.
    """
    check_may_write(by, FIELD)
    life = _held(participant)
    if row is not None:
        _check_same(row, expected)
        life = replace(life, choices=tuple(c for c in life.choices if c != as_choice(row)))
    if found := choice_faults(choice, life, versions()):
        raise CannotDecide(found)
    values = {
        "first_day": choice.first_day,
        "key": choice.key,
        "number": choice.number,
        "track": choice.track,
        "reason": choice.reason.strip(),
    }
    return _write(CourseChoice, participant, values, row, expected, by, "course")


@transaction.atomic
def deviate(
    *,
    participant: Participant,
    deviation: Deviation,
    by: Actor,
    row: CourseDeviation | None = None,
    expected: int = 0,
) -> CourseDeviation:
    """Store a deviation, or (``row``) correct or end one; arguments and errors as ``choose``."""
    check_may_write(by, FIELD)
    life = _held(participant)
    if row is not None:
        _check_same(row, expected)
        others = tuple(d for d in life.deviations if d != as_deviation(row))
        life = replace(life, deviations=others)
    if found := deviation_faults(deviation, life, versions()):
        raise CannotDecide(found)
    values = {
        "first_day": deviation.first_day,
        "last_day": deviation.last_day,
        "alternative": "" if deviation.template else deviation.alternative,
        "template": plain_week(deviation.template) if deviation.template else None,
        "reason": deviation.reason.strip(),
    }
    return _write(CourseDeviation, participant, values, row, expected, by, "course_deviation")


@transaction.atomic
def withdraw(
    *, participant: Participant, row: CourseChoice | CourseDeviation, expected: int, by: Actor
) -> None:
    """Take a choice or deviation back: it was never to be. What came before it holds again.

    Raises:
        MayNot: it is not theirs to choose.
        ChangedMeanwhile: somebody else corrected it, or took it back.
    """
    check_may_write(by, FIELD)
    _held(participant)
    _check_same(row, expected)
    row.withdrawn_at, row.withdrawn_by_id = timezone.now(), by.user_id
    row.save_version(expected=expected, fields=("withdrawn_at", "withdrawn_by"))
    _note(row, by, "withdraw_course", {"first_day": [row.first_day.isoformat(), None]})


@transaction.atomic
def choose_many(*, chosen: Mapping[UUID, Choice], by: Actor, is_first: bool = True) -> UUID | None:
    """Store a choice for each of many people, in one act that can be taken back.

    Whoever cannot have this choice any more is left as he or she is.

    Args:
        is_first: leave out whoever has been given a choice meanwhile; otherwise they are moved.

    Returns:
        The act; ``None`` where nobody was left to choose for.

    Raises:
        MayNot: it is not theirs to choose.
    """
    check_may_write(by, FIELD)
    people = {
        person.pk: person
        for person in Participant.objects.select_for_update()
        .filter(pk__in=chosen, absorbed_by=None)
        .order_by("pk")
    }
    every, act = versions(), uuid4()
    rows = [
        CourseChoice(
            municipality_id=people[pk].municipality_id,
            participant=people[pk],
            first_day=chosen[pk].first_day,
            key=chosen[pk].key,
            number=chosen[pk].number,
            track=chosen[pk].track,
            reason=chosen[pk].reason,
            act_id=act,
            made_by_id=by.user_id,
        )
        for pk, life in lives(people).items()
        if not (is_first and life.choices) and not choice_faults(chosen[pk], life, every)
    ]
    CourseChoice.objects.bulk_create(rows)
    audit.record_many(
        audit.event(
            municipality_id=row.municipality_id,
            actor_id=by.user_id,
            action="choose_course",
            subject_kind="participant",
            subject_id=row.participant_id,
            changes=_plain(_values(row)),
        )
        for row in rows
    )
    return act if rows else None


@transaction.atomic
def take_back(*, act: UUID, hidden: Collection[UUID] = (), by: Actor) -> int:
    """Take back what one act chose, for those whose choice still stands as it was made.

    Args:
        hidden: people whom the actor may not see; they are left as they are.

    Returns:
        For how many.

    Raises:
        MayNot: it is not theirs to choose.
    """
    check_may_write(by, FIELD)
    rows = list(
        CourseChoice.objects.select_for_update()
        .filter(act_id=act, withdrawn_at=None, version=1)
        .exclude(participant__in=list(hidden))
    )
    now = timezone.now()
    CourseChoice.objects.filter(pk__in=[row.pk for row in rows]).update(
        withdrawn_at=now, withdrawn_by_id=by.user_id, version=2
    )
    audit.record_many(
        audit.event(
            municipality_id=row.municipality_id,
            actor_id=by.user_id,
            action="withdraw_course",
            subject_kind="participant",
            subject_id=row.participant_id,
            changes={"first_day": [row.first_day.isoformat(), None]},
        )
        for row in rows
    )
    return len(rows)


def _held(participant: Participant) -> Life:
    """Keep others from deciding for a person until the transaction ends; return what is known."""
    Participant.objects.select_for_update().get(pk=participant.pk)
    return lives([participant.pk])[participant.pk]


def _check_same(row: Any, expected: int) -> None:
    stored = type(row).objects.get(pk=row.pk)
    if stored.version != expected or stored.withdrawn_at is not None:
        raise ChangedMeanwhile(stored)


def _write(
    model: Any,
    participant: Participant,
    values: dict[str, Any],
    row: Any,
    expected: int,
    by: Actor,
    what: str,
) -> Any:
    if row is None:
        row = model.objects.create(
            municipality_id=participant.municipality_id,
            participant=participant,
            made_by_id=by.user_id,
            **values,
        )
        _note(row, by, f"choose_{what}", _plain(values))
        return row
    before = {name: getattr(row, name) for name in values}
    for name, value in values.items():
        setattr(row, name, value)
    row.save_version(expected=expected, fields=tuple(values))
    changes: dict[str, Any] = {
        name: [_text(before[name]), _text(value)]
        for name, value in values.items()
        if name != "reason" and before[name] != value
    }
    if before["reason"] != values["reason"]:
        changes["reason"] = "corrected"  # what it said is for few, so it stays out of the log
    _note(row, by, f"correct_{what}", changes)
    return row


def _values(row: CourseChoice) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("first_day", "key", "number", "track")}


def _plain(values: Mapping[str, Any]) -> dict[str, list[Any]]:
    return {name: [None, _text(value)] for name, value in values.items() if name != "reason"}


def _text(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _note(row: Any, by: Actor, action: str, changes: dict[str, Any]) -> None:
    audit.record(
        municipality_id=row.municipality_id,
        actor_id=by.user_id,
        action=action,
        subject_kind="participant",
        subject_id=row.participant_id,
        changes=changes,
    )
