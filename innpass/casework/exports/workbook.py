"""The grid as a workbook the municipality can go on using: what is seen, and what was filtered."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from innpass.casework.overview.building import build_rows
from innpass.casework.overview.columns import readable_columns, shows_next_step
from innpass.casework.overview.models import OverviewRow
from innpass.casework.overview.queries import Selection, ordered, selected
from innpass.domain.access.policy import may_read
from innpass.domain.access.roles import Actor
from innpass.exchange.workbooks.writing import (
    ColumnKind,
    ColumnToWrite,
    SheetToWrite,
    write_workbook,
)

VERDICTS = {
    "met": "Oppfylt",
    "below": "Under kravet",
    "not_yet": "Gjelder ikke ennå",
    "excluded": "Permisjon",
    "no_requirement": "Ingen krav",
    "unknown": "Mangler opplysninger",
}


@dataclass(frozen=True, slots=True)
class _Column:
    """A column: the grid column whose right to read it needs, and how to fill it."""

    key: str
    group: str
    heading: str
    value: Callable[[OverviewRow], Any]
    kind: ColumnKind = ColumnKind.TEXT


def _plain(name: str) -> Callable[[OverviewRow], Any]:
    return lambda row: getattr(row, name) if getattr(row, name) != "" else None


_D, _N, _W = ColumnKind.DATE, ColumnKind.NUMBER, ColumnKind.WHOLE

_COLUMNS = (
    _Column("name", "Deltaker", "Navn", _plain("name")),
    _Column("birth_year", "Deltaker", "Fødselsår", _plain("birth_year"), _W),
    _Column("country", "Deltaker", "Opprinnelsesland", _plain("country")),
    _Column("socio", "Saksnummer", "Socionr. (Nav)", _plain("socio")),
    _Column("visma_refugee", "Saksnummer", "Visma flyktning", _plain("visma_refugee")),
    _Column("visma_learning", "Saksnummer", "Visma læringssenter", _plain("visma_learning")),
    _Column("step", "Løp", "Steg", _plain("step"), _W),
    _Column("status", "Timekrav", "Status denne uken", lambda row: VERDICTS[row.verdict]),
    _Column("hours", "Timekrav", "Arbeidsrettede timer", _plain("hours"), _N),
    _Column("average", "Timekrav", "Snitt", _plain("average"), _N),
    _Column("average", "Timekrav", "Minstekrav", _plain("minimum"), _N),
    _Column("placement", "Praksis", "Enhet eller bedrift", _plain("unit")),
    _Column("placement", "Praksis", "Tjenesteområde", _plain("area")),
    _Column("placement", "Praksis", "Slutt", _plain("placement_last_day"), _D),
    _Column("next_step", "Neste steg", "Hva", _plain("next_text")),
    _Column("next_step", "Neste steg", "Hvem", _plain("next_owner")),
    _Column("next_step", "Neste steg", "Frist", _plain("next_due"), _D),
    _Column("last_contact", "Neste steg", "Siste kontakt", _plain("last_contact"), _D),
    _Column("term", "Program", "Termin", _plain("term")),
    _Column("programme", "Program", "Start", _plain("first_day"), _D),
    _Column("programme", "Program", "Planlagt slutt", _plain("planned_last_day"), _D),
    _Column("programme", "Program", "Faktisk slutt", _plain("actual_last_day"), _D),
    _Column("programme_until", "Program", "Loven gir til", _plain("programme_until"), _D),
    _Column("norwegian_until", "Program", "Rett til norsk til", _plain("norwegian_until"), _D),
    _Column("adviser", "Kontakter", "Programrådgiver", _plain("adviser")),
    _Column("supervisor", "Kontakter", "Praksisveileder", _plain("supervisor")),
    _Column("nav_adviser", "Kontakter", "Nav-kontakt", _plain("nav_adviser")),
    _Column("teacher", "Kontakter", "Lærer", _plain("teacher")),
    _Column("track", "Norsk", "Klasse", _plain("class_name")),
    _Column("track", "Norsk", "Spor", _plain("track"), _W),
    _Column("level", "Norsk", "Lytte", _plain("listening")),
    _Column("level", "Norsk", "Lese", _plain("reading")),
    _Column("level", "Norsk", "Skrive", _plain("writing")),
    _Column("level", "Norsk", "Snakke", _plain("speaking")),
    _Column("test", "Norsk", "Siste norskprøve", _plain("test_day"), _D),
    _Column("test", "Norsk", "Mål", _plain("test_goal")),
    _Column(
        "test",
        "Norsk",
        "Mål nådd",
        lambda row: None if row.test_reached is None else ("Ja" if row.test_reached else "Nei"),
    ),
    _Column("info_meeting", "Overføring til Nav", "Infomøte", _plain("info_meeting"), _D),
    _Column("handover", "Overføring til Nav", "Overføringsmøte", _plain("handover"), _D),
)


_WHO = ("name", "birth_year", "country")
PROTECTED_INSIDE = "Filen har personer med adressesperre. Ikke del den med andre."
# Only where somebody in the file is protected, so that nobody hands the file on unawares.
_PROTECTED = _Column(
    "name", "Deltaker", "Adressesperre", lambda row: "Ja" if row.participant.is_protected else None
)


def _cut(row: OverviewRow, *, actor: Actor) -> OverviewRow:
    """Take from a row the next step whose words the actor may not read."""
    if not shows_next_step(row.next_code, actor=actor):
        row.next_text = row.next_owner = ""
        row.next_due = None
    return row


def _as_of(on: date, stored: Sequence[OverviewRow]) -> list[OverviewRow]:
    """Return rows as they stand on a day: those stored for other days are made anew."""
    other = [
        row.participant_id
        for row in stored
        if row.as_of > on or (row.changes_on is not None and row.changes_on <= on)
    ]
    made = {row.participant_id: row for row in build_rows(other, on=on)} if other else {}
    return [made.get(row.participant_id, row) for row in stored]


def _in_order(chosen: Sequence[str] | None) -> list[_Column]:
    """Return the columns that were chosen, after those that tell who it is; all for ``None``."""
    if chosen is None:
        return list(_COLUMNS)
    keys = dict.fromkeys([*_WHO, *chosen])
    return [column for key in keys for column in _COLUMNS if column.key == key]


def overview_workbook(
    *,
    actor: Actor,
    on: date,
    selection: Selection | None = None,
    filters_in_words: Sequence[tuple[str, str]] = (),
    chosen_columns: Sequence[str] | None = None,
) -> tuple[bytes, list[UUID]]:
    """Return the grid as .xlsx, and the people it holds.

    Every row stands as of ``on``; who is selected, and the order, are those of the stored rows.

    Args:
        selection: which rows and in what order; everybody by name when left out.
        filters_in_words: what was filtered, as label and value, for the sheet that says so.
        chosen_columns: the grid's columns in their order; everything when left out.
    """
    chosen = selection or Selection(group="all", sort="name")
    may = readable_columns(actor)
    columns = [column for column in _in_order(chosen_columns) if column.key in may]
    found = ordered(selected(chosen, actor=actor, on=on), chosen).select_related("participant")
    rows = [_cut(row, actor=actor) for row in _as_of(on, list(found))]
    if may_read(actor, "protection_mark") and any(row.participant.is_protected for row in rows):
        columns.insert(1, _PROTECTED)
    people = SheetToWrite(
        name="Deltakere",
        columns=[ColumnToWrite(c.heading, c.kind, c.group) for c in columns],
        rows=[[column.value(row) for column in columns] for row in rows],
        title=f"Deltakere i introduksjonsprogrammet per {on:%d.%m.%Y}",
    )
    said = [
        ("Dato", f"{on:%d.%m.%Y}"),
        ("Antall deltakere", str(len(rows))),
        *(filters_in_words or [("Utvalg", "Alle deltakere du kan se")]),
        *([("Obs", PROTECTED_INSIDE)] if _PROTECTED in columns else []),
        ("Ikke med", "Farger og merknader i celler følger ikke med."),
    ]
    about = SheetToWrite(
        name="Om utvalget",
        columns=[ColumnToWrite("Hva"), ColumnToWrite("Verdi")],
        rows=[list(pair) for pair in said],
        title="Hva denne filen viser",
    )
    content = write_workbook([people, about], title="Deltakere")
    return content, [row.participant_id for row in rows]
