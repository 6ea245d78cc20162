"""Importing in tests, and what came of it without the ids, so that two imports can be compared."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from innpass.casework.exports.canonical import canonical
from innpass.casework.imports.models import ImportBatch
from innpass.casework.imports.services import HandedOver, receive_files
from innpass.casework.organisations.models import Municipality
from innpass.casework.organisations.queries import operator
from innpass.casework.participants.history import FieldChange, history_of
from innpass.casework.participants.models import Participant
from innpass.casework.reconciliation.services import apply_import
from innpass.casework.results.queries import as_json
from innpass.domain.access.fields import FIELDS
from innpass.domain.access.roles import Actor
from innpass.exchange.workbooks.writing import (
    ColumnKind,
    ColumnToWrite,
    SheetToWrite,
    write_workbook,
)

SAMPLE = Path(__file__).resolve().parents[3] / "innpass" / "demo" / "municipality_a"
TODAY = date(2026, 6, 30)


def sample(kind: str) -> dict[str, bytes]:
    """Return the sample's workbooks by name; ``kind`` is clean or messy."""
    return {file.name: file.read_bytes() for file in sorted((SAMPLE / kind).glob("*.xlsx"))}


def truth(kind: str) -> dict[str, Any]:
    """Return what is true of the sample."""
    found: dict[str, Any] = json.loads((SAMPLE / kind / "truth.json").read_text())
    return found


def receive(
    municipality: Municipality, files: Mapping[str, bytes], *, by: Actor | None = None
) -> ImportBatch:
    """Hand files over, not yet applied."""
    return receive_files(
        files=[HandedOver(name, content) for name, content in files.items()],
        municipality=municipality,
        by=by or operator(municipality),
        on=TODAY,
    )


def take_in(
    municipality: Municipality, files: Mapping[str, bytes], *, by: Actor | None = None
) -> dict[str, Any]:
    """Import files together; return the preview as it turned out."""
    actor = by or operator(municipality)
    return apply_import(batch=receive(municipality, files, by=actor), by=actor)


def exported(municipality: Municipality) -> dict[str, Any]:
    """Return the canonical form, with the operator's eyes."""
    actor = operator(municipality)
    return canonical(actor=actor, results=as_json(actor=actor, on=TODAY))


def changed_values(person: Participant) -> list[FieldChange]:
    """Return the values of a person that newer versions of files changed, newest first."""
    return [
        change
        for event in history_of(person, readable=frozenset(FIELDS))
        for change in event.changes
        if not change.is_first
    ]


def without_ids(export: Mapping[str, Any]) -> dict[str, Any]:
    """Put what tells a person apart in the place of ids, and order everything by itself."""
    people = {
        each["id"]: [each["name"], each["birth_date"], each["ids"]]
        for each in export["participants"]
    }
    return {
        "participants": _sorted({**each, "id": None} for each in export["participants"]),
        "links": _sorted({**link, "person": people[link["person"]]} for link in export["links"]),
        "duplicates": _sorted(
            {**each, "person": people[each["person"]]} for each in export["duplicates"]
        ),
        "questions": _sorted(export["questions"]),
        "results": export["results"],
    }


def _sorted(values: Any) -> list[Any]:
    return sorted(values, key=lambda value: json.dumps(value, sort_keys=True))


Table = tuple[str, Sequence[Mapping[str, Any]]]  # a sheet's name and its rows by heading


def workbook(*tables: Table, day: int = 30) -> bytes:
    """Write a workbook with a sheet for each table; the first row's keys are the headings.

    Args:
        day: of June 2026, when it was written. The same rows of the same day make the same file.
    """
    return write_workbook(
        [
            SheetToWrite(
                name=name,
                columns=[ColumnToWrite(heading, _kind(rows[0][heading])) for heading in rows[0]],
                rows=[[row.get(heading) for heading in rows[0]] for row in rows],
            )
            for name, rows in tables
        ],
        written_at=datetime(2026, 6, day),
    )


def _kind(content: object) -> ColumnKind:
    if isinstance(content, date):
        return ColumnKind.DATE
    return ColumnKind.NUMBER if isinstance(content, int | float) else ColumnKind.TEXT
