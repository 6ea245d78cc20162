"""Whose cases a report holds: those in the programme in the period, all or a sample of them."""

from datetime import date
from random import Random
from uuid import UUID

from django.db.models import Q

from innpass.casework.participants.queries import visible_participants
from innpass.domain.access.roles import Actor


def in_programme(actor: Actor, *, first_day: date, last_day: date) -> list[UUID]:
    """Return those visible people whose programme lies in the period, in a lasting order."""
    ends = "enrolment__actual_last_day"
    people = visible_participants(actor).filter(
        Q(**{f"{ends}__gte": first_day}) | Q(**{ends: None}),
        enrolment__first_day__lte=last_day,
    )
    return sorted(people.values_list("pk", flat=True))


def sample(people: list[UUID], *, size: int, seed: int) -> list[UUID]:
    """Draw some people without putting back; the same seed draws the same of the same people."""
    if size >= len(people):
        return people
    return sorted(Random(seed).sample(people, size))  # noqa: S311  (drawn again by the seed, no secret)
