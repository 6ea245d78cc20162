"""How urgent a case is, and until when an answer about it holds."""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from innpass.domain.journey.facts import CaseFacts
from innpass.domain.journey.next_steps import NextStep, next_steps_at
from innpass.domain.journey.place import Place, place_at
from innpass.domain.journey.rules import rules_at
from innpass.domain.journey.today import Today, shift


class Level(IntEnum):
    """The order of the overview's default sorting, "needs action first"."""

    OVERDUE = 0
    SOON = 1
    LATER = 2
    NOTHING = 3


@dataclass(frozen=True, slots=True)
class Attention:
    """How urgent a case is, sortable: the level, then the deadline of its most urgent step.

    Attributes:
        level: overdue once the deadline is past; a step without a deadline counts as later.
        due: ``None`` without a step, or where the first one has no deadline.
    """

    level: Level
    due: date | None


@dataclass(frozen=True, slots=True)
class Outlook:
    """All answers about a case, from one pass over its facts.

    Attributes:
        place: where it is.
        next_steps: what is open, most urgent first.
        attention: how urgent it is.
        holds_before: the answers hold on every day before this one as long as no fact changes;
            on the day itself they may differ. ``None``: for good. Never later than
            ``changes_after``, and cheaper: for deciding when to refresh a stored row.
    """

    place: Place
    next_steps: tuple[NextStep, ...]
    attention: Attention
    holds_before: date | None


def _attention(steps: tuple[NextStep, ...], today: Today) -> Attention:
    if not steps:
        return Attention(Level.NOTHING, None)
    due = steps[0].due
    if due is None:
        return Attention(Level.LATER, None)
    if today.has_passed(due):
        return Attention(Level.OVERDUE, due)
    if today.has_reached(shift(due, -rules_at(today).due_soon)):
        return Attention(Level.SOON, due)
    return Attention(Level.LATER, due)


def outlook(facts: CaseFacts, *, on: date) -> Outlook:
    """Answer everything about a case at once."""
    today = Today(on)
    place = place_at(facts, today)
    steps = next_steps_at(facts, today)
    attention = _attention(steps, today)
    return Outlook(place, steps, attention, today.next_change)


def attention(facts: CaseFacts, *, on: date) -> Attention:
    """Say how urgent the case is."""
    return outlook(facts, on=on).attention


def changes_after(facts: CaseFacts, *, on: date) -> date | None:
    """Give the first later day on which an answer differs though no fact changes.

    Returns:
        The first day on which ``place``, ``next_steps`` or ``attention`` differs from what it is
        on ``on``; ``None`` when they stay as they are.
    """
    now = outlook(facts, on=on)
    later = now
    while later.holds_before is not None:
        day = later.holds_before
        later = outlook(facts, on=day)
        if (later.place, later.next_steps, later.attention) != (
            now.place,
            now.next_steps,
            now.attention,
        ):
            return day
    return None
