"""Keeping what is amiss between the bodies' lists and numbers. Called where people are written."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from innpass.casework.organisations.models import Municipality
from innpass.casework.participants.models import CrosswalkTask
from innpass.casework.reconciliation.preview import Change
from innpass.domain.deriving.crosswalk import tasks_of
from innpass.domain.deriving.state import KnownRow
from innpass.domain.sheets.records import Owner, TableKind

_FEW = 500


def people_listed_by(rows: Mapping[str, KnownRow]) -> set[Owner]:
    """Return the bodies of whose persons there is a list among all rows that hold."""
    return {known.row.owner for known in rows.values() if known.row.kind is TableKind.PERSON}


def write_tasks(
    changes: Sequence[Change],
    rows: Mapping[str, KnownRow],
    municipality: Municipality,
    *,
    present: Collection[Owner],
) -> None:
    """Store what is amiss in the crosswalk for these people now, touching only what differs.

    Args:
        rows: at least those about the people, by key.
        present: the bodies of whose persons there is a list.
    """
    wanted: set[tuple[UUID, str, str]] = set()
    people = {c.participant.pk: c for c in changes if c.participant is not None}
    for pk, change in people.items():
        found = tasks_of(
            (rows[key] for key in change.person.keys),
            numbers={f"ids.{kind}" for kind in change.after.numbers},
            present=present,
            has_ended=change.after.enrolment.get("actual_last_day") is not None,
        )
        wanted |= {(pk, str(task.kind), str(task.system)) for task in found}
    stored = CrosswalkTask.objects.all()
    if len(people) <= _FEW:
        stored = stored.filter(participant__in=people)
    before = {
        (participant, kind, system): pk
        for pk, participant, kind, system in stored.values_list(
            "pk", "participant_id", "kind", "system"
        )
    }
    CrosswalkTask.objects.bulk_create(
        (
            CrosswalkTask(municipality=municipality, participant_id=pk, kind=kind, system=system)
            for pk, kind, system in sorted(wanted - before.keys(), key=str)
        ),
        batch_size=1000,
    )
    done = [before[key] for key in before.keys() - wanted]
    for at in range(0, len(done), _FEW):
        CrosswalkTask.objects.filter(pk__in=done[at : at + _FEW]).delete()
