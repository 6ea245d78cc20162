"""Two clocks: how long a person's programme, and right to Norwegian tuition, last.

Each runs from its first day through the months that the binding text allows, the months that
decisions have added, and the days that leave and absence add by rule.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, NamedTuple

from innpass.domain.law import rules  # noqa: F401  (fills the register)
from innpass.domain.law.added import (
    Added,
    Lengthen,
    Moved,
    Row,
    Stretches,
    doubtful,
    lengthened_by_days,
    lengthened_by_working_days,
    norwegian_stretches,
    programme_stretches,
    told,
)
from innpass.domain.law.deciding import texts_that_may_bind
from innpass.domain.law.extended import Extended, extended, last_day_of_months, whole_months
from innpass.domain.law.facts import Fact, PersonFacts
from innpass.domain.law.law import THE_LAW, Law, LawText
from innpass.domain.law.length import Length, length_of
from innpass.domain.law.reasons import Reason
from innpass.domain.periods import Period
from innpass.domain.sheets.fields import DecisionKind

Rows = Sequence[tuple[Row, Period]]
LengthenBy = Callable[[Rows], Lengthen]

PROGRAMME, NORWEGIAN = "programme_length", "norwegian_length"
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Clock:
    """How long something lasts, and how much of it is used.

    Args:
        topic: ``PROGRAMME`` or ``NORWEGIAN``.
        first_day: the day it runs from; ``None`` where it is not recorded.
        text: the text that binds; ``None`` where none does, or it is not known which.
        months: what the text allows without extension; ``None`` when it cannot be said.
        extension_months: the most that decisions may add.
        extended_months: what decisions have added, a month begun as one; never more than that.
        added: what leave and absence add.
        last_day: the last day, inclusive; ``None`` when it cannot be said.
        last_possible_day: the last day if everything that may be added by decision is.
        possible: every last day that the missing facts leave open, in time.
        missing: facts that would tell.
        reasons: why it is so long.
        breaches: what is against the text.
        warnings: what a human should look at.
        ended_on: the day on which it ended before or after its time; ``None`` while it runs.
    """

    topic: str
    first_day: date | None = None
    text: LawText | None = None
    months: int | None = None
    extension_months: int = 0
    extended_months: int = 0
    added: Added = field(default_factory=Added)
    last_day: date | None = None
    last_possible_day: date | None = None
    possible: tuple[date, ...] = ()
    missing: tuple[Fact, ...] = ()
    reasons: tuple[Reason, ...] = ()
    breaches: tuple[Reason, ...] = ()
    warnings: tuple[Reason, ...] = ()
    ended_on: date | None = None

    @property
    def total_days(self) -> int | None:
        """Days from the first to the last, both counted; ``None`` when it cannot be said."""
        if self.first_day is None or self.last_day is None:
            return None
        return (self.last_day - self.first_day).days + 1

    def used_days(self, *, on: date) -> int | None:
        """Count the days used up to and including ``on``: from 0 to all, none after the end."""
        if self.first_day is None or (total := self.total_days) is None:
            return None
        until = min(on, self.ended_on) if self.ended_on else on
        return min(max((until - self.first_day).days + 1, 0), total)

    def left_days(self, *, on: date) -> int | None:
        """Count the days that are not used on ``on``; 0 when it has run out."""
        used = self.used_days(on=on)
        return None if used is None or self.total_days is None else self.total_days - used

    def used_months(self, *, on: date) -> int | None:
        """Count the calendar months used up, whole ones."""
        used = self.used_days(on=on)
        if self.first_day is None or used is None:
            return None
        return whole_months(self.first_day, self.first_day + timedelta(days=used))

    def left_months(self, *, on: date) -> int | None:
        """Count the calendar months that are not used on ``on``, whole ones."""
        used = self.used_days(on=on)
        if self.last_day is None or self.first_day is None or used is None:
            return None
        return whole_months(self.first_day + timedelta(days=used), self.last_day + _ONE_DAY)

    def has_run_out(self, *, on: date) -> bool:
        """Say whether the last day has passed."""
        return self.last_day is not None and self.last_day < on


def programme_clock(facts: PersonFacts, *, on: date, law: Law = THE_LAW) -> Clock:
    """Say how long a person's programme may last, from its first day.

    Source:
        integreringsloven §§ 13 and 14; integreringsforskriften §§ 10, 19, 75 and 76.

    Reading:
        docs/law/programme-length.md; docs/law/added-days.md.
    """
    if facts.start is None:
        return _without_first_day(PROGRAMME, Fact.START)
    found = programme_stretches(facts, facts.start, on=on)
    at = law.at(facts.start)
    if facts.leaves or facts.absences:
        floor = int(at.value("days_before_added"))
        only_above = at.value("added_days") == "above_the_floor"
    else:
        floor, only_above = 0, False

    def lengthen(rows: Rows) -> Lengthen:
        return lengthened_by_working_days(rows, floor=floor, only_above=only_above, law=law)

    clock = _clock(
        _Question(PROGRAMME, facts, facts.start, DecisionKind.EXTENSION, found, on, law), lengthen
    )
    if facts.actual_end:
        clock = replace(clock, ended_on=facts.actual_end)
    return _beside_its_end(clock, facts)


def norwegian_clock(facts: PersonFacts, *, on: date, law: Law = THE_LAW) -> Clock:
    """Say how long a person's right to Norwegian tuition lasts, from the day it was offered.

    Source:
        integreringsloven §§ 32 and 37 d; integreringsforskriften § 43g until 30 June 2026.

    Reading:
        docs/law/norwegian-length.md; docs/law/added-days.md.
    """
    first_day = facts.norwegian_offered_on
    if first_day is None:
        return _without_first_day(NORWEGIAN, Fact.NORWEGIAN_OFFERED_ON)
    found = norwegian_stretches(facts, first_day, on=on)
    kind = DecisionKind.NORWEGIAN_EXTENSION
    asked = _Question(NORWEGIAN, facts, first_day, kind, found, on, law)
    return _clock(asked, lengthened_by_days)


@dataclass(frozen=True, slots=True)
class _Question:
    topic: str
    facts: PersonFacts
    first_day: date
    extends: DecisionKind
    found: Stretches
    on: date
    law: Law


class _Run(NamedTuple):
    """Where the clock ends, by one length and with some of the rows."""

    last_day: date
    last_possible_day: date
    moved: Moved
    decided: Extended
    breaches: tuple[Reason, ...]


class _Option(NamedTuple):
    """One way in which it may be: a text, the length it gives, the rows that add."""

    text: LawText
    length: Length
    rows: Rows
    run: _Run


def _clock(asked: _Question, lengthen: LengthenBy) -> Clock:
    texts, missing = texts_that_may_bind(asked.topic, asked.facts, law=asked.law, on=asked.on)
    if not texts:
        reason = Reason(f"{asked.topic}.before_the_act")
        return Clock(asked.topic, asked.first_day, reasons=(reason,))
    # What adds for certain, and beside it what may add.
    sure = asked.found.sure
    choices = (sure, (*sure, *asked.found.maybe)) if asked.found.maybe else (sure,)
    moving = [(rows, _remembered(lengthen(rows))) for rows in choices]
    # Most of what is possible is alike but for its words.
    ran: dict[tuple[Any, ...], _Run] = {}
    notes: tuple[Reason, ...] = ()
    options: list[_Option] = []
    for text in texts:
        known = asked.facts
        length = length_of(asked.law, text, known.upper_secondary, known.end_goal, known.permit_on)
        missing += tuple(fact for fact in length.missing if fact not in missing)
        if length.possible:
            notes += tuple(note for note in length.reasons if note not in notes)
        for one in length.possible or (length,):
            for number, (rows, moved) in enumerate(moving):
                key = (number, *one.numbers)
                if key not in ran:
                    ran[key] = _run(asked, one, moved)
                options.append(_Option(text, one, rows, ran[key]))
    return _as_one(asked, options, missing, notes)


def _remembered(lengthen: Lengthen) -> Lengthen:
    known: dict[date, Moved] = {}

    def moved(ends: date) -> Moved:
        if ends not in known:
            known[ends] = lengthen(ends)
        return known[ends]

    return moved


def _run(asked: _Question, length: Length, moved: Lengthen) -> _Run:
    if length.months is None:
        raise ValueError("no length to run by")
    ordinary = last_day_of_months(asked.first_day, length.months)
    full = last_day_of_months(asked.first_day, length.months + length.extension_months)
    decided = extended(asked.facts, asked.extends, ordinary, length)
    with_decisions = last_day_of_months(asked.first_day, length.months + decided.months)
    ends = min(with_decisions + timedelta(days=decided.days), full)
    plain, with_days, most = moved(ordinary).last_day, moved(ends), moved(full).last_day
    last = with_days.last_day
    breaches = decided.breaches
    if decided.until and decided.until > last:
        if decided.until > most:
            values = (("ends", decided.until), ("last", most))
            breaches += (Reason("extension.too_late", values),)
        last = min(decided.until, most)
    if length.extension_ends:
        last = max(plain, min(last, length.extension_ends))
        most = max(plain, min(most, length.extension_ends))
    if length.decided_by and asked.on > length.decided_by:
        most = last
    return _Run(last, most, with_days, decided, breaches)


def _clock_of(asked: _Question, option: _Option) -> Clock:
    length, run = option.length, option.run
    months = run.decided.months + (run.decided.days > 0)
    return Clock(
        asked.topic,
        asked.first_day,
        option.text,
        length.months,
        length.extension_months,
        min(months, length.extension_months),
        told(asked.found, option.rows, run.moved, on=asked.on),
        run.last_day,
        run.last_possible_day,
        (run.last_day,),
        (),
        length.reasons,
        run.breaches,
        run.decided.warnings,
    )


def _as_one(
    asked: _Question,
    options: Sequence[_Option],
    missing: tuple[Fact, ...],
    notes: tuple[Reason, ...],
) -> Clock:
    """Give one clock where all end on one day; else what is possible and what would tell."""
    first = options[0]
    if len(options) == 1:
        return _clock_of(asked, first)
    runs = [option.run for option in options]
    possible = tuple(sorted({run.last_day for run in runs}))
    if len(possible) == 1:
        most = min(run.last_possible_day for run in runs)
        one_text = all(option.text is first.text for option in options)
        if one_text and all(option.length.reasons == first.length.reasons for option in options):
            return replace(_clock_of(asked, first), last_possible_day=most)
        return replace(
            _clock_of(asked, options[-1]),
            text=first.text if one_text else None,
            last_possible_day=most,
            reasons=(Reason(f"{asked.topic}.whichever_text"),),
        )
    if asked.found.maybe:
        missing = _what_would_tell(asked, runs, missing)
    reasons: list[Reason] = []
    if missing:
        reasons.append(Reason(f"{asked.topic}.unknown", (("facts", missing),)))
    reasons.append(
        Reason(f"{asked.topic}.possible", (("first", possible[0]), ("last", possible[-1])))
    )
    in_all = set.intersection(*(set(run.breaches) for run in runs))
    return Clock(
        asked.topic,
        asked.first_day,
        last_possible_day=max(run.last_possible_day for run in runs),
        possible=possible,
        missing=missing,
        reasons=(*reasons, *notes, *doubtful(asked.found, on=asked.on)),
        breaches=tuple(breach for breach in runs[0].breaches if breach in in_all),
        warnings=runs[0].decided.warnings,
    )


def _what_would_tell(
    asked: _Question, runs: Sequence[_Run], missing: tuple[Fact, ...]
) -> tuple[Fact, ...]:
    """Name the kinds of leave where they matter, and other facts where those do."""
    without, with_doubtful = ([run.last_day for run in some] for some in (runs[::2], runs[1::2]))
    others_matter = len(set(without)) > 1 or len(set(with_doubtful)) > 1
    return (missing if others_matter else ()) + (
        asked.found.missing if without != with_doubtful else ()
    )


def _beside_its_end(clock: Clock, facts: PersonFacts) -> Clock:
    """Say whether the planned or the actual end of a programme lies within its time."""
    most, last = clock.last_possible_day, clock.last_day
    if most is None:
        return clock
    if ended := facts.actual_end:
        too_late, late, name = "ended_too_late", "ended_after", "ended"
    else:
        too_late, late, name = "planned_too_long", "needs_extension", "planned"
    end = ended or facts.planned_end
    if end is None:
        return clock
    if end > most:
        breach = Reason(f"{PROGRAMME}.{too_late}", ((name, end), ("last", most)))
        return replace(clock, breaches=(*clock.breaches, breach))
    if last and end > last:
        warning = Reason(f"{PROGRAMME}.{late}", ((name, end), ("last", last)))
        return replace(clock, warnings=(*clock.warnings, warning))
    return clock


def _without_first_day(topic: str, fact: Fact) -> Clock:
    reason = Reason(f"{topic}.unknown", (("facts", (fact,)),))
    return Clock(topic, missing=(fact,), reasons=(reason,))
