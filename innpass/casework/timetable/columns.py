"""What several tables of weeks ask of their columns."""

from django.db import models
from django.db.models import F, Q


def choices(enum: type) -> list[tuple[str, str]]:
    """Return the values of an enumeration as the choices of a column."""
    return [(member.value, member.value) for member in enum]  # type: ignore[attr-defined]


def ends_after_start(name: str) -> models.CheckConstraint:
    """Return the rule that ``end`` is after ``start``, on the same day."""
    return models.CheckConstraint(condition=Q(end__gt=F("start")) & Q(end__lte=24 * 60), name=name)


def is_weekday(name: str) -> models.CheckConstraint:
    """Return the rule that ``day`` is a day of the week."""
    return models.CheckConstraint(condition=Q(day__lte=6), name=name)
