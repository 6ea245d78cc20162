"""What holds of people now, as the columns of a sheet take it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from innpass.casework.imports.rows import id_of
from innpass.casework.participants.models import Participant
from innpass.casework.participants.sources import bodies_with_people, disputed_cells
from innpass.casework.reconciliation.cards import SINGLE_FIELDS, Card, stored_cards, value_of
from innpass.casework.reconciliation.entering import stamp
from innpass.casework.reconciliation.rewriting import rows_about
from innpass.casework.round_trip.layout import Column
from innpass.domain.deriving.derive import derive
from innpass.domain.deriving.state import KnownRow, PlacementState
from innpass.domain.sheets.records import Value


@dataclass(frozen=True, slots=True)
class Facts:
    """What holds of one person; the practice periods in the order of their days."""

    card: Card
    placements: tuple[PlacementState, ...]
    rows: Mapping[UUID, KnownRow]

    def value(self, name: str, period: PlacementState | None = None) -> Value:
        """Return the value of a field of the person, or of a practice period."""
        if not name.startswith("placement."):
            value: Value = value_of(self.card, name) if name in SINGLE_FIELDS else None
            return value
        part = name.partition(".")[2]
        found: Value = getattr(period, part) if period else None
        return str(found) if part == "kind" and found else found

    def cell_of(self, name: str, period: PlacementState) -> tuple[UUID, str]:
        """Return the row and field in which a period's value stands, or else belongs."""
        part = name.partition(".")[2]
        source = period.sources.get(part)
        if source is not None and source.key != period.key:
            readings = self.rows[id_of(source.key)].row.readings
            for own, reading in readings.items():
                if own.rpartition(".")[2] == part and reading.cell == source.cell:
                    return id_of(source.key), own
        return id_of(period.key), period.names[part]

    def alike(self, name: str, period: PlacementState) -> list[tuple[UUID, str]]:
        """Return the other rows and fields to correct with ``cell_of``: those that say the same.

        Else they would go on telling what it was before, as of one more.
        """
        part = name.partition(".")[2]
        place = self.cell_of(name, period)
        says = {
            (id_of(key), names[part]): stamp(self.rows[id_of(key)].row.value(names[part]))
            for key, names in period.told_in
        }
        first = id_of(period.key), period.names[part]
        now = stamp(self.value(name, period))

        def is_alike(cell: tuple[UUID, str], said: str) -> bool:
            is_twin = not cell[1].startswith("placements.") and place == first
            return (said != "" and said == now) or (is_twin and said == says[first])

        found = [cell for cell, said in says.items() if is_alike(cell, said)]
        return [cell for cell in dict.fromkeys([first, *found]) if cell != place]


def facts_of(people: Collection[Participant]) -> dict[UUID, Facts]:
    """Return what holds of some people, with a fixed number of queries."""
    cards = stored_cards(people)
    rows = rows_about(people)
    present = bodies_with_people()
    disputed = disputed_cells(people, rows)
    found = {}
    for person in people:
        mine = rows.get(person.pk, [])
        state = derive(mine, present=present, disputed=disputed[person.pk])
        found[person.pk] = Facts(
            cards[person.pk], state.placements, {id_of(known.key): known for known in mine}
        )
    return found


def name_of_period(period: PlacementState) -> tuple[str, str]:
    """Return what finds a practice period again: its row, and how its fields are called there."""
    return str(id_of(period.key)), period.names["unit"].rpartition(".")[0]


def periods_for(
    columns: Iterable[Column], placements: Sequence[PlacementState]
) -> tuple[dict[int, PlacementState], int]:
    """Deal a person's practice periods out to a sheet's groups of columns.

    Each group takes the next period of its kind, in the order of days; where there are more periods
    than groups, the latest have room.

    Returns:
        The period of each group that has one, and how many had no room.
    """
    groups = {c.period: c.kind for c in columns if c.period is not None}
    dealt: dict[int, PlacementState] = {}
    left = list(placements)
    # Groups of one kind first, so that a group of any kind takes no one else's.
    for kind in sorted(set(groups.values()), key=lambda kind: kind is None):
        mine = sorted(number for number, of in groups.items() if of == kind)
        fitting = [p for p in left if kind is None or str(p.kind) == kind][-len(mine) :]
        dealt |= dict(zip(mine, fitting, strict=False))
        left = [p for p in left if p not in fitting]
    return dealt, len(left) if groups else 0
