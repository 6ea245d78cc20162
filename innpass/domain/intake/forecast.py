"""Who is likely to start in which term, each for a reason with a day. Nothing is guessed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from innpass.domain.intake.reasons import Reason, reason
from innpass.domain.intake.rules import rules_on


class Certainty(StrEnum):
    """Whether a decision says so, or it is possible by what is known."""

    SURE = "sure"
    POSSIBLE = "possible"


@dataclass(frozen=True, slots=True)
class TermDays:
    """A term: its first day, and the last day on which somebody is taken in (both inclusive)."""

    key: str
    first_day: date
    cut_off: date


@dataclass(frozen=True, slots=True)
class PersonDays:
    """The days that tell when somebody starts.

    Attributes:
        first_day, last_day: of the programme; ``last_day`` only where it has ended.
        leaves: first and last days of leave, both inclusive; those that follow at once are one.
    """

    key: str
    settled_on: date | None = None
    offered_on: date | None = None
    first_day: date | None = None
    last_day: date | None = None
    leaves: tuple[tuple[date, date], ...] = ()


@dataclass(frozen=True, slots=True)
class Starter:
    """Somebody who may start in a term, and why."""

    person: str
    term: str
    certainty: Certainty
    reason: Reason


def forecast(
    people: Iterable[PersonDays], terms: Sequence[TermDays], *, on: date
) -> tuple[Starter, ...]:
    """Say who may start in the terms to come; each person in one term at most.

    Whoever has a programme that has begun is no starter, unless a long leave ends. A start that is
    set belongs to the term with the nearest first day, also where that one has begun.
    """
    in_time = sorted(terms, key=lambda term: term.first_day)
    found = (_starter(person, in_time, on) for person in people)
    return tuple(starter for starter in found if starter is not None)


def _starter(person: PersonDays, terms: Sequence[TermDays], on: date) -> Starter | None:
    coming = [term for term in terms if term.first_day > on]
    if person.last_day is not None or not coming:
        return None
    if person.first_day is not None and person.first_day <= on:
        return _back_from_leave(person, coming, on)
    if person.first_day is not None:
        start = person.first_day
        term = min(terms, key=lambda term: abs((term.first_day - start).days))
        if term not in coming:
            return None  # comes late to a term that has begun
        why = reason("forecast.start_set", day=person.first_day)
        return Starter(person.key, term.key, Certainty.SURE, why)
    ready = person.offered_on or person.settled_on
    if ready is None:
        return None
    open_to = [term for term in coming if term.cut_off >= max(ready, on)]
    if not open_to:
        return None
    if person.offered_on is not None:
        why = reason("forecast.offered", day=person.offered_on)
        return Starter(person.key, open_to[0].key, Certainty.SURE, why)
    code = "forecast.settled" if ready <= on else "forecast.will_settle"
    return Starter(person.key, open_to[0].key, Certainty.POSSIBLE, reason(code, day=ready))


def _back_from_leave(person: PersonDays, coming: Sequence[TermDays], on: date) -> Starter | None:
    long = rules_on(on).long_leave
    ends = [
        last
        for first, last in _joined(person.leaves)
        if first <= on <= last and (last - first).days + 1 >= long
    ]
    after = [term for term in coming if ends and term.first_day > max(ends)]
    if not after:
        return None
    why = reason("forecast.leave_ends", day=max(ends))
    return Starter(person.key, after[0].key, Certainty.SURE, why)


def _joined(leaves: Iterable[tuple[date, date]]) -> list[tuple[date, date]]:
    """Put leaves together that overlap, or follow one another without a day between."""
    found: list[tuple[date, date]] = []
    for first, last in sorted(leaves):
        if found and first <= found[-1][1] + timedelta(days=1):
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found
