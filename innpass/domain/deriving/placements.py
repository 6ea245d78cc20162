"""Practice periods from two kinds of rows: the owner's table and the overview's groups of columns.

The owner's rows are the periods. A group in the overview adds to the period it is about what only
the overview knows (visits, contracts), and is a period of its own where the owner has none.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from rapidfuzz import fuzz

from innpass.domain.deriving.state import CLEARED, Disagreement, KnownRow, PlacementState, Sourced
from innpass.domain.sheets.fields import PlacementKind, numbered
from innpass.domain.sheets.records import Issue, Owner, Reading, TableKind, Value

_NAMES = [
    "kind",
    "area",
    "unit",
    "first_day",
    "last_day",
    "extended",
    "hours_per_week",
    "evaluation_visit",
    "contract",
]
_SIMILAR = 88  # per cent alike, for two spellings of one unit
_NEAR_DAYS = 14

# What a cell in the contract column may hold and still show that a contract exists.
_SHOWS_CONTRACT = {
    Issue.DATE_WITHOUT_YEAR,
    Issue.MONTH_ONLY,
    Issue.WEEK_ONLY,
    Issue.UNCERTAIN,
    Issue.AMBIGUOUS_DATE,
    Issue.IMPOSSIBLE_DATE,
}


@dataclass(frozen=True, slots=True)
class Group:
    """The cells about one period in one row, by the last part of the field's name.

    ``names`` gives the full field name of each, as in the row (``placements.1.unit``).
    """

    key: str
    owner: Owner
    readings: Mapping[str, Reading]
    names: Mapping[str, str]

    def value(self, name: str) -> object:
        """Return the single right reading of a part, or ``None``."""
        reading = self.readings.get(name)
        return reading.value if reading else None

    @property
    def kind(self) -> PlacementKind | None:
        """Return municipal or private where it is known."""
        value = self.value("kind")
        return PlacementKind(str(value)) if value else None


@dataclass(frozen=True, slots=True)
class Period:
    """One practice period with the groups that tell of it, the owner's first."""

    groups: tuple[Group, ...]


def groups_of(known: KnownRow) -> list[Group]:
    """Return the groups of cells about placements in a row, in column order."""
    readings = known.row.readings
    if known.row.kind is TableKind.PLACEMENT:
        names = {part: f"placement.{part}" for part in _NAMES}
        found = {part: readings[name] for part, name in names.items() if name in readings}
        return [Group(known.key, known.row.owner, found, names)] if _told(found) else []
    groups = []
    numbers = sorted(
        {int(name.split(".")[1]) for name in readings if name.startswith("placements.")}
    )
    for number in numbers:
        names = {part: numbered(f"placement.{part}", number) for part in _NAMES}
        found = {part: readings[name] for part, name in names.items() if name in readings}
        if _told(found) - {"kind"}:
            groups.append(Group(known.key, known.row.owner, found, names))
    return groups


def _told(readings: Mapping[str, Reading]) -> set[str]:
    """Return the parts that a row tells of; not those that somebody emptied."""
    return {part for part, reading in readings.items() if reading.note != CLEARED}


def _fold(text: object) -> str:
    return " ".join(str(text or "").casefold().split())


def likeness(one: Group, other: Group) -> int:
    """Score how surely two groups are about the same period; below 1 they are not."""
    if one.kind and other.kind and one.kind is not other.kind:
        return -100
    score = 0
    units = _fold(one.value("unit")), _fold(other.value("unit"))
    if all(units):
        alike = fuzz.ratio(*units)
        score += 4 if alike == 100 else 3 if alike >= _SIMILAR else -4
    for part, weight in (("first_day", 4), ("last_day", 3)):
        days = one.value(part), other.value(part)
        if isinstance(days[0], date) and isinstance(days[1], date):
            apart = abs((days[0] - days[1]).days)
            score += weight if apart == 0 else 1 if apart <= _NEAR_DAYS else -2
    return score


def periods_of(owned: Sequence[Group], others: Iterable[Group]) -> list[Period]:
    """Join groups that are about the same period.

    Each group joins at most one period, and a period takes at most one group of each row, so two
    periods at the same unit in one row stay two.
    """
    periods: list[list[Group]] = []
    for group in owned:
        twin = next((p for p in periods if _same_cells(p[0], group)), None)
        if twin is None:
            periods.append([group])
        else:
            twin.append(group)
    by_row: dict[str, list[Group]] = {}
    for group in others:
        by_row.setdefault(group.key, []).append(group)
    for groups in by_row.values():
        pairs = sorted(
            (
                (-likeness(period[0], group), i, j)
                for j, group in enumerate(groups)
                for i, period in enumerate(periods)
            ),
        )
        taken_periods: set[int] = set()
        taken_groups: set[int] = set()
        for score, i, j in pairs:
            if score >= 0 or i in taken_periods or j in taken_groups:
                continue
            taken_periods.add(i)
            taken_groups.add(j)
            periods[i].append(groups[j])
        leftover = [group for j, group in enumerate(groups) if j not in taken_groups]
        for group in leftover:
            free = [
                i
                for i, period in enumerate(periods)
                if i not in taken_periods and _could_be(period[0], group)
            ]
            if len(free) == 1:  # nothing else it could be about, and nothing speaks against it
                taken_periods.add(free[0])
                periods[free[0]].append(group)
            elif group.value("unit") or group.value("first_day"):
                periods.append([group])
                taken_periods.add(len(periods) - 1)
    return [Period(tuple(groups)) for groups in periods]


def _could_be(one: Group, other: Group) -> bool:
    if one.kind is not other.kind:
        return False
    return likeness(one, other) >= 0


def _same_cells(one: Group, other: Group) -> bool:
    return all(
        one.value(part) == other.value(part) for part in ("kind", "unit", "first_day", "last_day")
    )


def same(value: Value) -> str:
    """Return what is equal for values that mean the same."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).casefold()


def disagreements_of(period: Period) -> list[Disagreement]:
    """Return where the rows that tell of a period state different values, by part."""
    found = []
    first = period.groups[0]
    for part in _NAMES[1:]:
        said = [
            Sourced(reading.value, group.key, reading.cell, group.owner)
            for group in period.groups
            if (reading := group.readings.get(part))
            and (reading.value is not None or reading.note == CLEARED)
        ]
        said = said[:1] + [each for each in said[1:] if each.value is not None]
        others = {same(each.value) for each in said} - {same(each.value) for each in said[:1]}
        if not others:
            continue
        own = first.readings.get(part)
        known = {same(value) for value in own.set_aside} if own else set()
        found.append(
            Disagreement(
                field=f"placement.{part}",
                values=tuple(said),
                is_settled=others <= known,
                about=first.key,
                name=first.names[part],
            )
        )
    return found


def state_of(period: Period) -> PlacementState | None:
    """Return the period's current values, the owner's first; ``None`` where no kind is known.

    What a human has emptied stays empty, whatever rows further back tell.
    """
    sources: dict[str, Sourced] = {}
    for part in _NAMES:
        for group in period.groups:
            reading = group.readings.get(part)
            if reading is None:
                continue
            if reading.note == CLEARED and part != "kind":
                break
            if reading.value is not None:
                sources[part] = Sourced(reading.value, group.key, reading.cell, group.owner)
                break
    if "kind" not in sources:
        return None
    kind = PlacementKind(str(sources["kind"].value))
    values = {part: source.value for part, source in sources.items() if part != "kind"}
    if kind is PlacementKind.PRIVATE:
        values.pop("area", None)
    contracts = [
        group.readings["contract"] for group in period.groups if "contract" in group.readings
    ]
    cells = takewhile(lambda cell: cell.note != CLEARED, contracts)
    shows = any(cell.value is not None or cell.issue in _SHOWS_CONTRACT for cell in cells)
    return PlacementState(
        kind=kind,
        key=period.groups[0].key,
        has_contract=shows,
        sources=sources,
        names=period.groups[0].names,
        told_in=tuple((group.key, group.names) for group in period.groups),
        **values,  # type: ignore[arg-type]
    )
