"""Putting all who began in a term on a course model: whom it would be, and what one act did."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db.models import QuerySet

from innpass.casework.participants.queries import visible_participants
from innpass.casework.programme.models import Enrolment
from innpass.casework.training.courses import lives, versions
from innpass.casework.training.models import CourseChoice
from innpass.domain.access.roles import Actor
from innpass.domain.courses.deciding import choice_faults
from innpass.domain.courses.faults import sentence
from innpass.domain.courses.following import (
    Choice,
    Life,
    Version,
    course_place,
    suggested,
    track_in,
)


class Outcome(StrEnum):
    """What would become of somebody."""

    CHOSEN = "chosen"
    NO_TRACK = "no_track"
    NO_MODEL = "no_model"
    HAS_CHOICE = "has_choice"  # somebody chose already, and nobody asked to move them
    IS_THERE = "is_there"
    CANNOT = "cannot"  # see ``Candidate.why``


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who began in the term. ``choice`` is what would be stored, where it would.

    ``why`` says why it cannot be, in a sentence, where the outcome is ``CANNOT``.
    """

    participant: UUID
    name: str
    start: date
    outcome: Outcome
    choice: Choice | None = None
    version: Version | None = None
    why: str = ""


def terms(*, actor: Actor) -> dict[str, int]:
    """Count those the actor may see by the month they began in (``2025-08``), the latest first."""
    days = _enrolments(actor).values_list("first_day", flat=True)
    found = Counter(f"{day:%Y-%m}" for day in days)
    return dict(sorted(found.items(), reverse=True))


def candidates(
    term: str,
    *,
    actor: Actor,
    on: date,
    target: Version | None = None,
    first_day: date | None = None,
    reason: str = "",
) -> list[Candidate]:
    """Say what would become of all who began in a term, by name. A fixed number of queries.

    Args:
        target: the version to move them to, from ``first_day`` and for ``reason``; where it is
            ``None``, each who has no choice is put on what we suggest.
    """
    rows = [
        (pk, name, day)
        for pk, name, day in _enrolments(actor).values_list(
            "participant", "participant__name", "first_day"
        )
        if day and f"{day:%Y-%m}" == term
    ]
    every = versions()
    found = lives([pk for pk, _name, _day in rows])
    return [
        _candidate(pk, name, day, found[pk], every, on, target, first_day, reason)
        for pk, name, day in sorted(rows, key=lambda row: (row[1], str(row[0])))
    ]


def _candidate(
    pk: UUID,
    name: str,
    start: date,
    life: Life,
    every: tuple[Version, ...],
    on: date,
    target: Version | None,
    first_day: date | None,
    reason: str,
) -> Candidate:
    def left(outcome: Outcome) -> Candidate:
        return Candidate(pk, name, start, outcome)

    version, track, day = target, life.track, first_day or on
    if target is None:
        if life.choices:
            return left(Outcome.HAS_CHOICE)
        version, day = suggested(every, start), start
    else:
        place = course_place(life, every, on=day)
        track = place.track if place and place.track else life.track
        if place and place.choice and _same(place.version, target):
            return left(Outcome.IS_THERE)
    if version is None:
        return left(Outcome.NO_MODEL)
    track = track_in(version.model, track)
    if not track:
        return left(Outcome.NO_TRACK)
    choice = Choice(max(day, start), version.model.id, version.number, track, reason)
    # The same question as the act asks, so that the preview promises nothing it leaves out.
    if found := choice_faults(choice, life, every):
        return Candidate(pk, name, start, Outcome.CANNOT, why=sentence(found[0]))
    return Candidate(pk, name, start, Outcome.CHOSEN, choice, version)


def _same(one: Version, other: Version) -> bool:
    return (one.model.id, one.number) == (other.model.id, other.number)


def chosen_in(act: UUID, *, actor: Actor) -> list[CourseChoice]:
    """Return what one act chose, of those the actor may see, by name."""
    rows = CourseChoice.objects.filter(
        act_id=act, participant__in=visible_participants(actor)
    ).select_related("participant", "made_by")
    return list(rows.order_by("participant__name", "pk"))


def _enrolments(actor: Actor) -> "QuerySet[Enrolment]":
    people = visible_participants(actor)
    rows: QuerySet[Enrolment] = Enrolment.objects.filter(participant__in=people)
    return rows.exclude(first_day=None)
