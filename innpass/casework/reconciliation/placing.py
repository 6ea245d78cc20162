"""Writing people's practice periods and the employers they are at. Part of ``writing``."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from innpass.casework.organisations.models import Municipality
from innpass.casework.placements.models import Employer, Placement
from innpass.casework.reconciliation.cards import PLACEMENT_COLUMNS
from innpass.casework.reconciliation.preview import Change

_BATCH = 1000


def write_placements(changes: Sequence[Change], municipality: Municipality) -> None:
    """Store placements. One that only changed its days or visits keeps its row."""
    touched = [c for c in changes if c.before.placements != c.after.placements]
    if not touched:
        return
    employer_of = _employers(touched, municipality)
    new, updated, doomed = [], [], []
    stored: dict[UUID, list[Placement]] = defaultdict(list)
    for row in Placement.objects.filter(
        participant__in=[c.participant for c in touched if c.before.placements]
    ).select_related("employer"):
        stored[row.participant_id].append(row)
    for change in touched:
        old = {
            _placement_values(row): row
            for row in stored[change.participant.pk]  # type: ignore[union-attr]
        }
        wanted = set(change.after.placements)
        for values in wanted & set(old):
            old.pop(values)
        missing = sorted(wanted - set(change.before.placements), key=str)
        spare = [old[values] for values in sorted(old, key=str)]
        for values in missing:
            fields = dict(zip(PLACEMENT_COLUMNS, values, strict=True))
            area, unit = fields.pop("area"), fields.pop("unit")
            fields["employer"] = employer_of(fields["kind"], area, unit)
            row = next((r for r in spare if r.kind == fields["kind"]), None)
            if row is None:
                new.append(
                    Placement(municipality=municipality, participant=change.participant, **fields)
                )
                continue
            spare.remove(row)
            for name, value in fields.items():
                setattr(row, name, value)
            row.version += 1
            updated.append(row)
        doomed += [row.pk for row in spare]
    Placement.objects.filter(pk__in=doomed).delete()
    Placement.objects.bulk_create(new, batch_size=_BATCH)
    columns = [name for name in PLACEMENT_COLUMNS if name not in ("area", "unit")]
    Placement.objects.bulk_update(updated, [*columns, "employer", "version"], batch_size=200)


def _placement_values(row: Placement) -> tuple[Any, ...]:
    area, unit = (row.employer.area, row.employer.name) if row.employer else ("", "")
    rest = (getattr(row, name) for name in PLACEMENT_COLUMNS[3:])
    return (row.kind, area, unit, *rest)


def _employers(
    touched: Sequence[Change], municipality: Municipality
) -> Callable[[str, str, str], Employer | None]:
    """Return a look-up of employers by kind and name, making those that are missing."""
    found = {(e.kind, e.name): e for e in Employer.objects.all()}
    area_at = PLACEMENT_COLUMNS.index("area")
    unit_at = PLACEMENT_COLUMNS.index("unit")
    new: dict[tuple[str, str], Employer] = {}
    late: dict[UUID, Employer] = {}
    for change in touched:
        for values in sorted(change.after.placements, key=str):
            kind, area, unit = values[0], values[area_at], values[unit_at]
            if not unit:
                continue
            employer = found.get((kind, unit)) or new.get((kind, unit))
            if employer is None:
                new[kind, unit] = Employer(
                    municipality=municipality, kind=kind, name=unit, area=area
                )
            elif area and employer.area != area:
                employer.area = area
                if employer.pk in {e.pk for e in found.values()}:
                    late[employer.pk] = employer
    Employer.objects.bulk_create(new.values(), batch_size=_BATCH)
    Employer.objects.bulk_update(late.values(), ["area"])
    both = {**found, **new}
    return lambda kind, _area, unit: both.get((kind, unit)) if unit else None
