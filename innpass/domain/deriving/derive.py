"""One person's rows become one person's state. A pure function, whatever order the rows come in."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta

from innpass.domain.deriving.owners import SYSTEM_OF_NUMBER, asked_about, order_of
from innpass.domain.deriving.periods import absences_of, ask, decisions_of, keep_once, leave_of
from innpass.domain.deriving.placements import (
    Group,
    Period,
    disagreements_of,
    groups_of,
    periods_of,
    same,
    state_of,
)
from innpass.domain.deriving.state import (
    CLEARED,
    ActivityState,
    CellNote,
    CellQuestion,
    Disagreement,
    KnownRow,
    PersonState,
    PlacementState,
    Sourced,
    TestState,
    Unsettled,
)
from innpass.domain.sheets.dates import possible_days
from innpass.domain.sheets.fields import FIELDS, SKILLS, Activity
from innpass.domain.sheets.reading_rules import day_by_rule
from innpass.domain.sheets.records import Issue, Owner, Reading, Row, TableKind

# A date without a year is the one day it can be between the programme's start and this long after
# its planned end, where meetings and contracts still fall.
DAYS_AFTER_PLANNED_END = 31
_MOST_HOURS_A_WEEK = 168.0
_MANY_READINGS = 7  # more possible days than this are no help in a question

Cell = tuple[str, str]  # row key, field


def derive(
    rows: Iterable[KnownRow],
    *,
    present: Collection[Owner] = (),
    disputed: Collection[Cell] = (),
) -> PersonState:
    """Derive a person's state from the rows that are about the person.

    Args:
        rows: all rows linked to the person; hidden ones supply nothing.
        present: the bodies whose own person table has been imported. A system's number counts only
            from its own system once that is among them.
        disputed: cells whose number linking found to be another person's, or mistyped; they supply
            nothing and linking has asked or noted already.
    """
    ordered = sorted(rows, key=_place)
    seen = [known for known in ordered if not known.row.is_hidden]
    blocked = set(disputed)
    values, disagreements = _values(seen, set(present), blocked)
    span = _span(values)
    settled: dict[Cell, Reading] = {}
    for known in seen:
        for name, reading in known.row.readings.items():
            day = _only_day(name, reading, span)
            if day is not None:
                settled[known.key, name] = Reading(name, reading.cell, reading.text, value=day)
    if settled:
        seen = [_with_settled(known, settled) for known in seen]
        values, disagreements = _values(seen, set(present), blocked)
    periods = _periods(seen)
    placements = tuple(
        sorted(
            (state for period in periods if (state := state_of(period))),
            key=lambda p: (p.first_day or date.max, p.kind, p.unit or "", p.key),
        )
    )
    disagreements += [each for period in periods for each in disagreements_of(period)]
    questions, notes = _open_cells(seen, values, periods, span, blocked)
    activities, trouble = _activities(seen, placements)
    leave, of_leave = leave_of(seen)
    absences, of_absences = absences_of(seen)
    decisions, of_decisions = decisions_of(seen)
    notes += [
        CellNote(key, name, r.cell, "date_once_in_programme") for (key, name), r in settled.items()
    ]
    return PersonState(
        values=values,
        placements=placements,
        activities=activities,
        leave=leave,
        absences=absences,
        decisions=decisions,
        tests=_tests(seen),
        at_learning_centre=any(
            known.row.owner is Owner.LEARNING and known.row.kind is TableKind.PERSON
            for known in seen
        ),
        questions=tuple(questions + trouble + of_leave + of_absences + of_decisions),
        notes=tuple(notes),
        disagreements=tuple(disagreements),
    )


def _place(known: KnownRow) -> tuple[bool, int, str, str, int]:
    """Order rows so that the first to have a value is the one that counts, whatever came first.

    Of two rows entered by hand, as after two persons became one, it is always the older, however
    much either holds: that is the row in which people go on entering.
    """
    row = known.row
    filled = 0 if row.owner is Owner.HAND else -len(row.readings)
    return (known.is_gone, filled, row.file, row.sheet, row.number)


def _with_settled(known: KnownRow, settled: Mapping[Cell, Reading]) -> KnownRow:
    mine = {name: reading for (key, name), reading in settled.items() if key == known.key}
    if not mine:
        return known
    row = known.row
    readings = {**row.readings, **mine}
    return KnownRow(
        known.key,
        type(row)(row.file, row.sheet, row.number, row.owner, row.kind, row.is_hidden, readings),
        known.is_gone,
    )


def _values(
    rows: Sequence[KnownRow], present: set[Owner], blocked: set[Cell]
) -> tuple[dict[str, Sourced], list[Disagreement]]:
    """Return the current value of every field of a person, and where sources differ."""
    stated: dict[str, list[Sourced]] = _names_in_two_cells(rows)
    set_aside: dict[Cell, set[str]] = {}
    for known in rows:
        from_person_row = known.row.kind is TableKind.PERSON
        for name, reading in known.row.readings.items():
            field = FIELDS.get(name)
            if field is None or TableKind.PERSON not in field.kinds:
                continue
            if reading.value is None and reading.note != CLEARED:
                continue
            if not from_person_row and not _says_who(name):
                continue
            if (known.key, name) in blocked:
                continue
            system = SYSTEM_OF_NUMBER.get(name)
            if system and system in present and known.row.owner not in (system, Owner.HAND):
                continue
            stated.setdefault(name, []).append(
                Sourced(reading.value, known.key, reading.cell, known.row.owner)
            )
            if known.row.owner is Owner.HAND:
                set_aside[known.key, name] = {same(value) for value in reading.set_aside}
    persons = {known.key for known in rows if known.row.kind is TableKind.PERSON}
    values: dict[str, Sourced] = {}
    disagreements = []
    for name, sources in stated.items():
        rank = {owner: place for place, owner in enumerate(order_of(name))}
        ranked = sorted(sources, key=lambda s: (s.key not in persons, rank[s.owner]))
        if ranked[0].value is not None:
            values[name] = ranked[0]
        others = {same(source.value) for source in ranked[1:]} - {same(ranked[0].value)}
        if others:
            known_others = set_aside.get((ranked[0].key, name))
            is_settled = known_others is not None and others <= known_others
            disagreements.append(Disagreement(name, tuple(ranked), is_settled))
    _agree_on_name(rows, values)
    return values, disagreements


def _names_in_two_cells(rows: Sequence[KnownRow]) -> dict[str, list[Sourced]]:
    """Return whole names that stand in two cells only, so that they are compared with the others.

    Under their field; nothing where there are none.
    """
    found = [
        Sourced(whole, known.key, known.row.readings["family_name"].cell, known.row.owner)
        for known in rows
        if known.row.kind is TableKind.PERSON
        and known.row.value("name") is None
        and (whole := whole_name(known.row))
    ]
    return {"name": found} if found else {}


def whole_name(row: Row) -> str | None:
    """Return the name that a row states: in one cell, or in two, the given name first."""
    whole = row.value("name")
    if whole:
        return str(whole)
    given, family = row.value("given_name"), row.value("family_name")
    return f"{given} {family}" if given and family else None


def _says_who(name: str) -> bool:
    """Tell whether a detail row may supply the field: who it is about, nothing else."""
    return name.startswith("ids.") or name in ("name", "family_name", "given_name", "birth_date")


_NAME_FIELDS = ("name", "given_name", "family_name")


def _agree_on_name(rows: Sequence[KnownRow], values: dict[str, Sourced]) -> None:
    """Take the parts of a name from one row, so that two spellings never mix in one name."""
    for owner in order_of("name"):
        for known in rows:
            readings = known.row.readings
            if known.row.owner is not owner or known.row.kind is not TableKind.PERSON:
                continue
            given, family = known.row.value("given_name"), known.row.value("family_name")
            whole = known.row.value("name")
            if not whole and not (given and family):
                continue
            for name in _NAME_FIELDS:
                values.pop(name, None)
                if name in readings and readings[name].value is not None:
                    reading = readings[name]
                    values[name] = Sourced(reading.value, known.key, reading.cell, owner)
            if given and family:
                cell = readings["family_name"].cell
                values["name"] = Sourced(f"{given} {family}", known.key, cell, owner)
            return


def _span(values: Mapping[str, Sourced]) -> tuple[date, date] | None:
    start, end = values.get("programme.start"), values.get("programme.planned_end")
    if start and end and isinstance(start.value, date) and isinstance(end.value, date):
        return start.value, end.value + timedelta(days=DAYS_AFTER_PLANNED_END)
    return None


def _only_day(name: str, reading: Reading, span: tuple[date, date] | None) -> date | None:
    if reading.issue is None or span is None or name == "birth_date":
        return None
    if reading.issue is not Issue.DATE_WITHOUT_YEAR and reading.note is None:
        return None
    days = possible_days(reading.text, span[0], span[1])
    if reading.issue is Issue.DATE_WITHOUT_YEAR:
        return days[0] if len(days) == 1 else None
    return day_by_rule(reading, days)


def _periods(rows: Sequence[KnownRow]) -> list[Period]:
    owned: list[Group] = []
    others: list[Group] = []
    for known in rows:
        owns = known.row.kind is TableKind.PLACEMENT
        (owned if owns else others).extend(groups_of(known))
    return periods_of(owned, others)


def _open_cells(
    rows: Sequence[KnownRow],
    values: Mapping[str, Sourced],
    periods: Sequence[Period],
    span: tuple[date, date] | None,
    blocked: set[Cell],
) -> tuple[list[CellQuestion], list[CellNote]]:
    """Return a question per cell that nobody settles, and a note per cell that another settles."""
    settled_by: dict[Cell, Sourced] = {}
    for period in periods:
        state = state_of(period)
        for group in period.groups:
            for part, name in group.names.items():
                if state and part in state.sources:
                    settled_by[group.key, name] = state.sources[part]
    questions: list[CellQuestion] = []
    notes: list[CellNote] = []
    for known in rows:
        for name, reading in known.row.readings.items():
            if reading.issue is None or known.is_gone or (known.key, name) in blocked:
                continue
            other = settled_by.get((known.key, name)) or (
                values.get(name) if known.row.kind is TableKind.PERSON or _says_who(name) else None
            )
            if other is None and name in ("ids.fnr", "ids.dnr"):
                other = values.get("ids.fnr") or values.get("ids.dnr")
            if other is not None and _may_settle(other, known.row.owner, name):
                notes.append(CellNote(known.key, name, reading.cell, "settled_by", other.key))
                continue
            questions.append(
                CellQuestion(
                    key=known.key,
                    field=name,
                    cell=reading.cell,
                    kind=reading.issue,
                    text=reading.text,
                    possible=reading.possible or _readings(reading, span),
                    asks=asked_about(name),
                )
            )
    return questions, notes


def _may_settle(other: Sourced, owner: Owner, name: str) -> bool:
    """Tell whether another source's value settles an unclear cell of ``owner``.

    Not where the owner comes first for the field: then what others say may be what it was before.
    """
    order = order_of(name)
    return order.index(other.owner) <= order.index(owner)


def _readings(reading: Reading, span: tuple[date, date] | None) -> tuple[date, ...]:
    if span is None or reading.issue not in (Issue.DATE_WITHOUT_YEAR, Issue.WEEK_ONLY):
        return ()
    days = possible_days(reading.text, span[0], span[1])
    return days if len(days) <= _MANY_READINGS else ()


def _activities(
    rows: Sequence[KnownRow], placements: Sequence[PlacementState]
) -> tuple[tuple[ActivityState, ...], list[CellQuestion]]:
    """Return the hours rows. Without any from the refugee department, placements stand in.

    A placement that somebody entered in Innpass stands in as well beside a schedule that has no
    practice in its days: whoever enters it tells what the schedule does not know yet.
    """
    found: dict[tuple[object, ...], ActivityState] = {}
    questions: list[CellQuestion] = []
    has_schedule = False
    for known in rows:
        row = known.row
        if row.kind is not TableKind.ACTIVITY:
            continue
        kind, first = row.value("activity.kind"), row.value("activity.first_day")
        is_entered = row.owner is Owner.HAND and kind == Activity.PRACTICE
        has_schedule = has_schedule or row.owner is Owner.REFUGEE or is_entered
        last, hours = row.value("activity.last_day"), row.value("activity.hours_per_week")
        if kind is None or not isinstance(first, date) or not isinstance(hours, int | float):
            continue
        if isinstance(last, date) and last < first:
            questions.append(ask(known, "activity.last_day", Unsettled.REVERSED_DAYS))
            continue
        if not 0 <= hours <= _MOST_HOURS_A_WEEK:
            questions.append(ask(known, "activity.hours_per_week", Unsettled.HOURS_OUT_OF_RANGE))
            continue
        state = ActivityState(
            kind=Activity(str(kind)),
            first_day=first,
            last_day=last if isinstance(last, date) else None,
            hours_per_week=float(hours),
            key=known.key,
            owner=row.owner,
        )
        alike = row.owner, state.kind, state.first_day, state.last_day, state.hours_per_week
        keep_once(found, alike, state)
    entered = {known.key for known in rows if known.row.owner is Owner.HAND}
    practice = [a for a in found.values() if a.kind is Activity.PRACTICE]
    for place in placements:
        is_news = place.key in entered and not any(_overlap(place, each) for each in practice)
        if has_schedule and not is_news:
            continue
        first, last, hours = place.first_day, place.last_day, place.hours_per_week
        if not first or not hours or not (last or is_news) or (last and last < first):
            continue
        state = ActivityState(Activity.PRACTICE, first, last, hours, place.key, Owner.OVERVIEW)
        found.setdefault((place.kind, first, last), state)
    order = sorted(found.values(), key=lambda a: (a.first_day, a.kind, a.owner, a.hours_per_week))
    return tuple(order), questions


def _overlap(place: PlacementState, activity: ActivityState) -> bool:
    """Tell whether a placement and an activity have a day in common; no last day is no end."""
    first = place.first_day or date.min
    ends_before = place.last_day is not None and place.last_day < activity.first_day
    return not ends_before and (activity.last_day is None or activity.last_day >= first)


def _tests(rows: Sequence[KnownRow]) -> tuple[TestState, ...]:
    found: dict[tuple[object, ...], TestState] = {}
    for known in rows:
        value: Callable[[str], object] = known.row.value
        day = value("test.date")
        if known.row.kind is not TableKind.TEST or not isinstance(day, date):
            continue
        goal, reached = value("test.goal"), value("test.reached")
        levels = {
            skill: str(level) if (level := value(f"test.{skill}")) else None for skill in SKILLS
        }
        state = TestState(
            day=day,
            goal=str(goal) if goal else None,
            reached=reached if isinstance(reached, bool) else None,
            levels=levels,
            key=known.key,
        )
        keep_once(found, (day, state.goal, *levels.values()), state)
    return tuple(sorted(found.values(), key=lambda t: (t.day, t.goal or "", t.key)))
