"""Writing people's practice periods and the employers they are at. Part of ``writing``."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count

from innpass.casework.organisations.inserting import update_rows, update_values
from innpass.casework.organisations.models import Municipality
from innpass.casework.placements.models import Employer, Placement
from innpass.casework.reconciliation.cards import PLACEMENT_COLUMNS, UNIT, Values, told_apart
from innpass.casework.reconciliation.preview import Change

_BATCH = 1000
_STORED = [name for name in PLACEMENT_COLUMNS if name != "unit"]

Employers = dict[tuple[str, str], Employer]  # by kind and name


def write_placements(changes: Sequence[Change], municipality: Municipality) -> None:
    """Store placements. One that only changed its days or visits keeps its row."""
    touched = [c for c in changes if c.before.placements != c.after.placements]
    moved = [c for c in changes if c.before.moved("placements", c.after)]
    stored = _stored([c for c in (*touched, *moved) if c.before.placements])
    update_values(
        Placement,
        ["row_id"],
        [
            (stored[change.participant.pk][values].pk, row_id)  # type: ignore[union-attr]
            for change in moved
            for values, row_id in change.before.moved("placements", change.after).items()
        ],
    )
    if not touched:
        return
    employers = _employers(touched, municipality)
    concerned = {
        row.employer_id
        for change in touched
        for row in stored[change.participant.pk].values()  # type: ignore[union-attr]
    }
    new, updated, doomed = [], [], []
    for change in touched:
        old = stored[change.participant.pk]  # type: ignore[union-attr]
        spare = [old[values] for values in sorted(old.keys() - change.after.placements, key=str)]
        for values in sorted(change.after.placements - change.before.placements, key=str):
            fields = _fields(change, values, employers)
            row = next((r for r in spare if r.kind == fields["kind"]), None)
            if row is None:
                row = Placement(municipality=municipality, participant=change.participant)
                new.append(row)
            else:
                spare.remove(row)
                row.version += 1
                updated.append(row)
            for name, value in fields.items():
                setattr(row, name, value)
            concerned.add(row.employer_id)
        doomed += [row.pk for row in spare]
    Placement.objects.filter(pk__in=doomed).delete()
    Placement.objects.bulk_create(new, batch_size=_BATCH)
    columns = [*_STORED, "row_id", "employer", "version"]
    update_rows(updated, columns)
    _state_areas({employer for employer in concerned if employer})


def _stored(changes: Iterable[Change]) -> dict[UUID, dict[Values, Placement]]:
    """Return the placements of people as they stand, by their values."""
    people = {change.participant for change in changes}
    rows: dict[UUID, list[tuple[Any, ...]]] = defaultdict(list)
    by_id = {}
    for row in Placement.objects.filter(participant__in=people).select_related("employer"):
        values = [getattr(row, name) for name in _STORED]
        values.insert(UNIT, row.employer.name if row.employer else "")
        rows[row.participant_id].append((*values, (row.row_id, row.pk)))
        by_id[row.pk] = row
    found: dict[UUID, dict[Values, Placement]] = defaultdict(dict)
    for owner, mine in rows.items():
        found[owner] = {values: by_id[pk] for values, (_, pk) in told_apart(mine).items()}
    return found


def _fields(change: Change, values: Values, employers: Employers) -> dict[str, Any]:
    fields = dict(zip(PLACEMENT_COLUMNS, values, strict=False))
    return {
        **{name: fields[name] for name in _STORED},
        "employer": employers.get((fields["kind"], fields["unit"])),
        "row_id": change.after.sources["placements"][values],
    }


def _employers(touched: Sequence[Change], municipality: Municipality) -> Employers:
    """Return the employers by kind and name, having made those that are missing."""
    found = {(e.kind, e.name): e for e in Employer.objects.all()}
    named = {
        (values[0], values[UNIT])
        for change in touched
        for values in change.after.placements
        if values[UNIT]
    }
    new = [
        Employer(municipality=municipality, kind=kind, name=name)
        for kind, name in sorted(named - found.keys())
    ]
    Employer.objects.bulk_create(new, batch_size=_BATCH)
    return found | {(e.kind, e.name): e for e in new}


def _state_areas(employers: set[UUID]) -> None:
    """Let the area of employers be the one that most of the placements there state."""
    stated = (
        Placement.objects.filter(employer__in=employers)
        .exclude(area="")
        .values_list("employer", "area")
        .annotate(count=Count("pk"))
    )
    best: dict[UUID, str] = {}
    for employer, area, _ in sorted(stated, key=lambda row: (-row[2], row[1])):
        best.setdefault(employer, area)
    changed = []
    for row in Employer.objects.filter(pk__in=best):
        if row.area != best[row.pk]:
            row.area = best[row.pk]
            row.version += 1
            changed.append(row)
    update_rows(changed, ["area", "version"])
