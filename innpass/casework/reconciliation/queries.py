"""Reading an import for the screen: what a viewer may see of its preview."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from innpass.casework.imports.models import ImportBatch
from innpass.casework.participants.queries import hidden_people
from innpass.domain.access.fields import access_name
from innpass.domain.access.policy import readable
from innpass.domain.access.roles import Actor
from innpass.domain.sheets.fields import SKILLS, plain

# The tables of a preview's changes: for each column, the field whose readers may read it.
TABLE_FIELDS: dict[str, dict[str, str]] = {
    "elements": {
        "kind": "activity.kind",
        "first_day": "activity.first_day",
        "last_day": "activity.last_day",
        "hours_per_week": "activity.hours_per_week",
    },
    "leave": {
        "first_day": "leave.first_day",
        "last_day": "leave.last_day",
        "reason": "leave.reason",
        "kind": "leave.kind",
    },
    "absences": {name: f"absence.{name}" for name in ("first_day", "last_day", "kind")},
    "decisions": {
        name: f"decision.{name}" for name in ("kind", "day", "first_day", "last_day", "reason")
    },
    "tests": {
        "day": "test.date",
        "goal": "test.goal",
        "reached": "test.reached",
        **{skill: f"test.{skill}" for skill in SKILLS},
    },
    "placements": {
        **{
            name: f"placement.{name}"
            for name in ("kind", "area", "unit", "first_day", "last_day", "extended")
        },
        "hours_per_week": "placement.hours_per_week",
        "evaluation_visit": "placement.evaluation_visit",
        "contract": "placement.contract",
        "has_contract": "placement.contract",
    },
}


def owners_of(batch: ImportBatch) -> set[str]:
    """Return whose files a batch holds, as far as they were read."""
    files = (batch.preview or {}).get("files", [])
    return {file["owner"] for file in files if file["rows"]}


@dataclass(frozen=True, slots=True)
class VisiblePreview:
    """A preview cut to the people and fields that a viewer may see; entries as in ``preview``.

    The lists hold the first of each kind; ``new_ids`` (once they are stored) and ``changed_ids``
    name all, in the same order.
    """

    files: list[dict[str, Any]]
    totals: dict[str, int]
    new_people: list[dict[str, Any]]
    changed_people: list[dict[str, Any]]
    gone: list[dict[str, Any]]
    questions: list[dict[str, Any]]
    new_ids: list[str]
    changed_ids: list[str]


def visible_preview(preview: Mapping[str, Any], *, actor: Actor) -> VisiblePreview:
    """Cut a kept preview: hidden people and their questions leave the lists and the totals."""
    hidden = _hidden_once_applied(preview, {str(pk) for pk in hidden_people(actor)})
    may = readable(actor)
    return VisiblePreview(
        files=preview["files"],
        totals=visible_totals(preview, hidden=hidden),
        new_people=[
            {
                **entry,
                "born": entry["born"] if "birth_date" in may else None,
                "links": _links(entry["links"], may),
            }
            for entry in preview["new_people"]
            if entry["participant"] not in hidden
        ],
        changed_people=[
            {
                **entry,
                "changes": readable_changes(entry["changes"], may),
                "links": _links(entry["links"], may),
            }
            for entry in preview["changed_people"]
            if entry["participant"] not in hidden
        ],
        gone=[entry for entry in preview["gone"] if entry["participant"] not in hidden],
        questions=[
            {**entry, "text": entry["text"] if _may_read(entry["field"], may) else ""}
            for entry in preview["questions"]
            if hidden.isdisjoint(entry["people"])
        ],
        new_ids=[pk for pk in preview["new_ids"] if pk not in hidden],
        changed_ids=[pk for pk in preview["changed_ids"] if pk not in hidden],
    )


def visible_totals(preview: Mapping[str, Any], *, hidden: set[str]) -> dict[str, int]:
    """Return a preview's totals without the hidden people.

    Those who are hidden and neither new nor changed are among the unchanged.
    """
    if not preview:
        return {}
    hidden = _hidden_once_applied(preview, hidden)
    totals = dict(preview["totals"])
    new, changed = (hidden.intersection(preview[key]) for key in ("new_ids", "changed_ids"))
    totals["new"] -= len(new)
    totals["changed"] -= len(changed)
    totals["unchanged"] = max(0, totals["unchanged"] - len(hidden - new - changed))
    totals["gone"] -= sum(1 for pk in preview["gone_ids"] if pk in hidden)
    totals["questions"] -= sum(
        1 for people in preview["question_people"] if not hidden.isdisjoint(people)
    )
    return totals


def _hidden_once_applied(preview: Mapping[str, Any], hidden: set[str]) -> set[str]:
    """Put those whom hidden people turn out to be in their place: applying protects them, too."""
    becomes = preview.get("absorbed_into", {})
    return {becomes.get(pk, pk) for pk in hidden}


def _may_read(name: str, may: frozenset[str]) -> bool:
    return access_name(plain(name)) in may


def readable_changes(changes: Mapping[str, Any], may: frozenset[str]) -> dict[str, Any]:
    """Leave out the fields, and the columns of tables, that may not be read."""
    found: dict[str, Any] = {}
    for name, sides in changes.items():
        columns = TABLE_FIELDS.get(name)
        if columns is None:
            if _may_read(name, may):
                found[name] = sides
            continue
        kept = [column for column, field in columns.items() if field in may]
        before, after = ([{c: row[c] for c in kept} for row in side] for side in sides)
        if kept and before != after:
            found[name] = [before, after]
    return found


def _links(links: list[dict[str, Any]], may: frozenset[str]) -> list[dict[str, Any]]:
    if "link.reasons" not in may:
        return []
    return [{**link, "reasons": readable_reasons(link["reasons"], may)} for link in links]


def readable_reasons(reasons: list[dict[str, Any]], may: frozenset[str]) -> list[dict[str, Any]]:
    """Leave out the reasons that tell of a field the viewer may not read."""
    return [reason for reason in reasons if _field_of(reason["code"]) in may]


def _field_of(code: str) -> str:
    """Return the field a reason tells of: ``same_fnr`` of ``identifier.fnr``."""
    if code in ("only_row", "decided_same", "decided_new"):
        return "name"
    part = code.partition("_")[2]
    return part if part in ("name", "birth_date") else f"identifier.{part}"
