"""What applying a batch would do, as plain values for the screen and the command line.

The lists hold the first of each kind, the totals count all. ``new_ids``, ``changed_ids``,
``gone_ids`` and ``question_people`` name the people behind the totals, so that the totals can be
cut to the people a viewer may see (``queries.visible_preview``); ``absorbed_into`` maps those who
turn out to be somebody's second to that somebody. No identity number stands in it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from innpass.casework.imports.models import SourceRow
from innpass.casework.imports.rows import id_of
from innpass.casework.participants.models import Participant
from innpass.casework.reconciliation.cards import (
    EMPTY,
    Card,
    card_of,
    changes_between,
    stored_cards,
)
from innpass.casework.reconciliation.reading import NO_OWNER, ReadFile
from innpass.casework.reconciliation.resolving import Person, Resolution
from innpass.domain.linking.rows import Link
from innpass.domain.sheets.records import Row, TableKind

LISTED = 200  # of each kind; totals count all
LINKS_LISTED = 12  # rows of one person


@dataclass
class Change:
    """One person with the card before and after; ``changes`` is what differs."""

    person: Person
    participant: Participant | None
    before: Card
    after: Card
    changes: dict[str, list[Any]]

    @property
    def is_new(self) -> bool:
        """Tell whether the person is new, also once stored."""
        return self.before is EMPTY

    @property
    def id(self) -> str:
        """The participant's id as text; empty while there is none."""
        return str(self.participant.pk) if self.participant else ""


def changes_of(resolution: Resolution) -> list[Change]:
    """Compare the resolved people with what is stored."""
    alive = Q(absorbed_by=None) | Q(pk__in=resolution.revived)
    participants = list(Participant.objects.filter(alive))
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
    """Return the preview as it is kept (sealed) with the batch."""
    new_rows = {known.key for file in files for known in file.rows if known.key in resolution.rows}
    new = [change for change in changes if change.is_new]
    changed = [change for change in changes if not change.is_new and change.changes]
    gone = _gone_people(resolution)
    questions = [q for q in resolution.questions if q.key in new_rows]
    linked = {key for person in resolution.people for key in person.keys}
    links = {link.key: link for link in resolution.linking.links if link.key in new_rows}
    ids = [change.id for change in changes]
    people_of_row = {
        key: ids[index] for index, person in enumerate(resolution.people) for key in person.keys
    }
    by_row_id = {str(id_of(person.keys[0])): ids[i] for i, person in enumerate(resolution.people)}

    def about(key: str, candidates: Iterable[str]) -> list[str]:
        found = {people_of_row.get(key, ""), *(by_row_id.get(each, "") for each in candidates)}
        return sorted(found - {""})

    behind = [about(q.key, q.values.get("candidates", ())) for q in questions]  # type: ignore[arg-type]
    return {
        "files": [_file(file, resolution) for file in files],
        "totals": {
            "new": len(new),
            "changed": len(changed),
            "unchanged": len(changes) - len(new) - len(changed),
            "gone": len(gone),
            "questions": len(questions),
            "unlinked": len(new_rows - linked),
        },
        "new_people": [
            {
                "participant": change.id,
                "name": change.after.person["name"],
                "born": _day(change.after.person["birth_date"]),
                "links": _links(change, links, resolution),
            }
            for change in new[:LISTED]
        ],
        "changed_people": [
            {
                "participant": change.id,
                "name": change.after.person["name"],
                "changes": change.changes,
                "places": _places(change, resolution),
                "links": _links(change, links, resolution),
            }
            for change in changed[:LISTED]
        ],
        "gone": _with_last_seen(gone[:LISTED]),
        "questions": [
            {
                "file": resolution.rows[q.key].row.file,
                "sheet": resolution.rows[q.key].row.sheet,
                "cell": q.cell,
                "kind": q.kind,
                "field": q.field,
                "text": q.text,
                "asks": list(q.asks),
                "people": people,
            }
            for q, people in list(zip(questions, behind, strict=True))[:LISTED]
        ],
        "new_ids": [change.id for change in new if change.id],
        "changed_ids": [change.id for change in changed],
        "gone_ids": [entry["participant"] for entry in gone],
        "question_people": [people for people in behind if people],
        "absorbed": len(resolution.absorbed),
        "absorbed_into": {str(pk): str(into) for pk, into in resolution.absorbed.items()},
    }


def _file(file: ReadFile, resolution: Resolution) -> dict[str, Any]:
    kinds: dict[str, int] = {}
    for known in file.rows:
        kinds[known.row.kind] = kinds.get(known.row.kind, 0) + 1
    return {
        "name": file.file.name,
        "owner": str(file.owner) if file.owner else "",
        "rows": len(file.rows),
        "sheets": len({known.row.sheet for known in file.rows}),
        "kinds": kinds,
        "problem": file.problem,
        "notices": file.notices,
        "unread_columns": file.unread_columns,
        "replaces": resolution.replaces.get(file.file.pk, []),
        "is_known": file.is_known,
        "needs_owner": file.problem == NO_OWNER,
        "file": str(file.file.pk),
        "came_back": str(file.file.pk) if file.came_back else "",
    }


def _links(
    change: Change, links: Mapping[str, Link], resolution: Resolution
) -> list[dict[str, Any]]:
    """Tell why the new rows of a person belong to him or her, rows about the person first."""
    mine = [(resolution.rows[key].row, links[key]) for key in change.person.keys if key in links]
    mine.sort(key=lambda pair: (pair[0].kind is not TableKind.PERSON, *_order(pair[0])))
    return [
        {
            "file": row.file,
            "sheet": row.sheet,
            "row": row.number,
            "reasons": [
                {"code": str(reason.code), "values": dict(reason.values)} for reason in link.reasons
            ],
        }
        for row, link in mine[:LINKS_LISTED]
    ]


def _order(row: Row) -> tuple[str, str, int]:
    return row.file, row.sheet, row.number


def _places(change: Change, resolution: Resolution) -> dict[str, list[str]]:
    """Return file, sheet and cell (or row) of each value that changes, by its name."""
    found: dict[str, list[str]] = {}
    key_of = {id_of(key): key for key in change.person.keys}
    for name in change.changes:
        source = change.person.state.values.get(name)
        if source is not None:
            row = resolution.rows[source.key].row
            found[name] = [row.file, row.sheet, source.cell]
            continue
        sources = change.after.sources.get(name, {})
        come = sources.keys() - getattr(change.before, name, ())
        keys = sorted(key_of[row_id] for each in come if (row_id := sources[each]) in key_of)
        if keys:
            row = resolution.rows[keys[0]].row
            found[name] = [row.file, row.sheet, str(row.number)]
    return found


def _gone_people(resolution: Resolution) -> list[dict[str, Any]]:
    owner_of = {key: person for person in resolution.people for key in person.keys}
    seen: dict[tuple[UUID | None, str], dict[str, Any]] = {}
    for key, known in sorted(resolution.rows.items()):
        if id_of(key) not in resolution.gone or key not in owner_of:
            continue
        person = owner_of[key]
        seen.setdefault(
            (person.participant_id, known.row.file),
            {
                "participant": str(person.participant_id or ""),
                "name": str(person.state.value("name") or ""),
                "file": known.row.file,
                "sheet": known.row.sheet,
                "row": known.row.number,
                "row_id": str(id_of(key)),
            },
        )
    return sorted(seen.values(), key=lambda entry: (entry["name"], entry["file"]))


def _with_last_seen(gone: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Add when the file that still had the row was applied."""
    applied = dict(
        SourceRow.objects.filter(pk__in=[entry["row_id"] for entry in gone]).values_list(
            "pk", "file__batch__applied_at"
        )
    )
    at = defaultdict(lambda: None, {str(pk): moment for pk, moment in applied.items()})
    return [{**entry, "seen": _day(at[entry["row_id"]])} for entry in gone]


def _day(value: Any) -> str | None:
    return value.isoformat() if value else None
