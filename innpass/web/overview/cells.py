"""What stands in the cells that can be edited, as text to type in, and back."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from innpass.casework.overview.columns import editable_columns
from innpass.casework.overview.known_names import STAFF_FIELDS
from innpass.casework.overview.queries import OverviewRow
from innpass.casework.programme.queries import next_step_of
from innpass.domain.access.roles import Actor
from innpass.domain.journey.current import PLANNED, SEVERAL, UNDATED
from innpass.domain.sheets.fields import FIELDS, FieldType, longest_of
from innpass.domain.sheets.numbers import whole_text
from innpass.domain.sheets.records import Value
from innpass.domain.sheets.typed import Typed, read_typed
from innpass.exchange.clock import today
from innpass.web.design.words import capitalised, field_label

# What the grid's row calls the fields; the next step of the sheet stands with the enrolment.
_ROW_COLUMNS = {
    "name": "name",
    "last_contact": "last_contact",
    "activity.hours_per_week": "hours_stated",
    "placement.unit": "unit",
    "placement.first_day": "placement_of",
    "placement.last_day": "placement_last_day",
    "test.date": "test_day",
    "test.goal": "test_goal",
    "test.reached": "test_reached",
    "programme.start": "first_day",
    "programme.planned_end": "planned_last_day",
    "programme.actual_end": "actual_last_day",
    "programme.track": "track",
    "programme.class_name": "class_name",
    "programme.adviser": "adviser",
    "programme.supervisor": "supervisor",
    "nav.adviser": "nav_adviser",
    "nav.handover": "handover",
    "teacher": "teacher",
    "ids.visma_refugee": "visma_refugee",
    "ids.visma_learning": "visma_learning",
    "ids.socio": "socio",
    **{f"level.{skill}": skill for skill in ("listening", "reading", "writing", "speaking")},
}
# Which hours, placement and test are meant; their fields have text only where it is one.
_MARKS = {"activity": "hours_of", "placement": "placement_of", "test": "test_of"}
_NEXT_STEP = ("next_step", "next_step_owner", "next_step_due")
_DAY = "%d.%m.%Y"
MARK = "@"
_as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a cell: its label, and how it is typed (``date``, ``number``, or ``text``).

    ``unit`` is what a number counts, as it is written after it. ``is_named`` tells that it names
    somebody who works here.
    """

    name: str
    label: str
    kind: str
    is_named: bool = False
    unit: str = ""


def field_of(name: str) -> Field:
    """Describe a field by its name."""
    kind = FIELDS[name].type
    return Field(
        name=name,
        label=capitalised(field_label(name)),
        kind={FieldType.DATE: "date", FieldType.WHOLE_NUMBER: "number"}.get(kind, "text"),
        is_named=name in STAFF_FIELDS,
        unit=_("t per uke") if kind is FieldType.HOURS else "",
    )


def text_of(value: Any) -> str:
    """Write a value as one would type it: ``30.06.2026``; nothing for no value.

    Example:
        >>> text_of(date(2026, 6, 30)), text_of(2), text_of(15.5), text_of(None)
        ('30.06.2026', '2', '15,5', '')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("ja") if value else _("nei")
    if isinstance(value, float):
        return whole_text(value)
    if isinstance(value, date):
        return f"{value.day:02}.{value.month:02}.{value.year}"
    return str(value)


def value_of_text(name: str, text: str) -> Value:
    """Return the value that ``text_of`` wrote of a field.

    Raises:
        ValueError, KeyError: it did not write this.
    """
    if not text:
        return None
    kind = FIELDS[name].type
    if kind is FieldType.DATE:
        return datetime.strptime(text, _DAY).date()  # noqa: DTZ007
    if kind is FieldType.HOURS:
        return float(text.replace(",", "."))
    if kind is FieldType.YES_NO:
        return {_("ja"): True, _("nei"): False}[text]
    return int(text) if kind is FieldType.WHOLE_NUMBER else text


def read(name: str, text: str) -> Typed:
    """Read what somebody typed into a cell; a name cannot be taken away."""
    if longest_of(name) is None and len(text) > 200:
        text = text[:200]
    if name == "name" and not text.strip():
        return Typed(problem=_("En deltaker må ha et navn. Skriv fornavn og etternavn."))
    return read_typed(name, text, on=today())


def texts_of(rows: Sequence[OverviewRow], *, actor: Actor) -> dict[UUID, str]:
    """Return what stands in the cells that the actor may edit, by participant.

    As JSON: a field and its text, and under ``mark_key`` which hours, placement and test are meant.
    The rows come with their participants' enrolments.
    """
    names = [name for fields in editable_columns(actor).values() for name in fields]
    if not names:
        return {}
    kinds = {name.partition(".")[0] for name in names}
    marks = [(kind, column) for kind, column in _MARKS.items() if kind in kinds]
    of_rows = [(name, _ROW_COLUMNS[name]) for name in names if name in _ROW_COLUMNS]
    of_steps = [name for name in names if name in _NEXT_STEP]
    found = {}
    for row in rows:
        meant = {kind: getattr(row, column) for kind, column in marks}
        unclear = {kind for kind, mark in meant.items() if mark in ("", PLANNED, SEVERAL, UNDATED)}
        values = [
            (name, _value(row, column))
            for name, column in of_rows
            if name.partition(".")[0] not in unclear
        ]
        if of_steps and (step := next_step_of(row.participant)):
            values += [(name, step[name]) for name in of_steps]
        found[row.participant_id] = _as_json(
            {
                **{f"{MARK}{kind}": mark for kind, mark in meant.items() if mark},
                **{name: text_of(value) for name, value in values if value not in (None, "")},
            }
        )
    return found


def _value(row: OverviewRow, column: str) -> Any:
    value = getattr(row, column)
    return date.fromisoformat(value) if column == "placement_of" else value


def mark_key(name: str) -> str:
    """Return under which key the mark of what is meant stands among a row's texts."""
    return f"{MARK}{name.partition('.')[0]}"


def fields_as_json(names: Sequence[str]) -> str:
    """Describe a column's fields for the script that edits cells."""
    fields = [field_of(name) for name in names]
    return _as_json(
        [
            {
                "name": each.name,
                "label": each.label,
                "kind": each.kind,
                "named": each.is_named,
                "unit": each.unit,
            }
            for each in fields
        ]
    )
