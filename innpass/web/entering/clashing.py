"""What is typed of a period beside what is known: already there, overlapping, outside the time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from innpass.casework.reconciliation.details import Detail, details_of
from innpass.domain.access.policy import may_read
from innpass.domain.access.roles import Actor
from innpass.domain.sheets.records import TableKind, Value
from innpass.web.design.words import in_words
from innpass.web.entering.controls import Typed
from innpass.web.entering.forms import DETAILS, Form, shown

if TYPE_CHECKING:
    from innpass.casework.participants.models import Participant

# Nobody is away twice on a day.
_AWAY = (TableKind.LEAVE, TableKind.ABSENCE)
_PROGRAMME = ("programme.start", "programme.planned_end", "programme.actual_end")
_UNTIL = "clock.programme_until"


def checked(
    person: "Participant",
    form: Form,
    typed: Typed,
    *,
    actor: Actor,
    current: Detail | None = None,
) -> Typed:
    """Return what was typed, with a sentence beside the day that clashes with what is known.

    Only what the actor may read is told, and looked at.

    Args:
        current: what is being corrected, whose days are looked at only where they were changed.
    """
    if form.kind is None or typed.has_problems:
        return typed
    days = _days_of(form.kind)
    if current is not None and not typed.changed & set(days):
        return typed
    values = {**(current.values if current else {}), **typed.values}
    others = [each for each in details_of(person, form.kind) if not _is_same(each, current)]
    if current is None and any(_says_the_same(typed, each) for each in others):
        return _with_problem(
            typed,
            typed.controls[0].name,
            _("Akkurat dette er ført fra før. Ingenting er lagret. Se listen for det som er ført."),
        )
    if form.kind not in _AWAY:
        return typed
    first, last = (values.get(name) for name in days)
    if not isinstance(first, date) or not isinstance(last, date):
        return typed
    for sentence in (
        *_outside(person, first, last, actor=actor),
        *_overlapping(person, form.kind, others, first, last, actor=actor),
    ):
        return _with_problem(typed, days[0], sentence)
    return typed


def overlaps_another(detail: Detail, others: Sequence[Detail], kind: TableKind) -> bool:
    """Say whether leave or absence shares a day with another of its kind, as files may tell it."""
    if kind not in _AWAY:
        return False
    first, last = (detail.values.get(name) for name in _days_of(kind))
    if not isinstance(first, date) or not isinstance(last, date):
        return False
    return any(
        _shared(kind, each.values, first, last) for each in others if not _is_same(each, detail)
    )


def _days_of(kind: TableKind) -> tuple[str, str]:
    return f"{kind}.first_day", f"{kind}.last_day"


def _is_same(one: Detail, other: Detail | None) -> bool:
    return other is not None and (one.row, one.group) == (other.row, other.group)


def _says_the_same(typed: Typed, other: Detail) -> bool:
    return all(
        typed.values.get(each.name) == other.values.get(each.name) for each in typed.controls
    )


def _with_problem(typed: Typed, name: str, sentence: str) -> Typed:
    return replace(
        typed,
        controls=tuple(
            replace(each, problem=sentence) if each.name == name else each
            for each in typed.controls
        ),
    )


def _outside(person: "Participant", first: date, last: date, *, actor: Actor) -> Iterator[str]:
    """Say that days lie outside the programme; leave may last longer than was planned.

    Leave moves the end that the law gives, and nobody need have planned anew by then: days until
    it are true. Whoever may not read that end is told of none that was planned.
    """
    enrolment = getattr(person, "enrolment", None)
    if enrolment is None or not all(may_read(actor, name) for name in _PROGRAMME):
        return
    start, planned = enrolment.first_day, enrolment.planned_last_day
    ended = enrolment.actual_last_day
    if start and first < start:
        yield _(
            "Dette begynner før programmet, som starter %s. Rett dagene, eller rett programstarten "
            "først."
        ) % _day(start)
    elif ended and last > ended:
        yield _(
            "Dette varer etter programmet, som sluttet %s. Rett dagene, eller rett programslutten "
            "først."
        ) % _day(ended)
    elif planned and not ended and may_read(actor, _UNTIL) and first > _last(person, planned):
        yield _(
            "Dette begynner etter programmet, som er planlagt til %s. Rett dagene, eller rett den "
            "planlagte slutten først."
        ) % _day(planned)


def _last(person: "Participant", planned: date) -> date:
    clock = getattr(person, "clock", None)
    until = clock.programme_until if clock else None
    return max(planned, until) if until else planned


def _overlapping(
    person: "Participant",
    kind: TableKind,
    mine: list[Detail],
    first: date,
    last: date,
    *,
    actor: Actor,
) -> Iterator[str]:
    for form in DETAILS.values():
        if form.kind not in _AWAY or not set(_days_of(form.kind)) <= set(shown(form, actor)):
            continue
        for each in mine if form.kind is kind else details_of(person, form.kind):
            if days := _shared(form.kind, each.values, first, last):
                yield _(
                    "Dagene overlapper %(what)s %(first)s – %(last)s, som er ført fra før. Rett "
                    "dagene, eller rett det som er ført."
                ) % {"what": form.one, "first": _day(days[0]), "last": _day(days[1])}


def _shared(
    kind: TableKind, values: Mapping[str, Value], first: date, last: date
) -> tuple[date, date] | None:
    """Return the days of what is known, where it shares one with those typed."""
    begins, ends = (values.get(name) for name in _days_of(kind))
    if not isinstance(begins, date) or not isinstance(ends, date):
        return None
    return (begins, ends) if begins <= last and first <= ends else None


def _day(day: date) -> str:
    return in_words("leave.first_day", day)
