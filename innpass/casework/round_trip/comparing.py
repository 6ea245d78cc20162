"""What was edited in an exported sheet: each cell against what went out and what holds now."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from innpass.casework.participants.models import Participant
from innpass.casework.participants.queries import visible_participants
from innpass.casework.reconciliation.cards import SINGLE_FIELDS
from innpass.casework.reconciliation.duplicates import people_alike
from innpass.casework.reconciliation.entering import NUMBER_TWICE, stamp, why_taken
from innpass.casework.round_trip.facts import Facts, facts_of, name_of_period, periods_for
from innpass.casework.round_trip.keeping import Kept, KeptCell, KeptRow
from innpass.casework.round_trip.layout import Column
from innpass.casework.round_trip.wording import read_cell, text_of
from innpass.domain.access.fields import access_name
from innpass.domain.access.policy import MayNot, check_may_write, may_read
from innpass.domain.access.roles import Actor
from innpass.domain.deriving.state import PlacementState
from innpass.domain.sheets.fields import FIELDS
from innpass.domain.sheets.marking import MarkedRow, MarkedSheet
from innpass.domain.sheets.records import Value
from innpass.domain.sheets.words import squash

PERIOD_GONE = "Praksisperioden er endret eller borte siden filen ble laget. Endre den i Innpass."
KIND_MISSING = "Arket sier ikke om praksisen er kommunal eller privat. Før den på deltakerens side."
TWICE = "Raden står flere ganger i arket. Bare den første er lest."
NOT_HERE = "Raden gjelder noen du ikke kan se nå, eller som er slått sammen med en annen."
FOREIGN_KEY = "Raden er fra en annen eksport. Importer den filen for seg."
NOT_IN_YOURS = "Kolonnen var tom i filen fordi den som laget den, ikke kan lese feltet."
NO_NUMBERS = "Identitetsnumre leses ikke tilbake. Endre dem på deltakerens side."
COPIED = "Verdien er den samme som i raden du kopierte, og er ikke tatt med."
NO_FIELD = "Innpass har ikke noe felt for kolonnen."


@dataclass(frozen=True, slots=True)
class Edited:
    """A cell that says something else than when it went out.

    Attributes:
        id: names it among the edits of a file.
        before, now, after: what went out, what holds now, and what is written.
        row, name: of a value of a practice period, the row and the field there; ``also`` are the
            other rows that are to say the same.
        group: of a value of a new practice period, its place in the sheet; ``kind`` its kind.
        is_entered_since: the practice period went out as an empty group, and was entered meanwhile.
    """

    id: str
    sheet: str
    cell: str
    participant: UUID
    field: str
    before: Value
    now: Value
    after: Value
    row: UUID | None = None
    name: str = ""
    also: tuple[tuple[UUID, str], ...] = ()
    group: tuple[str, int] | None = None
    kind: str | None = None
    is_entered_since: bool = False

    @property
    def is_conflict(self) -> bool:
        """Tell whether somebody has changed the value in Innpass meanwhile."""
        return self.is_entered_since or stamp(self.now) != stamp(self.before)

    @property
    def seen(self) -> str:
        """The mark of the value that holds now."""
        return stamp(self.now)


@dataclass(frozen=True, slots=True)
class Unread:
    """A cell or row of which nothing is taken, and why; ``text`` is empty where it may not show."""

    sheet: str
    cell: str
    sentence: str
    participant: UUID | None = None
    field: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class NewRow:
    """A row that somebody added. ``alike`` are people whom the viewer sees who may be the same."""

    id: str
    sheet: str
    number: int
    values: Mapping[str, Value]
    alike: tuple[Participant, ...] = ()
    obstacle: str = ""


@dataclass
class Comparison:
    """All that was edited; ``edits`` are those that hold against nobody, ``same`` stand already."""

    edits: list[Edited] = field(default_factory=list)
    conflicts: list[Edited] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    new_rows: list[NewRow] = field(default_factory=list)
    removed: list[Participant] = field(default_factory=list)
    same: int = 0
    people: dict[UUID, Participant] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Touched:
    """A row with the columns in which its text differs; ``all`` are its sheet's."""

    row: MarkedRow
    kept: KeptRow
    columns: tuple[Column, ...]
    all: tuple[Column, ...]


def compare(sheets: Sequence[MarkedSheet], kept: Kept, *, actor: Actor) -> Comparison:
    """Compare what came back with what went out and what holds now, with the actor's eyes."""
    result = Comparison()
    touched, new = _sort_out(sheets, kept, result)
    ids = {each.kept.participant for each in touched}
    result.people = {p.pk: p for p in visible_participants(actor).filter(pk__in=ids)}
    facts = facts_of(list(result.people.values()))
    for each in touched:
        person = result.people.get(each.kept.participant)
        if person is None:
            result.unread.append(Unread(each.row.sheet, str(each.row.number), NOT_HERE))
            continue
        for column in each.columns:
            _compare_cell(each, column, facts[person.pk], actor, result)
    result.new_rows = _new_rows(new, kept, actor, result)
    back = {row.key for sheet in sheets for row in sheet.rows}
    gone = {row.participant for key, row in kept.rows.items() if key not in back}
    result.removed = list(visible_participants(actor).filter(pk__in=gone).order_by("name", "pk"))
    return result


def _sort_out(
    sheets: Sequence[MarkedSheet], kept: Kept, result: Comparison
) -> tuple[list[_Touched], list[MarkedRow]]:
    """Return the rows that differ from what went out, and those without a key."""
    touched, new = [], []
    seen: dict[str, tuple[Any, ...]] = {}
    for sheet in sheets:
        for row in _below_headings(sheet, kept):
            if not row.key:
                new.append(row)
                continue
            if row.key not in kept.rows:
                result.unread.append(Unread(row.sheet, str(row.number), FOREIGN_KEY))
                continue
            texts = tuple(text_of(row.cells.get(number)) for number in sorted(sheet.columns))
            if row.key in seen:
                if _names(row, kept) != _kept_names(row, kept):
                    new.append(row)  # a row copied to write a new person into it
                elif seen[row.key] != texts:
                    result.unread.append(Unread(row.sheet, str(row.number), TWICE))
                continue
            seen[row.key] = texts
            every = tuple(kept.columns[n] for n in sorted(sheet.columns & kept.columns.keys()))
            columns = tuple(
                column
                for column in every
                if text_of(row.cells.get(column.number)) != kept.cell(row.key, column).text
            )
            if columns:
                touched.append(_Touched(row, kept.rows[row.key], columns, every))
    return touched, new


def _below_headings(sheet: MarkedSheet, kept: Kept) -> Iterator[MarkedRow]:
    """Leave out the headings and what stands above them."""

    def likeness(row: MarkedRow) -> int:
        return sum(
            squash(text_of(content)) == squash(kept.columns[number].heading)
            for number, content in row.cells.items()
            if number in kept.columns and text_of(content)
        )

    plain = [row for row in sheet.rows if not row.key]
    heading = max(plain, key=likeness, default=None)
    is_found = heading is not None and likeness(heading) >= min(2, len(sheet.columns))
    for row in sheet.rows:
        if row.key or (is_found and heading is not None and row.number > heading.number):
            yield row


def _names(row: MarkedRow, kept: Kept) -> list[str]:
    return [
        text_of(row.cells.get(column.number))
        for column in kept.columns.values()
        if column.number in row.cells and set(column.fields) & {"name", "family_name", "given_name"}
    ]


def _kept_names(row: MarkedRow, kept: Kept) -> list[str]:
    return [
        kept.cell(row.key, column).text
        for column in kept.columns.values()
        if column.number in row.cells and set(column.fields) & {"name", "family_name", "given_name"}
    ]


def _compare_cell(
    each: _Touched, column: Column, facts: Facts, actor: Actor, result: Comparison
) -> None:
    row, kept = each.row, each.kept
    content = row.cells.get(column.number)
    place = row.places[column.number]

    def leave(sentence: str, name: str = "") -> None:
        may_show = not name or may_read(actor, access_name(name))
        text = text_of(content) if may_show and column.fields and not column.is_cut else ""
        result.unread.append(Unread(row.sheet, place, sentence, kept.participant, name, text))

    if column.is_identity:
        leave(NO_NUMBERS)
    elif column.is_cut:
        leave(NOT_IN_YOURS, column.fields[0] if column.fields else "")
    elif not column.fields:
        leave(f"{NO_FIELD} («{column.heading}»)")
    else:
        period, is_known = _period(column, each, facts)
        if not is_known:
            leave(PERIOD_GONE, column.fields[0])
            return
        held = kept.cells.get(column.number) or KeptCell("", (None,) * len(column.fields))
        for place_of, (name, typed) in enumerate(
            zip(column.fields, read_cell(column, content), strict=True)
        ):
            before = held.values[place_of]
            if typed.problem:
                leave(typed.problem, name)
            elif stamp(typed.value) == stamp(before):
                continue  # written in another way
            elif refusal := _refusal(name, period, column, actor):
                leave(refusal, name)
            else:
                _take(each, column, name, before, typed.value, period, facts, result)


def _period(column: Column, each: _Touched, facts: Facts) -> tuple[PlacementState | None, bool]:
    """Return the period that a column is about now, and whether it still is what went out.

    In a group that went out empty stands the period that somebody has entered meanwhile.
    """
    went_out = each.kept.periods
    if column.period is None:
        return None, True
    if column.period in went_out:
        for period in facts.placements:
            if name_of_period(period) == went_out[column.period]:
                return period, True
        return None, False
    empty = [c for c in each.all if c.period is not None and c.period not in went_out]
    since = [p for p in facts.placements if name_of_period(p) not in went_out.values()]
    return periods_for(empty, since)[0].get(column.period), True


def _refusal(name: str, period: PlacementState | None, column: Column, actor: Actor) -> str:
    if not may_read(actor, access_name(name)):
        return "Du kan ikke lese feltet, og derfor heller ikke endre det."
    try:
        check_may_write(actor, access_name(name))
    except MayNot as no:
        return str(no)
    if column.period is not None and period is None and not column.kind and "kind" not in name:
        return KIND_MISSING
    if column.period is None and name not in SINGLE_FIELDS:
        return NO_FIELD
    return ""


def _take(
    each: _Touched,
    column: Column,
    name: str,
    before: Value,
    after: Value,
    period: PlacementState | None,
    facts: Facts,
    result: Comparison,
) -> None:
    now = facts.value(name, period)
    if stamp(now) == stamp(after):
        result.same += 1
        return
    source, own = facts.cell_of(name, period) if period else (None, "")
    is_new = column.period is not None and period is None
    edited = Edited(
        id=f"{each.row.key}.{column.number}.{name.rpartition('.')[2]}",
        sheet=each.row.sheet,
        cell=each.row.places[column.number],
        participant=each.kept.participant,
        field=name,
        before=before,
        now=now,
        after=after,
        row=source,
        name=own,
        also=tuple(facts.alike(name, period)) if period else (),
        group=(each.row.key, column.period) if is_new and column.period is not None else None,
        kind=column.kind,
        is_entered_since=period is not None and column.period not in each.kept.periods,
    )
    (result.conflicts if edited.is_conflict else result.edits).append(edited)


def _new_rows(
    rows: Sequence[MarkedRow], kept: Kept, actor: Actor, result: Comparison
) -> list[NewRow]:
    found = []
    numbers: set[tuple[str, Value]] = set()
    for row in rows:
        values: dict[str, Value] = {}
        for number, content in row.cells.items():
            column = kept.columns.get(number)
            if column is None or not text_of(content):
                continue
            _read_new(row, column, content, values, actor, result)
        name = values.get("name") or " ".join(
            str(values[part]) for part in ("given_name", "family_name") if values.get(part)
        )
        _without_anothers(row, kept, values, numbers, actor, result)
        if not name:
            result.unread.append(
                Unread(row.sheet, str(row.number), "Raden er ny, men har ikke noe navn.")
            )
            continue
        values["name"] = name
        found.append(
            NewRow(f"{row.sheet}!{row.number}", row.sheet, row.number, values, obstacle=_may(actor))
        )
    return [
        replace(each, alike=tuple(a.participant for a in people_alike(each.values, by=actor)))
        for each in found
    ]


def _without_anothers(
    row: MarkedRow,
    kept: Kept,
    values: dict[str, Value],
    numbers: set[tuple[str, Value]],
    actor: Actor,
    result: Comparison,
) -> None:
    """Leave out numbers that are somebody's, and what tells whose row it was copied from."""
    copied = kept.rows.get(row.key)
    for number in row.cells:
        column = kept.columns.get(number)
        for name in column.fields if column else ():
            if name not in values or not (name == "birth_date" or name.startswith("ids.")):
                continue
            held = copied.cells.get(number) if copied else None
            is_copied = held is not None and values[name] in held.values
            if name == "birth_date":
                why = COPIED if is_copied else ""
            elif (name, values[name]) in numbers:
                why = NUMBER_TWICE
            else:
                why = COPIED if is_copied else why_taken(name, str(values[name]), by=actor)
            if why:
                result.unread.append(Unread(row.sheet, row.places[number], why, None, name))
                del values[name]
            elif name != "birth_date":
                numbers.add((name, values[name]))


def _may(actor: Actor) -> str:
    try:
        check_may_write(actor, access_name("name"))
    except MayNot as no:
        return str(no)
    return ""


def _read_new(
    row: MarkedRow,
    column: Column,
    content: Any,
    values: dict[str, Value],
    actor: Actor,
    result: Comparison,
) -> None:
    place = row.places[column.number]
    if column.is_identity or not column.fields or column.period is not None:
        sentence = NO_NUMBERS if column.is_identity else NO_FIELD
        if column.period is not None:
            sentence = "Praksis for en ny deltaker føres i Innpass etterpå."
        result.unread.append(Unread(row.sheet, place, sentence))
        return
    for name, typed in zip(column.fields, read_cell(column, content), strict=True):
        if typed.problem:
            result.unread.append(Unread(row.sheet, place, typed.problem, None, name))
        elif typed.value is None:
            continue
        elif refusal := _refusal(name, None, column, actor):
            result.unread.append(Unread(row.sheet, place, refusal, None, name))
        elif FIELDS.get(name):
            values[name] = typed.value
