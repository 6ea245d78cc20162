"""A person's leave, absence and decisions, and what must be asked about their days."""

from collections.abc import Hashable, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from innpass.domain.deriving.owners import asked_about_owner
from innpass.domain.deriving.state import (
    AbsenceState,
    ActivityState,
    CellQuestion,
    DecisionState,
    KnownRow,
    LeaveState,
    TestState,
    ToldIn,
    Unsettled,
)
from innpass.domain.sheets.fields import AbsenceKind, DecisionKind, LeaveKind
from innpass.domain.sheets.records import TableKind

Told = TypeVar("Told", ActivityState, LeaveState, AbsenceState, DecisionState, TestState)
What = TypeVar("What", bound=Hashable)


def keep_once(found: dict[What, Told], what: What, state: Told) -> None:
    """Keep what a row tells; where a row before told the same, keep that it is told here too."""
    first = found.get(what)
    told_in: ToldIn = ((state.key, {}),)
    if first is None:
        found[what] = replace(state, told_in=told_in)
    else:
        found[what] = replace(first, told_in=first.told_in + told_in)


def ask(known: KnownRow, name: str, kind: Unsettled) -> CellQuestion:
    """Ask about a cell that was read, but cannot stand beside another of its row."""
    reading = known.row.readings[name]
    return CellQuestion(
        known.key, name, reading.cell, kind, reading.text, (), asked_about_owner(known.row.owner)
    )


def leave_of(rows: Sequence[KnownRow]) -> tuple[tuple[LeaveState, ...], list[CellQuestion]]:
    """Return the periods of leave, each once, and questions about days the wrong way round."""
    found: dict[tuple[date, date], LeaveState] = {}
    questions: list[CellQuestion] = []
    for known in rows:
        if known.row.kind is not TableKind.LEAVE:
            continue
        days = _days(known, "leave", questions)
        if days is None:
            continue
        kind = known.row.value("leave.kind")
        reason = str(known.row.value("leave.reason") or "")
        state = LeaveState(*days, reason, known.key, LeaveKind(str(kind)) if kind else None)
        keep_once(found, days, state)
    return tuple(found[days] for days in sorted(found)), questions


def absences_of(rows: Sequence[KnownRow]) -> tuple[tuple[AbsenceState, ...], list[CellQuestion]]:
    """Return the absences, each once, and questions about days the wrong way round."""
    found: dict[tuple[date, date], AbsenceState] = {}
    questions: list[CellQuestion] = []
    for known in rows:
        if known.row.kind is not TableKind.ABSENCE:
            continue
        days = _days(known, "absence", questions)
        if days is None:
            continue
        kind = known.row.value("absence.kind")
        state = AbsenceState(*days, AbsenceKind(str(kind)) if kind else None, known.key)
        keep_once(found, days, state)
    return tuple(found[days] for days in sorted(found)), questions


def decisions_of(
    rows: Sequence[KnownRow],
) -> tuple[tuple[DecisionState, ...], list[CellQuestion]]:
    """Return the decisions, each once, and questions about periods the wrong way round.

    A row that does not say what was decided tells of no decision; its days may be unknown.
    """
    found: dict[tuple[object, ...], DecisionState] = {}
    questions: list[CellQuestion] = []
    for known in rows:
        row = known.row
        kind = row.value("decision.kind")
        if row.kind is not TableKind.DECISION or kind is None:
            continue
        day, first, last = (
            value if isinstance(value := row.value(f"decision.{part}"), date) else None
            for part in ("day", "first_day", "last_day")
        )
        if first and last and last < first:
            questions.append(ask(known, "decision.last_day", Unsettled.REVERSED_DAYS))
            continue
        reason = str(row.value("decision.reason") or "")
        state = DecisionState(DecisionKind(str(kind)), day, first, last, reason, known.key)
        keep_once(found, (state.kind, day, first, last), state)
    order = sorted(
        found.values(),
        key=lambda d: (d.day or date.max, d.first_day or date.max, d.last_day or date.max, d.kind),
    )
    return tuple(order), questions


def _days(known: KnownRow, prefix: str, questions: list[CellQuestion]) -> tuple[date, date] | None:
    """Return the first and the last day of a row; ``None`` where one lacks or they are reversed."""
    first, last = known.row.value(f"{prefix}.first_day"), known.row.value(f"{prefix}.last_day")
    if not isinstance(first, date) or not isinstance(last, date):
        return None
    if last < first:
        questions.append(ask(known, f"{prefix}.last_day", Unsettled.REVERSED_DAYS))
        return None
    return first, last
