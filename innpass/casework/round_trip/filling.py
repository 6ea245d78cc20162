"""Filling the municipality's own sheet with what holds now, cut to what the viewer may read."""

import secrets
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from innpass.casework.exports.workbook import PROTECTED_INSIDE
from innpass.casework.imports.models import HOLDING, SourceFile, SourceRow
from innpass.casework.imports.rows import from_json
from innpass.casework.participants.models import Participant
from innpass.casework.participants.queries import visible_participants
from innpass.casework.round_trip.facts import Facts, facts_of, name_of_period, periods_for
from innpass.casework.round_trip.keeping import Kept, KeptCell, KeptRow
from innpass.casework.round_trip.layout import Column, Layout, LayoutSheet
from innpass.casework.round_trip.wording import content_of, kind_of, text_of
from innpass.domain.access.fields import access_name
from innpass.domain.access.policy import may_read
from innpass.domain.access.roles import Actor
from innpass.domain.sheets.cells import shown, without_identity_numbers
from innpass.domain.sheets.fields import FIELDS, FieldType
from innpass.domain.sheets.marking import column_mark, export_mark
from innpass.domain.sheets.records import Reading
from innpass.domain.sheets.workbook import CellContent
from innpass.exchange.workbooks.writing import ColumnToWrite, SheetToWrite, write_workbook

# What Innpass knows no field for may hold anything, as the remark may.
UNKNOWN_AS = "remark"
KEY_HEADING = "Innpass-nøkkel"
ABOUT = "Om filen"


@dataclass
class Filled:
    """A filled workbook: its bytes, what is kept of it, and what could not have room."""

    content: bytes
    kept: Kept
    people: int
    without_room: int = 0


@dataclass
class _Sheet:
    layout: LayoutSheet
    columns: tuple[Column, ...]
    rows: list[list[CellContent]] = field(default_factory=list)


def fill(layout: Layout, *, file: SourceFile, export: UUID, actor: Actor, on: date) -> Filled:
    """Fill the sheets with everybody whom the actor may see.

    Each person stands once: on the first row that the file has about him or her, the others on the
    last sheet that holds people of the same year of start, or else on the last sheet.
    """
    people = list(visible_participants(actor).order_by("name", "pk"))
    facts = facts_of(people)
    sheets = [_Sheet(sheet, _cut(sheet.columns, actor)) for sheet in layout.sheets]
    rows: dict[str, KeptRow] = {}
    without_room = 0
    for person, place, source in _placed(people, facts, layout, file):
        sheet = sheets[place]
        periods, left = periods_for(sheet.columns, facts[person.pk].placements)
        without_room += left
        cells, contents = {}, []
        for column in sheet.columns:
            cell, content = _cell(column, facts[person.pk], periods, source, sheet.layout)
            cells[column.number] = cell
            contents.append(content)
        key = f"r{secrets.token_hex(5)}"
        rows[key] = KeptRow(
            person.pk, cells, {group: name_of_period(period) for group, period in periods.items()}
        )
        sheet.rows.append([*contents, key])
    kept = Kept(
        tuple(sheet.layout.name for sheet in sheets),
        {column.number: column for sheet in sheets for column in sheet.columns},
        rows,
    )
    written = [_written(sheet, export) for sheet in sheets]
    warns = may_read(actor, "protection_mark") and any(person.is_protected for person in people)
    name = file.name if may_read(actor, "provenance") else "det felles oversiktsarket"
    about = _about(sheets, layout, len(rows), without_room, export=export, form=name, on=on)
    if warns:
        about = replace(about, rows=[["Obs", PROTECTED_INSIDE], *about.rows])
    workbook = write_workbook([*written, about], title="Oversiktsark")
    return Filled(workbook, kept, len(rows), without_room)


def _cut(columns: Sequence[Column], actor: Actor) -> tuple[Column, ...]:
    """Mark the columns that the actor may not read."""

    def is_cut(column: Column) -> bool:
        names = [access_name(name) for name in column.fields] or [UNKNOWN_AS]
        return not all(may_read(actor, name) for name in names)

    return tuple(replace(column, is_cut=is_cut(column)) for column in columns)


def _placed(
    people: Sequence[Participant], facts: Mapping[UUID, Facts], layout: Layout, file: SourceFile
) -> list[tuple[Participant, int, SourceRow | None]]:
    """Return the people with their sheet and their row in the file, in the order to write them."""
    places = {sheet.name: place for place, sheet in enumerate(layout.sheets)}
    known = (
        SourceRow.objects.filter(file=file, state__in=HOLDING, sheet__in=places, is_hidden=False)
        .filter(link__participant__in=[person.pk for person in people])
        .select_related("link")
        .defer("identity")
        .order_by("number")
    )
    by_person: dict[UUID, SourceRow] = {}
    for row in sorted(known, key=lambda row: (places[row.sheet], row.number)):
        by_person.setdefault(row.link.participant_id, row)
    years: dict[int, set[int]] = defaultdict(set)
    for pk, row in by_person.items():
        if start := facts[pk].value("programme.start"):
            years[start.year].add(places[row.sheet])  # type: ignore[union-attr]
    named = {int(sheet.name): place for sheet, place in _years(layout)}

    def order(person: Participant) -> tuple[int, int]:
        row = by_person.get(person.pk)
        if row is not None:
            return places[row.sheet], row.number
        start = facts[person.pk].value("programme.start")
        year = start.year if isinstance(start, date) else 0
        last = named.get(year, max(years.get(year, {len(layout.sheets) - 1})))
        return last, 1_000_000_000

    return [
        (person, order(person)[0], by_person.get(person.pk))
        for person in sorted(people, key=order)
        if layout.sheets
    ]


def _years(layout: Layout) -> list[tuple[LayoutSheet, int]]:
    """Return the sheets that are named by a year."""
    return [
        (sheet, place)
        for place, sheet in enumerate(layout.sheets)
        if sheet.name.isdecimal() and len(sheet.name) == 4
    ]


def _cell(
    column: Column,
    facts: Facts,
    periods: Mapping[int, Any],
    source: SourceRow | None,
    sheet: LayoutSheet,
) -> tuple[KeptCell, CellContent]:
    content: CellContent
    if column.is_cut or column.is_identity:
        return KeptCell("", (None,) * len(column.fields)), None
    if not column.fields:
        original = sheet.contents.get(source.number, {}) if source else {}
        content = without_identity_numbers(shown(original.get(column.number))) or None
        return KeptCell(text_of(content)), content
    period = periods.get(column.period) if column.period is not None else None
    values = tuple(facts.value(name, period) for name in column.fields)
    content = content_of(column, values)
    if content is None and column.fields == ("placement.contract",) and period is not None:
        content = "ja" if period.has_contract else None
    elif column.period is None and len(column.fields) == 1 and source is not None:
        content = _as_it_stood(column, content, values[0], source)
    return KeptCell(text_of(content), values), content


def _as_it_stood(
    column: Column, content: CellContent, value: Any, source: SourceRow
) -> CellContent:
    """Keep the municipality's own words where they say the same, or what only a human can read."""
    name = column.fields[0]
    kept = {name: source.readings[name]} if name in source.readings else {}
    readings: dict[str, Reading] = from_json(kept, {})
    reading = readings.get(name)
    if reading is None or not reading.text:
        return content
    if value is None and reading.value is None and reading.issue:
        return reading.text
    is_word = FIELDS[name].type in (FieldType.CODE, FieldType.YES_NO)
    return reading.text if is_word and reading.value == value else content


def _written(sheet: _Sheet, export: UUID) -> SheetToWrite:
    return SheetToWrite(
        name=sheet.layout.name,
        columns=[
            *(
                ColumnToWrite(
                    column.heading, kind_of(column), column.group, mark=column_mark(column.number)
                )
                for column in sheet.columns
            ),
            ColumnToWrite(KEY_HEADING, mark=export_mark(export), is_hidden=True),
        ],
        rows=sheet.rows,
        title=without_identity_numbers(sheet.layout.title),
    )


def _about(
    sheets: Sequence[_Sheet],
    layout: Layout,
    people: int,
    without_room: int,
    *,
    export: UUID,
    form: str,
    on: date,
) -> SheetToWrite:
    columns = [column for sheet in sheets for column in sheet.columns]
    cut = _headings(column for column in columns if column.is_cut)
    unknown = _headings(c for c in columns if not (c.fields or c.is_identity or c.is_cut))
    numbers = _headings(column for column in columns if column.is_identity)
    said = [
        ("Dato", f"{on:%d.%m.%Y}"),
        ("Antall deltakere", str(people)),
        ("Oppsett fra", form),
        (
            "Slik bruker du filen",
            (
                "Rediger, lagre og importer filen i Innpass. Du ser hva som endres før det tas i "
                "bruk. Du kan sortere, filtrere, skjule og flytte rader og kolonner."
            ),
        ),
        (
            "Rader",
            "En ny rad blir forslag om en ny deltaker. En rad du fjerner, endrer ingenting.",
        ),
        ("Ikke med", "Farger, merknader i celler, formler og bilder følger ikke med."),
        *([("Tomme for deg", f"Kolonner du ikke kan lese: {cut}.")] if cut else []),
        *([("Identitetsnumre", f"Står ikke i filen: {numbers}.")] if numbers else []),
        *(
            [("Leses ikke tilbake", f"Kolonner Innpass ikke har noe felt for: {unknown}.")]
            if unknown
            else []
        ),
        *([("Ark som ikke er med", ", ".join(layout.left_out) + ".")] if layout.left_out else []),
        *(
            [("Praksis uten plass", f"{without_room} praksisperioder fikk ikke plass.")]
            if without_room
            else []
        ),
        ("Kjennemerke (ikke slett)", export_mark(export)),
    ]
    return SheetToWrite(
        name=ABOUT,
        columns=[ColumnToWrite("Hva"), ColumnToWrite("Verdi")],
        rows=[list(pair) for pair in said],
        title="Om denne filen",
    )


def _headings(columns: Any) -> str:
    return ", ".join(dict.fromkeys(without_identity_numbers(c.heading) for c in columns))
