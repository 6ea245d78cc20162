"""What applying a batch would do, as plain values for the screen and the command line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from innpass.casework.imports.rows import id_of
from innpass.casework.participants.models import Participant
from innpass.casework.reconciliation.cards import (
    EMPTY,
    Card,
    card_of,
    changes_between,
    stored_cards,
)
from innpass.casework.reconciliation.reading import ReadFile
from innpass.casework.reconciliation.resolving import Person, Resolution


@dataclass
class Change:
    """One person with the card before and after; ``changes`` is what differs."""

    person: Person
    participant: Participant | None
    before: Card
    after: Card
    changes: dict[str, list[Any]]


def changes_of(resolution: Resolution) -> list[Change]:
    """Compare the resolved people with what is stored."""
    participants = list(Participant.objects.filter(absorbed_by=None))
    known = {participant.pk: participant for participant in participants}
    cards = stored_cards(participants)
    result = []
    for person in resolution.people:
        participant = known.get(person.participant_id) if person.participant_id else None
        before = cards[participant.pk] if participant else EMPTY
        after = card_of(person.state)
        result.append(Change(person, participant, before, after, changes_between(before, after)))
    return result


def preview_json(
    files: Sequence[ReadFile], resolution: Resolution, changes: Sequence[Change]
) -> dict[str, Any]:
    """Return the preview as it is kept (sealed) with the batch. No identity numbers in it."""
    new_rows = {known.key for file in files for known in file.rows}
    gone_people = _gone_people(resolution)
    return {
        "files": [_file(file, resolution) for file in files],
        "new_people": [
            {"name": change.after.person["name"], "born": _day(change.after.person["birth_date"])}
            for change in changes
            if change.participant is None
        ],
        "changed_people": [
            {
                "participant": str(change.participant.pk),
                "name": change.after.person["name"],
                "changes": change.changes,
            }
            for change in changes
            if change.participant is not None and change.changes
        ],
        "unchanged_people": sum(1 for c in changes if c.participant and not c.changes),
        "gone": gone_people,
        "questions": [
            {
                "file": resolution.rows[q.key].row.file,
                "sheet": resolution.rows[q.key].row.sheet,
                "cell": q.cell,
                "kind": q.kind,
                "field": q.field,
                "text": q.text,
                "asks": list(q.asks),
            }
            for q in resolution.questions
            if q.key in new_rows
        ],
        "unlinked_rows": _unlinked(resolution, new_rows),
        "absorbed": len(resolution.absorbed),
    }


def _file(file: ReadFile, resolution: Resolution) -> dict[str, Any]:
    kinds: dict[str, int] = {}
    for known in file.rows:
        kinds[known.row.kind] = kinds.get(known.row.kind, 0) + 1
    return {
        "name": file.file.name,
        "owner": str(file.owner) if file.owner else "",
        "rows": len(file.rows),
        "kinds": kinds,
        "problem": file.problem,
        "notices": file.notices,
        "unread_columns": file.unread_columns,
        "replaces": resolution.replaces.get(file.file.pk, []),
        "is_known": file.is_known,
    }


def _gone_people(resolution: Resolution) -> list[dict[str, Any]]:
    owner_of = {key: person for person in resolution.people for key in person.keys}
    seen: dict[tuple[UUID | None, str], dict[str, Any]] = {}
    for known in resolution.rows.values():
        if id_of(known.key) not in resolution.gone or known.key not in owner_of:
            continue
        person = owner_of[known.key]
        place = (person.participant_id, known.row.file)
        seen.setdefault(
            place,
            {
                "participant": str(person.participant_id or ""),
                "name": str(person.state.value("name") or ""),
                "file": known.row.file,
            },
        )
    return sorted(seen.values(), key=lambda entry: (entry["name"], entry["file"]))


def _unlinked(resolution: Resolution, new_rows: set[str]) -> list[dict[str, Any]]:
    linked = {key for person in resolution.people for key in person.keys}
    rows = (resolution.rows[key].row for key in sorted(new_rows - linked))
    return [{"file": row.file, "sheet": row.sheet, "row": row.number} for row in rows]


def _day(value: Any) -> str | None:
    return value.isoformat() if value else None


def people_in(preview: Mapping[str, Any]) -> list[str]:
    """Return the ids of the participants that a kept preview names."""
    return [entry["participant"] for entry in preview["changed_people"] + preview["gone"]]
